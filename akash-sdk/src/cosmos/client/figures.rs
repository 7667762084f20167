use super::Client;
use crate::chain::{ChainError, Query};
use crate::cosmos::convert::{ConvertError, Wire};
use crate::cosmos::query::{List, Pages, PagesError};
use crate::cosmos::wire::akash::deployment::v1beta4 as deployment;
use crate::cosmos::wire::akash::market::v1::LeaseFilters;
use crate::cosmos::wire::akash::market::v1beta5 as market;
use crate::cosmos::wire::akash::provider::v1beta4 as provider;
use akash_market::bank::Modules;
use akash_market::deployment::{Deployment, Group};
use akash_market::escrow::{EscrowAccount, EscrowPayment};
use akash_market::id::Height;
use akash_market::lease::Lease;
use akash_market::ledger::Rules;
use akash_market::metrics::Tracker;
use akash_market::provider::Provider;
use akash_market::query::{Entity, Key};
use akash_market::time::Block;
use futures_util::TryStreamExt;
use std::sync::Arc;

/// The prefix of the network's addresses.
const PREFIX: &str = "akash";

impl Client {
    /// Reads all that the figures of the running market are made of, of one block: providers, open deployments with their
    /// escrow accounts, running leases with their payments, the vault. `cap` bounds each list.
    ///
    /// What has ended is not read: the counts "ever", what was spent and what was burned and minted begin with what is
    /// there. From here on the tracker follows a chain's changes, or is made anew for another look.
    ///
    /// ```
    /// use akash_sdk::cosmos::Client;
    /// use akash_sdk::devnet::Devnet;
    /// # futures_util::FutureExt::now_or_never(async {
    /// let client = Client::connect(Devnet::builder().build()?).await?;
    /// let (tracker, block) = client.tracker(10_000).await?;
    /// assert_eq!(tracker.figures(block)?.leases_active, 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # }).expect("the embedded network does not wait")?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the node can't be used, a list is longer than `cap`, or something it says can't be read.
    pub async fn tracker(&self, cap: usize) -> Result<(Tracker, Block), ChainError> {
        let block = self.head().await?.block;
        let vault = Modules::new(PREFIX).map_err(|e| malformed(&e))?.bme;
        let mut tracker = Tracker::new(Rules::chain(), vault);
        let mut read = |entity| tracker.read(entity).map_err(|e| malformed(&e));

        let request = provider::QueryProvidersRequest { pagination: None };
        for found in self.pages(request, block.height, cap).await? {
            read(Entity::Provider(Provider::from_wire(&found)?))?;
        }
        let filters = deployment::DeploymentFilters {
            state: "active".to_owned(),
            ..Default::default()
        };
        let request = deployment::QueryDeploymentsRequest {
            filters,
            pagination: None,
        };
        for found in self.pages(request, block.height, cap).await? {
            let groups = found.groups.iter().map(Group::from_wire);
            read(Entity::Deployment {
                deployment: Deployment::from_wire(&found.deployment)?,
                groups: groups.collect::<Result<_, ConvertError>>()?,
            })?;
            let account = EscrowAccount::from_wire(&found.escrow_account)?;
            read(Entity::EscrowAccount(account))?;
        }
        let states: &[&str] = if self.capabilities.reclamation {
            &["active", "reclaiming"]
        } else {
            &["active"]
        };
        for state in states {
            let filters = LeaseFilters {
                state: (*state).to_owned(),
                ..Default::default()
            };
            let request = market::QueryLeasesRequest {
                filters,
                pagination: None,
            };
            for found in self.pages(request, block.height, cap).await? {
                read(Entity::Lease(Lease::from_wire(&found.lease)?))?;
                let payment = EscrowPayment::from_wire(&found.escrow_payment)?;
                read(Entity::EscrowPayment(payment))?;
            }
        }
        let at = crate::chain::At::Exactly(block.height);
        if let Some(vault) = self.get(&Key::Vault, at).await? {
            read(vault)?;
        }
        Ok((tracker, block))
    }

    /// The whole list of one block.
    async fn pages<Q: List + Send + Sync>(
        &self,
        request: Q,
        at: Height,
        cap: usize,
    ) -> Result<Vec<Q::Item>, ChainError> {
        let pages = Pages::new(request).at(at.0).cap(cap);
        let items = pages.stream(Arc::clone(&self.transport)).try_collect();
        items.await.map_err(|error| match error {
            PagesError::Transport(error) => error.into(),
            error @ PagesError::Cap { .. } => ChainError::Usage(error.to_string()),
            error => malformed(&error),
        })
    }
}

fn malformed(error: &dyn std::error::Error) -> ChainError {
    ChainError::Malformed {
        what: error.to_string(),
    }
}
