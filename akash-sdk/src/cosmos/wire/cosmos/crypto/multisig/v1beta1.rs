//! Package `cosmos.crypto.multisig.v1beta1`.

use crate::cosmos::wire::message::messages;

messages! {
    "cosmos.crypto.multisig.v1beta1";

    /// Bits.
    CompactBitArray "CompactBitArray" {
        /// Bits used of the last byte.
        extra_bits_stored: u32 = 1,
        /// Bits, eight to a byte.
        elems: Vec<u8> = 2,
    }

    /// Signatures of the members of a multisig account.
    MultiSignature "MultiSignature" {
        /// Signatures, one per signer.
        signatures: Vec<Vec<u8>> = 1,
    }
}
