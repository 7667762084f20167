//! The provider's side: a driver that bids on orders, keeps what it wins and withdraws what it earns.
//!
//! It is written against the traits of [`crate::chain`] alone and runs the machine of
//! [`akash_market::workflow::bid`].

mod bidder;

pub use bidder::{BidProgress, BidRun, Bidder, Business, screener};
