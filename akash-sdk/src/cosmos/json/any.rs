//! The messages whose JSON is not an object of their fields.

use crate::cosmos::wire::Descriptor;

/// How a message is written in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// An object of its fields.
    Plain,
    /// The message inside, with its type URL.
    Any,
    /// The text of a Kubernetes quantity.
    Quantity,
}

impl Form {
    pub(super) fn of(message: &Descriptor) -> Self {
        match message.full_name {
            "google.protobuf.Any" => Self::Any,
            "k8s.io.apimachinery.pkg.api.resource.Quantity" => Self::Quantity,
            _ => Self::Plain,
        }
    }
}

/// Member that names the type.
pub(super) const TYPE: &str = "@type";
/// Member that holds what is not an object of fields.
pub(super) const VALUE: &str = "value";

/// The message name of a type URL.
pub(super) fn message_name(type_url: &str) -> &str {
    type_url.rsplit_once('/').map_or(type_url, |(_, name)| name)
}
