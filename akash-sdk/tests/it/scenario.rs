//! The scenario catalogue through signed transactions on the embedded network: the texts are those that the tests of
//! `akash-market` play on a bare ledger.

#[path = "../../../akash-market/tests/it/scenario/auction.rs"]
mod auction;
#[path = "../../../akash-market/tests/it/scenario/mint.rs"]
mod mint;
#[path = "../../../akash-market/tests/it/scenario/money.rs"]
mod money;
#[path = "../../../akash-market/tests/it/scenario/stage.rs"]
mod stage;

use akash_market::action::{Action, Batch, Outcome};
use akash_market::address::Address;
use akash_market::query::{Entity, Key};
use akash_market::time::{Block, Nanos};
use akash_sdk::chain::{At, ChainError, Query, Rejection, Resolution, Submit, SubmitOptions};
use akash_sdk::cosmos::Client;
use akash_sdk::devnet::Devnet;
use akash_sdl::num::Coin;
use futures_util::FutureExt;
use stage::{AKT, CAST, RICH, Refused, Stage, VAULT};

/// An embedded network, and a client that signs for everybody.
struct Net {
    devnet: Devnet,
    client: Client,
}

/// The embedded network never waits for anything outside, so that one poll is enough.
fn run<T>(work: impl Future<Output = T>) -> T {
    work.now_or_never()
        .expect("the embedded network does not wait")
}

/// The network has accounts of its own under some of the names.
fn named(name: &str) -> String {
    format!("cast-{name}")
}

impl Net {
    fn new() -> Self {
        let mut builder = Devnet::builder().vault(Coin::uakt(VAULT));
        for name in CAST {
            builder = builder.account(named(name), vec![Coin::uact(RICH), Coin::uakt(AKT)]);
        }
        let devnet = builder.build().unwrap();
        let mut client = run(Client::connect(devnet.clone())).unwrap();
        for name in CAST {
            client = client.with_signer(devnet.account(&named(name)).unwrap().signer.clone());
        }
        Self { devnet, client }
    }

    fn send(&self, actions: Vec<Action>) -> Result<Vec<Outcome>, Rejection> {
        let refused = |error| match error {
            ChainError::Rejected(rejection) => rejection,
            other => panic!("{other}"),
        };
        run(async {
            let batch = Batch::new(actions);
            let options = SubmitOptions::default();
            let prepared = self
                .client
                .prepare(&batch, &options)
                .await
                .map_err(refused)?;
            self.client.send(&prepared).await.map_err(refused)?;
            self.devnet.mine(1).unwrap();
            match self.client.resolve(&prepared).await.unwrap() {
                Resolution::Included(inclusion) => inclusion.result,
                other => panic!("it should stand in the block: {other:?}"),
            }
        })
    }
}

impl Stage for Net {
    fn who(&self, name: &str) -> Address {
        self.devnet.account(&named(name)).unwrap().address().clone()
    }

    fn gov(&self) -> Address {
        self.devnet
            .with_ledger(|ledger| ledger.modules().gov.clone())
    }

    fn now(&self) -> Block {
        self.devnet.block()
    }

    fn submit(&mut self, actions: Vec<Action>) -> Result<Vec<Outcome>, Refused> {
        let height = self.devnet.height();
        let result = self.send(actions);
        if self.devnet.height() == height {
            // Refused before it entered a block.
            self.devnet.mine(1).unwrap();
        }
        result.map_err(|rejection| {
            let simulated = rejection.before_block && rejection.codespace == "undefined";
            Refused {
                code: (!simulated).then_some((rejection.codespace, rejection.code)),
                words: rejection.log,
            }
        })
    }

    fn govern(&mut self, action: Action) {
        self.devnet.govern(action).unwrap();
    }

    fn pass(&mut self, blocks: u32) {
        self.devnet.mine(blocks).unwrap();
    }

    fn later(&mut self, time: Nanos) {
        self.devnet.advance_time(time);
    }

    fn price(&mut self, price: Option<&str>) {
        self.devnet
            .set_akt_price(price.map(|text| text.parse().unwrap()));
    }

    fn get(&self, key: Key) -> Option<Entity> {
        match run(self.client.get(&key, At::Latest)) {
            Ok(entity) => entity,
            // The query fails while the ratio can't be computed.
            Err(_) if matches!(key, Key::BmeStatus) => None,
            Err(error) => panic!("{key:?}: {error}"),
        }
    }
}

/// A test for each scenario.
macro_rules! play {
    ($($file:ident: $($name:ident),+;)+) => {
        $($(
            #[test]
            fn $name() {
                $file::$name(&mut Net::new());
            }
        )+)+
    };
}

play! {
    auction: happy_path_to_close, two_groups_with_independent_leases, audited_gpu_attributes, max_bids_rejection,
        losing_bid_refunds, reclamation, provider_update_while_leased, deployment_update, parameter_change,
        close_cascade_from_each_entry_point;
    money: grant_funded_deposit, funds_run_out, top_up_while_overdrawn, withdraw_idempotence, akt_fallback;
    mint: mint_and_burn_epochs, breaker_trip_and_recovery, retry_then_cancel, oracle_stale_and_recovery;
}
