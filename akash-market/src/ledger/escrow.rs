//! Escrow (node x/escrow): accounts that hold deposits, payments that draw on them, settled when touched.
//!
//! | account | trigger | becomes |
//! |---|---|---|
//! | – | create | open |
//! | open | a settlement finds less than is due | overdrawn |
//! | open | close | closed |
//! | overdrawn | a deposit pays all debts | closed |
//!
//! | payment | trigger | becomes |
//! |---|---|---|
//! | – | create | open |
//! | open | its account runs dry | overdrawn |
//! | open | close of the payment or of its account | closed |
//! | overdrawn | a deposit pays all debts | closed |

mod account;
mod deposit;
mod fallback;
mod operation;
mod payment;
mod settle;

pub use fallback::Fallback;
pub use operation::{EscrowOperation, EscrowResult};
