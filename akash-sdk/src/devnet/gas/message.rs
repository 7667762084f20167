//! What a message costs beside the records that it changes: what it reads, and flat sums that occur once.

use super::record::{self, WRITTEN};
use crate::devnet::allowance;
use crate::devnet::authority::Use;
use crate::devnet::message::Deed;
use akash_market::action::Action;
use akash_market::error::{BankError, Error, EscrowError, MarketError};
use akash_market::escrow::{AccountId, EscrowState};
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
        Action::CloseDeployment { .. } | Action::CloseGroup { .. } => 600,
        Action::PauseGroup { .. } => 3_900,
        Action::StartGroup { .. } => 12_800,
        Action::CreateBid { id, .. } => {
            let order = record::length(ledger, &Key::Order(id.order.clone()));
            37_845_u64.saturating_add(record::READ.saturating_mul(order))
        }
        Action::CloseBid { .. } => 10_800,
        Action::CloseLease { .. } => 5_850,
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
pub(super) fn refused(ledger: &Ledger, action: &Action, error: &Error) -> u64 {
    match (action, error) {
        (Action::BurnMint { .. }, Error::Bank(BankError::InsufficientFunds { .. })) => 14_400,
        (_, Error::Bank(BankError::InsufficientFunds { .. })) => 6_000,
        (Action::Deposit { .. }, Error::Market(MarketError::DepositUncovered)) => 2_500,
        (_, Error::Market(MarketError::DepositUncovered)) => 7_000,
        (_, Error::Market(MarketError::AttributeMismatch | MarketError::BidInvalidPrice)) => 6_200,
        // Found out after the deposit was drawn.
        (
            _,
            Error::Market(
                MarketError::BidExists
                | MarketError::ReclamationRequired
                | MarketError::ReclamationWindowTooShort
                | MarketError::ReclamationWindowInvalid,
            ),
        ) => 10_000,
        (Action::CreateLease { id }, Error::Escrow(EscrowError::AccountOverdrawn)) => {
            let account = AccountId::Deployment(id.order.group.deployment.clone());
            match ledger.get(&Key::EscrowAccount(account)) {
                Some(Entity::EscrowAccount(account)) if account.state == EscrowState::Open => {
                    // Settled, and only then found overdrawn.
                    42_400
                }
                _ => 9_700,
            }
        }
        (Action::Deposit { .. }, Error::Escrow(_)) => 6_000,
        // The lease is read and its escrow, before anything is amiss.
        (Action::WithdrawLease { .. }, error) if !matches!(error, Error::Market(_)) => 9_000,
        _ => 2_500,
    }
}

/// Gas of the use of an authorization, beside the message that it is used for.
pub(super) fn used(used: &Use) -> u64 {
    match used {
        Use::Keep => 2_000,
        Use::Update(left) => {
            let length = u64::try_from(left.encoded_len()).unwrap_or(u64::MAX);
            6_700_u64.saturating_add(WRITTEN.saturating_mul(length))
        }
        Use::Remove => 7_100,
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
            // What ends is put in a queue.
            let flat = if allowance::ends(allowance) {
                13_800_u64
            } else {
                9_500
            };
            flat.saturating_add(WRITTEN.saturating_mul(length))
        }
        Deed::Authorize {
            authorization,
            expires,
            ..
        } => {
            let length = u64::try_from(authorization.encoded_len()).unwrap_or(u64::MAX);
            let flat = if expires.is_some() {
                24_000_u64
            } else {
                17_800
            };
            flat.saturating_add(WRITTEN.saturating_mul(length))
        }
        Deed::RevokeAllowance { .. } => 3_000,
        Deed::Unauthorize { .. } => 6_000,
        // The messages inside count for themselves.
        Deed::Exec { .. } => 0,
    }
}
