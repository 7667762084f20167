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

impl Query<'_> {
    pub(super) fn escrow(&self, method: &str) -> Option<Answer> {
        Some(match method {
            "Accounts" => self.accounts(),
            "Payments" => self.payments(),
            _ => return None,
        })
    }

    /// By state, then the text of the key; the filter is the beginning of that text.
    fn accounts(&self) -> Answer {
        let request: escrow::QueryAccountsRequest = self.read()?;
        let states = states(&request.state)?;
        let mut found = Vec::new();
        for state in &states {
            let mut of_state: Vec<_> = self
                .ledger
                .escrow_accounts()
                .filter(|account| account.state == *state)
                .map(|account| (account.id.to_string(), account))
                .filter(|(key, _)| key.starts_with(&request.xid))
                .collect();
            of_state.sort_by(|(a, _), (b, _)| a.cmp(b));
            found.extend(
                of_state
                    .into_iter()
                    .map(|(key, account)| (start(*state, &states, key), account)),
            );
        }
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
        let states = states(&request.state)?;
        let mut found = Vec::new();
        for state in &states {
            let mut of_state: Vec<_> = self
                .ledger
                .escrow_payments()
                .filter(|payment| payment.state == *state)
                .map(|payment| (payment.id.to_string(), payment))
                .filter(|(key, _)| key.starts_with(&request.xid))
                .collect();
            of_state.sort_by(|(a, _), (b, _)| a.cmp(b));
            found.extend(
                of_state
                    .into_iter()
                    .map(|(key, payment)| (start(*state, &states, key), payment)),
            );
        }
        let has_state = !request.state.is_empty();
        let (payments, pagination) = of_all(found, request.pagination.as_ref(), has_state)?;
        Ok(escrow::QueryPaymentsResponse {
            payments: payments.into_iter().map(Wire::to_wire).collect(),
            pagination: Some(pagination),
        }
        .encode_to_vec())
    }
}
