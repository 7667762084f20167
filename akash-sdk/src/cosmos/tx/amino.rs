mod message;
mod name;
mod text;

pub use message::message_json;

use crate::cosmos::wire::TypeUrl;
use crate::cosmos::wire::cosmos::base::v1beta1::Coin;
use crate::cosmos::wire::cosmos::tx::v1beta1::{Fee, TxBody};
use prost::Message;
use std::collections::BTreeMap;
use text::{quoted, timestamp};

/// Why something has no amino JSON.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum AminoError {
    /// The message is unknown here.
    #[error("{type_url:?} is not the type URL of a known message")]
    Unknown {
        /// Its type URL.
        type_url: String,
    },
    /// The bytes are no such message.
    #[error("the bytes of {message} can't be read: {source}")]
    Decode {
        /// Full name of the message.
        message: String,
        /// What is wrong.
        source: prost::DecodeError,
    },
    /// A value has no form in this format.
    #[error("field {field} of {message} has no amino JSON: {reason}")]
    Value {
        /// Full name of the message.
        message: &'static str,
        /// Name of the field.
        field: &'static str,
        /// What is wrong.
        reason: &'static str,
    },
}

/// The canonical JSON that a signer signs in mode `LEGACY_AMINO_JSON`: keys sorted, no spaces.
pub(super) fn sign_bytes(
    body: &TxBody,
    fee: &Fee,
    chain_id: &str,
    account_number: u64,
    sequence: u64,
) -> Result<Vec<u8>, AminoError> {
    let mut messages = Vec::with_capacity(body.messages.len());
    for any in &body.messages {
        messages.push(message::any_json(any, 0)?);
    }
    let mut doc = BTreeMap::from([
        ("account_number", format!("\"{account_number}\"")),
        ("chain_id", quoted(chain_id)),
        ("fee", fee_json(fee)?),
        ("memo", quoted(&body.memo)),
        ("msgs", format!("[{}]", messages.join(","))),
        ("sequence", format!("\"{sequence}\"")),
    ]);
    if body.timeout_height != 0 {
        doc.insert("timeout_height", format!("\"{}\"", body.timeout_height));
    }
    if body.unordered {
        doc.insert("unordered", "true".to_owned());
    }
    if let Some(at) = body.timeout_timestamp {
        doc.insert("timeout_timestamp", quoted(&timestamp(at)));
    }
    Ok(text::object(&doc).into_bytes())
}

fn fee_json(fee: &Fee) -> Result<String, AminoError> {
    let mut amount = Vec::with_capacity(fee.amount.len());
    for coin in &fee.amount {
        amount.push(message_json(Coin::FULL_NAME, &coin.encode_to_vec())?);
    }
    let mut fields = BTreeMap::from([
        ("amount", format!("[{}]", amount.join(","))),
        ("gas", format!("\"{}\"", fee.gas_limit)),
    ]);
    if !fee.payer.is_empty() {
        fields.insert("payer", quoted(&fee.payer));
    }
    if !fee.granter.is_empty() {
        fields.insert("granter", quoted(&fee.granter));
    }
    Ok(text::object(&fields))
}
