use super::{Log, ProviderSpec, SimProvider};
use crate::chain::{Chain, Resolution, Submit, SubmitOptions};
use crate::cosmos::Client;
use crate::devnet::gateway::{DevGateways, Site};
use crate::devnet::{DevAccount, Devnet, DevnetBuilder, DevnetError};
use crate::drive::DriveError;
use crate::provider::BidProgress;
use akash_market::action::Batch;
use akash_market::address::Address;
use akash_sdl::num::Coin;
use std::sync::{Arc, PoisonError};

/// What a provider's account begins with: 1000 AKT.
const FUNDS: u128 = 1_000_000_000;

impl DevnetBuilder {
    /// Adds a funded account for each of these providers; [`populate`] then lets them live on the network.
    #[must_use]
    pub fn provider_accounts(self, specs: &[ProviderSpec]) -> Self {
        let add = |builder: Self, spec: &ProviderSpec| {
            builder.account(&*spec.name, vec![Coin::uakt(FUNDS)])
        };
        specs.iter().fold(self, add)
    }
}

/// The simulated providers of a network, seen from outside.
#[derive(Debug)]
pub struct Populace {
    gateways: DevGateways,
    log: Log,
    sites: Vec<(String, Arc<Site>)>,
    auditor: Address,
}

impl Populace {
    /// Their gateways.
    #[must_use]
    pub fn gateways(&self) -> DevGateways {
        self.gateways.clone()
    }

    /// The account that signed the attributes of those that are audited.
    #[must_use]
    pub const fn auditor(&self) -> &Address {
        &self.auditor
    }

    /// Names and accounts, in the order in which they are stepped.
    pub fn providers(&self) -> impl Iterator<Item = (&str, &Address)> {
        self.sites.iter().map(|(name, site)| (&**name, &site.owner))
    }

    /// The name that belongs to an account.
    #[must_use]
    pub fn name(&self, owner: &Address) -> Option<&str> {
        self.providers()
            .find(|(_, other)| *other == owner)
            .map(|(name, _)| name)
    }

    /// What they did since this was asked last, in order.
    #[must_use]
    pub fn take_log(&self) -> Vec<(Address, BidProgress)> {
        std::mem::take(&mut *self.log.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Makes a provider vanish or come back; whether there is one of this name. One that has vanished does nothing, and
    /// its gateway does not answer.
    pub fn set_vanished(&self, name: &str, vanished: bool) -> bool {
        let site = self.sites.iter().find(|(known, _)| known == name);
        site.map(|(_, site)| site.set_vanished(vanished)).is_some()
    }
}

/// Registers providers, has the auditor sign for those that are audited, and lets them live on the network. Takes two
/// blocks. Their accounts have to be there: [`DevnetBuilder::provider_accounts`].
///
/// ```
/// use akash_sdk::devnet::Devnet;
/// use akash_sdk::devnet::provider::{populate, stock};
/// use futures_util::FutureExt;
///
/// let specs = stock(5);
/// let devnet = Devnet::builder().provider_accounts(&specs).build()?;
/// // The embedded network never waits, so that one poll is enough.
/// let populace = populate(&devnet, specs).now_or_never().expect("it does not wait")?;
/// assert_eq!(populace.providers().count(), 5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// If an account is missing or the network refuses a registration.
pub async fn populate(devnet: &Devnet, specs: Vec<ProviderSpec>) -> Result<Populace, DriveError> {
    let gateways = DevGateways::default();
    let log = Log::default();
    let auditor = account(devnet, "auditor")?;
    let mut providers = Vec::with_capacity(specs.len());
    let mut sent = Vec::new();
    for spec in specs {
        let account = account(devnet, &spec.name)?;
        let client = client(devnet, account).await?;
        let owner = account.address().clone();
        let provider = SimProvider::new(
            spec,
            owner,
            Arc::clone(&client),
            &gateways,
            Arc::clone(&log),
        );
        sent.push((
            Arc::clone(&client),
            submit(&*client, &provider.registration()).await?,
        ));
        providers.push(provider);
    }
    next_block(devnet).await?;
    let audits = providers
        .iter()
        .filter_map(|provider| provider.audit(auditor.address()));
    let audits = Batch::new(audits.flat_map(|batch| batch.actions).collect());
    if !audits.actions.is_empty() {
        let client = client(devnet, auditor).await?;
        sent.push((Arc::clone(&client), submit(&*client, &audits).await?));
        next_block(devnet).await?;
    }
    for (client, prepared) in sent {
        match client.resolve(&prepared).await? {
            Resolution::Included(inclusion) => {
                inclusion
                    .result
                    .map_err(crate::chain::ChainError::Rejected)?;
            }
            _ => {
                return Err(DriveError::Usage(
                    "a registration did not enter the next block".to_owned(),
                ));
            }
        }
    }
    let mut sites = Vec::with_capacity(providers.len());
    for provider in providers {
        sites.push((provider.spec.name.clone(), Arc::clone(&provider.site)));
        devnet.inhabit(Box::new(provider)).await;
    }
    Ok(Populace {
        gateways,
        log,
        sites,
        auditor: auditor.address().clone(),
    })
}

fn account<'d>(devnet: &'d Devnet, name: &str) -> Result<&'d DevAccount, DriveError> {
    devnet.account(name).ok_or_else(|| {
        DriveError::Usage(format!(
            "the network has no account {name:?}: add it before the network starts"
        ))
    })
}

async fn client(devnet: &Devnet, account: &DevAccount) -> Result<Arc<dyn Chain>, DriveError> {
    let client = Client::connect(devnet.clone()).await?;
    Ok(Arc::new(client.with_signer(account.signer.clone())))
}

async fn submit(client: &dyn Chain, batch: &Batch) -> Result<crate::chain::Prepared, DriveError> {
    let prepared = client.prepare(batch, &SubmitOptions::default()).await?;
    client.send(&prepared).await?;
    Ok(prepared)
}

async fn next_block(devnet: &Devnet) -> Result<(), DriveError> {
    let wrong = |e: DevnetError| DriveError::Usage(e.to_string());
    devnet.advance_past(devnet.height()).await.map_err(wrong)
}
