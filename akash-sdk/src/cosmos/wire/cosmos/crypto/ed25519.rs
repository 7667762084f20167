//! Package `cosmos.crypto.ed25519`.

use crate::cosmos::wire::message::messages;

messages! {
    "cosmos.crypto.ed25519";

    /// A public key.
    PubKey "PubKey" {
        /// Public key, 32 bytes.
        key: Vec<u8> = 1,
    }
}
