use crate::chain::ChainError;
use crate::cosmos::convert::ConvertError;
use crate::cosmos::transport::TransportError;
use akash_market::id::Height;
use akash_market::time::Nanos;

impl From<TransportError> for ChainError {
    fn from(error: TransportError) -> Self {
        let text = error.to_string();
        match error {
            TransportError::Unreachable { endpoint, reason }
            | TransportError::NotConnected { endpoint, reason }
            | TransportError::Behind { endpoint, reason } => Self::Unreachable { endpoint, reason },
            TransportError::RateLimited { endpoint, .. }
            | TransportError::Status { endpoint, .. } => Self::Unreachable {
                endpoint,
                reason: text,
            },
            TransportError::Timeout { after, .. } => Self::Timeout {
                after: Nanos(i64::try_from(after.as_nanos()).unwrap_or(i64::MAX)),
            },
            TransportError::Height { height, message } => Self::HeightUnavailable {
                height: Height(height),
                reason: message,
            },
            TransportError::Malformed { endpoint, reason } => Self::Malformed {
                what: format!("{endpoint}: {reason}"),
            },
            TransportError::TooLarge { .. } | TransportError::Disagreement { .. } => {
                Self::Malformed { what: text }
            }
            TransportError::Query { path, code: 12, .. } => Self::Unsupported { what: path },
            TransportError::Query {
                path,
                code,
                message,
            } => Self::Unreachable {
                endpoint: path,
                reason: format!("{message} (gRPC {code})"),
            },
            TransportError::Rpc { method, .. } => Self::Unreachable {
                endpoint: method,
                reason: text,
            },
            TransportError::Unsupported { what, .. } => Self::Unsupported { what },
            TransportError::Tls { .. }
            | TransportError::WrongChain { .. }
            | TransportError::ReadOnly
            | TransportError::Unrecorded { .. }
            | TransportError::Configuration { .. } => Self::Usage(text),
            TransportError::Exhausted { causes } => {
                let endpoint = format!("any of {} endpoints", causes.len());
                Self::Unreachable {
                    endpoint,
                    reason: text,
                }
            }
        }
    }
}

impl From<ConvertError> for ChainError {
    fn from(error: ConvertError) -> Self {
        Self::Malformed {
            what: error.to_string(),
        }
    }
}
