//! Deposit grants (AEP-75): an account lets another one spend its coins on deposits.

use crate::address::Address;
use crate::time::Timestamp;
use akash_sdl::num::Coin;
use serde::{Deserialize, Serialize};

/// What a grant may be spent on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GrantScope {
    /// Deposits of deployments.
    Deployment,
    /// Deposits of bids.
    Bid,
}

/// A grant as it stands now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepositGrant {
    /// Who pays.
    pub granter: Address,
    /// Who may spend.
    pub grantee: Address,
    /// What on; not empty, none twice.
    pub scopes: Vec<GrantScope>,
    /// What is left, sorted by denom.
    pub spend_limits: Vec<Coin>,
    /// When it ends, if it does.
    pub expires: Option<Timestamp>,
}
