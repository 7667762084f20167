//! Client certificates: made here, registered on chain, shown to providers that do not take tokens.
//!
//! ```
//! use akash_sdk::identity::certificate::{CertificateRequest, check_on_chain};
//! use akash_sdk::signer::{LocalSigner, Signer};
//!
//! let owner = LocalSigner::from_secret_bytes(&[7; 32], "akash")?;
//! let made = CertificateRequest {
//!     serial: 1_750_000_000_000_000_000,
//!     not_before: 1_750_000_000,
//!     not_after: 1_750_000_000 + 365 * 86_400,
//!     dns_names: vec![],
//!     ip_addresses: vec![],
//! }
//! .issue(owner.address(), &[9; 32])?; // 32 secret bytes: take them from the operating system
//!
//! check_on_chain(owner.address(), made.certificate_pem().as_bytes(), made.public_key_pem().as_bytes())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod check;
pub(crate) mod der;
mod extension;
mod issue;
mod pair;
mod parse;
pub mod peer;
pub(crate) mod pem;
mod time;

pub use check::{OnChainError, check_on_chain};
pub use issue::{CertificateRequest, IssueError, IssuedCertificate};
pub use pair::PairError;
pub use parse::{CertificateError, CertificateInfo, ExtendedUsage};
