//! Package `cosmos.crypto.secp256k1`.

use crate::cosmos::wire::message::messages;

messages! {
    "cosmos.crypto.secp256k1";

    /// A public key.
    PubKey "PubKey" {
        /// Compressed public key, 33 bytes.
        key: Vec<u8> = 1,
    }
}
