//! Integration tests, one module a topic.

mod address;
#[cfg(feature = "certificates")]
mod cert;
mod convert;
mod devnet;
mod golden;
mod json;
mod jwt;
mod tx;
mod wire;
