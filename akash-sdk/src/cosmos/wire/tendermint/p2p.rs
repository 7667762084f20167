//! Package `tendermint.p2p`.

use crate::cosmos::wire::message::messages;

messages! {
    "tendermint.p2p";

    /// Default node info.
    DefaultNodeInfo "DefaultNodeInfo" {
        /// Protocol version.
        protocol_version: ProtocolVersion = 1,
        /// Default node id.
        default_node_id: String = 2,
        /// Listen addr.
        listen_addr: String = 3,
        /// Network.
        network: String = 4,
        /// Version.
        version: String = 5,
        /// Channels.
        channels: Vec<u8> = 6,
        /// Moniker.
        moniker: String = 7,
        /// Other.
        other: DefaultNodeInfoOther = 8,
    }

    /// Default node info other.
    DefaultNodeInfoOther "DefaultNodeInfoOther" {
        /// Tx index.
        tx_index: String = 1,
        /// Rpc address.
        rpc_address: String = 2,
    }

    /// Protocol version.
    ProtocolVersion "ProtocolVersion" {
        /// P2p.
        p2p: u64 = 1,
        /// Block.
        block: u64 = 2,
        /// App.
        app: u64 = 3,
    }
}
