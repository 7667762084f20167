//! Which slots have which attribute.

use super::bits::Bits;
use crate::matching::attribute::{is_literal, literal_prefix};
use akash_gpu::glob;
use akash_sdl::attribute::Attribute;
use std::collections::BTreeMap;
use std::ops::Bound;

/// For each key and value the slots that have it.
#[derive(Debug, Clone, Default)]
pub(super) struct Terms(BTreeMap<String, BTreeMap<String, Bits>>);

impl Terms {
    pub(super) fn set(&mut self, attributes: &[Attribute], slot: u32) {
        for Attribute { key, value } in attributes {
            let values = self.0.entry(key.clone()).or_default();
            values.entry(value.clone()).or_default().set(slot);
        }
    }

    /// Takes a slot's attributes back; terms that nobody has any more vanish.
    pub(super) fn clear(&mut self, attributes: &[Attribute], slot: u32) {
        for Attribute { key, value } in attributes {
            let Some(values) = self.0.get_mut(key) else {
                continue;
            };
            if let Some(slots) = values.get_mut(value) {
                slots.clear(slot);
                if slots.is_empty() {
                    values.remove(value);
                }
            }
            if values.is_empty() {
                self.0.remove(key);
            }
        }
    }

    /// Keeps the slots that have every required attribute.
    pub(super) fn retain(&self, required: &[Attribute], slots: &mut Bits) {
        for attribute in required {
            if is_literal(&attribute.key) {
                match self
                    .0
                    .get(&attribute.key)
                    .and_then(|v| v.get(&attribute.value))
                {
                    Some(having) => slots.and(having),
                    None => *slots = Bits::default(),
                }
            } else {
                slots.and(&self.any(std::slice::from_ref(attribute)));
            }
        }
    }

    /// The slots that have at least one of the required attributes.
    pub(super) fn any(&self, required: &[Attribute]) -> Bits {
        let mut slots = Bits::default();
        for Attribute { key, value } in required {
            if is_literal(key) {
                if let Some(having) = self.0.get(key).and_then(|v| v.get(value)) {
                    slots.or(having);
                }
                continue;
            }
            let prefix = literal_prefix(key);
            let from = (Bound::Included(prefix), Bound::Unbounded);
            for (offered, values) in self.0.range::<str, _>(from) {
                if !offered.starts_with(prefix) {
                    break;
                }
                if let Some(having) = values.get(value)
                    && glob::matches(key, offered)
                {
                    slots.or(having);
                }
            }
        }
        slots
    }
}
