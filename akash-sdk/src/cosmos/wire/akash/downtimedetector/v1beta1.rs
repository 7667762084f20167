//! Package `akash.downtimedetector.v1beta1`. Not registered by the node.

use crate::cosmos::wire::message::{enums, messages};
use crate::cosmos::wire::{Duration, Enum, Timestamp};

messages! {
    "akash.downtimedetector.v1beta1";

    /// A downtime in a genesis file.
    GenesisDowntimeEntry "GenesisDowntimeEntry" {
        /// Length.
        duration: Enum<Downtime> = 1,
        /// When it last happened.
        last_downtime: Timestamp = 2,
    }

    /// State of the module in a genesis file.
    GenesisState "GenesisState" {
        /// Downtimes seen.
        downtimes: Vec<GenesisDowntimeEntry> = 1,
        /// Time of the last block.
        last_block_time: Timestamp = 2,
    }

    /// Request of `/akash.downtimedetector.v1beta1.Query/RecoveredSinceDowntimeOfLength`.
    RecoveredSinceDowntimeOfLengthRequest "RecoveredSinceDowntimeOfLengthRequest" {
        /// Length class of the downtime.
        downtime: Enum<Downtime> = 1,
        /// How long the chain must have been up.
        recovery: Duration = 2,
    }

    /// Answer of `/akash.downtimedetector.v1beta1.Query/RecoveredSinceDowntimeOfLength`.
    RecoveredSinceDowntimeOfLengthResponse "RecoveredSinceDowntimeOfLengthResponse" {
        /// Whether the chain has been up that long.
        succesfully_recovered: bool = 1,
    }
}

enums! {
    /// Enum `akash.downtimedetector.v1beta1.Downtime`.
    Downtime "akash.downtimedetector.v1beta1.Downtime" {
        /// `DURATION_30S`.
        D30S "DURATION_30S" = 0,
        /// `DURATION_1M`.
        D1M "DURATION_1M" = 1,
        /// `DURATION_2M`.
        D2M "DURATION_2M" = 2,
        /// `DURATION_3M`.
        D3M "DURATION_3M" = 3,
        /// `DURATION_4M`.
        D4M "DURATION_4M" = 4,
        /// `DURATION_5M`.
        D5M "DURATION_5M" = 5,
        /// `DURATION_10M`.
        D10M "DURATION_10M" = 6,
        /// `DURATION_20M`.
        D20M "DURATION_20M" = 7,
        /// `DURATION_30M`.
        D30M "DURATION_30M" = 8,
        /// `DURATION_40M`.
        D40M "DURATION_40M" = 9,
        /// `DURATION_50M`.
        D50M "DURATION_50M" = 10,
        /// `DURATION_1H`.
        D1H "DURATION_1H" = 11,
        /// `DURATION_1_5H`.
        D1P5H "DURATION_1_5H" = 12,
        /// `DURATION_2H`.
        D2H "DURATION_2H" = 13,
        /// `DURATION_2_5H`.
        D2P5H "DURATION_2_5H" = 14,
        /// `DURATION_3H`.
        D3H "DURATION_3H" = 15,
        /// `DURATION_4H`.
        D4H "DURATION_4H" = 16,
        /// `DURATION_5H`.
        D5H "DURATION_5H" = 17,
        /// `DURATION_6H`.
        D6H "DURATION_6H" = 18,
        /// `DURATION_9H`.
        D9H "DURATION_9H" = 19,
        /// `DURATION_12H`.
        D12H "DURATION_12H" = 20,
        /// `DURATION_18H`.
        D18H "DURATION_18H" = 21,
        /// `DURATION_24H`.
        D24H "DURATION_24H" = 22,
        /// `DURATION_36H`.
        D36H "DURATION_36H" = 23,
        /// `DURATION_48H`.
        D48H "DURATION_48H" = 24,
    }
}
