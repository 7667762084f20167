//! What has to hold after every step, whatever it was.

use super::script::{Script, Step, after, market};
use akash_market::bme::{MintStatus, RecordState};
use akash_market::change::Change;
use akash_market::escrow::{AccountId, EscrowState};
use akash_market::id::Height;
use akash_market::ledger::{Ledger, Quirk, Rules};
use akash_market::metrics::{Figures, Tracker};
use akash_market::time::{Block, Timestamp};
use akash_sdl::num::{Dec, DecCoin, Denom, Int};
use std::collections::{BTreeMap, BTreeSet};

/// Quirks that strand nothing in the escrow: they lock, refuse or accept.
const HARMLESS: [Quirk; 5] = [
    Quirk::OnlyFirstLoserReleased,
    Quirk::BidLimitOffByOne,
    Quirk::ClosedDeploymentRestarts,
    Quirk::HandlerPanics,
    Quirk::RenewedGrantEndsEarly,
];

/// What is looked at beside the invariants of the ledger.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Care {
    /// Whether each refusal is compared with the state before.
    pub(crate) traces: bool,
    /// Whether figures are computed both ways after each step.
    pub(crate) figures: bool,
}

/// How a run went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) steps: u64,
    pub(crate) actions: u64,
    pub(crate) accepted: u64,
    pub(crate) refused: u64,
    /// Kinds of things that happened.
    pub(crate) seen: BTreeSet<&'static str>,
}

/// A market under watch.
pub(crate) struct Watch {
    pub(crate) ledger: Ledger,
    pub(crate) tally: Tally,
    block: Block,
    strands: bool,
    /// Supply by denom, by what changes told.
    supply: [(Denom, Int); 2],
    tracker: Tracker,
    care: Care,
}

impl Watch {
    pub(crate) fn new(rules: Rules, care: Care) -> Self {
        let mut ledger = market(rules);
        let block = Block {
            height: Height(1),
            time: Timestamp::from_secs(1_700_000_000),
        };
        ledger.begin_block(block);
        Self {
            supply: [Denom::UACT, Denom::UAKT].map(|d| (d.clone(), ledger.bank().supply(&d))),
            tracker: Tracker::of(&ledger).expect("small numbers"),
            ledger,
            tally: Tally::default(),
            block,
            strands: rules.quirks().any(|q| !HARMLESS.contains(&q)),
            care,
        }
    }

    /// Plays a script to its end.
    pub(crate) fn play(&mut self, bytes: &[u8]) {
        let mut bytes = bytes.iter();
        while let Some(step) = Script::new(&mut bytes, &self.ledger).step(self.block.time) {
            self.step(&step);
        }
    }

    fn step(&mut self, step: &Step) {
        self.tally.steps += 1;
        match step {
            Step::Blocks(blocks) => {
                for _ in 0..*blocks {
                    let status = self.ledger.bme().status();
                    let ended = self.ledger.end_block(self.block);
                    self.saw(&ended, Some(status));
                    self.block = after(self.block, 1);
                    let begun = self.ledger.begin_block(self.block);
                    self.saw(&begun, None);
                }
            }
            Step::Skip(blocks) => self.block = after(self.block, *blocks),
            Step::Pin(fallback) => self.ledger.pin_fallback(*fallback),
            Step::Do(batch) => {
                let before = self.care.traces.then(|| self.ledger.clone());
                self.tally.actions += u64::try_from(batch.actions.len()).expect("few");
                match self.ledger.apply(self.block, batch) {
                    Ok(done) => {
                        self.tally.accepted += 1;
                        assert_eq!(done.outcomes.len(), batch.actions.len());
                        assert_eq!(done.ends.last(), Some(&done.changes.len()));
                        self.saw(&done.changes, None);
                    }
                    Err(refused) => {
                        self.tally.refused += 1;
                        assert!(refused.index < batch.actions.len());
                        let panics = refused.error.code().code == 111_222;
                        let may = self.ledger.rules().has(Quirk::HandlerPanics);
                        assert!(may || !panics, "{refused}");
                        if let Some(before) = before {
                            let same = self.ledger.snapshot() == before.snapshot();
                            assert!(same, "a refusal left a trace: {batch:?}");
                        }
                    }
                }
            }
        }
        self.holds(step);
    }

    fn saw(&mut self, changes: &[Change], status: Option<MintStatus>) {
        for change in changes {
            self.tally.seen.extend(kind(change));
            match change {
                Change::Minted { coin, .. } => {
                    self.issued(coin.denom(), |sum| sum.add(coin.amount()))
                }
                Change::Burned { coin, .. } => {
                    self.issued(coin.denom(), |sum| sum.sub(coin.amount()))
                }
                Change::Transferred { from, to, coin } if *coin.denom() == Denom::UACT => {
                    let modules = self.ledger.modules();
                    let through = modules.is_module(from) || modules.is_module(to);
                    assert!(through, "uact moved between accounts: {change:?}");
                }
                Change::BurnMintSettled { record } if record.id.to_denom == Denom::UACT => {
                    let halted =
                        matches!(status, Some(MintStatus::HaltCr | MintStatus::HaltOracle));
                    let executed = matches!(record.state, RecordState::Executed(_));
                    assert!(
                        !executed || !halted,
                        "ACT was minted while minting was halted"
                    );
                }
                _ => {}
            }
        }
        self.tracker.follow(changes).expect("small numbers");
    }

    fn issued(
        &mut self,
        denom: &Denom,
        change: impl Fn(Int) -> Result<Int, akash_sdl::num::NumError>,
    ) {
        for (known, sum) in &mut self.supply {
            if known == denom {
                *sum = change(*sum).expect("small numbers");
            }
        }
    }

    fn holds(&self, step: &Step) {
        let ledger = &self.ledger;
        if let Err(violation) = ledger.invariants() {
            panic!("{violation}, after {step:?}");
        }
        for (denom, sum) in &self.supply {
            assert_eq!(
                ledger.bank().supply(denom),
                *sum,
                "{denom} came from nowhere, in {step:?}"
            );
            let stranded = ledger.stranded(denom).expect("small numbers");
            assert!(
                !stranded.is_negative(),
                "the escrow lacks {stranded} {denom}, after {step:?}"
            );
            assert!(
                self.strands || stranded == Dec::ZERO,
                "{stranded} {denom} are stranded, after {step:?}"
            );
        }
        self.no_debts(step);
        self.all_is_credited(step);
        if self.care.figures {
            let figures = Figures::of(ledger).expect("small numbers");
            let followed = self.tracker.figures(ledger.block()).expect("small numbers");
            assert_eq!(followed, figures, "after {step:?}");
        }
    }
}

impl Watch {
    /// What was taken out of an account for its payments is in them or was paid, but for what two quirks do: one credits
    /// nobody, the other somebody else's payments.
    fn all_is_credited(&self, step: &Step) {
        let rules = self.ledger.rules();
        if rules.has(Quirk::DseqPrefixCollision) {
            return;
        }
        let mut credited: BTreeMap<_, Dec> = BTreeMap::new();
        for payment in self.ledger.escrow_payments() {
            let id = payment.id.0.deployment();
            let paid = Dec::from_int(payment.withdrawn.amount());
            let sum = credited.entry(id).or_default();
            let all = payment.balance.amount().add(paid);
            *sum = all.and_then(|all| sum.add(all)).expect("small numbers");
        }
        for account in self.ledger.escrow_accounts() {
            let AccountId::Deployment(id) = &account.id else {
                continue;
            };
            let taken = account.transferred.first();
            let taken = taken.map_or(Dec::ZERO, DecCoin::amount);
            let credited = credited.get(id).copied().unwrap_or_default();
            let dropped = taken.sub(credited).expect("small numbers");
            let fine = match rules.has(Quirk::LeaseCreationDropsAccruedEarnings) {
                true => !dropped.is_negative(),
                false => dropped.is_zero(),
            };
            assert!(fine, "{id} lost {dropped} of {taken}, after {step:?}");
        }
    }

    /// No fund is negative but those of accounts in debt, and what is closed holds less than a unit unless a quirk left more.
    fn no_debts(&self, step: &Step) {
        let rules = self.ledger.rules();
        for account in self.ledger.escrow_accounts() {
            let id = &account.id;
            let in_debt =
                account.state == EscrowState::Overdrawn || rules.has(Quirk::FallbackFreezesAccount);
            for fund in &account.funds {
                let fine = !fund.amount.is_negative() || in_debt;
                assert!(
                    fine,
                    "{id} has {} {}, after {step:?}",
                    fund.amount, fund.denom
                );
            }
            for deposit in &account.deposits {
                let left = deposit.balance.amount();
                assert!(
                    !left.is_negative(),
                    "{id} has a deposit of {left}, after {step:?}"
                );
                let closed = account.state == EscrowState::Closed && !self.strands;
                assert!(
                    !closed || left.truncate_dec().is_zero(),
                    "{id} is closed with {left}, after {step:?}"
                );
            }
        }
        for payment in self.ledger.escrow_payments() {
            let (left, debt) = (payment.balance.amount(), payment.unsettled.amount());
            let fine = !left.is_negative() && !debt.is_negative();
            assert!(
                fine,
                "{:?} holds {left} and lacks {debt}, after {step:?}",
                payment.id
            );
        }
    }
}

/// A name for what is rare enough to be asked for.
fn kind(change: &Change) -> Option<&'static str> {
    Some(match change {
        Change::DeploymentClosed { .. } => "deployment_closed",
        Change::GroupPaused { .. } => "group_paused",
        Change::GroupStarted { .. } => "group_started",
        Change::BidLost { .. } => "bid_lost",
        Change::BidClosed { .. } => "bid_closed",
        Change::LeaseCreated { .. } => "lease_created",
        Change::LeaseClosed {
            insufficient_funds: true,
            ..
        } => "lease_out_of_funds",
        Change::LeaseClosed { .. } => "lease_closed",
        Change::LeaseReclaimStarted { .. } => "lease_reclaim_started",
        Change::EscrowAccountStored { account } if account.state == EscrowState::Overdrawn => {
            "account_overdrawn"
        }
        Change::PaymentWithdrawn { .. } => "payment_withdrawn",
        Change::BurnMintSettled { record } => match &record.state {
            RecordState::Executed(done)
                if record.id.to_denom == Denom::UAKT && done.minted.is_some() =>
            {
                "akt_minted"
            }
            RecordState::Executed(_) => "burn_mint_executed",
            _ => "burn_mint_canceled",
        },
        Change::MintStatusChanged { .. } => "mint_status_changed",
        Change::VaultFunded { .. } => "vault_funded",
        Change::PriceStaled { .. } => "price_staled",
        Change::ProviderUpdated { .. } => "provider_updated",
        Change::CertificateRevoked { .. } => "certificate_revoked",
        Change::EpochEnded { .. } => "epoch_ended",
        Change::ParamsUpdated { .. } => "params_updated",
        _ => return None,
    })
}
