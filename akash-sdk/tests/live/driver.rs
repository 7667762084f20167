//! The drivers of both sides on one chain.

use crate::life::{SDL, register};
use crate::stage::{PATIENCE, Stage};
use crate::willing::Willing;
use akash_market::action::Action;
use akash_market::auction::Cheapest;
use akash_market::escrow::Deposit;
use akash_market::inventory::{Amount, Cluster, ClusterInventory, Node};
use akash_market::lease::LeaseState;
use akash_market::pricing::{Rate, Rates, Scale};
use akash_market::workflow::bid::{BidPlan, BidStep};
use akash_market::workflow::deploy::{DeployPlan, Patience};
use akash_sdk::chain::{At, Chain, QueryExt};
use akash_sdk::drive::Progress;
use akash_sdk::gateway::Credentials;
use akash_sdk::journal::MemoryJournal;
use akash_sdk::provider::{BidRun, Bidder, Business, screener};
use akash_sdk::tenant::Deployer;
use akash_sdl::num::{Coin, Denom};
use std::sync::Arc;

/// Runs a provider until it shows a step that was waited for.
async fn until(run: &mut BidRun, wanted: impl Fn(&BidStep) -> bool) -> BidStep {
    let mut shown = Vec::new();
    let steps = async {
        loop {
            match run.next().await.unwrap() {
                Some(Progress::Step(step)) if wanted(&step) => return step,
                Some(Progress::Block(_)) => {}
                Some(progress) => shown.push(progress),
                None => panic!("the provider left"),
            }
        }
    };
    let found = tokio::time::timeout(PATIENCE, steps).await;
    found.unwrap_or_else(|_| panic!("in vain: {shown:?}"))
}

/// One deploys, the other bids, serves, withdraws what it earns and leaves.
pub(crate) async fn a_tenant_and_a_provider_find_each_other(stage: &Stage<'_>) {
    let tenant = stage.tenant(2_000_000).await;
    let [provider] = stage.others(&tenant, 3_000_000).await;
    register(&provider).await;

    let node = Node {
        name: "node1".to_owned(),
        cpu: Amount::free(4_000),
        memory: Amount::free(8 << 30),
        ephemeral: Amount::free(100 << 30),
        ..Node::default()
    };
    let cluster = Cluster {
        nodes: vec![node],
        pools: Vec::new(),
    };
    let rates = Rates {
        cpu: "1".parse().unwrap(),
        storage: [("ephemeral".to_owned(), Rate::default())].into(),
        ..Rates::default()
    };
    let chain: Arc<dyn Chain> = provider.client.clone();
    let business = Business {
        screener: screener(&*chain, provider.address())
            .await
            .unwrap()
            .unwrap(),
        inventory: Box::new(ClusterInventory::new(cluster)),
        pricing: Arc::new(Scale::new(rates).unwrap()),
    };
    let plan = BidPlan {
        deposit: Some(Deposit::from_balance(Coin::uakt(500_000))),
        bid_timeout: None,
        withdraw_every: Some(3),
        ..BidPlan::new(provider.address().clone())
    };
    let bidder = Bidder::new(chain, Arc::new(MemoryJournal::default()));
    let mut bidding = bidder.open(plan, business).await.unwrap();

    let (groups, manifest) = akash_sdl::parse(SDL).unwrap().into_parts();
    let id = tenant.deployment();
    let plan = DeployPlan {
        id: id.clone(),
        groups,
        hash: manifest.version().as_bytes().to_vec(),
        reclamation_min_window: None,
        deposit: Deposit::from_balance(Coin::uact(1_000_000)),
        patience: Patience {
            bids_at_most: 100,
            manifest: 100,
            ..Patience::default()
        },
    };
    let gateways = Willing::default();
    let deployer = Deployer::new(
        tenant.client.clone(),
        Arc::new(gateways.clone()),
        Arc::new(MemoryJournal::default()),
        Credentials::Token(Arc::new(tenant.signer.clone())),
    );
    let policy = Arc::new(Cheapest);
    let mut deploying = deployer.deploy(plan, manifest, policy).await.unwrap();
    let deploy = async { while deploying.next().await.unwrap().is_some() {} };
    let ours =
        |step: &BidStep| matches!(step, BidStep::Won { lease, .. } if *lease.deployment() == id);
    let won = async { until(&mut bidding, ours).await };
    let both = tokio::time::timeout(PATIENCE, futures_util::future::join(deploy, won));
    both.await.unwrap();
    let Some(Ok([lease])) = deploying.ending() else {
        panic!("{:?}", deploying.ending())
    };
    assert_eq!(lease.provider(), provider.address());
    assert_eq!(*gateways.0.lock().unwrap(), std::slice::from_ref(&id));

    let paid = |step: &BidStep| matches!(step, BidStep::Withdrawn { lease, .. } if *lease.deployment() == id);
    let BidStep::Withdrawn { amount, .. } = until(&mut bidding, paid).await else {
        panic!("a withdrawal was waited for")
    };
    assert_eq!(
        provider.holds(&Denom::UACT).await,
        amount.amount_u128().unwrap()
    );
    tenant.act(Action::CloseDeployment { id: id.clone() }).await;
    let over = |step: &BidStep| matches!(step, BidStep::LeaseEnded { lease, .. } if *lease.deployment() == id);
    until(&mut bidding, over).await;
    let found = tenant
        .client
        .lease(lease, At::Latest)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.state, LeaseState::Closed);

    bidding.cancel().await.unwrap();
    let leaving = async { while bidding.next().await.unwrap().is_some() {} };
    tokio::time::timeout(PATIENCE, leaving).await.unwrap();
}
