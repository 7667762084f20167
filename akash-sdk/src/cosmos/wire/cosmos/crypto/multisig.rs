//! Package `cosmos.crypto.multisig`.

pub mod v1beta1;

use crate::cosmos::wire::google::protobuf::Any;
use crate::cosmos::wire::message::messages;

messages! {
    "cosmos.crypto.multisig";

    /// Key of a multisig account.
    LegacyAminoPubKey "LegacyAminoPubKey" {
        /// Signatures needed, or share of votes needed.
        threshold: u32 = 1,
        /// Keys of the members.
        public_keys: Vec<Any> = 2,
    }
}
