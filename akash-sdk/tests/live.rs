//! The life of a deployment on a node that somebody else runs: every step a signed transaction, over each transport.
//!
//! | variable | |
//! |---|---|
//! | `AKASH_RPC` | CometBFT JSON-RPC of the node, such as `http://127.0.0.1:26657` |
//! | `AKASH_MNEMONIC` | a wallet whose first account owns at least 100 AKT; its second one plays the provider |
//! | `AKASH_REST`, `AKASH_GRPC` | the node's REST gateway and gRPC; left out if they are not given |
//! | `AKASH_DENOM_PRICE` | gas price, such as `0.025uakt` (the default) |
//!
//! Without the first two the live part is skipped, which is told. The same life always runs against the embedded network.
#![cfg(feature = "websocket")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use akash_market::action::{Action, Batch};
use akash_market::bid::ResourceOffer;
use akash_market::deployment::DeploymentState;
use akash_market::escrow::{AccountId, Deposit};
use akash_market::id::DeploymentId;
use akash_market::lease::LeaseState;
use akash_market::order::OrderState;
use akash_market::provider::ProviderInfo;
use akash_sdk::chain::{At, Inclusion, Query, QueryExt, Resolution, Submit, SubmitOptions};
use akash_sdk::cosmos::transport::Transport;
use akash_sdk::cosmos::transport::comet::{Comet, CometSocket};
use akash_sdk::cosmos::transport::rest::Rest;
use akash_sdk::cosmos::{Client, FeePolicy, TxPolicy};
use akash_sdk::signer::{AKASH_PREFIX, HdPath, LocalSigner, Mnemonic, Signer};
use akash_sdl::num::{Coin, Denom};
use std::io::Write;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

const SDL: &str = include_str!("../../examples/sdl/static-site.yaml");
/// How long one step may take; minting waits for the end of an epoch.
const PATIENCE: Duration = Duration::from_secs(180);

/// Said past the test harness, which keeps what tests print.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Where a node listens.
#[derive(Debug, Default)]
struct Node {
    rpc: String,
    websocket: String,
    rest: Option<String>,
    grpc: Option<String>,
}

impl Node {
    /// A connection of each kind that there is.
    fn transports(&self) -> Vec<(&'static str, Box<dyn Transport>)> {
        let mut all: Vec<(&'static str, Box<dyn Transport>)> = vec![
            ("JSON-RPC", Box::new(Comet::new(&self.rpc).unwrap())),
            (
                "WebSocket",
                Box::new(CometSocket::new(&self.websocket).unwrap()),
            ),
        ];
        if let Some(rest) = &self.rest {
            all.push(("REST", Box::new(Rest::new(rest).unwrap())));
        }
        #[cfg(feature = "grpc")]
        if let Some(grpc) = &self.grpc {
            let grpc = akash_sdk::cosmos::transport::Grpc::new(grpc).unwrap();
            all.push(("gRPC", Box::new(grpc)));
        }
        #[cfg(not(feature = "grpc"))]
        if self.grpc.is_some() {
            say("SKIPPED: live tests over gRPC: build with --features grpc");
        }
        all
    }
}

/// Somebody who acts on the chain.
struct Party {
    client: Client,
    signer: LocalSigner,
}

impl Party {
    async fn open(
        transport: Box<dyn Transport>,
        words: &Mnemonic,
        index: u32,
        price: &str,
    ) -> Self {
        let path = HdPath::akash(0, index).unwrap();
        let signer = LocalSigner::derive(words, "", &path, AKASH_PREFIX).unwrap();
        let mut policy = TxPolicy::default();
        policy.fee = FeePolicy::Prices(price.parse().unwrap());
        let client = Client::connect(transport)
            .await
            .unwrap()
            .with_signer(signer.clone())
            .with_policy(policy);
        Self { client, signer }
    }

    /// Does it and waits until it stands in a block.
    async fn act(&self, action: Action) -> Inclusion {
        let told = format!("{action:?}");
        let batch = Batch::from(action);
        let prepared = self
            .client
            .prepare(&batch, &SubmitOptions::default())
            .await
            .unwrap_or_else(|error| panic!("{told}: {error}"));
        self.client
            .send(&prepared)
            .await
            .unwrap_or_else(|error| panic!("{told}: {error}"));
        let begun = Instant::now();
        loop {
            match self.client.resolve(&prepared).await.unwrap() {
                Resolution::Included(inclusion) => {
                    assert!(inclusion.result.is_ok(), "{told}: {inclusion:?}");
                    return *inclusion;
                }
                Resolution::CanNeverLand => panic!("{told}: it did not land"),
                Resolution::Pending => {
                    assert!(begun.elapsed() < PATIENCE, "{told}: it does not land")
                }
            }
            pause().await;
        }
    }

    async fn holds(&self, denom: &Denom) -> u128 {
        let coin = self
            .client
            .balance(self.signer.address(), denom, At::Latest)
            .await
            .unwrap();
        coin.amount_u128().unwrap()
    }
}

async fn pause() {
    tokio::time::sleep(Duration::from_millis(100)).await;
}

/// Waits until the tenant holds this much ACT, for which it burns AKT if there is too little.
async fn mint(tenant: &Party, wanted: u128) {
    if tenant.holds(&Denom::UACT).await >= wanted {
        return;
    }
    let owner = tenant.signer.address().clone();
    tenant
        .act(Action::BurnMint {
            owner: owner.clone(),
            to: owner,
            coins_to_burn: Coin::uakt(30_000_000),
            denom_to_mint: Denom::UACT,
        })
        .await;
    let begun = Instant::now();
    while tenant.holds(&Denom::UACT).await < wanted {
        assert!(begun.elapsed() < PATIENCE, "no ACT was minted");
        pause().await;
    }
}

/// The provider's record, made or renewed.
async fn register(provider: &Party) {
    let owner = provider.signer.address().clone();
    let host_uri = "https://provider.example:8443".to_owned();
    let (attributes, info) = (Vec::new(), ProviderInfo::default());
    let known = provider.client.provider(&owner, At::Latest).await.unwrap();
    let action = if known.is_some() {
        Action::UpdateProvider {
            owner,
            host_uri,
            attributes,
            info,
        }
    } else {
        Action::CreateProvider {
            owner,
            host_uri,
            attributes,
            info,
        }
    };
    provider.act(action).await;
}

/// From the first coin to the last: mint, deploy, bid, lease, pay, top up, close.
async fn whole_life(tenant: &Party, provider: &Party) {
    let owner = tenant.signer.address().clone();
    let seller = provider.signer.address().clone();
    if provider.holds(&Denom::UAKT).await < 5_000_000 {
        let coins = vec![Coin::uakt(10_000_000)];
        let (from, to) = (owner.clone(), seller.clone());
        tenant.act(Action::Send { from, to, coins }).await;
    }
    mint(tenant, 2_000_000).await;
    register(provider).await;

    let sdl = akash_sdl::parse(SDL).unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let dseq = u64::try_from(now.as_millis()).unwrap();
    let id = DeploymentId::new(owner.clone(), dseq);
    let before = tenant.holds(&Denom::UACT).await;
    tenant
        .act(Action::CreateDeployment {
            id: id.clone(),
            groups: sdl.groups().to_vec(),
            hash: sdl.version().as_bytes().to_vec(),
            deposit: Deposit::from_balance(Coin::uact(1_000_000)),
            reclamation_min_window: None,
        })
        .await;
    assert_eq!(tenant.holds(&Denom::UACT).await, before - 1_000_000);

    let order_id = id.group(1).order(1);
    let order = provider
        .client
        .order(&order_id, At::Latest)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(order.state, OrderState::Open);
    let bid = order_id.bid(seller.clone());
    let offer = |unit: &akash_sdl::group::ResourceUnit| ResourceOffer {
        resources: unit.resources.clone(),
        count: unit.count,
    };
    provider
        .act(Action::CreateBid {
            id: bid.clone(),
            price: order.spec.resources[0].price.clone(),
            deposit: Deposit::from_balance(Coin::uakt(500_000)),
            resources_offer: order.spec.resources.iter().map(offer).collect(),
            reclamation_window: None,
        })
        .await;
    let leased = tenant.act(Action::CreateLease { id: bid.clone() }).await;
    let lease = tenant
        .client
        .lease(&bid.lease(), At::Latest)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(lease.state, LeaseState::Active);

    let account = AccountId::Deployment(id.clone());
    tenant
        .act(Action::Deposit {
            signer: owner.clone(),
            id: account.clone(),
            deposit: Deposit::from_balance(Coin::uact(500_000)),
        })
        .await;
    let earned = provider.holds(&Denom::UACT).await;
    let paid = provider
        .act(Action::WithdrawLease { id: bid.lease() })
        .await;
    let blocks = u128::try_from(paid.block.height.0 - leased.block.height.0).unwrap();
    assert_eq!(provider.holds(&Denom::UACT).await, earned + blocks * 1_000);

    let closed = tenant.act(Action::CloseDeployment { id: id.clone() }).await;
    let (deployment, _) = tenant
        .client
        .deployment(&id, At::Latest)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(deployment.state, DeploymentState::Closed);
    let blocks = u128::try_from(closed.block.height.0 - leased.block.height.0).unwrap();
    assert_eq!(tenant.holds(&Denom::UACT).await, before - blocks * 1_000);
    assert_eq!(provider.holds(&Denom::UACT).await, earned + blocks * 1_000);
}

/// The whole life once over each transport.
async fn over_each_transport(node: &Node, words: &str, price: &str) {
    let words: Mnemonic = words.parse().unwrap();
    for ((name, tenant), (_, provider)) in node.transports().into_iter().zip(node.transports()) {
        let begun = Instant::now();
        let tenant = Party::open(tenant, &words, 0, price).await;
        let provider = Party::open(provider, &words, 1, price).await;
        whole_life(&tenant, &provider).await;
        let head = tenant.client.head().await.unwrap();
        say(&format!(
            "live: a deployment's life over {name} on {} in {:.1} s",
            head.chain_id,
            begun.elapsed().as_secs_f64()
        ));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deployment_lives_on_a_node() {
    let wanted = ["AKASH_RPC", "AKASH_MNEMONIC"].map(std::env::var);
    let [Ok(rpc), Ok(words)] = wanted else {
        say("SKIPPED: live tests: set AKASH_RPC and AKASH_MNEMONIC to run them against a node");
        return;
    };
    let websocket = rpc
        .replacen("http", "ws", 1)
        .trim_end_matches('/')
        .to_owned()
        + "/websocket";
    let node = Node {
        rpc,
        websocket,
        rest: std::env::var("AKASH_REST").ok(),
        grpc: std::env::var("AKASH_GRPC").ok(),
    };
    let price = std::env::var("AKASH_DENOM_PRICE").unwrap_or_else(|_| "0.025uakt".to_owned());
    over_each_transport(&node, &words, &price).await;
}

#[cfg(feature = "devnet-server")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deployment_lives_on_the_embedded_network() {
    use akash_sdk::devnet::server::Server;
    use akash_sdk::devnet::{Devnet, PHRASE};

    let devnet = Devnet::builder().build().unwrap();
    let server = Server::builder(devnet.clone())
        .block_interval(Some(Duration::from_millis(100)))
        .start()
        .await
        .unwrap();
    let at = server.endpoints();
    let node = Node {
        rpc: at.rpc.clone(),
        websocket: at.websocket.clone(),
        rest: Some(at.rest.clone()),
        grpc: Some(at.grpc.clone()),
    };
    over_each_transport(&node, PHRASE, "0.025uakt").await;
    devnet
        .with_ledger(akash_market::ledger::Ledger::invariants)
        .unwrap();
}
