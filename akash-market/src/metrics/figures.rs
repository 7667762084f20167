//! Figures of a whole market at one block.

use super::Quantities;
use crate::bme::{Record, RecordState};
use crate::cost::{accrued, runway};
use crate::deployment::DeploymentState;
use crate::escrow::{AccountId, EscrowAccount, EscrowPayment};
use crate::id::{DeploymentId, Dseq, GroupId, Height};
use crate::lease::LeaseState;
use crate::ledger::{Ledger, Quirk, Rules};
use crate::query::{Entity, Filter, Page};
use crate::time::Block;
use akash_sdl::num::{Coin, Dec, DecCoin, Denom, Int, NumError};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Sums by denom.
pub(super) type Sums = BTreeMap<Denom, Dec>;

/// What executed requests of the burn-mint equilibrium add up to, in millionths of a token.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Conversions {
    /// AKT burned for ACT; it stays in the vault as remint credit.
    pub uakt_burned: Int,
    /// ACT minted, the spread included.
    pub uact_minted: Int,
    /// ACT burned for AKT.
    pub uact_burned: Int,
    /// AKT paid out of remint credit.
    pub uakt_reminted: Int,
    /// AKT newly minted for ACT that was burned, beyond the credit.
    pub uakt_minted: Int,
}

impl Conversions {
    /// AKT that left circulation: burned for ACT less reminted; negative if more came back.
    ///
    /// # Errors
    /// If the difference leaves its range.
    pub fn net_uakt_burned(&self) -> Result<Int, NumError> {
        self.uakt_burned.sub(self.uakt_reminted)
    }

    pub(super) fn count(&mut self, record: &Record) -> Result<(), NumError> {
        let RecordState::Executed(done) = &record.state else {
            return Ok(());
        };
        let add = |sum: &mut Int, coin: Option<&crate::bme::CoinPrice>| -> Result<(), NumError> {
            if let Some(price) = coin {
                *sum = sum.add(price.coin.amount())?;
            }
            Ok(())
        };
        add(&mut self.uakt_burned, done.remint_credit_accrued.as_ref())?;
        add(&mut self.uact_burned, done.burned.as_ref())?;
        add(&mut self.uakt_reminted, done.remint_credit_issued.as_ref())?;
        if record.id.to_denom == Denom::UACT {
            add(&mut self.uact_minted, done.minted.as_ref())
        } else {
            add(&mut self.uakt_minted, done.minted.as_ref())
        }
    }

    fn since(&self, earlier: &Self) -> Result<Self, NumError> {
        Ok(Self {
            uakt_burned: self.uakt_burned.sub(earlier.uakt_burned)?,
            uact_minted: self.uact_minted.sub(earlier.uact_minted)?,
            uact_burned: self.uact_burned.sub(earlier.uact_burned)?,
            uakt_reminted: self.uakt_reminted.sub(earlier.uakt_reminted)?,
            uakt_minted: self.uakt_minted.sub(earlier.uakt_minted)?,
        })
    }
}

/// Figures of a market at one block; each is defined on the [module's page](super).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// The block.
    pub at: Block,
    /// Deployments opened so far.
    pub deployments_ever: u64,
    /// Deployments that are not closed.
    pub deployments_active: u64,
    /// Leases made so far.
    pub leases_ever: u64,
    /// Leases that run and are paid.
    pub leases_active: u64,
    /// Leases that run on the chain but whose account is out of funds.
    pub leases_unfunded: u64,
    /// Providers registered.
    pub providers: u64,
    /// Providers with at least one active lease.
    pub providers_leased: u64,
    /// Resources of active leases.
    pub used: Quantities,
    /// Sum of the prices of active leases for one block, by denom.
    pub rates: BTreeMap<Denom, Dec>,
    /// Paid by tenants so far, by denom, up to this block.
    pub spent: BTreeMap<Denom, Dec>,
    /// Executed requests so far.
    pub conversions: Conversions,
    /// ACT in existence.
    pub uact_outstanding: Int,
    /// AKT in the vault, queued requests included.
    pub uakt_vault: Int,
}

/// What happened between two figures.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    /// Blocks in between.
    pub blocks: i64,
    /// Deployments opened.
    pub deployments: u64,
    /// Leases made.
    pub leases: u64,
    /// Paid by tenants, by denom.
    pub spent: BTreeMap<Denom, Dec>,
    /// Executed requests.
    pub conversions: Conversions,
}

/// An account of a deployment with its payments: what figures are made of.
pub(super) struct Escrow<'a> {
    pub(super) account: &'a EscrowAccount,
    pub(super) payments: Vec<&'a EscrowPayment>,
}

impl Escrow<'_> {
    /// Whether it still pays at a height.
    pub(super) fn is_funded(&self, at: Height, rules: Rules) -> bool {
        runway(self.account, self.payments.iter().copied(), rules).lasts_to(at)
    }

    /// Adds what was taken out of it, and what a settlement would take.
    pub(super) fn spend(&self, at: Height, rules: Rules, sums: &mut Sums) -> Result<(), NumError> {
        let settled = self.account.transferred.iter().cloned();
        let due = accrued(self.account, self.payments.iter().copied(), at, rules)?;
        for coin in settled.chain(due) {
            add(sums, &coin)?;
        }
        Ok(())
    }
}

/// Adds to a sum by denom; zero adds no denom.
pub(super) fn add(sums: &mut Sums, coin: &DecCoin) -> Result<(), NumError> {
    if coin.is_zero() {
        return Ok(());
    }
    let sum = sums.entry(coin.denom().clone()).or_default();
    *sum = sum.add(coin.amount())?;
    Ok(())
}

impl Figures {
    /// The figures of a ledger at its last block. Visits every object.
    ///
    /// ```
    /// use akash_market::ledger::{Genesis, Ledger};
    /// use akash_market::metrics::Figures;
    /// let figures = Figures::of(&Ledger::new(Genesis::default())?)?;
    /// assert_eq!((figures.leases_ever, figures.leases_active), (0, 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If a sum leaves its range.
    pub fn of(ledger: &Ledger) -> Result<Self, NumError> {
        let (at, rules) = (ledger.block(), ledger.rules());
        let mut figures = Self {
            at,
            providers: count(ledger, &Filter::Providers),
            uact_outstanding: ledger.bank().supply(&Denom::UACT),
            uakt_vault: ledger.bank().balance(&ledger.modules().bme, &Denom::UAKT),
            ..Self::default()
        };
        let mut funded: BTreeSet<&DeploymentId> = BTreeSet::new();
        let escrows = escrows(ledger);
        for (id, escrow) in &escrows {
            escrow.spend(at.height, rules, &mut figures.spent)?;
            if escrow.is_funded(at.height, rules) {
                funded.insert(id);
            }
        }
        let mut specs: BTreeMap<GroupId, Quantities> = BTreeMap::new();
        for entity in all(ledger, &DEPLOYMENTS) {
            if let Entity::Deployment { deployment, groups } = entity {
                figures.deployments_ever = figures.deployments_ever.saturating_add(1);
                if deployment.state == DeploymentState::Active {
                    figures.deployments_active = figures.deployments_active.saturating_add(1);
                }
                specs.extend(
                    groups
                        .into_iter()
                        .map(|g| (g.id, Quantities::of_group(&g.spec))),
                );
            }
        }
        let mut leased = BTreeSet::new();
        for entity in all(ledger, &LEASES) {
            let Entity::Lease(lease) = entity else {
                continue;
            };
            figures.leases_ever = figures.leases_ever.saturating_add(1);
            if !matches!(lease.state, LeaseState::Active | LeaseState::Reclaiming) {
                continue;
            }
            if !funded.contains(lease.id.deployment()) {
                figures.leases_unfunded = figures.leases_unfunded.saturating_add(1);
                continue;
            }
            let used = specs
                .get(&lease.id.order().group)
                .copied()
                .unwrap_or_default();
            figures.count_lease(used, &lease.price)?;
            leased.insert(lease.id.provider().clone());
        }
        figures.providers_leased = u64::try_from(leased.len()).unwrap_or(u64::MAX);
        for entity in all(ledger, &Filter::BurnMints { source: None }) {
            if let Entity::BurnMint(record) = entity {
                figures.conversions.count(&record)?;
            }
        }
        Ok(figures)
    }

    /// Counts an active lease.
    pub(super) fn count_lease(
        &mut self,
        used: Quantities,
        price: &DecCoin,
    ) -> Result<(), NumError> {
        self.leases_active = self.leases_active.saturating_add(1);
        self.used = self.used.plus(used);
        add(&mut self.rates, price)
    }

    /// What happened since an earlier block.
    ///
    /// # Errors
    /// If a difference leaves its range.
    pub fn since(&self, earlier: &Self) -> Result<Flow, NumError> {
        let mut spent = self.spent.clone();
        for (denom, amount) in &earlier.spent {
            let sum = spent.entry(denom.clone()).or_default();
            *sum = sum.sub(*amount)?;
        }
        Ok(Flow {
            blocks: self.at.height.0.saturating_sub(earlier.at.height.0),
            deployments: self
                .deployments_ever
                .saturating_sub(earlier.deployments_ever),
            leases: self.leases_ever.saturating_sub(earlier.leases_ever),
            spent,
            conversions: self.conversions.since(&earlier.conversions)?,
        })
    }

    /// AKT in the vault at a price over ACT outstanding; `None` if there is none outstanding. The chain's own ratio leaves
    /// out AKT that waits for conversion: [`Ledger::bme_report`].
    ///
    /// # Errors
    /// If a product leaves its range.
    pub fn collateral_ratio(&self, akt_price: Dec) -> Result<Option<Dec>, NumError> {
        if self.uact_outstanding.is_zero() {
            return Ok(None);
        }
        let value = Dec::from_int(self.uakt_vault).mul(akt_price)?;
        value.quo(Dec::from_int(self.uact_outstanding)).map(Some)
    }
}

impl Flow {
    /// What tenants paid in US dollars: uact at 1, uakt at `akt_price`, other denoms left out.
    ///
    /// # Errors
    /// If a sum leaves its range.
    pub fn spent_usd(&self, akt_price: Dec) -> Result<Dec, NumError> {
        let of = |denom: &Denom| self.spent.get(denom).copied().unwrap_or_default();
        let uakt = of(&Denom::UAKT).mul(akt_price)?;
        of(&Denom::UACT).add(uakt)?.quo(Dec::from_u64(1_000_000))
    }
}

const DEPLOYMENTS: Filter = Filter::Deployments {
    owner: None,
    dseq: None,
    state: None,
};

const LEASES: Filter = Filter::Leases {
    owner: None,
    dseq: None,
    provider: None,
    state: None,
};

/// Everything that a filter finds.
pub(super) fn all(ledger: &Ledger, filter: &Filter) -> Vec<Entity> {
    let page = Page {
        after: None,
        limit: u32::MAX,
    };
    ledger.list(filter, &page).map_or(Vec::new(), |l| l.items)
}

fn count(ledger: &Ledger, filter: &Filter) -> u64 {
    u64::try_from(all(ledger, filter).len()).unwrap_or(u64::MAX)
}

/// Deployments' accounts with the payments that are settled with them.
fn escrows(ledger: &Ledger) -> Vec<(&DeploymentId, Escrow<'_>)> {
    let mut payments: BTreeMap<DeploymentId, Vec<&EscrowPayment>> = BTreeMap::new();
    for payment in ledger.escrow_payments() {
        let id = payment.id.0.deployment().clone();
        payments.entry(id).or_default().push(payment);
    }
    let mut escrows = Vec::new();
    for account in ledger.escrow_accounts() {
        if let AccountId::Deployment(id) = &account.id {
            let payments = settled_with(&payments, id, ledger.rules());
            let payments = payments.flatten().copied().collect();
            escrows.push((id, Escrow { account, payments }));
        }
    }
    escrows
}

/// Deployments whose escrow accounts still pay.
pub(super) fn funded(ledger: &Ledger) -> BTreeSet<&DeploymentId> {
    let (at, rules) = (ledger.block().height, ledger.rules());
    let mut escrows = escrows(ledger);
    escrows.retain(|(_, escrow)| escrow.is_funded(at, rules));
    escrows.into_iter().map(|(id, _)| id).collect()
}

/// What is kept of a deployment and, by the chain's rules, of those of the owner whose numbers begin with its own: their
/// payments are settled with its account.
pub(super) fn settled_with<'m, V>(
    kept: &'m BTreeMap<DeploymentId, V>,
    id: &DeploymentId,
    rules: Rules,
) -> impl Iterator<Item = &'m V> {
    let longest = u32::from(rules.has(Quirk::DseqPrefixCollision)) * u64::MAX.ilog10();
    let numbers = (0..=longest).map_while(|digits| {
        let unit = 10_u64.pow(digits);
        let first = id.dseq.0.checked_mul(unit)?;
        Some(Dseq(first)..=Dseq(first.saturating_add(unit - 1)))
    });
    let at = |dseq: &Dseq| DeploymentId {
        owner: id.owner.clone(),
        dseq: *dseq,
    };
    let ranges: Vec<_> = numbers
        .map(|numbers| at(numbers.start())..=at(numbers.end()))
        .collect();
    let found = ranges.into_iter().flat_map(|range| kept.range(range));
    found.map(|(_, value)| value)
}

/// A coin's amount, signed by whether it came or went.
pub(super) fn moved(sum: Int, coin: &Coin, came: bool) -> Result<Int, NumError> {
    if came {
        sum.add(coin.amount())
    } else {
        sum.sub(coin.amount())
    }
}
