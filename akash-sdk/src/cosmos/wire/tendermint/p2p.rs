//! Package `tendermint.p2p`.

use crate::cosmos::wire::message::messages;

messages! {
    "tendermint.p2p";

    /// What a node says of itself to its peers.
    DefaultNodeInfo "DefaultNodeInfo" {
        /// Versions of the protocols.
        protocol_version: ProtocolVersion = 1,
        /// Id of the node.
        default_node_id: String = 2,
        /// Address it listens on.
        listen_addr: String = 3,
        /// Chain id.
        network: String = 4,
        /// Version.
        version: String = 5,
        /// Channels it serves.
        channels: Vec<u8> = 6,
        /// Name chosen by the operator.
        moniker: String = 7,
        /// More.
        other: DefaultNodeInfoOther = 8,
    }

    /// More that a node says of itself.
    DefaultNodeInfoOther "DefaultNodeInfoOther" {
        /// Whether transactions are indexed.
        tx_index: String = 1,
        /// Address of its RPC.
        rpc_address: String = 2,
    }

    /// Versions of the protocols.
    ProtocolVersion "ProtocolVersion" {
        /// Version of the peer protocol.
        p2p: u64 = 1,
        /// Block.
        block: u64 = 2,
        /// Version of the application's protocol.
        app: u64 = 3,
    }
}
