//! The tenant's side: drivers that fund an account and carry a deployment from SDL to running leases.
//!
//! They are written against the traits of [`crate::chain`] alone and run the machines of
//! [`akash_market::workflow`].

mod fund;

pub use fund::{FundProgress, FundRun, Funder};
