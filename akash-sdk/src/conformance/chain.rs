//! What every [`Chain`] has to do, whatever stands behind it.
//!
//! The implementer gives a [`Fixture`] that makes fresh chains with two funded accounts. Only what every chain of this
//! market has is used: coins, transfers, provider records. A check whose means the chain lacks
//! ([`crate::chain::ChainError::Unsupported`]) is skipped.
//!
//! ```
//! use akash_market::address::Address;
//! use akash_market::ledger::{Genesis, Ledger};
//! use akash_sdk::chain::{Chain, ChainError, local::LocalChain};
//! use akash_sdk::conformance::chain::{self, Fixture, Stage};
//! use akash_sdl::num::Coin;
//! use async_trait::async_trait;
//! # use futures_util::FutureExt;
//!
//! struct Mine;
//!
//! struct MyStage {
//!     chain: LocalChain,
//!     accounts: [Address; 2],
//! }
//!
//! #[async_trait]
//! impl Fixture for Mine {
//!     async fn fresh(&self) -> Result<Box<dyn Stage>, ChainError> {
//!         let wrong = |e: String| ChainError::Usage(e);
//!         let mut accounts = Vec::new();
//!         let mut genesis = Genesis::default();
//!         for number in 1..=2 {
//!             let account = Address::bech32("akash", &[number; 20]).map_err(|e| wrong(e.to_string()))?;
//!             genesis = genesis.balance(account.clone(), Coin::uakt(10_000_000));
//!             accounts.push(account);
//!         }
//!         let accounts = <[Address; 2]>::try_from(accounts).map_err(|_| wrong("two".to_owned()))?;
//!         let ledger = Ledger::new(genesis).map_err(|e| wrong(e.to_string()))?;
//!         let chain = LocalChain::new(ledger).acting_for(accounts.clone());
//!         Ok(Box::new(MyStage { chain, accounts }))
//!     }
//! }
//!
//! #[async_trait]
//! impl Stage for MyStage {
//!     fn chain(&self) -> &dyn Chain {
//!         &self.chain
//!     }
//!     fn accounts(&self) -> [Address; 2] {
//!         self.accounts.clone()
//!     }
//!     async fn make_block(&self) -> Result<(), ChainError> {
//!         self.chain.mine(1)
//!     }
//! }
//!
//! # async {
//! let report = chain::all(&Mine).await;
//! assert!(report.passed(), "{report}");
//! # }.now_or_never().expect("nothing outside is waited for");
//! ```

mod act;
mod changes;
mod query;
mod submit;

use super::Report;
use super::report::Doing;
use crate::chain::{Chain, ChainError};
use akash_market::address::Address;
use akash_sdl::num::Denom;
use async_trait::async_trait;

/// Makes chains to be tried.
#[async_trait]
pub trait Fixture: Send + Sync {
    /// A chain of its own, with nothing on it that an earlier check did.
    async fn fresh(&self) -> Result<Box<dyn Stage>, ChainError>;
}

/// A chain to be tried, with all that a check needs.
#[async_trait]
pub trait Stage: Send + Sync {
    /// The chain.
    fn chain(&self) -> &dyn Chain;

    /// Two accounts for which the chain signs. Each holds at least 1,000,000 of [`Stage::denom`] beside the fees of some
    /// ten transactions, has nothing else coming or going, and is no provider.
    fn accounts(&self) -> [Address; 2];

    /// A coin that the accounts hold and can send to each other; the one in which fees are paid unless said otherwise.
    fn denom(&self) -> Denom {
        self.chain().capabilities().fee_denom
    }

    /// Makes a block, or waits for the next.
    async fn make_block(&self) -> Result<(), ChainError>;
}

macro_rules! suite {
    ($fixture:expr, $suite:ident: $($check:ident),* $(,)?) => {{
        let mut report = Report::default();
        $(
            let checked = match $fixture.fresh().await.doing("making a fresh chain") {
                Ok(stage) => $suite::$check(&*stage).await,
                Err(stop) => Err(stop),
            };
            report.note(concat!(stringify!($suite), "::", stringify!($check)), checked);
        )*
        report
    }};
}

/// Checks of [`crate::chain::Query`]: heads, single objects, heights, lists.
pub async fn query(fixture: &dyn Fixture) -> Report {
    suite!(fixture, query:
        head_names_the_network,
        head_grows,
        unknown_objects_are_none,
        balances_are_read,
        unheld_coins_are_zero,
        what_was_written_is_read,
        past_states_stay,
        future_states_are_unavailable,
        pages_make_up_the_list,
    )
}

/// Checks of [`crate::chain::Submit`]: once, in order, all or nothing, and known for certain afterwards.
pub async fn submit(fixture: &dyn Fixture) -> Report {
    suite!(fixture, submit:
        accounts_are_named,
        strangers_are_refused,
        empty_batches_are_refused,
        trying_changes_nothing,
        preparing_spends_nothing,
        prepared_survives_storage,
        lands_once,
        lands_again_when_made_anew,
        never_sent_never_lands,
        batches_land_in_order,
        batches_are_atomic,
        unaffordable_is_refused,
        refused_in_a_block_moves_the_fee_only,
        fees_are_capped,
    )
}

/// Checks of [`crate::chain::Changes`]: complete, in order, resumable anywhere.
pub async fn changes(fixture: &dyn Fixture) -> Report {
    suite!(fixture, changes:
        answers_end_with_a_block,
        cursors_increase,
        blocks_follow_each_other,
        resumes_from_any_cursor,
        waits_for_a_block,
        what_landed_is_told_once,
    )
}

/// All checks of a chain.
pub async fn all(fixture: &dyn Fixture) -> Report {
    let mut report = query(fixture).await;
    report.checks.extend(submit(fixture).await.checks);
    report.checks.extend(changes(fixture).await.checks);
    report
}
