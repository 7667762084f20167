//! Escrow accounts and payments (node x/escrow): what a deployment or bid has locked and who draws on it.

use crate::address::Address;
use crate::id::{BidId, DeploymentId, Height, IdError, LeaseId};
use akash_sdl::num::{Coin, Dec, DecCoin, Denom};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smallvec::SmallVec;
use std::fmt;
use std::str::FromStr;

/// Whom an escrow account belongs to; printed `deployment/owner/dseq` or `bid/owner/dseq/gseq/oseq/provider`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountId {
    /// Funds of a bid's deposit.
    Bid(BidId),
    /// Funds of a deployment.
    Deployment(DeploymentId),
}

/// A payment stream of a deployment's account; printed `deployment/owner/dseq/gseq/oseq/provider`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PaymentId(pub LeaseId);

/// Life of an account or payment.
///
/// | account | trigger | becomes |
/// |---|---|---|
/// | – | create | open |
/// | open | a settlement finds less than is due | overdrawn |
/// | open | close | closed |
/// | overdrawn | a deposit pays all debts | closed |
///
/// | payment | trigger | becomes |
/// |---|---|---|
/// | – | create | open |
/// | open | its account runs dry | overdrawn |
/// | open | close of the payment or of its account | closed |
/// | overdrawn | a deposit pays all debts | closed |
/// | overdrawn | another account of the owner pays its debt, see [`Quirk::DseqPrefixCollision`](crate::ledger::Quirk::DseqPrefixCollision) | open |
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EscrowState {
    /// In use.
    Open,
    /// Ended.
    Closed,
    /// Ran dry and owes.
    Overdrawn,
}

/// Where a deposit came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DepositSource {
    /// The signer's balance.
    Balance,
    /// A deposit grant to the signer (AEP-75).
    Grant,
}

/// What is left of one deposit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Depositor {
    /// Who paid, and who gets the rest back.
    pub owner: Address,
    /// Height of the deposit.
    pub height: Height,
    /// Own balance or grant.
    pub source: DepositSource,
    /// What is left.
    pub balance: DecCoin,
}

/// Funds of an account in one denom; negative by the debt when overdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fund {
    /// The denom.
    pub denom: Denom,
    /// How much.
    pub amount: Dec,
}

/// An escrow account. Nearly every one has one denom and one deposit: its lists keep the first entry in place.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EscrowAccount {
    /// Whose it is.
    pub id: AccountId,
    /// The account that opened it.
    pub owner: Address,
    /// Where it stands.
    pub state: EscrowState,
    /// Taken out for payments so far, in the order in which denoms were first deposited.
    pub transferred: SmallVec<[DecCoin; 1]>,
    /// Height up to which payments are settled.
    pub settled_at: Height,
    /// Funds in the order in which denoms were first deposited; the first is the settlement denom.
    pub funds: SmallVec<[Fund; 1]>,
    /// Deposits in the order in which they came.
    pub deposits: SmallVec<[Depositor; 1]>,
}

/// As derived, but that a list of one is copied without a loop.
impl Clone for EscrowAccount {
    fn clone(&self) -> Self {
        Self {
            id: self.id.clone(),
            owner: self.owner.clone(),
            state: self.state,
            transferred: few(&self.transferred),
            settled_at: self.settled_at,
            funds: few(&self.funds),
            deposits: few(&self.deposits),
        }
    }
}

#[inline]
fn few<T: Clone>(list: &SmallVec<[T; 1]>) -> SmallVec<[T; 1]> {
    match list.as_slice() {
        [] => SmallVec::new(),
        [only] => SmallVec::from_buf([only.clone()]),
        _ => list.clone(),
    }
}

/// A payment stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EscrowPayment {
    /// Which lease it pays.
    pub id: PaymentId,
    /// Who is paid.
    pub owner: Address,
    /// Where it stands.
    pub state: EscrowState,
    /// Rate for one block.
    pub rate: DecCoin,
    /// Earned and not yet withdrawn.
    pub balance: DecCoin,
    /// Earned while there were no funds.
    pub unsettled: DecCoin,
    /// Paid out so far.
    pub withdrawn: Coin,
}

/// How a deposit is asked for: an amount, and where to take it from in that order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Deposit {
    /// The amount.
    pub amount: Coin,
    /// Tried in this order; no source twice.
    pub sources: Vec<DepositSource>,
}

impl Deposit {
    /// A deposit out of the signer's own balance.
    #[must_use]
    pub fn from_balance(amount: Coin) -> Self {
        Self {
            amount,
            sources: vec![DepositSource::Balance],
        }
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bid(id) => write!(f, "bid/{id}"),
            Self::Deployment(id) => write!(f, "deployment/{id}"),
        }
    }
}

impl FromStr for AccountId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        match text.split_once('/') {
            Some(("bid", id)) => id.parse().map(Self::Bid),
            Some(("deployment", id)) => id.parse().map(Self::Deployment),
            _ => Err(IdError::Parts {
                text: text.to_owned(),
                found: text.split('/').count(),
                form: "deployment/owner/dseq or bid/owner/dseq/gseq/oseq/provider",
            }),
        }
    }
}

impl Serialize for AccountId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for AccountId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for PaymentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "deployment/{}", self.0)
    }
}
