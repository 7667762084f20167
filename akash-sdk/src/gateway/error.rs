use serde::{Deserialize, Serialize};

/// Why a provider's gateway did not do as asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum GatewayError {
    /// Nobody answers.
    #[error("{host} does not answer: {reason}")]
    Unreachable {
        /// Who was asked.
        host: String,
        /// What happened.
        reason: String,
    },
    /// The credentials were not taken.
    #[error("the provider did not take the credentials: {reason}")]
    Unauthorized {
        /// Its words.
        reason: String,
    },
    /// The provider does not know the lease, or not yet.
    #[error("the provider knows no such lease: {reason}")]
    NotFound {
        /// Its words.
        reason: String,
    },
    /// The manifest was refused.
    #[error("the provider refused the manifest: {reason}")]
    ManifestRefused {
        /// Its words.
        reason: String,
    },
    /// The provider failed.
    #[error("the provider answered with an error ({status}): {reason}")]
    Server {
        /// HTTP status.
        status: u16,
        /// Its words.
        reason: String,
    },
    /// A record is played back, and this was never asked when it was made, or not so often.
    #[error("the record has no answer to {what}")]
    Unrecorded {
        /// What was asked.
        what: String,
    },
}

impl GatewayError {
    /// Whether asking again later may help.
    #[must_use]
    pub const fn is_retryable(&self) -> bool {
        matches!(
            self,
            Self::Unreachable { .. } | Self::NotFound { .. } | Self::Server { .. }
        )
    }
}
