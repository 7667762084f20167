//! Package `akash.base.attributes.v1`.

use crate::cosmos::wire::Text;
use crate::cosmos::wire::message::messages;

messages! {
    "akash.base.attributes.v1";

    /// A key and a value.
    Attribute "Attribute" {
        /// Key.
        key: Text = 1,
        /// Value.
        value: Text = 2,
    }

    /// Auditors whose signature is asked for.
    SignedBy "SignedBy" {
        /// Auditors who must all have signed.
        all_of: Vec<String> = 1,
        /// Auditors of whom one must have signed.
        any_of: Vec<String> = 2,
    }

    /// What a provider must offer to receive the group.
    PlacementRequirements "PlacementRequirements" {
        /// Which auditors must have signed the attributes.
        signed_by: SignedBy = 1,
        /// Attributes.
        attributes: Vec<Attribute> = 2,
    }
}
