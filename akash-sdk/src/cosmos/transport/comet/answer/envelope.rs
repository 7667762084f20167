//! What every answer is wrapped in: a result or an error, with the id of the call.

use crate::cosmos::transport::TransportError;
use crate::cosmos::transport::comet::scalar::or_default;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// An answer: a result or an error.
#[derive(Deserialize)]
struct Envelope<T> {
    #[serde(default = "none")]
    result: Option<T>,
    #[serde(default)]
    error: Option<Refusal>,
}

fn none<T>() -> Option<T> {
    None
}

/// The error object of JSON-RPC.
#[derive(Debug, Deserialize)]
pub(super) struct Refusal {
    #[serde(default)]
    code: i64,
    #[serde(default)]
    message: String,
    #[serde(default, deserialize_with = "or_default")]
    pub(super) data: String,
}

impl Refusal {
    pub(super) fn text(&self) -> String {
        if self.data.is_empty() {
            self.message.clone()
        } else {
            format!("{}: {}", self.message, self.data)
        }
    }

    pub(super) fn into_error(self, method: &str) -> TransportError {
        TransportError::Rpc {
            method: method.to_owned(),
            code: self.code,
            message: self.text(),
        }
    }
}

/// The id of a JSON-RPC message, to find out what it answers.
#[derive(Deserialize)]
#[cfg(feature = "websocket")]
struct Addressed {
    #[serde(default)]
    id: Option<i64>,
}

/// The id of a message; `None` if it has none or is no message.
#[cfg(feature = "websocket")]
pub(in super::super) fn id(message: &[u8]) -> Option<i64> {
    serde_json::from_slice::<Addressed>(message).ok()?.id
}

pub(super) fn malformed(endpoint: &str, reason: &dyn std::fmt::Display) -> TransportError {
    TransportError::Malformed {
        endpoint: endpoint.to_owned(),
        reason: reason.to_string(),
    }
}

pub(super) fn open<T: DeserializeOwned>(
    endpoint: &str,
    answer: &[u8],
) -> Result<Result<T, Refusal>, TransportError> {
    let envelope: Envelope<T> =
        serde_json::from_slice(answer).map_err(|e| malformed(endpoint, &e))?;
    match envelope {
        Envelope {
            error: Some(error), ..
        } => Ok(Err(error)),
        Envelope {
            result: Some(result),
            ..
        } => Ok(Ok(result)),
        Envelope { .. } => Err(malformed(endpoint, &"it has neither a result nor an error")),
    }
}

/// The result of `method`, or the error the node gave.
pub(super) fn result<T: DeserializeOwned>(
    endpoint: &str,
    method: &str,
    answer: &[u8],
) -> Result<T, TransportError> {
    open(endpoint, answer)?.map_err(|refusal| refusal.into_error(method))
}

/// What a message of a subscription tells; `None` if it is the acknowledgement, which carries nothing.
pub(super) fn told<T: DeserializeOwned>(
    endpoint: &str,
    message: &[u8],
) -> Result<Option<T>, TransportError> {
    #[derive(Deserialize)]
    struct Notice<T> {
        #[serde(default = "none")]
        data: Option<Data<T>>,
    }
    #[derive(Deserialize)]
    struct Data<T> {
        value: T,
    }
    let notice = result::<Notice<T>>(endpoint, "subscribe", message)?;
    Ok(notice.data.map(|data| data.value))
}

/// Whether these bytes are an answer of JSON-RPC at all.
#[must_use]
pub fn is_answer(answer: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Version {
        jsonrpc: String,
    }
    serde_json::from_slice::<Version>(answer).is_ok_and(|version| version.jsonrpc == "2.0")
}
