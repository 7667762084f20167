//! Audit records (node x/audit).

use super::Ledger;
use super::key::{ByBytes, LOWEST};
use crate::address::Address;
use crate::audit::AuditRecord;
use crate::change::Change;
use crate::error::{AuditError, Error};
use akash_sdl::attribute::Attribute;
use std::collections::BTreeMap;

impl Ledger {
    /// Begins a record with attributes as they are, or merges them into it by key; the newest value wins. The provider
    /// need not exist.
    pub(super) fn sign_attributes(
        &mut self,
        owner: &Address,
        auditor: &Address,
        attributes: &[Attribute],
    ) -> Result<(), Error> {
        let attributes = match self.audit(owner, auditor) {
            Some(record) => merged(record.attributes.iter().chain(attributes)),
            None => {
                let mut first = attributes.to_vec();
                first.sort_by(|a, b| a.key.cmp(&b.key));
                first
            }
        };
        self.put_audit(AuditRecord {
            owner: owner.clone(),
            auditor: auditor.clone(),
            attributes,
        });
        self.changes.push(Change::AttributesSigned {
            owner: owner.clone(),
            auditor: auditor.clone(),
        });
        Ok(())
    }

    /// Takes keys out of the record, or all of it.
    pub(super) fn delete_attributes(
        &mut self,
        owner: &Address,
        auditor: &Address,
        keys: &[String],
    ) -> Result<(), Error> {
        let Some(record) = self.audit(owner, auditor) else {
            return Err(AuditError::NotFound.into());
        };
        let mut left = merged(&record.attributes);
        for key in keys {
            let before = left.len();
            left.retain(|a| a.key != *key);
            if left.len() == before {
                return Err(AuditError::AttributeNotFound {
                    key: key.clone(),
                    auditor: auditor.clone(),
                    owner: owner.clone(),
                }
                .into());
            }
        }
        if keys.is_empty() || left.is_empty() {
            let key = (ByBytes::new(owner.clone()), ByBytes::new(auditor.clone()));
            self.state.audits.remove(&key);
        } else {
            self.put_audit(AuditRecord {
                owner: owner.clone(),
                auditor: auditor.clone(),
                attributes: left,
            });
        }
        self.changes.push(Change::AttributesDeleted {
            owner: owner.clone(),
            auditor: auditor.clone(),
        });
        Ok(())
    }

    fn put_audit(&mut self, record: AuditRecord) {
        let key = (
            ByBytes::new(record.owner.clone()),
            ByBytes::new(record.auditor.clone()),
        );
        self.state.audits.insert(key, record);
    }

    pub(super) fn audit(&self, owner: &Address, auditor: &Address) -> Option<&AuditRecord> {
        let key = (ByBytes::new(owner.clone()), ByBytes::new(auditor.clone()));
        self.state.audits.get(&key)
    }

    /// What auditors say of a provider, in the byte order of their addresses.
    pub(super) fn audits_of<'a>(
        &'a self,
        owner: &'a Address,
    ) -> impl Iterator<Item = &'a AuditRecord> {
        let first = (ByBytes::new(owner.clone()), ByBytes::new(LOWEST.clone()));
        self.state
            .audits
            .range(first..)
            .map(|(_, record)| record)
            .take_while(move |record| record.owner == *owner)
    }
}

/// Each key once, with its last value, in the order of keys.
fn merged<'a>(attributes: impl IntoIterator<Item = &'a Attribute>) -> Vec<Attribute> {
    let by_key: BTreeMap<&str, &str> = attributes
        .into_iter()
        .map(|a| (a.key.as_str(), a.value.as_str()))
        .collect();
    by_key
        .into_iter()
        .map(|(key, value)| Attribute::new(key, value))
        .collect()
}
