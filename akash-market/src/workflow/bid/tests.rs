//! Walks the machine with hand-made inputs.

use super::*;
use crate::bid::Bid as PlacedBid;
use crate::deployment::{Deployment, DeploymentState};
use crate::id::{BidId, Height};
use crate::inventory::screening::{Check, Screener};
use crate::inventory::{Amount, Cluster, ClusterInventory, Inventory, Node};
use crate::lease::Lease;
use crate::pricing::{Rate, Rates, Scale};
use crate::query::Entity;
use crate::workflow::{Refusal, Settled};
use akash_sdl::attribute::Attribute;
use akash_sdl::group::{GroupSpec, ResourceUnit};
use akash_sdl::resource::{Bytes, Cpu, Memory, MilliCpu, Resources, Storage};
use std::sync::Arc;

const A: &str = "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0";

/// Whether a reason is the expected one.
type Expected = fn(&Decline) -> bool;

struct Shop {
    screener: Screener,
    inventory: ClusterInventory,
    pricing: Scale,
    machine: Bid,
}

fn shop() -> Shop {
    let node = Node {
        name: "n1".to_owned(),
        cpu: Amount::free(1500),
        memory: Amount::free(8 << 30),
        ephemeral: Amount::free(8 << 30),
        ..Node::default()
    };
    let rates = Rates {
        cpu: "0.01".parse().unwrap(),
        storage: [("ephemeral".to_owned(), Rate::ZERO)].into(),
        ..Rates::default()
    };
    let plan = BidPlan {
        deposit: Some(Deposit::from_balance(Coin::uakt(500_000))),
        withdraw_every: Some(10),
        ..BidPlan::new(A.parse().unwrap())
    };
    Shop {
        screener: Screener::new([Attribute::new("region", "us-west")], []),
        inventory: ClusterInventory::new(Cluster {
            nodes: vec![node],
            pools: Vec::new(),
        }),
        pricing: Scale::new(rates).unwrap(),
        machine: Bid::new(plan),
    }
}

fn order(dseq: u64, milli: u64, limit: &str) -> Order {
    let resources = Resources {
        id: 1,
        cpu: Cpu {
            units: MilliCpu(milli),
            ..Cpu::default()
        },
        memory: Memory {
            quantity: Bytes(1 << 30),
            ..Memory::default()
        },
        storage: vec![Storage {
            name: "default".to_owned(),
            quantity: Bytes(1 << 30),
            ..Storage::default()
        }],
        ..Resources::default()
    };
    let unit = ResourceUnit {
        resources,
        count: 1,
        price: limit.parse().unwrap(),
    };
    let spec = GroupSpec {
        name: "g".to_owned(),
        requirements: Default::default(),
        resources: vec![unit],
    };
    Order {
        id: DeploymentId::new(A.parse().unwrap(), dseq)
            .group(1)
            .order(1),
        state: OrderState::Open,
        spec: Arc::new(spec),
        created_at: Height(1),
        reclamation_min_window: None,
    }
}

fn block(height: i64) -> Block {
    Block {
        height: Height(height),
        ..Block::default()
    }
}

impl Shop {
    fn step(&mut self, input: Input) -> Effects {
        let mut desk = Desk {
            screener: &self.screener,
            inventory: &mut self.inventory,
            pricing: &self.pricing,
        };
        // Its state survives being stored at any time.
        let stored = serde_json::to_string(&self.machine).unwrap();
        self.machine = serde_json::from_str(&stored).unwrap();
        self.machine.step(input, &mut desk)
    }

    fn auction(&mut self, orders: &[Order]) -> Effects {
        self.step(Input::Listed {
            filter: Filter::Orders {
                owner: None,
                dseq: None,
                state: Some(OrderState::Open),
            },
            items: orders.iter().cloned().map(Entity::Order).collect(),
        })
    }

    fn deployment(&mut self, order: &Order, state: DeploymentState) -> Effects {
        let id = order.id.group.deployment.clone();
        let deployment = Deployment {
            id: id.clone(),
            state,
            hash: vec![0; 32],
            created_at: Height(1),
            reclamation_min_window: None,
        };
        self.read(
            Key::Deployment(id),
            Some(Entity::Deployment {
                deployment,
                groups: Vec::new(),
            }),
        )
    }

    fn read(&mut self, key: Key, entity: Option<Entity>) -> Effects {
        self.step(Input::Read {
            key,
            entity: entity.map(Box::new),
        })
    }

    fn read_bid(&mut self, order: &Order, state: BidState) -> Effects {
        let id = bid_of(order);
        let bid = PlacedBid {
            id: id.clone(),
            state,
            price: "10uact".parse().unwrap(),
            created_at: Height(2),
            resources_offer: Arc::from([]),
            reclamation_window: None,
        };
        self.read(Key::Bid(id), Some(Entity::Bid(bid)))
    }

    fn read_order(&mut self, order: &Order, state: OrderState) -> Effects {
        let order = Order {
            state,
            ..order.clone()
        };
        self.read(Key::Order(order.id.clone()), Some(Entity::Order(order)))
    }

    fn read_lease(&mut self, order: &Order, state: LeaseState) -> Effects {
        let id = bid_of(order).lease();
        let lease = Lease {
            id: id.clone(),
            state,
            price: "10uact".parse().unwrap(),
            created_at: Height(3),
            closed_on: Height(0),
            reason: CloseReason::OWNER,
            reclamation: None,
        };
        self.read(Key::Lease(id), Some(Entity::Lease(lease)))
    }

    fn done(&mut self, intent: Intent, height: i64) -> Effects {
        let settled = Settled::Done {
            block: block(height),
            outcomes: Vec::new(),
        };
        self.step(Input::Settled { intent, settled })
    }

    fn holds(&self, order: &Order) -> bool {
        self.inventory.reservation(&order.id).is_some()
    }

    /// A shop whose bid on the order stands since height 2.
    fn placed(order: &Order) -> Self {
        let mut shop = shop();
        shop.step(Input::Start);
        shop.step(Input::Block(block(1)));
        shop.auction(std::slice::from_ref(order));
        let effects = shop.deployment(order, DeploymentState::Active);
        let (intent, action) = submitted(&effects);
        assert!(matches!(action, Action::CreateBid { .. }), "{action:?}");
        let effects = shop.done(intent, 2);
        assert!(matches!(
            effects.as_slice(),
            [Effect::Report(BidStep::Bid { .. })]
        ));
        assert!(shop.holds(order));
        shop
    }

    /// A shop that has won the order at height 3.
    fn won(order: &Order) -> Self {
        let mut shop = Self::placed(order);
        shop.step(Input::Block(block(3)));
        assert_eq!(
            shop.auction(&[]),
            vec![Effect::Read(Key::Bid(bid_of(order)))]
        );
        let effects = shop.read_bid(order, BidState::Active);
        assert!(matches!(
            effects.as_slice(),
            [Effect::Report(BidStep::Won { .. })]
        ));
        assert_eq!(shop.machine.leases().count(), 1);
        shop
    }
}

fn bid_of(order: &Order) -> BidId {
    order.id.bid(A.parse().unwrap())
}

fn submitted(effects: &Effects) -> (Intent, Action) {
    let mut found = effects.iter().filter_map(|effect| match effect {
        Effect::Submit { intent, batch } => Some((*intent, batch.actions.clone())),
        _ => None,
    });
    let (intent, actions) = found.next().expect("a transaction");
    assert!(found.next().is_none());
    let [action] = actions.as_slice() else {
        panic!("one action")
    };
    (intent, action.clone())
}

fn declined(effects: &Effects) -> &Decline {
    match effects.as_slice() {
        [Effect::Report(BidStep::Declined { reason, .. })] => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_reason_not_to_bid_is_told_once_and_holds_nothing() {
    let fine = order(1, 1000, "100uact");
    let mut placed_elsewhere = fine.clone();
    let mut spec = (*placed_elsewhere.spec).clone();
    spec.requirements.attributes = vec![Attribute::new("region", "eu")];
    placed_elsewhere.spec = Arc::new(spec);
    let reclaiming = Order {
        reclamation_min_window: Some(Nanos::from_secs(3600)),
        ..fine.clone()
    };
    let cases: [(Order, DeploymentState, Expected); 5] = [
        (
            placed_elsewhere,
            DeploymentState::Active,
            |d| matches!(d, Decline::Screening { check: Check::Placement, reasons } if reasons.len() == 1),
        ),
        (reclaiming, DeploymentState::Active, |d| {
            matches!(d, Decline::Reclamation { offered: None, .. })
        }),
        (
            order(1, 2000, "100uact"),
            DeploymentState::Active,
            |d| matches!(d, Decline::NoRoom { nodes, .. } if nodes.len() == 1),
        ),
        (
            order(1, 1000, "9uact"),
            DeploymentState::Active,
            |d| matches!(d, Decline::TooDear { price, .. } if *price == "10uact".parse().unwrap()),
        ),
        (fine, DeploymentState::Closed, |d| {
            matches!(d, Decline::NotActive)
        }),
    ];
    for (order, state, is_expected) in cases {
        let mut shop = shop();
        shop.step(Input::Start);
        shop.auction(std::slice::from_ref(&order));
        let effects = shop.deployment(&order, state);
        let reason = declined(&effects);
        assert!(is_expected(reason), "{reason:?}");
        assert!(!reason.to_string().is_empty());
        assert!(!shop.holds(&order));
        // Not looked at again while it is open.
        assert_eq!(shop.auction(std::slice::from_ref(&order)), Vec::new());
    }
}

#[test]
fn a_winner_keeps_its_resources_until_the_lease_ends() {
    let order = order(1, 1000, "100uact");
    let mut shop = Shop::won(&order);
    assert!(shop.holds(&order));
    assert_eq!(shop.read_lease(&order, LeaseState::Active), Vec::new());
    let effects = shop.read_lease(&order, LeaseState::Closed);
    assert!(matches!(
        effects.as_slice(),
        [Effect::Report(BidStep::LeaseEnded { .. })]
    ));
    assert!(!shop.holds(&order));
}

#[test]
fn a_refunded_loser_closes_nothing() {
    let order = order(1, 1000, "100uact");
    let mut shop = Shop::placed(&order);
    shop.step(Input::Block(block(3)));
    shop.auction(&[]);
    let effects = shop.read_bid(&order, BidState::Lost);
    assert!(matches!(
        effects.as_slice(),
        [Effect::Report(BidStep::Lost { stuck: false, .. })]
    ));
    assert!(!shop.holds(&order));
}

#[test]
fn a_stuck_bid_is_closed_only_after_a_second_look() {
    let order = order(1, 1000, "100uact");
    let mut shop = Shop::placed(&order);
    shop.step(Input::Block(block(3)));
    shop.auction(&[]);
    let effects = shop.read_bid(&order, BidState::Open);
    assert_eq!(effects, vec![Effect::Read(Key::Order(order.id.clone()))]);
    assert_eq!(shop.read_order(&order, OrderState::Active), Vec::new());
    let mut late_winner = Shop {
        screener: shop.screener.clone(),
        inventory: shop.inventory.clone(),
        pricing: shop.pricing.clone(),
        machine: shop.machine.clone(),
    };
    let effects = shop.step(Input::Block(block(4)));
    assert!(effects.contains(&Effect::Read(Key::Bid(bid_of(&order)))));
    let effects = shop.read_bid(&order, BidState::Open);
    assert!(matches!(
        effects.first(),
        Some(Effect::Report(BidStep::Lost { stuck: true, .. }))
    ));
    let (intent, action) = submitted(&effects);
    assert!(matches!(action, Action::CloseBid { .. }));
    assert!(!shop.holds(&order));
    let effects = shop.done(intent, 5);
    assert!(matches!(
        effects.as_slice(),
        [Effect::Report(BidStep::Closed {
            why: Withdrawal::Stuck,
            ..
        })]
    ));
    // The lease may have been made between the two reads: then nothing is closed.
    late_winner.step(Input::Block(block(4)));
    let effects = late_winner.read_bid(&order, BidState::Active);
    assert!(matches!(
        effects.as_slice(),
        [Effect::Report(BidStep::Won { .. })]
    ));
    assert!(late_winner.holds(&order));
}

#[test]
fn a_second_settlement_in_one_block_is_tried_again() {
    let order = order(1, 1000, "100uact");
    let mut shop = Shop::won(&order);
    shop.step(Input::Block(block(13)));
    let (intent, action) = submitted(&shop.read_lease(&order, LeaseState::Active));
    assert!(matches!(action, Action::WithdrawLease { .. }));
    // One at a time.
    assert_eq!(shop.read_lease(&order, LeaseState::Active), Vec::new());
    let refusal = Refusal {
        codespace: "undefined".to_owned(),
        code: 111_222,
        log: "recovered: couldn't find payment".to_owned(),
    };
    let settled = Settled::Refused(refusal);
    let effects = shop.step(Input::Settled { intent, settled });
    assert!(matches!(
        effects.as_slice(),
        [Effect::Report(BidStep::WithdrawalPostponed { .. })]
    ));
    shop.step(Input::Block(block(15)));
    let (again, _) = submitted(&shop.read_lease(&order, LeaseState::Active));
    assert_ne!(again, intent);
    let payment = PaymentId(bid_of(&order).lease());
    let effects = shop.done(again, 16);
    assert_eq!(effects, vec![Effect::Read(Key::EscrowPayment(payment))]);
    // The next one is due ten blocks later.
    shop.step(Input::Block(block(25)));
    assert_eq!(shop.read_lease(&order, LeaseState::Active), Vec::new());
    shop.step(Input::Block(block(26)));
    submitted(&shop.read_lease(&order, LeaseState::Active));
}

#[test]
fn after_a_restart_the_same_transaction_is_wanted_and_room_is_taken_again() {
    let order = order(1, 1000, "100uact");
    let mut shop = shop();
    shop.step(Input::Start);
    shop.auction(std::slice::from_ref(&order));
    let before = submitted(&shop.deployment(&order, DeploymentState::Active));
    shop.inventory.release(&order.id);
    let effects = shop.step(Input::Start);
    assert_eq!(submitted(&effects), before);
    assert!(shop.holds(&order));
    // Our bid was there already: it is found instead of placed.
    let refusal = Refusal {
        codespace: "market".to_owned(),
        code: 21,
        log: String::new(),
    };
    let effects = shop.step(Input::Settled {
        intent: before.0,
        settled: Settled::Refused(refusal),
    });
    assert_eq!(effects, vec![Effect::Read(Key::Order(order.id.clone()))]);
    let effects = shop.read_order(&order, OrderState::Open);
    assert!(matches!(
        effects.as_slice(),
        [Effect::Report(BidStep::Resumed { .. })]
    ));
}

#[test]
fn leaving_closes_open_bids_and_keeps_leases() {
    let order = order(1, 1000, "100uact");
    let mut shop = Shop::placed(&order);
    let (intent, _) = submitted(&shop.step(Input::Cancel));
    assert!(!shop.machine.is_over());
    shop.done(intent, 4);
    assert!(shop.machine.is_over());
    let mut shop = Shop::won(&order);
    shop.step(Input::Cancel);
    assert!(shop.machine.is_over());
    assert!(shop.holds(&order));
}

#[test]
fn a_bid_that_is_not_chosen_in_time_is_closed() {
    let order = order(1, 1000, "100uact");
    let mut shop = Shop::placed(&order);
    let effects = shop.step(Input::Block(block(52)));
    assert!(effects.contains(&Effect::Read(Key::Bid(bid_of(&order)))));
    let (_, action) = submitted(&shop.read_bid(&order, BidState::Open));
    assert!(matches!(action, Action::CloseBid { .. }));
}
