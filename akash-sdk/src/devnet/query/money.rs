use super::page::{Start, of_all};
use super::{Answer, Failure, Query};
use crate::cosmos::convert::Wire;
use crate::cosmos::wire::akash::bme::v1 as bme;
use akash_market::bme::Record;
use prost::Message;

/// States of a request in the order in which lists walk them, with their texts.
const STATES: [(u8, &str); 3] = [
    (1, "ledger_record_status_pending"),
    (2, "ledger_record_status_executed"),
    (3, "ledger_record_status_canceled"),
];

impl Query<'_> {
    pub(super) fn bme(&self, method: &str) -> Option<Answer> {
        Some(match method {
            "Status" => self.bme_status(),
            "VaultState" => Ok(self.vault_state()),
            "LedgerRecords" => self.records(),
            "Params" => Ok(bme::QueryParamsResponse {
                params: self.ledger.params().bme.to_wire(),
            }
            .encode_to_vec()),
            _ => return None,
        })
    }

    fn bme_status(&self) -> Answer {
        match self.ledger.bme_report() {
            Ok(status) => Ok(status.to_wire().encode_to_vec()),
            Err(error) => {
                let code = error.code();
                let mut failure = Failure::chain(code.codespace, code.code);
                // The status names the registered text first, then what was wrong.
                let text = error.to_string();
                if let Some((detail, _)) = text.rsplit_once(": ") {
                    failure.message = format!("{}: {detail}", failure.message);
                }
                Err(failure)
            }
        }
    }

    fn vault_state(&self) -> Vec<u8> {
        let vault_state = self.ledger.vault().to_wire();
        bme::QueryVaultStateResponse { vault_state }.encode_to_vec()
    }

    /// Pending, executed and canceled ones, each by id.
    fn records(&self) -> Answer {
        let request: bme::QueryLedgerRecordsRequest = self.read()?;
        let wanted = &request.filters;
        let status = match wanted.status.as_str() {
            "" => None,
            text => Some(
                STATES
                    .into_iter()
                    .find(|(_, name)| *name == text)
                    .ok_or_else(|| Failure::invalid("invalid status value"))?
                    .0,
            ),
        };
        let fits = |wanted: &str, found: &str| wanted.is_empty() || wanted == found;
        let found: Vec<(Start, _)> = self
            .ledger
            .bme()
            .records()
            .filter(|record| {
                let id = &record.id;
                fits(&wanted.source, id.source.as_str())
                    && fits(&wanted.denom, id.denom.as_str())
                    && fits(&wanted.to_denom, id.to_denom.as_str())
            })
            .map(|record: Record| {
                let key = record.id.to_string().into_bytes();
                let wire = record.to_wire();
                let state = u8::try_from(wire.status.number()).unwrap_or_default();
                (start(state, status, key), wire)
            })
            .filter(|(start, _)| status.is_none_or(|state| start.prefix == [state]))
            .collect();
        let has_state = !wanted.status.is_empty();
        let (records, pagination) = of_all(found, request.pagination.as_ref(), has_state)?;
        Ok(bme::QueryLedgerRecordsResponse {
            records,
            pagination: Some(pagination),
        }
        .encode_to_vec())
    }
}

fn start(state: u8, only: Option<u8>, primary: Vec<u8>) -> Start {
    let states = STATES.into_iter().map(|(state, _)| state);
    Start {
        states: only.map_or_else(
            || states.filter(|known| *known >= state).collect(),
            |only| vec![only],
        ),
        prefix: vec![state],
        primary,
        extra: Vec::new(),
    }
}
