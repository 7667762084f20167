//! A whole deployment on a bare ledger: the same driver as on a network.

use super::willing::Willing;
use super::{account, genesis, run};
use akash_market::action::{Action, Batch};
use akash_market::auction::Cheapest;
use akash_market::bid::ResourceOffer;
use akash_market::escrow::Deposit;
use akash_market::id::DeploymentId;
use akash_market::lease::LeaseState;
use akash_market::ledger::Ledger;
use akash_market::order::OrderState;
use akash_market::provider::{Provider, ProviderInfo};
use akash_market::query::{Entity, Filter, Page};
use akash_market::workflow::deploy::{DeployPlan, Patience};
use akash_sdk::chain::local::LocalChain;
use akash_sdk::chain::{At, Chain, QueryExt};
use akash_sdk::devnet::DevAccount;
use akash_sdk::gateway::Credentials;
use akash_sdk::journal::MemoryJournal;
use akash_sdk::tenant::Deployer;
use akash_sdl::num::Coin;
use std::sync::Arc;

const SDL: &str = r#"
version: "2.0"
services:
  web:
    image: nginx:1.27
    expose:
      - port: 80
        to:
          - global: true
profiles:
  compute:
    web:
      resources:
        cpu: { units: 1 }
        memory: { size: 512Mi }
        storage: { size: 1Gi }
  placement:
    anywhere:
      pricing:
        web: { denom: uact, amount: 100 }
deployment:
  web:
    anywhere: { profile: web, count: 1 }
"#;

/// Bids on every open order at the tenant's own price; a second bid on one is refused and leaves no trace.
fn bids(ledger: &Ledger) -> Vec<Batch> {
    let open = Filter::Orders {
        owner: None,
        dseq: None,
        state: Some(OrderState::Open),
    };
    let orders = ledger.list(&open, &Page::default()).unwrap().items;
    let bid = |entity| {
        let Entity::Order(order) = entity else {
            panic!("an order was asked for")
        };
        let offer = |unit: &akash_sdl::group::ResourceUnit| ResourceOffer {
            resources: unit.resources.clone(),
            count: unit.count,
        };
        Action::CreateBid {
            id: order.id.bid(account(3)),
            price: order.spec.resources[0].price.clone(),
            deposit: Deposit::from_balance(Coin::uact(500_000)),
            resources_offer: order.spec.resources.iter().map(offer).collect(),
            reclamation_window: None,
        }
        .into()
    };
    orders.into_iter().map(bid).collect()
}

#[test]
fn a_driver_deploys_on_it() {
    let provider = Provider {
        owner: account(3),
        host_uri: "https://provider.example:8443".to_owned(),
        attributes: Vec::new(),
        info: ProviderInfo::default(),
    };
    let genesis = genesis()
        .provider(provider)
        .balance(account(1), Coin::uact(10_000_000))
        .balance(account(3), Coin::uact(10_000_000));
    let local = LocalChain::new(Ledger::new(genesis).unwrap())
        .acting_for([account(1)])
        .with_others(|ledger, _| bids(ledger));
    let chain: Arc<dyn Chain> = Arc::new(local.clone());
    let gateways = Willing::default();
    let key = DevAccount::derive("tenant", 0).unwrap().signer;
    let deployer = Deployer::new(
        Arc::clone(&chain),
        Arc::new(gateways.clone()),
        Arc::new(MemoryJournal::default()),
        Credentials::Token(Arc::new(key)),
    );
    let (groups, manifest) = akash_sdl::parse(SDL).unwrap().into_parts();
    let id = DeploymentId::new(account(1), 1);
    let plan = DeployPlan {
        id: id.clone(),
        groups,
        hash: manifest.version().as_bytes().to_vec(),
        reclamation_min_window: None,
        deposit: Deposit::from_balance(Coin::uact(5_000_000)),
        patience: Patience::default(),
    };
    run(async {
        let mut run = deployer
            .deploy(plan, manifest, Arc::new(Cheapest))
            .await
            .unwrap();
        let mut shown = Vec::new();
        while let Some(progress) = run.next().await.unwrap() {
            shown.push(progress);
            assert!(shown.len() < 200, "it should end: {shown:#?}");
        }
        let Some(Ok([lease])) = run.ending() else {
            panic!("one lease should run: {shown:#?}")
        };
        let found = chain.lease(lease, At::Latest).await.unwrap().unwrap();
        assert_eq!(found.state, LeaseState::Active);
        assert_eq!(*lease.provider(), account(3));
    });
    assert_eq!(*gateways.0.lock().unwrap(), [id]);
    local.with_ledger(Ledger::invariants).unwrap();
}
