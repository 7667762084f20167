//! Package `cosmos.base.node.v1beta1`.

use crate::cosmos::wire::Timestamp;
use crate::cosmos::wire::message::messages;

messages! {
    "cosmos.base.node.v1beta1";

    /// Request of `/cosmos.base.node.v1beta1.Service/Config`.
    ConfigRequest "ConfigRequest" {}

    /// Answer of `/cosmos.base.node.v1beta1.Service/Config`.
    ConfigResponse "ConfigResponse" {
        /// Smallest gas price the node takes, such as `0.025uakt`.
        minimum_gas_price: String = 1,
        /// Number of recent states kept.
        pruning_keep_recent: String = 2,
        /// Blocks between prunings.
        pruning_interval: String = 3,
        /// Height at which the node stops.
        halt_height: u64 = 4,
    }

    /// Request of `/cosmos.base.node.v1beta1.Service/Status`.
    StatusRequest "StatusRequest" {}

    /// Answer of `/cosmos.base.node.v1beta1.Service/Status`.
    StatusResponse "StatusResponse" {
        /// Oldest height that can be queried.
        earliest_store_height: u64 = 1,
        /// Block height.
        height: u64 = 2,
        /// Time of the last block.
        timestamp: Option<Timestamp> = 3,
        /// Hash of the state.
        app_hash: Vec<u8> = 4,
        /// Hash of the validators.
        validator_hash: Vec<u8> = 5,
    }
}
