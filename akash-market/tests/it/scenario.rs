//! The scenario catalogue on a bare ledger. The same texts are played through signed transactions by the tests of
//! `akash-sdk`.

mod auction;
mod mint;
mod money;
pub(crate) mod stage;

use akash_market::action::{Action, Batch, Outcome};
use akash_market::address::Address;
use akash_market::id::Height;
use akash_market::ledger::{Genesis, Ledger};
use akash_market::oracle::PairId;
use akash_market::query::{Entity, Key};
use akash_market::time::{Block, Nanos, Timestamp};
use akash_sdl::num::{Coin, Dec};
use stage::{AKT, CAST, RICH, Refused, Stage, VAULT};

/// A ledger with a price reported at the beginning of each block.
struct Bare {
    ledger: Ledger,
    block: Block,
    price: Option<Dec>,
}

fn account(name: &str) -> Address {
    let at = CAST.iter().position(|other| *other == name).unwrap();
    Address::bech32("akash", &[u8::try_from(at * 31 + 1).unwrap(); 20]).unwrap()
}

impl Bare {
    fn new() -> Self {
        let mut genesis = Genesis {
            vault: vec![Coin::uakt(VAULT)],
            ..Genesis::default()
        };
        for name in CAST {
            for coin in [Coin::uact(RICH), Coin::uakt(AKT)] {
                genesis = genesis.balance(account(name), coin);
            }
        }
        genesis.params.oracle.sources = vec![account("oracle")];
        let mut stage = Self {
            ledger: Ledger::new(genesis).unwrap(),
            block: Block {
                height: Height(0),
                time: Timestamp::from_secs(1_767_225_600),
            },
            price: Some("1.25".parse().unwrap()),
        };
        stage.pass(3);
        stage
    }

    fn begin(&mut self) {
        self.block = Block {
            height: Height(self.block.height.0 + 1),
            time: self.block.time.plus(Nanos::from_secs(6)),
        };
        self.ledger.begin_block(self.block);
        if let Some(price) = self.price {
            let report = Action::AddPrice {
                signer: account("oracle"),
                pair: PairId::akt_usd(),
                price,
                timestamp: self.block.time,
            };
            self.ledger.apply(self.block, &Batch::from(report)).unwrap();
        }
    }

    fn end(&mut self) {
        self.ledger.end_block(self.block);
        self.ledger.invariants().unwrap();
    }
}

impl Stage for Bare {
    fn who(&self, name: &str) -> Address {
        account(name)
    }

    fn gov(&self) -> Address {
        self.ledger.modules().gov.clone()
    }

    fn now(&self) -> Block {
        self.block
    }

    fn submit(&mut self, actions: Vec<Action>) -> Result<Vec<Outcome>, Refused> {
        self.begin();
        let result = self.ledger.apply(self.block, &Batch::new(actions));
        self.end();
        match result {
            Ok(done) => Ok(done.outcomes),
            Err(refused) => {
                let code = refused.error.code();
                Err(Refused {
                    code: Some((code.codespace.to_owned(), code.code)),
                    words: refused.error.to_string(),
                })
            }
        }
    }

    fn govern(&mut self, action: Action) {
        self.ledger.apply(self.block, &Batch::from(action)).unwrap();
    }

    fn pass(&mut self, blocks: u32) {
        for _ in 0..blocks {
            self.begin();
            self.end();
        }
    }

    fn later(&mut self, time: Nanos) {
        self.block.time = self.block.time.plus(time);
    }

    fn price(&mut self, price: Option<&str>) {
        self.price = price.map(|text| text.parse().unwrap());
    }

    fn get(&self, key: Key) -> Option<Entity> {
        self.ledger.get(&key)
    }
}

/// A test for each scenario on a stage that `$new` makes.
macro_rules! play {
    ($new:expr; $($file:ident: $($name:ident),+;)+) => {
        $($(
            #[test]
            fn $name() {
                $file::$name(&mut $new);
            }
        )+)+
    };
}

play! {
    Bare::new();
    auction: happy_path_to_close, two_groups_with_independent_leases, audited_gpu_attributes, max_bids_rejection,
        losing_bid_refunds, reclamation, provider_update_while_leased, deployment_update, parameter_change,
        close_cascade_from_each_entry_point;
    money: grant_funded_deposit, funds_run_out, top_up_while_overdrawn, withdraw_idempotence, akt_fallback;
    mint: mint_and_burn_epochs, breaker_trip_and_recovery, retry_then_cancel, oracle_stale_and_recovery;
}
