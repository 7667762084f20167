//! Package `tendermint.version`.

use crate::cosmos::wire::message::messages;

messages! {
    "tendermint.version";

    /// Consensus.
    Consensus "Consensus" {
        /// Block.
        block: u64 = 1,
        /// App.
        app: u64 = 2,
    }
}
