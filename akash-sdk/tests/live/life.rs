//! A deployment from its first coin to its last, and the ways in which its parts end.

use crate::stage::{Party, Stage};
use akash_market::action::Action;
use akash_market::bid::{BidState, ResourceOffer};
use akash_market::deployment::{DeploymentState, GroupState};
use akash_market::escrow::{AccountId, Deposit};
use akash_market::id::{BidId, DeploymentId, OrderId};
use akash_market::lease::{CloseReason, Lease, LeaseState};
use akash_market::order::OrderState;
use akash_market::provider::ProviderInfo;
use akash_market::time::Nanos;
use akash_sdk::chain::{At, Inclusion, QueryExt};
use akash_sdl::num::{Coin, Denom};

pub(crate) const SDL: &str = include_str!("../../../examples/sdl/static-site.yaml");
/// What a bid asks for one block.
const PER_BLOCK: u128 = 1_000;
const HOUR: Nanos = Nanos(3_600_000_000_000);

/// A new deployment of the SDL; its group has the number 1 and its order too.
async fn create(tenant: &Party, reclamation_min_window: Option<Nanos>) -> DeploymentId {
    let sdl = akash_sdl::parse(SDL).unwrap();
    let id = tenant.deployment();
    let create = Action::CreateDeployment {
        id: id.clone(),
        groups: sdl.groups().to_vec(),
        hash: sdl.version().as_bytes().to_vec(),
        deposit: Deposit::from_balance(Coin::uact(1_000_000)),
        reclamation_min_window,
    };
    tenant.act(create).await;
    id
}

/// A bid at the price of one replica.
pub(crate) async fn bid_on(
    provider: &Party,
    order: &OrderId,
    reclamation_window: Option<Nanos>,
) -> Action {
    let order = provider.order(order).await;
    assert_eq!(order.state, OrderState::Open);
    let offer = |unit: &akash_sdl::group::ResourceUnit| ResourceOffer {
        resources: unit.resources.clone(),
        count: unit.count,
    };
    Action::CreateBid {
        id: order.id.bid(provider.address().clone()),
        price: order.spec.resources[0].price.clone(),
        deposit: Deposit::from_balance(Coin::uakt(500_000)),
        resources_offer: order.spec.resources.iter().map(offer).collect(),
        reclamation_window,
    }
}

/// Bids and is chosen.
async fn lease_to(provider: &Party, tenant: &Party, order: &OrderId) -> (BidId, Inclusion) {
    let id = order.bid(provider.address().clone());
    provider.act(bid_on(provider, order, None).await).await;
    let leased = tenant.act(Action::CreateLease { id: id.clone() }).await;
    (id, leased)
}

pub(crate) async fn register(provider: &Party) {
    let register = Action::CreateProvider {
        owner: provider.address().clone(),
        host_uri: "https://provider.example:8443".to_owned(),
        attributes: Vec::new(),
        info: ProviderInfo::default(),
    };
    provider.act(register).await;
}

async fn lease(party: &Party, id: &BidId) -> Lease {
    let lease = party.client.lease(&id.lease(), At::Latest).await;
    lease.unwrap().unwrap()
}

async fn states(party: &Party, id: &DeploymentId) -> (DeploymentState, GroupState) {
    let found = party.client.deployment(id, At::Latest).await.unwrap();
    let (deployment, groups) = found.unwrap();
    (deployment.state, groups[0].state)
}

/// Blocks between two transactions.
fn between(from: &Inclusion, to: &Inclusion) -> u128 {
    u128::try_from(to.block.height.0 - from.block.height.0).unwrap()
}

/// Deploy, bid, lease, pay, top up, close; every coin is where it has to be.
pub(crate) async fn a_deployment_lives(stage: &Stage<'_>) {
    let tenant = stage.tenant(2_000_000).await;
    let [provider] = stage.others(&tenant, 2_000_000).await;
    register(&provider).await;
    let before = tenant.holds(&Denom::UACT).await;
    let id = create(&tenant, None).await;
    assert_eq!(tenant.holds(&Denom::UACT).await, before - 1_000_000);

    let (bid, leased) = lease_to(&provider, &tenant, &id.group(1).order(1)).await;
    assert_eq!(lease(&tenant, &bid).await.state, LeaseState::Active);
    let deposit = Action::Deposit {
        signer: tenant.address().clone(),
        id: AccountId::Deployment(id.clone()),
        deposit: Deposit::from_balance(Coin::uact(500_000)),
    };
    tenant.act(deposit).await;
    let paid = provider
        .act(Action::WithdrawLease { id: bid.lease() })
        .await;
    let earned = between(&leased, &paid) * PER_BLOCK;
    assert_eq!(provider.holds(&Denom::UACT).await, earned);

    let closed = tenant.act(Action::CloseDeployment { id: id.clone() }).await;
    let ended = (DeploymentState::Closed, GroupState::Closed);
    assert_eq!(states(&tenant, &id).await, ended);
    let cost = between(&leased, &closed) * PER_BLOCK;
    assert_eq!(tenant.holds(&Denom::UACT).await, before - cost);
    assert_eq!(provider.holds(&Denom::UACT).await, cost);
}

/// A new version, a pause, leases ended by either side, and the end of a group.
pub(crate) async fn groups_stop_and_go_on(stage: &Stage<'_>) {
    let tenant = stage.tenant(2_000_000).await;
    let [provider] = stage.others(&tenant, 3_000_000).await;
    register(&provider).await;
    let id = create(&tenant, None).await;
    let group = id.group(1);
    let update = |byte| Action::UpdateDeployment {
        id: id.clone(),
        hash: vec![byte; 32],
    };
    tenant.act(update(7)).await;
    let (deployment, _) = tenant
        .client
        .deployment(&id, At::Latest)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(deployment.hash, [7; 32]);
    tenant.refused(update(7), "Invalid: deployment hash").await;

    tenant.act(Action::PauseGroup { id: group.clone() }).await;
    assert_eq!(states(&tenant, &id).await.1, GroupState::Paused);
    let pause = Action::PauseGroup { id: group.clone() };
    tenant.refused(pause, "Group paused").await;
    tenant.act(Action::StartGroup { id: group.clone() }).await;
    assert_eq!(states(&tenant, &id).await.1, GroupState::Open);

    // A lease that the tenant ends: the group's next order opens.
    let (first, _) = lease_to(&provider, &tenant, &group.order(2)).await;
    tenant.act(Action::CloseLease { id: first.lease() }).await;
    let ended = lease(&tenant, &first).await;
    assert_eq!(
        (ended.state, ended.reason),
        (LeaseState::Closed, CloseReason::OWNER)
    );
    assert_eq!(tenant.order(&group.order(3)).await.state, OrderState::Open);

    // One that its provider ends: the group pauses.
    let (second, _) = lease_to(&provider, &tenant, &group.order(3)).await;
    let leave = Action::CloseBid {
        id: second.clone(),
        reason: CloseReason::UNSTABLE,
    };
    provider.act(leave).await;
    let ended = lease(&tenant, &second).await;
    assert_eq!(
        (ended.state, ended.reason),
        (LeaseState::Closed, CloseReason::UNSTABLE)
    );
    assert_eq!(states(&tenant, &id).await.1, GroupState::Paused);

    tenant.act(Action::CloseGroup { id: group.clone() }).await;
    tenant.act(Action::CloseDeployment { id: id.clone() }).await;
    let close = Action::CloseDeployment { id };
    tenant.refused(close, "Deployment closed").await;
}

/// Notice is given where the tenant asked for it.
pub(crate) async fn a_provider_reclaims(stage: &Stage<'_>) {
    let tenant = stage.tenant(2_000_000).await;
    let [provider] = stage.others(&tenant, 2_000_000).await;
    register(&provider).await;
    let id = create(&tenant, Some(HOUR)).await;
    let order = id.group(1).order(1);
    let silent = bid_on(&provider, &order, None).await;
    provider
        .refused(
            silent,
            "order requires reclamation but bid does not offer it",
        )
        .await;
    provider
        .act(bid_on(&provider, &order, Some(HOUR)).await)
        .await;
    let bid = order.bid(provider.address().clone());
    tenant.act(Action::CreateLease { id: bid.clone() }).await;
    let close = || Action::CloseBid {
        id: bid.clone(),
        reason: CloseReason::DECOMMISSION,
    };
    provider.refused(close(), "reclamation not started").await;
    let start = Action::StartReclaim {
        id: bid.lease(),
        reason: CloseReason::DECOMMISSION,
    };
    let started = provider.act(start).await;
    let reclaiming = lease(&tenant, &bid).await;
    assert_eq!(reclaiming.state, LeaseState::Reclaiming);
    let deadline = reclaiming.reclamation.unwrap().deadline;
    assert_eq!(
        deadline,
        started.block.time.0.div_euclid(1_000_000_000) + 3_600
    );
    provider
        .refused(close(), "reclamation window has not elapsed")
        .await;
    // The tenant may leave at any time.
    tenant.act(Action::CloseDeployment { id }).await;
    assert_eq!(lease(&tenant, &bid).await.state, LeaseState::Closed);
    let found = tenant.client.bid(&bid, At::Latest).await.unwrap();
    assert_eq!(found.unwrap().state, BidState::Closed);
}
