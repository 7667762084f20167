use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Why a node did not answer as asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TransportError {
    /// The connection broke, or the answer was none of the protocol. What was sent may or may not have arrived.
    #[error("{endpoint} does not answer: {reason}")]
    Unreachable {
        /// Who was asked.
        endpoint: String,
        /// What happened.
        reason: String,
    },
    /// No connection came about: nothing was sent.
    #[error("no connection to {endpoint}: {reason}")]
    NotConnected {
        /// Who was to be asked.
        endpoint: String,
        /// What happened.
        reason: String,
    },
    /// The peer is not who it should be, or no common way of encryption was found: nothing was sent.
    #[error("no secure connection to {endpoint}: {reason}")]
    Tls {
        /// Who was to be asked.
        endpoint: String,
        /// What is wrong.
        reason: String,
    },
    /// No answer in time. What was sent may or may not have arrived.
    #[error("{endpoint} did not answer within {after:?}")]
    Timeout {
        /// Who was asked.
        endpoint: String,
        /// How long was waited.
        after: Duration,
    },
    /// The endpoint is asked too often and did not take the request.
    #[error("{endpoint} takes no more requests for now{}", wait(*.retry_after))]
    RateLimited {
        /// Who was asked.
        endpoint: String,
        /// When to ask again, if it said so.
        retry_after: Option<Duration>,
    },
    /// An HTTP status that is no answer of a node, such as 502 of a gateway before it.
    #[error("{endpoint} answered with HTTP status {status}{}", wait(*.retry_after))]
    Status {
        /// Who was asked.
        endpoint: String,
        /// HTTP status code.
        status: u16,
        /// When to ask again, if it said so.
        retry_after: Option<Duration>,
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
    /// The node answered a call of its JSON-RPC with an error.
    #[error("the node answered the call {method} with {message} (JSON-RPC {code})")]
    Rpc {
        /// The method.
        method: String,
        /// JSON-RPC error code.
        code: i64,
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
    /// The answer is longer than this client takes.
    #[error("the answer of {endpoint} is longer than {limit} bytes")]
    TooLarge {
        /// Who was asked.
        endpoint: String,
        /// The most it may have, in bytes.
        limit: usize,
    },
    /// The node belongs to another network.
    #[error("{endpoint} belongs to the network {found}, not to {expected}")]
    WrongChain {
        /// Who was asked.
        endpoint: String,
        /// Chain id of the wanted network.
        expected: String,
        /// Chain id of its network.
        found: String,
    },
    /// The node is behind its network; its answers would be old.
    #[error("{endpoint} is behind its network: {reason}")]
    Behind {
        /// Who was asked.
        endpoint: String,
        /// How one knows.
        reason: String,
    },
    /// Nodes give different answers, so that none has the agreement asked for.
    #[error("of {asked} nodes only {agreed} give the same answer to {what}, {wanted} should")]
    Disagreement {
        /// What was asked.
        what: String,
        /// How many were asked.
        asked: usize,
        /// How many agree at most.
        agreed: usize,
        /// How many should.
        wanted: usize,
    },
    /// This way of asking can't do that.
    #[error("{endpoint} can't be asked for {what}")]
    Unsupported {
        /// Who was to be asked.
        endpoint: String,
        /// What for.
        what: String,
    },
    /// The caller has forbidden it.
    #[error("this connection only reads; it sends no transaction")]
    ReadOnly,
    /// A record is played back, and this was never asked when it was made, or not so often.
    #[error("the record has no answer to {what}")]
    Unrecorded {
        /// What was asked.
        what: String,
    },
    /// Every endpoint was tried and none gave a usable answer.
    #[error("no endpoint gave a usable answer: {}", list(.causes))]
    Exhausted {
        /// The last failure of each endpoint, in order; never empty.
        causes: Vec<Self>,
    },
    /// The endpoint can't be used as it is configured.
    #[error("{endpoint:?} can't be used as an endpoint: {reason}")]
    Configuration {
        /// What was given.
        endpoint: String,
        /// What is wrong.
        reason: String,
    },
}

fn wait(retry_after: Option<Duration>) -> String {
    retry_after.map_or_else(String::new, |wait| {
        format!(", it may be asked again in {wait:?}")
    })
}

fn list(causes: &[TransportError]) -> String {
    let texts: Vec<String> = causes.iter().map(ToString::to_string).collect();
    texts.join("; ")
}

impl TransportError {
    /// Whether the node said that there is no such thing.
    #[must_use]
    pub const fn is_not_found(&self) -> bool {
        matches!(self, Self::Query { code: 5, .. })
    }

    /// Whether the same read may succeed, at this endpoint later or at another one.
    ///
    /// A node's own verdict (not found, invalid argument) is an answer, not a failure.
    #[must_use]
    pub const fn is_retryable(&self) -> bool {
        match self {
            Self::Unreachable { .. }
            | Self::NotConnected { .. }
            | Self::Tls { .. }
            | Self::Timeout { .. }
            | Self::RateLimited { .. }
            | Self::Status { .. }
            | Self::Height { .. }
            | Self::Malformed { .. }
            | Self::WrongChain { .. }
            | Self::Behind { .. }
            | Self::Exhausted { .. }
            // Unavailable, deadline exceeded, resource exhausted: said by a server in front of the node.
            | Self::Query {
                code: 4 | 8 | 14, ..
            } => true,
            Self::Query { .. }
            | Self::Rpc { .. }
            | Self::TooLarge { .. }
            | Self::Disagreement { .. }
            | Self::Unsupported { .. }
            | Self::ReadOnly
            | Self::Unrecorded { .. }
            | Self::Configuration { .. } => false,
        }
    }

    /// Whether it is certain that the node took nothing of what was to be sent.
    #[must_use]
    pub const fn was_not_sent(&self) -> bool {
        matches!(
            self,
            Self::NotConnected { .. }
                | Self::Tls { .. }
                | Self::RateLimited { .. }
                | Self::WrongChain { .. }
                | Self::Behind { .. }
                | Self::Unsupported { .. }
                | Self::ReadOnly
                | Self::Unrecorded { .. }
                | Self::Configuration { .. }
        )
    }

    /// How long the endpoint asked to be left alone.
    #[must_use]
    pub const fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::RateLimited { retry_after, .. } | Self::Status { retry_after, .. } => {
                *retry_after
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_asked_again() {
        let endpoint = || "node".to_owned();
        let timeout = TransportError::Timeout {
            endpoint: endpoint(),
            after: Duration::from_secs(1),
        };
        assert!(timeout.is_retryable() && !timeout.was_not_sent());
        let refused = TransportError::NotConnected {
            endpoint: endpoint(),
            reason: "refused".to_owned(),
        };
        assert!(refused.is_retryable() && refused.was_not_sent());
        let verdict = TransportError::Query {
            path: "/x.Query/Y".to_owned(),
            code: 5,
            message: "no".to_owned(),
        };
        assert!(!verdict.is_retryable() && verdict.is_not_found());
        let limited = TransportError::RateLimited {
            endpoint: endpoint(),
            retry_after: Some(Duration::from_secs(2)),
        };
        assert_eq!(limited.retry_after(), Some(Duration::from_secs(2)));
        assert_eq!(
            TransportError::Exhausted {
                causes: vec![refused, limited]
            }
            .to_string(),
            "no endpoint gave a usable answer: no connection to node: refused; \
             node takes no more requests for now, it may be asked again in 2s"
        );
    }
}
