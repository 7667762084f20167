//! Integration tests of the crate, one module a topic.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod build;
mod codes;
mod coin;
mod compare;
#[cfg(feature = "compose")]
mod compose;
mod dec;
mod dec_model;
mod diagnostics;
mod edit;
mod example_documents;
mod manifest;
mod schema;
mod sdl;
mod sdl_properties;
mod template;
mod written;
mod yaml;
