//! The whole transition table of every state machine: each trigger in each state.

use super::{World, account, hours, provider, uact};
use akash_market::action::Action;
use akash_market::bid::BidState;
use akash_market::deployment::GroupState;
use akash_market::error::Code;
use akash_market::escrow::{Deposit, EscrowState};
use akash_market::id::{BidId, GroupId};
use akash_market::lease::{CloseReason, LeaseState};
use akash_market::ledger::Rules;
use akash_market::order::OrderState;
use akash_market::query::{Entity, Filter, Key, Page};
use akash_sdl::num::{Coin, Denom};

const OK: Option<(&str, u32)> = None;

/// The refusal of an action in a copy of a world, and the world after it.
fn probe(world: &World, action: Action) -> (Option<(&'static str, u32)>, World) {
    let mut copy = world.clone();
    let refused = copy.try_all(vec![action]).err();
    let code = refused.map(|r| r.error.code());
    (code.map(|Code { codespace, code }| (codespace, code)), copy)
}

fn group_state(world: &World, id: &GroupId) -> GroupState {
    match world.ledger.get(&Key::Group(id.clone())) {
        Some(Entity::Group(group)) => group.state,
        other => panic!("{other:?}"),
    }
}

/// One deployment whose group is in the state.
fn with_group(state: GroupState) -> World {
    let mut world = World::new(Rules::chain());
    world.act(world.create(1, 2, 500_000));
    let id = world.id(1).group(1);
    match state {
        GroupState::Open => {}
        GroupState::Paused => drop(world.act(Action::PauseGroup { id })),
        GroupState::Closed => drop(world.act(Action::CloseGroup { id })),
        GroupState::InsufficientFunds => {
            let lease = world.lease(1, 2, 1, "600000");
            world.wait(1);
            world.act(World::withdraw(&lease));
        }
    }
    world
}

#[test]
fn groups() {
    use GroupState::{Closed, InsufficientFunds, Open, Paused};
    type Row = (GroupState, [(Option<(&'static str, u32)>, GroupState); 3]);
    let closed = (Some(("deployment", 15)), Closed);
    let table: [Row; 4] = [
        // close, pause, start
        (
            Open,
            [(OK, Closed), (OK, Paused), (Some(("deployment", 16)), Open)],
        ),
        (
            Paused,
            [(OK, Closed), (Some(("deployment", 17)), Paused), (OK, Open)],
        ),
        (InsufficientFunds, [(OK, Closed), (OK, Paused), (OK, Open)]),
        (Closed, [closed, closed, closed]),
    ];
    for (state, row) in table {
        let world = with_group(state);
        let id = world.id(1).group(1);
        assert_eq!(group_state(&world, &id), state);
        let actions = [
            Action::CloseGroup { id: id.clone() },
            Action::PauseGroup { id: id.clone() },
            Action::StartGroup { id: id.clone() },
        ];
        for (action, (code, after)) in actions.into_iter().zip(row) {
            let (found, world) = probe(&world, action.clone());
            assert_eq!(found, code, "{state:?} {action:?}");
            assert_eq!(group_state(&world, &id), after, "{state:?} {action:?}");
        }
    }
}

#[test]
fn deployments() {
    let mut world = World::new(Rules::chain());
    let id = world.id(1);
    let update = |hash: u8| Action::UpdateDeployment {
        id: id.clone(),
        hash: vec![hash; 32],
    };
    let close = || Action::CloseDeployment { id: id.clone() };
    assert_eq!(world.refusal(update(2)), Code::new("deployment", 4));
    assert_eq!(world.refusal(close()), Code::new("deployment", 4));
    world.act(world.create(1, 1, 500_000));
    assert_eq!(
        world.refusal(world.create(1, 1, 500_000)),
        Code::new("deployment", 3)
    );
    assert_eq!(world.refusal(update(1)), Code::new("deployment", 10));
    world.act(update(2));
    world.act(close());
    assert_eq!(world.refusal(update(3)), Code::new("deployment", 5));
    assert_eq!(world.refusal(close()), Code::new("deployment", 5));
    assert_eq!(
        world.refusal(world.create(1, 1, 500_000)),
        Code::new("deployment", 3)
    );
    assert_eq!(world.gain(&account(1), &Denom::UACT), 0);
}

/// A bid of provider 1 in the state, on an order of deployment 1 with another open bid of provider 2.
fn with_bid(state: BidState) -> World {
    let mut world = World::new(Rules::chain());
    world.act(world.create(1, 1, 5_000_000));
    for number in [1, 2] {
        world.act(World::create_bid(&world.bid_id(1, 1, number), "10"));
    }
    let [own, other] = [1, 2].map(|n| world.bid_id(1, 1, n));
    match state {
        BidState::Open => {}
        BidState::Active => drop(world.act(Action::CreateLease { id: own })),
        BidState::Lost => drop(world.act(Action::CreateLease { id: other })),
        BidState::Closed => drop(world.act(World::close_bid(&own))),
    }
    world.wait(1);
    world
}

#[test]
fn bids_and_leases() {
    use BidState::{Active, Closed, Lost, Open};
    type Answer = (Option<(&'static str, u32)>, BidState);
    // create again, create lease, close bid, close lease, withdraw
    let table: [(BidState, [Answer; 5]); 4] = [
        (
            Open,
            [
                (Some(("market", 21)), Open),
                (OK, Active),
                (OK, Closed),
                (Some(("market", 24)), Open),
                (Some(("market", 7)), Open),
            ],
        ),
        (
            Active,
            [
                (Some(("market", 23)), Active),
                (Some(("market", 12)), Active),
                (OK, Closed),
                (OK, Closed),
                (OK, Active),
            ],
        ),
        (
            Lost,
            [
                (Some(("market", 23)), Lost),
                (Some(("market", 12)), Lost),
                (Some(("market", 8)), Lost),
                (Some(("market", 11)), Lost),
                (Some(("market", 7)), Lost),
            ],
        ),
        (
            Closed,
            [
                (Some(("market", 21)), Closed),
                (Some(("market", 12)), Closed),
                (Some(("market", 8)), Closed),
                (Some(("market", 24)), Closed),
                (Some(("market", 7)), Closed),
            ],
        ),
    ];
    for (state, row) in table {
        let world = with_bid(state);
        let id = world.bid_id(1, 1, 1);
        assert_eq!(world.read_bid(&id).state, state);
        let actions = [
            World::create_bid(&id, "10"),
            Action::CreateLease { id: id.clone() },
            World::close_bid(&id),
            Action::CloseLease { id: id.lease() },
            World::withdraw(&id.lease()),
        ];
        for (action, (code, after)) in actions.into_iter().zip(row) {
            let (found, world) = probe(&world, action.clone());
            assert_eq!(found, code, "{state:?} {action:?}");
            assert_eq!(world.read_bid(&id).state, after, "{state:?} {action:?}");
        }
    }
}

fn order_states(world: &World) -> Vec<OrderState> {
    let filter = Filter::Orders {
        owner: Some(account(1)),
        dseq: None,
        state: None,
    };
    let items = world.ledger.list(&filter, &Page::default()).unwrap().items;
    items
        .into_iter()
        .map(|entity| match entity {
            Entity::Order(order) => order.state,
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn orders() {
    use OrderState::{Active, Closed, Open};
    let world = with_bid(BidState::Active);
    let lease = world.bid_id(1, 1, 1).lease();
    let group = world.id(1).group(1);
    assert_eq!(order_states(&world), [Active]);
    for (action, after) in [
        (Action::CloseLease { id: lease.clone() }, vec![Closed, Open]),
        (World::close_bid(lease.bid()), vec![Closed]),
        (Action::PauseGroup { id: group.clone() }, vec![Closed]),
        (Action::CloseGroup { id: group.clone() }, vec![Closed]),
        (Action::CloseDeployment { id: world.id(1) }, vec![Closed]),
    ] {
        let (code, world) = probe(&world, action.clone());
        assert_eq!(code, OK, "{action:?}");
        assert_eq!(order_states(&world), after, "{action:?}");
        let reason = world.read_lease(&lease).reason;
        let by_provider = matches!(action, Action::CloseBid { .. });
        assert_eq!(reason.is_providers(), by_provider, "{action:?}");
    }
    let (_, paused) = probe(&world, World::close_bid(lease.bid()));
    assert_eq!(group_state(&paused, &group), GroupState::Paused);
    let (code, started) = probe(&paused, Action::StartGroup { id: group });
    assert_eq!((code, order_states(&started)), (OK, vec![Closed, Open]));
}

#[test]
fn reclamation() {
    let mut world = World::new(Rules::chain());
    let Action::CreateDeployment {
        id,
        groups,
        hash,
        deposit,
        ..
    } = world.create(1, 1, 5_000_000)
    else {
        panic!()
    };
    world.act(Action::CreateDeployment {
        id,
        groups,
        hash,
        deposit,
        reclamation_min_window: Some(hours(2)),
    });
    let id: BidId = world.bid_id(1, 1, 1);
    let bid = |window| Action::CreateBid {
        id: id.clone(),
        price: uact("10"),
        deposit: Deposit::from_balance(Coin::uact(500_000)),
        resources_offer: [].into(),
        reclamation_window: window,
    };
    assert_eq!(world.refusal(bid(None)), Code::new("market", 40));
    assert_eq!(world.refusal(bid(Some(hours(1)))), Code::new("market", 41));
    assert_eq!(
        world.refusal(bid(Some(hours(721)))),
        Code::new("market", 39)
    );
    world.act(bid(Some(hours(3))));
    world.act(Action::CreateLease { id: id.clone() });
    let start = |reason| Action::StartReclaim {
        id: id.lease(),
        reason: CloseReason(reason),
    };
    assert_eq!(world.refusal(start(1)), Code::new("market", 33));
    assert_eq!(
        world.refusal(World::close_bid(&id)),
        Code::new("market", 37)
    );
    world.wait(1);
    let deadline = world.block().time.unix_secs() + 3 * 3_600;
    world.act(start(10_000));
    assert_eq!(world.refusal(start(10_000)), Code::new("market", 10));
    let lease = world.read_lease(&id.lease());
    assert_eq!(lease.state, LeaseState::Reclaiming);
    assert_eq!(lease.reclamation.unwrap().deadline, deadline);
    // 6 seconds a block.
    world.wait(3 * 600 - 1);
    assert_eq!(
        world.refusal(World::close_bid(&id)),
        Code::new("market", 38)
    );
    world.wait(1);
    world.act(World::close_bid(&id));
    let lease = world.read_lease(&id.lease());
    assert_eq!(lease.state, LeaseState::Closed);
    assert_eq!(lease.reason, CloseReason::UNSPECIFIED);
    assert_eq!(lease.reclamation.unwrap().reason, CloseReason::UNSTABLE);
    assert_eq!(world.gain(&provider(1), &Denom::UACT), 18_010);
}

#[test]
fn an_overdrawn_account_is_closed_by_paying_its_debt() {
    let mut world = World::new(Rules::chain());
    world.act(world.create(1, 2, 500_000));
    for (gseq, number) in [(1, 1), (2, 2)] {
        let bid = world.bid_id(1, gseq, number);
        world.act(World::create_bid(&bid, "60000"));
    }
    let bids = [world.bid_id(1, 1, 1), world.bid_id(1, 2, 2)];
    world
        .try_all(
            bids.iter()
                .map(|id| Action::CreateLease { id: id.clone() })
                .collect(),
        )
        .unwrap();
    world.wait(6);
    world.act(World::withdraw(&bids[0].lease()));
    assert_eq!(world.gain(&provider(1), &Denom::UACT), 360_000);
    assert_eq!(world.gain(&provider(2), &Denom::UACT), 140_000);
    for (bid, debt) in bids.iter().zip(["0", "220000"]) {
        let payment = world.payment(&bid.lease());
        assert_eq!(payment.state, EscrowState::Overdrawn);
        assert_eq!(payment.unsettled, uact(debt));
        let lease = world.read_lease(&bid.lease());
        assert_eq!(lease.state, LeaseState::InsufficientFunds);
        assert_eq!(lease.reason, CloseReason::INSUFFICIENT_FUNDS);
    }
    world.act(world.add(1, Coin::uact(100_000)));
    assert_eq!(world.escrow_account(1).state, EscrowState::Overdrawn);
    world.act(world.add(1, Coin::uakt(7)));
    assert_eq!(world.gain(&account(2), &Denom::UAKT), 0, "refunded at once");
    world.act(world.add(1, Coin::uact(5_000_000)));
    assert_eq!(world.escrow_account(1).state, EscrowState::Closed);
    assert_eq!(world.gain(&provider(2), &Denom::UACT), 360_000);
    assert_eq!(world.gain(&account(2), &Denom::UACT), -220_000);
    assert_eq!(
        world.refusal(world.add(1, Coin::uact(1))),
        Code::new("escrow", 2)
    );
}
