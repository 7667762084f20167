//! A market as busy as a real one, for benchmarks.
//!
//! Every deployment goes through the same life, in nineteen actions:
//!
//! | actions | how many |
//! |---|---|
//! | create the deployment | 1 |
//! | bids of four providers | 4 |
//! | lease | 1 |
//! | losing bids withdrawn by their providers (the chain releases only one of the three) | 2 |
//! | withdrawals of what the lease earned | 8 |
//! | top-up by the tenant | 1 |
//! | new version | 1 |
//! | close the deployment, which ends lease and payment and returns the deposits | 1 |
//!
//! All deployments are at different points of it, and each that closes is followed by a new one of its owner, so the
//! number of open ones stays the same while closed ones pile up, as on the chain. Deployments take turns in a shuffled
//! order, so that neighbours in time are strangers in memory. An action is a batch of its own, as in most transactions,
//! and has its own copies of the addresses, as if it had just been decoded. A block has 300 actions (50 a second for
//! six seconds) and begins with a price report; its actions are made right before it is measured, as a node decodes
//! them right before it does them.

use akash_market::action::{Action, Batch};
use akash_market::address::Address;
use akash_market::bid::ResourceOffer;
use akash_market::escrow::{AccountId, Deposit};
use akash_market::id::{BidId, DeploymentId, Height};
use akash_market::lease::CloseReason;
use akash_market::ledger::{Genesis, Ledger, Rules};
use akash_market::oracle::PairId;
use akash_market::params::Params;
use akash_market::provider::{Provider, ProviderInfo};
use akash_market::time::{Block, Timestamp};
use akash_sdl::attribute::Attribute;
use akash_sdl::group::{GroupSpec, PlacementRequirements, ResourceUnit};
use akash_sdl::num::{Coin, Dec, DecCoin, Denom};
use akash_sdl::resource::{Bytes, Cpu, Memory, MilliCpu, Resources, Storage};

/// Deployments of one owner.
const SHARE: usize = 10;
/// Providers in the market.
const PROVIDERS: usize = 100;
/// Actions of a deployment's life.
const LIFE: usize = 19;
/// Actions of a block, the price report not counted.
const BLOCK: usize = 300;

/// Why a market came to a halt.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What is to be done next, in order.
#[derive(Debug)]
pub(crate) enum Event {
    /// A block begins, with a price report.
    Begin(Block, Batch),
    /// A transaction of the block.
    Apply(Block, Batch),
    /// The block ends.
    End(Block),
}

/// A deployment's place in the market.
struct Slot {
    owner: usize,
    dseq: u64,
    /// The next action of its life.
    next: usize,
    /// Turns to pass before the first life begins.
    wait: usize,
}

/// The market and what its participants do next.
pub(crate) struct Market {
    /// The market.
    pub(crate) ledger: Ledger,
    slots: Vec<Slot>,
    /// In which order the slots take turns.
    order: Vec<usize>,
    turn: usize,
    next_dseq: u64,
    height: i64,
    block_size: usize,
    /// Actions of this block so far, the price report counted.
    in_block: usize,
    group: GroupSpec,
    price: DecCoin,
    funds: u128,
}

/// A sequence of numbers without a pattern (splitmix64), the same every time.
struct Noise(u64);

impl Noise {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % limit.max(1) as u64).unwrap_or(0)
    }
}

/// An address of its own allocation.
fn account(kind: u8, number: usize) -> Address {
    let mut bytes = [kind; 20];
    let scattered = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for (to, from) in bytes.iter_mut().zip(scattered.to_be_bytes()) {
        *to = from;
    }
    Address::bech32("akash", &bytes).unwrap_or_else(|_| Address::from_parts("nobody", &[]))
}

fn tenant(number: usize) -> Address {
    account(1, number)
}

fn provider(number: usize) -> Address {
    account(2, number % PROVIDERS)
}

fn source() -> Address {
    account(3, 0)
}

fn per_block(raw: i128) -> DecCoin {
    let amount = Dec::from_raw_i128(raw);
    DecCoin::new(Denom::UACT, amount).unwrap_or_else(|_| DecCoin::zero(Denom::UACT))
}

fn group() -> GroupSpec {
    GroupSpec {
        name: "dcloud".to_owned(),
        requirements: PlacementRequirements {
            attributes: vec![Attribute::new("host", "akash")],
            ..PlacementRequirements::default()
        },
        resources: vec![ResourceUnit {
            resources: Resources {
                id: 1,
                cpu: Cpu {
                    units: MilliCpu(500),
                    ..Cpu::default()
                },
                memory: Memory {
                    quantity: Bytes(512 << 20),
                    ..Memory::default()
                },
                storage: vec![Storage {
                    name: "default".to_owned(),
                    quantity: Bytes(1 << 30),
                    attributes: Vec::new(),
                }],
                ..Resources::default()
            },
            count: 1,
            price: per_block(1_000 * 10_i128.pow(18)),
        }],
    }
}

/// What a provider of the network says of itself.
fn attributes() -> Vec<Attribute> {
    let mut attributes: Vec<Attribute> = [
        ("organization", "example"),
        ("email", "ops@example.com"),
        ("tier", "community"),
        ("region", "us-west"),
        ("capabilities/storage/1/class", "default"),
        ("capabilities/storage/1/persistent", "false"),
        ("capabilities/storage/2/class", "beta3"),
        ("capabilities/storage/2/persistent", "true"),
        ("capabilities/gpu/vendor/nvidia/model/rtx4090", "true"),
        ("capabilities/gpu/vendor/nvidia/model/a100/ram/80Gi", "true"),
        ("feat-endpoint-ip", "true"),
        ("hardware-cpu", "amd"),
    ]
    .map(|(key, value)| Attribute::new(key, value))
    .to_vec();
    attributes.push(Attribute::new("host", "akash"));
    attributes
}

impl Market {
    /// A market with so many open deployments, evenly spread over their lives.
    ///
    /// # Errors
    /// Should an action be refused.
    pub(crate) fn new(entities: usize) -> Result<Self, Failure> {
        let mut params = Params::default();
        params.oracle.sources = vec![source()];
        let mut genesis = Genesis::default().rules(Rules::chain()).params(params);
        genesis.vault = vec![Coin::uakt(1 << 80)];
        for owner in (0..PROVIDERS).map(provider) {
            genesis = genesis
                .balance(owner.clone(), Coin::uact(1 << 60))
                .provider(Provider {
                    owner,
                    host_uri: "https://provider.example.com:8443".to_owned(),
                    attributes: attributes(),
                    info: ProviderInfo::default(),
                });
        }
        for owner in (0..entities.div_ceil(SHARE)).map(tenant) {
            genesis = genesis.balance(owner, Coin::uact(1 << 50));
        }
        let mut noise = Noise(1);
        let mut order: Vec<usize> = (0..entities).collect();
        for last in (1..entities).rev() {
            order.swap(last, noise.below(last + 1));
        }
        let slots = (0..entities).map(|n| Slot {
            owner: n / SHARE,
            dseq: 20_000_000 + n as u64,
            next: 0,
            wait: n % LIFE,
        });
        let block_size = BLOCK.min(entities / 2).max(1);
        let mut market = Self {
            ledger: Ledger::new(genesis)?,
            slots: slots.collect(),
            order,
            turn: 0,
            next_dseq: 20_000_000 + entities as u64,
            height: 0,
            block_size,
            in_block: 0,
            group: group(),
            price: per_block(100_500_000_000_000_000_000),
            // What a lease costs from its first block to its last, and something more.
            funds: 500_000 + 101 * (entities.div_ceil(block_size) * LIFE) as u128,
        };
        while market.turn < entities * LIFE || market.in_block > 0 {
            let event = market.next_event();
            event.happen(&mut market.ledger)?;
        }
        Ok(market)
    }

    /// What happens until the end of the block, in this order.
    pub(crate) fn block(&mut self) -> Vec<Event> {
        let mut events = Vec::with_capacity(self.block_size + 2);
        while !matches!(events.last(), Some(Event::End(_))) {
            events.push(self.next_event());
        }
        events
    }

    /// What happens next. The ledger must have seen all that was told before.
    fn next_event(&mut self) -> Event {
        if self.in_block > self.block_size {
            self.in_block = 0;
            return Event::End(block(self.height));
        }
        self.in_block += 1;
        if self.in_block == 1 {
            self.height += 1;
            return Event::Begin(block(self.height), self.report());
        }
        loop {
            let at = self.order.get(self.turn % self.order.len().max(1));
            let at = at.copied().unwrap_or(0);
            self.turn += 1;
            if let Some(action) = self.act(at) {
                return Event::Apply(block(self.height), Batch::from(action));
            }
        }
    }

    fn report(&self) -> Batch {
        Batch::from(Action::AddPrice {
            signer: source(),
            pair: PairId::akt_usd(),
            price: Dec::from_raw_i128(1_140_000_000_000_000_000),
            timestamp: block(self.height).time,
        })
    }

    /// The next action of a slot's deployment.
    fn act(&mut self, at: usize) -> Option<Action> {
        let slot = self.slots.get_mut(at)?;
        if slot.wait > 0 {
            slot.wait -= 1;
            return None;
        }
        let step = slot.next;
        slot.next = (step + 1) % LIFE;
        if step == LIFE - 1 {
            let closed = std::mem::replace(&mut slot.dseq, self.next_dseq);
            self.next_dseq += 1;
            let id = DeploymentId::new(tenant(slot.owner), closed);
            return Some(Action::CloseDeployment { id });
        }
        let id = DeploymentId::new(tenant(slot.owner), slot.dseq);
        let mut bidders = [0, 1, 2, 3].map(|n| provider(at + n * PROVIDERS / 4));
        // In the order of bids: the chain releases the first loser, and the last bidder wins.
        bidders.sort();
        let bid = |number: usize| -> Option<BidId> {
            Some(id.group(1).order(1).bid(bidders.get(number)?.clone()))
        };
        Some(match step {
            0 => Action::CreateDeployment {
                groups: vec![self.group.clone()],
                hash: vec![1; 32],
                deposit: Deposit::from_balance(Coin::uact(self.funds)),
                reclamation_min_window: None,
                id,
            },
            1..=4 => Action::CreateBid {
                id: bid(step - 1)?,
                price: self.price.clone(),
                deposit: Deposit::from_balance(Coin::uact(500_000)),
                resources_offer: [ResourceOffer {
                    resources: self.group.resources.first()?.resources.clone(),
                    count: 1,
                }]
                .into(),
                reclamation_window: None,
            },
            5 => Action::CreateLease { id: bid(3)? },
            6 | 7 => Action::CloseBid {
                id: bid(step - 5)?,
                reason: CloseReason::UNSPECIFIED,
            },
            12 => Action::Deposit {
                signer: id.owner.clone(),
                id: AccountId::Deployment(id),
                deposit: Deposit::from_balance(Coin::uact(500_000)),
            },
            13 => Action::UpdateDeployment {
                id,
                hash: vec![2; 32],
            },
            _ => Action::WithdrawLease {
                id: bid(3)?.lease(),
            },
        })
    }
}

impl Event {
    /// Tells the ledger.
    ///
    /// # Errors
    /// Should an action be refused.
    pub(crate) fn happen(&self, ledger: &mut Ledger) -> Result<(), Failure> {
        match self {
            Self::Begin(block, report) => {
                ledger.begin_block(*block);
                ledger.apply(*block, report)?;
            }
            Self::Apply(block, batch) => {
                ledger.apply(*block, batch)?;
            }
            Self::End(block) => {
                ledger.end_block(*block);
            }
        }
        Ok(())
    }

    /// How many actions it has.
    pub(crate) const fn actions(&self) -> usize {
        match self {
            Self::Begin(..) | Self::Apply(..) => 1,
            Self::End(_) => 0,
        }
    }
}

const fn block(height: i64) -> Block {
    Block {
        height: Height(height),
        time: Timestamp::from_secs(1_700_000_000 + 6 * height),
    }
}
