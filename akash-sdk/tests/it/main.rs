//! Integration tests, one module a topic.

mod convert;
mod golden;
mod json;
mod wire;
