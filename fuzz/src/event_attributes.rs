//! Typed events as blocks carry them: the first line is the type, the others are attributes `key=value`. Nothing
//! panics, and a change that is understood announces the same event again, in today's form.

use akash_sdk::cosmos::convert::event::to_any;
use akash_sdk::cosmos::events::decode;
use akash_sdk::cosmos::transport::{Event, EventAttribute};

/// The target.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let mut lines = text.lines();
    let event = Event {
        kind: lines.next().unwrap_or_default().to_owned(),
        attributes: lines
            .filter_map(|line| line.split_once('='))
            .map(|(key, value)| EventAttribute {
                key: key.to_owned(),
                value: value.to_owned(),
            })
            .collect(),
    };
    if let Ok(Some(change)) = decode(&event)
        && let Some(any) = to_any(&change)
    {
        let today = event.kind.replace("akash.oracle.v1.", "akash.oracle.v2.");
        assert_eq!(any.type_url.strip_prefix('/'), Some(today.as_str()));
    }
}
