//! `extends`: a service on the base of another one in the file.

use std::collections::BTreeMap;

use super::item::{At, Item, Value};
use super::loss::{LossCode, Notes};
use super::merge::merge;

/// Longest chain of bases, and most values that all copies may have.
const MOST_LEVELS: usize = 16;
const MOST_NODES: usize = 100_000;

/// Resolves `extends` of the services of a file.
pub(super) struct Bases<'p> {
    services: BTreeMap<&'p str, At<'p>>,
    nodes: usize,
}

impl<'p> Bases<'p> {
    pub(super) fn new(services: &'p At<'p>) -> Self {
        let services = services.entries().collect();
        Self { services, nodes: 0 }
    }

    /// The service with its bases merged in; none if it has none.
    pub(super) fn resolve(&mut self, service: At<'_>, notes: &mut Notes<'_>) -> Option<Item> {
        self.merged(service, 0, notes)
    }

    fn merged(&mut self, service: At<'_>, level: usize, notes: &mut Notes<'_>) -> Option<Item> {
        let extends = service.get("extends")?;
        let file = extends.text_of("file");
        let name = extends.text().or_else(|| extends.text_of("service"));
        let Some(name) = name else {
            notes.fault(extends, "extends names a service");
            return None;
        };
        if file.is_some() {
            let message = format!(
                "service {name:?} of another file is not read: what it sets is not in the SDL; write it here"
            );
            notes.lose(LossCode::OtherFile, extends, message);
            return None;
        }
        if level >= MOST_LEVELS {
            let message =
                format!("services extend each other in a circle, or more than {MOST_LEVELS} deep");
            notes.fault(extends, message);
            return None;
        }
        let Some(base) = self.services.get(name).copied() else {
            notes.fault(extends, format!("there is no service {name:?} to extend"));
            return None;
        };
        let under = self.merged(base, level + 1, notes);
        let under = under.as_ref().unwrap_or_else(|| base.item());
        self.nodes += size(under) + size(service.item());
        if self.nodes > MOST_NODES {
            notes.fault(extends, "services that extend each other grow too large");
            return None;
        }
        Some(merge("", under, service.item()))
    }
}

fn size(item: &Item) -> usize {
    1 + match &item.value {
        Value::Null | Value::Text(_) => 0,
        Value::List(items) => items.iter().map(size).sum(),
        Value::Map(pairs) => pairs.iter().map(|(_, item)| size(item)).sum(),
    }
}
