//! Reading what the gateway answers.

use crate::cosmos::json::{self, Unknown};
use crate::cosmos::transport::TransportError;
use crate::cosmos::transport::comet::answer::is_height_refusal;
use crate::cosmos::wire::service::Rpc;
use serde::Deserialize;
use serde_json::Value;

/// The JSON answer to a query as protobuf bytes. Members that this library does not know are left out.
///
/// # Errors
/// If it is no JSON or does not fit the message.
pub fn message(endpoint: &str, rpc: &Rpc, body: &[u8]) -> Result<Vec<u8>, TransportError> {
    transcode(endpoint, rpc.response, &value(endpoint, body)?)
}

pub(super) fn value(endpoint: &str, body: &[u8]) -> Result<Value, TransportError> {
    serde_json::from_slice(body).map_err(|e| malformed(endpoint, &e))
}

pub(super) fn transcode(
    endpoint: &str,
    type_name: &str,
    value: &Value,
) -> Result<Vec<u8>, TransportError> {
    json::from_json_with(type_name, value, Unknown::Skip).map_err(|e| malformed(endpoint, &e))
}

fn malformed(endpoint: &str, reason: &dyn std::fmt::Display) -> TransportError {
    TransportError::Malformed {
        endpoint: endpoint.to_owned(),
        reason: reason.to_string(),
    }
}

/// The gateway's refusal of the query method `path`; `None` if the body is not a refusal of a node.
#[must_use]
pub fn refusal(path: &str, height: Option<i64>, body: &[u8]) -> Option<TransportError> {
    #[derive(Deserialize)]
    struct Status {
        code: u32,
        #[serde(default)]
        message: String,
    }
    let status: Status = serde_json::from_slice(body).ok()?;
    Some(if is_height_refusal(&status.message) {
        TransportError::Height {
            height: height.unwrap_or_default(),
            message: status.message,
        }
    } else {
        TransportError::Query {
            path: path.to_owned(),
            code: status.code,
            message: status.message,
        }
    })
}
