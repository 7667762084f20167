//! Simulated providers on the embedded network: every example document gets leases, and all money is accounted for.

mod figures;

use akash_market::action::Action;
use akash_market::auction::Cheapest;
use akash_market::escrow::Deposit;
use akash_market::id::{DeploymentId, LeaseId};
use akash_market::inventory::screening::Check;
use akash_market::query::{Entity, Filter};
use akash_market::time::Nanos;
use akash_market::workflow::bid::{BidStep, Decline};
use akash_market::workflow::deploy::{DeployFailure, DeployPlan, Patience};
use akash_sdk::chain::{At, Chain, QueryExt, Resolution, Submit, SubmitOptions};
use akash_sdk::cosmos::Client;
use akash_sdk::devnet::Devnet;
use akash_sdk::devnet::provider::{Populace, populate, stock};
use akash_sdk::drive::Progress;
use akash_sdk::gateway::{Credentials, GatewayError, Gateways};
use akash_sdk::journal::MemoryJournal;
use akash_sdk::tenant::{DeployRun, Deployer};
use akash_sdl::num::Coin;
use futures_util::FutureExt;
use std::sync::Arc;

const EXAMPLES: [(&str, &str); 8] = [
    (
        "api-postgres",
        include_str!("../../../examples/sdl/api-postgres.yaml"),
    ),
    (
        "consumer-gpu",
        include_str!("../../../examples/sdl/consumer-gpu.yaml"),
    ),
    (
        "fine-tune",
        include_str!("../../../examples/sdl/fine-tune.yaml"),
    ),
    (
        "leased-ip",
        include_str!("../../../examples/sdl/leased-ip.yaml"),
    ),
    (
        "sdl-2.1",
        include_str!("../../../examples/sdl/sdl-2.1.yaml"),
    ),
    (
        "static-site",
        include_str!("../../../examples/sdl/static-site.yaml"),
    ),
    (
        "two-regions",
        include_str!("../../../examples/sdl/two-regions.yaml"),
    ),
    (
        "vllm-80gb",
        include_str!("../../../examples/sdl/vllm-80gb.yaml"),
    ),
];

fn run<T>(work: impl Future<Output = T>) -> T {
    work.now_or_never()
        .expect("the embedded network does not wait")
}

struct World {
    devnet: Devnet,
    populace: Populace,
    chain: Arc<dyn Chain>,
    credentials: Credentials,
}

fn world(providers: usize) -> World {
    let specs = stock(providers);
    let funds = vec![Coin::uakt(100_000_000), Coin::uact(1_000_000_000)];
    let builder = Devnet::builder().account("customer", funds);
    let devnet = builder.provider_accounts(&specs).build().unwrap();
    let populace = run(populate(&devnet, specs)).unwrap();
    let signer = devnet.account("customer").unwrap().signer.clone();
    let client = run(Client::connect(devnet.clone())).unwrap();
    World {
        chain: Arc::new(client.with_signer(signer.clone())),
        credentials: Credentials::Token(Arc::new(signer)),
        devnet,
        populace,
    }
}

impl World {
    fn id(&self, dseq: u64) -> DeploymentId {
        DeploymentId::new(
            self.devnet.account("customer").unwrap().address().clone(),
            dseq,
        )
    }

    fn deploy(&self, dseq: u64, text: &str) -> DeployRun {
        let sdl = akash_sdl::parse(text).unwrap();
        let plan = DeployPlan {
            id: self.id(dseq),
            groups: sdl.groups().to_vec(),
            hash: sdl.version().as_bytes().to_vec(),
            reclamation_min_window: sdl.reclamation_min_window().map(Nanos),
            deposit: Deposit::from_balance(Coin::uact(50_000_000)),
            patience: Patience::default(),
        };
        let deployer = Deployer::new(
            Arc::clone(&self.chain),
            Arc::new(self.populace.gateways()),
            Arc::new(MemoryJournal::default()),
            self.credentials.clone(),
        );
        let policy = Arc::new(Cheapest);
        run(deployer.deploy(plan, sdl.manifest().clone(), policy)).unwrap()
    }

    fn finish(deployment: &mut DeployRun) {
        let mut shown = 0;
        while run(deployment.next()).unwrap().is_some() {
            shown += 1;
            assert!(shown < 1000, "it should end");
        }
    }

    fn submit(&self, action: Action) {
        run(async {
            let prepared = self
                .chain
                .prepare(&action.into(), &SubmitOptions::default())
                .await
                .unwrap();
            self.chain.send(&prepared).await.unwrap();
            self.pass(1);
            let Resolution::Included(inclusion) = self.chain.resolve(&prepared).await.unwrap()
            else {
                panic!("it should stand in a block")
            };
            inclusion.result.unwrap();
        });
    }

    fn pass(&self, blocks: usize) {
        for _ in 0..blocks {
            run(self.devnet.advance_past(self.devnet.height())).unwrap();
        }
    }

    fn steps(&self) -> Vec<BidStep> {
        let log = self.populace.take_log().into_iter();
        log.filter_map(|(owner, progress)| match progress {
            Progress::Step(step) => Some(step),
            Progress::Retrying { reason } => panic!("{owner}: {reason}"),
            _ => None,
        })
        .collect()
    }

    fn open_bids(&self) -> usize {
        let filter = Filter::Bids {
            owner: None,
            dseq: None,
            provider: None,
            state: Some(akash_market::bid::BidState::Open),
        };
        run(self.chain.all(&filter, At::Latest, 1000))
            .unwrap()
            .len()
    }

    async fn gateway(&self, lease: &LeaseId) -> Box<dyn akash_sdk::gateway::Gateway> {
        let provider = self
            .chain
            .provider(lease.provider(), At::Latest)
            .await
            .unwrap()
            .unwrap();
        self.populace
            .gateways()
            .open(&provider, &self.credentials)
            .await
            .unwrap()
    }
}

#[test]
fn every_example_runs_and_losers_get_their_deposits_back() {
    for count in [5, 8] {
        let world = world(count);
        for (dseq, (name, text)) in (100..).zip(EXAMPLES) {
            let mut deployment = world.deploy(dseq, text);
            World::finish(&mut deployment);
            let leases = deployment.ending().unwrap();
            let leases =
                leases.unwrap_or_else(|failure| panic!("{name}: {failure}; {:#?}", world.steps()));
            assert!(!leases.is_empty());
            let lease = leases[0].clone();
            let logs =
                run(async { world.gateway(&lease).await.logs(&lease, None, 3).await }).unwrap();
            assert!(!logs.is_empty() && logs.len() <= 3);
            world.submit(Action::CloseDeployment { id: world.id(dseq) });
            world.pass(4);
            assert_eq!(world.open_bids(), 0, "{name}");
            let steps = world.steps();
            let of = |what: fn(&BidStep) -> bool| steps.iter().filter(|step| what(step)).count();
            let won = of(|s| matches!(s, BidStep::Won { .. }));
            assert_eq!(won, leases.len(), "{name}");
            assert_eq!(
                of(|s| matches!(s, BidStep::LeaseEnded { .. })),
                won,
                "{name}: {steps:#?}"
            );
            // Every provider says what it made of every order.
            let decided = of(|s| matches!(s, BidStep::Bid { .. } | BidStep::Declined { .. }));
            assert_eq!(decided, count * leases.len(), "{name}");
            let error =
                run(async { world.gateway(&lease).await.status(&lease).await }).unwrap_err();
            assert!(matches!(error, GatewayError::NotFound { .. }), "{error}");
        }
    }
}

#[test]
fn providers_say_why_they_do_not_bid() {
    let world = world(5);
    let mut deployment = world.deploy(1, EXAMPLES[2].1);
    World::finish(&mut deployment);
    let reasons: Vec<String> = world
        .steps()
        .into_iter()
        .filter_map(|step| match step {
            BidStep::Declined { reason, .. } => {
                assert!(
                    matches!(
                        &reason,
                        Decline::Screening {
                            check: Check::Placement,
                            ..
                        }
                    ),
                    "{reason:?}"
                );
                Some(reason.to_string())
            }
            _ => None,
        })
        .collect();
    assert_eq!(reasons.len(), 4);
    assert!(
        reasons.iter().all(|reason| reason.contains("eu-north")),
        "{reasons:#?}"
    );
}

#[test]
fn a_gateway_checks_token_hash_and_lease() {
    let world = world(5);
    let mut deployment = world.deploy(1, EXAMPLES[5].1);
    World::finish(&mut deployment);
    let lease = deployment.ending().unwrap().unwrap()[0].clone();
    let other = akash_sdl::parse(EXAMPLES[5].1.replace("count: 2", "count: 3")).unwrap();
    run(async {
        let gateway = world.gateway(&lease).await;
        let error = gateway
            .send_manifest(lease.deployment(), other.manifest())
            .await
            .unwrap_err();
        assert_eq!(
            error,
            GatewayError::ManifestRefused {
                reason: "manifest version validation failed".to_owned()
            }
        );
        let own = akash_sdl::parse(EXAMPLES[5].1).unwrap();
        gateway
            .send_manifest(lease.deployment(), own.manifest())
            .await
            .unwrap();
        assert!(gateway.status(&lease).await.unwrap().is_ready());
        // Somebody else's token.
        let stranger = world.devnet.account("tenant2").unwrap().signer.clone();
        let credentials = Credentials::Token(Arc::new(stranger));
        let record = world
            .chain
            .provider(lease.provider(), At::Latest)
            .await
            .unwrap()
            .unwrap();
        let strange = world
            .populace
            .gateways()
            .open(&record, &credentials)
            .await
            .unwrap();
        let error = strange.status(&lease).await.unwrap_err();
        assert!(
            matches!(error, GatewayError::Unauthorized { .. }),
            "{error}"
        );
        // A provider without the lease checks the manifest first.
        let (_, loser) = world
            .populace
            .providers()
            .find(|(_, owner)| *owner != lease.provider())
            .unwrap();
        let record = world
            .chain
            .provider(loser, At::Latest)
            .await
            .unwrap()
            .unwrap();
        let elsewhere = world
            .populace
            .gateways()
            .open(&record, &world.credentials)
            .await
            .unwrap();
        let error = elsewhere
            .send_manifest(lease.deployment(), own.manifest())
            .await
            .unwrap_err();
        assert_eq!(
            error,
            GatewayError::NotFound {
                reason: "no lease for deployment".to_owned()
            }
        );
    });
}

#[test]
fn earnings_are_withdrawn_also_from_two_leases_of_one_deployment() {
    let world = world(8);
    let mut deployment = world.deploy(1, EXAMPLES[6].1);
    World::finish(&mut deployment);
    assert_eq!(deployment.ending().unwrap().unwrap().len(), 2);
    world.pass(30);
    let steps = world.steps();
    let paid: Vec<&LeaseId> = steps
        .iter()
        .filter_map(|step| match step {
            BidStep::Withdrawn { lease, amount, .. } => {
                assert!(!amount.is_zero());
                Some(lease)
            }
            _ => None,
        })
        .collect();
    for lease in deployment.ending().unwrap().unwrap() {
        assert!(
            paid.iter().filter(|paid| **paid == lease).count() >= 2,
            "{steps:#?}"
        );
    }
}

#[test]
fn a_provider_that_vanishes_costs_the_tenant_no_deposit() {
    let world = world(5);
    let mut deployment = world.deploy(1, EXAMPLES[5].1);
    let names: Vec<String> = world
        .populace
        .providers()
        .map(|(name, _)| name.to_owned())
        .collect();
    loop {
        let progress = run(deployment.next()).unwrap();
        assert!(progress.is_some(), "{:?}", deployment.ending());
        if matches!(
            progress,
            Some(Progress::Step(
                akash_market::workflow::deploy::DeployStep::Chosen { .. }
            ))
        ) {
            break;
        }
    }
    for name in &names {
        assert!(world.populace.set_vanished(name, true));
    }
    World::finish(&mut deployment);
    let failure = deployment.ending().unwrap().unwrap_err();
    assert!(
        matches!(failure, DeployFailure::ProviderGone { .. }),
        "{failure}"
    );
    // They come back and clean up.
    for name in &names {
        assert!(world.populace.set_vanished(name, false));
    }
    world.pass(4);
    assert_eq!(world.open_bids(), 0);
    let filter = Filter::Leases {
        owner: None,
        dseq: None,
        provider: None,
        state: Some(akash_market::lease::LeaseState::Active),
    };
    let active: Vec<Entity> = run(world.chain.all(&filter, At::Latest, 10)).unwrap();
    assert_eq!(active, Vec::new());
}
