//! What happened to a transaction, as the application tells it.

use crate::cosmos::json::print_time;
use crate::cosmos::transport::{Event, TxResult};
use crate::cosmos::wire::cosmos::base::abci::v1beta1::TxResponse;
use crate::cosmos::wire::google::protobuf::Any;
use crate::cosmos::wire::tendermint::abci;
use crate::devnet::server::chain::timestamp;
use akash_market::time::Timestamp;
use std::fmt::Write;

/// Upper-case hexadecimal digits.
pub(in super::super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(
        String::with_capacity(bytes.len().saturating_mul(2)),
        |mut text, byte| {
            // Writing to a text can't fail.
            let _ = write!(text, "{byte:02X}");
            text
        },
    )
}

/// RFC 3339 with as many decimals as it takes.
pub(in super::super) fn time(time: crate::cosmos::wire::Timestamp) -> String {
    let text = print_time(time).unwrap_or_default();
    match text.strip_suffix('Z') {
        Some(text) if text.contains('.') => format!("{}Z", text.trim_end_matches('0')),
        _ => text,
    }
}

pub(super) fn tx_response(tx: &TxResult, at: Timestamp) -> TxResponse {
    let signed = |gas: u64| i64::try_from(gas).unwrap_or(i64::MAX);
    let mut second = timestamp(at);
    second.nanos = 0;
    TxResponse {
        height: tx.height,
        txhash: tx.hash.to_string(),
        codespace: tx.codespace.clone(),
        code: tx.code,
        data: hex(&tx.data),
        raw_log: tx.log.clone(),
        logs: Vec::new(),
        info: String::new(),
        gas_wanted: signed(tx.gas_wanted),
        gas_used: signed(tx.gas_used),
        tx: Some(Any {
            type_url: "/cosmos.tx.v1beta1.Tx".to_owned(),
            value: tx.tx.clone(),
        }),
        timestamp: time(second),
        events: tx.events.iter().map(event).collect(),
    }
}

fn event(event: &Event) -> abci::Event {
    abci::Event {
        r#type: event.kind.clone(),
        attributes: event
            .attributes
            .iter()
            .map(|attribute| abci::EventAttribute {
                key: attribute.key.clone(),
                value: attribute.value.clone(),
                index: true,
            })
            .collect(),
    }
}
