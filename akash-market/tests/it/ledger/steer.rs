//! The workflows steer around the chain's faults, so that nobody's money is lost.

use super::{World, account, group_spec, provider, uact};
use akash_market::action::Action;
use akash_market::auction::Cheapest;
use akash_market::escrow::Deposit;
use akash_market::foresee::{Advice, foresee};
use akash_market::id::Dseq;
use akash_market::inventory::screening::Screener;
use akash_market::inventory::{Amount, Cluster, ClusterInventory, Node};
use akash_market::ledger::Rules;
use akash_market::pricing::{Rates, Scale};
use akash_market::query::Page;
use akash_market::workflow::bid::{Bid, BidPlan, BidStep, Desk};
use akash_market::workflow::deploy::{Deploy, DeployFailure, DeployPlan, Ending, Patience};
use akash_market::workflow::{Effect, GatewayAnswer, Input, Refusal, Settled};
use akash_sdl::num::{Coin, Denom};
use std::collections::VecDeque;

/// Steps a machine on a ledger until it wants nothing more in this block; what it told.
fn run<S>(
    world: &mut World,
    input: Input,
    mut step: impl FnMut(Input) -> Vec<Effect<S>>,
) -> Vec<S> {
    let mut told = Vec::new();
    let mut wanted: VecDeque<_> = step(input).into();
    while let Some(effect) = wanted.pop_front() {
        let input = match effect {
            Effect::Read(key) => Input::Read {
                entity: world.ledger.get(&key).map(Box::new),
                key,
            },
            Effect::List(filter) => {
                let page = Page {
                    after: None,
                    limit: u32::MAX,
                };
                let items = world.ledger.list(&filter, &page).unwrap().items;
                Input::Listed { filter, items }
            }
            Effect::Submit { intent, batch } => {
                let block = world.block();
                let settled = match world.ledger.apply(block, &batch) {
                    Ok(applied) => Settled::Done {
                        block,
                        outcomes: applied.outcomes,
                    },
                    Err(refused) => {
                        let code = refused.error.code();
                        Settled::Refused(Refusal {
                            codespace: code.codespace.to_owned(),
                            code: code.code,
                            log: refused.error.to_string(),
                        })
                    }
                };
                world.ledger.invariants().unwrap();
                Input::Settled { intent, settled }
            }
            Effect::SendManifest(lease) => Input::Gateway {
                lease,
                answer: GatewayAnswer::Accepted,
            },
            Effect::ReadStatus(lease) => Input::Gateway {
                lease,
                answer: GatewayAnswer::Status {
                    ready: true,
                    summary: "1/1".to_owned(),
                },
            },
            Effect::Report(step) => {
                told.push(step);
                continue;
            }
            other => panic!(
                "an effect of a newer release: {:?}",
                std::mem::discriminant(&other)
            ),
        };
        wanted.extend(step(input));
    }
    told
}

fn deploy(world: &World, dseq: u64) -> Deploy {
    Deploy::new(DeployPlan {
        id: world.id(dseq),
        groups: vec![group_spec("g1")],
        hash: vec![1; 32],
        reclamation_min_window: None,
        deposit: Deposit::from_balance(Coin::uact(5_000_000)),
        patience: Patience {
            bids_at_least: 1,
            ..Patience::default()
        },
    })
}

#[test]
fn a_number_that_collides_is_refused_before_money_moves() {
    let mut world = World::new(Rules::chain());
    world.act(world.create(1, 1, 5_000_000));
    let first = world.lease(1, 1, 1, "100");
    world.wait(1);
    let before = world.ledger.hash();
    let mut machine = deploy(&world, 12);
    let told = run(&mut world, Input::Start, |i| machine.step(i, &Cheapest));
    let Some(Ending::Failed(failure)) = machine.ending() else {
        panic!("it should fail: {told:?}")
    };
    let DeployFailure::NumberCollides { collides, free, .. } = failure else {
        panic!("{failure}")
    };
    assert_eq!(
        (collides.as_slice(), *free),
        ([Dseq(1)].as_slice(), Dseq(20))
    );
    assert!(failure.to_string().ends_with("such as 20"), "{failure}");
    assert_eq!(world.ledger.hash(), before);
    // It is what foresee says of the action.
    let advice = Advice::ChooseDseq {
        collides: collides.clone(),
        free: *free,
    };
    let opening = world.create(12, 1, 5_000_000).into();
    let foreseen = foresee(&world.ledger, world.block(), &opening);
    assert!(foreseen.iter().any(|f| f.advice == advice), "{foreseen:?}");

    // Under the number it names everybody pays for himself; under the other one the first pays for both.
    let mut forced = world.clone();
    forced.act(forced.create(12, 1, 5_000_000));
    forced.lease(12, 1, 2, "70");
    let mut machine = deploy(&world, free.0);
    run(&mut world, Input::Start, |i| machine.step(i, &Cheapest));
    let bid = world.bid_id(free.0, 1, 2);
    world.act(World::create_bid(&bid, "70"));
    while machine.ending().is_none() {
        world.wait(1);
        let block = Input::Block(world.block());
        run(&mut world, block, |i| machine.step(i, &Cheapest));
    }
    let lease = bid.lease();
    assert_eq!(machine.ending(), Some(Ending::Done(&[lease])));
    for (world, charged) in [(&mut world, "500"), (&mut forced, "850")] {
        world.act(World::withdraw(&first));
        let before = world.escrow_account(1).transferred[0].clone();
        world.wait(5);
        world.act(World::withdraw(&first));
        let after = world.escrow_account(1).transferred[0].clone();
        assert_eq!(after, before.add(&uact(charged)).unwrap());
    }
}

/// What provider 1 loses of what it is owed for its lease, when another group of the deployment is leased 105 blocks
/// later; what it told, and when it withdrew before.
fn loss(withdraw_at_risk: Option<u32>) -> (i128, Vec<BidStep>) {
    let mut world = World::new(Rules::chain());
    world.act(world.create(1, 2, 5_000_000));
    // Room for one group.
    let mut inventory = ClusterInventory::new(Cluster {
        nodes: vec![Node {
            name: "n1".to_owned(),
            cpu: Amount::free(150),
            memory: Amount::free(8 << 30),
            ephemeral: Amount::free(8 << 30),
            ..Node::default()
        }],
        pools: Vec::new(),
    });
    let pricing = Scale::new(Rates {
        cpu: "1".parse().unwrap(),
        storage: [("ephemeral".to_owned(), "0".parse().unwrap())].into(),
        ..Rates::default()
    })
    .unwrap();
    let screener = Screener::new([], []);
    let mut machine = Bid::new(BidPlan {
        deposit: Some(Deposit::from_balance(Coin::uakt(500_000))),
        withdraw_every: None,
        withdraw_at_risk,
        ..BidPlan::new(provider(1))
    });
    let mut told = Vec::new();
    let mut step = |world: &mut World, input| {
        let mut desk = Desk {
            screener: &screener,
            inventory: &mut inventory,
            pricing: &pricing,
        };
        told.extend(run(world, input, |i| machine.step(i, &mut desk)));
    };
    step(&mut world, Input::Start);
    let [own, other] = [world.bid_id(1, 1, 1), world.bid_id(1, 2, 2)];
    world.act(Action::CreateLease { id: own.clone() });
    let leased = world.height;
    let mut pass = |world: &mut World, blocks: i64| {
        for _ in 0..blocks {
            world.wait(1);
            let block = Input::Block(world.block());
            step(world, block);
        }
    };
    pass(&mut world, 100);
    assert_eq!(
        world.payment(&own.lease()).withdrawn,
        Coin::zero(Denom::UACT)
    );
    world.act(World::create_bid(&other, "70"));
    pass(&mut world, 5);
    world.act(Action::CreateLease { id: other });
    pass(&mut world, 20);
    world.act(Action::CloseDeployment { id: world.id(1) });
    let owed = 100 * i128::from(world.height - leased);
    let lost = owed - world.gain(&provider(1), &Denom::UACT);
    // What is lost is nobody's, and the tenant has paid it.
    assert_eq!(world.stranded(&Denom::UACT), super::dec(&lost.to_string()));
    let paid = owed + 70 * 20;
    assert_eq!(world.gain(&account(1), &Denom::UACT), -paid);
    (lost, told)
}

#[test]
fn a_provider_withdraws_before_another_group_is_leased() {
    let at_risk = |told: &[BidStep]| {
        let risks = told.iter();
        risks
            .filter(|s| matches!(s, BidStep::AtRisk { .. }))
            .count()
    };
    // 105 blocks at 100.
    let (lost, told) = loss(None);
    assert_eq!((lost, at_risk(&told)), (10_500, 0));
    // Withdrawn in the block after the bid came: the four blocks until the lease are lost.
    let (lost, told) = loss(Some(10));
    assert_eq!((lost, at_risk(&told)), (400, 1));
    let (lost, told) = loss(Some(1));
    assert!(lost <= 100, "{lost}");
    assert!((4..=5).contains(&at_risk(&told)), "{told:?}");
    // It is told before it is done, and which order it is about.
    let risk = told
        .iter()
        .position(|s| matches!(s, BidStep::AtRisk { .. }));
    let Some(BidStep::AtRisk { sibling, .. }) = risk.and_then(|at| told.get(at)) else {
        panic!("{told:?}")
    };
    assert_eq!(sibling.group.gseq.0, 2);
}
