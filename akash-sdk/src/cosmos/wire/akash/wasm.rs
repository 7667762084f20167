//! Packages `akash.wasm.*`.

pub mod v1;
