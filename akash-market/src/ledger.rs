//! The whole market as one pure state machine.
//!
//! A [`Ledger`] takes blocks of batches and answers with outcomes and changes, or with the chain's refusal. A batch
//! that is refused leaves no trace. Fees, signatures and gas are not its business: who signed is taken from the
//! actions.
//!
//! With [`Rules::chain`], the default, it does exactly what the chain does, faults included; each fault is a
//! [`Quirk`] that can be switched off.
//!
//! ```
//! use akash_market::action::{Action, Batch};
//! use akash_market::address::Address;
//! use akash_market::ledger::{Genesis, Ledger};
//! use akash_market::time::{Block, Timestamp};
//! use akash_market::id::Height;
//! use akash_sdl::num::{Coin, Denom};
//!
//! let (alice, bob) = (Address::bech32("akash", &[1; 20])?, Address::bech32("akash", &[2; 20])?);
//! let mut ledger = Ledger::new(Genesis::default().balance(alice.clone(), Coin::uakt(10)))?;
//! let block = Block { height: Height(1), time: Timestamp::from_secs(1_700_000_000) };
//! ledger.begin_block(block);
//! let send = Action::Send { from: alice, to: bob.clone(), coins: vec![Coin::uakt(4)] };
//! ledger.apply(block, &Batch::from(send))?;
//! ledger.end_block(block);
//! assert_eq!(ledger.bank().coin(&bob, &Denom::UAKT), Coin::uakt(4));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod account;
mod audit;
mod block;
mod certificate;
mod deployment;
mod escrow;
mod folio;
mod folios;
mod genesis;
mod governance;
mod grant;
mod invariant;
mod key;
mod market;
mod provider;
mod query;
mod rules;
mod snapshot;
mod state;
mod validate;

pub use escrow::{EscrowOperation, EscrowResult, Fallback};
pub use genesis::{Genesis, GenesisError};
pub use invariant::Violation;
pub use query::QueryError;
pub use rules::{Quirk, Rules, Versions};
pub use snapshot::Snapshot;
pub use validate::validate_basic;

use crate::action::{Action, Batch, Outcome};
use crate::bank::{Bank, Modules};
use crate::change::Change;
use crate::error::{Error, Panic};
use crate::oracle::PriceSource;
use crate::params::Params;
use crate::store::Journaled;
use crate::time::Block;
use akash_sdl::num::Denom;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use state::State;
use std::convert::Infallible;

/// The market: all its objects, balances and parameters, and the rules by which they change.
///
/// Cloning one is a way to look ahead; [`Ledger::snapshot`] is the form to keep.
#[derive(Debug, Clone)]
pub struct Ledger {
    rules: Rules,
    modules: Modules,
    block: Block,
    state: State,
    /// What the escrow is told instead of the real mint status and price.
    fallback: Option<Fallback>,
    /// What happened since the last answer.
    changes: Vec<Change>,
}

/// What a batch did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// The answer to each action, in order.
    pub outcomes: Vec<Outcome>,
    /// What happened, in order.
    pub changes: Vec<Change>,
    /// Where each action's changes end among them.
    pub ends: SmallVec<[usize; 1]>,
}

/// Why a batch was refused. Nothing of it remains.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("action {index} was refused: {error}")]
pub struct Refused {
    /// Which action was at fault.
    pub index: usize,
    /// Whether it was refused for its form alone, as a node does before a transaction enters a block.
    pub stateless: bool,
    /// Why.
    #[source]
    pub error: Error,
}

impl Ledger {
    /// A market at its beginning.
    ///
    /// # Errors
    /// If the genesis contradicts itself.
    pub fn new(genesis: Genesis) -> Result<Self, GenesisError> {
        genesis.build()
    }

    /// The rules in force.
    #[must_use]
    pub const fn rules(&self) -> Rules {
        self.rules
    }

    /// Puts other rules in force from now on; the state stays as it is.
    pub const fn set_rules(&mut self, rules: Rules) {
        self.rules = rules;
    }

    /// The module accounts.
    #[must_use]
    pub const fn modules(&self) -> &Modules {
        &self.modules
    }

    /// The block of the last change.
    #[must_use]
    pub const fn block(&self) -> Block {
        self.block
    }

    /// Balances and supply.
    #[must_use]
    pub const fn bank(&self) -> &Bank {
        &self.state.bank
    }

    /// The parameters in force.
    #[must_use]
    pub const fn params(&self) -> &Params {
        self.state.params.read().get()
    }

    /// What the escrow sees of mint status and AKT price.
    #[must_use]
    pub fn fallback(&self) -> Fallback {
        self.fallback.unwrap_or_else(|| Fallback {
            status: self.state.bme.status(),
            akt_price: self.state.oracle.price(&Denom::UAKT).ok(),
        })
    }

    /// Makes the escrow see this mint status and AKT price instead of the market's own, or the market's own again.
    ///
    /// For simulations of a halt.
    pub const fn pin_fallback(&mut self, fallback: Option<Fallback>) {
        self.fallback = fallback;
    }

    /// Does a batch of actions, all of them or none: first every action's form is checked, then they are done in order.
    ///
    /// # Errors
    /// [`Refused`] says which action and why, in the chain's words; nothing has changed then.
    pub fn apply(&mut self, block: Block, batch: &Batch) -> Result<Applied, Refused> {
        let judged = self.apply_if(block, batch, |_, _| Ok::<(), Infallible>(()))?;
        Ok(match judged {
            Ok(applied) => applied,
            Err(never) => match never {},
        })
    }

    /// As [`apply`](Self::apply), but when all is done `judge` may still have it taken back: it sees the ledger as it
    /// would be, and what happened. So does a node with a transaction that ran out of gas.
    ///
    /// # Errors
    /// [`Refused`] as from `apply`; the inner error is the judge's. Nothing has changed in either case.
    pub fn apply_if<E>(
        &mut self,
        block: Block,
        batch: &Batch,
        judge: impl FnOnce(&Self, &Applied) -> Result<(), E>,
    ) -> Result<Result<Applied, E>, Refused> {
        for (index, action) in batch.actions.iter().enumerate() {
            self.validate_basic(action).map_err(|error| Refused {
                index,
                stateless: true,
                error,
            })?;
        }
        let before = std::mem::replace(&mut self.block, block);
        self.state.begin();
        let mut outcomes = Vec::with_capacity(batch.actions.len());
        let mut ends = SmallVec::with_capacity(batch.actions.len());
        for (index, action) in batch.actions.iter().enumerate() {
            match self.act(action) {
                Ok(outcome) => outcomes.push(outcome),
                Err(error) => {
                    self.take_back(before);
                    return Err(Refused {
                        index,
                        stateless: false,
                        error,
                    });
                }
            }
            ends.push(self.changes.len());
        }
        let applied = Applied {
            outcomes,
            changes: self.told(),
            ends,
        };
        Ok(match judge(self, &applied) {
            Ok(()) => {
                self.state.commit();
                Ok(applied)
            }
            Err(error) => {
                self.take_back(before);
                Err(error)
            }
        })
    }

    /// What happened since the last answer. The buffer stays, so it need not grow again and again.
    fn told(&mut self) -> Vec<Change> {
        let mut told = Vec::with_capacity(self.changes.len());
        told.append(&mut self.changes);
        told
    }

    fn take_back(&mut self, before: Block) {
        self.state.rollback();
        self.changes.clear();
        self.block = before;
    }

    /// Runs `work` in a bracket: if it fails, all it did is taken back.
    fn atomically<T>(
        &mut self,
        block: Block,
        work: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<(T, Vec<Change>), Error> {
        let before = std::mem::replace(&mut self.block, block);
        self.state.begin();
        match work(self) {
            Ok(done) => {
                self.state.commit();
                Ok((done, self.told()))
            }
            Err(error) => {
                self.take_back(before);
                Err(error)
            }
        }
    }

    fn act(&mut self, action: &Action) -> Result<Outcome, Error> {
        match action {
            Action::CreateDeployment {
                id,
                groups,
                hash,
                deposit,
                reclamation_min_window,
            } => self.create_deployment(id, groups, hash, deposit, *reclamation_min_window),
            Action::UpdateDeployment { id, hash } => self.update_deployment(id, hash),
            Action::CloseDeployment { id } => self.close_deployment(id),
            Action::CloseGroup { id } => self.close_group(id),
            Action::PauseGroup { id } => self.pause_group(id),
            Action::StartGroup { id } => self.start_group(id),
            Action::CreateBid {
                id,
                price,
                deposit,
                resources_offer,
                reclamation_window,
            } => self.create_bid(id, price, deposit, resources_offer, *reclamation_window),
            Action::CloseBid { id, reason } => self.close_bid(id, *reason),
            Action::CreateLease { id } => self.create_lease(id),
            Action::CloseLease { id } => self.close_lease(id),
            Action::WithdrawLease { id } => self.withdraw_lease(id),
            Action::StartReclaim { id, reason } => self.start_reclaim(id, *reason),
            Action::Deposit {
                signer,
                id,
                deposit,
            } => self.deposit(signer, id, deposit),
            Action::CreateProvider {
                owner,
                host_uri,
                attributes,
                info,
            } => self.create_provider(owner, host_uri, attributes, info),
            Action::UpdateProvider {
                owner,
                host_uri,
                attributes,
                info,
            } => self.update_provider(owner, host_uri, attributes, info),
            Action::DeleteProvider { owner } => self.delete_provider(owner),
            Action::SignAttributes {
                owner,
                auditor,
                attributes,
            } => self.sign_attributes(owner, auditor, attributes),
            Action::DeleteAttributes {
                owner,
                auditor,
                keys,
            } => self.delete_attributes(owner, auditor, keys),
            Action::CreateCertificate {
                owner,
                serial,
                cert,
                pubkey,
            } => self.create_certificate(owner, serial, cert, pubkey),
            Action::RevokeCertificate { owner, serial } => self.revoke_certificate(owner, serial),
            Action::Send { from, to, coins } => self.send(from, to, coins),
            Action::GrantDeposit {
                granter,
                grantee,
                scopes,
                spend_limits,
                expires,
            } => self.grant_deposit(granter, grantee, scopes, spend_limits, *expires),
            Action::RevokeDepositGrant { granter, grantee } => self.revoke_grant(granter, grantee),
            Action::UpdateParams { authority, params } => self.update_params(authority, params),
            Action::BurnMint {
                owner,
                to,
                coins_to_burn,
                denom_to_mint,
            } => {
                let id = self.burn_mint(owner, to, coins_to_burn, denom_to_mint)?;
                return Ok(Outcome::Queued { id });
            }
            Action::FundVault {
                authority,
                amount,
                source,
            } => self.fund_vault(authority, amount, source),
            Action::AddPrice {
                signer,
                pair,
                price,
                timestamp,
            } => self.add_price(signer, pair, *price, *timestamp),
        }?;
        Ok(Outcome::Done)
    }

    /// A place where the chain's handler panics: with the quirk that, without it an ordinary refusal.
    fn panics(&self, panic: Panic, refusal: impl Into<Error>) -> Error {
        if self.rules.has(Quirk::HandlerPanics) {
            panic.into()
        } else {
            refusal.into()
        }
    }
}
