//! Questions to the application, as CometBFT hands them through.

use crate::devnet::query::Failure;
use crate::devnet::server::backend::Backend;
use crate::devnet::server::rpc::print::base64;
use serde_json::{Value, json};

/// The answer of the application to a query.
#[derive(Debug, Default)]
pub(in crate::devnet::server) struct Queried {
    pub(in crate::devnet::server) code: u32,
    pub(in crate::devnet::server) codespace: String,
    pub(in crate::devnet::server) log: String,
    pub(in crate::devnet::server) value: Vec<u8>,
    pub(in crate::devnet::server) height: i64,
}

/// Asks the application at a path, which is that of a gRPC method.
pub(in crate::devnet::server) fn abci_query(
    backend: &Backend,
    path: &str,
    data: &[u8],
    height: Option<i64>,
) -> Queried {
    match backend.unary(path, data, height) {
        Ok((value, height)) => Queried {
            value,
            height,
            ..Queried::default()
        },
        Err(failure) => {
            let (code, log) = sdk_error(failure);
            Queried {
                code,
                codespace: "sdk".to_owned(),
                log,
                height: height.unwrap_or(0),
                ..Queried::default()
            }
        }
    }
}

/// A failure as the application tells it outside of gRPC: another code, and its words behind the text.
fn sdk_error(failure: Failure) -> (u32, String) {
    let Failure { code, message } = failure;
    let named = |name: &str| format!("rpc error: code = {name} desc = {message}");
    match code {
        5 => (22, format!("{}: key not found", named("NotFound"))),
        3 => (18, format!("{}: invalid request", named("InvalidArgument"))),
        9 => (
            18,
            format!("{}: invalid request", named("FailedPrecondition")),
        ),
        16 => (4, format!("{}: unauthorized", named("Unauthenticated"))),
        12 => (6, "unknown query path: unknown request".to_owned()),
        _ if message.starts_with("cannot query with height in the future") => {
            (26, format!("{message}: invalid height"))
        }
        _ => (6, format!("{}: unknown request", named("Unknown"))),
    }
}

pub(super) fn queried(answer: &Queried) -> Value {
    let value = if answer.value.is_empty() {
        Value::Null
    } else {
        base64(&answer.value).into()
    };
    json!({
        "code": answer.code,
        "log": answer.log,
        "info": "",
        "index": "0",
        "key": null,
        "value": value,
        "proofOps": null,
        "height": answer.height.to_string(),
        "codespace": answer.codespace,
    })
}
