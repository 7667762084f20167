use super::page::{Start, of_all};
use super::{Answer, Failure, Query};
use crate::cosmos::convert::Wire;
use crate::cosmos::wire::akash::escrow::v1 as escrow;
use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
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

/// First byte of the keys of accounts and of payments in the chain's store.
const ACCOUNTS: u8 = 0x11;
const PAYMENTS: u8 = 0x12;

/// The key of the store in two parts: what is asked for, and the rest of the item's own.
fn start(store: u8, state: EscrowState, states: &[EscrowState], xid: &str, key: &str) -> Start {
    let byte = |state: &EscrowState| u8::try_from(state.to_wire().number()).unwrap_or_default();
    let mut prefix = vec![store, 0, byte(&state)];
    let key = format!("/{key}");
    let (asked, own) = if xid.is_empty() {
        ("", key.as_str())
    } else {
        key.split_at_checked(xid.len().saturating_add(1))
            .unwrap_or_default()
    };
    prefix.extend(asked.as_bytes());
    Start {
        states: states
            .iter()
            .skip_while(|known| **known != state)
            .map(byte)
            .collect(),
        prefix,
        primary: own.as_bytes().to_vec(),
        extra: Vec::new(),
    }
}

/// By state, then the text of the key; the filter `xid` is the beginning of that text.
fn found<T>(
    store: u8,
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
    let begun = |(_, key, state, item): (usize, String, _, T)| {
        (start(store, state, &states, xid, &key), item)
    };
    Ok(found.into_iter().map(begun).collect())
}

/// The chain knows neither an offset nor another direction here.
fn forwards<T>(
    found: Vec<(Start, T)>,
    request: Option<PageRequest>,
) -> Result<(Vec<T>, PageResponse), Failure> {
    let request = request.map(|page| PageRequest { offset: 0, ..page });
    of_all(found, request.as_ref())
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
            ACCOUNTS,
            self.ledger.escrow_accounts(),
            |account| (account.state, account.id.to_string()),
            &request.state,
            &request.xid,
        )?;
        let (accounts, pagination) = forwards(found, request.pagination)?;
        Ok(escrow::QueryAccountsResponse {
            accounts: accounts.into_iter().map(Wire::to_wire).collect(),
            pagination: Some(pagination),
        }
        .encode_to_vec())
    }

    fn payments(&self) -> Answer {
        let request: escrow::QueryPaymentsRequest = self.read()?;
        let found = found(
            PAYMENTS,
            self.ledger.escrow_payments(),
            |payment| (payment.state, payment.id.to_string()),
            &request.state,
            &request.xid,
        )?;
        let (payments, pagination) = forwards(found, request.pagination)?;
        Ok(escrow::QueryPaymentsResponse {
            payments: payments.into_iter().map(Wire::to_wire).collect(),
            pagination: Some(pagination),
        }
        .encode_to_vec())
    }
}
