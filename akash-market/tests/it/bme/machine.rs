//! The transition tables of node x/bme: each trigger in each state of a request and of the circuit breaker.

use super::{Feed, World};
use akash_market::address::Address;
use akash_market::bank::Modules;
use akash_market::bme::{CancelReason, MintStatus, RecordId, RecordState};
use akash_market::change::Change;
use akash_market::error::Code;
use akash_market::params::BmeParams;
use akash_sdl::num::{Coin, Denom};

/// The price of AKT that leads a fresh world into a status: the vault holds ten uakt for each uact there is.
const STATUSES: [(MintStatus, Option<&str>); 4] = [
    (MintStatus::Healthy, Some("0.0951")),
    (MintStatus::Warning, Some("0.095")),
    (MintStatus::HaltCr, Some("0.09")),
    (MintStatus::HaltOracle, None),
];

fn owner() -> Address {
    Modules::address("akash", "somebody").unwrap()
}

/// After the first block at a price.
fn world(price: Option<&str>) -> World {
    let mut world = World::new(BmeParams::default(), None);
    let vault = world.modules.bme.clone();
    for (to, coin) in [
        (vault, Coin::uakt(1_000_000_000)),
        (owner(), Coin::uakt(100_000_000)),
        (owner(), Coin::uact(100_000_000)),
    ] {
        world.bank.mint(&to, &coin, &mut Vec::new()).unwrap();
    }
    set(&mut world, price);
    world.end_block();
    world
}

fn set(world: &mut World, price: Option<&str>) {
    world.feed = Feed(price.map(|p| p.parse().unwrap()));
}

fn request(world: &mut World, burn: &Coin) -> Result<RecordId, Code> {
    let mint = if *burn.denom() == Denom::UAKT {
        Denom::UACT
    } else {
        Denom::UAKT
    };
    let of = owner();
    let made = world.with(|bme, env| bme.request(&of, &of, burn, &mint, env));
    made.map_err(|error| error.code())
}

#[test]
fn breaker() {
    for (from, price) in STATUSES {
        for (to, next) in STATUSES {
            let mut world = world(price);
            assert_eq!(world.bme.status(), from);
            let (epoch, length) = (world.bme.next_mint_epoch(), world.bme.epoch_height_diff());
            let (before, height) = (world.bme.previous_status(), world.height);
            world.changes.clear();
            set(&mut world, next);
            world.end_block();
            let place = format!("{from:?} to {to:?}");
            assert_eq!(world.bme.status(), to, "{place}");
            // A change is told once, with where it came from.
            let told: Vec<_> = world
                .changes
                .iter()
                .filter_map(|change| match change {
                    Change::MintStatusChanged {
                        previous, current, ..
                    } => Some((*previous, *current)),
                    _ => None,
                })
                .collect();
            if from == to {
                assert_eq!(told, [], "{place}");
                assert_eq!(world.bme.previous_status(), before, "{place}");
            } else {
                assert_eq!(told, [(from, to)], "{place}");
                assert_eq!(world.bme.previous_status(), from, "{place}");
            }
            // Epochs grow under warning, shrink when it is over, and stay as they were in a halt.
            let now = world.bme.epoch_height_diff();
            match to {
                MintStatus::Healthy => assert_eq!(now, 10, "{place}"),
                MintStatus::Warning => {
                    assert_eq!(now, 10, "no step of ten basis points yet: {place}")
                }
                _ => assert_eq!(now, length, "{place}"),
            }
            // After a halt the mint queue waits a whole epoch.
            let due = if !from.mints_allowed() && to.mints_allowed() {
                height + now
            } else {
                epoch.0
            };
            assert_eq!(world.bme.next_mint_epoch().0, due, "{place}");
        }
    }
    // Ten basis points further down the epochs are longer.
    let mut world = world(Some("0.0949"));
    assert_eq!(world.bme.epoch_height_diff(), 11);
    set(&mut world, Some("0.0901"));
    world.end_block();
    assert_eq!(world.bme.status(), MintStatus::Warning);
    // 49 steps of ten percent.
    let blocks = 10.0 * 1.1_f64.powi(49);
    assert_eq!(world.bme.epoch_height_diff() as f64, blocks.floor());
}

#[test]
fn requests_by_status() {
    let active = Err(Code::new("bme", 6));
    let stalled = Err(Code::new("oracle.v2", 4));
    // mint, burn: with a price again before the block ends; without one
    for ((status, price), with_price) in STATUSES.into_iter().zip([
        [Ok(()), Ok(())],
        [Ok(()), Ok(())],
        [active, Ok(())],
        [active, active],
    ]) {
        let coins = [Coin::uakt(20_000_000), Coin::uact(20_000_000)];
        for (coin, expected) in coins.iter().zip(with_price) {
            let mut world = world(price);
            set(&mut world, Some("1"));
            assert_eq!(request(&mut world, coin).map(drop), expected, "{status:?}");
            set(&mut world, None);
            assert_eq!(request(&mut world, coin).map(drop), stalled, "{status:?}");
        }
    }
}

/// What a request has become, in short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Now {
    Pending(u32),
    Executed,
    Canceled(CancelReason),
}

fn now(world: &World, id: &RecordId) -> Now {
    match world.bme.record(id).unwrap().state {
        RecordState::Pending { attempts, .. } => Now::Pending(attempts),
        RecordState::Executed(_) => Now::Executed,
        RecordState::Canceled { reason, .. } => Now::Canceled(reason),
    }
}

/// Lets both queues' epochs pass once, at a price.
fn epoch(world: &mut World, price: Option<&str>) {
    set(world, price);
    let (mint, burn) = (world.bme.next_mint_epoch(), world.bme.next_burn_epoch());
    let last = if world.bme.status().mints_allowed() {
        mint.max(burn)
    } else {
        burn
    };
    while world.height <= last.0 {
        world.end_block();
    }
}

#[test]
fn requests() {
    use Now::{Canceled, Executed, Pending};
    let [uakt, uact] = [Coin::uakt(20_000_000), Coin::uact(20_000_000)];
    // What is burned; the price at each epoch that follows with what the request is after it.
    type Way<'a> = &'a [(Option<&'a str>, Now)];
    let small = Coin::uact(1);
    let ways: [(&Coin, Way<'_>); 8] = [
        (
            &uakt,
            &[
                (Some("1"), Executed),
                (None, Executed),
                (Some("0.01"), Executed),
            ],
        ),
        (
            &uakt,
            &[
                (Some("0.3"), Canceled(CancelReason::MinimumMint)),
                (Some("1"), Canceled(CancelReason::MinimumMint)),
            ],
        ),
        // The mint queue stands still in a halt: that is no attempt.
        (
            &uakt,
            &[
                (None, Pending(0)),
                (None, Pending(0)),
                (None, Pending(0)),
                (Some("0.05"), Pending(0)),
            ],
        ),
        (&uact, &[(Some("1"), Executed), (None, Executed)]),
        // The burn queue works in a halt for collateral, and tries in vain without a price.
        (&uact, &[(Some("0.05"), Executed)]),
        (
            &uact,
            &[
                (None, Pending(1)),
                (None, Pending(2)),
                (Some("1"), Executed),
            ],
        ),
        (
            &uact,
            &[
                (None, Pending(1)),
                (None, Pending(2)),
                (None, Canceled(CancelReason::MaxAttempts)),
                (Some("1"), Canceled(CancelReason::MaxAttempts)),
            ],
        ),
        (&small, &[(Some("10"), Canceled(CancelReason::Epsilon))]),
    ];
    for (burned, way) in ways {
        let mut world = world(Some("1"));
        let held = |world: &World| world.bank.coin(&owner(), burned.denom());
        let before = held(&world);
        let id = request(&mut world, burned).unwrap();
        // A block in which no epoch ends changes nothing.
        world.end_block();
        assert_eq!(now(&world, &id), Pending(0));
        let mut last = Pending(0);
        for (price, after) in way {
            world.changes.clear();
            epoch(&mut world, *price);
            assert_eq!(now(&world, &id), *after, "{burned} {way:?}");
            // Its end is told once.
            let told = world
                .changes
                .iter()
                .filter(|c| matches!(c, Change::BurnMintSettled { .. }));
            let ended = matches!(last, Pending(_)) && !matches!(after, Pending(_));
            assert_eq!(told.count(), usize::from(ended), "{burned} {way:?}");
            // The coins are away until it is given up.
            let back = matches!(after, Canceled(_));
            let expected = if back {
                before.clone()
            } else {
                before.sub(burned).unwrap()
            };
            assert_eq!(held(&world), expected, "{burned} {way:?}");
            last = *after;
        }
    }
}
