//! What things cost, before anything is signed: quotes of the burn-mint equilibrium, prices per hour and month, runway.

mod block_time;
mod quote;
mod runway;

pub use block_time::{BlockTime, RateError};
pub use quote::{Quote, QuoteError, quote_burn, quote_mint, uakt_for};
pub use runway::{Runway, accrued, is_funded, runway};
