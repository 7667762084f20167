//! What it costs to change a record: a flat sum for it and its indexes, and its bytes.

use crate::cosmos::convert::Wire;
use akash_market::action::Action;
use akash_market::address::Address;
use akash_market::change::Change;
use akash_market::escrow::{AccountId, EscrowState};
use akash_market::ledger::Ledger;
use akash_market::query::{Entity, Key};
use prost::Message;

/// What the node charges for a byte that is written.
pub(super) const WRITTEN: u64 = 30;
/// What the node charges for a byte that is read.
pub(super) const READ: u64 = 3;
/// The account of a module is made when it is paid into for the first time.
pub(super) const MODULE_ACCOUNT: u64 = 14_500;
/// An account is made for whoever receives coins or a grant for the first time.
pub(super) const ACCOUNT: u64 = 13_500;

/// Coins go from an account to another or into a module.
const PAID_IN: u64 = 20_000;
/// Coins leave a module.
const PAID_OUT: u64 = 7_000;
/// What was deposited goes back, beside the transfer itself.
const REFUND: u64 = 7_700;

/// Whether coins went to this account.
pub(super) fn is_paid(changes: &[Change], module: &Address) -> bool {
    changes
        .iter()
        .any(|change| matches!(change, Change::Transferred { to, .. } if to == module))
}

/// Gas of one change.
pub(super) fn gas(ledger: &Ledger, action: &Action, change: &Change) -> u64 {
    let written = |flat: u64, key: &Key| {
        let bytes = length(ledger, key);
        flat.saturating_add(WRITTEN.saturating_mul(bytes))
    };
    match change {
        Change::Transferred { from, .. } => {
            let modules = ledger.modules();
            if *from == modules.escrow || *from == modules.bme {
                PAID_OUT
            } else if matches!(action, Action::BurnMint { .. }) {
                18_700
            } else {
                PAID_IN
            }
        }
        Change::EscrowAccountStored { account } => {
            let flat = match (&account.id, account.state) {
                (AccountId::Bid(_), EscrowState::Open) => 4_000,
                (AccountId::Bid(_), _) => 16_900,
                (AccountId::Deployment(_), EscrowState::Closed) => 8_000,
                (AccountId::Deployment(_), _) => 4_000,
            };
            // A deposit reads the account that it changes.
            let per_byte = if matches!(action, Action::Deposit { .. }) {
                WRITTEN.saturating_add(READ)
            } else {
                WRITTEN
            };
            let bytes = size(account.to_wire().encoded_len());
            per_byte.saturating_mul(bytes).saturating_add(flat)
        }
        Change::EscrowPaymentStored { payment } => {
            let flat: u64 = match payment.state {
                EscrowState::Open => 3_500,
                EscrowState::Closed | EscrowState::Overdrawn => 11_000,
            };
            let bytes = size(payment.to_wire().encoded_len());
            flat.saturating_add(WRITTEN.saturating_mul(bytes))
        }
        Change::DeploymentCreated { id, groups, .. } => {
            let count = size(groups.len());
            let group_bytes: u64 = groups
                .iter()
                .map(|group| size(group.to_wire().encoded_len()))
                .sum();
            // A group is stored with its id and state around the spec.
            let groups = count
                .saturating_mul(16_480 + 60 * WRITTEN)
                .saturating_add(WRITTEN.saturating_mul(group_bytes));
            written(0, &Key::Deployment(id.clone())).saturating_add(groups)
        }
        Change::DeploymentUpdated { id, .. } => written(8_000, &Key::Deployment(id.clone())),
        Change::DeploymentClosed { id } => written(14_000, &Key::Deployment(id.clone())),
        Change::GroupStarted { id } | Change::GroupPaused { id } => {
            written(17_500, &Key::Group(id.clone()))
        }
        Change::GroupClosed { id, .. } => written(20_800, &Key::Group(id.clone())),
        Change::OrderCreated { id } => written(16_000, &Key::Order(id.clone())),
        Change::OrderClosed { id } => written(22_450, &Key::Order(id.clone())),
        Change::BidCreated { id, .. } => written(0, &Key::Bid(id.clone())),
        Change::BidLost { id } | Change::BidClosed { id } => written(24_600, &Key::Bid(id.clone())),
        Change::LeaseCreated { id, .. } => written(22_800, &Key::Lease(id.clone())),
        Change::LeaseReclaimStarted { id, .. } => written(20_000, &Key::Lease(id.clone())),
        Change::LeaseClosed { id, .. } => written(32_800, &Key::Lease(id.clone())),
        Change::BurnMintQueued { id } => written(8_400, &Key::BurnMint(id.clone())),
        Change::ProviderCreated { owner } => written(0, &Key::Provider(owner.clone())),
        Change::ProviderUpdated { owner } => {
            let bytes = length(ledger, &Key::Provider(owner.clone()));
            WRITTEN.saturating_add(READ).saturating_mul(bytes)
        }
        Change::AttributesSigned { owner, auditor }
        | Change::AttributesDeleted { owner, auditor } => {
            let (owner, auditor) = (owner.clone(), auditor.clone());
            written(0, &Key::Audit { owner, auditor })
        }
        Change::CertificateCreated { owner, serial } => {
            let (owner, serial) = (owner.clone(), serial.clone());
            written(0, &Key::Certificate { owner, serial })
        }
        Change::CertificateRevoked { owner, serial } => {
            let (owner, serial) = (owner.clone(), serial.clone());
            let bytes = length(ledger, &Key::Certificate { owner, serial });
            WRITTEN.saturating_add(READ).saturating_mul(bytes)
        }
        Change::DepositGranted { .. } => 9_400,
        Change::DepositRefunded { .. } => REFUND,
        _ => 0,
    }
}

fn size(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

/// Bytes of a record as it is stored; of a deployment without its groups.
pub(super) fn length(ledger: &Ledger, key: &Key) -> u64 {
    let bytes = match ledger.get(key) {
        Some(Entity::Deployment { deployment, .. }) => deployment.to_wire().encoded_len(),
        Some(Entity::Group(group)) => group.to_wire().encoded_len(),
        Some(Entity::Order(order)) => order.to_wire().encoded_len(),
        Some(Entity::Bid(bid)) => bid.to_wire().encoded_len(),
        Some(Entity::Lease(lease)) => lease.to_wire().encoded_len(),
        Some(Entity::Provider(provider)) => provider.to_wire().encoded_len(),
        Some(Entity::Audit(record)) => record.to_wire().encoded_len(),
        Some(Entity::BurnMint(record)) => record.to_wire().encoded_len(),
        Some(Entity::Certificate(found)) => found.cert.len().saturating_add(found.pubkey.len()),
        _ => 0,
    };
    size(bytes)
}
