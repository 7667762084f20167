//! Provider records (node x/provider).

use super::Ledger;
use super::key::ByBytes;
use crate::address::Address;
use crate::change::Change;
use crate::error::{Error, ProviderError};
use crate::provider::{Provider, ProviderInfo};
use akash_sdl::attribute::Attribute;
use std::sync::Arc;

impl Ledger {
    pub(super) fn create_provider(
        &mut self,
        owner: &Address,
        host_uri: &str,
        attributes: &[Attribute],
        info: &ProviderInfo,
    ) -> Result<(), Error> {
        if self.provider(owner).is_some() {
            return Err(ProviderError::Exists {
                owner: owner.clone(),
            }
            .into());
        }
        self.put_provider(owner, host_uri, attributes, info);
        self.changes.push(Change::ProviderCreated {
            owner: owner.clone(),
        });
        Ok(())
    }

    pub(super) fn update_provider(
        &mut self,
        owner: &Address,
        host_uri: &str,
        attributes: &[Attribute],
        info: &ProviderInfo,
    ) -> Result<(), Error> {
        if self.provider(owner).is_none() {
            return Err(ProviderError::NotFound {
                owner: owner.clone(),
            }
            .into());
        }
        self.put_provider(owner, host_uri, attributes, info);
        self.changes.push(Change::ProviderUpdated {
            owner: owner.clone(),
        });
        Ok(())
    }

    /// The chain has the message, but refuses it always.
    pub(super) fn delete_provider(&self, owner: &Address) -> Result<(), Error> {
        Err(match self.provider(owner) {
            None => ProviderError::Unknown.into(),
            Some(_) => ProviderError::DeleteNotImplemented.into(),
        })
    }

    fn put_provider(
        &mut self,
        owner: &Address,
        host_uri: &str,
        attributes: &[Attribute],
        info: &ProviderInfo,
    ) {
        let provider = Provider {
            owner: owner.clone(),
            host_uri: host_uri.to_owned(),
            attributes: attributes.to_vec(),
            info: info.clone(),
        };
        self.state
            .providers
            .insert(ByBytes::new(owner.clone()), Arc::new(provider));
    }

    /// A registered provider.
    pub(super) fn provider(&self, owner: &Address) -> Option<&Provider> {
        let record = self.state.providers.get(&ByBytes::new(owner.clone()));
        record.map(|provider| &**provider)
    }
}
