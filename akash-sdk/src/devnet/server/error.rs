use crate::signer::KeyError;
use std::net::SocketAddr;

/// Why the embedded network can't be served.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServerError {
    /// An address can't be listened on; the port may be taken.
    #[error("can't listen on {address}: {source}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The validator's key is none, which can't be.
    #[error("the validator's key: {0}")]
    Key(#[from] KeyError),
}
