//! What the application says to a query.

use super::envelope::result;
use crate::cosmos::transport::comet::scalar::{Base64, Number};
use crate::cosmos::transport::{TransportError, Unary};
use serde::Deserialize;

#[derive(Deserialize)]
struct AbciQuery {
    response: AbciResponse,
}

#[derive(Deserialize)]
struct AbciResponse {
    /// Always said: a missing one must not pass for success.
    code: Number<u32>,
    #[serde(default)]
    log: String,
    #[serde(default)]
    value: Base64,
    #[serde(default)]
    height: Number<i64>,
    #[serde(default)]
    codespace: String,
}

/// Answer of `abci_query` for the query method `path` at `height` (0: newest).
///
/// # Errors
/// The node's refusal as [`TransportError::Query`] or [`TransportError::Height`], or what is wrong with the answer.
pub fn abci_query(
    endpoint: &str,
    path: &str,
    height: i64,
    answer: &[u8],
) -> Result<Unary, TransportError> {
    let response = result::<AbciQuery>(endpoint, "abci_query", answer)?.response;
    if response.code.0 != 0 {
        return Err(query_refusal(
            path,
            height,
            &response.codespace,
            response.code.0,
            &response.log,
        ));
    }
    Ok(Unary {
        bytes: response.value.0,
        height: response.height.0,
    })
}

/// The error of a query that came through ABCI: codespace, code and log, from which the gRPC code has to be found.
fn query_refusal(path: &str, height: i64, codespace: &str, code: u32, log: &str) -> TransportError {
    if (codespace == "sdk" && code == 26) || is_height_refusal(log) {
        return TransportError::Height {
            height,
            message: log.to_owned(),
        };
    }
    let said = log
        .split_once("rpc error: code = ")
        .and_then(|(_, rest)| rest.split_once(" desc = "))
        .and_then(|(name, message)| Some((grpc_code(name)?, message)));
    let (code, message) = match (said, codespace, code) {
        (Some((code, message)), ..) => (code, message),
        (None, "sdk", 6) if log.starts_with("unknown query path") => (12, log),
        (None, "sdk", 18) => (3, log),
        (None, "sdk", 4) => (16, log),
        (None, "sdk", 22) => (5, log),
        (None, ..) => (2, log),
    };
    // The node wraps the words once more in the error it maps the code to.
    let message = [
        ": key not found",
        ": invalid request",
        ": unauthorized",
        ": unknown request",
    ]
    .iter()
    .find_map(|suffix| message.strip_suffix(suffix))
    .filter(|_| said.is_some())
    .unwrap_or(message);
    TransportError::Query {
        path: path.to_owned(),
        code,
        message: message.to_owned(),
    }
}

/// Whether a node's words say that it has no state at the height asked for.
pub(in crate::cosmos::transport) fn is_height_refusal(text: &str) -> bool {
    text.contains("cannot query with height in the future")
        // Just started: the block it has is not executed yet.
        || text.contains("context did not contain latest block height")
        || text.contains("failed to load state at height")
}

/// The number of a gRPC code from its name.
fn grpc_code(name: &str) -> Option<u32> {
    const NAMES: [&str; 17] = [
        "OK",
        "Canceled",
        "Unknown",
        "InvalidArgument",
        "DeadlineExceeded",
        "NotFound",
        "AlreadyExists",
        "PermissionDenied",
        "ResourceExhausted",
        "FailedPrecondition",
        "Aborted",
        "OutOfRange",
        "Unimplemented",
        "Internal",
        "Unavailable",
        "DataLoss",
        "Unauthenticated",
    ];
    (0..)
        .zip(NAMES)
        .find_map(|(code, known)| (known == name).then_some(code))
}
