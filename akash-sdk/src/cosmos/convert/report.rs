//! Status documents of providers.
//!
//! | document | where | says |
//! |---|---|---|
//! | [`Status`] as protobuf | gRPC `akash.provider.v1.ProviderRPC/GetStatus` | everything |
//! | the same as plain JSON | collectors, the provider's own tools | everything |
//! | the older JSON | REST `GET /status` | sums and nodes, but not which cards there are |

use super::ConvertError;
use super::quantity::{self, Scale};
use crate::cosmos::json::{Unknown, from_json_with};
use crate::cosmos::wire::akash::inventory::v1 as inventory;
use crate::cosmos::wire::akash::provider::v1::{
    ClusterStatus, Inventory, Reservations, ReservationsMetric, ResourcesMetric, Status,
};
use crate::cosmos::wire::k8s::Quantity;
use akash_gpu::Card;
use akash_market::address::Address;
use akash_market::inventory::{Amount, Cluster, Node, Pool};
use akash_market::metrics::{ProviderReport, Quantities};
use akash_market::time::Timestamp;
use prost::Message;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

const STATUS: &str = "akash.provider.v1.Status";
/// Volumes of this class are memory.
const RAM: &str = "ram";

/// Who answered with a status document, where, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The provider.
    pub owner: Address,
    /// Where its gateway listens, as the chain says it.
    pub host_uri: String,
    /// When the document came.
    pub at: Timestamp,
}

impl Answered {
    fn report(self, active: Quantities, pending: Quantities, cluster: Cluster) -> ProviderReport {
        ProviderReport {
            owner: self.owner,
            host_uri: self.host_uri,
            seen: Some(self.at),
            active,
            pending,
            cluster,
        }
    }
}

/// What a provider's status message says.
///
/// Quantities are Kubernetes' (`63500m`, `270G`), rounded away from zero as Kubernetes does it; what is absent is
/// nothing. Volumes of a class other than `ram` count as persistent.
///
/// # Errors
/// If a quantity is malformed.
pub fn report_from_status(from: Answered, status: &Status) -> Result<ProviderReport, ConvertError> {
    let Some(ClusterStatus { inventory, .. }) = &status.cluster else {
        return Ok(from.report(
            Quantities::default(),
            Quantities::default(),
            Cluster::default(),
        ));
    };
    let nodes = inventory.cluster.nodes.iter().map(node);
    let pools = inventory.cluster.storage.iter().map(|volume| {
        Ok(Pool {
            class: volume.info.class.clone(),
            amount: amount(&volume.quantity, Scale::Whole)?,
        })
    });
    let cluster = Cluster {
        nodes: nodes.collect::<Result<_, ConvertError>>()?,
        pools: pools.collect::<Result<_, ConvertError>>()?,
    };
    Ok(from.report(
        reserved(&inventory.reservations.active.resources)?,
        reserved(&inventory.reservations.pending.resources)?,
        cluster,
    ))
}

fn read(quantity: Option<&Quantity>, scale: Scale) -> Result<i64, ConvertError> {
    quantity.map_or(Ok(0), |q| quantity::parse(&q.string, scale))
}

fn amount(pair: &inventory::ResourcePair, scale: Scale) -> Result<Amount, ConvertError> {
    Ok(Amount {
        allocatable: read(pair.allocatable.as_ref(), scale)?,
        allocated: read(pair.allocated.as_ref(), scale)?,
    })
}

fn node(node: &inventory::Node) -> Result<Node, ConvertError> {
    let has = &node.resources;
    Ok(Node {
        name: node.name.clone(),
        cpu: amount(&has.cpu.quantity, Scale::Milli)?,
        memory: amount(&has.memory.quantity, Scale::Whole)?,
        ephemeral: amount(&has.ephemeral_storage, Scale::Whole)?,
        gpu: amount(&has.gpu.quantity, Scale::Whole)?,
        cards: has
            .gpu
            .info
            .iter()
            .map(|card| Card::new(&card.vendor, &card.name, &card.memory_size, &card.interface))
            .collect(),
        storage_classes: node.capabilities.storage_classes.clone(),
    })
}

fn reserved(sum: &ResourcesMetric) -> Result<Quantities, ConvertError> {
    let count = |quantity: Option<&Quantity>, scale| -> Result<u64, ConvertError> {
        Ok(u64::try_from(read(quantity, scale)?).unwrap_or_default())
    };
    let mut persistent = 0_u64;
    for (_, quantity) in sum.storage.iter().filter(|(class, _)| *class != RAM) {
        persistent = persistent.saturating_add(count(Some(quantity), Scale::Whole)?);
    }
    Ok(Quantities {
        cpu: count(sum.cpu.as_ref(), Scale::Milli)?,
        gpu: count(sum.gpu.as_ref(), Scale::Whole)?,
        memory: count(sum.memory.as_ref(), Scale::Whole)?,
        ephemeral: count(sum.ephemeral_storage.as_ref(), Scale::Whole)?,
        persistent,
    })
}

/// The status message that says what a report does; persistent volumes of one class, `persistent`, because a report
/// keeps their sum only.
#[must_use]
pub fn report_to_status(report: &ProviderReport) -> Status {
    let text = |string: String| Quantity { string };
    let pair = |amount: Amount, unit: &str| inventory::ResourcePair {
        allocatable: Some(text(format!("{}{unit}", amount.allocatable))),
        allocated: Some(text(format!("{}{unit}", amount.allocated))),
        ..Default::default()
    };
    let nodes = report.cluster.nodes.iter().map(|node| inventory::Node {
        name: node.name.clone(),
        resources: inventory::NodeResources {
            cpu: inventory::Cpu {
                quantity: pair(node.cpu, "m"),
                info: Vec::new(),
            },
            memory: inventory::Memory {
                quantity: pair(node.memory, ""),
                info: Vec::new(),
            },
            gpu: inventory::Gpu {
                quantity: pair(node.gpu, ""),
                info: node.cards.iter().map(card_to_wire).collect(),
            },
            ephemeral_storage: pair(node.ephemeral, ""),
            ..Default::default()
        },
        capabilities: inventory::NodeCapabilities {
            storage_classes: node.storage_classes.clone(),
        },
    });
    let storage = report.cluster.pools.iter().map(|pool| inventory::Storage {
        quantity: pair(pool.amount, ""),
        info: inventory::StorageInfo {
            class: pool.class.clone(),
            ..Default::default()
        },
    });
    let metric = |sum: Quantities| ReservationsMetric {
        resources: ResourcesMetric {
            cpu: Some(text(format!("{}m", sum.cpu))),
            memory: Some(text(sum.memory.to_string())),
            gpu: Some(text(sum.gpu.to_string())),
            ephemeral_storage: Some(text(sum.ephemeral.to_string())),
            storage: [("persistent".to_owned(), text(sum.persistent.to_string()))].into(),
        },
        ..Default::default()
    };
    Status {
        cluster: Some(ClusterStatus {
            inventory: Inventory {
                cluster: inventory::Cluster {
                    nodes: nodes.collect(),
                    storage: storage.collect(),
                },
                reservations: Reservations {
                    pending: metric(report.pending),
                    active: metric(report.active),
                },
                ..Default::default()
            },
            ..Default::default()
        }),
        ..Default::default()
    }
}

fn card_to_wire(card: &Card) -> inventory::GpuInfo {
    inventory::GpuInfo {
        vendor: card.vendor.clone(),
        name: card.name.clone(),
        interface: card.interface.clone(),
        memory_size: card.memory_size.clone(),
        ..Default::default()
    }
}

/// What a provider's status document in JSON says, in its newer or its older shape.
///
/// # Errors
/// If it is neither, or a quantity is malformed.
pub fn report_from_json(from: Answered, document: &str) -> Result<ProviderReport, ConvertError> {
    let wrong = |reason: String| ConvertError::Decode {
        type_url: STATUS.to_owned(),
        reason,
    };
    let mut document: Value = serde_json::from_str(document).map_err(|e| wrong(e.to_string()))?;
    let inventory = document.pointer("/cluster/inventory");
    if inventory.is_some_and(|i| i.get("cluster").is_none() && i.get("reservations").is_none()) {
        let older: Older = serde_json::from_value(document).map_err(|e| wrong(e.to_string()))?;
        return Ok(older.report(from));
    }
    // The plain rendering writes two fields otherwise than protobuf's JSON.
    if let Some(fields) = document.as_object_mut() {
        fields.remove("reclamation_window");
    }
    rename_model_ids(&mut document);
    let bytes =
        from_json_with(STATUS, &document, Unknown::Skip).map_err(|e| wrong(e.to_string()))?;
    let status = Status::decode(bytes.as_slice()).map_err(|e| wrong(e.to_string()))?;
    report_from_status(from, &status)
}

fn rename_model_ids(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            if let Some(id) = fields.remove("model_id") {
                fields.insert("modelid".to_owned(), id);
            }
            fields.values_mut().for_each(rename_model_ids);
        }
        Value::Array(items) => items.iter_mut().for_each(rename_model_ids),
        _ => {}
    }
}

/// The answer to `GET /status` on a provider's REST gateway, as far as it matters.
#[derive(Deserialize)]
struct Older {
    cluster: OlderCluster,
}

#[derive(Deserialize)]
struct OlderCluster {
    inventory: OlderInventory,
}

#[derive(Deserialize)]
struct OlderInventory {
    active: Option<Vec<OlderResources>>,
    pending: Option<Vec<OlderResources>>,
    #[serde(default)]
    available: OlderAvailable,
}

#[derive(Default, Deserialize)]
struct OlderAvailable {
    nodes: Option<Vec<OlderNode>>,
    storage: Option<Vec<OlderStorage>>,
}

#[derive(Deserialize)]
struct OlderNode {
    #[serde(default)]
    name: String,
    allocatable: OlderResources,
    available: OlderResources,
}

#[derive(Deserialize)]
struct OlderStorage {
    class: String,
    size: i64,
}

/// 64-bit numbers; "unlimited" is 2^64 − 1.
#[derive(Default, Deserialize)]
#[serde(default)]
struct OlderResources {
    cpu: u64,
    gpu: u64,
    memory: u64,
    storage_ephemeral: u64,
    storage: Option<BTreeMap<String, u64>>,
}

impl Older {
    fn report(self, from: Answered) -> ProviderReport {
        let OlderInventory {
            active,
            pending,
            available,
        } = self.cluster.inventory;
        let sum = |list: Option<Vec<OlderResources>>| {
            let list = list.unwrap_or_default().into_iter();
            list.fold(Quantities::default(), |sum, one| sum.plus(one.quantities()))
        };
        let nodes = available.nodes.unwrap_or_default().into_iter();
        let pools = available.storage.unwrap_or_default().into_iter();
        let cluster = Cluster {
            nodes: nodes.map(OlderNode::node).collect(),
            pools: pools
                .map(|pool| Pool {
                    class: pool.class,
                    amount: Amount::free(pool.size),
                })
                .collect(),
        };
        from.report(sum(active), sum(pending), cluster)
    }
}

impl OlderResources {
    fn quantities(self) -> Quantities {
        let volumes = self.storage.unwrap_or_default().into_iter();
        let lasting = volumes.filter(|(class, _)| class != RAM);
        Quantities {
            cpu: self.cpu,
            gpu: self.gpu,
            memory: self.memory,
            ephemeral: self.storage_ephemeral,
            persistent: lasting.fold(0, |sum, (_, size)| sum.saturating_add(size)),
        }
    }
}

impl OlderNode {
    fn node(self) -> Node {
        let amount = |has: u64, free: u64| Amount {
            allocatable: has.cast_signed(),
            allocated: has.cast_signed().saturating_sub(free.cast_signed()),
        };
        let (has, free) = (self.allocatable, self.available);
        Node {
            name: self.name,
            cpu: amount(has.cpu, free.cpu),
            memory: amount(has.memory, free.memory),
            ephemeral: amount(has.storage_ephemeral, free.storage_ephemeral),
            gpu: amount(has.gpu, free.gpu),
            ..Node::default()
        }
    }
}
