//! What a transaction costs in gas.
//!
//! A node charges for each access to its stores: a flat sum for the access and so much for each byte of key and value
//! (30 written, 3 read). So the gas of a message is a sum of its own, another for each record that it touches, and 30
//! for each byte of those records, whose lengths are those of their actual encodings. The flat sums were measured on a
//! recorded run of a real node.

mod message;
mod record;

use super::account::Account;
use super::ante::{Abci, Mode, Payment};
use super::authority;
use super::message::Deed;
use super::node::Node;
use crate::cosmos::tx::Decoded;
use akash_market::action::Action;
use akash_market::address::Address;
use akash_market::error::Error;
use akash_market::ledger::{Applied, Ledger};
use akash_sdl::num::Denom;
use std::collections::BTreeMap;

/// Longest memo in bytes (auth parameter).
pub(super) const MEMO_LIMIT: usize = 256;
/// Most signatures of one transaction (auth parameter).
pub(super) const SIGNATURE_LIMIT: usize = 7;
/// What the node charges for a byte of a transaction (auth parameter).
pub(super) const PER_BYTE: u64 = 10;
/// What the node charges for a signature (auth parameter).
pub(super) const PER_SIGNATURE: u64 = 1000;

/// Parameters, accounts and signature of one signer, without the fee.
const CHECKS: u64 = 25_808;
/// Moving the fee, for a payer whose balance has twelve digits.
const FEE: u64 = 18_045;
/// A digit of a balance is read and written.
const PER_DIGIT: u64 = 33;
const DIGITS: u64 = 12;
/// Each further signer: its account is read and written, several times.
const SIGNER: u64 = 21_300;
/// The public key of a signer is stored when it comes for the first time.
const FIRST_KEY: u64 = 13_168;
/// Using a fee grant and storing what is left of it.
const FEE_GRANT: u64 = 9_987;
/// What an unordered transaction costs more.
const UNORDERED: u64 = 2_240;
/// What it saves for each signer, whose sequence it does not raise.
const SEQUENCE: u64 = 11_674;
/// What a simulation does not do for a signer of an unordered transaction: note it.
const NONCE: u64 = 3_870;
/// Bytes that a simulation counts for a signature that is not there yet.
const MISSING_SIGNATURE: u64 = 112;
/// To know how long a missing signature will be, a simulation reads its signer's account.
const ACCOUNT_READ: u64 = 1_537;

/// Counts the gas of messages.
#[derive(Debug)]
pub(super) struct Meter {
    pub(super) used: u64,
    budget: u64,
    /// Modules whose account was never paid into, which makes it: escrow and vault.
    fresh: [bool; 2],
}

impl Meter {
    pub(super) const fn new(budget: u64, fresh: [bool; 2]) -> Self {
        Self {
            used: 0,
            budget,
            fresh,
        }
    }

    fn spend(&mut self, gas: u64) -> Result<(), Abci> {
        self.used = self.used.saturating_add(gas);
        if self.used > self.budget {
            return Err(out_of_gas(self.budget, self.used));
        }
        Ok(())
    }

    /// Counts actions that were done; `accounts` are those that there were before.
    pub(super) fn count(
        &mut self,
        ledger: &Ledger,
        accounts: &BTreeMap<Address, Account>,
        actions: &[Action],
        applied: &Applied,
    ) -> Result<(), Abci> {
        let mut from = 0;
        for (index, action) in actions.iter().enumerate() {
            let all = applied.changes.len();
            let to = applied.ends.get(index).copied().unwrap_or(all);
            let changes = applied.changes.get(from..to).unwrap_or_default();
            from = to;
            let mut gas = message::own(ledger, action);
            for change in changes {
                gas = gas.saturating_add(record::gas(ledger, action, change));
            }
            if let Action::Send { to: other, .. } | Action::GrantDeposit { grantee: other, .. } =
                action
                && !accounts.contains_key(other)
            {
                gas = gas.saturating_add(record::ACCOUNT);
            }
            for (fresh, module) in self
                .fresh
                .iter_mut()
                .zip([&ledger.modules().escrow, &ledger.modules().bme])
            {
                if *fresh && record::is_paid(changes, module) {
                    *fresh = false;
                    gas = gas.saturating_add(record::MODULE_ACCOUNT);
                }
            }
            self.spend(gas)?;
        }
        Ok(())
    }

    /// Counts an action that was refused: what was read until then.
    pub(super) fn count_refused(&mut self, ledger: &Ledger, action: &Action, error: &Error) {
        let gas = message::refused(ledger, action, error);
        self.used = self.used.saturating_add(gas);
    }

    /// Counts what is no business of the ledger, and the accounts that it made.
    pub(super) fn count_other(&mut self, deed: &Deed, accounts: usize) -> Result<(), Abci> {
        let accounts = u64::try_from(accounts).unwrap_or(u64::MAX);
        let made = record::ACCOUNT.saturating_mul(accounts);
        self.spend(message::other(deed).saturating_add(made))
    }

    /// Counts the use of an authorization.
    pub(super) fn count_use(&mut self, used: &authority::Use) -> Result<(), Abci> {
        self.spend(message::used(used))
    }
}

/// Gas of all that happens before the messages.
pub(super) fn of_checks(
    node: &Node,
    bytes: usize,
    tx: &Decoded,
    signers: &[Address],
    payment: &Payment,
    first: &[bool],
    mode: Mode,
) -> u64 {
    let count = |items: usize| u64::try_from(items).unwrap_or(u64::MAX);
    let is_simulated = mode == Mode::Simulate;
    let missing = tx.signatures.iter().filter(|one| one.is_empty()).count();
    let missing = if is_simulated { count(missing) } else { 0 };
    let size = missing.saturating_mul(MISSING_SIGNATURE);
    let size = size.saturating_add(count(bytes)).saturating_mul(PER_BYTE);
    let more = count(signers.len())
        .saturating_sub(1)
        .saturating_mul(SIGNER);
    let new = count(first.iter().filter(|is_new| **is_new).count());
    let fee = if payment.fee.is_empty() {
        0
    } else {
        let held = node.state.ledger.bank().coin(&payment.from, &Denom::UAKT);
        let digits = count(held.amount().to_string().len());
        FEE.saturating_add(digits.saturating_mul(PER_DIGIT))
            .saturating_sub(DIGITS.saturating_mul(PER_DIGIT))
    };
    [
        CHECKS,
        size,
        missing.saturating_mul(ACCOUNT_READ),
        more,
        new.saturating_mul(FIRST_KEY),
        fee,
        if payment.granted.is_some() {
            FEE_GRANT
        } else {
            0
        },
        if tx.body.unordered { UNORDERED } else { 0 },
    ]
    .into_iter()
    .fold(0, u64::saturating_add)
    .saturating_sub(if tx.body.unordered {
        let each = if is_simulated {
            SEQUENCE + NONCE
        } else {
            SEQUENCE
        };
        count(signers.len()).saturating_mul(each)
    } else {
        0
    })
}

pub(super) fn out_of_gas(wanted: u64, used: u64) -> Abci {
    Abci::sdk(
        11,
        format!(
            "out of gas in location: WriteFlat; gasWanted: {wanted}, gasUsed: {used}: out of gas"
        ),
    )
}
