//! Escrow (node x/escrow): accounts that hold deposits, payments that draw on them, settled when touched.

mod account;
mod deposit;
mod fallback;
mod operation;
mod payment;
mod settle;

pub use fallback::Fallback;
pub use operation::{EscrowOperation, EscrowResult};
