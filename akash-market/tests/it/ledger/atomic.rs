//! A batch that fails leaves no trace, whatever it did before and wherever it fails.

use super::{World, account, hours, provider, uact};
use akash_market::action::{Action, Batch};
use akash_market::escrow::{AccountId, Deposit, DepositSource};
use akash_market::grant::GrantScope;
use akash_market::lease::CloseReason;
use akash_market::ledger::Rules;
use akash_market::oracle::PairId;
use akash_market::params::{OracleParams, ParamsChange};
use akash_market::provider::ProviderInfo;
use akash_sdl::attribute::Attribute;
use akash_sdl::num::{Coin, Denom};

/// A market in which one of every action can be done, and all of them one after the other.
fn world(rules: Rules) -> (World, Vec<Action>) {
    let mut world = World::new(rules);
    let gov = world.ledger.modules().gov.clone();
    world.act(Action::UpdateParams {
        authority: gov.clone(),
        params: Box::new(ParamsChange::Oracle(OracleParams {
            sources: vec![account(9)],
            ..OracleParams::default()
        })),
    });
    let price = |world: &World| Action::AddPrice {
        signer: account(9),
        pair: PairId::akt_usd(),
        price: "30".parse().unwrap(),
        timestamp: world.block().time,
    };
    world.act(price(&world));
    world.act(Action::FundVault {
        authority: gov.clone(),
        amount: Coin::uakt(900_000_000_000),
        source: account(8),
    });
    for _ in 0..3 {
        let block = world.block();
        world.ledger.end_block(block);
        world.wait(1);
        world.act(price(&world));
    }
    // Deployments with leases to close, withdraw from and reclaim, and with a paused group.
    for dseq in 31..=36 {
        world.act(world.create(dseq, 2, 5_000_000));
    }
    for (dseq, number) in [(31, 1), (32, 2), (33, 3)] {
        world.lease(dseq, 1, number, "10");
    }
    let reclaimable = world.bid_id(34, 1, 4);
    let Action::CreateBid {
        id,
        price: rate,
        deposit,
        resources_offer,
        ..
    } = World::create_bid(&reclaimable, "10")
    else {
        panic!()
    };
    world.act(Action::CreateBid {
        id,
        price: rate,
        deposit,
        resources_offer,
        reclamation_window: Some(hours(2)),
    });
    world.act(Action::CreateLease {
        id: reclaimable.clone(),
    });
    for number in 5..=7 {
        world.act(World::create_bid(&world.bid_id(35, 1, number), "10"));
    }
    world.act(Action::PauseGroup {
        id: world.id(36).group(1),
    });
    world.wait(1);
    let all = vec![
        Action::GrantDeposit {
            granter: account(2),
            grantee: account(1),
            scopes: vec![GrantScope::Deployment],
            spend_limits: vec![Coin::uact(3_000_000)],
            expires: None,
        },
        world.create(41, 2, 600_000),
        Action::Deposit {
            signer: account(1),
            id: AccountId::Deployment(world.id(41)),
            deposit: Deposit {
                amount: Coin::uact(2_000_000),
                sources: vec![DepositSource::Grant, DepositSource::Balance],
            },
        },
        Action::UpdateDeployment {
            id: world.id(41),
            hash: vec![9; 32],
        },
        World::create_bid(&world.bid_id(41, 1, 8), "7"),
        Action::CreateLease {
            id: world.bid_id(35, 1, 5),
        },
        World::withdraw(&world.bid_id(31, 1, 1).lease()),
        Action::CloseLease {
            id: world.bid_id(32, 1, 2).lease(),
        },
        World::close_bid(&world.bid_id(33, 1, 3)),
        Action::StartReclaim {
            id: reclaimable.lease(),
            reason: CloseReason::UNSTABLE,
        },
        Action::StartGroup {
            id: world.id(36).group(1),
        },
        Action::PauseGroup {
            id: world.id(36).group(2),
        },
        Action::CloseGroup {
            id: world.id(36).group(2),
        },
        Action::CloseDeployment { id: world.id(31) },
        Action::BurnMint {
            owner: account(3),
            to: account(3),
            coins_to_burn: Coin::uakt(20_000_000),
            denom_to_mint: Denom::UACT,
        },
        price(&world),
        Action::FundVault {
            authority: gov.clone(),
            amount: Coin::uakt(5),
            source: account(8),
        },
        Action::CreateProvider {
            owner: account(7),
            host_uri: "https://seven.example:8443".to_owned(),
            attributes: Vec::new(),
            info: ProviderInfo::default(),
        },
        Action::UpdateProvider {
            owner: provider(1),
            host_uri: "https://one.example:8443".to_owned(),
            attributes: vec![Attribute::new("region", "eu")],
            info: ProviderInfo::default(),
        },
        Action::SignAttributes {
            owner: provider(1),
            auditor: account(9),
            attributes: vec![
                Attribute::new("region", "eu"),
                Attribute::new("tier", "gold"),
            ],
        },
        Action::DeleteAttributes {
            owner: provider(1),
            auditor: account(9),
            keys: vec!["tier".to_owned()],
        },
        Action::CreateCertificate {
            owner: account(1),
            serial: "77".to_owned(),
            cert: vec![1],
            pubkey: vec![2],
        },
        Action::RevokeCertificate {
            owner: account(1),
            serial: "77".to_owned(),
        },
        Action::Send {
            from: account(1),
            to: account(2),
            coins: vec![Coin::uakt(3)],
        },
        Action::RevokeDepositGrant {
            granter: account(2),
            grantee: account(1),
        },
        Action::UpdateParams {
            authority: gov,
            params: Box::new(ParamsChange::Oracle(OracleParams::default())),
        },
    ];
    (world, all)
}

/// Always refused by its handler.
fn failing() -> Action {
    Action::DeleteProvider { owner: provider(1) }
}

#[test]
fn every_action_is_taken_back_at_every_point() {
    for rules in [Rules::chain(), Rules::intended()] {
        let (mut world, all) = world(rules);
        let before = world.ledger.snapshot();
        let block = world.block();
        for fail_at in 0..=all.len() {
            let mut actions = all.clone();
            actions.insert(fail_at, failing());
            let refused = world.ledger.apply(block, &Batch::new(actions)).unwrap_err();
            assert_eq!(refused.index, fail_at, "{refused}");
            assert!(!refused.stateless);
            assert!(
                world.ledger.snapshot() == before,
                "a trace of {:?}",
                all.get(fail_at)
            );
        }
        // One by one as well: what fails is the second of two.
        for (n, action) in all.iter().enumerate() {
            let mut copy = world.ledger.clone();
            let first = Batch::new(all.iter().take(n).cloned().collect());
            copy.apply(block, &first).unwrap();
            let (state, hash) = (copy.snapshot(), copy.hash());
            let pair = Batch::new(vec![action.clone(), failing()]);
            assert_eq!(copy.apply(block, &pair).unwrap_err().index, 1, "{action:?}");
            assert!(
                copy.snapshot() == state && copy.hash() == hash,
                "a trace of {action:?}"
            );
        }
        // Nothing of it was impossible.
        let done = world.ledger.apply(block, &Batch::new(all.clone())).unwrap();
        assert_eq!(done.outcomes.len(), all.len());
        world.ledger.invariants().unwrap();
    }
}

#[test]
fn an_action_that_fails_in_its_middle_takes_back_its_beginning() {
    let mut world = World::new(Rules::chain());
    world.act(world.create(1, 2, 500_000));
    let all = i64::MAX.cast_unsigned();
    // The limit is reduced, then the granter turns out to be poorer than it promised.
    world.act(Action::GrantDeposit {
        granter: account(2),
        grantee: account(1),
        scopes: vec![GrantScope::Deployment, GrantScope::Bid],
        spend_limits: vec![Coin::uact(all.into())],
        expires: None,
    });
    let granted = |amount: u128| Deposit {
        amount: Coin::uact(amount),
        sources: vec![DepositSource::Balance, DepositSource::Grant],
    };
    let Action::CreateDeployment { groups, hash, .. } = world.create(2, 1, 1) else {
        panic!()
    };
    let create = Action::CreateDeployment {
        id: world.id(2),
        groups,
        hash,
        deposit: granted(3_000_000_000_000),
        reclamation_min_window: None,
    };
    assert_eq!(world.refusal(create).code, 5);
    let add = Action::Deposit {
        signer: account(1),
        id: AccountId::Deployment(world.id(1)),
        deposit: granted(3_000_000_000_000),
    };
    assert_eq!(world.refusal(add).code, 5);
    // A settlement overdraws the account, which is told by a refusal and not stored.
    world.lease(1, 1, 1, "400000");
    let second = world.bid_id(1, 2, 2);
    world.act(World::create_bid(&second, "10"));
    world.wait(2);
    assert_eq!(world.refusal(Action::CreateLease { id: second }).code, 4);
    assert_eq!(
        world.escrow_account(1).funds[0].amount,
        uact("500000").amount()
    );
}
