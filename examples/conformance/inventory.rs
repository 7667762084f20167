//! A provider's cluster: what fits, how much of it is promised, and which orders to bid on.

use super::field::{Fields, expected, present};
use super::group::attributes;
use super::matching::audits;
use super::provider_json::{group, written};
use super::{Case, Failure, Work, gpu};
use akash_gpu::Card;
use akash_market::audit::AuditRecord;
use akash_market::inventory::screening::Screener;
use akash_market::inventory::{
    Amount, Cluster, Fit, NoFit, Node, NodeMetrics, Pool, ResourceMetrics, committed,
};
use akash_market::matching::{meets_capabilities, meets_requirements, subset};
use akash_sdl::attribute::Attribute;
use akash_sdl::group::GroupSpec;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::hint::black_box;

/// The files differ in what their cases have.
pub(super) fn cases(file: &Value, stem: &str) -> Result<Vec<Case>, Failure> {
    let list = file
        .as_array()
        .ok_or("an inventory file must be a list of cases")?;
    let case = |(index, case): (usize, &Value)| {
        let name = match case.at("name") {
            Value::Null => json!(format!("{stem}/{index}")),
            name => name.clone(),
        };
        if case.get("cluster").is_some() {
            return Case::of(name, Placement::expected(case), Placement::read(case));
        }
        if case.get("factor").is_some() {
            return Case::of(name, expected(case, &["result"]), Commitment::read(case));
        }
        if case.get("provider_attributes").is_some() {
            return Case::of(
                name,
                expected(case, &Decision::RESULTS),
                Decision::read(case),
            );
        }
        gpu::provider_attributes(name, case)
    };
    Ok(list.iter().enumerate().map(case).collect())
}

/// Groups that are placed in a cluster one after the other.
struct Placement {
    cluster: Cluster,
    requests: Vec<Request>,
}

struct Request {
    group: GroupSpec,
    dry_run: bool,
}

impl Placement {
    fn expected(case: &Value) -> Option<Value> {
        let requests = case.list("requests").iter();
        let requests: Option<Vec<_>> = requests
            .map(|request| expected(request, &["expect"]))
            .collect();
        let metrics = case.get("metrics_after")?;
        Some(json!({"requests": requests?, "metrics_after": metrics}))
    }

    fn read(case: &Value) -> Result<Self, Failure> {
        let request = |request: &Value| -> Result<Request, Failure> {
            Ok(Request {
                group: group(request.at("group"))?,
                dry_run: request.read("dry_run")?,
            })
        };
        let requests = case.list("requests").iter().map(request);
        Ok(Self {
            cluster: cluster(case.at("cluster"))?,
            requests: requests.collect::<Result<_, _>>()?,
        })
    }
}

fn place(cluster: &mut Cluster, request: &Request) -> Result<Fit, NoFit> {
    if request.dry_run {
        cluster.fit(&request.group.resources)
    } else {
        cluster.adjust(&request.group.resources)
    }
}

impl Work for Placement {
    fn output(&self) -> Result<Value, Failure> {
        let mut cluster = self.cluster.clone();
        let mut requests = Vec::new();
        for request in &self.requests {
            let (offer, params, error) = match place(&mut cluster, request) {
                Ok(fit) => (
                    offer(&fit, &request.group),
                    params(&fit, &request.group),
                    Value::Null,
                ),
                Err(error) => (Value::Null, Value::Null, json!(error.reference_text())),
            };
            let told = present([
                ("fit", json!(error.is_null())),
                ("error", error),
                ("resources_offer", offer),
                ("cluster_params", params),
                ("allocated_after", allocated(&cluster)),
            ]);
            requests.push(json!({"expect": told}));
        }
        Ok(json!({"requests": requests, "metrics_after": metrics(&cluster)}))
    }

    fn exercise(&self) -> Result<usize, Failure> {
        let mut cluster = self.cluster.clone();
        for request in &self.requests {
            // That a group does not fit is a result too.
            let _placed = black_box(place(&mut cluster, request));
        }
        Ok(self.requests.len())
    }
}

fn amount(value: &Value) -> Result<Amount, Failure> {
    Ok(Amount {
        allocatable: value.read("allocatable")?,
        allocated: value.read("allocated")?,
    })
}

fn cluster(value: &Value) -> Result<Cluster, Failure> {
    let nodes = value.list("nodes").iter().map(node);
    let pool = |pool: &Value| -> Result<Pool, Failure> {
        Ok(Pool {
            class: pool.text("class")?.to_owned(),
            amount: amount(pool)?,
        })
    };
    let pools = value.list("storage").iter().map(pool);
    Ok(Cluster {
        nodes: nodes.collect::<Result<_, _>>()?,
        pools: pools.collect::<Result<_, _>>()?,
    })
}

fn node(value: &Value) -> Result<Node, Failure> {
    let card = |card: &Value| {
        let part = |name: &str| card.some_text(name).unwrap_or_default();
        Card::new(
            part("vendor"),
            part("name"),
            part("memory_size"),
            part("interface"),
        )
    };
    let gpu = value.at("gpu");
    Ok(Node {
        name: value.text("name")?.to_owned(),
        cpu: amount(value.at("cpu_milli"))?,
        memory: amount(value.at("memory"))?,
        ephemeral: amount(value.at("ephemeral_storage"))?,
        gpu: amount(gpu)?,
        cards: gpu.list("info").iter().map(card).collect(),
        storage_classes: super::group::texts(value, "storage_classes")?
            .into_iter()
            .collect(),
    })
}

/// What a bid would carry; nothing for a group of no resources.
fn offer(fit: &Fit, group: &GroupSpec) -> Value {
    let offer = fit.offer(&group.resources);
    if offer.is_empty() {
        return Value::Null;
    }
    let one = |offer: &akash_market::bid::ResourceOffer| json!({"resources": written(&offer.resources), "count": offer.count, "prices": null});
    offer.iter().map(one).collect()
}

fn params(fit: &Fit, group: &GroupSpec) -> Value {
    let mut all = Map::new();
    for (id, params) in fit.scheduler_params(&group.resources) {
        let params = params.map(|params| {
            let gpu = json!({
                "vendor": params.vendor, "model": params.model, "memory_size": "", "interface": "",
            });
            json!({"runtime_class": params.runtime_class, "resources": {"gpu": gpu}})
        });
        all.insert(id.to_string(), params.unwrap_or_default());
    }
    if all.is_empty() {
        Value::Null
    } else {
        all.into()
    }
}

fn allocated(cluster: &Cluster) -> Value {
    let nodes = cluster.nodes.iter().map(|node| {
        json!({
            "name": node.name,
            "cpu_milli": node.cpu.allocated,
            "memory": node.memory.allocated,
            "ephemeral_storage": node.ephemeral.allocated,
            "gpu": node.gpu.allocated,
        })
    });
    let pools = cluster.pools.iter();
    let storage: Map<_, _> = pools
        .map(|pool| (pool.class.clone(), json!(pool.amount.allocated)))
        .collect();
    // The reference tells a list that never had an element as null.
    let nodes = Some(nodes.collect::<Vec<_>>()).filter(|nodes| !nodes.is_empty());
    json!({"nodes": nodes, "storage": storage})
}

fn metrics(cluster: &Cluster) -> Value {
    let metrics = cluster.metrics();
    let total = |resources: ResourceMetrics, storage: &BTreeMap<String, u64>| {
        let mut value = json!(resources);
        if let (false, Some(members)) = (storage.is_empty(), value.as_object_mut()) {
            members.insert("storage".to_owned(), json!(storage));
        }
        value
    };
    let node = |node: &NodeMetrics| json!({"name": node.name, "allocatable": node.allocatable, "available": node.available});
    json!({
        "nodes": metrics.nodes.iter().map(node).collect::<Vec<_>>(),
        "total_allocatable": total(metrics.total_allocatable, &metrics.storage_allocatable),
        "total_available": total(metrics.total_available, &metrics.storage_available),
    })
}

/// How much of a resource counts when more is promised than there is.
struct Commitment {
    value: u64,
    factor: f64,
}

impl Commitment {
    fn read(case: &Value) -> Result<Self, Failure> {
        Ok(Self {
            value: case.count("value")?,
            factor: case.read("factor")?,
        })
    }
}

impl Work for Commitment {
    fn output(&self) -> Result<Value, Failure> {
        Ok(json!({"result": committed(self.value, self.factor).to_string()}))
    }
}

/// Whether to bid on a group at all.
struct Decision {
    group: GroupSpec,
    own: Vec<Attribute>,
    wanted: Vec<Attribute>,
    audits: Vec<AuditRecord>,
    screener: Screener,
}

impl Decision {
    const RESULTS: [&str; 5] = [
        "decision",
        "match_attributes",
        "match_config_attributes",
        "match_capabilities",
        "match_requirements",
    ];

    fn read(case: &Value) -> Result<Self, Failure> {
        let own = attributes(case, "provider_attributes")?;
        let wanted = attributes(case, "config_attributes")?;
        let audits = audits(case)?;
        Ok(Self {
            group: group(case.at("group"))?,
            screener: Screener::new(own.clone(), audits.clone())
                .with_wanted(wanted.clone())
                .with_max_volumes(case.count("max_group_volumes")?),
            own,
            wanted,
            audits,
        })
    }
}

impl Work for Decision {
    fn output(&self) -> Result<Value, Failure> {
        let requirements = &self.group.requirements;
        Ok(json!({
            "decision": self.screener.should_bid(&self.group).to_string(),
            "match_attributes": subset(&requirements.attributes, &self.own),
            "match_config_attributes": subset(&self.wanted, &requirements.attributes),
            "match_capabilities": meets_capabilities(&self.group, &self.own),
            "match_requirements": meets_requirements(requirements, &self.own, &self.audits),
        }))
    }

    fn exercise(&self) -> Result<usize, Failure> {
        black_box(self.screener.should_bid(&self.group));
        Ok(1)
    }
}
