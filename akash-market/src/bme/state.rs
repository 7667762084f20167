//! The state of the burn-mint equilibrium and what can be read from it.

use super::{
    BmeStatus, CancelReason, ExecutedRecord, MintStatus, Record, RecordId, RecordState, VaultState,
    collateral_ratio,
};
use crate::address::Address;
use crate::bank::{Bank, Modules};
use crate::change::Change;
use crate::error::{BmeError, Error};
use crate::id::Height;
use crate::oracle::PriceSource;
use crate::params::BmeParams;
use crate::store::{Slot, Table, journaled};
use crate::time::Block;
use akash_sdl::num::{Coin, Dec, Denom, Int, NumError};
use serde::{Deserialize, Serialize};
use std::ops::Bound;

/// Everything the burn-mint equilibrium stores besides coins, which the bank holds for its module account, the vault.
///
/// A request:
///
/// | state | trigger | becomes |
/// |---|---|---|
/// | – | [`request`](Self::request) | pending, its coins in the vault; [`Change::BurnMintQueued`] |
/// | pending | its queue's epoch, conversion possible | executed; [`Change::BurnMintSettled`] |
/// | pending | its queue's epoch, result below one unit or below the minimum mint | canceled, coins back; [`Change::BurnMintSettled`] |
/// | pending | its queue's epoch, any other obstacle | pending with one attempt more; canceled at the last attempt |
///
/// The status, at the end of every block:
///
/// | condition | status | effect |
/// |---|---|---|
/// | ratio above the warn threshold | healthy | both directions work |
/// | ratio above the halt threshold | warning | mint epochs grow |
/// | ratio up to the halt threshold | halt for collateral | no minting; burning works |
/// | no price, or a price of zero | halt for the oracle | no requests |
///
/// Each change of status or of the epochs' length is a [`Change::MintStatusChanged`].
///
/// ```
/// use akash_market::bank::{Bank, Modules};
/// use akash_market::bme::{Bme, BmeEnv, MintStatus};
/// use akash_market::error::Error;
/// use akash_market::id::Height;
/// use akash_market::oracle::PriceSource;
/// use akash_market::params::BmeParams;
/// use akash_market::time::{Block, Timestamp};
/// use akash_sdl::num::{Coin, Dec, Denom};
/// struct OneDollar;
/// impl PriceSource for OneDollar {
///     fn price(&self, _: &Denom) -> Result<Dec, Error> {
///         Ok(Dec::ONE)
///     }
/// }
/// let modules = Modules::new("akash")?;
/// let owner = Modules::address("akash", "somebody")?;
/// let params = BmeParams::default();
/// let (mut bank, mut bme, mut changes) = (Bank::default(), Bme::new(&params), Vec::new());
/// bank.mint(&modules.bme, &Coin::uakt(1_000_000_000), &mut changes)?; // a vault funded by governance
/// bank.mint(&owner, &Coin::uakt(100_000_000), &mut changes)?;
/// for height in 1..=20 {
///     let block = Block { height: Height(height), time: Timestamp::from_secs(height) };
///     let mut env = BmeEnv {
///         block, params: &params, modules: &modules, prices: &OneDollar, bank: &mut bank, changes: &mut changes,
///     };
///     if height == 2 {
///         bme.request(&owner, &owner, &Coin::uakt(100_000_000), &Denom::UACT, &mut env)?;
///     }
///     bme.end_block(&mut env)?;
/// }
/// assert_eq!(bme.status(), MintStatus::Healthy);
/// assert_eq!(bank.coin(&owner, &Denom::UACT), Coin::uact(99_750_000)); // 25 bps stay in the vault
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bme {
    pub(super) breaker: Slot<Breaker>,
    pub(super) next_mint_epoch: Slot<i64>,
    pub(super) next_burn_epoch: Slot<i64>,
    pub(super) burned: Table<Denom, Int>,
    pub(super) minted: Table<Denom, Int>,
    pub(super) credits: Table<Denom, Int>,
    /// Sum of the pending requests by denom.
    pub(super) waiting: Table<Denom, Int>,
    pub(super) pending: Table<RecordId, Pending>,
    pub(super) executed: Table<RecordId, Box<ExecutedRecord>>,
    pub(super) canceled: Table<RecordId, Canceled>,
    /// Requests of a block so far.
    pub(super) counter: Slot<(Height, i64)>,
}

journaled!(Bme {
    breaker,
    next_mint_epoch,
    next_burn_epoch,
    burned,
    minted,
    credits,
    waiting,
    pending,
    executed,
    canceled,
    counter,
});

/// The stored status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Breaker {
    pub(super) status: MintStatus,
    pub(super) previous: MintStatus,
    pub(super) epoch_height_diff: i64,
}

/// A waiting request. Owner and receiver are the id's source, the denoms are the id's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pending {
    pub(super) coins_to_burn: Coin,
    pub(super) attempts: u32,
}

/// A request that was given up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Canceled {
    pub(super) coins_to_burn: Coin,
    pub(super) reason: CancelReason,
}

/// What the equilibrium works on besides its own state.
pub struct BmeEnv<'a> {
    /// The block.
    pub block: Block,
    /// The parameters in force; epochs that are set already outlast a change.
    pub params: &'a BmeParams,
    /// Accounts of modules; the vault is `modules.bme`.
    pub modules: &'a Modules,
    /// Prices of AKT and ACT.
    pub prices: &'a dyn PriceSource,
    /// Balances and supply.
    pub bank: &'a mut Bank,
    /// Where to report what happened.
    pub changes: &'a mut Vec<Change>,
}

impl std::fmt::Debug for BmeEnv<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BmeEnv")
            .field("block", &self.block)
            .finish_non_exhaustive()
    }
}

impl Default for Bme {
    /// The chain's genesis with its default parameters.
    fn default() -> Self {
        Self::new(&BmeParams::default())
    }
}

impl Bme {
    /// The chain's genesis: halted until a first block ends with a price and enough collateral.
    #[must_use]
    pub fn new(params: &BmeParams) -> Self {
        let blocks = params.min_epoch_blocks;
        let zeros = || -> Table<Denom, Int> {
            [Denom::UACT, Denom::UAKT]
                .map(|denom| (denom, Int::ZERO))
                .into_iter()
                .collect()
        };
        Self {
            breaker: Slot::new(Breaker {
                status: MintStatus::HaltCr,
                previous: MintStatus::Unspecified,
                epoch_height_diff: blocks,
            }),
            next_mint_epoch: Slot::new(blocks),
            next_burn_epoch: Slot::new(blocks),
            burned: zeros(),
            minted: zeros(),
            credits: [(Denom::UAKT, Int::ZERO)].into_iter().collect(),
            waiting: Table::default(),
            pending: Table::default(),
            executed: Table::default(),
            canceled: Table::default(),
            counter: Slot::default(),
        }
    }

    /// The status as of the end of the last block.
    #[must_use]
    pub const fn status(&self) -> MintStatus {
        self.breaker.get().status
    }

    /// The status before its last change, or the same one if only the length of epochs changed.
    #[must_use]
    pub const fn previous_status(&self) -> MintStatus {
        self.breaker.get().previous
    }

    /// Blocks between two runs of the mint queue.
    #[must_use]
    pub const fn epoch_height_diff(&self) -> i64 {
        self.breaker.get().epoch_height_diff
    }

    /// Height at whose end requests to mint ACT are worked off next; passed by while minting is halted.
    #[must_use]
    pub const fn next_mint_epoch(&self) -> Height {
        Height(*self.next_mint_epoch.get())
    }

    /// Height at whose end requests to burn ACT are worked off next.
    #[must_use]
    pub const fn next_burn_epoch(&self) -> Height {
        Height(*self.next_burn_epoch.get())
    }

    /// The collateral ratio right now.
    ///
    /// # Errors
    /// `oracle.v2` 4 without a usable price; a panic if the ratio leaves the range of numbers.
    pub fn collateral_ratio(
        &self,
        bank: &Bank,
        vault: &Address,
        prices: &dyn PriceSource,
    ) -> Result<Dec, Error> {
        let act = prices.price(&Denom::UACT)?;
        let akt = prices.price(&Denom::UAKT)?;
        if akt.is_zero() || act.is_zero() {
            return Err(BmeError::ZeroPrices { akt, act }.into());
        }
        let free = bank
            .balance(vault, &Denom::UAKT)
            .sub(amount(&self.waiting, &Denom::UAKT))?;
        Ok(collateral_ratio(free, bank.supply(&Denom::UACT), akt, act)?)
    }

    /// Status, ratio and thresholds, as the chain's query answers.
    ///
    /// # Errors
    /// While the ratio cannot be computed, as on the chain.
    pub fn report(
        &self,
        params: &BmeParams,
        bank: &Bank,
        vault: &Address,
        prices: &dyn PriceSource,
    ) -> Result<BmeStatus, Error> {
        let ratio = |bps: u32| Dec::from(bps).quo(Dec::from_u64(10_000));
        let status = self.status();
        Ok(BmeStatus {
            status,
            collateral_ratio: self.collateral_ratio(bank, vault, prices)?,
            warn_threshold: ratio(params.circuit_breaker_warn_threshold)?,
            halt_threshold: ratio(params.circuit_breaker_halt_threshold)?,
            mints_allowed: status.mints_allowed(),
            refunds_allowed: status.refunds_allowed(),
        })
    }

    /// What the vault holds and has done.
    #[must_use]
    pub fn vault(&self, bank: &Bank, vault: &Address) -> VaultState {
        let outstanding = coin(&Denom::UACT, bank.supply(&Denom::UACT));
        let held = bank.coins(vault).filter(|c| *c.denom() != Denom::UACT);
        let mut balances: Vec<Coin> = held.collect();
        if !outstanding.is_zero() {
            balances.push(outstanding);
            balances.sort_by(|a, b| a.denom().cmp(b.denom()));
        }
        let list = |table: &Table<Denom, Int>| table.iter().map(|(d, a)| coin(d, *a)).collect();
        VaultState {
            balances,
            total_burned: list(&self.burned),
            total_minted: list(&self.minted),
            remint_credits: list(&self.credits),
        }
    }

    /// A request and what became of it.
    #[must_use]
    pub fn record(&self, id: &RecordId) -> Option<Record> {
        let state = if let Some(pending) = self.pending.get(id) {
            pending_state(id, pending)
        } else if let Some(executed) = self.executed.get(id) {
            RecordState::Executed(executed.clone())
        } else {
            canceled_state(id, self.canceled.get(id)?)
        };
        let id = id.clone();
        Some(Record { id, state })
    }

    /// All requests: the pending, then the executed, then the canceled ones, each in the order of their ids.
    pub fn records(&self) -> impl Iterator<Item = Record> {
        self.walk(None).map(|(_, record)| record)
    }

    /// The same from a place on, with the place of each.
    pub(crate) fn walk(
        &self,
        from: Option<&(Stage, RecordId)>,
    ) -> impl Iterator<Item = ((Stage, RecordId), Record)> {
        let start = |stage: Stage| match from {
            Some((at, id)) if *at == stage => Bound::Included(id.clone()),
            _ => Bound::Unbounded,
        };
        let first = from.map_or(Stage::Pending, |(stage, _)| *stage);
        let entry = |stage: Stage, id: &RecordId, state: RecordState| {
            let id = id.clone();
            ((stage, id.clone()), Record { id, state })
        };
        let range = |stage: Stage| (start(stage), Bound::Unbounded);
        let pending = self.pending.range(range(Stage::Pending));
        let executed = self.executed.range(range(Stage::Executed));
        let canceled = self.canceled.range(range(Stage::Canceled));
        pending
            .take_while(move |_| first == Stage::Pending)
            .map(move |(id, p)| entry(Stage::Pending, id, pending_state(id, p)))
            .chain(
                executed
                    .take_while(move |_| first <= Stage::Executed)
                    .map(move |(id, e)| {
                        entry(Stage::Executed, id, RecordState::Executed(e.clone()))
                    }),
            )
            .chain(canceled.map(move |(id, c)| entry(Stage::Canceled, id, canceled_state(id, c))))
    }

    /// What the vault has to hold of a denom: the coins of pending requests, and remint credit.
    ///
    /// # Errors
    /// If the sum leaves the range of integers.
    pub fn owed(&self, denom: &Denom) -> Result<Int, NumError> {
        amount(&self.waiting, denom).add(amount(&self.credits, denom))
    }
}

/// In which list a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stage {
    Pending,
    Executed,
    Canceled,
}

fn pending_state(id: &RecordId, pending: &Pending) -> RecordState {
    RecordState::Pending {
        owner: id.source.clone(),
        to: id.source.clone(),
        coins_to_burn: pending.coins_to_burn.clone(),
        denom_to_mint: id.to_denom.clone(),
        attempts: pending.attempts,
    }
}

pub(super) fn canceled_state(id: &RecordId, canceled: &Canceled) -> RecordState {
    RecordState::Canceled {
        owner: id.source.clone(),
        to: id.source.clone(),
        coins_to_burn: canceled.coins_to_burn.clone(),
        denom_to_mint: id.to_denom.clone(),
        reason: canceled.reason,
    }
}

pub(super) fn amount(table: &Table<Denom, Int>, denom: &Denom) -> Int {
    table.get(denom).copied().unwrap_or_default()
}

pub(super) fn add(table: &mut Table<Denom, Int>, coin: &Coin) -> Result<(), NumError> {
    if coin.is_zero() {
        return Ok(());
    }
    let sum = amount(table, coin.denom()).add(coin.amount())?;
    table.insert(coin.denom().clone(), sum);
    Ok(())
}

pub(super) fn sub(table: &mut Table<Denom, Int>, coin: &Coin) -> Result<(), NumError> {
    if coin.is_zero() {
        return Ok(());
    }
    let rest = amount(table, coin.denom()).sub(coin.amount())?;
    table.insert(coin.denom().clone(), rest);
    Ok(())
}

/// Totals are never negative, so the fallback is never taken.
fn coin(denom: &Denom, amount: Int) -> Coin {
    Coin::from_int(denom.clone(), amount).unwrap_or_else(|_| Coin::zero(denom.clone()))
}
