//! Use of GPUs: of the network, and by model.

use super::capacity::counted;
use super::figures;
use super::{ProviderReport, Quantities, Utilisation};
use crate::bid::Bid;
use crate::lease::{Lease, LeaseState};
use crate::ledger::Ledger;
use crate::query::{Entity, Filter, Key, Page};
use crate::time::Timestamp;
use akash_gpu::GpuKey;
use akash_sdl::num::{Dec, NumError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A model of GPU as providers and offers name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct GpuModel {
    /// Such as `nvidia`; empty if it is not known.
    pub vendor: String,
    /// Such as `h100`; empty if it is not known, `*` if any serves.
    pub model: String,
}

/// Use of the network's GPUs as the dashboard's series `gpuUtilization` has it: active and pending over active, pending and
/// available, of providers that are online and have a node with GPUs.
#[must_use]
pub fn gpu_utilisation(reports: &[ProviderReport], now: Timestamp) -> Utilisation {
    let mut sum = Utilisation::default();
    for report in counted(reports, now) {
        if report.cluster.nodes.iter().all(|n| n.gpu.allocatable <= 0) {
            continue;
        }
        let used = report.active.gpu.saturating_add(report.pending.gpu);
        let free = Quantities::available(&report.cluster).gpu;
        sum.used = sum.used.saturating_add(used);
        sum.total = sum.total.saturating_add(used).saturating_add(free);
    }
    sum
}

/// Use of one model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelUse {
    /// The model.
    pub model: GpuModel,
    /// Cards listed.
    pub total: u64,
    /// Cards in use, rounded half up and not more than the total.
    pub leased: u64,
    /// Use in hundredths of a percent, rounded half up, up to 10,000.
    pub basis_points: u64,
}

/// Use of each model, as the dashboard's breakdown has it: no report says which card of a node is busy, so that a node's
/// allocated GPUs are spread evenly over its cards. Ordered by vendor and model.
///
/// # Errors
/// If a sum leaves its range.
pub fn by_model(reports: &[ProviderReport], now: Timestamp) -> Result<Vec<ModelUse>, NumError> {
    let mut sums: BTreeMap<GpuModel, (u64, Dec)> = BTreeMap::new();
    for node in counted(reports, now).flat_map(|report| &report.cluster.nodes) {
        let cards = u64::try_from(node.cards.len()).unwrap_or(u64::MAX);
        if cards == 0 {
            continue;
        }
        let each = Dec::from_i64(node.gpu.allocated.max(0)).quo(Dec::from_u64(cards))?;
        for card in &node.cards {
            let model = GpuModel {
                vendor: card.vendor.clone(),
                model: card.name.clone(),
            };
            let (total, used) = sums.entry(model).or_default();
            *total = total.saturating_add(1);
            *used = used.add(each)?;
        }
    }
    let half = Dec::ONE.quo_int(2_u64.into())?;
    let rounded = |x: Dec| -> Result<u64, NumError> {
        Ok(x.add(half)?.truncate_int().to_u64().unwrap_or(u64::MAX))
    };
    sums.into_iter()
        .map(|(model, (total, used))| {
            let share = used.mul_i64(10_000)?.quo(Dec::from_u64(total))?;
            Ok(ModelUse {
                model,
                total,
                leased: rounded(used)?.min(total),
                basis_points: rounded(share)?.min(10_000),
            })
        })
        .collect()
}

/// GPUs of active leases by the model that the winning bid offered; of bids that name none (the chain takes such), by
/// what the group asks for if that is one model, else by the model `*` of no vendor.
#[must_use]
pub fn leased_models(ledger: &Ledger) -> BTreeMap<GpuModel, u64> {
    let filter = Filter::Leases {
        owner: None,
        dseq: None,
        provider: None,
        state: None,
    };
    let page = Page {
        after: None,
        limit: u32::MAX,
    };
    let funded = figures::funded(ledger);
    let mut models = BTreeMap::new();
    let leases = ledger.list(&filter, &page).map_or(Vec::new(), |l| l.items);
    for entity in leases {
        if let Entity::Lease(lease) = entity
            && matches!(lease.state, LeaseState::Active | LeaseState::Reclaiming)
            && funded.contains(lease.id.deployment())
        {
            count(ledger, &lease, &mut models);
        }
    }
    models
}

fn count(ledger: &Ledger, lease: &Lease, models: &mut BTreeMap<GpuModel, u64>) {
    let (Some(Entity::Order(order)), Some(Entity::Bid(bid))) = (
        ledger.get(&Key::Order(lease.id.order().clone())),
        ledger.get(&Key::Bid(lease.id.bid().clone())),
    ) else {
        return;
    };
    for unit in &order.spec.resources {
        let gpu = &unit.resources.gpu;
        let cards = gpu.units.saturating_mul(u64::from(unit.count));
        if cards == 0 {
            continue;
        }
        let offered = offered(&bid, unit.resources.id);
        let asked: Vec<&str> = gpu.attributes.iter().map(|a| a.key.as_str()).collect();
        let model = offered
            .or_else(|| model_of(&asked))
            .unwrap_or_else(|| GpuModel {
                vendor: String::new(),
                model: "*".to_owned(),
            });
        let sum = models.entry(model).or_default();
        *sum = sum.saturating_add(cards);
    }
}

/// The one model that a bid offers for a unit.
fn offered(bid: &Bid, unit: u32) -> Option<GpuModel> {
    let offer = bid
        .resources_offer
        .iter()
        .find(|o| o.resources.id == unit)?;
    let keys: Vec<&str> = offer
        .resources
        .gpu
        .attributes
        .iter()
        .map(|a| a.key.as_str())
        .collect();
    model_of(&keys)
}

/// The one model that keys name.
fn model_of(keys: &[&str]) -> Option<GpuModel> {
    let mut found: Option<GpuModel> = None;
    for key in keys {
        let key: GpuKey = key.parse().ok()?;
        let model = GpuModel {
            vendor: key.vendor.to_string(),
            model: key.model.to_string(),
        };
        match &found {
            Some(other) if *other != model => return None,
            _ => found = Some(model),
        }
    }
    found
}
