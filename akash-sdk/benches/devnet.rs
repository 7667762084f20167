//! The embedded network under load: signed transactions, long lists, requests on loopback.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a benchmark"
)]

use akash_market::action::{Action, Batch};
use akash_market::address::Address;
use akash_market::bid::{Bid, ResourceOffer};
use akash_market::escrow::Deposit;
use akash_market::id::DeploymentId;
use akash_market::provider::ProviderInfo;
use akash_market::query::{Entity, Filter};
use akash_sdk::chain::{At, QueryExt, Resolution, Submit, SubmitOptions};
use akash_sdk::cosmos::Client;
use akash_sdk::cosmos::convert::action::to_any;
use akash_sdk::cosmos::events::decode;
use akash_sdk::cosmos::transport::{BlockResult, Transport};
use akash_sdk::cosmos::tx::{Draft, SignAs};
use akash_sdk::devnet::{DevAccount, Devnet};
use akash_sdl::num::{Coin, Denom};
use divan::Bencher;
use divan::counter::ItemsCount;
use futures_util::FutureExt;
use std::sync::OnceLock;

fn main() {
    divan::main();
}

fn run<T>(work: impl Future<Output = T>) -> T {
    work.now_or_never().unwrap()
}

/// Transfers in one block.
const TRANSFERS: u64 = 1_000;
const SENDERS: u64 = 20;

fn sender(index: u64) -> String {
    format!("sender{index}")
}

fn crowd() -> Devnet {
    (0..SENDERS)
        .fold(Devnet::builder(), |builder, index| {
            builder.account(sender(index), vec![Coin::uakt(1_000_000_000_000)])
        })
        .build()
        .unwrap()
}

/// Signed transfers of twenty senders.
fn signed(devnet: &Devnet) -> Vec<Vec<u8>> {
    let to = devnet.account("tenant").unwrap().address().clone();
    let accounts: Vec<&DevAccount> = (0..SENDERS)
        .map(|index| devnet.account(&sender(index)).unwrap())
        .collect();
    (0..TRANSFERS)
        .map(|n| {
            let index = n % SENDERS;
            let account = accounts[usize::try_from(index).unwrap()];
            let send = Action::Send {
                from: account.address().clone(),
                to: to.clone(),
                coins: vec![Coin::uakt(1)],
            };
            let mut draft = Draft::new(vec![to_any(&send)]);
            draft.gas_limit = 200_000;
            draft.fee = vec![Coin::uakt(5_000)];
            // Four accounts are there before the senders.
            let sign_as = SignAs::new(&account.signer, 4 + index, n / SENDERS);
            run(draft.sign_direct(&devnet.chain_id(), &[sign_as]))
                .unwrap()
                .into_bytes()
        })
        .collect()
}

/// Signatures were made before; each is verified once, then everything is executed in one block.
#[divan::bench(sample_count = 10)]
fn transfers_through_the_network(bencher: Bencher<'_, '_>) {
    let txs = signed(&crowd());
    bencher
        .counter(ItemsCount::new(TRANSFERS))
        .with_inputs(crowd)
        .bench_local_values(|devnet| {
            for tx in &txs {
                let taken = run(devnet.broadcast(tx)).unwrap();
                assert_eq!(taken.code, 0, "{}", taken.log);
            }
            devnet.mine(1).unwrap();
            let block = run(Transport::block(&devnet, devnet.height()))
                .unwrap()
                .unwrap();
            assert_eq!(
                block.txs.iter().filter(|tx| tx.code == 0).count(),
                txs.len() + 1
            );
            devnet
        });
}

/// What the signatures of the same transactions take.
#[divan::bench(sample_count = 10)]
fn transfers_signed(bencher: Bencher<'_, '_>) {
    let devnet = crowd();
    bencher
        .counter(ItemsCount::new(TRANSFERS))
        .bench_local(|| signed(&devnet));
}

const ORDERS: u64 = 500;
const PROVIDERS: u64 = 20;
const SDL: &str = include_str!("../../examples/sdl/static-site.yaml");

/// Submits the actions of one account, some in each transaction.
fn act(devnet: &Devnet, account: &DevAccount, actions: &[Action]) {
    let client = run(Client::connect(devnet.clone()))
        .unwrap()
        .with_signer(account.signer.clone());
    for actions in actions.chunks(50) {
        let batch = Batch {
            actions: actions.to_vec(),
        };
        let prepared = run(client.prepare(&batch, &SubmitOptions::default())).unwrap();
        run(client.send(&prepared)).unwrap();
        devnet.mine(1).unwrap();
        let Resolution::Included(inclusion) = run(client.resolve(&prepared)).unwrap() else {
            panic!("it should stand in a block")
        };
        assert!(inclusion.result.is_ok(), "{inclusion:?}");
    }
}

/// A network on which twenty providers bid on five hundred orders.
fn market() -> &'static Devnet {
    static MARKET: OnceLock<Devnet> = OnceLock::new();
    MARKET.get_or_init(|| {
        let rich = vec![Coin::uakt(1_000_000_000_000), Coin::uact(1_000_000_000_000)];
        let builder = (0..PROVIDERS).fold(Devnet::builder(), |builder, index| {
            builder.account(sender(index), rich.clone())
        });
        let devnet = builder.account("buyer", rich).build().unwrap();
        let sdl = akash_sdl::parse(SDL).unwrap();
        let buyer = devnet.account("buyer").unwrap();
        let deployments = (1..=ORDERS).map(|dseq| Action::CreateDeployment {
            id: DeploymentId::new(buyer.address().clone(), dseq),
            groups: sdl.groups().to_vec(),
            hash: sdl.version().as_bytes().to_vec(),
            deposit: Deposit::from_balance(Coin::uact(500_000)),
            reclamation_min_window: None,
        });
        act(&devnet, buyer, &deployments.collect::<Vec<_>>());
        let offer: std::sync::Arc<[ResourceOffer]> = sdl.groups()[0]
            .resources
            .iter()
            .map(|unit| ResourceOffer {
                resources: unit.resources.clone(),
                count: unit.count,
            })
            .collect();
        for index in 0..PROVIDERS {
            let account = devnet.account(&sender(index)).unwrap();
            let owner: Address = account.address().clone();
            let register = Action::CreateProvider {
                owner: owner.clone(),
                host_uri: "https://provider.example:8443".to_owned(),
                attributes: Vec::new(),
                info: ProviderInfo::default(),
            };
            act(&devnet, account, &[register]);
            let bids = (1..=ORDERS).map(|dseq| Action::CreateBid {
                id: DeploymentId::new(buyer.address().clone(), dseq)
                    .group(1)
                    .order(1)
                    .bid(owner.clone()),
                price: sdl.groups()[0].resources[0].price.clone(),
                deposit: Deposit::from_balance(Coin::uakt(500_000)),
                resources_offer: offer.clone(),
                reclamation_window: None,
            });
            act(&devnet, account, &bids.collect::<Vec<_>>());
        }
        devnet
    })
}

/// Ten thousand bids, page after page, through protobuf into domain types.
#[divan::bench(sample_count = 10)]
fn bids_paged(bencher: Bencher<'_, '_>) {
    let client = run(Client::connect(market().clone())).unwrap();
    let every = Filter::Bids {
        owner: None,
        dseq: None,
        provider: None,
        state: None,
    };
    bencher
        .counter(ItemsCount::new(ORDERS * PROVIDERS))
        .bench_local(|| {
            let all = run(client.all(&every, At::Latest, 20_000)).unwrap();
            assert_eq!(all.len(), 10_000);
            let bid: &Bid = match &all[0] {
                Entity::Bid(bid) => bid,
                other => panic!("{other:?}"),
            };
            assert_eq!(*bid.price.denom(), Denom::UACT);
            all
        });
}

/// The blocks in which all that came about, event by event, into changes of the market.
#[divan::bench(sample_count = 10)]
fn blocks_into_typed_events(bencher: Bencher<'_, '_>) {
    let devnet = market();
    let blocks: Vec<BlockResult> = (1..=devnet.height())
        .filter_map(|height| run(Transport::block(devnet, height)).unwrap())
        .collect();
    let events = || {
        let of_blocks = blocks.iter().flat_map(|block| &block.events);
        let of_txs = blocks.iter().flat_map(|block| &block.txs);
        of_blocks.chain(of_txs.flat_map(|tx| &tx.events))
    };
    let typed = || events().filter_map(|event| decode(event).unwrap());
    assert!(typed().count() > 10_000);
    bencher
        .counter(ItemsCount::new(events().count()))
        .bench_local(|| typed().count());
}

/// One small query over each port, on a connection that is kept.
#[cfg(feature = "websocket")]
mod loopback {
    use super::*;
    use akash_sdk::cosmos::transport::comet::{Comet, CometSocket};
    use akash_sdk::cosmos::transport::rest::Rest;
    use akash_sdk::devnet::server::Server;
    use tokio::runtime::Runtime;

    const PATH: &str = "/akash.bme.v1.Query/Params";

    fn ask(bencher: Bencher<'_, '_>, connect: impl Fn(&Server) -> Box<dyn Transport>) {
        let runtime: Runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let (server, transport) = runtime.block_on(async {
            let devnet = Devnet::builder().build().unwrap();
            let server = Server::builder(devnet)
                .block_interval(None)
                .start()
                .await
                .unwrap();
            let transport = connect(&server);
            (server, transport)
        });
        bencher.bench_local(|| {
            runtime
                .block_on(transport.unary(PATH, Vec::new(), None))
                .unwrap()
        });
        drop(server);
    }

    #[divan::bench]
    fn json_rpc(bencher: Bencher<'_, '_>) {
        ask(bencher, |server| {
            Box::new(Comet::new(&server.endpoints().rpc).unwrap())
        });
    }

    #[divan::bench]
    fn websocket(bencher: Bencher<'_, '_>) {
        ask(bencher, |server| {
            Box::new(CometSocket::new(&server.endpoints().websocket).unwrap())
        });
    }

    #[divan::bench]
    fn rest(bencher: Bencher<'_, '_>) {
        ask(bencher, |server| {
            Box::new(Rest::new(&server.endpoints().rest).unwrap())
        });
    }

    #[cfg(feature = "grpc")]
    #[divan::bench]
    fn grpc(bencher: Bencher<'_, '_>) {
        ask(bencher, |server| {
            Box::new(akash_sdk::cosmos::transport::Grpc::new(&server.endpoints().grpc).unwrap())
        });
    }

    /// The same in the process, without any port.
    #[divan::bench]
    fn in_process(bencher: Bencher<'_, '_>) {
        let devnet = Devnet::builder().build().unwrap();
        bencher.bench_local(|| run(devnet.unary(PATH, Vec::new(), None)).unwrap());
    }
}
