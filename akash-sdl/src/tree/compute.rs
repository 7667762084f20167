//! `profiles.compute` as plain values.

use std::borrow::Cow;

use super::{Map, Node};
use crate::attribute::Attribute;
use crate::document::{ComputeProfile, ComputeResources, Volume};
use crate::resource::Gpu;

pub(super) fn profile(profile: &ComputeProfile) -> Node<'_> {
    let mut map = Map::default();
    if let Some(resources) = &profile.resources {
        map.put("resources", self::resources(resources));
    }
    map.into()
}

fn owned<'d>(text: &impl ToString) -> Node<'d> {
    Node::Text(Cow::Owned(text.to_string()))
}

fn resources(resources: &ComputeResources) -> Node<'_> {
    let mut map = Map::default();
    if let Some(cpu) = &resources.cpu {
        let mut written = Map::default();
        written.put("units", owned(&cpu.value.units));
        if !cpu.value.attributes.is_empty() {
            let attributes = cpu.value.attributes.iter();
            let attributes = attributes.map(|a| (a.key.as_str(), Node::text(&a.value)));
            written.put("attributes", Node::Map(attributes.collect()));
        }
        map.put("cpu", written.into());
    }
    if let Some(memory) = &resources.memory {
        map.put("memory", Node::Map(vec![("size", owned(&memory.value))]));
    }
    if let Some(gpu) = &resources.gpu {
        map.put("gpu", self::gpu(&gpu.value));
    }
    if !resources.storage.is_empty() {
        map.put("storage", Node::list(&resources.storage, volume));
    }
    map.into()
}

fn gpu(gpu: &Gpu) -> Node<'_> {
    let mut map = Map::default();
    map.put("units", Node::Number(gpu.units));
    if !gpu.attributes.is_empty() {
        let mut vendors: Vec<(&str, Node<'_>)> = Vec::new();
        for attribute in &gpu.attributes {
            let (vendor, model) = model(attribute);
            match vendors.iter_mut().find(|(name, _)| *name == vendor) {
                Some((_, Node::List(models))) => models.push(model),
                _ => vendors.push((vendor, Node::List(vec![model]))),
            }
        }
        let vendors = Node::Map(vendors);
        map.put("attributes", Node::Map(vec![("vendor", vendors)]));
    }
    map.into()
}

/// The vendor and the entry of an attribute such as `vendor/nvidia/model/a100/ram/80Gi`.
fn model(attribute: &Attribute) -> (&str, Node<'_>) {
    let key = attribute.key.as_str();
    let (vendor, model) = key
        .strip_prefix("vendor/")
        .and_then(|key| key.split_once("/model/"))
        .unwrap_or(("nvidia", key));
    let (model, interface) = match model.rsplit_once("/interface/") {
        Some((model, interface @ ("pcie" | "sxm"))) => (model, interface),
        _ => (model, ""),
    };
    let (model, ram) = match model.rsplit_once("/ram/") {
        Some((model, ram)) if is_gib(ram) => (model, ram),
        _ => (model, ""),
    };
    let mut map = Map::default();
    map.put("model", Node::text(model));
    map.text("ram", ram);
    map.text("interface", interface);
    (vendor, map.into())
}

fn is_gib(ram: &str) -> bool {
    ram.strip_suffix("Gi").is_some_and(|digits| {
        !digits.is_empty()
            && digits.len() <= 4
            && (digits == "0" || !digits.starts_with('0'))
            && digits.bytes().all(|b| b.is_ascii_digit())
    })
}

fn volume(volume: &Volume) -> Node<'_> {
    let mut map = Map::default();
    map.put("name", Node::text(&volume.name.value));
    map.put("size", owned(&volume.size.value));
    if volume.attributes.is_empty() {
        return map.into();
    }
    // The words keep what `true` and `false` would change: see the rules of storage classes.
    let persistent = match (volume.is_persistent(), volume.class()) {
        (true, Some(_)) => Node::Flag(true),
        (true, None) => Node::text("yes"),
        (false, None | Some("ram")) => Node::Flag(false),
        (false, Some(_)) => Node::text("no"),
    };
    let mut attributes = Map::default();
    attributes.put("persistent", persistent);
    if let Some(class) = volume.class() {
        attributes.put("class", Node::text(class));
    }
    map.put("attributes", attributes.into());
    map.into()
}
