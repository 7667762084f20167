use super::{Answer, Failure, Query};
use crate::cosmos::wire::cosmos::base::abci::v1beta1::GasInfo;
use crate::cosmos::wire::cosmos::base::abci::v1beta1::Result as AbciResult;
use crate::cosmos::wire::cosmos::base::node::v1beta1 as node;
use crate::cosmos::wire::cosmos::tx::v1beta1 as tx;
use prost::Message;

impl Query<'_> {
    pub(super) fn node(&self, method: &str) -> Option<Answer> {
        (method == "Config").then(|| {
            let minimum_gas_price = self.node.gas_prices.to_string();
            Ok(node::ConfigResponse {
                minimum_gas_price,
                ..Default::default()
            }
            .encode_to_vec())
        })
    }

    pub(super) fn tx(&self, method: &str) -> Option<Answer> {
        (method == "Simulate").then(|| self.simulation())
    }

    fn simulation(&self) -> Answer {
        let request: tx::SimulateRequest = self.read()?;
        let (gas_used, data) = self
            .node
            .simulate(&request.tx_bytes)
            // A node loses codespace and code here: only the text tells.
            .map_err(|refused| Failure {
                code: 2,
                message: refused.log,
            })?;
        Ok(tx::SimulateResponse {
            gas_info: Some(GasInfo {
                gas_wanted: 0,
                gas_used,
            }),
            result: Some(AbciResult {
                data,
                ..AbciResult::default()
            }),
        }
        .encode_to_vec())
    }
}
