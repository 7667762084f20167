//! Where scenes are played: a node, a way to it, and accounts with coins.

use akash_market::action::{Action, Batch};
use akash_market::address::Address;
use akash_market::id::{DeploymentId, OrderId};
use akash_market::oracle::PairId;
use akash_market::time::Timestamp;
use akash_market::workflow::{Refusal, Settled};
use akash_sdk::chain::{At, Inclusion, Query, QueryExt, Resolution, Submit, SubmitOptions};
use akash_sdk::cosmos::transport::comet::{Comet, CometSocket, SocketOptions};
use akash_sdk::cosmos::transport::rest::Rest;
use akash_sdk::cosmos::transport::{HttpOptions, Transport};
use akash_sdk::cosmos::wire::google::protobuf::Any;
use akash_sdk::cosmos::{Client, FeePolicy, TxPolicy};
use akash_sdk::drive::Sender;
use akash_sdk::journal::{JobId, MemoryJournal};
use akash_sdk::signer::{AKASH_PREFIX, HdPath, LocalSigner, Mnemonic, Signer};
use akash_sdl::num::{Coin, Denom};
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// How long one step may take; minting waits for the end of an epoch.
pub(crate) const PATIENCE: Duration = Duration::from_secs(90);

/// Said past the test harness, which keeps what tests print.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

pub(crate) fn since_1970() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap()
}

/// A number that no other scene gets, nor got one of an earlier run.
pub(crate) fn fresh() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    let now = u64::try_from(since_1970().as_millis()).unwrap();
    let next = |last: u64| Some(now.max(last + 1));
    let last = LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, next);
    now.max(last.unwrap() + 1)
}

/// Where a node listens, and whose coins are spent there.
pub(crate) struct Node {
    pub(crate) rpc: String,
    pub(crate) websocket: String,
    pub(crate) rest: Option<String>,
    pub(crate) grpc: Option<String>,
    /// A command that kills the node and starts it again.
    pub(crate) restart: Option<String>,
    price: String,
    rich: Mnemonic,
    oracle: Option<LocalSigner>,
}

impl Node {
    /// The one that the environment names.
    fn named() -> Option<Self> {
        let (rpc, words) = (variable("AKASH_RPC")?, variable("AKASH_MNEMONIC")?);
        let websocket = rpc.replacen("http", "ws", 1);
        Some(Self {
            websocket: websocket.trim_end_matches('/').to_owned() + "/websocket",
            rpc,
            rest: variable("AKASH_REST"),
            grpc: variable("AKASH_GRPC"),
            restart: variable("AKASH_RESTART"),
            price: variable("AKASH_DENOM_PRICE").unwrap_or_else(|| "0.025uakt".to_owned()),
            rich: words.parse().unwrap(),
            oracle: variable("AKASH_ORACLE_MNEMONIC")
                .map(|words| LocalSigner::from_mnemonic(&words.parse().unwrap()).unwrap()),
        })
    }

    /// A connection of each kind that there is.
    pub(crate) fn transports(&self) -> Vec<(&'static str, Arc<dyn Transport>)> {
        let mut options = HttpOptions::default();
        options.poll = Duration::from_millis(100);
        let mut socket = SocketOptions::default();
        socket.http = options.clone();
        let mut all: Vec<(&'static str, Arc<dyn Transport>)> = vec![
            (
                "JSON-RPC",
                Arc::new(Comet::with_options(&self.rpc, options.clone()).unwrap()),
            ),
            (
                "WebSocket",
                Arc::new(CometSocket::with_options(&self.websocket, socket).unwrap()),
            ),
        ];
        if let Some(rest) = &self.rest {
            let rest = Rest::with_options(rest, options.clone()).unwrap();
            all.push(("REST", Arc::new(rest)));
        }
        #[cfg(feature = "grpc")]
        if let Some(grpc) = &self.grpc {
            let grpc = akash_sdk::cosmos::transport::Grpc::with_options(grpc, options).unwrap();
            all.push(("gRPC", Arc::new(grpc)));
        }
        #[cfg(not(feature = "grpc"))]
        if self.grpc.is_some() {
            say("SKIPPED: live tests over gRPC: build with --features grpc");
        }
        all
    }

    /// The scene once over each transport.
    async fn play(&self, what: &str, scene: impl AsyncFn(&Stage<'_>)) {
        for (name, transport) in self.transports() {
            let begun = Instant::now();
            let stage = Stage {
                node: self,
                transport,
                run: u32::try_from(fresh() % (1 << 31)).unwrap(),
            };
            scene(&stage).await;
            let chain = stage.transport.status().await.unwrap().chain_id;
            let took = begun.elapsed().as_secs_f64();
            say(&format!(
                "live: {what} over {name} on {chain} in {took:.1} s"
            ));
        }
    }
}

/// Plays a scene on the node that the environment names, one scene at a time.
pub(crate) async fn on_a_node(what: &str, scene: impl AsyncFn(&Stage<'_>)) {
    static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    let Some(node) = Node::named() else {
        say(&format!(
            "SKIPPED: live test {what}: set AKASH_RPC and AKASH_MNEMONIC to run it against a node"
        ));
        return;
    };
    let _turn = TURN.lock().await;
    node.play(what, scene).await;
}

/// Plays a scene on an embedded network that makes ten blocks a second.
#[cfg(feature = "devnet-server")]
pub(crate) async fn embedded(what: &str, scene: impl AsyncFn(&Stage<'_>)) {
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
        restart: None,
        price: "0.025uakt".to_owned(),
        rich: PHRASE.parse().unwrap(),
        // It has a price of its own.
        oracle: None,
    };
    node.play(what, scene).await;
    devnet
        .with_ledger(akash_market::ledger::Ledger::invariants)
        .unwrap();
}

/// A node and a way to it.
pub(crate) struct Stage<'a> {
    pub(crate) node: &'a Node,
    pub(crate) transport: Arc<dyn Transport>,
    /// The account of the wallet whose addresses this scene uses.
    run: u32,
}

impl Stage<'_> {
    pub(crate) fn policy(&self) -> TxPolicy {
        let mut policy = TxPolicy::default();
        policy.fee = FeePolicy::Prices(self.node.price.parse().unwrap());
        // Ten seconds of the embedded network, also on a busy machine.
        policy.valid_for_blocks = 100;
        policy
    }

    pub(crate) async fn client(&self) -> Client {
        let client = Client::connect(Arc::clone(&self.transport)).await.unwrap();
        client.with_policy(self.policy())
    }

    async fn party(&self, signer: LocalSigner) -> Party {
        let client = self.client().await.with_signer(signer.clone());
        Party::new(client, signer)
    }

    fn derive(&self, account: u32, index: u32) -> LocalSigner {
        let path = HdPath::akash(account, index).unwrap();
        LocalSigner::derive(&self.node.rich, "", &path, AKASH_PREFIX).unwrap()
    }

    /// The one with the coins.
    pub(crate) async fn rich(&self) -> Party {
        self.party(self.derive(0, 0)).await
    }

    /// New accounts with so many uakt each.
    pub(crate) async fn others<const N: usize>(&self, rich: &Party, uakt: u128) -> [Party; N] {
        let mut parties = Vec::new();
        let mut gifts = Vec::new();
        for index in 0..N {
            let signer = self.derive(self.run, u32::try_from(index).unwrap());
            gifts.push(Action::Send {
                from: rich.address().clone(),
                to: signer.address().clone(),
                coins: vec![Coin::uakt(uakt)],
            });
            parties.push(self.party(signer).await);
        }
        rich.done(Batch::new(gifts)).await;
        parties.try_into().ok().unwrap()
    }

    /// The one with the coins, who has so many uact too.
    pub(crate) async fn tenant(&self, uact: u128) -> Party {
        let rich = self.rich().await;
        if rich.holds(&Denom::UACT).await >= uact {
            return rich;
        }
        self.post_price().await;
        let owner = rich.address().clone();
        rich.act(Action::BurnMint {
            owner: owner.clone(),
            to: owner,
            coins_to_burn: Coin::uakt(50_000_000),
            denom_to_mint: Denom::UACT,
        })
        .await;
        let begun = Instant::now();
        while rich.holds(&Denom::UACT).await < uact {
            assert!(begun.elapsed() < PATIENCE, "no ACT was minted");
            pause().await;
        }
        rich
    }

    /// Makes sure that there is a price, where that is ours to do.
    pub(crate) async fn post_price(&self) {
        let Some(oracle) = &self.node.oracle else {
            return;
        };
        let oracle = self.party(oracle.clone()).await;
        let time = oracle.client.head().await.unwrap().block.time;
        oracle
            .act(Action::AddPrice {
                signer: oracle.address().clone(),
                pair: PairId::akt_usd(),
                price: "1.25".parse().unwrap(),
                timestamp: Timestamp(time.0),
            })
            .await;
        // It counts from the block after.
        oracle.blocks(2).await;
    }
}

/// Somebody who acts on the chain.
pub(crate) struct Party {
    pub(crate) client: Arc<Client>,
    pub(crate) sender: Sender,
    pub(crate) signer: LocalSigner,
}

impl Party {
    pub(crate) fn new(client: Client, signer: LocalSigner) -> Self {
        let client = Arc::new(client);
        let journal = Arc::new(MemoryJournal::default());
        Self {
            sender: Sender::new(client.clone(), journal),
            client,
            signer,
        }
    }

    pub(crate) fn address(&self) -> &Address {
        self.signer.address()
    }

    /// Does it and waits until it stands in a block; or how it was refused.
    pub(crate) async fn attempt(&self, batch: impl Into<Batch>) -> Result<Inclusion, Refusal> {
        let batch = batch.into();
        let told = format!("{:?}", batch.actions);
        let job = JobId(format!("live/{}", fresh()));
        let sent = tokio::time::timeout(PATIENCE, self.sender.send(job, batch)).await;
        let sent = sent.unwrap_or_else(|_| panic!("{told}: it does not land"));
        let sent = sent.unwrap_or_else(|error| panic!("{told}: {error}"));
        match sent.settled {
            Settled::Done { .. } => Ok(*sent.inclusion.unwrap()),
            Settled::Refused(refusal) => Err(refusal),
            Settled::NeverLanded => panic!("{told}: it did not land"),
        }
    }

    pub(crate) async fn done(&self, batch: impl Into<Batch>) -> Inclusion {
        let done = self.attempt(batch).await;
        done.unwrap_or_else(|refusal| panic!("{refusal}"))
    }

    pub(crate) async fn act(&self, action: Action) -> Inclusion {
        self.done(action).await
    }

    /// Tries what has to be refused with these words among others.
    pub(crate) async fn refused(&self, batch: impl Into<Batch>, words: &str) {
        let refusal = self.attempt(batch).await.expect_err(words);
        assert!(refusal.log.contains(words), "{refusal} instead of {words}");
    }

    /// Sends messages that are no actions.
    pub(crate) async fn messages(&self, messages: Vec<Any>) {
        let options = SubmitOptions::default();
        let prepared = self.client.prepare_messages(messages, &options).await;
        let prepared = prepared.unwrap();
        self.client.send(&prepared).await.unwrap();
        let begun = Instant::now();
        loop {
            match self.client.resolve(&prepared).await.unwrap() {
                Resolution::Included(inclusion) => {
                    assert!(inclusion.result.is_ok(), "{inclusion:?}");
                    return;
                }
                Resolution::CanNeverLand => panic!("{} did not land", prepared.id),
                Resolution::Pending => assert!(begun.elapsed() < PATIENCE, "it does not land"),
            }
            pause().await;
        }
    }

    pub(crate) async fn holds(&self, denom: &Denom) -> u128 {
        let coin = self.client.balance(self.address(), denom, At::Latest);
        coin.await.unwrap().amount_u128().unwrap()
    }

    /// Waits for so many blocks.
    pub(crate) async fn blocks(&self, count: i64) {
        let end = self.client.head().await.unwrap().block.height.0 + count;
        while self.client.head().await.unwrap().block.height.0 < end {
            pause().await;
        }
    }

    /// The id of a deployment that there was never before.
    pub(crate) fn deployment(&self) -> DeploymentId {
        DeploymentId::new(self.address().clone(), fresh())
    }

    pub(crate) async fn order(&self, id: &OrderId) -> akash_market::order::Order {
        let order = self.client.order(id, At::Latest).await.unwrap();
        order.unwrap_or_else(|| panic!("there is no order {id}"))
    }
}

pub(crate) async fn pause() {
    tokio::time::sleep(Duration::from_millis(100)).await;
}

/// The most that a transaction's fee can be, in uakt.
pub(crate) fn fee(inclusion: &Inclusion) -> u128 {
    inclusion
        .fee
        .iter()
        .map(|coin| coin.amount_u128().unwrap())
        .sum()
}
