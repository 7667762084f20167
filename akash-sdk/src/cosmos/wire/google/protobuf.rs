//! Package `google.protobuf`.

use crate::cosmos::wire::message::messages;

messages! {
    "google.protobuf";

    /// A message under its type URL.
    Any "Any" {
        /// Slash and full message name, such as `/cosmos.bank.v1beta1.MsgSend`.
        type_url: String = 1,
        /// The encoded message.
        value: Vec<u8> = 2,
    }

    /// Request of `/akash.provider.v1.ProviderRPC/StreamStatus`.
    Empty "Empty" {}
}
