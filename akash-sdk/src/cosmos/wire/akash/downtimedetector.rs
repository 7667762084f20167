//! Packages `akash.downtimedetector.*`.

pub mod v1beta1;
