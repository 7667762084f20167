//! Orders, bids and leases, from the first bid to the close.

use super::stage::{Play, Stage, close_bid, group, withdraw};
use akash_market::action::Action;
use akash_market::bid::BidState;
use akash_market::deployment::{DeploymentState, GroupState};
use akash_market::escrow::{Deposit, EscrowState};
use akash_market::lease::{CloseReason, LeaseState};
use akash_market::order::OrderState;
use akash_market::params::{MarketParams, ParamsChange};
use akash_market::provider::ProviderInfo;
use akash_market::time::Nanos;
use akash_sdl::attribute::Attribute;
use akash_sdl::group::SignedBy;
use akash_sdl::num::Coin;

pub(crate) fn happy_path_to_close(stage: &mut impl Stage) {
    stage.providers();
    let id = stage.open(7, 1, 5_000_000);
    assert_eq!(stage.gain("tenant"), -5_000_000);
    let lease = stage.lease(&id.group(1), "p1", 1_000);
    assert_eq!(stage.lease_of(&lease).state, LeaseState::Active);
    assert_eq!(stage.order(lease.order()), Some(OrderState::Active));
    stage.pass(9);
    stage.act(withdraw(&lease));
    assert_eq!(
        stage.gain("p1"),
        10_000 - 500_000,
        "ten blocks, the deposit still locked"
    );
    stage.pass(4);
    stage.act(Action::CloseDeployment { id: id.clone() });
    assert_eq!(stage.gain("p1"), 15_000);
    assert_eq!(stage.gain("tenant"), -15_000);
    assert_eq!(stage.deployment(&id), DeploymentState::Closed);
    assert_eq!(stage.group(&id.group(1)), GroupState::Closed);
    let ended = stage.lease_of(&lease);
    assert_eq!(
        (ended.state, ended.reason),
        (LeaseState::Closed, CloseReason::OWNER)
    );
    let again = Action::CloseDeployment { id };
    stage.refused(again, ("deployment", 5), "Deployment closed");
}

pub(crate) fn two_groups_with_independent_leases(stage: &mut impl Stage) {
    stage.providers();
    let id = stage.open(7, 2, 5_000_000);
    let first = stage.bid(&id.group(1), "p1", 100);
    let second = stage.bid(&id.group(2), "p2", 70);
    // Both in one batch: a later one would cost the first provider what it has earned.
    let leases = [&first, &second].map(|bid| Action::CreateLease { id: bid.clone() });
    stage.submit(leases.to_vec()).unwrap();
    stage.pass(4);
    stage.act(Action::CloseLease { id: first.lease() });
    assert_eq!(stage.gain("p1"), 500);
    assert_eq!(stage.lease_of(&second.lease()).state, LeaseState::Active);
    assert_eq!(
        stage.order(&id.group(1).order(2)),
        Some(OrderState::Open),
        "in the auction again"
    );
    stage.pass(4);
    stage.act(Action::CloseGroup { id: id.group(2) });
    assert_eq!(stage.gain("p2"), 700);
    assert_eq!(
        stage.deployment(&id),
        DeploymentState::Active,
        "without a running group"
    );
    stage.act(Action::CloseDeployment { id });
    assert_eq!(stage.gain("tenant"), -1_200);
}

pub(crate) fn audited_gpu_attributes(stage: &mut impl Stage) {
    let h100 = "capabilities/gpu/vendor/nvidia/model/h100";
    stage.register("p1", &[("region", "eu"), (h100, "true")]);
    stage.register(
        "p2",
        &[
            ("region", "eu"),
            ("capabilities/gpu/vendor/nvidia/model/t4", "true"),
        ],
    );
    stage.register("p3", &[("region", "eu"), (h100, "true")]);
    let mut wanted = group("g");
    wanted.requirements.attributes = vec![Attribute::new("region", "eu")];
    wanted.requirements.signed_by = SignedBy {
        all_of: vec![stage.who("auditor").to_string()],
        any_of: Vec::new(),
    };
    let gpu = &mut wanted.resources[0].resources.gpu;
    gpu.units = 1;
    gpu.attributes = vec![Attribute::new("vendor/nvidia/model/h100", "true")];
    let deposit = Deposit::from_balance(Coin::uact(1_000_000));
    let id = stage.open_groups(7, vec![wanted], deposit, None);
    let order = id.group(1).order(1);
    for name in ["p1", "p2"] {
        let (owner, auditor) = (stage.who(name), stage.who("auditor"));
        let attributes = vec![Attribute::new("region", "eu")];
        stage.act(Action::SignAttributes {
            owner,
            auditor,
            attributes,
        });
    }
    let (_, unsigned) = stage.bid_on(&order, "p3", 10);
    stage.refused(unsigned, ("market", 5), "attribute mismatch");
    let (_, incapable) = stage.bid_on(&order, "p2", 10);
    stage.refused(incapable, ("market", 32), "capabilities mismatch");
    stage.lease(&id.group(1), "p1", 10);
}

pub(crate) fn max_bids_rejection(stage: &mut impl Stage) {
    stage.providers();
    let params = MarketParams {
        order_max_bids: 1,
        ..MarketParams::default()
    };
    let authority = stage.gov();
    stage.govern(Action::UpdateParams {
        authority,
        params: Box::new(ParamsChange::Market(params)),
    });
    let id = stage.open(7, 1, 1_000_000);
    let first = stage.bid(&id.group(1), "p1", 10);
    // The chain lets one more in than the limit says.
    stage.bid(&id.group(1), "p2", 10);
    let (_, third) = stage.bid_on(&id.group(1).order(1), "p3", 10);
    let words = "too many existing bids (1)";
    stage.refused(third.clone(), ("undefined", 1), words);
    stage.act(close_bid(&first));
    stage.refused(third, ("undefined", 1), words);
}

pub(crate) fn losing_bid_refunds(stage: &mut impl Stage) {
    stage.providers();
    let id = stage.open(7, 1, 1_000_000);
    let bids = ["p1", "p2", "p3"].map(|name| stage.bid(&id.group(1), name, 10));
    let mut losers = [("p2", &bids[1]), ("p3", &bids[2])];
    // By the text of the address.
    losers.sort_by_key(|(_, bid)| bid.provider.clone());
    stage.act(Action::CreateLease {
        id: bids[0].clone(),
    });
    let [(released, lost), (stuck, open)] = losers;
    assert_eq!(
        (stage.bid_state(lost), stage.gain(released)),
        (BidState::Lost, 0)
    );
    assert_eq!(
        (stage.bid_state(open), stage.gain(stuck)),
        (BidState::Open, -500_000)
    );
    let late = Action::CreateLease { id: open.clone() };
    stage.refused(late, ("market", 13), "order not open");
    stage.act(close_bid(open));
    assert_eq!(stage.gain(stuck), 0);
    assert_eq!(
        stage.gain("p1"),
        -500_000,
        "the winner's stays until its bid closes"
    );
}

pub(crate) fn reclamation(stage: &mut impl Stage) {
    stage.providers();
    let hours = |n: i64| Nanos::from_secs(n * 3_600);
    let deposit = Deposit::from_balance(Coin::uact(50_000_000));
    let id = stage.open_groups(7, vec![group("g")], deposit, Some(hours(2)));
    let (
        bid,
        Action::CreateBid {
            id: bid_id,
            price,
            deposit,
            resources_offer,
            ..
        },
    ) = stage.bid_on(&id.group(1).order(1), "p1", 10)
    else {
        panic!()
    };
    let offer = |window| Action::CreateBid {
        id: bid_id.clone(),
        price: price.clone(),
        deposit: deposit.clone(),
        resources_offer: resources_offer.clone(),
        reclamation_window: window,
    };
    stage.refused(offer(None), ("market", 40), "order requires reclamation");
    stage.refused(
        offer(Some(hours(1))),
        ("market", 41),
        "shorter than order minimum",
    );
    stage.act(offer(Some(hours(3))));
    stage.act(Action::CreateLease { id: bid.clone() });
    stage.refused(close_bid(&bid), ("market", 37), "reclamation not started");
    let start = Action::StartReclaim {
        id: bid.lease(),
        reason: CloseReason::DECOMMISSION,
    };
    stage.act(start.clone());
    let noticed = stage.lease_of(&bid.lease());
    assert_eq!(noticed.state, LeaseState::Reclaiming);
    let deadline = noticed.reclamation.unwrap().deadline;
    assert_eq!(deadline, stage.now().time.plus(hours(3)).unix_secs());
    stage.refused(start, ("market", 10), "lease not active");
    stage.refused(close_bid(&bid), ("market", 38), "window has not elapsed");
    stage.later(hours(3));
    stage.pass(1);
    stage.act(close_bid(&bid));
    let ended = stage.lease_of(&bid.lease());
    assert_eq!(
        (ended.state, ended.reason),
        (LeaseState::Closed, CloseReason::UNSPECIFIED)
    );
    assert_eq!(ended.reclamation.unwrap().reason, CloseReason::DECOMMISSION);
    assert_eq!(stage.group(&id.group(1)), GroupState::Paused);
}

pub(crate) fn provider_update_while_leased(stage: &mut impl Stage) {
    stage.providers();
    let mut wanted = group("g");
    wanted.requirements.attributes = vec![Attribute::new("region", "eu")];
    let deposit = Deposit::from_balance(Coin::uact(1_000_000));
    let id = stage.open_groups(7, vec![wanted], deposit, None);
    let lease = stage.lease(&id.group(1), "p1", 10);
    let owner = stage.who("p1");
    // No check against running leases.
    stage.act(Action::UpdateProvider {
        owner,
        host_uri: "https://moved.example:8443".to_owned(),
        attributes: vec![Attribute::new("region", "us")],
        info: ProviderInfo::default(),
    });
    assert_eq!(stage.lease_of(&lease).state, LeaseState::Active);
    stage.act(withdraw(&lease));
    stage.act(Action::CloseLease { id: lease });
    let (_, again) = stage.bid_on(&id.group(1).order(2), "p1", 10);
    stage.refused(again, ("market", 5), "attribute mismatch");
}

pub(crate) fn deployment_update(stage: &mut impl Stage) {
    stage.providers();
    let id = stage.open(7, 1, 1_000_000);
    let update = |hash: Vec<u8>| Action::UpdateDeployment {
        id: id.clone(),
        hash,
    };
    let words = "Invalid: deployment hash";
    stage.refused(update(vec![1; 32]), ("deployment", 10), words);
    stage.refused(update(vec![2; 31]), ("deployment", 10), words);
    stage.refused(update(Vec::new()), ("deployment", 9), "empty hash");
    stage.act(update(vec![2; 32]));
    stage.refused(update(vec![2; 32]), ("deployment", 10), words);
    stage.act(Action::CloseDeployment { id: id.clone() });
    stage.refused(update(vec![3; 32]), ("deployment", 5), "Deployment closed");
}

pub(crate) fn parameter_change(stage: &mut impl Stage) {
    stage.providers();
    let change = |authority, window: i64| Action::UpdateParams {
        authority,
        params: Box::new(ParamsChange::Market(MarketParams {
            bid_min_deposits: vec![Coin::uact(900_000)],
            min_reclamation_window: Nanos::from_secs(window),
            ..MarketParams::default()
        })),
    };
    let tenant = stage.who("tenant");
    stage.refused(change(tenant, 5), ("gov", 13), "invalid authority");
    let id = stage.open(7, 1, 1_000_000);
    let before = stage.bid(&id.group(1), "p1", 10);
    let authority = stage.gov();
    stage.govern(change(authority, 5));
    let (_, low) = stage.bid_on(&id.group(1).order(1), "p2", 10);
    stage.refused(low, ("undefined", 1), "minimum:900000uact");
    // What was placed before stands.
    stage.act(Action::CreateLease { id: before });
}

/// Each way to the end of a lease, and what it leaves behind.
pub(crate) fn close_cascade_from_each_entry_point(stage: &mut impl Stage) {
    use OrderState::{Closed, Open};
    stage.providers();
    let entries = ["lease", "bid", "pause", "group", "deployment", "funds"];
    for (dseq, entry) in (10..).zip(entries) {
        let dry = entry == "funds";
        let id = stage.open(dseq, 1, if dry { 500_000 } else { 5_000_000 });
        let group = id.group(1);
        let lease = stage.lease(&group, "p1", if dry { 300_000 } else { 10 });
        // A node simulates on the last block's state: the gas must be asked for once the funds are gone.
        stage.pass(if dry { 2 } else { 1 });
        stage.act(match entry {
            "lease" => Action::CloseLease { id: lease.clone() },
            "bid" => close_bid(lease.bid()),
            "pause" => Action::PauseGroup { id: group.clone() },
            "group" => Action::CloseGroup { id: group.clone() },
            "deployment" => Action::CloseDeployment { id: id.clone() },
            _ => withdraw(&lease),
        });
        let ended = stage.lease_of(&lease);
        let (state, reason) = match entry {
            "bid" => (LeaseState::Closed, CloseReason::UNSPECIFIED),
            "funds" => (
                LeaseState::InsufficientFunds,
                CloseReason::INSUFFICIENT_FUNDS,
            ),
            _ => (LeaseState::Closed, CloseReason::OWNER),
        };
        assert_eq!((ended.state, ended.reason), (state, reason), "{entry}");
        assert_eq!(stage.bid_state(lease.bid()), BidState::Closed, "{entry}");
        assert_eq!(stage.order(lease.order()), Some(Closed), "{entry}");
        let next = (entry == "lease").then_some(Open);
        assert_eq!(stage.order(&group.order(2)), next, "{entry}");
        let (deployment, group_state, account) = match entry {
            "lease" => (DeploymentState::Active, GroupState::Open, EscrowState::Open),
            "bid" | "pause" => (
                DeploymentState::Active,
                GroupState::Paused,
                EscrowState::Open,
            ),
            "group" => (
                DeploymentState::Active,
                GroupState::Closed,
                EscrowState::Open,
            ),
            "deployment" => (
                DeploymentState::Closed,
                GroupState::Closed,
                EscrowState::Closed,
            ),
            _ => (
                DeploymentState::Closed,
                GroupState::InsufficientFunds,
                EscrowState::Overdrawn,
            ),
        };
        assert_eq!(stage.deployment(&id), deployment, "{entry}");
        assert_eq!(stage.group(&group), group_state, "{entry}");
        assert_eq!(stage.account(&id).state, account, "{entry}");
        let payment = if dry {
            EscrowState::Overdrawn
        } else {
            EscrowState::Closed
        };
        assert_eq!(stage.payment(&lease).state, payment, "{entry}");
    }
    // Five leases of two blocks at 10, and all of the one that ran dry; all bids' deposits are back.
    assert_eq!(stage.gain("p1"), 5 * 20 + 500_000);
}
