//! Figures of the network, with definitions that anybody can compute again.
//!
//! | what | how |
//! |---|---|
//! | [`Figures`] | of a whole market at one block: [`Figures::of`] reads a ledger, a [`Tracker`] follows its changes; both give the same |
//! | [`Flow`] | what happened between two figures; [`Series`] makes one for each UTC day |
//! | [`Capacity`] | what providers have and use, from their status documents |
//! | [`gpu_utilisation`], [`by_model`] | the two formulas for GPUs, which must not be mixed |
//! | [`leased_models`] | GPUs by model from the offers of the bids that won |
//!
//! # Definitions
//! * **Leases ever**: leases stored, in any state. **Active**: active or reclaiming, and the deployment's escrow account
//!   still pays: the settlement that overdraws it ([`runway`](crate::cost::runway())) lies above this height. **Unfunded**:
//!   active or reclaiming on the chain, but out of funds; they end when somebody settles them.
//! * **Resources in use**: units × count of the *group* of each active lease (not of the bid's offer). CPU in
//!   thousandths, memory and storage in bytes; storage is persistent when its attribute `persistent` is `true`.
//! * **Rate**: sum of the prices of active leases, by denom, for one block.
//! * **Spent**: what left deployments' escrow accounts for payments, by denom, and what a settlement at this block would
//!   take. It is what tenants pay to the last digit: with the chain's rules fractions are not charged.
//! * **Burned, minted, reminted**: sums over the executed requests of the burn-mint equilibrium. AKT burned for ACT stays in
//!   the vault as remint credit; ACT burned is paid from that credit first (reminted), then with new AKT.
//! * **A day** is a UTC day. Its flow is the difference of the last block of the day and the last block of the day before,
//!   so days add up.
//! * **Providers**: registered ones, and those with at least one active lease. How many are *online* only their status
//!   documents say: [`Capacity::providers`].
//!
//! # Where the public dashboard is known to be off
//! The dashboard of Console (`console: apps/indexer`, `apps/api`) differs from the above:
//! * It predicts the end of funds as ⌈height + balance ÷ sum of rates⌉, without the truncation of settlements; near the end
//!   its active leases differ by a block or so. A lease whose account ran dry long ago is in neither count.
//! * Its spend is price × blocks in floating point, for each block of an active lease: fractions that the chain never
//!   charges are included. USDC and ACT are one number under two names (`dailyUActSpent`, `dailyUUsdcSpent`): don't add
//!   them. Values in US dollars use one AKT price a day.
//! * Its daily numbers are the last 24 hours for leases and spend, but differences of UTC days for burn and mint; the first
//!   point of a series is the sum of everything before.
//! * Earnings of a provider miss one block a day for each lease (the step from one day's last block to the next day's first).
//! * A take rate is subtracted nowhere; today's chain has none.
//! * `activeProviderCount` is two numbers: of the capacity (online within 180 minutes) and of the block (registered).
//! * Capacity is active + pending + available, not the sum of what is allocatable; "allocated" of `/v1/gpu` includes
//!   workloads of the cluster that no lease pays.
//! * The collateral ratio shown is vault × daily price ÷ ACT outstanding; the chain takes the oracle's price and leaves out
//!   AKT that waits for conversion.
//! * A provider's own gauge of allocatable GPUs is divided by 1000 like its CPUs (`provider: cluster/inventory.go`): read the
//!   status document.

mod capacity;
mod figures;
mod gpu;
mod series;
mod tracker;

pub use capacity::{Capacity, ProviderReport, Quantities, Utilisation};
pub use figures::{Conversions, Figures, Flow};
pub use gpu::{GpuModel, ModelUse, by_model, gpu_utilisation, leased_models};
pub use series::{Day, Series};
pub use tracker::Tracker;
