//! How fast a ledger is: a mixed market by its size, settlements, snapshots.
//!
//! Mixed market, on one core of a 2-core cloud machine that did other work at the same time, actions per CPU-second:
//!
//! | open deployments | best round | mean |
//! |---|---|---|
//! | 1,000 | 713,000 | 518,000 |
//! | 10,000 | 542,000 | 442,000 |
//! | 100,000 | 504,000 | 362,000 |
//! | 1,000,000 | 484,000 | 262,000 |
//!
//! Where the time goes, as callgrind counts it at 2,000: 6,900 instructions an action, of them settlement 14 %, memory taken
//! and given back 12 %, the commit with what it drops 11 %, transfers between accounts 10 %, making sure that no copy is
//! shared before a change 9 %, copies of escrow accounts that stand in for those being changed 7 %, finding folios and
//! bids' pages 6 %, changes dropped 6 %, runs of the index of bids by provider 3 %. Of the time, as sampled at 10,000, much
//! more goes to the first look at what is far away in memory: finding the folio alone takes 15 %.
//!
//! A settlement of one payment takes 0.5 µs, of 100 payments 30 µs; 1,000,000 open leases are settled in 1.1 s. A snapshot
//! takes 1.2 µs at 1,000 deployments, 3.6 µs at 10,000 and 30 µs at 100,000.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

#[path = "ledger/market.rs"]
mod market;

use akash_market::address::Address;
use akash_market::escrow::{AccountId, Deposit, PaymentId};
use akash_market::id::{DeploymentId, Height};
use akash_market::ledger::{EscrowOperation, Genesis, Ledger};
use akash_market::time::{Block, Timestamp};
use akash_sdl::num::Coin;
use divan::Bencher;
use divan::counter::ItemsCount;
use market::{Event, Market};
use std::cell::RefCell;

fn main() {
    divan::main();
}

/// One block of a busy market, by the number of open deployments.
#[divan::bench(args = [1_000, 10_000, 100_000, 1_000_000], sample_count = 1_000, sample_size = 1)]
fn mixed(bencher: Bencher<'_, '_>, deployments: usize) {
    let market = RefCell::new(Market::new(deployments).unwrap());
    bencher
        .with_inputs(|| market.borrow_mut().block())
        .input_counter(|events| ItemsCount::new(events.iter().map(Event::actions).sum::<usize>()))
        .bench_local_refs(|events| {
            let ledger = &mut market.borrow_mut().ledger;
            for event in events {
                event.happen(ledger).unwrap();
            }
        });
}

/// A copy of the whole ledger, by the number of open deployments.
#[divan::bench(args = [1_000, 10_000, 100_000, 1_000_000], sample_count = 20)]
fn snapshot(bencher: Bencher<'_, '_>, deployments: usize) {
    let market = Market::new(deployments).unwrap();
    bencher.bench_local(|| market.ledger.snapshot());
}

/// A block right after a copy was taken, which is kept: its actions copy what they change.
#[divan::bench(args = [1_000, 10_000, 100_000, 1_000_000], sample_count = 20, sample_size = 1)]
fn after_snapshot(bencher: Bencher<'_, '_>, deployments: usize) {
    let market = RefCell::new(Market::new(deployments).unwrap());
    bencher
        .with_inputs(|| {
            let mut market = market.borrow_mut();
            (market.block(), market.ledger.snapshot())
        })
        .input_counter(|(events, _)| {
            ItemsCount::new(events.iter().map(Event::actions).sum::<usize>())
        })
        .bench_local_refs(|(events, _)| {
            let ledger = &mut market.borrow_mut().ledger;
            for event in events {
                event.happen(ledger).unwrap();
            }
        });
}

/// So many escrow accounts with so many payments each.
fn escrow(accounts: u64, payments: u32) -> Ledger {
    let owner = Address::bech32("akash", &[1; 20]).unwrap();
    let funds = Coin::uact(1 << 40);
    let genesis = Genesis::default().balance(owner.clone(), Coin::uact(1 << 62));
    let mut ledger = Ledger::new(genesis).unwrap();
    for dseq in 1..=accounts {
        let id = DeploymentId::new(owner.clone(), 20_000_000 + dseq);
        let create = EscrowOperation::Create {
            id: AccountId::Deployment(id.clone()),
            owner: owner.clone(),
            deposit: Some(Deposit::from_balance(funds.clone())),
        };
        ledger.escrow(block(1), &create).unwrap();
        for gseq in 1..=payments {
            let provider = Address::bech32("akash", &[2; 20]).unwrap();
            let lease = id.group(gseq).order(1).bid(provider.clone()).lease();
            let create = EscrowOperation::CreatePayment {
                id: PaymentId(lease),
                owner: provider,
                rate: "100.5uact".parse().unwrap(),
            };
            ledger.escrow(block(1), &create).unwrap();
        }
    }
    ledger
}

fn block(height: i64) -> Block {
    Block {
        height: Height(height),
        time: Timestamp::from_secs(1_700_000_000 + 6 * height),
    }
}

fn settle(dseq: u64) -> EscrowOperation {
    let owner = Address::bech32("akash", &[1; 20]).unwrap();
    EscrowOperation::Settle {
        id: AccountId::Deployment(DeploymentId::new(owner, 20_000_000 + dseq)),
    }
}

/// One account, by the number of its payments.
#[divan::bench(args = [1, 100])]
fn settlement(bencher: Bencher<'_, '_>, payments: u32) {
    let mut ledger = escrow(1, payments);
    let operation = settle(1);
    let mut height = 1;
    bencher.bench_local(|| {
        height += 1;
        ledger.escrow(block(height), &operation).unwrap()
    });
}

/// All accounts of a market once, with one open payment each.
#[divan::bench(args = [1_000, 1_000_000], sample_count = 3, sample_size = 1)]
fn open_leases(bencher: Bencher<'_, '_>, leases: u64) {
    let mut ledger = escrow(leases, 1);
    let operations: Vec<EscrowOperation> = (1..=leases).map(settle).collect();
    let mut height = 1;
    bencher.counter(ItemsCount::new(leases)).bench_local(|| {
        height += 1;
        for operation in &operations {
            ledger.escrow(block(height), operation).unwrap();
        }
    });
}
