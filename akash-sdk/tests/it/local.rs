//! A bare ledger as a chain: what it adds to what every chain has to do, and a driver on it.

mod deploy;
mod willing;

use akash_market::action::{Action, Batch};
use akash_market::address::Address;
use akash_market::change::Change;
use akash_market::id::Height;
use akash_market::ledger::{Genesis, Ledger};
use akash_market::oracle::PairId;
use akash_market::params::Params;
use akash_market::time::{Block, Timestamp};
use akash_market::workflow::fund::FundPlan;
use akash_sdk::chain::local::LocalChain;
use akash_sdk::chain::{
    At, Chain, ChainError, Changes, Cursor, Followed, Prepared, QueryExt, Resolution, Submit,
    SubmitOptions,
};
use akash_sdk::journal::{JobId, MemoryJournal};
use akash_sdk::tenant::Funder;
use akash_sdl::num::{Coin, Dec, Denom};
use futures_util::FutureExt;
use std::sync::Arc;

pub(crate) fn account(number: u8) -> Address {
    Address::bech32("akash", &[number; 20]).unwrap()
}

fn genesis() -> Genesis {
    let mut params = Params::default();
    params.oracle.sources.push(account(9));
    Genesis {
        block: Block {
            height: Height(0),
            time: Timestamp::from_secs(1_767_225_600),
        },
        params,
        vault: vec![Coin::uakt(1_000_000_000_000)],
        ..Genesis::default()
    }
    .balance(account(1), Coin::uakt(1_000_000_000))
    .balance(account(2), Coin::uakt(1_000_000_000))
}

/// A market in which accounts 1 and 2 hold 1000 AKT each and account 9 may report prices.
pub(crate) fn ledger() -> Ledger {
    Ledger::new(genesis()).unwrap()
}

fn run<T>(work: impl Future<Output = T>) -> T {
    work.now_or_never().expect("nothing outside is waited for")
}

fn transfer(amount: u128) -> Batch {
    Action::Send {
        from: account(1),
        to: account(2),
        coins: vec![Coin::uakt(amount)],
    }
    .into()
}

fn prepare(chain: &LocalChain, batch: &Batch) -> Result<Prepared, ChainError> {
    run(chain.prepare(batch, &SubmitOptions::default()))
}

#[test]
fn the_same_calls_give_the_same_transactions() {
    let make = || LocalChain::new(ledger()).acting_for([account(1)]);
    let (one, other) = (make(), make());
    let first = prepare(&one, &transfer(1)).unwrap();
    assert_eq!(first, prepare(&other, &transfer(1)).unwrap());
    // Equal batches of one chain are told apart.
    assert_ne!(first.id, prepare(&one, &transfer(1)).unwrap().id);
}

#[test]
fn only_its_own_accounts_are_acted_for() {
    let chain = LocalChain::new(ledger()).acting_for([account(2)]);
    assert!(matches!(
        prepare(&chain, &transfer(1)),
        Err(ChainError::Usage(_))
    ));
    // Nor is a transaction that another handle made.
    let other = LocalChain::new(ledger()).acting_for([account(1)]);
    let prepared = prepare(&other, &transfer(1)).unwrap();
    assert!(matches!(
        run(chain.send(&prepared)),
        Err(ChainError::Usage(_))
    ));
}

#[test]
fn a_transaction_that_was_tampered_with_is_refused() {
    let chain = LocalChain::new(ledger()).acting_for([account(1)]);
    let mut prepared = prepare(&chain, &transfer(1)).unwrap();
    let text = String::from_utf8(prepared.payload).unwrap();
    assert!(text.contains("\"1\""), "{text}");
    prepared.payload = text.replacen("\"1\"", "\"9\"", 1).into_bytes();
    assert!(matches!(
        run(chain.send(&prepared)),
        Err(ChainError::Usage(_))
    ));
}

#[test]
fn a_transaction_lands_in_its_last_block_and_not_later() {
    let chain = LocalChain::new(ledger()).acting_for([account(1)]);
    let options = {
        let mut options = SubmitOptions::default();
        options.valid_for_blocks = Some(3);
        options
    };
    let late = |blocks: u32| {
        let prepared = run(chain.prepare(&transfer(1), &options)).unwrap();
        chain.mine(blocks).unwrap();
        let sent = run(chain.send(&prepared));
        chain.mine(1).unwrap();
        (sent, run(chain.resolve(&prepared)).unwrap())
    };
    let (sent, resolution) = late(2);
    assert!(sent.is_ok() && matches!(resolution, Resolution::Included(_)));
    let (sent, resolution) = late(3);
    assert!(sent.unwrap_err().is_code("sdk", 30));
    assert_eq!(resolution, Resolution::CanNeverLand);
}

#[test]
fn a_refusal_has_the_ledgers_code() {
    let chain = LocalChain::new(ledger()).acting_for([account(1)]);
    let error = prepare(&chain, &transfer(1_000_000_001)).unwrap_err();
    assert!(error.is_code("sdk", 5), "{error}");
    // Good when it was prepared, not any more when its turn comes.
    let batches = [transfer(600_000_000), transfer(600_000_000)];
    let both = batches.map(|batch| prepare(&chain, &batch).unwrap());
    for prepared in &both {
        run(chain.send(prepared)).unwrap();
    }
    chain.mine(1).unwrap();
    let Resolution::Included(second) = run(chain.resolve(&both[1])).unwrap() else {
        panic!("it stands in a block")
    };
    let rejection = second.result.unwrap_err();
    assert_eq!(
        (
            rejection.codespace.as_str(),
            rejection.code,
            rejection.before_block
        ),
        ("sdk", 5, false)
    );
    assert!(second.changes.is_empty());
}

#[test]
fn every_change_of_the_ledger_is_told() {
    let chain = LocalChain::new(ledger()).acting_for([account(1)]);
    let prepared = prepare(&chain, &transfer(5)).unwrap();
    run(chain.send(&prepared)).unwrap();
    let told = run(chain.next(Cursor::START)).unwrap();
    let transferred = Change::Transferred {
        from: account(1),
        to: account(2),
        coin: Coin::uakt(5),
    };
    assert!(
        told.iter().any(
            |item| matches!(item, Followed::Change(observed) if observed.change == transferred)
        )
    );
    assert_eq!(told.last(), Some(&Followed::Block(chain.block())));
}

#[test]
fn what_came_before_the_loan_is_a_gap() {
    let block = Block {
        height: Height(40),
        time: Timestamp::from_secs(1_767_225_600),
    };
    let ledger = Ledger::new(Genesis { block, ..genesis() }).unwrap();
    let chain = LocalChain::new(ledger);
    let gap = Followed::Gap { from: 1, to: 40 };
    assert_eq!(run(chain.next(Cursor::START)).unwrap(), [gap]);
    assert_eq!(chain.block(), block);
    let next = run(chain.next(Cursor::after_block(40))).unwrap();
    assert!(matches!(next.last(), Some(Followed::Block(block)) if block.height == Height(41)));
    // A place that this chain never was at.
    assert!(matches!(
        run(chain.next(Cursor::after_block(42))),
        Err(ChainError::Usage(_))
    ));
}

#[test]
fn few_past_states_are_kept() {
    let chain = LocalChain::new(ledger())
        .acting_for([account(1)])
        .keep_blocks(2);
    chain.mine(5).unwrap();
    let read =
        |height: i64| run(chain.balance(&account(1), &Denom::UAKT, At::Exactly(Height(height))));
    assert!(read(5).is_ok() && read(4).is_ok() && read(3).is_ok());
    assert!(matches!(read(2), Err(ChainError::HeightUnavailable { .. })));
}

#[test]
fn a_driver_funds_an_account_on_it() {
    // The figures are those of the embedded network, less the fee.
    let chain = LocalChain::new(ledger())
        .acting_for([account(1)])
        .with_others(|_, block| {
            let report = Action::AddPrice {
                signer: account(9),
                pair: PairId::akt_usd(),
                price: Dec::with_precision(125, 2).unwrap(),
                timestamp: block.time,
            };
            vec![report.into()]
        });
    // A price reported in one block opens minting in the next but one.
    chain.mine(3).unwrap();
    let chain: Arc<dyn Chain> = Arc::new(chain);
    let funder = Funder::new(Arc::clone(&chain), Arc::new(MemoryJournal::default()));
    let plan = FundPlan {
        owner: account(1),
        burn: Coin::uakt(100_000_000),
        mint: Denom::UACT,
    };
    run(async {
        let mut run = funder.fund(JobId("fund".to_owned()), plan).await.unwrap();
        let mut shown = 0;
        while run.next().await.unwrap().is_some() {
            shown += 1;
            assert!(shown < 200, "it should end");
        }
        let record = run.ending().unwrap().unwrap();
        assert_eq!(
            record.minted.as_ref().unwrap().coin,
            Coin::uact(125_000_000)
        );
        let owner = account(1);
        let held = |denom| chain.balance(&owner, denom, At::Latest);
        assert_eq!(held(&Denom::UACT).await.unwrap(), Coin::uact(124_687_500));
        assert_eq!(held(&Denom::UAKT).await.unwrap(), Coin::uakt(900_000_000));
    });
}
