//! Group specs in the chain's JSON.

use super::Writer;
use crate::group::{GroupSpec, ResourceUnit};
use crate::resource::Resources;

/// Group specs in the chain's JSON, canonical: protobuf field names, every field present, lists
/// never null, enumerations by name, resource values and amounts as text.
///
/// ```
/// assert_eq!(akash_sdl::canonical::groups_json(&[]), "[]");
/// ```
#[must_use]
pub fn groups_json(groups: &[GroupSpec]) -> String {
    let mut out = String::with_capacity(1024);
    Writer { out: &mut out }.list(groups, Writer::group);
    out
}

impl Writer<'_> {
    fn group(&mut self, group: &GroupSpec) {
        self.raw("{\"name\":");
        self.text(&group.name);
        self.raw(",\"requirements\":{\"attributes\":");
        self.attributes(&group.requirements.attributes);
        self.raw(",\"signed_by\":{\"all_of\":");
        self.texts(&group.requirements.signed_by.all_of);
        self.raw(",\"any_of\":");
        self.texts(&group.requirements.signed_by.any_of);
        self.raw("}},\"resources\":");
        self.list(&group.resources, Self::unit);
        self.raw("}");
    }

    fn unit(&mut self, unit: &ResourceUnit) {
        self.raw("{\"count\":");
        self.number(unit.count.into());
        self.raw(",\"price\":{\"amount\":\"");
        self.raw(&unit.price.amount().to_string());
        self.raw("\",\"denom\":");
        self.text(unit.price.denom().as_str());
        self.raw("},\"resource\":");
        self.resource(&unit.resources);
        self.raw("}");
    }

    fn resource(&mut self, resource: &Resources) {
        self.raw("{\"cpu\":{\"attributes\":");
        self.attributes(&resource.cpu.attributes);
        self.raw(",\"units\":");
        self.value(resource.cpu.units.0);
        self.raw("},\"endpoints\":");
        self.list(&resource.endpoints, |w, endpoint| {
            w.raw("{\"kind\":\"");
            w.raw(endpoint.kind.name());
            w.raw("\",\"sequence_number\":");
            w.number(endpoint.sequence_number.into());
            w.raw("}");
        });
        self.raw(",\"gpu\":{\"attributes\":");
        self.attributes(&resource.gpu.attributes);
        self.raw(",\"units\":");
        self.value(resource.gpu.units);
        self.raw("},\"id\":");
        self.number(resource.id.into());
        self.raw(",\"memory\":{\"attributes\":");
        self.attributes(&resource.memory.attributes);
        self.raw(",\"quantity\":");
        self.value(resource.memory.quantity.0);
        self.raw("},\"storage\":");
        self.list(&resource.storage, |w, volume| {
            w.raw("{\"attributes\":");
            w.attributes(&volume.attributes);
            w.raw(",\"name\":");
            w.text(&volume.name);
            w.raw(",\"quantity\":");
            w.value(volume.quantity.0);
            w.raw("}");
        });
        self.raw("}");
    }
}
