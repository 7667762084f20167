/// Why a node did not answer as asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TransportError {
    /// No connection, or none in time. What was sent may or may not have arrived.
    #[error("{endpoint} does not answer: {reason}")]
    Unreachable {
        /// Who was asked.
        endpoint: String,
        /// What happened.
        reason: String,
    },
    /// The node answered a query with an error.
    #[error("the node answered {path} with {message} (gRPC {code})")]
    Query {
        /// The method.
        path: String,
        /// gRPC status code; 5 is not found, 12 unimplemented.
        code: u32,
        /// The node's words.
        message: String,
    },
    /// The state at this height is not there, not yet or not any more.
    #[error("the node has no state at height {height}: {message}")]
    Height {
        /// The height.
        height: i64,
        /// The node's words.
        message: String,
    },
    /// The answer is no answer of a node.
    #[error("the answer of {endpoint} can't be read: {reason}")]
    Malformed {
        /// Who was asked.
        endpoint: String,
        /// What is wrong.
        reason: String,
    },
}

impl TransportError {
    /// Whether the node said that there is no such thing.
    #[must_use]
    pub const fn is_not_found(&self) -> bool {
        matches!(self, Self::Query { code: 5, .. })
    }
}
