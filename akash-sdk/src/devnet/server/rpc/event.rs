//! What subscribers are told of a block.

use super::print;
use crate::cosmos::transport::BlockResult;
use crate::devnet::server::chain::Sealed;
use crate::devnet::server::search::{Tags, tags, tx_tags};
use serde_json::{Map, Value, json};

/// One event that subscriptions may match.
pub(super) struct Told<'b> {
    tags: Tags<'b>,
    data: Value,
}

/// Everything that subscribers may be told of a block, in the order in which a node does it.
pub(super) fn of_block<'b>(sealed: &Sealed, result: &'b BlockResult) -> Vec<Told<'b>> {
    let with = |name: &str, value: Value| {
        let mut all = tags(&result.events);
        all.push(("tm.event".to_owned(), name.to_owned().into()));
        Told {
            tags: all,
            data: json!({"type": format!("tendermint/event/{name}"), "value": value}),
        }
    };
    let finalized = print::finalized(sealed, result);
    let mut told = vec![
        with(
            "NewBlock",
            json!({
                "block": print::block(sealed, result),
                "block_id": print::id(&sealed.id),
                "result_finalize_block": finalized,
            }),
        ),
        Told {
            tags: vec![("tm.event".to_owned(), "NewBlockHeader".into())],
            data: json!({
                "type": "tendermint/event/NewBlockHeader",
                "value": {"header": print::header(&sealed.header)},
            }),
        },
        with(
            "NewBlockEvents",
            json!({
                "height": result.height.to_string(),
                "events": print::events(&result.events),
                "num_txs": result.txs.len().to_string(),
            }),
        ),
    ];
    told.extend(result.txs.iter().map(|tx| {
        let mut value = json!({
            "height": tx.height.to_string(),
            "tx": print::base64(&tx.tx),
            "result": sparse(print::outcome(tx)),
        });
        // The first of a block has no number, as zero is not written.
        if let (Some(members), true) = (value.as_object_mut(), tx.index > 0) {
            members.insert("index".to_owned(), tx.index.into());
        }
        Told {
            tags: tx_tags(tx),
            data: json!({"type": "tendermint/event/Tx", "value": {"TxResult": value}}),
        }
    }));
    told
}

/// What a transaction gave, without members that say nothing, as it stands in events.
fn sparse(outcome: Value) -> Value {
    let Value::Object(members) = outcome else {
        return outcome;
    };
    let says = |value: &Value| match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty() && text != "0",
        Value::Number(number) => number.as_i64() != Some(0),
        Value::Array(items) => !items.is_empty(),
        Value::Bool(_) | Value::Object(_) => true,
    };
    members
        .into_iter()
        .filter(|(_, value)| says(value))
        .collect::<Map<_, _>>()
        .into()
}

impl Told<'_> {
    pub(super) const fn tags(&self) -> &Tags<'_> {
        &self.tags
    }

    /// The message to the subscriber of `query`.
    pub(super) fn message(&self, query: &str) -> Value {
        let mut events: Map<String, Value> = Map::new();
        for (tag, value) in &self.tags {
            let values = events
                .entry(tag.clone())
                .or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(values) = values {
                values.push(Value::String(value.clone().into_owned()));
            }
        }
        json!({"query": query, "data": self.data, "events": events})
    }
}
