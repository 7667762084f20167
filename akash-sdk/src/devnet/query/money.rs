use super::page::{Start, of_all};
use super::{Answer, Failure, Query};
use crate::cosmos::convert::Wire;
use crate::cosmos::wire::akash::bme::v1 as bme;
use akash_market::bme::{Record, RecordId};
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
        let page = request.pagination.unwrap_or_default();
        if page.offset > 0 && wanted.status.is_empty() {
            return Err(Failure::invalid(
                "invalid request parameters. if offset is set, filter.status must be provided",
            ));
        }
        if !page.key.is_empty() {
            Start::decode(&page.key)?;
        }
        let status = match wanted.status.as_str() {
            "" => None,
            text => Some(
                STATES
                    .into_iter()
                    .find(|(_, name)| *name == text)
                    .ok_or_else(|| Failure::invalid("invalid status filter value"))?
                    .0,
            ),
        };
        let fits = |wanted: &str, found: &str| wanted.is_empty() || wanted == found;
        let mut found: Vec<(Start, _)> = self
            .ledger
            .bme()
            .records()
            .filter(|record| {
                let id = &record.id;
                fits(&wanted.source, &id.source.as_str())
                    && fits(&wanted.denom, id.denom.as_str())
                    && fits(&wanted.to_denom, id.to_denom.as_str())
            })
            .map(|record: Record| {
                let wire = record.to_wire();
                let state = u8::try_from(wire.status.number()).unwrap_or_default();
                (start(state, status, key(&record.id), page.reverse), wire)
            })
            .filter(|(start, _)| status.is_none_or(|state| start.prefix == [state]))
            .collect();
        found.sort_by(|(a, _), (b, _)| (&a.prefix, &a.primary).cmp(&(&b.prefix, &b.primary)));
        if page.reverse {
            found.reverse();
        }
        let (records, pagination) = of_all(found, Some(&page))?;
        Ok(bme::QueryLedgerRecordsResponse {
            records,
            pagination: Some(pagination),
        }
        .encode_to_vec())
    }
}

/// A request's id as the chain's store sorts it: texts and addresses with their lengths before them.
fn key(id: &RecordId) -> Vec<u8> {
    let mut key = Vec::new();
    for part in [
        id.denom.as_str().as_bytes(),
        id.to_denom.as_str().as_bytes(),
        &id.source.bytes(),
    ] {
        key.push(u8::try_from(part.len()).unwrap_or(u8::MAX));
        key.extend(part);
    }
    key.extend(id.height.0.to_be_bytes());
    key.extend(id.sequence.to_be_bytes());
    key
}

fn start(state: u8, only: Option<u8>, primary: Vec<u8>, is_reverse: bool) -> Start {
    let states = STATES.into_iter().map(|(state, _)| state);
    let states = match only {
        Some(only) => vec![only],
        None if is_reverse => states.rev().filter(|known| *known <= state).collect(),
        None => states.filter(|known| *known >= state).collect(),
    };
    Start {
        states,
        prefix: vec![state],
        primary,
        extra: if is_reverse { vec![1] } else { Vec::new() },
    }
}
