use super::{Answer, Failure, Query};
use crate::cosmos::transport::{Event, TxResult};
use crate::cosmos::tx::TxHash;
use crate::cosmos::wire::cosmos::base::abci::v1beta1::Result as AbciResult;
use crate::cosmos::wire::cosmos::base::abci::v1beta1::{GasInfo, TxResponse};
use crate::cosmos::wire::cosmos::base::node::v1beta1 as node;
use crate::cosmos::wire::cosmos::tx::v1beta1 as tx;
use crate::cosmos::wire::google::protobuf::Any;
use crate::cosmos::wire::tendermint::abci;
use prost::Message;

impl Query<'_> {
    pub(super) fn node(&self, method: &str) -> Option<Answer> {
        (method == "Config").then(|| {
            Ok(node::ConfigResponse {
                minimum_gas_price: self.node.gas_prices.to_string(),
                pruning_keep_recent: "0".to_owned(),
                pruning_interval: "0".to_owned(),
                ..Default::default()
            }
            .encode_to_vec())
        })
    }

    pub(super) fn tx(&self, method: &str) -> Option<Answer> {
        Some(match method {
            "Simulate" => self.simulation(),
            "GetTx" => self.transaction(),
            _ => return None,
        })
    }

    fn simulation(&self) -> Answer {
        let request: tx::SimulateRequest = self.read()?;
        if request.tx_bytes.is_empty() && request.tx.is_none() {
            return Err(Failure::invalid("empty txBytes is not allowed"));
        }
        let bytes = if request.tx_bytes.is_empty() {
            request.tx.map(|tx| tx.encode_to_vec()).unwrap_or_default()
        } else {
            request.tx_bytes
        };
        let done = self
            .node
            .simulate(&bytes)
            // A node loses codespace and code here: only the text tells.
            .map_err(|refused| Failure::unknown(refused.log))?;
        Ok(tx::SimulateResponse {
            gas_info: Some(GasInfo {
                gas_wanted: u64::MAX,
                gas_used: done.gas_used,
            }),
            result: Some(AbciResult {
                data: done.data,
                events: to_wire(&done.events, false),
                msg_responses: done.answers,
                ..AbciResult::default()
            }),
        }
        .encode_to_vec())
    }

    fn transaction(&self) -> Answer {
        let request: tx::GetTxRequest = self.read()?;
        if request.hash.is_empty() {
            return Err(Failure::invalid("tx hash cannot be empty"));
        }
        let missing = || Failure::not_found(format!("tx not found: {}", request.hash));
        let hash: TxHash = request
            .hash
            .parse()
            .map_err(|_| Failure::unknown("encoding/hex: invalid byte"))?;
        let found = self.node.tx(&hash).ok_or_else(missing)?;
        let time = self.node.result(found.height).map(|block| block.time);
        let timestamp = time
            .map(crate::cosmos::convert::time::wire_timestamp)
            .map(|time| crate::cosmos::wire::Timestamp {
                seconds: time.seconds,
                nanos: 0,
            })
            .and_then(crate::cosmos::json::print_time)
            .unwrap_or_default();
        let decoded = tx::Tx::decode(found.tx.as_slice());
        Ok(tx::GetTxResponse {
            tx: decoded.ok(),
            tx_response: Some(response(found, timestamp)),
        }
        .encode_to_vec())
    }
}

fn response(found: &TxResult, timestamp: String) -> TxResponse {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    TxResponse {
        height: found.height,
        txhash: found.hash.to_string(),
        codespace: found.codespace.clone(),
        code: found.code,
        data: hex(&found.data),
        raw_log: found.log.clone(),
        gas_wanted: i64::try_from(found.gas_wanted).unwrap_or(i64::MAX),
        gas_used: i64::try_from(found.gas_used).unwrap_or(i64::MAX),
        tx: Some(Any {
            type_url: "/cosmos.tx.v1beta1.Tx".to_owned(),
            value: found.tx.clone(),
        }),
        timestamp,
        events: to_wire(&found.events, true),
        ..TxResponse::default()
    }
}

/// Events as messages; those of transactions in blocks are marked as indexed.
fn to_wire(events: &[Event], index: bool) -> Vec<abci::Event> {
    let one = |event: &Event| abci::Event {
        r#type: event.kind.clone(),
        attributes: event
            .attributes
            .iter()
            .map(|attribute| abci::EventAttribute {
                key: attribute.key.clone(),
                value: attribute.value.clone(),
                index,
            })
            .collect(),
    };
    events.iter().map(one).collect()
}
