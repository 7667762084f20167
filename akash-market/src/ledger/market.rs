//! Orders, bids and leases (node x/market).

mod bid;
mod hook;
mod lease;
mod order;
