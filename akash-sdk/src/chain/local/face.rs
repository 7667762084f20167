//! Reading and submitting.

use super::LocalChain;
use super::state::Payload;
use crate::chain::{
    At, Capabilities, ChainError, Estimate, Head, Prepared, Query, Resolution, Submit,
    SubmitOptions,
};
use akash_market::action::Batch;
use akash_market::address::Address;
use akash_market::query::{Entity, Filter, Key, Listing, Page};
use async_trait::async_trait;

#[async_trait]
impl Query for LocalChain {
    fn capabilities(&self) -> Capabilities {
        self.state().capabilities.clone()
    }

    async fn head(&self) -> Result<Head, ChainError> {
        let state = self.state();
        Ok(Head {
            chain_id: state.capabilities.chain_id.clone(),
            block: state.ledger.block(),
        })
    }

    async fn get(&self, key: &Key, at: At) -> Result<Option<Entity>, ChainError> {
        Ok(self.state().at(at)?.get(key))
    }

    async fn list(&self, filter: &Filter, page: &Page, at: At) -> Result<Listing, ChainError> {
        self.state()
            .at(at)?
            .list(filter, page)
            .map_err(|e| ChainError::Usage(e.to_string()))
    }
}

#[async_trait]
impl Submit for LocalChain {
    fn accounts(&self) -> Vec<Address> {
        self.state().accounts.clone()
    }

    async fn simulate(&self, batch: &Batch) -> Result<Estimate, ChainError> {
        self.state().attempt(batch)?;
        Ok(Estimate {
            gas_used: 0,
            fee: Vec::new(),
        })
    }

    async fn prepare(
        &self,
        batch: &Batch,
        options: &SubmitOptions,
    ) -> Result<Prepared, ChainError> {
        self.state().prepare(batch, options)
    }

    async fn send(&self, prepared: &Prepared) -> Result<(), ChainError> {
        self.state().send(prepared)
    }

    async fn resolve(&self, prepared: &Prepared) -> Result<Resolution, ChainError> {
        let state = self.state();
        if let Some(inclusion) = state.included.get(&prepared.id) {
            return Ok(Resolution::Included(Box::new(inclusion.clone())));
        }
        let payload = Payload::of(prepared, &state.capabilities.chain_id)?;
        // Whatever was sent enters the next block, so that nothing waits beyond its last.
        Ok(if state.height() >= payload.last.0 {
            Resolution::CanNeverLand
        } else {
            Resolution::Pending
        })
    }
}
