//! Bytes read as what several participants do to a market. Every text of bytes is a script, so that a shorter one, or one
//! with smaller bytes, is a simpler story.

use akash_market::action::{Action, Batch};
use akash_market::address::Address;
use akash_market::bid::{BidState, ResourceOffer};
use akash_market::bme::MintStatus;
use akash_market::deployment::DeploymentState;
use akash_market::escrow::{AccountId, Deposit, DepositSource};
use akash_market::grant::GrantScope;
use akash_market::id::{BidId, DeploymentId, GroupId, Height, LeaseId, OrderId};
use akash_market::lease::CloseReason;
use akash_market::ledger::{Fallback, Genesis, Ledger, Rules};
use akash_market::oracle::PairId;
use akash_market::order::OrderState;
use akash_market::params::{BmeParams, MarketParams, OracleParams, ParamsChange};
use akash_market::provider::{Provider, ProviderInfo};
use akash_market::query::{Entity, Filter, Page};
use akash_market::time::{Block, Nanos, Timestamp};
use akash_sdl::attribute::Attribute;
use akash_sdl::group::{GroupSpec, PlacementRequirements, ResourceUnit, SignedBy};
use akash_sdl::num::{Coin, Dec, DecCoin, Denom};
use akash_sdl::resource::{Bytes, Cpu, Gpu, Memory, MilliCpu, Resources, Storage};
use std::sync::Arc;

/// Tenants 1 to 3, providers 4 to 7 (the last is not registered at first), 8 audits and reports prices.
pub(crate) const TENANTS: u8 = 3;
const PROVIDERS: u8 = 4;
const AUDITOR: u8 = 8;
/// Numbers of which some are decimal prefixes of others.
const DSEQS: [u64; 4] = [1, 12, 2, 123];
const RICH: u128 = 1_000_000_000_000;

/// Something that happens.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// So many blocks end and begin.
    Blocks(u8),
    /// Heights pass in which nobody does anything.
    Skip(i64),
    /// The escrow is told another mint status and price, or the truth again.
    Pin(Option<Fallback>),
    /// Actions that stand or fall together.
    Do(Batch),
}

/// Reads bytes as small numbers; zeros follow the end.
pub(crate) struct Script<'b, 'l> {
    bytes: &'l mut std::slice::Iter<'b, u8>,
    ledger: &'l Ledger,
}

pub(crate) fn account(number: u8) -> Address {
    Address::bech32("akash", &[number.wrapping_mul(37); 20]).expect("a good prefix")
}

fn provider_account(number: u8) -> Address {
    account(TENANTS + 1 + number % PROVIDERS)
}

/// A market with rich participants, three registered providers, a price source and a filled vault.
pub(crate) fn market(rules: Rules) -> Ledger {
    let mut genesis = Genesis::default().rules(rules);
    for number in 1..=AUDITOR {
        for coin in [Coin::uact(RICH), Coin::uakt(RICH)] {
            genesis = genesis.balance(account(number), coin);
        }
    }
    for number in 0..PROVIDERS - 1 {
        genesis = genesis.provider(Provider {
            owner: provider_account(number),
            host_uri: "https://provider.example:8443".to_owned(),
            attributes: attributes(number),
            info: ProviderInfo::default(),
        });
    }
    // Enough to mint at some prices and not at others: 8 million ACT are out.
    genesis.vault = vec![Coin::uakt(8 * RICH)];
    genesis.params.oracle.sources = vec![account(AUDITOR)];
    genesis.params.market.order_max_bids = 2;
    Ledger::new(genesis).expect("a good genesis")
}

fn attributes(number: u8) -> Vec<Attribute> {
    let mut attributes = vec![Attribute::new(
        "region",
        if number.is_multiple_of(2) { "eu" } else { "us" },
    )];
    if number < 2 {
        let key = "capabilities/gpu/vendor/nvidia/model/h100";
        attributes.push(Attribute::new(key, "true"));
    }
    attributes
}

impl<'b, 'l> Script<'b, 'l> {
    /// Reads on, with an eye on the market: most actions are about objects that are there.
    pub(crate) fn new(bytes: &'l mut std::slice::Iter<'b, u8>, ledger: &'l Ledger) -> Self {
        Self { bytes, ledger }
    }

    fn byte(&mut self) -> u8 {
        self.bytes.next().copied().unwrap_or(0)
    }

    fn below(&mut self, limit: u8) -> u8 {
        self.byte() % limit.max(1)
    }

    fn flag(&mut self) -> bool {
        self.byte() & 1 == 1
    }

    fn wide(&mut self) -> u32 {
        u32::from_be_bytes([0, self.byte(), self.byte(), self.byte()])
    }

    fn tenant(&mut self) -> Address {
        account(1 + self.below(TENANTS))
    }

    fn provider(&mut self) -> Address {
        provider_account(self.below(PROVIDERS))
    }

    fn anybody(&mut self) -> Address {
        account(1 + self.below(AUDITOR))
    }

    /// Any number, often one of the few that collide.
    fn number(&mut self) -> DeploymentId {
        let owner = self.tenant();
        let byte = self.byte();
        let dseq = if byte < 128 {
            DSEQS[usize::from(byte) % DSEQS.len()]
        } else {
            u64::from(byte)
        };
        DeploymentId::new(owner, dseq)
    }

    /// One of those that are there, rarely none of them.
    fn pick<T>(&mut self, filter: &Filter, of: impl Fn(Entity) -> Option<T>) -> Option<T> {
        let byte = self.byte();
        if byte >= 248 {
            return None;
        }
        let page = Page {
            after: None,
            limit: u32::MAX,
        };
        let listing = self.ledger.list(filter, &page).expect("a first page");
        let mut items = listing.items;
        let at = usize::from(byte).checked_rem(items.len())?;
        of(items.swap_remove(at))
    }

    fn deployment(&mut self) -> DeploymentId {
        let state = (self.below(8) != 0).then_some(DeploymentState::Active);
        let filter = Filter::Deployments {
            owner: None,
            dseq: None,
            state,
        };
        let found = self.pick(&filter, |item| match item {
            Entity::Deployment { deployment, .. } => Some(deployment.id),
            _ => None,
        });
        found.unwrap_or_else(|| self.number())
    }

    fn order(&mut self) -> OrderId {
        let state = (self.below(8) != 0).then_some(OrderState::Open);
        let filter = Filter::Orders {
            owner: None,
            dseq: None,
            state,
        };
        let found = self.pick(&filter, |item| match item {
            Entity::Order(order) => Some(order.id),
            _ => None,
        });
        found.unwrap_or_else(|| self.number().group(1).order(1))
    }

    fn placed(&mut self, usual: BidState) -> BidId {
        let state = (self.below(8) != 0).then_some(usual);
        let filter = Filter::Bids {
            owner: None,
            dseq: None,
            provider: None,
            state,
        };
        let found = self.pick(&filter, |item| match item {
            Entity::Bid(bid) => Some(bid.id),
            _ => None,
        });
        found.unwrap_or_else(|| self.order().bid(provider_account(0)))
    }

    fn group(&mut self) -> GroupId {
        let gseq = 1 + u32::from(self.below(2));
        self.deployment().group(gseq)
    }

    fn lease(&mut self) -> LeaseId {
        self.placed(BidState::Active).lease()
    }

    fn denom(&mut self) -> Denom {
        if self.below(4) == 0 {
            Denom::UAKT
        } else {
            Denom::UACT
        }
    }

    fn sources(&mut self) -> Vec<DepositSource> {
        match self.below(8) {
            0..=5 => vec![DepositSource::Balance],
            6 => vec![DepositSource::Grant],
            _ => vec![DepositSource::Grant, DepositSource::Balance],
        }
    }

    fn deposit(&mut self, denom: Denom, least: u32) -> Deposit {
        let amount = if self.below(64) == 63 {
            1 << 63
        } else {
            u128::from(least) + u128::from(self.wide())
        };
        Deposit {
            amount: Coin::new(denom, amount),
            sources: self.sources(),
        }
    }

    /// In thousandths, so that fractions occur.
    fn price(&mut self) -> DecCoin {
        let thousandths = i64::from(self.wide()) * i64::from(1 + self.below(16)) + 1;
        let denom = if self.below(32) == 31 {
            Denom::UAKT
        } else {
            Denom::UACT
        };
        let amount = Dec::with_precision(thousandths, 3).expect("three decimals");
        DecCoin::new(denom, amount).expect("not negative")
    }

    fn spec(&mut self, name: u8) -> GroupSpec {
        let mut requirements = PlacementRequirements::default();
        match self.below(6) {
            4 => requirements.attributes = vec![Attribute::new("region", "eu")],
            5 => {
                requirements.signed_by = SignedBy {
                    all_of: vec![account(AUDITOR).to_string()],
                    any_of: Vec::new(),
                };
            }
            _ => {}
        }
        let gpu = if self.below(4) == 3 {
            let key = "vendor/nvidia/model/h100";
            Gpu {
                units: 1,
                attributes: vec![Attribute::new(key, "true")],
            }
        } else {
            Gpu::default()
        };
        let resources = Resources {
            id: 1,
            cpu: Cpu {
                units: MilliCpu(100 + u64::from(self.byte())),
                ..Cpu::default()
            },
            memory: Memory {
                quantity: Bytes(512 << 20),
                ..Memory::default()
            },
            storage: vec![Storage {
                name: "data".to_owned(),
                quantity: Bytes(1 << 30),
                attributes: if self.flag() {
                    vec![Attribute::new("persistent", "true")]
                } else {
                    Vec::new()
                },
            }],
            gpu,
            ..Resources::default()
        };
        GroupSpec {
            name: format!("g{name}"),
            requirements,
            resources: vec![ResourceUnit {
                resources,
                count: 1 + u32::from(self.below(3)),
                price: DecCoin::new(Denom::UACT, Dec::from_u64(300_000)).expect("not negative"),
            }],
        }
    }

    fn window(&mut self) -> Option<Nanos> {
        match self.below(8) {
            0..=4 => None,
            hours => Some(Nanos::from_secs(i64::from(hours - 4) * 3_600)),
        }
    }

    fn offer(&mut self) -> Arc<[ResourceOffer]> {
        let count = match self.below(8) {
            0..=5 => 0,
            6 => 1,
            _ => 2,
        };
        let offer = ResourceOffer {
            resources: Resources {
                id: 1,
                ..Resources::default()
            },
            count: 1,
        };
        vec![offer; count].into()
    }

    fn params(&mut self) -> ParamsChange {
        match self.below(3) {
            0 => ParamsChange::Market(MarketParams {
                order_max_bids: 1 + u32::from(self.below(4)),
                ..MarketParams::default()
            }),
            1 => ParamsChange::Bme(BmeParams {
                min_epoch_blocks: 1 + i64::from(self.below(12)),
                mint_spread_bps: u32::from(self.byte()),
                settle_spread_bps: u32::from(self.byte()),
                max_endblocker_records: u32::from(self.below(4)),
                max_pending_attempts: u32::from(self.below(4)),
                ..BmeParams::default()
            }),
            _ => ParamsChange::Oracle(OracleParams {
                sources: vec![account(AUDITOR)],
                twap_window: Nanos::from_secs(1 + i64::from(self.below(60))),
                max_price_staleness_period: Nanos::from_secs(1 + i64::from(self.byte())),
                ..OracleParams::default()
            }),
        }
    }

    fn action(&mut self, now: Timestamp) -> Action {
        match self.below(40) {
            0..=3 => {
                let id = self.number();
                let groups = 1 + self.below(2);
                Action::CreateDeployment {
                    id,
                    groups: (0..groups).map(|n| self.spec(n)).collect(),
                    hash: vec![self.byte(); 32],
                    deposit: self.deposit(Denom::UACT, 500_000),
                    reclamation_min_window: self.window(),
                }
            }
            4 => Action::UpdateDeployment {
                id: self.deployment(),
                hash: vec![self.byte(); 32],
            },
            5 => Action::CloseDeployment {
                id: self.deployment(),
            },
            6 => Action::CloseGroup { id: self.group() },
            7 => Action::PauseGroup { id: self.group() },
            8 | 9 => Action::StartGroup { id: self.group() },
            10..=16 => {
                let denom = self.denom();
                Action::CreateBid {
                    id: self.order().bid(self.provider()),
                    price: self.price(),
                    deposit: self.deposit(denom, 500_000),
                    resources_offer: self.offer(),
                    reclamation_window: self.window(),
                }
            }
            17 | 18 => Action::CloseBid {
                id: if self.flag() {
                    self.placed(BidState::Active)
                } else {
                    self.placed(BidState::Open)
                },
                reason: CloseReason(10_000 + i32::from(self.byte())),
            },
            19..=22 => Action::CreateLease {
                id: self.placed(BidState::Open),
            },
            23 | 24 => Action::CloseLease { id: self.lease() },
            25..=28 => Action::WithdrawLease { id: self.lease() },
            29 => Action::StartReclaim {
                id: self.lease(),
                reason: CloseReason(10_000 + i32::from(self.byte())),
            },
            30 | 31 => {
                let denom = self.denom();
                let id = if self.below(4) == 0 {
                    AccountId::Bid(self.placed(BidState::Open))
                } else {
                    AccountId::Deployment(self.deployment())
                };
                Action::Deposit {
                    signer: self.anybody(),
                    id,
                    deposit: self.deposit(denom, 1),
                }
            }
            32 => Action::GrantDeposit {
                granter: self.anybody(),
                grantee: self.anybody(),
                scopes: vec![if self.flag() {
                    GrantScope::Bid
                } else {
                    GrantScope::Deployment
                }],
                spend_limits: vec![Coin::new(self.denom(), 1 + u128::from(self.wide()))],
                expires: match self.below(3) {
                    0 => None,
                    n => Some(now.plus(Nanos::from_secs(i64::from(n) * 60))),
                },
            },
            33 => Action::RevokeDepositGrant {
                granter: self.anybody(),
                grantee: self.anybody(),
            },
            34 | 35 => {
                let owner = self.anybody();
                let (burn, mint) = if self.flag() {
                    (Denom::UAKT, Denom::UACT)
                } else {
                    (Denom::UACT, Denom::UAKT)
                };
                Action::BurnMint {
                    to: owner.clone(),
                    owner,
                    coins_to_burn: Coin::new(burn, u128::from(self.wide()) * 10),
                    denom_to_mint: mint,
                }
            }
            36 => Action::AddPrice {
                signer: account(AUDITOR),
                pair: PairId::akt_usd(),
                price: Dec::with_precision(1 + i64::from(self.byte()), 1).expect("one decimal"),
                timestamp: now,
            },
            37 => Action::Send {
                from: self.anybody(),
                to: self.anybody(),
                coins: vec![Coin::new(self.denom(), 1 + u128::from(self.wide()))],
            },
            38 => match self.below(6) {
                0 => Action::CreateProvider {
                    owner: self.provider(),
                    host_uri: "https://provider.example:8443".to_owned(),
                    attributes: attributes(self.below(4)),
                    info: ProviderInfo::default(),
                },
                1 => Action::UpdateProvider {
                    owner: self.provider(),
                    host_uri: "https://provider.example:8444".to_owned(),
                    attributes: attributes(self.below(4)),
                    info: ProviderInfo::default(),
                },
                2 => Action::SignAttributes {
                    owner: self.provider(),
                    auditor: account(AUDITOR),
                    attributes: attributes(self.below(4)),
                },
                3 => Action::DeleteAttributes {
                    owner: self.provider(),
                    auditor: account(AUDITOR),
                    keys: if self.flag() {
                        vec!["region".to_owned()]
                    } else {
                        Vec::new()
                    },
                },
                4 => Action::CreateCertificate {
                    owner: self.anybody(),
                    serial: self.below(3).to_string(),
                    cert: vec![1],
                    pubkey: vec![2],
                },
                _ => Action::RevokeCertificate {
                    owner: self.anybody(),
                    serial: self.below(3).to_string(),
                },
            },
            _ => match self.below(3) {
                0 => Action::UpdateParams {
                    authority: self.ledger.modules().gov.clone(),
                    params: Box::new(self.params()),
                },
                1 => Action::FundVault {
                    authority: self.ledger.modules().gov.clone(),
                    amount: Coin::uakt(1 + u128::from(self.wide())),
                    source: self.anybody(),
                },
                _ => Action::DeleteProvider {
                    owner: self.provider(),
                },
            },
        }
    }

    /// The next step; `None` at the end of the bytes.
    pub(crate) fn step(&mut self, now: Timestamp) -> Option<Step> {
        let kind = *self.bytes.next()?;
        Some(match kind % 32 {
            0..=4 => Step::Blocks(1 + self.below(4)),
            5 => Step::Blocks(1 + self.below(30)),
            6 => Step::Skip(i64::from(self.byte()) * 16),
            7 if kind < 128 => Step::Pin(match self.below(3) {
                0 => None,
                n => Some(Fallback {
                    status: if n == 1 {
                        MintStatus::HaltCr
                    } else {
                        MintStatus::Healthy
                    },
                    akt_price: Dec::with_precision(1 + i64::from(self.byte()), 2),
                }),
            }),
            // Most batches are of one action.
            8..=11 => {
                let count = 2 + self.below(3);
                let actions = (0..count).map(|_| self.action(now));
                Step::Do(Batch::new(actions.collect()))
            }
            _ => Step::Do(Batch::from(self.action(now))),
        })
    }
}

/// The block so many blocks after another, six seconds each.
pub(crate) fn after(block: Block, blocks: i64) -> Block {
    Block {
        height: Height(block.height.0 + blocks),
        time: block.time.plus(Nanos::from_secs(6 * blocks)),
    }
}
