//! What holds at every moment, whatever was done.

use super::folio::Folio;
use super::{Ledger, Quirk};
use crate::bid::BidState;
use crate::deployment::DeploymentState;
use crate::escrow::{AccountId, EscrowState};
use crate::lease::LeaseState;
use crate::order::OrderState;
use akash_sdl::num::{Coin, Dec, Denom, Int, NumError};
use std::collections::BTreeMap;

/// Something that should never be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Violation {
    /// Coins appeared or vanished.
    #[error("balances add up to {found}, the supply is {supply}: they must be equal")]
    Supply {
        /// The sum of all balances.
        found: Box<Coin>,
        /// The supply.
        supply: Box<Coin>,
    },
    /// The escrow owes more than it holds.
    #[error("the escrow holds {held} {denom} and owes {owed}: it must hold at least that")]
    EscrowShort {
        /// The denom.
        denom: Denom,
        /// What the module account holds.
        held: Box<Dec>,
        /// What accounts and payments claim.
        owed: Box<Dec>,
    },
    /// The vault owes more than it holds.
    #[error("the vault holds {held} and owes {owed}: it must hold at least that")]
    VaultShort {
        /// What the module account holds.
        held: Box<Coin>,
        /// Coins of pending requests, and remint credit.
        owed: Box<Coin>,
    },
    /// A fund differs from what its deposits add up to.
    #[error(
        "account {id} has a fund of {fund} {denom} and deposits of {deposits}: they must be equal"
    )]
    Fund {
        /// The account.
        id: Box<AccountId>,
        /// The denom.
        denom: Denom,
        /// The fund.
        fund: Box<Dec>,
        /// Sum of the deposits.
        deposits: Box<Dec>,
    },
    /// Objects that belong together are in states that exclude each other.
    #[error("{object}: {rule}")]
    States {
        /// Which object.
        object: String,
        /// What should hold.
        rule: &'static str,
    },
    /// A sum leaves its range.
    #[error("a sum can't be formed: {0}")]
    Range(#[from] NumError),
}

impl Ledger {
    /// Checks everything that holds at any moment. Visits every object: for tests and audits, not for every block.
    ///
    /// # Errors
    /// The first violation found.
    pub fn invariants(&self) -> Result<(), Violation> {
        self.check_supply()?;
        self.check_funds()?;
        self.check_vault()?;
        for denom in self.denoms() {
            let (held, owed) = self.escrow_balance(&denom)?;
            if held < owed {
                return Err(Violation::EscrowShort {
                    denom,
                    held: Box::new(held),
                    owed: Box::new(owed),
                });
            }
        }
        self.check_orders()?;
        self.check_leases()?;
        self.check_bids()
    }

    /// What the escrow holds of a denom beyond all claims: amounts that quirks stranded, and fractions of units.
    ///
    /// # Errors
    /// If a sum leaves its range.
    pub fn stranded(&self, denom: &Denom) -> Result<Dec, NumError> {
        let (held, owed) = self.escrow_balance(denom)?;
        held.sub(owed)
    }

    fn denoms(&self) -> Vec<Denom> {
        let bank = &self.state.bank;
        bank.supplies().map(|coin| coin.denom().clone()).collect()
    }

    fn check_supply(&self) -> Result<(), Violation> {
        let mut sums: BTreeMap<Denom, Int> = BTreeMap::new();
        for (_, coin) in self.state.bank.iter() {
            let sum = sums.entry(coin.denom().clone()).or_default();
            *sum = sum.add(coin.amount())?;
        }
        for supply in self.state.bank.supplies() {
            let sum = sums.remove(supply.denom()).unwrap_or_default();
            if sum != supply.amount() {
                let found = Coin::from_int(supply.denom().clone(), sum)?;
                return Err(Violation::Supply {
                    found: Box::new(found),
                    supply: Box::new(supply),
                });
            }
        }
        match sums.into_iter().next() {
            None => Ok(()),
            Some((denom, sum)) => Err(Violation::Supply {
                found: Box::new(Coin::from_int(denom.clone(), sum)?),
                supply: Box::new(Coin::zero(denom)),
            }),
        }
    }

    fn check_vault(&self) -> Result<(), Violation> {
        for denom in [Denom::UACT, Denom::UAKT] {
            let held = self.state.bank.coin(&self.modules.bme, &denom);
            let owed = Coin::from_int(denom.clone(), self.state.bme.owed(&denom)?)?;
            if held.amount() < owed.amount() {
                return Err(Violation::VaultShort {
                    held: Box::new(held),
                    owed: Box::new(owed),
                });
            }
        }
        Ok(())
    }

    fn check_funds(&self) -> Result<(), Violation> {
        for account in self.escrow_accounts() {
            for fund in account.funds.iter().filter(|f| !f.amount.is_negative()) {
                let mut deposits = Dec::ZERO;
                for deposit in &account.deposits {
                    if *deposit.balance.denom() == fund.denom {
                        deposits = deposits.add(deposit.balance.amount())?;
                    }
                }
                if deposits != fund.amount {
                    return Err(Violation::Fund {
                        id: Box::new(account.id.clone()),
                        denom: fund.denom.clone(),
                        fund: Box::new(fund.amount),
                        deposits: Box::new(deposits),
                    });
                }
            }
        }
        Ok(())
    }

    /// What the escrow holds, and what deposits and payments claim.
    fn escrow_balance(&self, denom: &Denom) -> Result<(Dec, Dec), NumError> {
        let mut owed = Dec::ZERO;
        for account in self.escrow_accounts() {
            for deposit in &account.deposits {
                if deposit.balance.denom() == denom {
                    owed = owed.add(deposit.balance.amount())?;
                }
            }
        }
        for payment in self.state.folios.iter().flat_map(Folio::payments) {
            if payment.balance.denom() == denom {
                owed = owed.add(payment.balance.amount())?;
            }
        }
        let held = self.state.bank.balance(&self.modules.escrow, denom);
        Ok((Dec::from_int(held), owed))
    }

    fn check_orders(&self) -> Result<(), Violation> {
        for page in self.state.folios.iter().flat_map(|folio| &folio.groups) {
            let mut live = 0_usize;
            for (page_of_order, order) in page
                .orders
                .iter()
                .filter_map(|p| Some((p, p.order.as_ref()?)))
            {
                let id = &order.id;
                if page.group.is_none() {
                    return Err(states(id, "an order has a group"));
                }
                if order.state != OrderState::Closed {
                    live = live.saturating_add(1);
                }
                if live > 1 {
                    return Err(states(id, "a group has one open or active order"));
                }
                let active = || page_of_order.bids.iter().filter_map(|bid| bid.bid.as_ref());
                if order.state == OrderState::Active
                    && active().filter(|bid| bid.state == BidState::Active).count() != 1
                {
                    return Err(states(id, "an active order has one active bid"));
                }
            }
        }
        Ok(())
    }

    fn check_leases(&self) -> Result<(), Violation> {
        let folios = &self.state.folios;
        let pages = folios.iter().flat_map(Folio::bids);
        for lease in pages.filter_map(|page| page.lease.as_deref()) {
            let id = &lease.id;
            let runs = matches!(lease.state, LeaseState::Active | LeaseState::Reclaiming);
            let bid = folios.bid(id.bid()).map(|b| b.state);
            if runs != (bid == Some(BidState::Active)) {
                return Err(states(
                    id,
                    "a lease runs exactly as long as its bid is active",
                ));
            }
            let order = folios.order(id.order()).map(|o| o.state);
            if runs && order != Some(OrderState::Active) {
                return Err(states(id, "a running lease has an active order"));
            }
            let deployment = folios.deployment(id.deployment()).map(|d| d.state);
            if runs && deployment != Some(DeploymentState::Active) {
                return Err(states(id, "a running lease has an active deployment"));
            }
        }
        Ok(())
    }

    fn check_bids(&self) -> Result<(), Violation> {
        let folios = &self.state.folios;
        let released = !self.rules.has(Quirk::OnlyFirstLoserReleased);
        let pages = folios.iter().flat_map(Folio::bids);
        for (page, bid) in pages.filter_map(|page| Some((page, page.bid.as_ref()?))) {
            let id = &bid.id;
            let locked = page
                .account
                .as_ref()
                .is_some_and(|a| a.state == EscrowState::Open);
            let open = matches!(bid.state, BidState::Open | BidState::Active);
            if open != locked {
                return Err(states(
                    id,
                    "a bid's deposit is locked exactly as long as it is open or active",
                ));
            }
            let order = folios.order(&id.order).map(|o| o.state);
            if released && bid.state == BidState::Open && order != Some(OrderState::Open) {
                return Err(states(id, "an open bid has an open order"));
            }
        }
        Ok(())
    }
}

fn states(object: &impl ToString, rule: &'static str) -> Violation {
    Violation::States {
        object: object.to_string(),
        rule,
    }
}
