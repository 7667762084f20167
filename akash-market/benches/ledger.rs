//! How fast a ledger does mixed actions, by the number of deployments it holds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use akash_market::action::{Action, Batch};
use akash_market::address::Address;
use akash_market::escrow::{AccountId, Deposit};
use akash_market::id::{DeploymentId, Height, LeaseId};
use akash_market::ledger::{Genesis, Ledger, Rules};
use akash_market::provider::{Provider, ProviderInfo};
use akash_market::time::{Block, Timestamp};
use akash_sdl::attribute::Attribute;
use akash_sdl::group::{GroupSpec, PlacementRequirements, ResourceUnit};
use akash_sdl::num::{Coin, DecCoin};
use akash_sdl::resource::{Bytes, Cpu, Memory, MilliCpu, Resources};
use divan::Bencher;
use divan::counter::ItemsCount;

fn main() {
    divan::main();
}

/// Deployments of one owner.
const SHARE: usize = 100;
const PROVIDERS: usize = 100;

fn account(kind: u8, number: usize) -> Address {
    let mut bytes = [kind; 20];
    let number = number as u64;
    bytes[..8].copy_from_slice(&number.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    Address::bech32("akash", &bytes).unwrap()
}

fn group() -> GroupSpec {
    GroupSpec {
        name: "web".to_owned(),
        requirements: PlacementRequirements {
            attributes: vec![Attribute::new("region", "us-west")],
            ..PlacementRequirements::default()
        },
        resources: vec![ResourceUnit {
            resources: Resources {
                id: 1,
                cpu: Cpu {
                    units: MilliCpu(100),
                    ..Cpu::default()
                },
                memory: Memory {
                    quantity: Bytes(512 << 20),
                    ..Memory::default()
                },
                ..Resources::default()
            },
            count: 1,
            price: price("100000"),
        }],
    }
}

fn price(text: &str) -> DecCoin {
    DecCoin::new(akash_sdl::num::Denom::UACT, text.parse().unwrap()).unwrap()
}

/// Deployments that each go the same way again and again: bid, lease, withdrawal, deposit, end of the lease.
struct Market {
    ledger: Ledger,
    deployments: Vec<DeploymentId>,
    providers: Vec<Address>,
    /// Actions made so far; every deployment is met in turn.
    turn: usize,
}

impl Market {
    fn new(deployments: usize) -> Self {
        let mut genesis = Genesis::default().rules(Rules::chain());
        let providers: Vec<Address> = (0..PROVIDERS).map(|n| account(2, n)).collect();
        for owner in &providers {
            genesis = genesis
                .balance(owner.clone(), Coin::uact(1 << 60))
                .provider(Provider {
                    owner: owner.clone(),
                    host_uri: "https://example.com:8443".to_owned(),
                    attributes: vec![Attribute::new("region", "us-west")],
                    info: ProviderInfo::default(),
                });
        }
        let owners = deployments.div_ceil(SHARE);
        for owner in 0..owners {
            genesis = genesis.balance(account(1, owner), Coin::uact(1 << 60));
        }
        let mut ledger = Ledger::new(genesis).unwrap();
        let deployments: Vec<DeploymentId> = (0..deployments)
            .map(|n| DeploymentId::new(account(1, n / SHARE), 100_000 + n as u64))
            .collect();
        for id in &deployments {
            let create = Action::CreateDeployment {
                id: id.clone(),
                groups: vec![group()],
                hash: vec![1; 32],
                deposit: Deposit::from_balance(Coin::uact(500_000)),
                reclamation_min_window: None,
            };
            ledger.apply(block(1), &Batch::from(create)).unwrap();
        }
        Self {
            ledger,
            deployments,
            providers,
            turn: 0,
        }
    }

    fn next_action(&mut self) -> (Block, Action) {
        let count = self.deployments.len();
        let (round, index) = (self.turn / count, self.turn % count);
        self.turn += 1;
        let id = &self.deployments[index];
        let provider = &self.providers[index % PROVIDERS];
        let oseq = u32::try_from(round / 5 + 1).unwrap();
        let bid = id.group(1).order(oseq).bid(provider.clone());
        let action = match round % 5 {
            0 => Action::CreateBid {
                id: bid,
                price: price("90000.5"),
                deposit: Deposit::from_balance(Coin::uact(500_000)),
                resources_offer: Vec::new(),
                reclamation_window: None,
            },
            1 => Action::CreateLease { id: bid },
            2 => Action::WithdrawLease { id: LeaseId(bid) },
            3 => Action::Deposit {
                signer: id.owner.clone(),
                id: AccountId::Deployment(id.clone()),
                // What the lease costs in its three blocks, so that deposits don't pile up.
                deposit: Deposit::from_balance(Coin::uact(270_001)),
            },
            _ => Action::CloseLease { id: LeaseId(bid) },
        };
        (block(i64::try_from(round + 2).unwrap()), action)
    }
}

fn block(height: i64) -> Block {
    Block {
        height: Height(height),
        time: Timestamp::from_secs(1_700_000_000 + 6 * height),
    }
}

/// One action a batch; the actions are made beforehand.
#[divan::bench(args = [100, 1_000, 10_000], sample_count = 20, sample_size = 1)]
fn mixed(bencher: Bencher<'_, '_>, deployments: usize) {
    const ACTIONS: usize = 50_000;
    let market = std::cell::RefCell::new(Market::new(deployments));
    bencher
        .counter(ItemsCount::new(ACTIONS))
        .with_inputs(|| -> Vec<(Block, Batch)> {
            let mut market = market.borrow_mut();
            (0..ACTIONS)
                .map(|_| {
                    let (block, action) = market.next_action();
                    (block, Batch::from(action))
                })
                .collect()
        })
        .bench_local_values(|batches| {
            let ledger = &mut market.borrow_mut().ledger;
            for (block, batch) in &batches {
                ledger.apply(*block, batch).unwrap();
            }
        });
}

/// Each kind of action by itself, with 10,000 deployments.
#[divan::bench(args = ["bid", "lease", "withdraw", "deposit", "close"], sample_count = 4, sample_size = 1)]
fn single(bencher: Bencher<'_, '_>, kind: &str) {
    const COUNT: usize = 10_000;
    let kinds = ["bid", "lease", "withdraw", "deposit", "close"];
    let wanted = kinds.iter().position(|k| *k == kind).unwrap();
    let market = std::cell::RefCell::new(Market::new(COUNT));
    bencher
        .counter(ItemsCount::new(COUNT))
        .with_inputs(|| -> Vec<(Block, Batch)> {
            let mut market = market.borrow_mut();
            while market.turn / COUNT % 5 != wanted {
                let (block, action) = market.next_action();
                market.ledger.apply(block, &Batch::from(action)).unwrap();
            }
            (0..COUNT)
                .map(|_| {
                    let (block, action) = market.next_action();
                    (block, Batch::from(action))
                })
                .collect()
        })
        .bench_local_values(|batches| {
            let ledger = &mut market.borrow_mut().ledger;
            for (block, batch) in &batches {
                ledger.apply(*block, batch).unwrap();
            }
        });
}
