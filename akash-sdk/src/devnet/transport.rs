//! The embedded network as a node.

use super::handle::Devnet;
use super::query;
use crate::cosmos::transport::{
    BlockResult, CheckTx, NodeStatus, Transport, TransportError, TxResult, Unary,
};
use crate::cosmos::tx::TxHash;
use async_trait::async_trait;

#[async_trait]
impl Transport for Devnet {
    async fn unary(
        &self,
        path: &str,
        request: Vec<u8>,
        height: Option<i64>,
    ) -> Result<Unary, TransportError> {
        let node = self.node();
        let read = height.filter(|h| *h != 0).unwrap_or(node.block.height.0);
        node.at(height).map_err(|refused| TransportError::Height {
            height: read,
            message: refused.log,
        })?;
        match query::answer(&node, path, &request, height) {
            Ok(bytes) => Ok(Unary {
                bytes,
                height: read,
            }),
            Err(failure) => Err(TransportError::Query {
                path: path.to_owned(),
                code: failure.code,
                message: failure.message,
            }),
        }
    }

    async fn broadcast(&self, tx: &[u8]) -> Result<CheckTx, TransportError> {
        Ok(self.node().broadcast(tx))
    }

    async fn tx(&self, hash: &TxHash) -> Result<Option<TxResult>, TransportError> {
        Ok(self.node().tx(hash).cloned())
    }

    async fn block(&self, height: i64) -> Result<Option<BlockResult>, TransportError> {
        Ok(self.node().result(height).cloned())
    }

    async fn status(&self) -> Result<NodeStatus, TransportError> {
        let node = self.node();
        Ok(NodeStatus {
            chain_id: node.chain_id.clone(),
            height: node.block.height.0,
            time: node.block.time,
            catching_up: false,
        })
    }

    async fn wait_for_block(&self, height: i64) -> Result<(), TransportError> {
        self.advance_past(height)
            .await
            .map_err(|e| TransportError::Unreachable {
                endpoint: "the embedded network".to_owned(),
                reason: e.to_string(),
            })
    }
}
