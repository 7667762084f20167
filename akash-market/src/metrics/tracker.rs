//! Figures kept up to date by a market's changes.

use super::figures::{self, Escrow, Figures, Sums};
use super::{Conversions, Quantities};
use crate::address::Address;
use crate::change::Change;
use crate::deployment::DeploymentState;
use crate::escrow::{AccountId, EscrowAccount, EscrowPayment, EscrowState, PaymentId};
use crate::id::{DeploymentId, GroupId, LeaseId};
use crate::lease::LeaseState;
use crate::ledger::{Ledger, Rules};
use crate::query::{Entity, Filter};
use crate::time::Block;
use akash_sdl::num::{DecCoin, Denom, Int, NumError};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Follows a market by its changes and gives its figures at any block, without reading the market again.
///
/// On a live chain, whose events carry less than [`Change`], whoever follows it reads escrow accounts and payments where an
/// event touches them and passes them on as [`Change::EscrowAccountStored`] and [`Change::EscrowPaymentStored`].
///
/// ```
/// use akash_market::id::Height;
/// use akash_market::ledger::{Genesis, Ledger};
/// use akash_market::metrics::{Figures, Tracker};
/// use akash_market::time::Block;
/// let mut ledger = Ledger::new(Genesis::default())?;
/// let mut tracker = Tracker::of(&ledger)?;
/// let block = Block { height: Height(1), ..Block::default() };
/// tracker.follow(&ledger.begin_block(block))?;
/// tracker.follow(&ledger.end_block(block))?;
/// assert_eq!(tracker.figures(block)?, Figures::of(&ledger)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Tracker {
    rules: Rules,
    vault: Address,
    deployments_ever: u64,
    active: BTreeSet<DeploymentId>,
    groups: BTreeMap<GroupId, Quantities>,
    leases_ever: u64,
    /// Running leases with their prices.
    running: BTreeMap<LeaseId, DecCoin>,
    providers: BTreeSet<Address>,
    /// Accounts of deployments that are not closed.
    accounts: BTreeMap<DeploymentId, Arc<EscrowAccount>>,
    /// Payments that are not closed.
    payments: BTreeMap<DeploymentId, BTreeMap<PaymentId, Arc<EscrowPayment>>>,
    /// What was taken out of accounts that are closed.
    past: Sums,
    conversions: Conversions,
    uact_outstanding: Int,
    uakt_vault: Int,
}

impl Tracker {
    /// Begins with an empty market whose vault is the account `vault`. What there is is read from a chain and handed to
    /// [`Tracker::read`]; whatever is not (closed deployments, say) is missing in the figures that count from the
    /// beginning.
    #[must_use]
    pub fn new(rules: Rules, vault: Address) -> Self {
        Self {
            rules,
            deployments_ever: 0,
            active: BTreeSet::new(),
            groups: BTreeMap::new(),
            leases_ever: 0,
            running: BTreeMap::new(),
            providers: BTreeSet::new(),
            accounts: BTreeMap::new(),
            payments: BTreeMap::new(),
            past: Sums::new(),
            conversions: Conversions::default(),
            uact_outstanding: Int::ZERO,
            uakt_vault: Int::ZERO,
            vault,
        }
    }

    /// Begins with a market as it stands.
    ///
    /// # Errors
    /// If a sum leaves its range.
    pub fn of(ledger: &Ledger) -> Result<Self, NumError> {
        let vault = ledger.modules().bme.clone();
        let mut tracker = Self::new(ledger.rules(), vault);
        tracker.uact_outstanding = ledger.bank().supply(&Denom::UACT);
        tracker.uakt_vault = ledger.bank().balance(&tracker.vault, &Denom::UAKT);
        let filters = [
            Filter::Providers,
            Filter::Deployments {
                owner: None,
                dseq: None,
                state: None,
            },
            Filter::Leases {
                owner: None,
                dseq: None,
                provider: None,
                state: None,
            },
            Filter::BurnMints { source: None },
        ];
        for entity in filters.iter().flat_map(|f| figures::all(ledger, f)) {
            tracker.read(entity)?;
        }
        for account in ledger.escrow_accounts() {
            tracker.store_account(&Arc::new(account.clone()))?;
        }
        for payment in ledger.escrow_payments() {
            tracker.store_payment(&Arc::new(payment.clone()));
        }
        Ok(tracker)
    }

    /// Takes in an object of the market as it stands, each once: providers, deployments with their groups, leases, escrow
    /// accounts before their payments, requests to mint or burn, the vault. Others don't matter.
    ///
    /// # Errors
    /// If a sum leaves its range.
    pub fn read(&mut self, entity: Entity) -> Result<(), NumError> {
        match entity {
            Entity::Provider(provider) => {
                self.providers.insert(provider.owner);
            }
            Entity::Deployment { deployment, groups } => {
                self.deployments_ever = self.deployments_ever.saturating_add(1);
                if deployment.state == DeploymentState::Active {
                    self.active.insert(deployment.id);
                }
                let specs = groups.into_iter();
                self.groups
                    .extend(specs.map(|g| (g.id, Quantities::of_group(&g.spec))));
            }
            Entity::Lease(lease) => {
                self.leases_ever = self.leases_ever.saturating_add(1);
                if matches!(lease.state, LeaseState::Active | LeaseState::Reclaiming) {
                    self.running.insert(lease.id, lease.price);
                }
            }
            Entity::BurnMint(record) => self.conversions.count(&record)?,
            Entity::EscrowAccount(account) => self.store_account(&Arc::new(account))?,
            Entity::EscrowPayment(payment) => self.store_payment(&Arc::new(payment)),
            Entity::Vault(vault) => {
                let held = |denom: &Denom| {
                    let coin = vault.balances.iter().find(|coin| coin.denom() == denom);
                    coin.map_or(Int::ZERO, akash_sdl::num::Coin::amount)
                };
                self.uact_outstanding = held(&Denom::UACT);
                self.uakt_vault = held(&Denom::UAKT);
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes in what happened, in order.
    ///
    /// # Errors
    /// If a sum leaves its range.
    pub fn follow(&mut self, changes: &[Change]) -> Result<(), NumError> {
        changes.iter().try_for_each(|change| self.take(change))
    }

    fn take(&mut self, change: &Change) -> Result<(), NumError> {
        match change {
            Change::DeploymentCreated { id, groups, .. } => {
                self.deployments_ever = self.deployments_ever.saturating_add(1);
                self.active.insert(id.clone());
                for (gseq, spec) in (1..).zip(groups) {
                    self.groups
                        .insert(id.group(gseq), Quantities::of_group(spec));
                }
            }
            Change::DeploymentClosed { id } => {
                self.active.remove(id);
            }
            Change::LeaseCreated { id, price } => {
                self.leases_ever = self.leases_ever.saturating_add(1);
                self.running.insert(id.clone(), price.clone());
            }
            Change::LeaseClosed { id, .. } => {
                self.running.remove(id);
            }
            Change::ProviderCreated { owner } => {
                self.providers.insert(owner.clone());
            }
            Change::EscrowAccountStored { account } => self.store_account(account)?,
            Change::EscrowPaymentStored { payment } => self.store_payment(payment),
            Change::BurnMintSettled { record } => self.conversions.count(record)?,
            Change::Minted { to, coin } => self.moved(None, Some(to), coin)?,
            Change::Burned { from, coin } => self.moved(Some(from), None, coin)?,
            Change::Transferred { from, to, coin } => self.moved(Some(from), Some(to), coin)?,
            _ => {}
        }
        Ok(())
    }

    fn moved(
        &mut self,
        from: Option<&Address>,
        to: Option<&Address>,
        coin: &akash_sdl::num::Coin,
    ) -> Result<(), NumError> {
        if *coin.denom() == Denom::UACT && (from.is_none() || to.is_none()) {
            self.uact_outstanding = figures::moved(self.uact_outstanding, coin, from.is_none())?;
        }
        if *coin.denom() == Denom::UAKT {
            for (side, came) in [(from, false), (to, true)] {
                if side == Some(&self.vault) {
                    self.uakt_vault = figures::moved(self.uakt_vault, coin, came)?;
                }
            }
        }
        Ok(())
    }

    fn store_account(&mut self, account: &Arc<EscrowAccount>) -> Result<(), NumError> {
        let AccountId::Deployment(id) = &account.id else {
            return Ok(());
        };
        if account.state != EscrowState::Closed {
            self.accounts.insert(id.clone(), Arc::clone(account));
            return Ok(());
        }
        // It moves no more: its sum is enough.
        self.accounts.remove(id);
        let mut taken = account.transferred.iter();
        taken.try_for_each(|coin| figures::add(&mut self.past, coin))
    }

    fn store_payment(&mut self, payment: &Arc<EscrowPayment>) {
        let deployment = payment.id.0.deployment();
        if payment.state != EscrowState::Closed {
            let payments = self.payments.entry(deployment.clone()).or_default();
            payments.insert(payment.id.clone(), Arc::clone(payment));
        } else if let Some(payments) = self.payments.get_mut(deployment) {
            payments.remove(&payment.id);
            if payments.is_empty() {
                self.payments.remove(deployment);
            }
        }
    }

    /// The figures at a block, which must not lie before the last change.
    ///
    /// # Errors
    /// If a sum leaves its range.
    pub fn figures(&self, at: Block) -> Result<Figures, NumError> {
        let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let mut figures = Figures {
            at,
            deployments_ever: self.deployments_ever,
            deployments_active: count(self.active.len()),
            leases_ever: self.leases_ever,
            providers: count(self.providers.len()),
            conversions: self.conversions,
            uact_outstanding: self.uact_outstanding,
            uakt_vault: self.uakt_vault,
            spent: self.past.clone(),
            ..Figures::default()
        };
        let mut funded = BTreeSet::new();
        for (id, account) in &self.accounts {
            let payments = figures::settled_with(&self.payments, id, self.rules).flatten();
            let escrow = Escrow {
                account,
                payments: payments.map(|(_, payment)| &**payment).collect(),
            };
            escrow.spend(at.height, self.rules, &mut figures.spent)?;
            if escrow.is_funded(at.height, self.rules) {
                funded.insert(id);
            }
        }
        let mut leased = BTreeSet::new();
        for (id, price) in &self.running {
            if !funded.contains(id.deployment()) {
                figures.leases_unfunded = figures.leases_unfunded.saturating_add(1);
                continue;
            }
            let used = self.groups.get(&id.order().group).copied();
            figures.count_lease(used.unwrap_or_default(), price)?;
            leased.insert(id.provider());
        }
        figures.providers_leased = count(leased.len());
        Ok(figures)
    }
}
