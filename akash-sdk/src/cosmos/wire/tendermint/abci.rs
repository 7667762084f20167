//! Package `tendermint.abci`.

use crate::cosmos::wire::message::messages;

messages! {
    "tendermint.abci";

    /// An event.
    Event "Event" {
        /// Type.
        r#type: String = 1,
        /// Attributes.
        attributes: Vec<EventAttribute> = 2,
    }

    /// An attribute of an event.
    EventAttribute "EventAttribute" {
        /// Key.
        key: String = 1,
        /// Value.
        value: String = 2,
        /// Index.
        index: bool = 3,
    }
}
