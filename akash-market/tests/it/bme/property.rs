//! What holds whatever happens.

use super::{Feed, World, account, request};
use akash_market::bme::{MintStatus, RecordState};
use akash_market::change::Change;
use akash_market::params::BmeParams;
use akash_sdl::num::{Coin, Dec, Denom, Int};
use proptest::prelude::*;

#[derive(Debug, Clone)]
enum Step {
    Mint(u8, u64),
    Burn(u8, u64),
    Price(Option<u32>),
    Blocks(u8),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..4u8, 1..200_000_000u64).prop_map(|(who, amount)| Step::Mint(who, amount)),
        4 => (0..4u8, 1..100_000_000u64).prop_map(|(who, amount)| Step::Burn(who, amount)),
        1 => proptest::option::weighted(0.8, 1..3_000_000u32).prop_map(Step::Price),
        4 => (1..15u8).prop_map(Step::Blocks),
    ]
}

fn params() -> impl Strategy<Value = BmeParams> {
    (0..=1_000u32, 0..=1_000u32, 0..4u32, 0..5u32, 1..12i64).prop_map(
        |(mint, settle, records, attempts, blocks)| BmeParams {
            mint_spread_bps: mint,
            settle_spread_bps: settle,
            max_endblocker_records: records,
            max_pending_attempts: attempts,
            min_epoch_blocks: blocks,
            ..BmeParams::default()
        },
    )
}

/// The sum over all accounts, net of what was minted and burned, of one denom.
fn held(world: &World, denom: &Denom) -> Int {
    world
        .bank
        .iter()
        .filter(|(_, coin)| coin.denom() == denom)
        .fold(Int::ZERO, |sum, (_, coin)| sum.add(coin.amount()).unwrap())
}

fn check(world: &World, start: &[(Denom, Int)]) {
    let vault = &world.modules.bme;
    let report = world.bme.vault(&world.bank, vault);
    let of = |coins: &[Coin], denom: &Denom| {
        let coin = coins.iter().find(|c| c.denom() == denom);
        coin.map_or(Int::ZERO, Coin::amount)
    };
    for (denom, start) in start {
        // Nothing appears or vanishes but by mint and burn.
        let supply = start
            .add(of(&report.total_minted, denom))
            .and_then(|sum| sum.sub(of(&report.total_burned, denom)))
            .unwrap();
        assert_eq!(world.bank.supply(denom), supply, "{denom}");
        assert_eq!(held(world, denom), supply, "{denom}");
    }
    // The vault can always return what waits, and pay what it has credited.
    for (denom, credits) in [
        (Denom::UACT, &[][..]),
        (Denom::UAKT, &report.remint_credits[..]),
    ] {
        let waiting = world
            .bme
            .records()
            .fold(of(credits, &denom), |sum, record| match record.state {
                RecordState::Pending { coins_to_burn, .. } if *coins_to_burn.denom() == denom => {
                    sum.add(coins_to_burn.amount()).unwrap()
                }
                _ => sum,
            });
        assert_eq!(world.bme.owed(&denom), Ok(waiting));
        assert!(!waiting.is_negative() && world.bank.balance(vault, &denom) >= waiting);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn value_is_conserved_and_no_act_is_minted_below_the_halt_threshold(
        params in params(),
        steps in proptest::collection::vec(step(), 1..40),
    ) {
        let mut world = World::new(params, Some(Dec::ONE));
        let vault = world.modules.bme.clone();
        let people: Vec<_> = (0..4).map(|n| account(&format!("person {n}"))).collect();
        for person in &people {
            for coin in [Coin::uakt(500_000_000), Coin::uact(100_000_000)] {
                world.bank.mint(person, &coin, &mut Vec::new()).unwrap();
            }
        }
        world.bank.mint(&vault, &Coin::uakt(500_000_000), &mut Vec::new()).unwrap();
        let start: Vec<_> = world.bank.supplies().map(|c| (c.denom().clone(), c.amount())).collect();
        for step in steps {
            world.changes.clear();
            match step {
                Step::Mint(who, amount) => {
                    let before = world.bank.clone();
                    let coin = Coin::uakt(amount.into());
                    if request(&mut world, &people[usize::from(who)], &coin).is_err() {
                        prop_assert_eq!(&world.bank, &before);
                    }
                }
                Step::Burn(who, amount) => {
                    let coin = Coin::uact(amount.into());
                    let _ = request(&mut world, &people[usize::from(who)], &coin);
                }
                Step::Price(price) => {
                    world.feed = Feed(price.map(|p| Dec::from(p).quo(Dec::from_u64(1_000_000)).unwrap()));
                }
                Step::Blocks(blocks) => {
                    for _ in 0..blocks {
                        let before = world.bme.status();
                        world.changes.clear();
                        world.end_block();
                        let minted_act = world.changes.iter().any(
                            |c| matches!(c, Change::Minted { coin, .. } if *coin.denom() == Denom::UACT),
                        );
                        let allowed = before <= MintStatus::Warning
                            && !world.changes.iter().take_while(|c| !matches!(c, Change::Minted { .. }))
                                .any(|c| matches!(c, Change::MintStatusChanged { current, .. } if *current >= MintStatus::HaltCr));
                        prop_assert!(!minted_act || allowed);
                    }
                }
            }
            check(&world, &start);
        }
    }
}
