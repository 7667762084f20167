//! The tenant's side: drivers that fund an account, publish its certificates and carry a deployment from SDL to running
//! leases.
//!
//! They are written against the traits of [`crate::chain`] and [`crate::gateway`] alone and run the machines of
//! [`akash_market::workflow`].

#[cfg(feature = "certificates")]
mod certificates;
mod deploy;
mod fund;

#[cfg(feature = "certificates")]
#[cfg_attr(docsrs, doc(cfg(feature = "certificates")))]
pub use certificates::Certificates;
pub use deploy::{DeployProgress, DeployRun, Deployer};
pub use fund::{FundProgress, FundRun, Funder};
