//! Oracle, equilibrium and epochs as parts of the ledger: through actions and blocks only.

use akash_market::action::{Action, Batch, Outcome};
use akash_market::address::Address;
use akash_market::bank::Modules;
use akash_market::bme::{MintStatus, RecordState};
use akash_market::change::Change;
use akash_market::id::Height;
use akash_market::ledger::{Genesis, Ledger, Snapshot};
use akash_market::oracle::PairId;
use akash_market::params::{BmeParams, OracleParams, Params, ParamsChange};
use akash_market::query::{Entity, Key};
use akash_market::time::{Block, Timestamp};
use akash_sdl::num::{Coin, Denom};

fn account(name: &str) -> Address {
    Modules::address("akash", name).unwrap()
}

fn block(height: i64) -> Block {
    Block {
        height: Height(height),
        time: Timestamp::from_secs(1_700_000_000 + 6 * height),
    }
}

/// Two sources, a tenant with 1000 AKT, a vault with 1000 more, at the end of block 1.
fn market() -> Ledger {
    let params = Params {
        oracle: OracleParams {
            sources: vec![account("feed"), account("other feed")],
            ..OracleParams::default()
        },
        ..Params::default()
    };
    let genesis = Genesis {
        vault: vec![Coin::uakt(1_000_000_000)],
        params,
        ..Genesis::default()
    };
    let tenant = account("tenant");
    let mut ledger = Ledger::new(genesis.balance(tenant, Coin::uakt(1_000_000_000))).unwrap();
    step(&mut ledger, 1, vec![]);
    ledger
}

fn price(source: &str, height: i64, price: &str) -> Action {
    Action::AddPrice {
        signer: account(source),
        pair: PairId::akt_usd(),
        price: price.parse().unwrap(),
        timestamp: block(height).time,
    }
}

fn mint(amount: u128) -> Action {
    Action::BurnMint {
        owner: account("tenant"),
        to: account("tenant"),
        coins_to_burn: Coin::uakt(amount),
        denom_to_mint: Denom::UACT,
    }
}

fn codes(result: Result<Vec<Outcome>, (&'static str, u32)>) -> (&'static str, u32) {
    result.map_or_else(|code| code, |_| ("", 0))
}

fn act(
    ledger: &mut Ledger,
    height: i64,
    action: Action,
) -> Result<Vec<Outcome>, (&'static str, u32)> {
    ledger
        .apply(block(height), &Batch::from(action))
        .map(|applied| applied.outcomes)
        .map_err(|refused| (refused.error.code().codespace, refused.error.code().code))
}

/// A whole block; what its begin and end told.
fn step(ledger: &mut Ledger, height: i64, actions: Vec<Action>) -> Vec<Change> {
    let mut told = ledger.begin_block(block(height));
    for action in actions {
        act(ledger, height, action).unwrap();
    }
    told.extend(ledger.end_block(block(height)));
    ledger.invariants().unwrap();
    told
}

#[test]
fn a_request_outlives_a_snapshot_and_is_executed() {
    let mut ledger = market();
    assert_eq!(ledger.fallback().akt_price, None);
    assert_eq!(codes(act(&mut ledger, 1, mint(1))), ("oracle.v2", 4));
    step(&mut ledger, 2, vec![price("feed", 2, "2")]);
    // The equilibrium ends its block before the oracle, so it sees the price one block later.
    assert_eq!(ledger.bme().status(), MintStatus::HaltOracle);
    assert_eq!(codes(act(&mut ledger, 3, mint(10))), ("bme", 6));
    step(&mut ledger, 3, vec![]);
    assert_eq!(ledger.bme().status(), MintStatus::Healthy);
    let fallback = ledger.fallback();
    assert_eq!(fallback.status, MintStatus::Healthy);
    assert_eq!(fallback.akt_price, Some("2".parse().unwrap()));

    let outcomes = act(&mut ledger, 4, mint(100_000_000)).unwrap();
    let [Outcome::Queued { id }] = &outcomes[..] else {
        panic!("{outcomes:?}");
    };
    let text = serde_json::to_string(&ledger.snapshot()).unwrap();
    let mut ledger = Ledger::restore(serde_json::from_str::<Snapshot>(&text).unwrap());
    let mut settled = None;
    for height in 4..=13 {
        // Prices live for half a minute.
        let told = step(&mut ledger, height, vec![price("feed", height, "2")]);
        let ours = |c: &Change| matches!(c, Change::BurnMintSettled { record } if record.id == *id);
        if told.iter().any(ours) {
            settled = Some(height);
        }
    }
    assert_eq!(settled, Some(13));
    let Some(Entity::BurnMint(record)) = ledger.get(&Key::BurnMint(id.clone())) else {
        panic!("the request is gone");
    };
    assert!(matches!(record.state, RecordState::Executed(_)));
    let held = ledger.bank().coin(&account("tenant"), &Denom::UACT);
    assert_eq!(held, Coin::uact(199_500_000));
}

#[test]
fn the_status_follows_the_oracle_one_block_later() {
    let mut ledger = market();
    step(&mut ledger, 2, vec![price("feed", 2, "2")]);
    step(&mut ledger, 3, vec![]);
    let apart = vec![price("feed", 4, "2"), price("other feed", 4, "2.1")];
    let told = step(&mut ledger, 4, apart);
    assert!(told.iter().any(|c| matches!(c, Change::PriceStaled { .. })));
    assert_eq!(ledger.bme().status(), MintStatus::Healthy);
    assert_eq!(codes(act(&mut ledger, 5, mint(1))), ("oracle.v2", 4));
    step(&mut ledger, 5, vec![]);
    assert_eq!(ledger.bme().status(), MintStatus::HaltOracle);
    assert_eq!(ledger.fallback().akt_price, None);
    assert_eq!(ledger.get(&Key::BmeStatus), None);
    step(&mut ledger, 6, vec![price("other feed", 6, "2")]);
    step(&mut ledger, 7, vec![]);
    assert_eq!(ledger.bme().status(), MintStatus::Healthy);
}

#[test]
fn governance_alone_changes_parameters_and_only_by_the_rules() {
    let mut ledger = market();
    let gov = ledger.modules().gov.clone();
    let mut update = |authority: &Address, params: ParamsChange| {
        let before = ledger.hash();
        let action = Action::UpdateParams {
            authority: authority.clone(),
            params: Box::new(params),
        };
        let result = codes(act(&mut ledger, 2, action));
        assert_eq!(ledger.hash() == before, result.1 != 0);
        result
    };
    let sources = |names: &[&str]| {
        ParamsChange::Oracle(OracleParams {
            sources: names.iter().map(|name| account(name)).collect(),
            ..OracleParams::default()
        })
    };
    assert_eq!(update(&account("tenant"), sources(&["third"])), ("gov", 13));
    let broken = BmeParams {
        mint_spread_bps: 1_001,
        ..BmeParams::default()
    };
    assert_eq!(update(&gov, ParamsChange::Bme(broken)), ("undefined", 1));
    assert_eq!(update(&gov, sources(&["third", "feed"])), ("", 0));
    assert_eq!(
        codes(act(&mut ledger, 2, price("other feed", 2, "1"))),
        ("sdk", 4)
    );
    step(&mut ledger, 2, vec![price("third", 2, "1")]);
    // Numbers of sources are kept: the new one is the third.
    let numbers: Vec<_> = ledger.oracle().entries().map(|e| e.source).collect();
    assert_eq!(numbers, [3]);
}

#[test]
fn the_hour_prunes_what_is_older_than_the_retention() {
    let mut ledger = market();
    step(&mut ledger, 2, vec![price("feed", 2, "1")]);
    // A day of silence: at its end the entry is as old as the retention.
    let late = 2 + 86_400 / 6;
    for height in [late - 1, late, late + 1] {
        step(&mut ledger, height, vec![]);
    }
    assert_eq!(ledger.oracle().entries().count(), 0);
    let hour = ledger.epochs().find(|e| e.identifier == "hour").unwrap();
    // One epoch a block, though a day has passed.
    assert_eq!(hour.current_epoch, 4);
}
