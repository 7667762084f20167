//! Package `akash.epochs.v1beta1`.

use crate::cosmos::wire::message::messages;
use crate::cosmos::wire::{Duration, Timestamp};

messages! {
    "akash.epochs.v1beta1";

    /// Event: epoch end.
    EventEpochEnd "EventEpochEnd" {
        /// Number of the epoch.
        epoch_number: i64 = 1,
    }

    /// Event: epoch start.
    EventEpochStart "EventEpochStart" {
        /// Number of the epoch.
        epoch_number: i64 = 1,
        /// When the epoch began, unix seconds.
        epoch_start_time: i64 = 2,
    }

    /// An epoch timer.
    EpochInfo "EpochInfo" {
        /// Name of the epoch, such as `day`.
        id: String = 1,
        /// Start.
        start_time: Timestamp = 2,
        /// Length.
        duration: Duration = 3,
        /// Number of the running epoch.
        current_epoch: i64 = 4,
        /// When the running epoch began.
        current_epoch_start_time: Timestamp = 5,
        /// Whether counting has begun.
        epoch_counting_started: bool = 6,
        /// Height at which the running epoch began.
        current_epoch_start_height: i64 = 8,
    }

    /// State of the module in a genesis file.
    GenesisState "GenesisState" {
        /// Epochs.
        epochs: Vec<EpochInfo> = 1,
    }

    /// Request of `/akash.epochs.v1beta1.Query/EpochInfos`.
    QueryEpochInfosRequest "QueryEpochInfosRequest" {}

    /// Answer of `/akash.epochs.v1beta1.Query/EpochInfos`.
    QueryEpochInfosResponse "QueryEpochInfosResponse" {
        /// Epochs.
        epochs: Vec<EpochInfo> = 1,
    }

    /// Request of `/akash.epochs.v1beta1.Query/CurrentEpoch`.
    QueryCurrentEpochRequest "QueryCurrentEpochRequest" {
        /// Name of the epoch.
        identifier: String = 1,
    }

    /// Answer of `/akash.epochs.v1beta1.Query/CurrentEpoch`.
    QueryCurrentEpochResponse "QueryCurrentEpochResponse" {
        /// Number of the running epoch.
        current_epoch: i64 = 1,
    }
}
