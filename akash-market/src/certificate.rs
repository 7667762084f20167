//! Certificates (node x/cert) with which an account proves itself to providers.

use crate::address::Address;
use serde::{Deserialize, Serialize};

/// Life of a certificate.
///
/// | certificate | trigger | becomes |
/// |---|---|---|
/// | – | create | valid |
/// | valid | revoke | revoked, for good |
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificateState {
    /// May be used.
    Valid,
    /// Withdrawn for good.
    Revoked,
}

/// A certificate that an account published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// The account.
    pub owner: Address,
    /// Serial number in decimal.
    pub serial: String,
    /// Valid or revoked.
    pub state: CertificateState,
    /// The certificate as PEM text.
    pub cert: Vec<u8>,
    /// Its public key as PEM text.
    pub pubkey: Vec<u8>,
}
