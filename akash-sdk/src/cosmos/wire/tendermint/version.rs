//! Package `tendermint.version`.

use crate::cosmos::wire::message::messages;

messages! {
    "tendermint.version";

    /// Versions of block and application.
    Consensus "Consensus" {
        /// Block.
        block: u64 = 1,
        /// Version of the application's protocol.
        app: u64 = 2,
    }
}
