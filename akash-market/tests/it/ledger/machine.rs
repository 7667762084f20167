//! State machines of escrow, leases, certificates, providers and requests to mint: each trigger in each state.

use super::{World, account, hours, provider, uact};
use akash_market::action::Action;
use akash_market::bid::BidState;
use akash_market::error::Code;
use akash_market::escrow::{AccountId, EscrowState, PaymentId};
use akash_market::id::LeaseId;
use akash_market::lease::{CloseReason, LeaseState};
use akash_market::ledger::{EscrowOperation, Rules};
use akash_market::order::OrderState;
use akash_market::provider::ProviderInfo;
use akash_market::query::{Entity, Key};
use akash_sdl::num::Coin;

type Answer = Option<(&'static str, u32)>;
const OK: Answer = None;

const fn escrow(code: u32) -> Answer {
    Some(("escrow", code))
}

const fn market(code: u32) -> Answer {
    Some(("market", code))
}

fn answer<T, E: Into<Code>>(result: Result<T, E>) -> Answer {
    result.err().map(|e| {
        let Code { codespace, code } = e.into();
        (codespace, code)
    })
}

/// What an action answers in a copy of a world, and the world after it.
fn probe(world: &World, action: &Action) -> (Answer, World) {
    let mut copy = world.clone();
    let result = copy
        .try_all(vec![action.clone()])
        .map_err(|r| r.error.code());
    (answer(result), copy)
}

fn call(world: &World, operation: &EscrowOperation) -> (Answer, World) {
    let mut copy = world.clone();
    let block = copy.block();
    let result = copy.ledger.escrow(block, operation).map_err(|e| e.code());
    copy.ledger.invariants().unwrap();
    (answer(result), copy)
}

/// A deployment's account in the state, and the lease that is paid from it, three blocks old.
fn with_account(state: EscrowState) -> (World, LeaseId) {
    let mut world = World::new(Rules::chain());
    world.act(world.create(1, 1, 500_000));
    let price = if state == EscrowState::Overdrawn {
        "300000"
    } else {
        "10"
    };
    let lease = world.lease(1, 1, 1, price);
    world.wait(2);
    match state {
        EscrowState::Open => {}
        EscrowState::Closed => drop(world.act(Action::CloseDeployment { id: world.id(1) })),
        EscrowState::Overdrawn => drop(world.act(World::withdraw(&lease))),
    }
    world.wait(1);
    assert_eq!(world.escrow_account(1).state, state);
    (world, lease)
}

#[test]
fn escrow_accounts() {
    use EscrowState::{Closed, Open, Overdrawn};
    // create, settle, small deposit, large deposit, new payment, close
    let table: [(EscrowState, [(Answer, EscrowState); 6]); 3] = [
        (
            Open,
            [
                (escrow(1), Open),
                (OK, Open),
                (OK, Open),
                (OK, Open),
                (OK, Open),
                (OK, Closed),
            ],
        ),
        (
            Overdrawn,
            [
                (escrow(1), Overdrawn),
                (OK, Overdrawn),
                (OK, Overdrawn),
                (OK, Closed),
                (escrow(4), Overdrawn),
                (OK, Overdrawn),
            ],
        ),
        (
            Closed,
            [
                (escrow(1), Closed),
                (escrow(2), Closed),
                (escrow(2), Closed),
                (escrow(2), Closed),
                (escrow(2), Closed),
                (escrow(2), Closed),
            ],
        ),
    ];
    for (state, row) in table {
        let (world, _) = with_account(state);
        let id = AccountId::Deployment(world.id(1));
        let deposit = |amount| EscrowOperation::Deposit {
            id: id.clone(),
            signer: account(2),
            deposit: akash_market::escrow::Deposit::from_balance(Coin::uact(amount)),
        };
        let other = world.id(1).group(2).order(1).bid(provider(2)).lease();
        let operations = [
            EscrowOperation::Create {
                id: id.clone(),
                owner: account(1),
                deposit: None,
            },
            EscrowOperation::Settle { id: id.clone() },
            deposit(1_000),
            deposit(5_000_000),
            EscrowOperation::CreatePayment {
                id: PaymentId(other),
                owner: provider(2),
                rate: uact("1"),
            },
            EscrowOperation::Close { id: id.clone() },
        ];
        for (operation, (code, after)) in operations.into_iter().zip(row) {
            let (found, world) = call(&world, &operation);
            assert_eq!(found, code, "{state:?} {operation:?}");
            assert_eq!(
                world.escrow_account(1).state,
                after,
                "{state:?} {operation:?}"
            );
        }
    }
    let world = World::new(Rules::chain());
    let id = AccountId::Deployment(world.id(9));
    for operation in [
        EscrowOperation::Settle { id: id.clone() },
        EscrowOperation::Close { id },
    ] {
        assert_eq!(call(&world, &operation).0, escrow(3));
    }
}

#[test]
fn escrow_payments() {
    use EscrowState::{Closed, Open, Overdrawn};
    // create again, withdraw, close
    let table: [(EscrowState, [(Answer, EscrowState); 3]); 3] = [
        (Open, [(escrow(6), Open), (OK, Open), (OK, Closed)]),
        (
            Overdrawn,
            [
                (escrow(4), Overdrawn),
                (escrow(7), Overdrawn),
                (OK, Overdrawn),
            ],
        ),
        (
            Closed,
            [
                (escrow(2), Closed),
                (escrow(7), Closed),
                (escrow(7), Closed),
            ],
        ),
    ];
    for (state, row) in table {
        let (world, lease) = with_account(state);
        assert_eq!(world.payment(&lease).state, state);
        let id = PaymentId(lease.clone());
        let operations = [
            EscrowOperation::CreatePayment {
                id: id.clone(),
                owner: provider(1),
                rate: uact("1"),
            },
            EscrowOperation::Withdraw { id: id.clone() },
            EscrowOperation::ClosePayment { id },
        ];
        for (operation, (code, after)) in operations.into_iter().zip(row) {
            let (found, world) = call(&world, &operation);
            assert_eq!(found, code, "{state:?} {operation:?}");
            assert_eq!(
                world.payment(&lease).state,
                after,
                "{state:?} {operation:?}"
            );
        }
    }
    // A closed payment of an account that is open, and one that was never made.
    let (mut world, lease) = with_account(Open);
    world.act(Action::CloseLease { id: lease.clone() });
    for (id, code) in [
        (lease.clone(), 7),
        (
            lease
                .deployment()
                .group(2)
                .order(1)
                .bid(provider(3))
                .lease(),
            8,
        ),
    ] {
        let id = PaymentId(id);
        for operation in [
            EscrowOperation::Withdraw { id: id.clone() },
            EscrowOperation::ClosePayment { id },
        ] {
            assert_eq!(call(&world, &operation).0, escrow(code), "{operation:?}");
        }
    }
}

/// A lease of provider 1 in the state; it has a notice to give if `notice` says so.
fn with_lease(state: LeaseState, notice: bool) -> (World, LeaseId) {
    let mut world = World::new(Rules::chain());
    world.act(world.create(1, 1, 50_000_000));
    let id = world.bid_id(1, 1, 1);
    let Action::CreateBid {
        price,
        deposit,
        resources_offer,
        ..
    } = World::create_bid(&id, "10000")
    else {
        panic!()
    };
    world.act(Action::CreateBid {
        id: id.clone(),
        price,
        deposit,
        resources_offer,
        reclamation_window: notice.then(|| hours(2)),
    });
    world.act(Action::CreateLease { id: id.clone() });
    world.wait(1);
    let lease = id.lease();
    match state {
        LeaseState::Active => {}
        LeaseState::Reclaiming => drop(world.act(Action::StartReclaim {
            id: lease.clone(),
            reason: CloseReason::DECOMMISSION,
        })),
        LeaseState::Closed => drop(world.act(Action::CloseLease { id: lease.clone() })),
        LeaseState::InsufficientFunds => {
            world.wait(6_000);
            world.act(World::withdraw(&lease));
        }
    }
    assert_eq!(world.read_lease(&lease).state, state);
    world.wait(1);
    (world, lease)
}

#[test]
fn leases() {
    use LeaseState::{Active, Closed, InsufficientFunds, Reclaiming};
    // give notice, close by the provider, close by the owner, withdraw, make again
    let again = market(12);
    type Row = [(Answer, LeaseState); 5];
    let table: [(LeaseState, bool, Row); 6] = [
        (
            Active,
            false,
            [
                (market(35), Active),
                (OK, Closed),
                (OK, Closed),
                (OK, Active),
                (again, Active),
            ],
        ),
        (
            Active,
            true,
            [
                (OK, Reclaiming),
                (market(37), Active),
                (OK, Closed),
                (OK, Active),
                (again, Active),
            ],
        ),
        (
            Reclaiming,
            true,
            [
                (market(10), Reclaiming),
                (market(38), Reclaiming),
                (OK, Closed),
                (OK, Reclaiming),
                (again, Reclaiming),
            ],
        ),
        (
            Closed,
            true,
            [
                (market(10), Closed),
                (market(10), Closed),
                (market(24), Closed),
                (escrow(7), Closed),
                (again, Closed),
            ],
        ),
        (
            InsufficientFunds,
            false,
            [
                (market(10), InsufficientFunds),
                (market(10), InsufficientFunds),
                (market(24), InsufficientFunds),
                (escrow(7), InsufficientFunds),
                (again, InsufficientFunds),
            ],
        ),
        (
            Closed,
            false,
            [
                (market(10), Closed),
                (market(10), Closed),
                (market(24), Closed),
                (escrow(7), Closed),
                (again, Closed),
            ],
        ),
    ];
    for (state, notice, row) in table {
        let (world, lease) = with_lease(state, notice);
        let actions = [
            Action::StartReclaim {
                id: lease.clone(),
                reason: CloseReason::UNSTABLE,
            },
            World::close_bid(lease.bid()),
            Action::CloseLease { id: lease.clone() },
            World::withdraw(&lease),
            Action::CreateLease {
                id: lease.bid().clone(),
            },
        ];
        for (action, (code, after)) in actions.iter().zip(row) {
            let (found, world) = probe(&world, action);
            assert_eq!(found, code, "{state:?} {notice} {action:?}");
            assert_eq!(
                world.read_lease(&lease).state,
                after,
                "{state:?} {notice} {action:?}"
            );
        }
    }
    // After the notice the provider may go.
    let (mut world, lease) = with_lease(Reclaiming, true);
    world.wait(1_200);
    let (found, world) = probe(&world, &World::close_bid(lease.bid()));
    assert_eq!((found, world.read_lease(&lease).state), (OK, Closed));
}

#[test]
fn orders() {
    use OrderState::{Active, Closed, Open};
    let state_of = |world: &World| match world.ledger.get(&Key::Order(world.bid_id(1, 1, 1).order))
    {
        Some(Entity::Order(order)) => order.state,
        other => panic!("{other:?}"),
    };
    // another bid, a lease with the second bid, pause, close of the group, close of the deployment
    let table: [(OrderState, [(Answer, OrderState); 5]); 3] = [
        (
            Open,
            [
                (OK, Open),
                (OK, Active),
                (OK, Closed),
                (OK, Closed),
                (OK, Closed),
            ],
        ),
        (
            Active,
            [
                (market(23), Active),
                (market(12), Active),
                (OK, Closed),
                (OK, Closed),
                (OK, Closed),
            ],
        ),
        (
            Closed,
            [
                (market(24), Closed),
                (market(12), Closed),
                (Some(("deployment", 17)), Closed),
                (OK, Closed),
                (OK, Closed),
            ],
        ),
    ];
    for (state, row) in table {
        let mut world = World::new(Rules::chain());
        world.act(world.create(1, 1, 5_000_000));
        for number in [1, 2] {
            world.act(World::create_bid(&world.bid_id(1, 1, number), "10"));
        }
        let group = world.id(1).group(1);
        match state {
            Open => {}
            Active => drop(world.act(Action::CreateLease {
                id: world.bid_id(1, 1, 1),
            })),
            Closed => drop(world.act(Action::PauseGroup { id: group.clone() })),
        }
        world.wait(1);
        assert_eq!(state_of(&world), state);
        let actions = [
            World::create_bid(&world.bid_id(1, 1, 3), "10"),
            Action::CreateLease {
                id: world.bid_id(1, 1, 2),
            },
            Action::PauseGroup { id: group.clone() },
            Action::CloseGroup { id: group },
            Action::CloseDeployment { id: world.id(1) },
        ];
        for (action, (code, after)) in actions.iter().zip(row) {
            let (found, world) = probe(&world, action);
            assert_eq!(found, code, "{state:?} {action:?}");
            assert_eq!(state_of(&world), after, "{state:?} {action:?}");
            let won = world.read_bid(&world.bid_id(1, 1, 2)).state == BidState::Active;
            assert_eq!(
                won,
                code.is_none() && matches!(action, Action::CreateLease { .. })
            );
        }
    }
}

#[test]
fn certificates_and_providers() {
    let mut world = World::new(Rules::chain());
    let make = Action::CreateCertificate {
        owner: account(1),
        serial: "5".to_owned(),
        cert: vec![1],
        pubkey: vec![2],
    };
    let revoke = Action::RevokeCertificate {
        owner: account(1),
        serial: "5".to_owned(),
    };
    let cert = |code| Some(("cert", code));
    // Absent, valid, revoked.
    assert_eq!(probe(&world, &revoke).0, cert(1));
    world.act(make.clone());
    assert_eq!(probe(&world, &make).0, cert(3));
    world.act(revoke.clone());
    assert_eq!(probe(&world, &make).0, cert(3));
    assert_eq!(probe(&world, &revoke).0, cert(4));
    let record = |owner, create: bool| {
        let (host_uri, attributes) = ("https://a.example:8443".to_owned(), Vec::new());
        let info = ProviderInfo::default();
        if create {
            Action::CreateProvider {
                owner,
                host_uri,
                attributes,
                info,
            }
        } else {
            Action::UpdateProvider {
                owner,
                host_uri,
                attributes,
                info,
            }
        }
    };
    let of = |code| Some(("provider", code));
    for (owner, create, update, delete) in [
        (account(5), OK, of(3), of(3)),
        (provider(1), of(4), OK, of(10)),
    ] {
        assert_eq!(probe(&world, &record(owner.clone(), true)).0, create);
        assert_eq!(probe(&world, &record(owner.clone(), false)).0, update);
        assert_eq!(probe(&world, &Action::DeleteProvider { owner }).0, delete);
    }
}
