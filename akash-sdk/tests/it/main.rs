//! Integration tests, one module a topic.

mod address;
mod convert;
mod golden;
mod tx;
mod wire;
