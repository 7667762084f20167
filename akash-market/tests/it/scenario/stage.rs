//! What a scenario is played on: a bare ledger, or a network that takes signed transactions. Both make a block for each
//! submission.

use akash_market::action::{Action, Outcome};
use akash_market::address::Address;
use akash_market::bid::BidState;
use akash_market::bme::{MintStatus, RecordId, RecordState};
use akash_market::deployment::{DeploymentState, GroupState};
use akash_market::escrow::{
    AccountId, Deposit, DepositSource, EscrowAccount, EscrowPayment, PaymentId,
};
use akash_market::id::{BidId, DeploymentId, GroupId, LeaseId, OrderId};
use akash_market::lease::{CloseReason, Lease};
use akash_market::order::OrderState;
use akash_market::provider::ProviderInfo;
use akash_market::query::{Entity, Key};
use akash_market::time::{Block, Nanos};
use akash_sdl::attribute::Attribute;
use akash_sdl::group::{GroupSpec, PlacementRequirements, ResourceUnit};
use akash_sdl::num::{Coin, Dec, DecCoin, Denom};
use akash_sdl::resource::{Bytes, Cpu, Memory, MilliCpu, Resources, Storage};

/// Who takes part; each begins with [`RICH`] in uact and [`AKT`] in uakt. `oracle` reports the price.
pub(crate) const CAST: [&str; 7] = ["tenant", "tenant2", "auditor", "oracle", "p1", "p2", "p3"];
/// 100 ACT.
pub(crate) const RICH: u128 = 100_000_000;
/// 10,000 AKT.
pub(crate) const AKT: u128 = 10_000_000_000;
/// A million AKT: many times the ACT there is.
pub(crate) const VAULT: u128 = 1_000_000_000_000;

/// Why something was not done.
#[derive(Debug)]
pub(crate) struct Refused {
    /// Codespace and code, where the way there keeps them (a node's simulation does not).
    pub(crate) code: Option<(String, u32)>,
    pub(crate) words: String,
}

pub(crate) trait Stage {
    fn who(&self, name: &str) -> Address;
    fn gov(&self) -> Address;
    /// The newest block.
    fn now(&self) -> Block;
    /// Does actions together, in a block of their own.
    fn submit(&mut self, actions: Vec<Action>) -> Result<Vec<Outcome>, Refused>;
    /// Does what governance decided, between two blocks.
    fn govern(&mut self, action: Action);
    fn pass(&mut self, blocks: u32);
    /// Lets time pass before the next block.
    fn later(&mut self, time: Nanos);
    /// The AKT price reported in every block from now on.
    fn price(&mut self, price: Option<&str>);
    fn get(&self, key: Key) -> Option<Entity>;
}

/// What scenarios do and look at, on any stage.
pub(crate) trait Play: Stage {
    #[track_caller]
    fn act(&mut self, action: Action) -> Vec<Outcome> {
        self.submit(vec![action]).unwrap()
    }

    /// Does an action that is refused, with the chain's code (`undefined` 1 where the chain loses it) and words.
    #[track_caller]
    fn refused(&mut self, action: Action, code: (&str, u32), words: &str) {
        let refused = self.submit(vec![action]).unwrap_err();
        assert!(refused.words.contains(words), "{refused:?}");
        if let Some((codespace, number)) = &refused.code {
            assert_eq!((codespace.as_str(), *number), code, "{}", refused.words);
        }
    }

    /// Registers three providers without capabilities.
    fn providers(&mut self) {
        for name in ["p1", "p2", "p3"] {
            self.register(name, &[("region", "eu")]);
        }
    }

    fn register(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let owner = self.who(name);
        self.act(Action::CreateProvider {
            owner,
            host_uri: format!("https://{name}.example:8443"),
            attributes: attributes
                .iter()
                .map(|(k, v)| Attribute::new(*k, *v))
                .collect(),
            info: ProviderInfo::default(),
        });
    }

    fn id(&self, dseq: u64) -> DeploymentId {
        DeploymentId::new(self.who("tenant"), dseq)
    }

    /// Opens a deployment of the tenant with so many groups and a deposit in uact.
    fn open(&mut self, dseq: u64, groups: usize, deposit: u128) -> DeploymentId {
        let groups = (1..=groups).map(|n| group(&format!("g{n}"))).collect();
        self.open_groups(
            dseq,
            groups,
            Deposit::from_balance(Coin::uact(deposit)),
            None,
        )
    }

    fn open_groups(
        &mut self,
        dseq: u64,
        groups: Vec<GroupSpec>,
        deposit: Deposit,
        reclamation_min_window: Option<Nanos>,
    ) -> DeploymentId {
        let id = self.id(dseq);
        self.act(Action::CreateDeployment {
            id: id.clone(),
            groups,
            hash: vec![1; 32],
            deposit,
            reclamation_min_window,
        });
        id
    }

    /// A bid on the order of a group; its deposit is in uact, so that fees don't blur it.
    fn bid_on(&self, order: &OrderId, provider: &str, price: u64) -> (BidId, Action) {
        let id = order.bid(self.who(provider));
        let bid = Action::CreateBid {
            id: id.clone(),
            price: uact(price),
            deposit: Deposit::from_balance(Coin::uact(500_000)),
            resources_offer: [].into(),
            reclamation_window: None,
        };
        (id, bid)
    }

    #[track_caller]
    fn bid(&mut self, group: &GroupId, provider: &str, price: u64) -> BidId {
        let (id, bid) = self.bid_on(&group.order(1), provider, price);
        self.act(bid);
        id
    }

    #[track_caller]
    fn lease(&mut self, group: &GroupId, provider: &str, price: u64) -> LeaseId {
        let id = self.bid(group, provider, price);
        self.act(Action::CreateLease { id: id.clone() });
        id.lease()
    }

    fn add(&self, who: &str, id: &DeploymentId, coin: Coin) -> Action {
        Action::Deposit {
            signer: self.who(who),
            id: AccountId::Deployment(id.clone()),
            deposit: Deposit::from_balance(coin),
        }
    }

    fn mint(&self, who: &str, uakt: u128) -> Action {
        Action::BurnMint {
            owner: self.who(who),
            to: self.who(who),
            coins_to_burn: Coin::uakt(uakt),
            denom_to_mint: Denom::UACT,
        }
    }

    fn burn(&self, who: &str, uact: u128) -> Action {
        Action::BurnMint {
            owner: self.who(who),
            to: self.who(who),
            coins_to_burn: Coin::uact(uact),
            denom_to_mint: Denom::UAKT,
        }
    }

    /// Queues a request and gives its id.
    #[track_caller]
    fn queued(&mut self, action: Action) -> RecordId {
        match self.act(action).swap_remove(0) {
            Outcome::Queued { id } => id,
            other => panic!("{other:?}"),
        }
    }

    /// What an account gained since the beginning in uact.
    fn gain(&self, who: &str) -> i128 {
        let held = self.held(who, &Denom::UACT);
        i128::try_from(held).unwrap() - i128::try_from(RICH).unwrap()
    }

    fn held(&self, who: &str, denom: &Denom) -> u128 {
        let key = Key::Balance {
            owner: self.who(who),
            denom: denom.clone(),
        };
        match self.get(key) {
            Some(Entity::Balance(coin)) => coin.amount_u128().unwrap(),
            other => panic!("{other:?}"),
        }
    }

    fn deployment(&self, id: &DeploymentId) -> DeploymentState {
        match self.get(Key::Deployment(id.clone())) {
            Some(Entity::Deployment { deployment, .. }) => deployment.state,
            other => panic!("{other:?}"),
        }
    }

    fn group(&self, id: &GroupId) -> GroupState {
        match self.get(Key::Group(id.clone())) {
            Some(Entity::Group(group)) => group.state,
            other => panic!("{other:?}"),
        }
    }

    fn order(&self, id: &OrderId) -> Option<OrderState> {
        match self.get(Key::Order(id.clone())) {
            Some(Entity::Order(order)) => Some(order.state),
            None => None,
            other => panic!("{other:?}"),
        }
    }

    fn bid_state(&self, id: &BidId) -> BidState {
        match self.get(Key::Bid(id.clone())) {
            Some(Entity::Bid(bid)) => bid.state,
            other => panic!("{other:?}"),
        }
    }

    fn lease_of(&self, id: &LeaseId) -> Lease {
        match self.get(Key::Lease(id.clone())) {
            Some(Entity::Lease(lease)) => lease,
            other => panic!("{other:?}"),
        }
    }

    fn account(&self, id: &DeploymentId) -> EscrowAccount {
        match self.get(Key::EscrowAccount(AccountId::Deployment(id.clone()))) {
            Some(Entity::EscrowAccount(account)) => account,
            other => panic!("{other:?}"),
        }
    }

    fn payment(&self, lease: &LeaseId) -> EscrowPayment {
        match self.get(Key::EscrowPayment(PaymentId(lease.clone()))) {
            Some(Entity::EscrowPayment(payment)) => payment,
            other => panic!("{other:?}"),
        }
    }

    fn record(&self, id: &RecordId) -> RecordState {
        match self.get(Key::BurnMint(id.clone())) {
            Some(Entity::BurnMint(record)) => record.state,
            other => panic!("{other:?}"),
        }
    }

    /// The mint status; `None` while it can't be computed.
    fn minting(&self) -> Option<MintStatus> {
        match self.get(Key::BmeStatus) {
            Some(Entity::BmeStatus(status)) => Some(status.status),
            None => None,
            other => panic!("{other:?}"),
        }
    }
}

impl<S: Stage + ?Sized> Play for S {}

pub(crate) fn uact(amount: u64) -> DecCoin {
    DecCoin::new(Denom::UACT, Dec::from_u64(amount)).unwrap()
}

/// One small container that pays up to 1 ACT a block.
pub(crate) fn group(name: &str) -> GroupSpec {
    GroupSpec {
        name: name.to_owned(),
        requirements: PlacementRequirements::default(),
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
                storage: vec![Storage {
                    name: "default".to_owned(),
                    quantity: Bytes(1 << 30),
                    ..Storage::default()
                }],
                ..Resources::default()
            },
            count: 1,
            price: uact(1_000_000),
        }],
    }
}

pub(crate) fn close_bid(id: &BidId) -> Action {
    Action::CloseBid {
        id: id.clone(),
        reason: CloseReason::UNSPECIFIED,
    }
}

pub(crate) fn withdraw(id: &LeaseId) -> Action {
    Action::WithdrawLease { id: id.clone() }
}

pub(crate) fn from_grant(amount: u128) -> Deposit {
    Deposit {
        amount: Coin::uact(amount),
        sources: vec![DepositSource::Grant],
    }
}
