//! Some days of a small network, always the same ones.

use super::Failure;
use super::tenant::{Tenant, client, submit};
use akash_market::action::Action;
use akash_market::address::Address;
use akash_market::id::DeploymentId;
use akash_market::metrics::{
    Capacity, Figures, ModelUse, ProviderReport, Series, Utilisation, by_model, gpu_utilisation,
};
use akash_market::time::{Nanos, Timestamp};
use akash_sdk::devnet::Devnet;
use akash_sdk::devnet::provider::{Populace, ProviderSpec, populate, stock};
use akash_sdl::num::{Coin, Dec, Denom};
use serde::Serialize;
use std::collections::BTreeMap;

const SDLS: [&str; 8] = [
    include_str!("../sdl/api-postgres.yaml"),
    include_str!("../sdl/consumer-gpu.yaml"),
    include_str!("../sdl/fine-tune.yaml"),
    include_str!("../sdl/leased-ip.yaml"),
    include_str!("../sdl/sdl-2.1.yaml"),
    include_str!("../sdl/static-site.yaml"),
    include_str!("../sdl/two-regions.yaml"),
    include_str!("../sdl/vllm-80gb.yaml"),
];
const TENANTS: [&str; 4] = ["ada", "ben", "cleo", "dan"];
/// The provider that is away for half of the third day.
const UNSTEADY: &str = "summit";
/// 2026-01-01T00:00:00Z, where the embedded network begins.
const BEGIN: i64 = 1_767_225_600;
/// Seconds of a block.
const BLOCK: i64 = 60;

/// What was seen at one time.
#[derive(Serialize)]
pub(crate) struct Sample {
    pub(crate) time: Timestamp,
    pub(crate) figures: Figures,
    pub(crate) capacity: Capacity,
    pub(crate) gpus: Utilisation,
    /// US dollars for one AKT, if the oracle says it.
    pub(crate) akt_price: Option<Dec>,
}

/// All that was seen; of a live network there are no days.
pub(crate) struct History {
    /// Where, in a sentence.
    pub(crate) source: String,
    pub(crate) samples: Vec<Sample>,
    pub(crate) series: Series,
    pub(crate) models: Vec<ModelUse>,
}

/// A generator of Marsaglia's xorshift family: enough for a story that is always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % limit.max(1)
    }
}

struct Town {
    devnet: Devnet,
    populace: Populace,
    specs: Vec<ProviderSpec>,
    /// What each provider answered last.
    seen: BTreeMap<Address, ProviderReport>,
    tenants: Vec<Tenant>,
    /// Who closes what, and at which hour.
    open: Vec<(usize, DeploymentId, u64)>,
    dice: Dice,
}

pub(crate) async fn simulate(days: u32) -> Result<History, Failure> {
    let mut town = Town::new().await?;
    let mut history = History {
        source: String::new(),
        samples: Vec::new(),
        series: Series::default(),
        models: Vec::new(),
    };
    let begin = town.devnet.with_ledger(Figures::of)?;
    history.series.sample(begin)?;
    for hour in 0..u64::from(days) * 24 {
        let akt_price = town.hour(hour).await?;
        let sample = town.sample(akt_price)?;
        history.series.sample(sample.figures.clone())?;
        history.samples.push(sample);
    }
    let (reports, now) = town.reports();
    history.models = by_model(&reports, now)?;
    let days = history.series.days();
    if let (Some(first), Some(last)) = (days.first(), days.last()) {
        history.source =
            format!("The embedded network from {first} to {last}, a block a minute; UTC days.");
    }
    Ok(history)
}

impl Town {
    async fn new() -> Result<Self, Failure> {
        let mut specs = stock(8);
        for spec in &mut specs {
            // Three hours at a block a minute.
            spec.withdraw_every = Some(180);
        }
        let mut builder = Devnet::builder()
            .block_time(Nanos::from_secs(BLOCK))
            .keep_blocks(8)
            .provider_accounts(&specs);
        for name in TENANTS {
            builder = builder.account(name, vec![Coin::uakt(100_000_000_000)]);
        }
        let devnet = builder.build()?;
        let populace = populate(&devnet, specs.clone()).await?;
        let mut tenants = Vec::new();
        for name in TENANTS {
            let tenant = Tenant::new(&devnet, name).await?;
            tenant.mint(60).await?;
            tenants.push(tenant);
        }
        Ok(Self {
            devnet,
            populace,
            specs,
            seen: BTreeMap::new(),
            tenants,
            open: Vec::new(),
            dice: Dice(0x5EED_AC0F_FEE0_1234),
        })
    }

    /// An hour in which things happen; the AKT price in it.
    async fn hour(&mut self, hour: u64) -> Result<Dec, Failure> {
        // The hour ends with the block a minute before it, so that the last one of a day is of that day.
        let end = BEGIN + i64::try_from(hour + 1)? * 3_600 - BLOCK;
        let left = (end - self.devnet.block().time.unix_secs()) / BLOCK;
        let until = self.devnet.height() + left;
        let swing = i64::try_from(hour * 7 % 60)? - 30;
        let price = Dec::with_precision(1_250 + swing.abs() * 4 - 60, 3).ok_or("a price")?;
        self.devnet.set_akt_price(Some(price));
        self.populace
            .set_vanished(UNSTEADY, (52..64).contains(&hour));
        for (tenant, id, _) in self.due(hour) {
            if let Some(tenant) = self.tenants.get(tenant) {
                tenant.close(&id).await?;
            }
            self.pass(1).await?;
        }
        // Quiet at night, busy in the afternoon, and more from day to day.
        let busy = [0, 0, 1, 1, 2, 2, 3, 2, 1, 1, 1, 0];
        let usual = busy
            .get(usize::try_from(hour % 24 / 2)?)
            .copied()
            .unwrap_or(0);
        for _ in 0..usual + self.dice.below(2) {
            if self.devnet.height() < until {
                self.deploy(hour).await?;
            }
        }
        if hour % 24 == 12 {
            self.cash_in().await?;
        }
        while self.devnet.height() < until {
            let left = u32::try_from(until - self.devnet.height())?;
            self.pass(left.min(5)).await?;
        }
        Ok(price)
    }

    fn due(&mut self, hour: u64) -> Vec<(usize, DeploymentId, u64)> {
        let (due, open) = std::mem::take(&mut self.open)
            .into_iter()
            .partition(|(_, _, at)| *at <= hour);
        self.open = open;
        due
    }

    async fn deploy(&mut self, hour: u64) -> Result<(), Failure> {
        let who = usize::try_from(self.dice.below(4))?;
        let what = usize::try_from(self.dice.below(8))?;
        let act = u128::from(2 + self.dice.below(12));
        let stays = 3 + self.dice.below(44);
        let (Some(tenant), Some(text)) = (self.tenants.get_mut(who), SDLS.get(what)) else {
            return Ok(());
        };
        if tenant.act(&self.devnet) < act * 1_000_000 {
            tenant.mint(20 + act).await?;
            return self.pass(1).await;
        }
        let made = tenant
            .deploy(&self.devnet, &self.populace, text, act)
            .await?;
        if let Some(id) = made {
            self.open.push((who, id, hour + stays));
        }
        Ok(())
    }

    /// Every provider turns most of what it has earned into AKT.
    async fn cash_in(&mut self) -> Result<(), Failure> {
        for spec in &self.specs {
            let owner = self.devnet.account(&spec.name).ok_or("an account")?;
            let owner = owner.address().clone();
            let held = self
                .devnet
                .with_ledger(|l| l.bank().balance(&owner, &Denom::UACT));
            let burn = held.to_u128().unwrap_or_default() / 4 * 3;
            if burn < 1_000_000 || spec.name == UNSTEADY {
                continue;
            }
            let chain = client(&self.devnet, &spec.name).await?;
            let action = Action::BurnMint {
                owner: owner.clone(),
                to: owner,
                coins_to_burn: Coin::uact(burn),
                denom_to_mint: Denom::UAKT,
            };
            submit(&*chain, action).await?;
        }
        self.pass(1).await
    }

    /// Makes blocks; providers are stepped in the last one.
    async fn pass(&self, blocks: u32) -> Result<(), Failure> {
        self.devnet.mine(blocks.saturating_sub(1))?;
        Ok(self.devnet.advance_past(self.devnet.height()).await?)
    }

    fn reports(&mut self) -> (Vec<ProviderReport>, Timestamp) {
        let names = self.populace.providers().map(|(name, _)| name.to_owned());
        for name in names.collect::<Vec<_>>() {
            let look = |ledger: &_| self.populace.report(&name, ledger);
            if let Some(report) = self.devnet.with_ledger(look) {
                self.seen.insert(report.owner.clone(), report);
            }
        }
        let reports = self.seen.values().cloned().collect();
        (reports, self.devnet.block().time)
    }

    fn sample(&mut self, akt_price: Dec) -> Result<Sample, Failure> {
        let (reports, now) = self.reports();
        Ok(Sample {
            time: now,
            figures: self.devnet.with_ledger(Figures::of)?,
            capacity: Capacity::of(&reports, now),
            gpus: gpu_utilisation(&reports, now),
            akt_price: Some(akt_price),
        })
    }
}
