//! The tenant's side of the reverse auction: collect bids, judge them by a policy, pick.
//!
//! A policy is one decision about one bid ([`BidPolicy`]): take it with a score, or leave it with a reason. The
//! [`BidBook`] asks it about every open bid of an order and ranks the answers, so that a choice can always be explained
//! bid by bid.

mod book;
mod policy;

pub use book::{BidBook, Candidate, Ranked, Ranking, Rejected};
pub use policy::{
    AllOf, Audited, BidPolicy, Cheapest, DenyProviders, MaxPrice, OnlyProviders, Reason,
    RequireOffer, Score, Verdict, WithAttributes,
};
