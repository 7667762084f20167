//! Package `tendermint.crypto`.

use crate::cosmos::wire::message::{messages, oneof};
use crate::cosmos::wire::{Choice, Member};

messages! {
    "tendermint.crypto";

    /// A public key.
    PublicKey "PublicKey" {
        /// One of the members, or none.
        sum: Choice<PublicKeySum> = 1..=2,
    }
}

oneof! {
    /// Choice `sum` of [`PublicKey`].
    PublicKeySum {
        /// An ed25519 key.
        Ed25519 ed25519: Member<Vec<u8>> = 1,
        /// A secp256k1 key.
        Secp256k1 secp256k1: Member<Vec<u8>> = 2,
    }
}
