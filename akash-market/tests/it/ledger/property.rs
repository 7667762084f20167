//! What holds whatever several participants do, by any rules.

use super::{World, account, group_spec, provider, uact};
use akash_market::action::{Action, Batch};
use akash_market::bme::MintStatus;
use akash_market::escrow::{AccountId, Deposit, DepositSource};
use akash_market::grant::GrantScope;
use akash_market::id::{BidId, DeploymentId, GroupId};
use akash_market::lease::CloseReason;
use akash_market::ledger::{EscrowOperation, Fallback, Ledger, Quirk, Rules, Snapshot};
use akash_sdl::num::{Coin, Dec, Denom};
use proptest::prelude::*;

/// Small numbers, so that participants meet.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Wait(u8),
    Halt(bool),
    Create(u8, u8, u8, u32),
    Group(u8, u8, u8, u8),
    Bid(u8, u8, u8, u8, u8, u32),
    End(u8, u8, u8, u8, u8, u8),
    Deposit(u8, u8, u8, bool, u32, bool),
    Grant(u8, u8, u32),
}

const DSEQS: [u64; 3] = [1, 12, 2];

pub(super) fn step() -> impl Strategy<Value = Step> {
    let (who, dseq, gseq, oseq, number) = (1..3u8, 0..3u8, 1..3u8, 1..3u8, 1..4u8);
    prop_oneof![
        3 => (0..20u8).prop_map(Step::Wait),
        1 => any::<bool>().prop_map(Step::Halt),
        3 => (who.clone(), dseq.clone(), 1..3u8, 500_000..3_000_000u32)
            .prop_map(|(w, d, n, amount)| Step::Create(w, d, n, amount)),
        2 => (who.clone(), dseq.clone(), gseq.clone(), 0..4u8)
            .prop_map(|(w, d, g, what)| Step::Group(w, d, g, what)),
        6 => (who.clone(), dseq.clone(), gseq.clone(), oseq.clone(), number.clone(), 1..400_000_000u32)
            .prop_map(|(w, d, g, o, n, price)| Step::Bid(w, d, g, o, n, price)),
        9 => (who.clone(), dseq.clone(), gseq, oseq, number, 0..6u8)
            .prop_map(|(w, d, g, o, n, what)| Step::End(w, d, g, o, n, what)),
        2 => (who, dseq, 3..6u8, any::<bool>(), 1..2_000_000u32, any::<bool>())
            .prop_map(|(w, d, s, akt, amount, grant)| Step::Deposit(w, d, s, akt, amount, grant)),
        1 => (3..6u8, 3..6u8, 1..2_000_000u32).prop_map(|(a, b, amount)| Step::Grant(a, b, amount)),
    ]
}

fn rules() -> impl Strategy<Value = Rules> {
    prop_oneof![
        Just(Rules::chain()),
        Just(Rules::intended()),
        proptest::sample::subsequence(Quirk::ALL.to_vec(), 0..=Quirk::ALL.len())
            .prop_map(|quirks| quirks.into_iter().fold(Rules::intended(), Rules::with)),
    ]
}

fn deployment(who: u8, dseq: u8) -> DeploymentId {
    DeploymentId::new(account(who), DSEQS[usize::from(dseq)])
}

fn group(who: u8, dseq: u8, gseq: u8) -> GroupId {
    deployment(who, dseq).group(gseq.into())
}

fn bid(who: u8, dseq: u8, gseq: u8, oseq: u8, number: u8) -> BidId {
    group(who, dseq, gseq)
        .order(oseq.into())
        .bid(provider(number))
}

pub(super) fn action(step: &Step) -> Option<Action> {
    Some(match *step {
        Step::Wait(_) | Step::Halt(_) => return None,
        Step::Create(who, dseq, groups, amount) => Action::CreateDeployment {
            id: deployment(who, dseq),
            groups: (0..groups).map(|n| group_spec(&n.to_string())).collect(),
            hash: vec![1; 32],
            deposit: Deposit::from_balance(Coin::uact(amount.into())),
            reclamation_min_window: None,
        },
        Step::Group(who, dseq, gseq, what) => {
            let id = group(who, dseq, gseq);
            match what {
                0 => Action::CloseGroup { id },
                1 => Action::PauseGroup { id },
                2 => Action::StartGroup { id },
                _ => Action::CloseDeployment { id: id.deployment },
            }
        }
        // Prices in thousandths, so that fractions occur.
        Step::Bid(who, dseq, gseq, oseq, number, price) => World::create_bid(
            &bid(who, dseq, gseq, oseq, number),
            &format!("{}.{:03}", price / 1_000, price % 1_000),
        ),
        Step::End(who, dseq, gseq, oseq, number, what) => {
            let id = bid(who, dseq, gseq, oseq, number);
            match what {
                0 | 1 => Action::CreateLease { id },
                2 | 3 => Action::WithdrawLease { id: id.lease() },
                4 => Action::CloseLease { id: id.lease() },
                _ => Action::CloseBid {
                    id,
                    reason: CloseReason::UNSTABLE,
                },
            }
        }
        Step::Deposit(who, dseq, signer, akt, amount, grant) => Action::Deposit {
            signer: account(signer),
            id: AccountId::Deployment(deployment(who, dseq)),
            deposit: Deposit {
                amount: if akt {
                    Coin::uakt(amount.into())
                } else {
                    Coin::uact(amount.into())
                },
                sources: if grant {
                    vec![DepositSource::Grant, DepositSource::Balance]
                } else {
                    vec![DepositSource::Balance]
                },
            },
        },
        Step::Grant(granter, grantee, amount) => Action::GrantDeposit {
            granter: account(granter),
            grantee: account(grantee),
            scopes: vec![GrantScope::Deployment],
            spend_limits: vec![Coin::uact(amount.into())],
            expires: None,
        },
    })
}

/// Does the steps; an action joins the one before it in a batch where `join` says so.
pub(super) fn run(rules: Rules, steps: &[(Step, bool)]) -> World {
    let mut world = World::new(rules);
    let mut batch = Vec::new();
    for (step, join) in steps {
        if !join && !batch.is_empty() {
            apply(&mut world, std::mem::take(&mut batch));
        }
        match step {
            Step::Wait(blocks) => world.wait(i64::from(*blocks)),
            Step::Halt(halt) => world.ledger.pin_fallback(Some(Fallback {
                status: if *halt {
                    MintStatus::HaltCr
                } else {
                    MintStatus::Healthy
                },
                akt_price: Some("0.7".parse().unwrap()),
            })),
            _ => batch.extend(action(step)),
        }
    }
    apply(&mut world, batch);
    world
}

fn apply(world: &mut World, batch: Vec<Action>) {
    let (block, before) = (world.block(), world.ledger.snapshot());
    let rules = world.ledger.rules();
    match world.ledger.apply(block, &Batch::new(batch)) {
        Ok(_) => {
            world.ledger.invariants().unwrap();
            if rules == Rules::intended() {
                for denom in [Denom::UACT, Denom::UAKT] {
                    assert_eq!(world.stranded(&denom), Dec::ZERO, "{denom} is stranded");
                }
            }
        }
        Err(refused) => {
            if !rules.has(Quirk::HandlerPanics) {
                assert_ne!(refused.error.code().code, 111_222, "{refused}");
            }
            assert!(world.ledger.snapshot() == before, "a refusal left a trace");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn books_balance(rules in rules(), steps in prop::collection::vec((step(), any::<bool>()), 1..80)) {
        let world = run(rules, &steps);
        for denom in [Denom::UACT, Denom::UAKT] {
            let supply = world.ledger.bank().supply(&denom);
            prop_assert_eq!(supply, World::new(rules).ledger.bank().supply(&denom));
        }
    }

    #[test]
    fn equal_steps_give_equal_ledgers(
        rules in rules(),
        steps in prop::collection::vec((step(), any::<bool>()), 1..40),
    ) {
        let world = run(rules, &steps);
        prop_assert_eq!(world.ledger.hash(), run(rules, &steps).ledger.hash());
        let text = serde_json::to_string(&world.ledger.snapshot()).unwrap();
        let again = Ledger::restore(serde_json::from_str::<Snapshot>(&text).unwrap());
        prop_assert_eq!(again.hash(), world.ledger.hash());
    }

    #[test]
    fn settling_often_equals_settling_once(
        thousandths in 1..5_000u32,
        blocks in prop::collection::vec(0..9i64, 1..12),
    ) {
        let rate = uact(&format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000));
        let price = rate.amount().to_string();
        let settle = |often: bool| {
            let mut world = World::new(Rules::intended());
            world.act(world.create(1, 1, 5_000_000));
            let lease = world.lease(1, 1, 1, &price);
            let operation = EscrowOperation::Settle { id: AccountId::Deployment(world.id(1)) };
            for more in &blocks {
                world.wait(*more);
                if often {
                    world.ledger.escrow(world.block(), &operation).unwrap();
                }
            }
            world.ledger.escrow(world.block(), &operation).unwrap();
            (world.payment(&lease), world.escrow_account(1))
        };
        prop_assert_eq!(settle(true), settle(false));
    }
}
