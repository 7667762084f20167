//! The rules of the Akash market as a pure state machine: auction, escrow, burn-mint equilibrium, oracle.
//!
//! No I/O, no clock, no randomness: a program gives blocks and batches of actions and gets outcomes and changes.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

pub mod action;
pub mod address;
pub mod auction;
pub mod audit;
pub mod bank;
pub mod bid;
pub mod bme;
pub mod certificate;
pub mod change;
pub mod cost;
pub mod deployment;
pub mod epochs;
pub mod error;
pub mod escrow;
pub mod foresee;
pub mod grant;
pub mod id;
pub mod inventory;
pub mod lease;
pub mod ledger;
pub mod matching;
pub mod metrics;
pub mod oracle;
pub mod order;
pub mod params;
pub mod pricing;
pub mod provider;
pub mod query;
pub mod store;
pub mod time;
pub mod workflow;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
