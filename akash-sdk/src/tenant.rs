//! The tenant's side: drivers that fund an account and carry a deployment from SDL to running leases.
//!
//! They are written against the traits of [`crate::chain`] and [`crate::gateway`] alone and run the machines of
//! [`akash_market::workflow`].

mod deploy;
mod fund;

pub use deploy::{DeployProgress, DeployRun, Deployer};
pub use fund::{FundProgress, FundRun, Funder};
