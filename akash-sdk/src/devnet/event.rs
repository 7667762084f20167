//! Changes as the events of a block.

use crate::cosmos::convert::event::to_any;
use crate::cosmos::json;
use crate::cosmos::transport::{Event, EventAttribute};
use akash_market::change::Change;

fn attribute(key: &str, value: impl Into<String>) -> EventAttribute {
    EventAttribute {
        key: key.to_owned(),
        value: value.into(),
    }
}

/// The typed events of these changes, each with one more attribute at its end.
pub(super) fn typed(changes: &[Change], key: &str, value: &str) -> Vec<Event> {
    changes
        .iter()
        .filter_map(to_any)
        .filter_map(|any| {
            let name = any.type_url.trim_start_matches('/');
            let mut attributes: Vec<EventAttribute> = json::event_attributes(name, &any.value)
                .ok()?
                .into_iter()
                .map(|(key, value)| EventAttribute { key, value })
                .collect();
            attributes.push(attribute(key, value));
            Some(Event {
                kind: name.to_owned(),
                attributes,
            })
        })
        .collect()
}

/// The event with which a node announces the fee of a transaction.
pub(super) fn fee(amount: &str, payer: &str) -> Event {
    Event {
        kind: "tx".to_owned(),
        attributes: vec![attribute("fee", amount), attribute("fee_payer", payer)],
    }
}

/// The event with which a node announces a message.
pub(super) fn message(type_url: &str, sender: &str, index: usize) -> Event {
    let module = type_url
        .trim_start_matches('/')
        .split('.')
        .nth(1)
        .unwrap_or_default();
    Event {
        kind: "message".to_owned(),
        attributes: vec![
            attribute("action", type_url),
            attribute("sender", sender),
            attribute("module", module),
            attribute("msg_index", index.to_string()),
        ],
    }
}
