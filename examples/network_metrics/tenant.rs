//! A tenant of the simulated network: mints ACT, deploys, closes.

use super::Failure;
use akash_market::action::Action;
use akash_market::auction::Cheapest;
use akash_market::escrow::Deposit;
use akash_market::foresee::free_dseq;
use akash_market::id::{DeploymentId, Dseq};
use akash_market::time::Nanos;
use akash_market::workflow::deploy::DeployPlan;
use akash_sdk::chain::{Chain, SubmitOptions};
use akash_sdk::cosmos::Client;
use akash_sdk::devnet::Devnet;
use akash_sdk::devnet::provider::Populace;
use akash_sdk::gateway::Credentials;
use akash_sdk::journal::MemoryJournal;
use akash_sdk::tenant::Deployer;
use akash_sdl::num::{Coin, Denom};
use std::sync::Arc;

pub(crate) struct Tenant {
    chain: Arc<dyn Chain>,
    credentials: Credentials,
    owner: akash_market::address::Address,
    dseqs: Vec<Dseq>,
}

/// A client that signs for an account of the network.
pub(crate) async fn client(devnet: &Devnet, name: &str) -> Result<Arc<dyn Chain>, Failure> {
    let account = devnet.account(name).ok_or("an account is missing")?;
    let client = Client::connect(devnet.clone()).await?;
    Ok(Arc::new(client.with_signer(account.signer.clone())))
}

/// Puts an action into the next block; whether the network took it shows in the state.
pub(crate) async fn submit(chain: &dyn Chain, action: Action) -> Result<(), Failure> {
    let prepared = chain
        .prepare(&action.into(), &SubmitOptions::default())
        .await?;
    Ok(chain.send(&prepared).await?)
}

impl Tenant {
    pub(crate) async fn new(devnet: &Devnet, name: &str) -> Result<Self, Failure> {
        let account = devnet.account(name).ok_or("an account is missing")?;
        Ok(Self {
            chain: client(devnet, name).await?,
            credentials: Credentials::Token(Arc::new(account.signer.clone())),
            owner: account.address().clone(),
            dseqs: Vec::new(),
        })
    }

    pub(crate) fn act(&self, devnet: &Devnet) -> u128 {
        let held = devnet.with_ledger(|l| l.bank().balance(&self.owner, &Denom::UACT));
        held.to_u128().unwrap_or_default()
    }

    /// Burns AKT for ACT; the queue works it off some blocks later.
    pub(crate) async fn mint(&self, akt: u128) -> Result<(), Failure> {
        let action = Action::BurnMint {
            owner: self.owner.clone(),
            to: self.owner.clone(),
            coins_to_burn: Coin::uakt(akt * 1_000_000),
            denom_to_mint: Denom::UACT,
        };
        submit(&*self.chain, action).await
    }

    /// Deploys a document with a deposit of so many ACT; `None` if nobody serves it.
    pub(crate) async fn deploy(
        &mut self,
        devnet: &Devnet,
        populace: &Populace,
        text: &str,
        act: u128,
    ) -> Result<Option<DeploymentId>, Failure> {
        let sdl = akash_sdl::parse(text)?;
        let wish = Dseq(u64::try_from(devnet.height())?);
        let dseq = free_dseq(wish, &self.dseqs);
        self.dseqs.push(dseq);
        let id = DeploymentId {
            owner: self.owner.clone(),
            dseq,
        };
        let plan = DeployPlan {
            id: id.clone(),
            groups: sdl.groups().to_vec(),
            hash: sdl.version().as_bytes().to_vec(),
            reclamation_min_window: sdl.reclamation_min_window().map(Nanos),
            deposit: Deposit::from_balance(Coin::uact(act * 1_000_000)),
            patience: akash_market::workflow::deploy::Patience {
                bids_at_least: 2,
                bids_at_most: 6,
                ..Default::default()
            },
        };
        let deployer = Deployer::new(
            Arc::clone(&self.chain),
            Arc::new(populace.gateways()),
            Arc::new(MemoryJournal::default()),
            self.credentials.clone(),
        );
        let manifest = sdl.manifest().clone();
        let mut run = deployer.deploy(plan, manifest, Arc::new(Cheapest)).await?;
        while run.next().await?.is_some() {}
        Ok(run.ending().and_then(Result::ok).map(|_| id))
    }

    /// Closes a deployment, if it is still there to be closed.
    pub(crate) async fn close(&self, id: &DeploymentId) -> Result<(), Failure> {
        let action = Action::CloseDeployment { id: id.clone() };
        // Out of funds already: there is nothing to close.
        submit(&*self.chain, action).await.or(Ok(()))
    }
}
