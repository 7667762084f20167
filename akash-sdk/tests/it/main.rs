//! Integration tests, one module a topic.

mod address;
mod convert;
mod golden;
mod json;
mod tx;
mod wire;
