//! Integration tests, one module a topic.

mod address;
mod convert;
mod golden;
mod json;
mod jwt;
mod tx;
mod wire;
