//! The conformance suites, run against all that we bring ourselves, and against chains with a fault.

use crate::local::{account, ledger};
use akash_market::action::Batch;
use akash_market::address::Address;
use akash_market::query::{Entity, Filter, Key, Listing, Page};
use akash_sdk::chain::local::LocalChain;
use akash_sdk::chain::{
    At, Capabilities, Chain, ChainError, Changes, Cursor, Estimate, Followed, Head, Prepared,
    Query, Resolution, Submit, SubmitOptions,
};
use akash_sdk::conformance::Report;
use akash_sdk::conformance::chain::{self, Fixture, Stage};
use akash_sdk::cosmos::Client;
use akash_sdk::devnet::Devnet;
use async_trait::async_trait;
use futures_util::FutureExt;

fn all(fixture: &dyn Fixture) -> Report {
    chain::all(fixture)
        .now_or_never()
        .expect("neither network waits for anything outside")
}

/// Fixtures are made of functions here.
struct By<S>(fn() -> S);

#[async_trait]
impl<S: Stage + 'static> Fixture for By<S> {
    async fn fresh(&self) -> Result<Box<dyn Stage>, ChainError> {
        Ok(Box::new((self.0)()))
    }
}

struct OnDevnet {
    devnet: Devnet,
    client: Client,
}

impl OnDevnet {
    fn new() -> Self {
        let devnet = Devnet::builder().build().unwrap();
        let signer = |name: &str| devnet.account(name).unwrap().signer.clone();
        let client = Client::connect(devnet.clone())
            .now_or_never()
            .unwrap()
            .unwrap()
            .with_signer(signer("tenant"))
            .with_signer(signer("tenant2"));
        Self { devnet, client }
    }
}

#[async_trait]
impl Stage for OnDevnet {
    fn chain(&self) -> &dyn Chain {
        &self.client
    }

    fn accounts(&self) -> [Address; 2] {
        ["tenant", "tenant2"].map(|name| self.devnet.account(name).unwrap().address().clone())
    }

    async fn make_block(&self) -> Result<(), ChainError> {
        self.devnet.mine(1).unwrap();
        Ok(())
    }
}

/// A local chain, as it is or behind something that makes it wrong.
struct OnLedger<C> {
    local: LocalChain,
    chain: C,
}

impl<C> OnLedger<C> {
    fn new(wrap: impl FnOnce(LocalChain) -> C) -> Self {
        let local = LocalChain::new(ledger()).acting_for([account(1), account(2)]);
        Self {
            chain: wrap(local.clone()),
            local,
        }
    }
}

#[async_trait]
impl<C: Chain> Stage for OnLedger<C> {
    fn chain(&self) -> &dyn Chain {
        &self.chain
    }

    fn accounts(&self) -> [Address; 2] {
        [account(1), account(2)]
    }

    async fn make_block(&self) -> Result<(), ChainError> {
        self.local.mine(1)
    }
}

#[test]
fn todays_chain_conforms() {
    let report = all(&By(OnDevnet::new));
    assert!(report.passed(), "{report}");
    assert_eq!(report.skipped().count(), 0, "{report}");
}

#[test]
fn a_bare_ledger_conforms() {
    let report = all(&By(|| OnLedger::new(|local| local)));
    assert!(report.passed(), "{report}");
    assert_eq!(report.skipped().count(), 0, "{report}");
}

/// What is done wrong.
#[derive(Debug, Clone, Copy)]
enum Fault {
    /// A transaction that was sent twice is done twice.
    LandsTwice,
    /// What may still land is given up.
    GivesUp,
    /// What can never land is waited for.
    NeverGivesUp,
    /// A change in a block is passed over.
    LosesChanges,
    /// Blocks are told again.
    RepeatsBlocks,
    /// Past states are today's.
    ForgetsThePast,
    /// Pages start over.
    RepeatsPages,
}

#[derive(Debug)]
struct Faulty {
    chain: LocalChain,
    fault: Fault,
}

#[async_trait]
impl Query for Faulty {
    fn capabilities(&self) -> Capabilities {
        self.chain.capabilities()
    }

    async fn head(&self) -> Result<Head, ChainError> {
        self.chain.head().await
    }

    async fn get(&self, key: &Key, at: At) -> Result<Option<Entity>, ChainError> {
        let at = match (self.fault, at) {
            (Fault::ForgetsThePast, At::Exactly(_)) => At::Latest,
            _ => at,
        };
        self.chain.get(key, at).await
    }

    async fn list(&self, filter: &Filter, page: &Page, at: At) -> Result<Listing, ChainError> {
        let mut page = page.clone();
        if matches!(self.fault, Fault::RepeatsPages) {
            page.after = None;
        }
        self.chain.list(filter, &page, at).await
    }
}

#[async_trait]
impl Submit for Faulty {
    fn accounts(&self) -> Vec<Address> {
        self.chain.accounts()
    }

    async fn simulate(&self, batch: &Batch) -> Result<Estimate, ChainError> {
        self.chain.simulate(batch).await
    }

    async fn prepare(
        &self,
        batch: &Batch,
        options: &SubmitOptions,
    ) -> Result<Prepared, ChainError> {
        self.chain.prepare(batch, options).await
    }

    async fn send(&self, prepared: &Prepared) -> Result<(), ChainError> {
        if matches!(self.fault, Fault::LandsTwice) {
            let payload: serde_json::Value = serde_json::from_slice(&prepared.payload).unwrap();
            let batch = serde_json::from_value(payload["batch"].clone()).unwrap();
            let again = self
                .chain
                .prepare(&batch, &SubmitOptions::default())
                .await?;
            self.chain.send(&again).await?;
        }
        self.chain.send(prepared).await
    }

    async fn resolve(&self, prepared: &Prepared) -> Result<Resolution, ChainError> {
        Ok(match (self.fault, self.chain.resolve(prepared).await?) {
            (Fault::GivesUp, Resolution::Pending) => Resolution::CanNeverLand,
            (Fault::NeverGivesUp, Resolution::CanNeverLand) => Resolution::Pending,
            (_, resolution) => resolution,
        })
    }
}

#[async_trait]
impl Changes for Faulty {
    async fn next(&self, after: Cursor) -> Result<Vec<Followed>, ChainError> {
        let after = match self.fault {
            Fault::RepeatsBlocks if after.height > 0 => Cursor::after_block(after.height - 1),
            _ => after,
        };
        let mut items = self.chain.next(after).await?;
        if matches!(self.fault, Fault::LosesChanges) {
            items.retain(|item| !matches!(item, Followed::Change(_)));
        }
        Ok(items)
    }
}

/// A chain with this fault.
macro_rules! faulty {
    ($fault:expr) => {
        &By(|| {
            OnLedger::new(|chain| Faulty {
                chain,
                fault: $fault,
            })
        })
    };
}

#[test]
fn faults_are_found_by_the_checks_meant_for_them() {
    let found = |fixture: &dyn Fixture, check: &str| {
        let report = all(fixture);
        let failed: Vec<_> = report.failures().map(|(name, _)| name).collect();
        assert!(failed.contains(&check), "{check} should fail:\n{report}");
    };
    found(faulty!(Fault::LandsTwice), "submit::lands_once");
    found(faulty!(Fault::GivesUp), "submit::never_sent_never_lands");
    found(
        faulty!(Fault::NeverGivesUp),
        "submit::never_sent_never_lands",
    );
    found(
        faulty!(Fault::LosesChanges),
        "changes::what_landed_is_told_once",
    );
    found(
        faulty!(Fault::RepeatsBlocks),
        "changes::resumes_from_any_cursor",
    );
    found(faulty!(Fault::ForgetsThePast), "query::past_states_stay");
    found(
        faulty!(Fault::RepeatsPages),
        "query::pages_make_up_the_list",
    );
}
