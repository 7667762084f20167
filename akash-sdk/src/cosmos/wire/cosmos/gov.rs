//! Packages `cosmos.gov.*`.

pub mod v1;
