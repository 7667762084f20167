use crate::cosmos::convert::ConvertError;
use crate::cosmos::convert::event::from_any;
use crate::cosmos::json::{self, JsonError, Unknown};
use crate::cosmos::transport::Event;
use crate::cosmos::wire;
use crate::cosmos::wire::google::protobuf::Any;
use akash_market::change::Change;
use serde_json::{Map, Value};

/// A typed event that can't be understood although its type is known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EventError {
    /// The value of an attribute is no JSON.
    #[error("attribute {key} of event {kind} is no JSON: {reason}")]
    Attribute {
        /// Type of the event.
        kind: String,
        /// Name of the attribute.
        key: String,
        /// What is wrong.
        reason: String,
    },
    /// The attributes don't make the message.
    #[error("event {kind}: {source}")]
    Message {
        /// Type of the event.
        kind: String,
        /// What is wrong.
        source: JsonError,
    },
    /// A value of the message means nothing here.
    #[error("event {kind}: {reason}")]
    Meaning {
        /// Type of the event.
        kind: String,
        /// What is wrong.
        reason: String,
    },
}

/// The change that a typed event of the chain announces: of deployments, orders, bids, leases, the Burn-Mint
/// Equilibrium, the oracle (that of nodes before v2.1 too), providers, auditors and epochs. `None` for events of other
/// modules and of types that this library does not know, and for `akash.wasm.v1.EventMsgBlocked`: it tells of what a contract
/// was not allowed to do, which changed nothing.
///
/// Attributes that the node adds (`msg_index`, `mode`) and fields of newer releases are passed over.
///
/// # Errors
/// If its type is known and its attributes are not what such an event has.
pub fn decode(event: &Event) -> Result<Option<Change>, EventError> {
    let kind = || event.kind.clone();
    if !event.kind.starts_with("akash.") || wire::descriptor(&event.kind).is_none() {
        return Ok(None);
    }
    let mut fields = Map::new();
    for attribute in &event.attributes {
        // What the node adds beside the event's own fields is no JSON of the message.
        if attribute.key == "msg_index" || attribute.key == "mode" {
            continue;
        }
        let value: Value =
            serde_json::from_str(&attribute.value).map_err(|e| EventError::Attribute {
                kind: kind(),
                key: attribute.key.clone(),
                reason: e.to_string(),
            })?;
        fields.insert(attribute.key.clone(), value);
    }
    let value = Value::Object(fields);
    let bytes = json::from_json_with(&event.kind, &value, Unknown::Skip).map_err(|source| {
        EventError::Message {
            kind: kind(),
            source,
        }
    })?;
    let any = Any {
        type_url: format!("/{}", event.kind),
        value: bytes,
    };
    from_any(&any).map_err(|e: ConvertError| EventError::Meaning {
        kind: kind(),
        reason: e.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cosmos::transport::EventAttribute;

    fn event(kind: &str, attributes: &[(&str, &str)]) -> Event {
        Event {
            kind: kind.to_owned(),
            attributes: attributes
                .iter()
                .map(|(key, value)| EventAttribute {
                    key: (*key).to_owned(),
                    value: (*value).to_owned(),
                })
                .collect(),
        }
    }

    const ID: &str =
        r#"{"owner":"akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0","dseq":"7","gseq":1,"oseq":1}"#;

    #[test]
    fn typed_events_become_changes() {
        let created = event(
            "akash.market.v1.EventOrderCreated",
            &[("id", ID), ("later_field", "{}"), ("msg_index", "0")],
        );
        assert!(matches!(
            decode(&created),
            Ok(Some(Change::OrderCreated { .. }))
        ));
    }

    #[test]
    fn what_is_not_ours_or_not_known_is_nothing() {
        for kind in [
            "transfer",
            "akash.market.v9.EventOrderCreated",
            "akash.",
            "",
        ] {
            assert_eq!(decode(&event(kind, &[("id", "not json")])), Ok(None));
        }
    }

    #[test]
    fn damaged_attributes_are_errors() {
        let kind = "akash.market.v1.EventOrderCreated";
        for value in [
            "",
            "{",
            "7",
            r#"{"owner":"akash1x","dseq":"7"}"#,
            r#"{"dseq":"-1"}"#,
        ] {
            assert!(decode(&event(kind, &[("id", value)])).is_err(), "{value}");
        }
    }
}
