//! What a chain is to this library: something to read, to submit to and to follow, in domain types.
//!
//! | trait | answers |
//! |---|---|
//! | [`Query`] | what is the state, now or at a height? |
//! | [`Submit`] | do this batch of actions, once, and say what came of it |
//! | [`Changes`] | what happened since? |
//!
//! Today's Cosmos chain, the embedded network and a bare ledger ([`local`]) implement them; nothing here knows how.

mod capability;
mod changes;
mod error;
mod ext;
pub mod local;
mod query;
mod submit;

pub use capability::Capabilities;
pub use changes::{Changes, Cursor, Followed, Observed};
pub use error::{ChainError, Rejection};
pub use ext::QueryExt;
pub use query::{At, Head, Query};
pub use submit::{
    Estimate, Inclusion, Prepared, Resolution, Submit, SubmitOptions, Turn, TxId, Validity,
};

/// Everything a participant needs of a chain; implemented for whatever implements the three traits.
pub trait Chain: Query + Submit + Changes {}

impl<T: Query + Submit + Changes + ?Sized> Chain for T {}
