//! Traffic written down and played back.

use akash_market::auction::Cheapest;
use akash_market::escrow::Deposit;
use akash_market::id::{DeploymentId, LeaseId};
use akash_market::provider::Provider;
use akash_market::time::Timestamp;
use akash_market::workflow::deploy::{DeployPlan, Patience};
use akash_sdk::chain::Chain;
use akash_sdk::cosmos::Client;
use akash_sdk::cosmos::transport::{
    Answer, BlockResult, Exchange, Request, Transport, TransportError, Unary,
};
use akash_sdk::devnet::Devnet;
use akash_sdk::devnet::provider::{populate, stock};
use akash_sdk::gateway::{Credentials, Gateway, GatewayError, Gateways, LeaseStatus, LogLine};
use akash_sdk::journal::MemoryJournal;
use akash_sdk::record::{RecordError, Recording, Replay};
use akash_sdk::signer::LocalSigner;
use akash_sdk::tenant::{DeployProgress, Deployer};
use akash_sdl::manifest::Manifest;
use akash_sdl::num::Coin;
use async_trait::async_trait;
use futures_util::FutureExt;
use futures_util::stream::{self, StreamExt};
use std::io::Write;
use std::sync::{Arc, Mutex};

fn run<T>(work: impl Future<Output = T>) -> T {
    work.now_or_never().expect("nothing here waits")
}

/// A record in memory.
#[derive(Debug, Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Paper {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    fn replay(&self) -> Replay {
        Replay::read(self.text().as_bytes()).unwrap()
    }
}

const PASSWORD: &str = "correct-horse-battery";
const REGISTRY: &str = "registry-staple";

fn sdl() -> akash_sdl::Sdl {
    let text = format!(
        r#"
version: "2.0"
services:
  web:
    image: registry.example/web:1
    env: ["DB_PASSWORD={PASSWORD}", "MODE=on"]
    args: ["--key", "{PASSWORD}"]
    credentials: {{ host: registry.example, username: me, password: {REGISTRY} }}
    expose: [{{ port: 80, to: [{{ global: true }}] }}]
profiles:
  compute:
    web: {{ resources: {{ cpu: {{ units: 1 }}, memory: {{ size: 512Mi }}, storage: {{ size: 1Gi }} }} }}
  placement:
    anywhere: {{ pricing: {{ web: {{ denom: uact, amount: 1000 }} }} }}
deployment:
  web: {{ anywhere: {{ profile: web, count: 1 }} }}
"#
    );
    akash_sdl::parse(text).unwrap()
}

/// Deploys and gives all that was shown, and the leases.
fn deploy(
    node: impl Transport + 'static,
    gateways: Arc<dyn Gateways>,
    signer: &LocalSigner,
) -> (Vec<DeployProgress>, Vec<LeaseId>) {
    run(async {
        let client = Client::connect(node).await.unwrap();
        let chain: Arc<dyn Chain> = Arc::new(client.with_signer(signer.clone()));
        let deployer = Deployer::new(
            chain,
            gateways,
            Arc::new(MemoryJournal::default()),
            Credentials::Token(Arc::new(signer.clone())),
        );
        let owner = akash_sdk::signer::Signer::address(signer).clone();
        let (groups, manifest) = sdl().into_parts();
        let plan = DeployPlan {
            id: DeploymentId::new(owner, 7),
            groups,
            hash: manifest.version().as_bytes().to_vec(),
            reclamation_min_window: None,
            deposit: Deposit::from_balance(Coin::uact(5_000_000)),
            patience: Patience::default(),
        };
        let mut run = deployer
            .deploy(plan, manifest, Arc::new(Cheapest))
            .await
            .unwrap();
        let mut shown = Vec::new();
        while let Some(progress) = run.next().await.unwrap() {
            shown.push(progress);
        }
        (shown, run.ending().unwrap().unwrap().to_vec())
    })
}

#[test]
fn a_recorded_deployment_plays_again_without_a_network_and_holds_no_secret() {
    let specs = stock(5);
    let funds = vec![Coin::uakt(100_000_000), Coin::uact(100_000_000)];
    let devnet = Devnet::builder()
        .account("customer", funds)
        .provider_accounts(&specs)
        .build()
        .unwrap();
    let populace = run(populate(&devnet, specs)).unwrap();
    let signer = devnet.account("customer").unwrap().signer.clone();

    let paper = Paper::default();
    let recording = Recording::new(paper.clone());
    let gateways = recording.gateways(populace.gateways());
    let (shown, leases) = deploy(recording.transport(devnet), Arc::new(gateways), &signer);
    recording.finish().unwrap();

    let text = paper.text();
    for secret in [PASSWORD, REGISTRY, "Bearer", "eyJ", "abandon"] {
        assert!(!text.contains(secret), "{secret} stands in the record");
    }
    assert!(text.contains("send_manifest") && text.contains(&sdl().version().to_string()));

    let replay = paper.replay();
    let (again, same) = deploy(replay.transport(), Arc::new(replay.gateways()), &signer);
    assert_eq!((&again, &same), (&shown, &leases));
    assert_eq!(replay.unasked(), 0);
}

/// A node and a provider that give secrets away.
#[derive(Debug, Clone)]
struct Leaky(String);

#[async_trait]
impl Exchange for Leaky {
    async fn exchange(&self, request: Request<'_>) -> Result<Answer, TransportError> {
        let reason = self.0.clone();
        Ok(match request {
            Request::Unary {
                height: Some(_), ..
            } => Answer::Unary(Unary {
                bytes: reason.into_bytes(),
                height: 1,
            }),
            Request::Blocks => {
                let block = BlockResult {
                    height: 9,
                    time: Timestamp(0),
                    txs: Vec::new(),
                    events: Vec::new(),
                };
                let broken = TransportError::Unreachable {
                    endpoint: "x".to_owned(),
                    reason,
                };
                Answer::Blocks(stream::iter([Ok(block), Err(broken)]).boxed())
            }
            _ => {
                return Err(TransportError::Unreachable {
                    endpoint: "https://user:word@host".to_owned(),
                    reason,
                });
            }
        })
    }
}

#[async_trait]
impl Gateways for Leaky {
    async fn open(&self, _: &Provider, _: &Credentials) -> Result<Box<dyn Gateway>, GatewayError> {
        Ok(Box::new(self.clone()))
    }
}

#[async_trait]
impl Gateway for Leaky {
    async fn send_manifest(&self, _: &DeploymentId, _: &Manifest) -> Result<(), GatewayError> {
        Err(GatewayError::ManifestRefused {
            reason: format!("{} {PASSWORD} {REGISTRY}", self.0),
        })
    }

    async fn status(&self, _: &LeaseId) -> Result<LeaseStatus, GatewayError> {
        Err(GatewayError::Unauthorized {
            reason: self.0.clone(),
        })
    }

    async fn logs(
        &self,
        _: &LeaseId,
        _: Option<&str>,
        _: usize,
    ) -> Result<Vec<LogLine>, GatewayError> {
        Ok(vec![LogLine {
            name: "web".to_owned(),
            message: format!("started with {PASSWORD} {}", self.0),
        }])
    }
}

#[test]
fn secrets_that_others_let_slip_are_removed() {
    let words = "legal winner thank year wave sausage worth useful legal winner thank yellow";
    let key = "-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----";
    let secrets = [
        "eyJhbGciOiJFUzI1NksifQ.eyJpc3MiOiJha2FzaCJ9.c2lnbmF0dXJl",
        "dXNlcjpwYXNz",
        "user:word",
        "MIGH",
        "winner thank",
        "told-key",
        PASSWORD,
        REGISTRY,
    ];
    let slip = format!(
        "authorization: Bearer {} Basic {} {key} {words} told-key",
        secrets[0], secrets[1]
    );
    for keeps_logs in [false, true] {
        let paper = Paper::default();
        let recording = Recording::new(paper.clone());
        recording.hide("told-key");
        if keeps_logs {
            recording.keep_logs();
        }
        let node = recording.transport(Leaky(slip.clone()));
        let signer = LocalSigner::from_secret_bytes(&[7; 32], "akash").unwrap();
        let owner = akash_sdk::signer::Signer::address(&signer).clone();
        let lease = DeploymentId::new(owner.clone(), 1)
            .group(1)
            .order(1)
            .bid(owner.clone())
            .lease();
        run(async {
            assert!(node.status().await.is_err());
            // Nothing can be taken out of bytes: the answer is not in the record.
            assert!(node.unary("/a.Query/B", vec![1], Some(1)).await.is_ok());
            assert_eq!(node.blocks().await.unwrap().count().await, 2);
            let provider = Provider {
                owner,
                host_uri: String::new(),
                attributes: Vec::new(),
                info: Default::default(),
            };
            let credentials = Credentials::Token(Arc::new(signer));
            let gateways = recording.gateways(Leaky(slip.clone()));
            let gateway = gateways.open(&provider, &credentials).await.unwrap();
            let sdl = sdl();
            let sent = gateway.send_manifest(lease.deployment(), sdl.manifest());
            assert!(sent.await.is_err());
            assert!(gateway.status(&lease).await.is_err());
            assert_eq!(gateway.logs(&lease, None, 1).await.unwrap().len(), 1);
        });
        recording.finish().unwrap();
        let text = paper.text();
        for secret in secrets {
            assert!(!text.contains(secret), "{secret} stands in {text}");
        }
        assert_eq!(text.contains("started with"), keeps_logs);
        let kinds = ["\"removed\":{", "send_manifest", "\"blocks\":1", "\"of\":1"];
        assert!(kinds.iter().all(|kind| text.contains(kind)), "{text}");

        // What is left of it plays.
        let replay = paper.replay();
        run(async {
            let node = replay.transport();
            let told = node.status().await.unwrap_err();
            assert!(matches!(told, TransportError::Unreachable { .. }));
            let gone = node
                .unary("/a.Query/B", vec![1], Some(1))
                .await
                .unwrap_err();
            assert!(matches!(gone, TransportError::Unrecorded { .. }));
            let blocks: Vec<_> = node.blocks().await.unwrap().collect().await;
            assert_eq!(blocks[0].as_ref().unwrap().height, 9);
            assert!(matches!(blocks[1], Err(TransportError::Unreachable { .. })));
        });
    }
}

#[test]
fn what_was_never_asked_is_a_typed_error() {
    let paper = Paper::default();
    let recording = Recording::new(paper.clone());
    let node = recording.transport(Devnet::builder().build().unwrap());
    let first = run(node.block(1)).unwrap();
    recording.finish().unwrap();
    let replay = paper.replay();
    let node = replay.transport();
    let error = run(node.block(2)).unwrap_err();
    assert_eq!(
        error,
        TransportError::Unrecorded {
            what: r#"{"block":2}"#.to_owned()
        }
    );
    assert!(error.was_not_sent() && !error.is_retryable());
    assert_eq!(replay.unasked(), 1);
    assert_eq!(run(node.block(1)).unwrap(), first);
    // Each answer counts once.
    assert!(run(node.block(1)).is_err());
}

#[test]
fn what_is_no_record_is_refused() {
    for text in [
        "",
        "{}",
        r#"{"record":{"version":2}}"#,
        r#"{"removed":{"line":1}}"#,
    ] {
        assert!(Replay::read(text.as_bytes()).is_err(), "{text}");
    }
    let cut = "{\"record\":{\"version\":1}}\n{\"node\":";
    let error = Replay::read(cut.as_bytes()).unwrap_err();
    assert!(
        matches!(error, RecordError::Line { line: 2, .. }),
        "{error}"
    );
}

/// A sink that is full.
struct Full;

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_record_that_cannot_be_written_changes_no_answer_and_is_told() {
    let recording = Recording::new(Full);
    let node = recording.transport(Devnet::builder().build().unwrap());
    assert!(run(node.status()).is_ok());
    assert!(matches!(recording.finish(), Err(RecordError::Io(_))));
}

/// Answers everything alike.
#[derive(Debug)]
struct Confused;

#[async_trait]
impl Exchange for Confused {
    async fn exchange(&self, request: Request<'_>) -> Result<Answer, TransportError> {
        Ok(match request {
            Request::Status => Answer::WaitForBlock,
            _ => Answer::Discovery(Vec::new()),
        })
    }
}

#[test]
fn an_answer_to_another_question_is_malformed() {
    run(async {
        let hash = akash_sdk::cosmos::tx::TxHash([0; 32]);
        let blocks = Confused.blocks().await.map(|_| ());
        let errors = [
            Confused.status().await.map(|_| ()),
            Confused.broadcast(b"tx").await.map(|_| ()),
            Confused.tx(&hash).await.map(|_| ()),
            Confused.block(1).await.map(|_| ()),
            Confused.unary("/x", Vec::new(), None).await.map(|_| ()),
            Confused.wait_for_block(1).await,
            blocks,
        ];
        for error in errors {
            assert!(
                matches!(error, Err(TransportError::Malformed { .. })),
                "{error:?}"
            );
        }
    });
}
