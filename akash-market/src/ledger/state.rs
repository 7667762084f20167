//! Everything a ledger remembers.

use super::folios::Folios;
use super::key::{ByBytes, Serial};
use crate::address::Address;
use crate::audit::AuditRecord;
use crate::bank::Bank;
use crate::bme::Bme;
use crate::certificate::Certificate;
use crate::epochs::Epoch;
use crate::grant::DepositGrant;
use crate::oracle::Oracle;
use crate::params::Params;
use crate::provider::Provider;
use crate::store::{Lazy, Slot, Table, journaled};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The tables, in the order of the modules. What most batches leave alone is journaled only when it changes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct State {
    pub(super) bank: Bank,
    pub(super) params: Lazy<Slot<Params>>,
    /// By name, which is the order of their turns.
    pub(super) epochs: Lazy<Table<String, Epoch>>,
    pub(super) oracle: Lazy<Oracle>,
    pub(super) bme: Lazy<Bme>,
    /// Deployments, groups, orders, bids, leases, escrow accounts and payments.
    pub(super) folios: Folios,
    pub(super) providers: Lazy<Table<ByBytes, Arc<Provider>>>,
    /// By provider, then auditor.
    pub(super) audits: Lazy<Table<(ByBytes, ByBytes), AuditRecord>>,
    pub(super) certificates: Lazy<Table<(Address, Serial), Certificate>>,
    /// By grantee, then granter.
    pub(super) grants: Lazy<Table<(Address, ByBytes), DepositGrant>>,
    /// When earlier grants between the two were to end, as far as that has not come.
    #[serde(default)]
    pub(super) earlier_ends: Lazy<Table<(Address, ByBytes), BTreeSet<Timestamp>>>,
}

journaled!(State {
    bank,
    params,
    epochs,
    oracle,
    bme,
    folios,
    providers,
    audits,
    certificates,
    grants,
    earlier_ends,
});
