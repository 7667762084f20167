//! What a price script reads.

use super::ScriptError;
use crate::inventory::leased_ips_of;
use crate::pricing::{EPHEMERAL, PriceRequest, PricingError};
use akash_sdl::num::DecCoin;
use akash_sdl::resource::Resources;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The document on a script's standard input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScriptInput {
    /// The units of the group, as allocated where they are.
    pub resources: Vec<Unit>,
    /// The most the tenant pays.
    pub price: DecCoin,
    /// Fractional digits wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_precision: Option<u32>,
}

/// One resource unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Bytes of memory of one replica.
    pub memory: u64,
    /// Milli-CPU of one replica.
    pub cpu: u64,
    /// GPUs of one replica.
    pub gpu: Gpu,
    /// Volumes of one replica; nothing at all for a unit that was not allocated.
    pub storage: Option<Vec<Volume>>,
    /// Replicas.
    pub count: u32,
    /// Endpoints of every kind.
    pub endpoint_quantity: u64,
    /// Leased IPs of this unit.
    pub ip_lease_quantity: u64,
}

/// GPUs of a unit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gpu {
    /// Whole devices.
    pub units: u64,
    /// Which.
    pub attributes: GpuAttributes,
}

/// GPU models by vendor; one a vendor, the last asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GpuAttributes {
    /// By vendor.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub vendor: BTreeMap<String, GpuModel>,
}

/// A GPU model.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GpuModel {
    /// Its name, or `*`.
    pub model: String,
    /// Memory, such as `80Gi`, if it matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ram: Option<String>,
    /// Interface, if it matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interface: Option<String>,
}

/// A volume.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Volume {
    /// Its class, also where it does not persist; `ephemeral` if it names none.
    pub class: String,
    /// Bytes.
    pub size: u64,
}

impl ScriptInput {
    /// The document for a request.
    ///
    /// # Errors
    /// A group without a price; GPU keys or allocations on which the reference crashes.
    pub fn new(request: &PriceRequest<'_>) -> Result<Self, PricingError> {
        let units = &request.group.resources;
        let mut resources = if request.allocated.is_empty() {
            let unit = |u: &akash_sdl::group::ResourceUnit| Unit::new(&u.resources, u.count);
            units.iter().map(unit).collect::<Result<Vec<_>, _>>()?
        } else {
            if request.allocated.len() > units.len() {
                let allocated = request.allocated.len();
                return Err(ScriptError::Allocated {
                    allocated,
                    units: units.len(),
                }
                .into());
            }
            let unit = |o: &crate::bid::ResourceOffer| Unit::new(&o.resources, o.count);
            request
                .allocated
                .iter()
                .map(unit)
                .collect::<Result<Vec<_>, _>>()?
        };
        resources.resize_with(units.len(), Unit::default);
        Ok(Self {
            resources,
            price: request.max_price()?,
            price_precision: (request.precision > 0).then_some(request.precision),
        })
    }

    /// The bytes for the standard input: compact JSON and a line end, as the reference writes them.
    #[must_use]
    pub fn to_stdin(&self) -> String {
        // Plain data with text keys: it always serialises.
        let json = serde_json::to_string(self).unwrap_or_default();
        let mut text = String::with_capacity(json.len().saturating_add(1));
        // These stand in JSON inside of strings only.
        for c in json.chars() {
            match c {
                '<' => text.push_str("\\u003c"),
                '>' => text.push_str("\\u003e"),
                '&' => text.push_str("\\u0026"),
                '\u{2028}' => text.push_str("\\u2028"),
                '\u{2029}' => text.push_str("\\u2029"),
                other => text.push(other),
            }
        }
        text.push('\n');
        text
    }
}

impl Unit {
    fn new(resources: &Resources, count: u32) -> Result<Self, ScriptError> {
        let volume = |v: &akash_sdl::resource::Storage| {
            let class = v
                .attributes
                .iter()
                .find(|a| a.key == "class")
                .map(|a| &*a.value);
            let class = class.filter(|c| !c.is_empty()).unwrap_or(EPHEMERAL);
            Volume {
                class: class.to_owned(),
                size: v.quantity.0,
            }
        };
        let mut vendor = BTreeMap::new();
        for attribute in &resources.gpu.attributes {
            let key = &*attribute.key;
            if key == "vendor" || key.starts_with("vendor/") {
                let entry = GpuModel::parse(key);
                let (name, model) = entry.ok_or_else(|| ScriptError::GpuKey {
                    key: key.to_owned(),
                })?;
                vendor.insert(name, model);
            }
        }
        Ok(Self {
            memory: resources.memory.quantity.0,
            cpu: resources.cpu.units.0,
            gpu: Gpu {
                units: resources.gpu.units,
                attributes: GpuAttributes { vendor },
            },
            storage: Some(resources.storage.iter().map(volume).collect()),
            count,
            endpoint_quantity: resources.endpoints.len() as u64,
            ip_lease_quantity: leased_ips_of(&resources.endpoints).into(),
        })
    }
}

impl GpuModel {
    /// Vendor and model of a key, whose second word is not looked at; `None` for a key that is too short or odd.
    fn parse(key: &str) -> Option<(String, Self)> {
        let mut tokens = key.split('/');
        let (_, vendor, _, model) = (
            tokens.next()?,
            tokens.next()?,
            tokens.next()?,
            tokens.next()?,
        );
        let mut parsed = Self {
            model: model.to_owned(),
            ..Self::default()
        };
        while let Some(name) = tokens.next() {
            let value = tokens.next()?;
            match name {
                "ram" => parsed.ram = Some(value.to_owned()),
                "interface" => parsed.interface = Some(value.to_owned()),
                _ => {}
            }
        }
        Some((vendor.to_owned(), parsed))
    }
}
