//! Rule sets: what today's chain does, what its protocol means, and each difference by name.

use serde::{Deserialize, Serialize};
use std::fmt;

/// One place where the chain does otherwise than its protocol means. With the quirk a ledger does as the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Quirk {
    /// A new lease on a deployment settles its account but saves no payment: what older leases earned since the last
    /// settlement is taken from the tenant and credited to nobody.
    ///
    /// Without: the settlement is saved for every payment.
    LeaseCreationDropsAccruedEarnings,
    /// When a bid wins, only the first other open bid (by provider address as text) becomes lost and gets its deposit
    /// back; the rest stay open until their providers close them.
    ///
    /// Without: every other open bid of the order is released.
    OnlyFirstLoserReleased,
    /// In a block in which an account was settled before, its open payments are not seen: withdrawing fails, closing a
    /// payment does nothing, and closing the account leaves its payments open for ever.
    ///
    /// Without: they are seen with nothing new to pay.
    SecondSettlementIgnoresPayments,
    /// Payments are found by the text of the deployment's number: settling 1 also charges the payments of 12.
    ///
    /// Without: a payment belongs to the account whose id it carries.
    DseqPrefixCollision,
    /// Each settlement moves whole units only; the fraction stays with the tenant.
    ///
    /// Without: the full amount is credited, and only what is paid out is truncated.
    FractionsDroppedAtSettlement,
    /// One bid more than `order_max_bids` fits, and closed bids count.
    ///
    /// Without: a bid is refused when that many are open or active.
    BidLimitOffByOne,
    /// A group that ran out of funds can be started although its deployment is closed.
    ///
    /// Without: refused like an update of a closed deployment.
    ClosedDeploymentRestarts,
    /// Some wrong inputs make the chain's handlers panic (`undefined` 111222).
    ///
    /// Without: they are refused with the module's own error.
    HandlerPanics,
    /// After the AKT fallback the ACT fund stays negative, so nothing settles any more and a close leaves payments
    /// open.
    ///
    /// Without: the debt paid in AKT is cleared and settlement goes on.
    FallbackFreezesAccount,
    /// A deposit grant that replaces another one, or follows on one that was revoked, is deleted when the earlier one
    /// was to end: the chain forgets no end it ever put down (akash-network/cosmos-sdk x/authz, seen with its
    /// v0.53.4-akash.1).
    ///
    /// Without: a grant ends when it says.
    RenewedGrantEndsEarly,
    /// In the block in which a deposit grant ends, what it paid can't be returned: the chain finds the grant and can't
    /// store it any more, so closing is refused. Where the market closes an account and does not look at the answer, as
    /// with a bid that is closed, that deposit is back, but the account is gone with what else was in it.
    ///
    /// Without: the grant is left as it is, and everything is returned.
    EndingGrantBlocksRefund,
}

impl Quirk {
    /// All quirks.
    pub const ALL: [Self; 11] = [
        Self::LeaseCreationDropsAccruedEarnings,
        Self::OnlyFirstLoserReleased,
        Self::SecondSettlementIgnoresPayments,
        Self::DseqPrefixCollision,
        Self::FractionsDroppedAtSettlement,
        Self::BidLimitOffByOne,
        Self::ClosedDeploymentRestarts,
        Self::HandlerPanics,
        Self::FallbackFreezesAccount,
        Self::RenewedGrantEndsEarly,
        Self::EndingGrantBlocksRefund,
    ];

    /// The number under which the fault is known in this project's documents and reports: `F1` to `F8`, `F10`, `F13`,
    /// `F14`. The numbers between and after are properties to know that nothing switches.
    #[must_use]
    pub const fn fault(self) -> &'static str {
        match self {
            Self::LeaseCreationDropsAccruedEarnings => "F1",
            Self::OnlyFirstLoserReleased => "F2",
            Self::SecondSettlementIgnoresPayments => "F3",
            Self::DseqPrefixCollision => "F4",
            Self::FractionsDroppedAtSettlement => "F5",
            Self::BidLimitOffByOne => "F6",
            Self::ClosedDeploymentRestarts => "F7",
            Self::HandlerPanics => "F8",
            Self::FallbackFreezesAccount => "F10",
            Self::RenewedGrantEndsEarly => "F13",
            Self::EndingGrantBlocksRefund => "F14",
        }
    }

    /// Versions of the node for which it is known to hold.
    #[must_use]
    pub const fn versions(self) -> Versions {
        // All were found in the same line of the node, and none is mended yet.
        Versions {
            seen_from: "v2.1.0-rc10",
            seen_to: "v2.1.0-rc12",
            mended_in: None,
        }
    }

    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// The name of its JSON form, such as `only_first_loser_released`.
impl fmt::Display for Quirk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::LeaseCreationDropsAccruedEarnings => "lease_creation_drops_accrued_earnings",
            Self::OnlyFirstLoserReleased => "only_first_loser_released",
            Self::SecondSettlementIgnoresPayments => "second_settlement_ignores_payments",
            Self::DseqPrefixCollision => "dseq_prefix_collision",
            Self::FractionsDroppedAtSettlement => "fractions_dropped_at_settlement",
            Self::BidLimitOffByOne => "bid_limit_off_by_one",
            Self::ClosedDeploymentRestarts => "closed_deployment_restarts",
            Self::HandlerPanics => "handler_panics",
            Self::FallbackFreezesAccount => "fallback_freezes_account",
            Self::RenewedGrantEndsEarly => "renewed_grant_ends_early",
            Self::EndingGrantBlocksRefund => "ending_grant_blocks_refund",
        })
    }
}

/// Versions of the node (akash-network/node) for which a quirk is known to hold. What lies before `seen_from` was not
/// looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Versions {
    /// The first one it was seen in.
    pub seen_from: &'static str,
    /// The last one it was seen in, or whose code for it is the same.
    pub seen_to: &'static str,
    /// The first one without it, if there is one.
    pub mended_in: Option<&'static str>,
}

/// Which quirks a ledger has.
///
/// ```
/// use akash_market::ledger::{Quirk, Rules};
/// let rules = Rules::chain().without(Quirk::OnlyFirstLoserReleased);
/// assert!(!rules.has(Quirk::OnlyFirstLoserReleased));
/// assert!(rules.has(Quirk::DseqPrefixCollision));
/// assert_eq!(Rules::intended().with(Quirk::HandlerPanics).quirks().count(), 1);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rules(u16);

impl Rules {
    /// Exactly what today's chain does (node v2.1): all quirks.
    #[must_use]
    pub const fn chain() -> Self {
        let mut bits = 0;
        let mut rest: &[Quirk] = &Quirk::ALL;
        while let [quirk, more @ ..] = rest {
            bits |= quirk.bit();
            rest = more;
        }
        Self(bits)
    }

    /// What the protocol means: no quirk.
    #[must_use]
    pub const fn intended() -> Self {
        Self(0)
    }

    /// Whether a quirk is on.
    #[must_use]
    pub const fn has(self, quirk: Quirk) -> bool {
        self.0 & quirk.bit() != 0
    }

    /// The same rules with a quirk.
    #[must_use]
    pub const fn with(self, quirk: Quirk) -> Self {
        Self(self.0 | quirk.bit())
    }

    /// The same rules without a quirk.
    #[must_use]
    pub const fn without(self, quirk: Quirk) -> Self {
        Self(self.0 & !quirk.bit())
    }

    /// The quirks that are on.
    pub fn quirks(self) -> impl Iterator<Item = Quirk> {
        Quirk::ALL.into_iter().filter(move |q| self.has(*q))
    }
}

impl Default for Rules {
    /// [`Rules::chain`].
    fn default() -> Self {
        Self::chain()
    }
}

impl fmt::Debug for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.quirks()).finish()
    }
}

/// Written as the list of quirks.
impl Serialize for Rules {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.quirks())
    }
}

impl<'de> Deserialize<'de> for Rules {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let quirks = Vec::<Quirk>::deserialize(deserializer)?;
        Ok(quirks.into_iter().fold(Self::intended(), Self::with))
    }
}
