//! A catalogue of simulated providers that differ in what providers differ in.

use akash_gpu::Card;
use akash_market::escrow::Deposit;
use akash_market::inventory::{Amount, Cluster, LeasedIps, Node, Pool};
use akash_market::pricing::{
    GenericScript, GpuPrices, MonthlyTargets, PriceRequest, PricingError, PricingStrategy, Rate,
    Rates, Scale,
};
use akash_market::time::Nanos;
use akash_sdl::attribute::{Attribute, Attributes};
use akash_sdl::num::{Coin, DecCoin};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

const GIB: i64 = 1 << 30;

/// Describes a simulated provider.
#[derive(Clone)]
pub struct ProviderSpec {
    /// What its account and its domain are called.
    pub name: String,
    /// What it declares on the chain.
    pub attributes: Attributes,
    /// Whether the network's auditor signs that.
    pub audited: bool,
    /// What it has.
    pub cluster: Cluster,
    /// Public addresses it leases, if it does.
    pub leased_ips: Option<LeasedIps>,
    /// What it asks.
    pub pricing: Arc<dyn PricingStrategy>,
    /// Deposit of each bid.
    pub deposit: Deposit,
    /// Notice it gives before a reclamation, if it does (AEP-82).
    pub reclamation_window: Option<Nanos>,
    /// Blocks after which a bid that was not chosen is closed.
    pub bid_timeout: Option<u32>,
    /// Blocks between two withdrawals.
    pub withdraw_every: Option<u32>,
}

impl fmt::Debug for ProviderSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProviderSpec")
            .field("name", &self.name)
            .field("attributes", &self.attributes)
            .field("audited", &self.audited)
            .field("cluster", &self.cluster)
            .finish_non_exhaustive()
    }
}

impl ProviderSpec {
    /// A provider in `region` without nodes or capabilities, not audited; its bids are secured with 0.5 AKT.
    #[must_use]
    pub fn new(name: &str, region: &str, pricing: impl PricingStrategy + 'static) -> Self {
        Self {
            name: name.to_owned(),
            attributes: [
                ("host", "akash"),
                ("organization", name),
                ("region", region),
                ("tier", "community"),
            ]
            .map(|(key, value)| Attribute::new(key, value))
            .to_vec(),
            audited: false,
            cluster: Cluster::default(),
            leased_ips: None,
            pricing: Arc::new(pricing),
            deposit: Deposit::from_balance(Coin::uakt(500_000)),
            reclamation_window: None,
            bid_timeout: Some(50),
            withdraw_every: Some(10),
        }
    }

    /// Its domain, which nobody can own.
    #[must_use]
    pub fn domain(&self) -> String {
        format!("{}.example", self.name)
    }

    /// Where its gateway says it listens.
    #[must_use]
    pub fn host_uri(&self) -> String {
        format!("https://provider.{}:8443", self.domain())
    }

    /// The same with `count` more nodes of so many CPUs, GiB of memory and GiB of ephemeral storage.
    #[must_use]
    pub fn nodes(mut self, count: usize, cpu: i64, memory: i64, ephemeral: i64) -> Self {
        for _ in 0..count {
            self.push(cpu, memory, ephemeral, Vec::new());
        }
        self
    }

    /// The same with one more node that has `count` of these cards, which it declares.
    #[must_use]
    pub fn gpu_node(
        mut self,
        cpu: i64,
        memory: i64,
        ephemeral: i64,
        card: &Card,
        count: usize,
    ) -> Self {
        self.push(cpu, memory, ephemeral, vec![card.clone(); count]);
        let base = format!(
            "capabilities/gpu/vendor/{}/model/{}",
            card.vendor, card.name
        );
        let form = akash_gpu::Interface::canonical(&card.interface);
        let memory = &card.memory_size;
        let keys = [
            base.clone(),
            format!("{base}/ram/{memory}"),
            format!("{base}/interface/{form}"),
            format!("{base}/ram/{memory}/interface/{form}"),
        ];
        for key in keys {
            if self.attributes.iter().all(|known| known.key != key) {
                self.attributes.push(Attribute::new(key, "true"));
            }
        }
        self
    }

    fn push(&mut self, cpu: i64, memory: i64, ephemeral: i64, cards: Vec<Card>) {
        let number = self.cluster.nodes.len().saturating_add(1);
        self.cluster.nodes.push(Node {
            name: format!("{}-{number}", self.name),
            cpu: Amount::free(cpu.saturating_mul(1000)),
            memory: Amount::free(memory.saturating_mul(GIB)),
            ephemeral: Amount::free(ephemeral.saturating_mul(GIB)),
            gpu: Amount::free(i64::try_from(cards.len()).unwrap_or(i64::MAX)),
            cards,
            storage_classes: self
                .cluster
                .pools
                .iter()
                .map(|pool| pool.class.clone())
                .collect(),
        });
    }

    /// The same with a pool of so many GiB of persistent storage on every node, which it declares.
    #[must_use]
    pub fn pool(mut self, class: &str, gib: i64) -> Self {
        self.cluster.pools.push(Pool {
            class: class.to_owned(),
            amount: Amount::free(gib.saturating_mul(GIB)),
        });
        for node in &mut self.cluster.nodes {
            node.storage_classes.push(class.to_owned());
        }
        self.volumes(class, true)
    }

    /// The same declaring volumes in memory, such as `/dev/shm` wants.
    #[must_use]
    pub fn shared_memory(self) -> Self {
        self.volumes("ram", false)
    }

    fn volumes(mut self, class: &str, persistent: bool) -> Self {
        let declared = self
            .attributes
            .iter()
            .filter(|a| a.key.starts_with("capabilities/storage/") && a.key.ends_with("/class"));
        let number = declared.count().saturating_add(1);
        let key = |what: &str| format!("capabilities/storage/{number}/{what}");
        self.attributes.push(Attribute::new(key("class"), class));
        self.attributes
            .push(Attribute::new(key("persistent"), persistent.to_string()));
        self
    }

    /// The same leasing this many public addresses.
    #[must_use]
    pub fn ips(mut self, total: u32) -> Self {
        self.leased_ips = Some(LeasedIps { total, in_use: 0 });
        self.attributes
            .push(Attribute::new("feat-endpoint-ip", "true"));
        self
    }

    /// The same with its attributes signed by the network's auditor.
    #[must_use]
    pub const fn audited(mut self) -> Self {
        self.audited = true;
        self
    }

    /// The same giving this notice before a reclamation.
    #[must_use]
    pub const fn reclaims_after(mut self, window: Nanos) -> Self {
        self.reclamation_window = Some(window);
        self
    }
}

/// Rounds another strategy's price up to whole micro-units: the chain drops fractions at each settlement, and a provider
/// that asks for them never sees them.
#[derive(Debug, Clone)]
struct Whole<S>(S);

impl<S: PricingStrategy> PricingStrategy for Whole<S> {
    fn price(&self, request: &PriceRequest<'_>) -> Result<DecCoin, PricingError> {
        let price = self.0.price(request)?;
        Ok(DecCoin::new(price.denom().clone(), price.amount().ceil()?)?)
    }
}

/// The published script at `percent` of its dollar targets for CPU and memory.
fn script(cpu_cents: u64, memory_cents: u64, gpus: &[(&str, u64)]) -> Whole<GenericScript> {
    let targets = MonthlyTargets {
        cpu: Rate::new(cpu_cents, -2),
        memory: Rate::new(memory_cents, -2),
        ..MonthlyTargets::default()
    };
    let gpus = gpus
        .iter()
        .map(|(model, usd)| ((*model).to_owned(), Rate::new(*usd, 0)));
    Whole(GenericScript {
        targets,
        gpus: GpuPrices::new(gpus),
        usd_per_akt: Rate::new(125, -2),
    })
}

/// So much for each unit of everything, in billionths of a micro-unit; GPUs are free, so it is for providers without.
fn scale(cpu: u64, memory: u64) -> Option<Whole<Scale>> {
    let storage =
        ["ephemeral", "beta1", "beta2", "beta3"].map(|class| (class.to_owned(), Rate::new(1, -4)));
    let rates = Rates {
        cpu: Rate::new(cpu, -4),
        memory: Rate::new(memory, -4),
        storage: BTreeMap::from(storage),
        endpoint: Rate::new(1, 0),
        ip: Rate::new(12, 0),
    };
    Scale::new(rates).ok().map(Whole)
}

/// The first `count` providers of a catalogue of eight. The first five can serve between them what tenants usually ask
/// for: small web services, databases on persistent storage, leased addresses, one or eight data-centre GPUs, cheap
/// consumer GPUs, notice of reclamation.
///
/// | name | region | what it has | audited |
/// |---|---|---|---|
/// | `cedar` | us-west | CPU, SSD (beta2), NVMe (beta3) | yes |
/// | `bluewater` | us-east | CPU, HDD (beta1), SSD, leased addresses | no |
/// | `limes` | eu-central | CPU, SSD, NVMe, leased addresses, gives notice of 24 hours | yes |
/// | `aurora` | eu-north | two nodes with eight H100 SXM 80Gi each, NVMe | yes |
/// | `basement` | us-central | RTX 4090 and RTX 3090 at home | no |
/// | `summit` | us-west | eight A100 SXM 80Gi, SSD, NVMe | yes |
/// | `penny` | eu-central | a few small nodes, the cheapest | no |
/// | `atelier` | eu-central | RTX A6000 workstations, SSD, gives notice of one hour | no |
///
/// ```
/// use akash_sdk::devnet::provider::stock;
/// let names: Vec<String> = stock(5).into_iter().map(|spec| spec.name).collect();
/// assert_eq!(names, ["cedar", "bluewater", "limes", "aurora", "basement"]);
/// ```
#[must_use]
pub fn stock(count: usize) -> Vec<ProviderSpec> {
    let h100 = Card::new("nvidia", "h100", "80Gi", "SXM5");
    let a100 = Card::new("nvidia", "a100", "80Gi", "SXM4");
    let rtx4090 = Card::new("nvidia", "rtx4090", "24Gi", "PCIe");
    let rtx3090 = Card::new("nvidia", "rtx3090", "24Gi", "PCIe");
    let a6000 = Card::new("nvidia", "rtxa6000", "48Gi", "PCIe");
    let hours = |hours: i64| Nanos::from_secs(hours.saturating_mul(3600));
    let cedar = scale(500, 100).map(|pricing| {
        ProviderSpec::new("cedar", "us-west", pricing)
            .nodes(3, 32, 128, 1000)
            .pool("beta2", 4000)
            .pool("beta3", 2000)
            .audited()
    });
    let bluewater = ProviderSpec::new("bluewater", "us-east", script(1600, 400, &[]))
        .nodes(2, 48, 192, 1500)
        .pool("beta1", 8000)
        .pool("beta2", 2000)
        .ips(16);
    let limes = ProviderSpec::new("limes", "eu-central", script(2000, 500, &[]))
        .nodes(3, 64, 256, 2000)
        .pool("beta2", 4000)
        .pool("beta3", 4000)
        .ips(8)
        .reclaims_after(hours(24))
        .audited();
    let aurora = ProviderSpec::new(
        "aurora",
        "eu-north",
        script(300, 150, &[("h100", 1250), ("h100.80Gi.sxm", 1350)]),
    )
    .gpu_node(128, 1024, 4000, &h100, 8)
    .gpu_node(128, 1024, 4000, &h100, 8)
    .pool("beta3", 20_000)
    .shared_memory()
    .reclaims_after(hours(48))
    .audited();
    let basement = ProviderSpec::new(
        "basement",
        "us-central",
        script(120, 60, &[("rtx4090", 190), ("rtx3090", 95)]),
    )
    .gpu_node(32, 128, 1000, &rtx4090, 4)
    .gpu_node(24, 64, 1000, &rtx3090, 2)
    .shared_memory();
    let summit = ProviderSpec::new("summit", "us-west", script(400, 200, &[("a100", 620)]))
        .gpu_node(96, 768, 4000, &a100, 8)
        .pool("beta2", 4000)
        .pool("beta3", 8000)
        .shared_memory()
        .audited();
    let penny = scale(200, 40)
        .map(|pricing| ProviderSpec::new("penny", "eu-central", pricing).nodes(4, 8, 16, 200));
    let atelier = ProviderSpec::new(
        "atelier",
        "eu-central",
        script(250, 120, &[("rtxa6000", 330)]),
    )
    .gpu_node(48, 256, 2000, &a6000, 4)
    .pool("beta2", 2000)
    .reclaims_after(hours(1));
    let all = [
        cedar,
        Some(bluewater),
        Some(limes),
        Some(aurora),
        Some(basement),
        Some(summit),
        penny,
        Some(atelier),
    ];
    all.into_iter().flatten().take(count).collect()
}
