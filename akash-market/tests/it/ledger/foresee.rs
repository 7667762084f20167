//! Each fault is foreseen where it strikes and only there, with what it costs and the way around.

use super::property;
use super::{TENANT, World, account, provider, uact};
use akash_market::action::{Action, Batch};
use akash_market::bme::MintStatus;
use akash_market::escrow::{AccountId, Deposit, DepositSource};
use akash_market::foresee::{Advice, Foreseen, Stake, When, dropped_by_lease, foresee};
use akash_market::grant::GrantScope;
use akash_market::id::Dseq;
use akash_market::ledger::{Fallback, Quirk, Rules};
use akash_market::params::ParamsChange;
use akash_market::time::Timestamp;
use akash_sdl::num::{Coin, DecCoin};
use proptest::prelude::*;

impl World {
    fn foresee(&self, actions: Vec<Action>) -> Vec<Foreseen> {
        foresee(&self.ledger, self.block(), &Batch::new(actions))
    }

    /// What strikes with the batch itself, checked against both rule sets.
    #[track_caller]
    fn strikes(&self, actions: Vec<Action>) -> Vec<Foreseen> {
        let batch = Batch::new(actions);
        let answer = |rules: Rules| {
            let mut copy = self.ledger.clone();
            copy.set_rules(rules);
            let result = copy.apply(self.block(), &batch);
            (result.map(|done| done.outcomes), copy.hash())
        };
        let mut found = foresee(&self.ledger, self.block(), &batch);
        found.retain(|f| f.when == When::Now);
        let differs = answer(Rules::chain()) != answer(Rules::intended());
        assert_eq!(!found.is_empty(), differs, "{found:?}");
        found
    }

    #[track_caller]
    fn strikes_not(&self, actions: Vec<Action>) {
        assert_eq!(self.strikes(actions), []);
    }

    /// Opens deployments 1 with two groups and bids for both.
    fn two_orders(&mut self) {
        self.act(self.create(1, 2, 5_000_000));
        for gseq in [1, 2] {
            let bid = self.bid_id(1, gseq, u8::try_from(gseq).unwrap());
            self.act(Self::create_bid(&bid, "100"));
        }
    }

    fn make_lease(&self, gseq: u32) -> Action {
        Action::CreateLease {
            id: self.bid_id(1, gseq, u8::try_from(gseq).unwrap()),
        }
    }
}

fn stake(number: u8, amount: &str) -> Stake {
    Stake {
        owner: provider(number),
        amount: amount.parse().unwrap(),
    }
}

fn only(found: &[Foreseen]) -> (Quirk, &[Stake], &Advice) {
    match found {
        [f] => (f.quirk, &f.stakes, &f.advice),
        other => panic!("{other:?}"),
    }
}

#[test]
fn earnings_that_a_new_lease_would_drop() {
    let mut world = World::new(Rules::chain());
    world.two_orders();
    // Both in one batch are safe.
    world.strikes_not(vec![world.make_lease(1), world.make_lease(2)]);
    world.act(world.make_lease(1));
    let first = world.bid_id(1, 1, 1).lease();
    world.wait(9);
    let late = vec![world.make_lease(2)];
    let found = world.strikes(late.clone());
    let leases = vec![first.clone()];
    assert_eq!(
        only(&found),
        (
            Quirk::LeaseCreationDropsAccruedEarnings,
            &[stake(1, "900uact")][..],
            &Advice::WithdrawFirst { leases }
        )
    );
    let height = world.block().height;
    let account = world.escrow_account(1);
    let dropped = dropped_by_lease(&account, [&world.payment(&first)], height).unwrap();
    assert_eq!(dropped[0].1, uact("900"));
    // Withdrawn in the block before, only one block's worth is lost; in the same block nothing.
    world.act(World::withdraw(&first));
    world.strikes_not(late.clone());
    world.wait(1);
    assert_eq!(only(&world.strikes(late)).1, [stake(1, "100uact")]);
}

#[test]
fn bids_that_would_stay_open() {
    let mut world = World::new(Rules::chain());
    world.act(world.create(1, 1, 5_000_000));
    let bids: Vec<_> = (1..=4).map(|n| world.bid_id(1, 1, n)).collect();
    let lease = || {
        vec![Action::CreateLease {
            id: bids[0].clone(),
        }]
    };
    for bid in &bids[..2] {
        world.act(World::create_bid(bid, "100"));
    }
    // One loser is released.
    world.strikes_not(lease());
    for bid in &bids[2..] {
        world.act(World::create_bid(bid, "100"));
    }
    let found = world.strikes(lease());
    let (quirk, stakes, advice) = only(&found);
    assert_eq!(quirk, Quirk::OnlyFirstLoserReleased);
    let Advice::CloseBids { bids: stuck } = advice else {
        panic!("{advice:?}")
    };
    assert_eq!((stuck.len(), stakes.len()), (2, 2));
    for stake in stakes {
        assert_eq!(stake.amount, "500000uakt".parse::<DecCoin>().unwrap());
        assert!(stuck.iter().any(|bid| bid.provider == stake.owner));
    }
    // As said: closing them brings the deposits back.
    world.act(Action::CreateLease {
        id: bids[0].clone(),
    });
    for bid in stuck {
        world.act(World::close_bid(bid));
    }
}

#[test]
fn a_second_settlement_in_a_block() {
    let mut world = World::new(Rules::chain());
    world.two_orders();
    world
        .try_all(vec![world.make_lease(1), world.make_lease(2)])
        .unwrap();
    let [first, second] = [1, 2].map(|n| world.bid_id(1, u32::from(n), n).lease());
    world.wait(5);
    let close = Action::CloseDeployment { id: world.id(1) };
    world.strikes_not(vec![close.clone()]);
    let end = Action::CloseLease { id: first.clone() };
    let found = world.strikes(vec![end, close]);
    let another = Advice::AnotherBlock {
        deployment: Some(world.id(1)),
    };
    assert_eq!(
        only(&found),
        (
            Quirk::SecondSettlementIgnoresPayments,
            &[stake(2, "500uact")][..],
            &another
        )
    );
    assert_eq!(found[0].action, 1);
    // The second of two withdrawals aborts: nothing is lost, it can be sent again.
    world.act(World::withdraw(&first));
    let found = world.strikes(vec![World::withdraw(&second)]);
    let quirks: Vec<Quirk> = found.iter().map(|f| f.quirk).collect();
    assert_eq!(
        quirks,
        [Quirk::SecondSettlementIgnoresPayments, Quirk::HandlerPanics]
    );
    assert!(found.iter().all(|f| f.stakes.is_empty()), "{found:?}");
    assert_eq!(found[0].advice, another);
    world.wait(1);
    world.strikes_not(vec![World::withdraw(&second)]);
}

#[test]
fn numbers_that_collide() {
    let mut world = World::new(Rules::chain());
    world.act(world.create(1, 1, 5_000_000));
    let found = world.foresee(vec![world.create(12, 1, 5_000_000)]);
    assert_eq!(
        (found[0].when, only(&found).0),
        (When::Later, Quirk::DseqPrefixCollision)
    );
    let advice = Advice::ChooseDseq {
        collides: vec![Dseq(1)],
        free: Dseq(20),
    };
    assert_eq!(found[0].advice, advice);
    assert_eq!(world.foresee(vec![world.create(20, 1, 5_000_000)]), []);
    world.act(world.create(12, 1, 5_000_000));
    let one = world.lease(1, 1, 1, "100");
    let twelve = world.lease(12, 1, 2, "70");
    world.wait(5);
    world.strikes_not(vec![World::withdraw(&twelve)]);
    let found = world.strikes(vec![World::withdraw(&one)]);
    let (quirk, stakes, advice) = only(&found);
    assert_eq!(quirk, Quirk::DseqPrefixCollision);
    assert_eq!(
        stakes,
        [Stake {
            owner: account(1),
            amount: uact("350")
        }]
    );
    let deployments = vec![world.id(1), world.id(12)];
    assert_eq!(*advice, Advice::KeepApart { deployments });
}

#[test]
fn fractions() {
    let mut world = World::new(Rules::chain());
    world.act(world.create(1, 1, 5_000_000));
    let bid = world.bid_id(1, 1, 1);
    let whole = World::create_bid(&bid, "2");
    assert_eq!(world.foresee(vec![whole]), []);
    let offer = World::create_bid(&bid, "1.9");
    let advice = Advice::WholeRate {
        rates: vec![uact("1.9")],
    };
    let found = world.foresee(vec![offer.clone()]);
    assert_eq!((found[0].when, &found[0].advice), (When::Later, &advice));
    world.act(offer);
    world.act(Action::CreateLease { id: bid.clone() });
    world.wait(10);
    world.strikes_not(vec![World::withdraw(&bid.lease())]);
    world.wait(1);
    let found = world.strikes(vec![World::withdraw(&bid.lease())]);
    assert_eq!(
        only(&found),
        (
            Quirk::FractionsDroppedAtSettlement,
            &[stake(1, "0.9uact")][..],
            &advice
        )
    );
}

#[test]
fn the_last_place_in_an_auction() {
    let mut world = World::new(Rules::chain());
    let mut params = world.ledger.params().market.clone();
    params.order_max_bids = 2;
    world.act(Action::UpdateParams {
        authority: world.ledger.modules().gov.clone(),
        params: Box::new(ParamsChange::Market(params)),
    });
    world.act(world.create(1, 1, 5_000_000));
    for number in 1..=2 {
        let bid = World::create_bid(&world.bid_id(1, 1, number), "100");
        world.strikes_not(vec![bid.clone()]);
        world.act(bid);
    }
    let third = World::create_bid(&world.bid_id(1, 1, 3), "100");
    let found = world.strikes(vec![third]);
    assert_eq!(
        only(&found),
        (
            Quirk::BidLimitOffByOne,
            &[][..],
            &Advice::LimitIsLoose { limit: 2 }
        )
    );
}

#[test]
fn groups_of_a_closed_deployment() {
    let mut world = World::new(Rules::chain());
    world.act(world.create(1, 1, 500_000));
    let lease = world.lease(1, 1, 1, "500000");
    world.wait(2);
    world.act(World::withdraw(&lease));
    let group = world.id(1).group(1);
    let start = Action::StartGroup { id: group.clone() };
    let advice = Advice::NewDeployment {
        closed: world.id(1),
    };
    let found = world.strikes(vec![start.clone()]);
    assert_eq!(
        only(&found),
        (Quirk::ClosedDeploymentRestarts, &[][..], &advice)
    );
    // Who bids on it all the same locks a deposit for nothing.
    world.act(start);
    let found = world.foresee(vec![World::create_bid(
        &group.order(2).bid(provider(2)),
        "1",
    )]);
    assert_eq!(found[0].when, When::Later);
    assert_eq!(
        only(&found),
        (
            Quirk::ClosedDeploymentRestarts,
            &[stake(2, "500000uakt")][..],
            &advice
        )
    );
}

#[test]
fn input_that_aborts_the_handler() {
    let mut world = World::new(Rules::chain());
    world.act(world.create(1, 1, 5_000_000));
    let huge = world.add(1, Coin::uact(1 << 63));
    let found = world.strikes(vec![huge]);
    assert_eq!(
        only(&found),
        (Quirk::HandlerPanics, &[][..], &Advice::MendInput)
    );
    let Action::CreateBid {
        id,
        resources_offer,
        ..
    } = World::create_bid(&world.bid_id(1, 1, 1), "1")
    else {
        panic!()
    };
    let found = world.strikes(vec![Action::CreateBid {
        id,
        price: "1uakt".parse().unwrap(),
        deposit: Deposit::from_balance(Coin::uakt(500_000)),
        resources_offer,
        reclamation_window: None,
    }]);
    assert_eq!(only(&found).0, Quirk::HandlerPanics);
    // An ordinary refusal is none.
    world.strikes_not(vec![world.create(1, 1, 5_000_000)]);
}

#[test]
fn an_account_that_freezes() {
    let mut world = World::new(Rules::chain());
    world.ledger.pin_fallback(Some(Fallback {
        status: MintStatus::HaltCr,
        akt_price: Some("0.02".parse().unwrap()),
    }));
    world.act(world.create(1, 1, 500_000));
    let akt = world.add(1, Coin::uakt(30_000_000));
    let found = world.foresee(vec![akt.clone()]);
    assert_eq!(
        (found[0].when, only(&found).0),
        (When::Later, Quirk::FallbackFreezesAccount)
    );
    world.act(akt);
    let lease = world.lease(1, 1, 1, "100000");
    world.wait(7);
    let found = world.strikes(vec![World::withdraw(&lease)]);
    assert_eq!(only(&found).0, Quirk::FallbackFreezesAccount);
    world.act(World::withdraw(&lease));
    world.wait(2);
    // Now nothing settles there, by any rules.
    world.strikes_not(vec![World::withdraw(&lease)]);
    let found = world.foresee(vec![World::withdraw(&lease)]);
    let (quirk, stakes, advice) = only(&found);
    assert_eq!(
        (found[0].when, quirk),
        (When::Already, Quirk::FallbackFreezesAccount)
    );
    assert_eq!(stakes, [stake(1, "200000uact")]);
    assert!(matches!(advice, Advice::DepositAct { account: Some(_) }));
    assert!(
        found[0]
            .to_string()
            .starts_with("F10 fallback_freezes_account: deposit uact")
    );
}

#[test]
fn a_grant_that_ends_before_its_time() {
    let mut world = World::new(Rules::chain());
    let grant = |expires| Action::GrantDeposit {
        granter: account(2),
        grantee: account(TENANT),
        scopes: vec![GrantScope::Deployment],
        spend_limits: vec![Coin::uact(600_000)],
        expires,
    };
    let end = Timestamp::from_secs(1_700_000_100);
    assert_eq!(world.foresee(vec![grant(Some(end))]), []);
    world.act(grant(Some(end)));
    // The same end, or an earlier one, is kept.
    assert_eq!(world.foresee(vec![grant(Some(end))]), []);
    let sooner = Timestamp::from_secs(1_700_000_050);
    assert_eq!(world.foresee(vec![grant(Some(sooner))]), []);
    let found = world.foresee(vec![grant(None)]);
    let after = Some(end);
    assert_eq!(
        (found[0].when, only(&found)),
        (
            When::Later,
            (
                Quirk::RenewedGrantEndsEarly,
                &[][..],
                &Advice::GrantAgain { after }
            )
        )
    );
    assert_eq!(
        found[0].to_string(),
        "F13 renewed_grant_ends_early: grant again after 2023-11-14T22:15:00Z, when an earlier grant was to end: \
         the chain deletes this one then"
    );
    world.act(grant(None));
    let spend = |world: &World| Action::Deposit {
        signer: account(TENANT),
        id: AccountId::Deployment(world.id(1)),
        deposit: Deposit {
            amount: Coin::uact(1_000),
            sources: vec![DepositSource::Grant],
        },
    };
    world.act(world.create(1, 1, 500_000));
    world.strikes_not(vec![spend(&world)]);
    world.height = 17;
    let found = world.strikes(vec![spend(&world)]);
    let after = None;
    assert_eq!(
        only(&found),
        (
            Quirk::RenewedGrantEndsEarly,
            &[][..],
            &Advice::GrantAgain { after }
        )
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever was done before, a batch is told of exactly when the two rule sets answer differently.
    #[test]
    fn a_fault_is_foreseen_exactly_when_it_strikes(
        before in prop::collection::vec((property::step(), any::<bool>()), 1..60),
        then in prop::collection::vec(property::step(), 1..4),
    ) {
        let world = property::run(Rules::chain(), &before);
        let batch: Vec<Action> = then.iter().filter_map(property::action).collect();
        for found in world.strikes(batch) {
            prop_assert!(found.action < then.len());
            prop_assert!(found.stakes.iter().all(|s| s.amount.amount().is_positive()));
        }
    }
}

#[test]
fn a_refund_in_the_block_in_which_its_grant_ends() {
    let mut world = World::new(Rules::chain());
    world.height = 10;
    let end = world.block().time;
    world.height = 1;
    world.act(Action::GrantDeposit {
        granter: account(2),
        grantee: account(TENANT),
        scopes: vec![GrantScope::Deployment],
        spend_limits: vec![Coin::uact(500_000)],
        expires: Some(end),
    });
    world.act(World::from_grant(world.create(1, 1, 500_000)));
    let close = |world: &World| vec![Action::CloseDeployment { id: world.id(1) }];
    world.height = 9;
    world.strikes_not(close(&world));
    world.height = 10;
    let found = world.strikes(close(&world));
    let (quirk, _, advice) = only(&found);
    assert_eq!(
        (quirk, advice),
        (Quirk::EndingGrantBlocksRefund, &Advice::AfterGrant)
    );
    world.height = 11;
    world.strikes_not(close(&world));
}
