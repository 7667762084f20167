//! Typed events as the chain puts them into transaction results.

use super::any::Form;
use super::error::excerpt;
use super::sink::TextSink;
use super::{JsonError, Problem, describe, print};

/// The attributes of the typed event `type_name` with these bytes: name and JSON text of each
/// top-level field, in order of names.
///
/// The event's own type is the full message name. At execution the chain appends `msg_index` (or
/// `mode`, at the beginning and end of a block), which is not part of the message.
///
/// ```
/// use akash_sdk::cosmos::json;
///
/// let attributes = json::event_attributes("akash.wasm.v1.EventMsgBlocked", &[])?;
/// assert_eq!(attributes[0], ("contract_address".to_owned(), "\"\"".to_owned()));
/// # Ok::<(), json::JsonError>(())
/// ```
///
/// # Errors
///
/// Like [`to_json`](super::to_json); also if the message is one without fields of its own.
pub fn event_attributes(type_name: &str, bytes: &[u8]) -> Result<Vec<(String, String)>, JsonError> {
    let descriptor = describe(type_name)?;
    if Form::of(descriptor) != Form::Plain {
        return Err(Problem::NotAnEvent {
            name: excerpt(type_name),
        }
        .into());
    }
    let mut attributes: Vec<_> = print::fields::<TextSink>(descriptor, bytes)?
        .into_iter()
        .map(|(name, sink)| (name.to_owned(), sink.finish()))
        .collect();
    attributes.sort();
    Ok(attributes)
}
