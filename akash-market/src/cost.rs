//! What things cost, before anything is signed.
//!
//! | question | answer |
//! |---|---|
//! | what is a price per block in an hour or a month, or the other way round? | [`BlockTime`] |
//! | what will this SDL cost, from what providers ask? | [`Estimate`] |
//! | what must be deposited for a time, and how much AKT burned for it? | [`deposit_for`], [`fund_for`] |
//! | what does a mint or burn give? | [`quote_mint`], [`quote_burn`], [`uakt_for`] |
//! | when does an escrow account run dry? | [`runway()`](runway::runway) |
//! | what has it spent that is not settled yet? | [`accrued`] |
//! | what does one GPU cost an hour? | [`GpuHour`], for [`akash_gpu::compare`] |

mod block_time;
mod estimate;
mod gpu_hour;
mod quote;
mod runway;

pub use block_time::{BlockTime, RateError};
pub use estimate::{Estimate, Funding, GroupEstimate, deposit_for, fund_for};
pub use gpu_hour::{GpuHour, GpuHourError};
pub use quote::{Quote, QuoteError, quote_burn, quote_mint, uakt_for};
pub use runway::{Runway, accrued, is_funded, runway};
