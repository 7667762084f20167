//! Packages `cosmos.mint.*`.

pub mod v1beta1;
