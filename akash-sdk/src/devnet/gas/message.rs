//! What a message costs beside the records that it changes: what it reads, and flat sums that occur once.

use super::record::{self, WRITTEN};
use crate::devnet::message::Deed;
use akash_market::action::Action;
use akash_market::error::{BankError, Error, MarketError};
use akash_market::ledger::Ledger;
use akash_market::query::{Entity, Key};
use prost::Message;

/// Gas of an action that was done, without the records that it changed.
pub(super) fn own(ledger: &Ledger, action: &Action) -> u64 {
    match action {
        Action::CreateDeployment {
            reclamation_min_window,
            ..
        } => {
            // With the account and its first deposit.
            let window = if reclamation_min_window.is_some() {
                1_200
            } else {
                0
            };
            13_423_u64.saturating_add(window)
        }
        Action::UpdateDeployment { .. } => 4_284,
        Action::CloseDeployment { .. } => 17_717,
        Action::CloseGroup { .. } | Action::PauseGroup { .. } => 8_850,
        Action::StartGroup { .. } => 12_800,
        Action::CreateBid { id, .. } => {
            let order = record::length(ledger, &Key::Order(id.order.clone()));
            37_845_u64.saturating_add(record::READ.saturating_mul(order))
        }
        Action::CloseBid { .. } | Action::CloseLease { .. } => 10_800,
        Action::CreateLease { id } => {
            // Order and bid become active without a change that tells.
            let order = record::length(ledger, &Key::Order(id.order.clone()));
            let bid = record::length(ledger, &Key::Bid(id.clone()));
            let moved = WRITTEN.saturating_mul(order.saturating_add(bid));
            let again = match ledger.get(&Key::Lease(id.lease())) {
                // A lease that can be reclaimed is stored twice.
                Some(Entity::Lease(lease)) if lease.reclamation.is_some() => {
                    let length = record::length(ledger, &Key::Lease(id.lease()));
                    22_000_u64.saturating_add(WRITTEN.saturating_mul(length))
                }
                _ => 0,
            };
            61_000_u64.saturating_add(moved).saturating_add(again)
        }
        Action::WithdrawLease { .. } => 14_500,
        Action::StartReclaim { .. } => 4_854,
        Action::Deposit { .. } => 300,
        Action::BurnMint { .. } => 2_700,
        Action::AddPrice { .. } => 14_000,
        Action::CreateProvider { .. } => 4_660,
        Action::UpdateProvider { .. } => 5_822,
        Action::SignAttributes { .. } => 1_659,
        Action::DeleteAttributes { .. } => 1_950,
        Action::CreateCertificate { .. } => 5_200,
        Action::RevokeCertificate { .. } => 6_320,
        Action::GrantDeposit { .. } => 17_400,
        Action::RevokeDepositGrant { .. } => 5_000,
        Action::Send { .. } => 700,
        _ => 5_000,
    }
}

/// Gas of an action that was refused.
pub(super) fn refused(error: &Error) -> u64 {
    match error {
        Error::Bank(BankError::InsufficientFunds { .. }) => 10_000,
        Error::Market(MarketError::DepositUncovered) => 7_000,
        // Found out after the deposit was drawn.
        Error::Market(
            MarketError::BidExists
            | MarketError::ReclamationRequired
            | MarketError::ReclamationWindowTooShort
            | MarketError::ReclamationWindowInvalid,
        ) => 10_000,
        _ => 2_500,
    }
}

/// Gas of what is no business of the ledger.
pub(super) fn other(deed: &Deed) -> u64 {
    match deed {
        Deed::Act(_) | Deed::Refused(_) => 0,
        Deed::MultiSend { to, .. } => {
            let outputs = u64::try_from(to.len()).unwrap_or(u64::MAX);
            8_000_u64.saturating_add(outputs.saturating_mul(10_000))
        }
        Deed::GrantAllowance { allowance, .. } => {
            let length = u64::try_from(allowance.encoded_len()).unwrap_or(u64::MAX);
            9_500_u64.saturating_add(WRITTEN.saturating_mul(length))
        }
        Deed::Authorize { authorization, .. } => {
            let length = u64::try_from(authorization.encoded_len()).unwrap_or(u64::MAX);
            21_000_u64.saturating_add(WRITTEN.saturating_mul(length))
        }
        Deed::RevokeAllowance { .. } | Deed::Unauthorize { .. } => 6_000,
        // The messages inside count for themselves.
        Deed::Exec { messages, .. } => {
            let count = u64::try_from(messages.len()).unwrap_or(u64::MAX);
            count.saturating_mul(3_000)
        }
    }
}
