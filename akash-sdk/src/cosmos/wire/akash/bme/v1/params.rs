//! Package `akash.bme.v1`: params.

use crate::cosmos::wire::cosmos::base::v1beta1::Coin;
use crate::cosmos::wire::message::messages;

messages! {
    "akash.bme.v1";

    /// Parameters of the module.
    Params "Params" {
        /// Ratio that triggers the warning, in basis points.
        circuit_breaker_warn_threshold: u32 = 1,
        /// Ratio that halts minting, in basis points.
        circuit_breaker_halt_threshold: u32 = 2,
        /// Fewest blocks in an epoch.
        min_epoch_blocks: i64 = 3,
        /// Growth of the epoch under warning, in percent.
        epoch_blocks_backoff_percent: u32 = 4,
        /// Spread kept when minting, in basis points.
        mint_spread_bps: u32 = 6,
        /// Spread kept when settling, in basis points.
        settle_spread_bps: u32 = 7,
        /// Most records executed in one block.
        max_endblocker_records: u32 = 8,
        /// Smallest amounts to mint, by denomination.
        min_mint: Vec<Coin> = 9,
        /// Tries before a pending record is cancelled.
        max_pending_attempts: u32 = 10,
    }
}
