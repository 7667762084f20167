//! Package `akash.base.offchain.sign.v1`. Used between providers and clients, not on chain.

use crate::cosmos::wire::message::messages;

messages! {
    "akash.base.offchain.sign.v1";

    /// Arbitrary data to be signed off chain (ADR-36).
    MsgSignData "MsgSignData" {
        /// Account that signs, bech32.
        signer: String = 1,
        /// Data.
        data: Vec<u8> = 2,
    }
}
