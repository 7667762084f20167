//! Take part in the Akash compute market from Rust: chain clients, transactions, bots and an embedded network.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

pub mod chain;
pub mod clock;
#[cfg(feature = "conformance")]
pub mod conformance;
pub mod cosmos;
pub mod devnet;
pub mod drive;
pub mod gateway;
pub mod identity;
pub mod journal;
pub mod provider;
pub mod record;
pub mod signer;
pub mod tenant;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
