//! How long an escrow account lasts.

use super::BlockTime;
use crate::escrow::{AccountId, EscrowAccount, EscrowPayment, EscrowState};
use crate::id::{DeploymentId, Height};
use crate::ledger::{Ledger, Quirk, Rules};
use crate::query::{Entity, Filter, Key, Page};
use crate::time::{Block, Nanos, Timestamp};
use akash_sdl::num::{Dec, DecCoin, NumError};
use serde::{Deserialize, Serialize};

/// When an escrow account runs dry, if nobody deposits and no payment comes or goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "runway", rename_all = "snake_case")]
pub enum Runway {
    /// It is closed, overdrawn or in debt already.
    Over,
    /// A settlement at `height` is the first that finds too little; one block earlier everything is paid in full.
    Until {
        /// The height.
        height: Height,
        /// Blocks from the last settlement to it.
        blocks: u64,
    },
    /// No payment draws on it, or too little to matter as long as heights can be counted.
    Endless,
}

impl Runway {
    /// About when the chain's clock passes the end, if `now` is the newest block and blocks take `block_time`; `None` when
    /// it is endless or over. The height is exact, the time as good as the block time.
    ///
    /// ```
    /// use akash_market::cost::{BlockTime, Runway};
    /// use akash_market::id::Height;
    /// use akash_market::time::{Block, Timestamp};
    /// let now = Block { height: Height(100), time: Timestamp::from_secs(1_000) };
    /// let end = Runway::Until { height: Height(110), blocks: 20 };
    /// assert_eq!(end.time(now, BlockTime::CONSOLE_API), Some(Timestamp::from_secs(1_060)));
    /// ```
    #[must_use]
    pub fn time(&self, now: Block, block_time: BlockTime) -> Option<Timestamp> {
        let Self::Until { height, .. } = self else {
            return None;
        };
        let left = height.0.saturating_sub(now.height.0);
        let span = left.saturating_mul(block_time.duration().0);
        Some(now.time.plus(Nanos(span)))
    }

    /// Whether a settlement at `height` still finds enough.
    #[must_use]
    pub fn lasts_to(&self, height: Height) -> bool {
        match self {
            Self::Over => false,
            Self::Until { height: end, .. } => *end > height,
            Self::Endless => true,
        }
    }

    /// Blocks left at `height`; 0 when it is over, `None` when it is endless.
    #[must_use]
    pub fn blocks_left(&self, height: Height) -> Option<u64> {
        match self {
            Self::Over => Some(0),
            Self::Until { height: end, .. } => {
                Some(u64::try_from(end.0.saturating_sub(height.0)).unwrap_or(0))
            }
            Self::Endless => None,
        }
    }
}

/// The first settlement that will overdraw `account`, found as the chain finds it: each payment of the account takes
/// the whole units of rate × blocks since the last settlement (node x/escrow). If it is settled in between, fractions
/// are dropped each time and it lasts a little longer. Without [`Quirk::FractionsDroppedAtSettlement`] payments take the
/// exact amounts.
///
/// `payments` are those of this account, and by the chain's rules those of the owner's deployments whose numbers begin with its
/// own ([`Quirk::DseqPrefixCollision`]); closed ones don't count. Only the settlement denom (the first deposited) is
/// looked at: other funds pay for nothing, except uakt while minting is halted.
///
/// ```
/// # use akash_market::escrow::{AccountId, EscrowAccount, EscrowPayment, EscrowState, Fund, PaymentId};
/// use akash_market::cost::{Runway, runway};
/// use akash_market::id::{DeploymentId, Height};
/// use akash_market::ledger::Rules;
/// # use akash_sdl::num::{Coin, DecCoin, Denom};
/// # let id = DeploymentId::new("akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0".parse()?, 1);
/// # let provider: akash_market::address::Address = "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0".parse()?;
/// # let account = EscrowAccount {
/// #     id: AccountId::Deployment(id.clone()), owner: id.owner.clone(), state: EscrowState::Open,
/// #     transferred: vec![].into(), settled_at: Height(10), deposits: vec![].into(),
/// #     funds: vec![Fund { denom: Denom::UACT, amount: "1000".parse()? }].into(),
/// # };
/// # let lease = id.group(1).order(1).bid(provider.clone()).lease();
/// # let payment = EscrowPayment {
/// #     id: PaymentId(lease), owner: provider, state: EscrowState::Open, rate: "10uact".parse()?,
/// #     balance: DecCoin::zero(Denom::UACT), unsettled: DecCoin::zero(Denom::UACT), withdrawn: Coin::uact(0),
/// # };
/// // 1000 uact settled at height 10, one payment of 10 uact per block
/// let end = runway(&account, &[payment], Rules::chain());
/// assert_eq!(end, Runway::Until { height: Height(111), blocks: 101 });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn runway<'p>(
    account: &EscrowAccount,
    payments: impl IntoIterator<Item = &'p EscrowPayment>,
    rules: Rules,
) -> Runway {
    let payments: Vec<&EscrowPayment> = payments.into_iter().collect();
    let Some(fund) = account.funds.first() else {
        return Runway::Over;
    };
    if account.state != EscrowState::Open || fund.amount.is_negative() {
        return Runway::Over;
    }
    let settled = account.settled_at.0.max(0);
    let longest = i64::MAX.saturating_sub(settled);
    // What is out of range is more than any fund.
    let dry = |blocks: i64| due(&payments, blocks, rules).map_or(true, |due| due > fund.amount);
    if !dry(longest) {
        return Runway::Endless;
    }
    // Least number of blocks that is too long; due amounts never fall.
    let (mut enough, mut too_long) = (0_i64, longest);
    while too_long.saturating_sub(enough) > 1 {
        let middle = enough.saturating_add(too_long.saturating_sub(enough) / 2);
        if dry(middle) {
            too_long = middle;
        } else {
            enough = middle;
        }
    }
    Runway::Until {
        height: Height(settled.saturating_add(too_long)),
        blocks: too_long.unsigned_abs(),
    }
}

/// What a settlement at `height` would take out of an account's funds for open payments, if the account is open and has not
/// run dry before; never more than it has. What is stored says less: escrow is settled only when touched.
///
/// # Errors
/// If a product leaves its range.
pub fn accrued<'p>(
    account: &EscrowAccount,
    payments: impl IntoIterator<Item = &'p EscrowPayment>,
    height: Height,
    rules: Rules,
) -> Result<Option<DecCoin>, NumError> {
    let Some(fund) = account.funds.first() else {
        return Ok(None);
    };
    let elapsed = height.0.saturating_sub(account.settled_at.0);
    if account.state != EscrowState::Open || !fund.amount.is_positive() || elapsed <= 0 {
        return Ok(None);
    }
    let payments: Vec<&EscrowPayment> = payments.into_iter().collect();
    // What is out of range is more than any fund.
    let due = due(&payments, elapsed, rules).map_or(fund.amount, |due| due.min(fund.amount));
    DecCoin::new(fund.denom.clone(), due).map(Some)
}

/// Whether a deployment's escrow account still pays at a height: it is open, and the settlement that overdraws it lies above.
#[must_use]
pub fn is_funded(ledger: &Ledger, deployment: &DeploymentId, height: Height) -> bool {
    let id = AccountId::Deployment(deployment.clone());
    let Some(Entity::EscrowAccount(account)) = ledger.get(&Key::EscrowAccount(id)) else {
        return false;
    };
    let together = settled_together(ledger, deployment).into_iter();
    let payments: Vec<EscrowPayment> = together
        .flat_map(|deployment| all(ledger, &Filter::EscrowPayments { deployment }))
        .filter_map(|item| match item {
            Entity::EscrowPayment(payment) => Some(payment),
            _ => None,
        })
        .collect();
    runway(&account, &payments, ledger.rules()).lasts_to(height)
}

/// The deployment, and by the chain's rules those of the owner whose numbers begin with its own: their payments are
/// settled with its account.
fn settled_together(ledger: &Ledger, deployment: &DeploymentId) -> Vec<DeploymentId> {
    if !ledger.rules().has(Quirk::DseqPrefixCollision) {
        return vec![deployment.clone()];
    }
    let begin = deployment.dseq.to_string();
    let filter = Filter::Deployments {
        owner: Some(deployment.owner.clone()),
        dseq: None,
        state: None,
    };
    let found = all(ledger, &filter).into_iter();
    let ids = found.filter_map(|item| match item {
        Entity::Deployment { deployment, .. } => Some(deployment.id),
        _ => None,
    });
    ids.filter(|id| id.dseq.to_string().starts_with(&begin))
        .collect()
}

fn all(ledger: &Ledger, filter: &Filter) -> Vec<Entity> {
    let page = Page {
        after: None,
        limit: u32::MAX,
    };
    ledger.list(filter, &page).map_or(Vec::new(), |l| l.items)
}

/// What all payments take together after `blocks`.
fn due(payments: &[&EscrowPayment], blocks: i64, rules: Rules) -> Result<Dec, NumError> {
    let mut sum = Dec::ZERO;
    for payment in payments {
        let due = match payment.state {
            EscrowState::Open => {
                let exact = payment.rate.amount().mul_i64(blocks)?;
                if rules.has(Quirk::FractionsDroppedAtSettlement) {
                    exact.truncate_dec()
                } else {
                    exact
                }
            }
            EscrowState::Overdrawn => payment.unsettled.amount(),
            EscrowState::Closed => Dec::ZERO,
        };
        sum = sum.add(due)?;
    }
    Ok(sum)
}
