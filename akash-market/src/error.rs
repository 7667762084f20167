//! Why the market refuses an action, with the chain's codespace, code and log text.
//!
//! `Display` is the text that the chain logs (without the index of the message), so that a ledger and a node answer
//! alike. Where the chain loses the registered code of its own error, [`Error::code`] answers `undefined` 1 as the
//! chain does; the variant still says what was wrong.

mod account;
mod bme;
mod deployment;
mod escrow;
mod market;
mod oracle;
mod panic;
mod record;

pub use account::{BankError, SdkError};
pub use bme::BmeError;
pub use deployment::DeploymentError;
pub use escrow::EscrowError;
pub use market::MarketError;
pub use oracle::OracleError;
pub use panic::Panic;
pub use record::{AuditError, CertificateError, ProviderError};

use crate::params::ParamsError;
use akash_sdl::num::NumError;
use std::fmt;

/// How the chain names an error in a transaction's result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
pub struct Code {
    /// The module, or `undefined`.
    pub codespace: &'static str,
    /// Its number in the module.
    pub code: u32,
}

impl Code {
    /// What the chain answers where it loses the registered code.
    pub const LOST: Self = Self::new("undefined", 1);
    /// What the chain answers when a handler panics.
    pub const PANIC: Self = Self::new("undefined", 111_222);

    /// A code of a codespace.
    #[must_use]
    pub const fn new(codespace: &'static str, code: u32) -> Self {
        Self { codespace, code }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.codespace, self.code)
    }
}

/// Why an action was refused. Nothing of a refused action remains.
///
/// ```
/// use akash_market::error::{Code, DeploymentError, Error};
/// let error = Error::from(DeploymentError::Exists);
/// assert_eq!(error.code(), Code::new("deployment", 3));
/// assert_eq!(error.to_string(), "Deployment exists");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Of the rules that every action obeys (cosmos-sdk, codespaces `sdk`, `gov`, `akash`).
    #[error(transparent)]
    Sdk(#[from] SdkError),
    /// Of the bank (codespaces `sdk`, `bank`).
    #[error(transparent)]
    Bank(#[from] BankError),
    /// Of deployments and groups (node x/deployment).
    #[error(transparent)]
    Deployment(#[from] DeploymentError),
    /// Of orders, bids and leases (node x/market).
    #[error(transparent)]
    Market(#[from] MarketError),
    /// Of escrow accounts and payments (node x/escrow).
    #[error(transparent)]
    Escrow(#[from] EscrowError),
    /// Of provider records (node x/provider).
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// Of audit records (node x/audit).
    #[error(transparent)]
    Audit(#[from] AuditError),
    /// Of certificates (node x/cert).
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// Of the burn-mint equilibrium (node x/bme).
    #[error(transparent)]
    Bme(#[from] BmeError),
    /// Of the price oracle (node x/oracle).
    #[error(transparent)]
    Oracle(#[from] OracleError),
    /// Of parameters that break a rule; the chain loses the code.
    #[error(transparent)]
    Params(#[from] ParamsError),
    /// The chain's handler would panic here; the transaction fails and pays its fee.
    #[error("recovered: {0}")]
    Panic(#[from] Panic),
}

impl Error {
    /// The chain's codespace and code.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::Sdk(e) => e.code(),
            Self::Bank(e) => e.code(),
            Self::Deployment(e) => e.code(),
            Self::Market(e) => e.code(),
            Self::Escrow(e) => e.code(),
            Self::Provider(e) => e.code(),
            Self::Audit(e) => e.code(),
            Self::Certificate(e) => e.code(),
            Self::Bme(e) => e.code(),
            Self::Oracle(e) => e.code(),
            Self::Params(_) => Code::LOST,
            Self::Panic(_) => Code::PANIC,
        }
    }
}

/// Arithmetic that leaves its range aborts the chain's handler.
impl From<NumError> for Error {
    fn from(error: NumError) -> Self {
        Self::Panic(Panic::Arithmetic(Box::new(error)))
    }
}
