//! Package `tendermint.abci`.

use crate::cosmos::wire::message::messages;

messages! {
    "tendermint.abci";

    /// Event.
    Event "Event" {
        /// Type.
        r#type: String = 1,
        /// Attributes.
        attributes: Vec<EventAttribute> = 2,
    }

    /// Event attribute.
    EventAttribute "EventAttribute" {
        /// Key.
        key: String = 1,
        /// Value.
        value: String = 2,
        /// Index.
        index: bool = 3,
    }
}
