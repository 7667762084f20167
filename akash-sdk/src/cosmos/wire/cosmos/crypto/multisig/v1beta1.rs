//! Package `cosmos.crypto.multisig.v1beta1`.

use crate::cosmos::wire::message::messages;

messages! {
    "cosmos.crypto.multisig.v1beta1";

    /// Compact bit array.
    CompactBitArray "CompactBitArray" {
        /// Bits used of the last byte.
        extra_bits_stored: u32 = 1,
        /// Bits, eight to a byte.
        elems: Vec<u8> = 2,
    }

    /// Multi signature.
    MultiSignature "MultiSignature" {
        /// Signatures, one per signer.
        signatures: Vec<Vec<u8>> = 1,
    }
}
