//! Package `cosmos.tx.signing.v1beta1`.

use crate::cosmos::wire::cosmos::crypto::multisig::v1beta1::CompactBitArray;
use crate::cosmos::wire::google::protobuf::Any;
use crate::cosmos::wire::message::{enums, messages, oneof};
use crate::cosmos::wire::{Choice, Enum};

messages! {
    "cosmos.tx.signing.v1beta1";

    /// A signature with its key and sequence.
    SignatureDescriptor "SignatureDescriptor" {
        /// Public key; none before the first transaction.
        public_key: Option<Any> = 1,
        /// Data.
        data: Option<SignatureDescriptorData> = 2,
        /// Sequence number.
        sequence: u64 = 3,
    }

    /// A signature by mode.
    SignatureDescriptorData "SignatureDescriptor.Data" {
        /// One of the members, or none.
        sum: Choice<SignatureDescriptorDataSum> = 1..=2,
    }

    /// Signatures of several signers.
    SignatureDescriptorDataMulti "SignatureDescriptor.Data.Multi" {
        /// Which members signed.
        bitarray: Option<CompactBitArray> = 1,
        /// Signatures, one per signer.
        signatures: Vec<SignatureDescriptorData> = 2,
    }

    /// Signature of one signer.
    SignatureDescriptorDataSingle "SignatureDescriptor.Data.Single" {
        /// Mode.
        mode: Enum<SignMode> = 1,
        /// Signature.
        signature: Vec<u8> = 2,
    }

    /// Signatures.
    SignatureDescriptors "SignatureDescriptors" {
        /// Signatures, one per signer.
        signatures: Vec<SignatureDescriptor> = 1,
    }
}

oneof! {
    /// Choice `sum` of [`SignatureDescriptorData`].
    SignatureDescriptorDataSum {
        /// One signer.
        Single single: SignatureDescriptorDataSingle = 1,
        /// Several signers.
        Multi multi: SignatureDescriptorDataMulti = 2,
    }
}

enums! {
    /// Enum `cosmos.tx.signing.v1beta1.SignMode`.
    SignMode "cosmos.tx.signing.v1beta1.SignMode" {
        /// `SIGN_MODE_UNSPECIFIED`.
        Unspecified "SIGN_MODE_UNSPECIFIED" = 0,
        /// `SIGN_MODE_DIRECT`.
        Direct "SIGN_MODE_DIRECT" = 1,
        /// `SIGN_MODE_TEXTUAL`.
        Textual "SIGN_MODE_TEXTUAL" = 2,
        /// `SIGN_MODE_DIRECT_AUX`.
        DirectAux "SIGN_MODE_DIRECT_AUX" = 3,
        /// `SIGN_MODE_LEGACY_AMINO_JSON`.
        LegacyAminoJson "SIGN_MODE_LEGACY_AMINO_JSON" = 127,
        /// `SIGN_MODE_EIP_191`.
        Eip191 "SIGN_MODE_EIP_191" = 191,
    }
}
