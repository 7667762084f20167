//! Integration tests, one module a topic.

mod golden;
mod wire;
