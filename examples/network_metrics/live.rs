//! A live network as it is: the chain through a node, the providers through themselves.

use super::Failure;
use super::simulate::{History, Sample};
use akash_market::address::Address;
use akash_market::certificate::{Certificate, CertificateState};
use akash_market::metrics::{Capacity, ProviderReport, Series, by_model, gpu_utilisation};
use akash_market::oracle::PairId;
use akash_market::provider::Provider;
use akash_market::query::{Entity, Filter, Key};
use akash_market::time::Timestamp;
use akash_sdk::chain::{At, Query, QueryExt};
use akash_sdk::cosmos::Client;
use akash_sdk::cosmos::transport::HttpOptions;
use akash_sdk::cosmos::transport::comet::Comet;
use akash_sdk::gateway::read_status;
use futures_util::StreamExt;
use std::collections::BTreeMap;
use std::time::Duration;

/// Most items of one list.
const CAP: usize = 100_000;
/// Providers that are asked at the same time.
const AT_ONCE: usize = 16;
/// How long a provider may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) struct Options {
    pub(crate) rpc: Option<String>,
    pub(crate) samples: u32,
    pub(crate) every: Duration,
    /// Addresses for status documents by the host of the gateway.
    pub(crate) status_at: BTreeMap<String, String>,
}

pub(crate) async fn watch(rpc: &str, options: &Options) -> Result<History, Failure> {
    let client = Client::connect(Comet::new(rpc)?).await?;
    let chain = client.head().await?.chain_id;
    let mut seen = BTreeMap::new();
    let mut samples: Vec<Sample> = Vec::new();
    for number in 0..options.samples {
        if number > 0 {
            tokio::time::sleep(options.every).await;
        }
        samples.push(look(&client, options, &mut seen).await?);
    }
    let reports: Vec<_> = seen.into_values().collect();
    let now = samples.last().map_or(Timestamp(0), |s| s.time);
    let height = |sample: Option<&Sample>| sample.map_or(0, |s| s.figures.at.height.0);
    Ok(History {
        source: format!(
            "{chain} through {rpc}, blocks {} to {}.",
            height(samples.first()),
            height(samples.last())
        ),
        samples,
        series: Series::default(),
        models: by_model(&reports, now)?,
    })
}

/// One look; `seen` keeps what each provider answered last.
async fn look(
    client: &Client,
    options: &Options,
    seen: &mut BTreeMap<Address, ProviderReport>,
) -> Result<Sample, Failure> {
    let (tracker, block) = client.tracker(CAP).await?;
    let found = client.all(&Filter::Providers, At::Latest, CAP).await?;
    let providers = found.into_iter().filter_map(|entity| match entity {
        Entity::Provider(provider) => Some(provider),
        _ => None,
    });
    let asked = providers.map(|provider| report(client, options, provider, block.time));
    let answers: Vec<_> = futures_util::stream::iter(asked)
        .buffered(AT_ONCE)
        .collect()
        .await;
    for report in answers.into_iter().flatten() {
        seen.insert(report.owner.clone(), report);
    }
    let price = client
        .get(&Key::Price(PairId::akt_usd()), At::Latest)
        .await?;
    let akt_price = match price {
        Some(Entity::Price {
            price: Some(price),
            health: Some(health),
        }) if health.is_healthy => Some(price.twap),
        _ => None,
    };
    let reports: Vec<_> = seen.values().cloned().collect();
    Ok(Sample {
        time: block.time,
        figures: tracker.figures(block)?,
        capacity: Capacity::of(&reports, block.time),
        gpus: gpu_utilisation(&reports, block.time),
        akt_price,
    })
}

/// A provider's status document; none if it does not answer, as many don't.
async fn report(
    client: &Client,
    options: &Options,
    provider: Provider,
    now: Timestamp,
) -> Option<ProviderReport> {
    let host = provider.host_uri.split("://").nth(1).unwrap_or_default();
    let host = host.split([':', '/']).next().unwrap_or_default();
    let at = options.status_at.get(host).map(String::as_str);
    let filter = Filter::Certificates {
        owner: provider.owner.clone(),
        state: Some(CertificateState::Valid),
    };
    let found = client.all(&filter, At::Latest, CAP).await.ok()?;
    let certificates: Vec<Certificate> = found
        .into_iter()
        .filter_map(|entity| match entity {
            Entity::Certificate(certificate) => Some(certificate),
            _ => None,
        })
        .collect();
    let http = HttpOptions::default().with_timeout(PATIENCE);
    read_status(&provider, &certificates, at, http, now)
        .await
        .ok()
}
