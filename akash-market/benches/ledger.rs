//! How fast a ledger is: a mixed market by its size, settlements, snapshots.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

#[path = "ledger/market.rs"]
mod market;

use divan::Bencher;
use divan::counter::ItemsCount;
use market::{Event, Market};
use std::cell::RefCell;

fn main() {
    divan::main();
}

/// Actions of a busy market, blocks included, by the number of open deployments.
#[divan::bench(args = [1_000, 10_000, 100_000, 1_000_000], sample_count = 20, sample_size = 1)]
fn mixed(bencher: Bencher<'_, '_>, deployments: usize) {
    const EVENTS: usize = 50_000;
    let market = RefCell::new(Market::new(deployments).unwrap());
    bencher
        .with_inputs(|| market.borrow_mut().events(EVENTS))
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

/// A thousand actions right after a copy was taken, which is kept: they copy what they change.
#[divan::bench(args = [1_000, 10_000, 100_000, 1_000_000], sample_count = 20, sample_size = 1)]
fn after_snapshot(bencher: Bencher<'_, '_>, deployments: usize) {
    const EVENTS: usize = 1_000;
    let market = RefCell::new(Market::new(deployments).unwrap());
    bencher
        .with_inputs(|| {
            let mut market = market.borrow_mut();
            (market.events(EVENTS), market.ledger.snapshot())
        })
        .counter(ItemsCount::new(EVENTS))
        .bench_local_refs(|(events, _)| {
            let ledger = &mut market.borrow_mut().ledger;
            for event in events {
                event.happen(ledger).unwrap();
            }
        });
}
