use super::page::{Start, of_all};
use super::{Answer, Failure, Query};
use crate::cosmos::convert::Wire;
use crate::cosmos::wire::akash::escrow::v1 as escrow;
use akash_market::escrow::EscrowState;
use prost::Message;

/// In the order in which lists walk them.
const STATES: [EscrowState; 3] = [
    EscrowState::Open,
    EscrowState::Closed,
    EscrowState::Overdrawn,
];

/// Those that are asked for; an empty text asks for all.
fn states(text: &str) -> Result<Vec<EscrowState>, Failure> {
    Ok(match super::market::state::<EscrowState>(text)? {
        Some(state) => vec![state],
        None => STATES.to_vec(),
    })
}

fn start(state: EscrowState, states: &[EscrowState], key: String) -> Start {
    let byte = |state: &EscrowState| u8::try_from(state.to_wire().number()).unwrap_or_default();
    Start {
        states: states
            .iter()
            .skip_while(|known| **known != state)
            .map(byte)
            .collect(),
        prefix: vec![byte(&state)],
        primary: key.into_bytes(),
        extra: Vec::new(),
    }
}

/// By state, then the text of the key; the filter `xid` is the beginning of that text.
fn found<T>(
    items: impl Iterator<Item = T>,
    facts: impl Fn(&T) -> (EscrowState, String),
    state: &str,
    xid: &str,
) -> Result<Vec<(Start, T)>, Failure> {
    let states = states(state)?;
    let mut found: Vec<_> = items
        .filter_map(|item| {
            let (state, key) = facts(&item);
            let at = states.iter().position(|wanted| *wanted == state)?;
            key.starts_with(xid).then_some((at, key, state, item))
        })
        .collect();
    found.sort_by(|(a, a_key, ..), (b, b_key, ..)| (a, a_key).cmp(&(b, b_key)));
    let begun = |(_, key, state, item)| (start(state, &states, key), item);
    Ok(found.into_iter().map(begun).collect())
}

impl Query<'_> {
    pub(super) fn escrow(&self, method: &str) -> Option<Answer> {
        Some(match method {
            "Accounts" => self.accounts(),
            "Payments" => self.payments(),
            _ => return None,
        })
    }

    fn accounts(&self) -> Answer {
        let request: escrow::QueryAccountsRequest = self.read()?;
        let found = found(
            self.ledger.escrow_accounts(),
            |account| (account.state, account.id.to_string()),
            &request.state,
            &request.xid,
        )?;
        let has_state = !request.state.is_empty();
        let (accounts, pagination) = of_all(found, request.pagination.as_ref(), has_state)?;
        Ok(escrow::QueryAccountsResponse {
            accounts: accounts.into_iter().map(Wire::to_wire).collect(),
            pagination: Some(pagination),
        }
        .encode_to_vec())
    }

    fn payments(&self) -> Answer {
        let request: escrow::QueryPaymentsRequest = self.read()?;
        let found = found(
            self.ledger.escrow_payments(),
            |payment| (payment.state, payment.id.to_string()),
            &request.state,
            &request.xid,
        )?;
        let has_state = !request.state.is_empty();
        let (payments, pagination) = of_all(found, request.pagination.as_ref(), has_state)?;
        Ok(escrow::QueryPaymentsResponse {
            payments: payments.into_iter().map(Wire::to_wire).collect(),
            pagination: Some(pagination),
        }
        .encode_to_vec())
    }
}
