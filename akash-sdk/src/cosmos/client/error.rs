use crate::chain::ChainError;
use crate::cosmos::convert::ConvertError;
use crate::cosmos::transport::TransportError;
use akash_market::id::Height;

impl From<TransportError> for ChainError {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::Unreachable { endpoint, reason } => {
                Self::Unreachable { endpoint, reason }
            }
            TransportError::Height { height, message } => Self::HeightUnavailable {
                height: Height(height),
                reason: message,
            },
            TransportError::Malformed { endpoint, reason } => Self::Malformed {
                what: format!("{endpoint}: {reason}"),
            },
            TransportError::Query { path, code: 12, .. } => Self::Unsupported { what: path },
            TransportError::Query {
                path,
                code,
                message,
            } => Self::Unreachable {
                endpoint: path,
                reason: format!("{message} (gRPC {code})"),
            },
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
