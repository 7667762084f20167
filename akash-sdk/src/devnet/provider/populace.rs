use super::{Log, ProviderSpec, SimProvider};
use crate::chain::{Chain, Resolution, Submit, SubmitOptions};
use crate::cosmos::Client;
use crate::devnet::gateway::{DevGateways, Site};
use crate::devnet::{DevAccount, Devnet, DevnetBuilder, DevnetError};
use crate::drive::DriveError;
use crate::provider::BidProgress;
use akash_market::action::Batch;
use akash_market::address::Address;
use akash_market::ledger::Ledger;
use akash_market::metrics::ProviderReport;
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

/// The simulated providers of a network, seen from outside. Clones are handles to the same ones.
#[derive(Debug, Clone)]
pub struct Populace {
    gateways: DevGateways,
    log: Log,
    residents: Arc<[Resident]>,
    auditor: Address,
}

#[derive(Debug)]
struct Resident {
    spec: ProviderSpec,
    site: Arc<Site>,
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
        let residents = self.residents.iter();
        residents.map(|resident| (&*resident.spec.name, &resident.site.owner))
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
        let found = self.residents.iter().find(|r| r.spec.name == name);
        found.map(|r| r.site.set_vanished(vanished)).is_some()
    }

    /// What the provider of this name answers if it is asked for its status now; `None` if there is none, or it has
    /// vanished.
    #[must_use]
    pub fn report(&self, name: &str, ledger: &Ledger) -> Option<ProviderReport> {
        let found = self.residents.iter().find(|r| r.spec.name == name);
        let Resident { spec, site } = found.filter(|r| !r.site.vanished())?;
        Some(spec.report(&site.owner, ledger, ledger.block().time))
    }

    /// Names with the addresses of their gateways.
    #[cfg(feature = "devnet-server")]
    pub(in crate::devnet) fn hosts(&self) -> impl Iterator<Item = (&str, String)> {
        let residents = self.residents.iter();
        residents.map(|r| (&*r.spec.name, r.spec.host_uri()))
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
    let mut residents = Vec::with_capacity(providers.len());
    for provider in providers {
        residents.push(Resident {
            spec: provider.spec.clone(),
            site: Arc::clone(&provider.site),
        });
        devnet.inhabit(Box::new(provider)).await;
    }
    Ok(Populace {
        gateways,
        log,
        residents: residents.into(),
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
