//! Orders, bids and leases (node x/market).
//!
//! | order | trigger | becomes |
//! |---|---|---|
//! | – | its group is created, started, or its lease is closed by the owner | open |
//! | open | a lease is made | active |
//! | open, active | lease or bid closes, group pauses or closes, deployment ends | closed |
//!
//! | bid | trigger | becomes |
//! |---|---|---|
//! | – | create | open |
//! | open | its lease is made | active |
//! | open | another bid wins (the first such only, see [`Quirk`](super::Quirk)) | lost |
//! | open, active | close, or its order ends with group or deployment | closed |
//!
//! | lease | trigger | becomes |
//! |---|---|---|
//! | – | create | active |
//! | active | the provider gives notice | reclaiming |
//! | active, reclaiming | either side closes it | closed |
//! | active, reclaiming | the escrow account runs dry | insufficient funds |

mod bid;
mod hook;
mod lease;
mod order;
