use super::{Answer, Failure, Query, maybe};
use crate::cosmos::convert::Wire;
use crate::cosmos::wire::akash::bme::v1 as bme;
use crate::cosmos::wire::akash::escrow::v1 as escrow;
use crate::cosmos::wire::akash::oracle::v2 as oracle;
use akash_market::escrow::AccountId;
use akash_market::id::DeploymentId;
use akash_market::oracle::PairId;
use akash_market::query::{Entity, Filter, Key};
use prost::Message;

impl Query<'_> {
    pub(super) fn escrow(&self, method: &str) -> Option<Answer> {
        Some(match method {
            "Accounts" => self.accounts(),
            "Payments" => self.payments(),
            _ => return None,
        })
    }

    /// One account by its whole id; lists by state are not modelled.
    fn accounts(&self) -> Answer {
        let request: escrow::QueryAccountsRequest = self.read()?;
        let id: AccountId = request
            .xid
            .parse()
            .map_err(|_| Failure::invalid("invalid xid: scope/owner/dseq was expected"))?;
        let accounts = match self.ledger.get(&Key::EscrowAccount(id)) {
            Some(Entity::EscrowAccount(account)) => vec![account.to_wire()],
            _ => Vec::new(),
        };
        Ok(escrow::QueryAccountsResponse {
            accounts,
            pagination: None,
        }
        .encode_to_vec())
    }

    /// All payments of one deployment's account.
    fn payments(&self) -> Answer {
        let request: escrow::QueryPaymentsRequest = self.read()?;
        let text = request
            .xid
            .strip_prefix("deployment/")
            .unwrap_or(&request.xid);
        let parts: Vec<&str> = text.split('/').take(2).collect();
        let deployment: DeploymentId = parts
            .join("/")
            .parse()
            .map_err(|_| Failure::invalid("invalid xid: deployment/owner/dseq was expected"))?;
        let (payments, pagination) = self.page(
            &Filter::EscrowPayments { deployment },
            request.pagination.as_ref(),
            |entity| match entity {
                Entity::EscrowPayment(payment) => Some(payment.to_wire()),
                _ => None,
            },
        )?;
        Ok(escrow::QueryPaymentsResponse {
            payments,
            pagination,
        }
        .encode_to_vec())
    }

    pub(super) fn bme(&self, method: &str) -> Option<Answer> {
        Some(match method {
            "Status" => match self.ledger.get(&Key::BmeStatus) {
                Some(Entity::BmeStatus(status)) => Ok(status.to_wire().encode_to_vec()),
                _ => Err(Failure {
                    code: 2,
                    message: "price stalled".to_owned(),
                }),
            },
            "LedgerRecords" => self.records(),
            "Params" => Ok(bme::QueryParamsResponse {
                params: self.ledger.params().bme.to_wire(),
            }
            .encode_to_vec()),
            _ => return None,
        })
    }

    fn records(&self) -> Answer {
        let request: bme::QueryLedgerRecordsRequest = self.read()?;
        let filter = Filter::BurnMints {
            source: maybe(&request.filters.source, "source")?,
        };
        let (records, pagination) =
            self.page(
                &filter,
                request.pagination.as_ref(),
                |entity| match entity {
                    Entity::BurnMint(record) => Some(record.to_wire()),
                    _ => None,
                },
            )?;
        Ok(bme::QueryLedgerRecordsResponse {
            records,
            pagination,
        }
        .encode_to_vec())
    }

    pub(super) fn oracle(&self, method: &str) -> Option<Answer> {
        Some(match method {
            "AggregatedPrice" => self.price(),
            "Params" => Ok(oracle::QueryParamsResponse {
                params: self.ledger.params().oracle.to_wire(),
            }
            .encode_to_vec()),
            _ => return None,
        })
    }

    fn price(&self) -> Answer {
        let request: oracle::QueryAggregatedPriceRequest = self.read()?;
        let pair = PairId {
            denom: request.denom,
            ..PairId::akt_usd()
        };
        match self.ledger.get(&Key::Price(pair)) {
            Some(Entity::Price {
                price: Some(price),
                health,
            }) => Ok(oracle::QueryAggregatedPriceResponse {
                aggregated_price: price.to_wire(),
                price_health: health.map(|h| h.to_wire()).unwrap_or_default(),
            }
            .encode_to_vec()),
            _ => Err(Failure {
                code: 2,
                message: "price stalled".to_owned(),
            }),
        }
    }
}
