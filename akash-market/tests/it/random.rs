//! Random stories of several participants, with what has to hold after every step.
//!
//! A script is a text of bytes, so that proptest shrinks a failing one by itself. CI plays a bounded number; the long run
//! is `cargo test --release -p akash-market --test it random::millions -- --ignored --nocapture`, with the number of actions
//! and the first seed in `ACTIONS` and `SEED`.

mod check;
mod script;

use akash_market::ledger::{Quirk, Rules};
use check::{Care, Tally, Watch};
use proptest::prelude::*;

const ALL: Care = Care {
    traces: true,
    figures: true,
};

fn rules() -> impl Strategy<Value = Rules> {
    prop_oneof![
        2 => Just(Rules::chain()),
        2 => Just(Rules::intended()),
        1 => (0..Quirk::ALL.len()).prop_map(|n| Rules::intended().with(Quirk::ALL[n])),
        1 => (0..Quirk::ALL.len()).prop_map(|n| Rules::chain().without(Quirk::ALL[n])),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn stories_keep_the_books(rules in rules(), bytes in prop::collection::vec(any::<u8>(), 0..1_000)) {
        let mut watch = Watch::new(rules, ALL);
        watch.play(&bytes);
        let again = {
            let mut again = Watch::new(rules, Care { traces: false, figures: false });
            again.play(&bytes);
            again.ledger.hash()
        };
        prop_assert_eq!(watch.ledger.hash(), again);
    }
}

/// A generator of Marsaglia's xorshift family: enough to fill scripts.
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        let words = std::iter::repeat_with(|| self.next().to_be_bytes());
        words.flatten().take(count).collect()
    }
}

/// Stories one after the other until so many actions were tried.
fn play(actions: u64, seed: u64, care: Care) -> Tally {
    let mut noise = Noise(seed.max(1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let mut sum = Tally::default();
    let mut story = 0_usize;
    while sum.actions < actions {
        let rules = match story % 4 {
            0 | 2 => Rules::chain(),
            1 => Rules::intended(),
            _ => {
                let bits = noise.next();
                let some = (0..).zip(Quirk::ALL).filter(|(n, _)| bits >> n & 1 == 1);
                some.fold(Rules::intended(), |rules, (_, quirk)| rules.with(quirk))
            }
        };
        let mut watch = Watch::new(rules, care);
        watch.play(&noise.bytes(12_000));
        let tally = watch.tally;
        sum.seen.extend(tally.seen);
        sum.steps += tally.steps;
        sum.actions += tally.actions;
        sum.accepted += tally.accepted;
        sum.refused += tally.refused;
        story += 1;
    }
    sum
}

#[test]
fn many_stories_reach_all_that_can_happen() {
    let care = Care {
        traces: false,
        figures: false,
    };
    let tally = play(6_000, 7, care);
    for kind in [
        "account_overdrawn",
        "akt_minted",
        "bid_closed",
        "bid_lost",
        "burn_mint_canceled",
        "burn_mint_executed",
        "certificate_revoked",
        "deployment_closed",
        "epoch_ended",
        "group_paused",
        "group_started",
        "lease_closed",
        "lease_created",
        "lease_out_of_funds",
        "lease_reclaim_started",
        "mint_status_changed",
        "params_updated",
        "payment_withdrawn",
        "price_staled",
        "provider_updated",
        "vault_funded",
    ] {
        assert!(tally.seen.contains(kind), "no {kind}: {tally:#?}");
    }
}

#[test]
#[ignore = "takes minutes: the long run"]
fn millions() {
    let number = |name: &str, default: u64| {
        std::env::var(name).map_or(default, |text| text.parse().unwrap())
    };
    let care = Care {
        traces: false,
        figures: false,
    };
    let tally = play(number("ACTIONS", 2_000_000), number("SEED", 1), care);
    println!("{tally:#?}");
}
