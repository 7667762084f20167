//! Escrow: grants, overdraft, top-up, withdrawals.

use super::stage::{AKT, Play, Stage, from_grant, group, withdraw};
use akash_market::action::Action;
use akash_market::deployment::{DeploymentState, GroupState};
use akash_market::escrow::EscrowState;
use akash_market::grant::GrantScope;
use akash_market::lease::{CloseReason, LeaseState};
use akash_market::order::OrderState;
use akash_sdl::num::{Coin, Dec, Denom};

pub(crate) fn grant_funded_deposit(stage: &mut impl Stage) {
    stage.providers();
    let (granter, grantee) = (stage.who("tenant2"), stage.who("tenant"));
    stage.act(Action::GrantDeposit {
        granter: granter.clone(),
        grantee: grantee.clone(),
        scopes: vec![GrantScope::Deployment],
        spend_limits: vec![Coin::uact(2_000_000)],
        expires: None,
    });
    let groups = vec![group("g")];
    let id = stage.open_groups(7, groups, from_grant(1_500_000), None);
    assert_eq!(
        (stage.gain("tenant"), stage.gain("tenant2")),
        (0, -1_500_000)
    );
    // Half a million is left of the limit.
    let more = Action::Deposit {
        signer: grantee.clone(),
        id: akash_market::escrow::AccountId::Deployment(id.clone()),
        deposit: from_grant(600_000),
    };
    stage.refused(more, ("undefined", 1), "insufficient balance");
    let lease = stage.lease(&id.group(1), "p1", 1_000);
    stage.pass(4);
    stage.act(Action::CloseDeployment { id });
    assert_eq!(stage.gain("p1"), 5_000);
    assert_eq!((stage.gain("tenant"), stage.gain("tenant2")), (0, -5_000));
    assert_eq!(stage.lease_of(&lease).state, LeaseState::Closed);
    // What came back can be spent again: 1,995,000 in all.
    let second = stage.open_groups(8, vec![group("g")], from_grant(1_995_000), None);
    stage.act(Action::RevokeDepositGrant { granter, grantee });
    stage.act(Action::CloseDeployment { id: second });
    assert_eq!(
        stage.gain("tenant2"),
        -5_000,
        "the rest goes back without the grant, too"
    );
}

pub(crate) fn funds_run_out(stage: &mut impl Stage) {
    stage.providers();
    let id = stage.open(7, 2, 500_000);
    let lease = stage.lease(&id.group(1), "p1", 150_000);
    let open = stage.bid(&id.group(2), "p2", 10);
    stage.pass(5);
    // Out of funds, but nobody has settled: it looks alive.
    assert_eq!(stage.account(&id).state, EscrowState::Open);
    stage.refused(
        Action::CreateLease { id: open },
        ("escrow", 4),
        "account overdrawn",
    );
    stage.act(withdraw(&lease));
    assert_eq!(
        stage.gain("p1"),
        500_000,
        "all there was, and its bid's deposit back"
    );
    assert_eq!(stage.gain("p2"), 0, "the open bid is refunded");
    let ended = stage.lease_of(&lease);
    assert_eq!(ended.state, LeaseState::InsufficientFunds);
    assert_eq!(ended.reason, CloseReason::INSUFFICIENT_FUNDS);
    for gseq in [1, 2] {
        assert_eq!(stage.group(&id.group(gseq)), GroupState::InsufficientFunds);
        assert_eq!(
            stage.order(&id.group(gseq).order(1)),
            Some(OrderState::Closed)
        );
    }
    assert_eq!(stage.deployment(&id), DeploymentState::Closed);
    let account = stage.account(&id);
    assert_eq!(account.state, EscrowState::Overdrawn);
    assert!(account.funds[0].amount.is_negative());
    stage.refused(withdraw(&lease), ("escrow", 7), "payment closed");
    // A group can be put up again, but nothing comes of it.
    stage.act(Action::StartGroup { id: id.group(1) });
    let (late, bid) = stage.bid_on(&id.group(1).order(2), "p3", 10);
    stage.act(bid);
    stage.refused(
        Action::CreateLease { id: late },
        ("escrow", 4),
        "account overdrawn",
    );
}

pub(crate) fn top_up_while_overdrawn(stage: &mut impl Stage) {
    stage.providers();
    let id = stage.open(7, 1, 500_000);
    let lease = stage.lease(&id.group(1), "p1", 150_000);
    stage.pass(6);
    stage.act(withdraw(&lease));
    // Seven blocks cost 1,050,000.
    assert_eq!(
        stage.payment(&lease).unsettled.amount(),
        Dec::from_u64(550_000)
    );
    let small = stage.add("tenant2", &id, Coin::uact(100_000));
    stage.act(small);
    assert_eq!(
        (stage.gain("p1"), stage.gain("tenant2")),
        (600_000, -100_000)
    );
    assert_eq!(stage.account(&id).state, EscrowState::Overdrawn);
    // AKT pays nothing while nothing is halted: it goes back at once.
    let before = stage.held("tenant2", &Denom::UAKT);
    let akt = stage.add("tenant2", &id, Coin::uakt(5_000_000));
    stage.act(akt);
    assert!(
        before - stage.held("tenant2", &Denom::UAKT) < 1_000_000,
        "no more than the fee"
    );
    let rest = stage.add("tenant2", &id, Coin::uact(5_000_000));
    stage.act(rest.clone());
    assert_eq!(
        (stage.gain("p1"), stage.gain("tenant2")),
        (1_050_000, -550_000)
    );
    assert_eq!(stage.account(&id).state, EscrowState::Closed);
    assert_eq!(stage.payment(&lease).state, EscrowState::Closed);
    assert_eq!(
        stage.deployment(&id),
        DeploymentState::Closed,
        "it stays closed"
    );
    stage.refused(rest, ("escrow", 2), "account closed");
}

pub(crate) fn withdraw_idempotence(stage: &mut impl Stage) {
    stage.providers();
    let id = stage.open(7, 1, 5_000_000);
    let lease = stage.lease(&id.group(1), "p1", 100);
    stage.pass(4);
    stage.act(withdraw(&lease));
    let gain = stage.gain("p1");
    assert_eq!(gain, 500 - 500_000);
    // Twice in one transaction aborts, and nothing of it remains.
    let twice = stage
        .submit(vec![withdraw(&lease), withdraw(&lease)])
        .unwrap_err();
    assert!(twice.words.contains("couldn't find payment"), "{twice:?}");
    assert_eq!(stage.gain("p1"), gain);
    // Each withdrawal pays the blocks since the one before, no more.
    stage.act(withdraw(&lease));
    assert_eq!(stage.gain("p1"), gain + 200);
    // A block in between: a node simulates on the state of the last one, in which nothing is due any more.
    stage.pass(1);
    stage.act(withdraw(&lease));
    assert_eq!(stage.gain("p1"), gain + 400);
    stage.act(Action::CloseLease { id: lease.clone() });
    assert_eq!(stage.gain("p1"), 1_000);
    stage.refused(withdraw(&lease), ("escrow", 7), "payment closed");
    assert_eq!(stage.gain("p1"), 1_000);
}

pub(crate) fn akt_fallback(stage: &mut impl Stage) {
    stage.providers();
    let open = |stage: &mut _, dseq| {
        let stage: &mut dyn Stage = stage;
        let id = stage.open(dseq, 1, 500_000);
        let akt = stage.add("tenant2", &id, Coin::uakt(900_000_000));
        stage.act(akt);
        let lease = stage.lease(&id.group(1), "p1", 100_000);
        (id, lease)
    };
    // The price falls: the vault no longer covers the ACT outstanding.
    let (id, lease) = open(stage, 7);
    stage.price(Some("0.0005"));
    stage.pass(6);
    stage.act(withdraw(&lease));
    // 700,000 are due, 200,000 of them in AKT at 0.0005 US dollars.
    assert_eq!(
        stage.gain("p1"),
        0,
        "500,000, as much as its bid has locked"
    );
    let akt = stage.held("p1", &Denom::UAKT);
    assert!(
        (AKT + 399_000_000..=AKT + 400_000_000).contains(&akt),
        "{akt}"
    );
    assert_eq!(stage.lease_of(&lease).state, LeaseState::Active);
    assert_eq!(stage.account(&id).funds[0].amount, Dec::from_i64(-200_000));
    // Without a healthy price there is no fallback: the account is overdrawn and AKT goes back.
    stage.price(Some("1.25"));
    stage.pass(6);
    let (id, lease) = open(stage, 8);
    stage.price(None);
    stage.pass(7);
    let before = stage.held("tenant2", &Denom::UAKT);
    stage.act(withdraw(&lease));
    assert_eq!(stage.account(&id).state, EscrowState::Overdrawn);
    assert_eq!(stage.lease_of(&lease).state, LeaseState::InsufficientFunds);
    assert_eq!(stage.held("tenant2", &Denom::UAKT), before + 900_000_000);
}
