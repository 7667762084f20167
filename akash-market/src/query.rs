//! What can be read from a market: keys of single objects, filters of lists, pages.

use crate::address::Address;
use crate::audit::AuditRecord;
use crate::bid::{Bid, BidState};
use crate::bme::{BmeStatus, Record, RecordId, VaultState};
use crate::certificate::{Certificate, CertificateState};
use crate::deployment::{Deployment, DeploymentState, Group};
use crate::escrow::{AccountId, EscrowAccount, EscrowPayment, PaymentId};
use crate::grant::DepositGrant;
use crate::id::{BidId, DeploymentId, Dseq, GroupId, LeaseId, OrderId};
use crate::lease::{Lease, LeaseState};
use crate::oracle::{AggregatedPrice, PairId, PriceHealth};
use crate::order::{Order, OrderState};
use crate::params::Params;
use crate::provider::Provider;
use crate::time::Block;
use akash_sdl::num::{Coin, Denom};
use serde::{Deserialize, Serialize};

/// Names one object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "key", content = "id", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Key {
    /// A deployment.
    Deployment(DeploymentId),
    /// A group.
    Group(GroupId),
    /// An order.
    Order(OrderId),
    /// A bid.
    Bid(BidId),
    /// A lease.
    Lease(LeaseId),
    /// An escrow account.
    EscrowAccount(AccountId),
    /// An escrow payment.
    EscrowPayment(PaymentId),
    /// A provider.
    Provider(Address),
    /// What an auditor says of a provider.
    Audit {
        /// The provider.
        owner: Address,
        /// The auditor.
        auditor: Address,
    },
    /// A certificate.
    Certificate {
        /// Whose.
        owner: Address,
        /// Serial number in decimal.
        serial: String,
    },
    /// A request to mint or burn.
    BurnMint(RecordId),
    /// State of the burn-mint equilibrium.
    BmeStatus,
    /// What the vault of the burn-mint equilibrium holds and has done.
    Vault,
    /// The last healthy price and the health of a pair.
    Price(PairId),
    /// What an account holds of one denom.
    Balance {
        /// Whose.
        owner: Address,
        /// Of what.
        denom: Denom,
    },
    /// The market's parameters.
    Params,
}

/// One object that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "entity", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Entity {
    /// A deployment with its groups.
    Deployment {
        /// The deployment.
        deployment: Deployment,
        /// Its groups in the order of their numbers.
        groups: Vec<Group>,
    },
    /// A group.
    Group(Group),
    /// An order.
    Order(Order),
    /// A bid.
    Bid(Bid),
    /// A lease.
    Lease(Lease),
    /// An escrow account.
    EscrowAccount(EscrowAccount),
    /// An escrow payment.
    EscrowPayment(EscrowPayment),
    /// A provider.
    Provider(Provider),
    /// An audit record.
    Audit(AuditRecord),
    /// A certificate.
    Certificate(Certificate),
    /// A request to mint or burn.
    BurnMint(Record),
    /// State of the burn-mint equilibrium.
    BmeStatus(BmeStatus),
    /// The vault of the burn-mint equilibrium.
    Vault(VaultState),
    /// A price.
    Price {
        /// The last healthy aggregate, if there was one.
        price: Option<AggregatedPrice>,
        /// Health, if it was ever evaluated.
        health: Option<PriceHealth>,
    },
    /// A balance; zero for accounts that don't exist.
    Balance(Coin),
    /// Parameters.
    Params(Box<Params>),
    /// A deposit grant.
    Grant(DepositGrant),
}

/// Chooses objects of one kind; an absent field means any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "list", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Filter {
    /// Deployments.
    Deployments {
        /// Of this tenant.
        owner: Option<Address>,
        /// With this number.
        dseq: Option<Dseq>,
        /// In this state.
        state: Option<DeploymentState>,
    },
    /// Orders.
    Orders {
        /// Of this tenant.
        owner: Option<Address>,
        /// Of its deployment with this number.
        dseq: Option<Dseq>,
        /// In this state.
        state: Option<OrderState>,
    },
    /// Bids.
    Bids {
        /// Of this tenant's orders.
        owner: Option<Address>,
        /// Of its deployment with this number.
        dseq: Option<Dseq>,
        /// Of this provider.
        provider: Option<Address>,
        /// In this state.
        state: Option<BidState>,
    },
    /// Leases.
    Leases {
        /// Of this tenant.
        owner: Option<Address>,
        /// Of its deployment with this number.
        dseq: Option<Dseq>,
        /// Of this provider.
        provider: Option<Address>,
        /// In this state.
        state: Option<LeaseState>,
    },
    /// Payments of a deployment's escrow account.
    EscrowPayments {
        /// The deployment.
        deployment: DeploymentId,
    },
    /// All providers.
    Providers,
    /// What auditors say of a provider.
    Audits {
        /// The provider.
        owner: Address,
    },
    /// Certificates.
    Certificates {
        /// Whose.
        owner: Address,
        /// In this state.
        state: Option<CertificateState>,
    },
    /// Requests to mint and burn, finished ones included.
    BurnMints {
        /// Of this account.
        source: Option<Address>,
    },
    /// Everything an account holds.
    Balances {
        /// Whose.
        owner: Address,
    },
    /// Deposit grants to an account.
    Grants {
        /// Who may spend.
        grantee: Address,
    },
}

/// Which part of a list is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Where the last page ended; `None` for the first.
    pub after: Option<Vec<u8>>,
    /// At most this many; 0 leaves it to the chain (100).
    pub limit: u32,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The objects, in the chain's order.
    pub items: Vec<Entity>,
    /// Where the next page starts, if there is one.
    pub next: Option<Vec<u8>>,
    /// The block whose state was read.
    pub at: Block,
}
