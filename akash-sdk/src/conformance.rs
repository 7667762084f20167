//! Suites that any implementer of one of this library's traits runs against their own.
//!
//! | trait | suite |
//! |---|---|
//! | [`crate::chain::Query`], [`crate::chain::Submit`], [`crate::chain::Changes`] | [`chain`] |
//!
//! [`replay`] repeats a recorded run of a real node on the embedded network.
//!
//! A suite answers a [`Report`]; it neither panics nor prints. Each check gets a fresh object from the implementer's
//! fixture, so that the checks do not depend on each other.

pub mod chain;
pub mod replay;
mod report;

pub use report::{Check, Failure, Report, Verdict};
