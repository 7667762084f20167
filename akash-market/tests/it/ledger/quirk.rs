//! Every fault of the chain, with the figures of a live node where there are some, and what is meant instead.

use super::{BID_DEPOSIT, TENANT, World, account, dec, is_open, provider, uact};
use akash_market::action::{Action, Batch};
use akash_market::bid::{BidState, ResourceOffer};
use akash_market::bme::MintStatus;
use akash_market::error::Code;
use akash_market::escrow::{AccountId, Deposit, EscrowState};
use akash_market::grant::GrantScope;
use akash_market::id::Height;
use akash_market::lease::LeaseState;
use akash_market::ledger::{Fallback, Quirk, Rules};
use akash_market::query::Key;
use akash_market::time::{Block, Timestamp};
use akash_sdl::num::{Coin, Dec, Denom};
use akash_sdl::resource::Resources;

/// The same with the quirk and, otherwise by the chain's rules, without it.
fn both<T>(quirk: Quirk, mut run: impl FnMut(World) -> T) -> (T, T) {
    (
        run(World::new(Rules::chain())),
        run(World::new(Rules::chain().without(quirk))),
    )
}

#[test]
fn a_new_lease_drops_what_older_leases_earned() {
    let (chain, intended) = both(Quirk::LeaseCreationDropsAccruedEarnings, |mut world| {
        world.act(world.create(1, 2, 5_000_000));
        world.height = 35;
        let first = world.lease(1, 1, 1, "100");
        world.height = 44;
        let second = world.lease(1, 2, 2, "50");
        assert_eq!(world.escrow_account(1).transferred[..], [uact("900")]);
        world.height = 50;
        world.act(World::withdraw(&first));
        assert_eq!(world.payment(&second).balance, uact("300"));
        world.height = 51;
        world.act(Action::CloseDeployment { id: world.id(1) });
        (
            world.gain(&provider(1), &Denom::UACT),
            world.gain(&provider(2), &Denom::UACT),
            world.gain(&account(TENANT), &Denom::UACT),
            world.stranded(&Denom::UACT),
        )
    });
    assert_eq!(chain, (700, 350, -1_950, dec("900")));
    assert_eq!(intended, (1_600, 350, -1_950, Dec::ZERO));
}

#[test]
fn only_the_first_loser_is_released() {
    let run = |mut world: World| {
        world.act(world.create(1, 1, 5_000_000));
        let bids: Vec<_> = (1..=5).map(|n| world.bid_id(1, 1, n)).collect();
        for bid in &bids {
            world.act(World::create_bid(bid, "10"));
        }
        world.act(Action::CreateLease {
            id: bids[2].clone(),
        });
        let states: Vec<BidState> = bids.iter().map(|b| world.read_bid(b).state).collect();
        let stuck: Vec<_> = bids
            .iter()
            .filter(|b| is_open(&world.read_bid(b)))
            .collect();
        for bid in &stuck {
            let lease = Action::CreateLease { id: (*bid).clone() };
            assert_eq!(world.refusal(lease), Code::new("market", 13));
        }
        // A stuck deposit comes back whenever its provider asks, also after the deployment's end.
        world.act(Action::CloseLease {
            id: bids[2].lease(),
        });
        world.act(Action::CloseDeployment { id: world.id(1) });
        for bid in stuck {
            let loss = -i128::try_from(BID_DEPOSIT).unwrap();
            assert_eq!(world.gain(&bid.provider, &Denom::UAKT), loss);
            world.act(World::close_bid(bid));
        }
        for bid in &bids {
            assert_eq!(world.gain(&bid.provider, &Denom::UAKT), 0);
        }
        states
    };
    let (mut chain, mut intended) = both(Quirk::OnlyFirstLoserReleased, run);
    assert_eq!(chain.remove(2), BidState::Active);
    assert_eq!(intended.remove(2), BidState::Active);
    chain.sort();
    assert_eq!(
        chain,
        [
            BidState::Open,
            BidState::Open,
            BidState::Open,
            BidState::Lost
        ]
    );
    assert_eq!(intended, [BidState::Lost; 4]);
}

/// Two leases at 100 and 50 from block 10, now block 15.
fn two_leases(world: &mut World) -> [akash_market::id::LeaseId; 2] {
    world.act(world.create(1, 2, 5_000_000));
    for gseq in [1, 2] {
        let bid = world.bid_id(1, gseq, u8::try_from(gseq).unwrap());
        world.act(World::create_bid(
            &bid,
            if gseq == 1 { "100" } else { "50" },
        ));
    }
    let bids = [world.bid_id(1, 1, 1), world.bid_id(1, 2, 2)];
    world.height = 10;
    let leases = bids
        .iter()
        .map(|id| Action::CreateLease { id: id.clone() })
        .collect();
    world.try_all(leases).unwrap();
    world.height = 15;
    bids.map(|b| b.lease())
}

#[test]
fn a_second_withdrawal_in_a_block_fails() {
    let (chain, intended) = both(Quirk::SecondSettlementIgnoresPayments, |mut world| {
        let [first, second] = two_leases(&mut world);
        world.act(World::withdraw(&first));
        let refused = world.try_all(vec![World::withdraw(&second)]).err();
        let twice = world.try_all(vec![World::withdraw(&first)]).err();
        assert_eq!(refused.is_some(), twice.is_some());
        world.wait(1);
        let gain = world.gain(&provider(2), &Denom::UACT);
        world.act(World::withdraw(&second));
        assert_eq!(world.gain(&provider(2), &Denom::UACT), 300);
        (refused.map(|r| (r.error.code(), r.error.to_string())), gain)
    });
    let (code, text) = chain.0.unwrap();
    assert_eq!(code, Code::PANIC);
    assert!(
        text.starts_with("recovered: couldn't find payment"),
        "{text}"
    );
    assert_eq!(chain.1, 0);
    assert_eq!(intended, (None, 250));
}

#[test]
fn a_lease_closed_after_a_withdrawal_is_charged_on() {
    let (chain, intended) = both(Quirk::SecondSettlementIgnoresPayments, |mut world| {
        let [first, _] = two_leases(&mut world);
        world.act(World::withdraw(&first));
        world.act(Action::CloseLease { id: first.clone() });
        assert_eq!(world.read_lease(&first).state, LeaseState::Closed);
        let state = world.payment(&first).state;
        world.wait(6);
        let paid = world.try_all(vec![World::withdraw(&first)]).is_ok();
        assert_eq!(paid, state == EscrowState::Open);
        world.gain(&provider(1), &Denom::UACT)
    });
    assert_eq!((chain, intended), (1_100, 500));
}

#[test]
fn a_deployment_closed_after_a_withdrawal_strands_earnings() {
    let (chain, intended) = both(Quirk::SecondSettlementIgnoresPayments, |mut world| {
        let [first, second] = two_leases(&mut world);
        world.act(World::withdraw(&first));
        world.act(Action::CloseDeployment { id: world.id(1) });
        world.wait(1);
        let late = world.refusal(World::withdraw(&second));
        (
            world.gain(&provider(2), &Denom::UACT),
            world.payment(&second).state,
            late,
        )
    });
    assert_eq!(chain, (0, EscrowState::Open, Code::new("escrow", 2)));
    assert_eq!(intended, (250, EscrowState::Closed, Code::new("escrow", 7)));
}

#[test]
fn a_lease_made_and_closed_in_one_batch_is_charged_on() {
    let (chain, intended) = both(Quirk::SecondSettlementIgnoresPayments, |mut world| {
        world.act(world.create(1, 1, 5_000_000));
        let id = world.bid_id(1, 1, 1);
        world.act(World::create_bid(&id, "100"));
        let make = Action::CreateLease { id: id.clone() };
        let close = Action::CloseLease { id: id.lease() };
        world.try_all(vec![make, close]).unwrap();
        world.wait(5);
        let paid = world.try_all(vec![World::withdraw(&id.lease())]).is_ok();
        (paid, world.gain(&provider(1), &Denom::UACT))
    });
    assert_eq!((chain, intended), ((true, 500), (false, 0)));
}

#[test]
fn closing_lease_and_deployment_in_one_batch_strands_the_other_lease() {
    let (chain, intended) = both(Quirk::SecondSettlementIgnoresPayments, |mut world| {
        let [first, second] = two_leases(&mut world);
        let close = Action::CloseLease { id: first };
        let end = Action::CloseDeployment { id: world.id(1) };
        world.try_all(vec![close, end]).unwrap();
        assert_eq!(world.gain(&provider(1), &Denom::UACT), 500);
        let payment = world.payment(&second);
        let gain = world.gain(&provider(2), &Denom::UACT);
        (gain, payment.state, payment.balance)
    });
    assert_eq!(chain, (0, EscrowState::Open, uact("250")));
    assert_eq!(intended, (250, EscrowState::Closed, uact("0")));
}

#[test]
fn of_two_leases_closed_in_one_batch_the_second_is_charged_on() {
    let (chain, intended) = both(Quirk::SecondSettlementIgnoresPayments, |mut world| {
        let leases = two_leases(&mut world);
        let close = leases.map(|id| Action::CloseLease { id });
        world.try_all(close.to_vec()).unwrap();
        world.wait(4);
        world.act(Action::CloseDeployment { id: world.id(1) });
        (
            world.gain(&provider(1), &Denom::UACT),
            world.gain(&provider(2), &Denom::UACT),
        )
    });
    assert_eq!((chain, intended), ((500, 450), (500, 250)));
}

#[test]
fn settling_1_charges_12() {
    let (chain, intended) = both(Quirk::DseqPrefixCollision, |mut world| {
        world.act(world.create(1, 1, 5_000_000));
        world.act(world.create(12, 1, 5_000_000));
        world.height = 124;
        let one = world.lease(1, 1, 1, "100");
        let twelve = world.lease(12, 1, 2, "70");
        world.height = 129;
        world.act(World::withdraw(&one));
        let charged = world.escrow_account(1).transferred[0].amount();
        let balance = world.payment(&twelve).balance.amount();
        assert_eq!(world.escrow_account(12).settled_at.0, 124);
        world.height = 133;
        world.act(World::withdraw(&twelve));
        let gain = world.gain(&provider(2), &Denom::UACT);
        world.height = 137;
        world.act(Action::CloseDeployment { id: world.id(1) });
        (charged, balance, gain, world.read_lease(&twelve).state)
    });
    assert_eq!(chain, (dec("850"), dec("350"), 980, LeaseState::Closed));
    assert_eq!(intended, (dec("500"), Dec::ZERO, 630, LeaseState::Active));
}

#[test]
fn fractions_are_dropped() {
    let (chain, intended) = both(Quirk::FractionsDroppedAtSettlement, |mut world| {
        world.act(world.create(1, 1, 5_000_000));
        let lease = world.lease(1, 1, 1, "0.9");
        for _ in 0..12 {
            world.wait(1);
            world.act(World::withdraw(&lease));
        }
        let gain = world.gain(&provider(1), &Denom::UACT);
        (gain, world.payment(&lease).balance)
    });
    assert_eq!(chain, (0, uact("0")));
    assert_eq!(intended, (10, uact("0.8")));
}

#[test]
fn one_bid_more_than_the_limit_fits() {
    let (chain, intended) = both(Quirk::BidLimitOffByOne, |mut world| {
        let mut params = world.ledger.params().market.clone();
        params.order_max_bids = 3;
        world.act(Action::UpdateParams {
            authority: world.ledger.modules().gov.clone(),
            params: Box::new(akash_market::params::ParamsChange::Market(params)),
        });
        world.act(world.create(1, 1, 5_000_000));
        let mut fitted = 0;
        for number in 1..=6 {
            let bid = World::create_bid(&world.bid_id(1, 1, number), "10");
            match world.try_all(vec![bid]) {
                Ok(_) => fitted += 1,
                Err(refused) => {
                    assert_eq!(refused.error.code(), Code::LOST);
                    assert_eq!(
                        refused.error.to_string(),
                        "invalid bid: too many existing bids (3)"
                    );
                }
            }
        }
        world.act(World::close_bid(&world.bid_id(1, 1, 1)));
        let last = World::create_bid(&world.bid_id(1, 1, 6), "10");
        (fitted, world.try_all(vec![last]).is_ok())
    });
    assert_eq!(chain, (4, false), "closed bids count");
    assert_eq!(intended, (3, true));
}

#[test]
fn a_group_of_a_closed_deployment_can_be_started() {
    let (chain, intended) = both(Quirk::ClosedDeploymentRestarts, |mut world| {
        world.act(world.create(1, 1, 500_000));
        let lease = world.lease(1, 1, 1, "150000");
        world.wait(7);
        world.act(World::withdraw(&lease));
        assert_eq!(world.gain(&provider(1), &Denom::UACT), 500_000);
        assert_eq!(
            world.read_lease(&lease).state,
            LeaseState::InsufficientFunds
        );
        let group = world.id(1).group(1);
        let start = Action::StartGroup { id: group.clone() };
        if let Err(refused) = world.try_all(vec![start]) {
            return refused.error.code();
        }
        let bid = group.order(2).bid(provider(2));
        world.act(World::create_bid(&bid, "10"));
        world.refusal(Action::CreateLease { id: bid })
    });
    assert_eq!(chain, Code::new("escrow", 4));
    assert_eq!(intended, Code::new("deployment", 5));
}

#[test]
fn handlers_panic() {
    let run = |mut world: World| {
        world.act(world.create(1, 1, 5_000_000));
        let id = world.bid_id(1, 1, 1);
        let Action::CreateBid {
            price,
            deposit,
            resources_offer,
            ..
        } = World::create_bid(&id, "10")
        else {
            panic!()
        };
        let bid = |price, deposit, resources_offer| Action::CreateBid {
            id: id.clone(),
            price,
            deposit,
            resources_offer,
            reclamation_window: None,
        };
        let other: akash_sdl::num::DecCoin = "10uakt".parse().unwrap();
        let offer = ResourceOffer {
            resources: Resources {
                id: 1,
                ..Resources::default()
            },
            count: 1,
        };
        let huge = |denom: Denom| Deposit::from_balance(Coin::new(denom, 1 << 63));
        [
            world.refusal(bid(other, deposit.clone(), resources_offer.clone())),
            world.refusal(bid(price.clone(), deposit, [offer.clone(), offer].into())),
            world.refusal(bid(price, huge(Denom::UAKT), resources_offer)),
            world.refusal(world.create(2, 1, 1 << 63)),
            world.refusal(world.add(1, Coin::uact(1 << 63))),
        ]
        .map(|code| (code.codespace, code.code))
    };
    let (chain, intended) = both(Quirk::HandlerPanics, run);
    assert_eq!(chain, [("undefined", 111_222); 5]);
    assert_eq!(
        intended,
        [
            ("market", 22),
            ("market", 32),
            ("market", 28),
            ("deployment", 20),
            ("escrow", 16)
        ]
    );
}

/// A lease at 100,000 with 500,000uact and 30,000,000uakt, withdrawn after some blocks while minting is halted.
fn halted(world: &mut World, price: &str, blocks: i64) -> akash_market::id::LeaseId {
    world.ledger.pin_fallback(Some(Fallback {
        status: MintStatus::HaltCr,
        akt_price: Some(dec(price)),
    }));
    world.act(world.create(1, 1, 500_000));
    world.act(world.add(1, Coin::uakt(30_000_000)));
    let lease = world.lease(1, 1, 1, "100000");
    world.wait(blocks);
    world.act(World::withdraw(&lease));
    lease
}

#[test]
fn a_fallback_freezes_the_account() {
    let (chain, intended) = both(Quirk::FallbackFreezesAccount, |mut world| {
        let lease = halted(&mut world, "0.02", 7);
        let bank = |world: &World, denom| world.gain(&provider(1), denom);
        assert_eq!(bank(&world, &Denom::UACT), 500_000);
        let bid = i128::try_from(BID_DEPOSIT).unwrap();
        assert_eq!(bank(&world, &Denom::UAKT), 10_000_000 - bid);
        assert_eq!(world.payment(&lease).unsettled, uact("0"));
        let fund = world.escrow_account(1).funds[0].amount;
        world.wait(2);
        world.act(World::withdraw(&lease));
        let later = bank(&world, &Denom::UAKT) + bid;
        world.wait(1);
        world.act(Action::CloseDeployment { id: world.id(1) });
        (
            fund,
            later,
            bank(&world, &Denom::UAKT),
            world.payment(&lease).state,
            world.gain(&account(2), &Denom::UAKT),
        )
    });
    assert_eq!(
        chain,
        (
            dec("-200000"),
            10_000_000,
            10_000_000,
            EscrowState::Open,
            -10_000_000
        )
    );
    assert_eq!(
        intended,
        (
            Dec::ZERO,
            20_000_000,
            25_000_000,
            EscrowState::Closed,
            -25_000_000
        )
    );
}

#[test]
fn a_deposit_thaws_a_frozen_account() {
    let mut world = World::new(Rules::chain());
    let lease = halted(&mut world, "0.02", 7);
    world.wait(4);
    world.act(world.add(1, Coin::uact(1_000_000)));
    assert_eq!(world.escrow_account(1).funds[0].amount, dec("1000000"));
    world.wait(4);
    world.act(World::withdraw(&lease));
    assert_eq!(world.gain(&provider(1), &Denom::UACT), 1_300_000);
}

#[test]
fn inexact_fallback_prices_truncate() {
    let mut world = World::new(Rules::chain());
    // Seven blocks cost 700,000: the debt is 200,000, at 0.03 that is 6,666,666 and a fraction.
    let lease = halted(&mut world, "0.03", 7);
    let bid = i128::try_from(BID_DEPOSIT).unwrap();
    assert_eq!(world.gain(&provider(1), &Denom::UAKT), 6_666_666 - bid);
    assert_eq!(world.payment(&lease).state, EscrowState::Open);
    // At prices above 1 the rounding error survives and the account counts as overdrawn.
    let mut world = World::new(Rules::chain());
    let lease = halted(&mut world, "3", 6);
    assert_eq!(world.payment(&lease).state, EscrowState::Overdrawn);
    assert_eq!(
        world.payment(&lease).unsettled,
        uact("0.000000000000000001")
    );
    let mut world = World::new(Rules::intended());
    let lease = halted(&mut world, "3", 6);
    assert_eq!(world.payment(&lease).state, EscrowState::Open);
    assert_eq!(world.stranded(&Denom::UAKT), Dec::ZERO);
}

/// A payment takes the very last uakt of the account and leaves none for the next one: the chain then books that one's
/// whole need as a debt in uakt.
#[test]
fn a_fallback_that_ends_exactly_leaves_a_debt_in_uakt() {
    let fund = |rules| {
        let mut world = World::new(rules);
        world.ledger.pin_fallback(Some(Fallback {
            status: MintStatus::HaltCr,
            akt_price: Some(dec("0.02")),
        }));
        world.act(world.create(1, 2, 500_000));
        world.act(world.add(1, Coin::uakt(5_000_000)));
        let first = world.lease(1, 1, 1, "100000");
        let second = world.lease(1, 2, 2, "100000");
        world.wait(6);
        world.act(World::withdraw(&second));
        assert_eq!(world.payment(&first).unsettled, uact("0"));
        assert_eq!(world.payment(&second).unsettled, uact("600000"));
        assert_eq!(world.escrow_account(1).state, EscrowState::Overdrawn);
        world.escrow_account(1).funds[1].amount
    };
    assert_eq!(fund(Rules::chain()), dec("-30000000"));
    assert_eq!(fund(Rules::intended()), Dec::ZERO);
}

/// What is done with a grant, at which second; and when it is looked whether it stands.
enum Deed {
    Grant(i64, Option<i64>),
    Revoke(i64),
    Look(i64),
}

impl World {
    /// The seconds at which the grant stood when it was looked for.
    fn grants_seen(&mut self, deeds: &[Deed]) -> Vec<i64> {
        let at = |second: i64| Timestamp::from_secs(1_700_000_000 + second);
        let (granter, grantee) = (account(2), account(TENANT));
        let mut seen = Vec::new();
        for deed in deeds {
            let (second, action) = match *deed {
                Deed::Look(second) => (second, None),
                Deed::Grant(second, end) => {
                    let grant = Action::GrantDeposit {
                        granter: granter.clone(),
                        grantee: grantee.clone(),
                        scopes: vec![GrantScope::Deployment],
                        spend_limits: vec![Coin::uact(600_000)],
                        expires: end.map(at),
                    };
                    (second, Some(grant))
                }
                Deed::Revoke(second) => {
                    let revoke = Action::RevokeDepositGrant {
                        granter: granter.clone(),
                        grantee: grantee.clone(),
                    };
                    (second, Some(revoke))
                }
            };
            let block = Block {
                height: Height(second),
                time: at(second),
            };
            self.ledger.begin_block(block);
            match action {
                Some(action) => drop(self.ledger.apply(block, &Batch::from(action)).unwrap()),
                None => seen.extend(self.ledger.grants().next().map(|_| second)),
            }
        }
        seen
    }
}

/// Played on the reference's own keeper of grants.
#[test]
fn a_renewed_grant_is_deleted_at_its_earlier_end() {
    use Deed::{Grant, Look, Revoke};
    let renewed: &[Deed] = &[Grant(10, Some(100)), Grant(30, None), Look(100), Look(101)];
    let revoked: &[Deed] = &[
        Grant(10, Some(100)),
        Revoke(20),
        Grant(30, Some(300)),
        Look(100),
        Look(101),
        Grant(110, Some(400)),
        Look(300),
        Look(301),
        Grant(310, None),
        Look(400),
        Look(401),
        Grant(410, None),
        Look(1_000),
    ];
    let shortened: &[Deed] = &[
        Grant(10, Some(100)),
        Grant(30, Some(50)),
        Look(50),
        Grant(60, Some(200)),
        Look(100),
        Look(101),
    ];
    let unchanged: &[Deed] = &[
        Grant(10, Some(100)),
        Grant(30, Some(100)),
        Revoke(40),
        Grant(50, Some(100)),
        Look(100),
        Grant(110, Some(200)),
        Look(200),
    ];
    for (deeds, by_chain, as_meant) in [
        (renewed, &[100][..], &[100, 101][..]),
        (
            revoked,
            &[100, 300, 400, 1_000],
            &[100, 101, 300, 301, 400, 401, 1_000],
        ),
        (shortened, &[50, 100], &[50, 100, 101]),
        (unchanged, &[100, 200], &[100, 200]),
    ] {
        let (chain, intended) = both(Quirk::RenewedGrantEndsEarly, |mut world| {
            world.grants_seen(deeds)
        });
        assert_eq!(chain, by_chain);
        assert_eq!(intended, as_meant);
    }
}

/// A deleted grant pays for nothing, and gets nothing back.
#[test]
fn a_grant_deleted_early_is_not_used() {
    let (chain, intended) = both(Quirk::RenewedGrantEndsEarly, |mut world| {
        world.grants_seen(&[Deed::Grant(1, Some(100)), Deed::Grant(2, None)]);
        let from_grant = |world: &World, dseq| World::from_grant(world.create(dseq, 1, 500_000));
        world.height = 10;
        world.act(from_grant(&world, 1));
        world.height = 17;
        let close = Action::CloseDeployment { id: world.id(1) };
        world.act(close);
        let left = world.ledger.grants().map(|g| g.spend_limits.clone()).next();
        let again = world.try_all(vec![from_grant(&world, 2)]);
        (
            left,
            again.map(drop).map_err(|refused| refused.error.code()),
        )
    });
    assert_eq!(chain, (None, Err(Code::LOST)));
    assert_eq!(intended, (Some(vec![Coin::uact(600_000)]), Ok(())));
}

#[test]
fn rules_read_back_from_their_json() {
    for rules in [
        Rules::chain(),
        Rules::intended(),
        Rules::intended().with(Quirk::DseqPrefixCollision),
    ] {
        let text = serde_json::to_string(&rules).unwrap();
        assert_eq!(serde_json::from_str::<Rules>(&text).unwrap(), rules);
    }
    assert_eq!(Rules::chain().quirks().count(), Quirk::ALL.len());
}

/// Where the answer counts, closing is refused; where nobody looks at it, the account is gone with what else was in it.
#[test]
fn a_grant_that_ends_now_takes_nothing_back() {
    let (chain, intended) = both(Quirk::EndingGrantBlocksRefund, |mut world| {
        world.height = 10;
        let end = world.block().time;
        world.height = 1;
        for (grantee, scope) in [
            (account(TENANT), GrantScope::Deployment),
            (provider(1), GrantScope::Bid),
        ] {
            world.act(Action::GrantDeposit {
                granter: account(2),
                grantee,
                scopes: vec![scope],
                spend_limits: vec![Coin::uact(500_000), Coin::uakt(500_000)],
                expires: Some(end),
            });
        }
        let bid = world.bid_id(1, 1, 1);
        for action in [world.create(1, 1, 500_000), World::create_bid(&bid, "10")] {
            world.act(World::from_grant(action));
        }
        let account_of_bid = AccountId::Bid(bid.clone());
        world.act(Action::Deposit {
            signer: account(3),
            id: account_of_bid.clone(),
            deposit: Deposit::from_balance(Coin::uakt(700)),
        });
        world.height = 10;
        world.act(World::close_bid(&bid));
        assert_eq!(world.read_bid(&bid).state, BidState::Closed);
        let close = Action::CloseDeployment { id: world.id(1) };
        let now = world.try_all(vec![close.clone()]);
        world.height = 11;
        let later = world.try_all(vec![close]);
        (
            world.gain(&account(2), &Denom::UAKT),
            world.gain(&account(3), &Denom::UAKT),
            world
                .ledger
                .get(&Key::EscrowAccount(account_of_bid))
                .is_some(),
            world.stranded(&Denom::UAKT),
            now.map(drop).map_err(|refused| refused.error.code()),
            later.is_ok(),
        )
    });
    let expired = Err(Code::new("authz", 3));
    assert_eq!(chain, (0, -700, false, dec("700"), expired, true));
    assert_eq!(intended, (0, 0, true, Dec::ZERO, Ok(()), false));
}
