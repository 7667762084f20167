//! What happened: complete enough to rebuild state and metrics from a stream of changes.
//!
//! The chain's own events carry less; which change has an event, and which, is noted at each.

use crate::address::Address;
use crate::bme::{MintStatus, Record, RecordId};
use crate::escrow::{AccountId, EscrowAccount, EscrowPayment, PaymentId};
use crate::id::{BidId, DeploymentId, GroupId, Height, LeaseId, OrderId};
use crate::lease::CloseReason;
use crate::oracle::{AggregatedPrice, PairId, PriceHealth};
use crate::time::{Nanos, Timestamp};
use akash_sdl::group::GroupSpec;
use akash_sdl::num::{Coin, Dec, DecCoin};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One thing that happened, in the order in which it did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Change {
    /// Event `deployment.v1.EventDeploymentCreated`.
    DeploymentCreated {
        /// Which.
        id: DeploymentId,
        /// Version hash.
        hash: Vec<u8>,
        /// What it asks for, in the order of group numbers (not in the event).
        groups: Vec<Arc<GroupSpec>>,
        /// Shortest notice asked of bids (not in the event).
        reclamation_min_window: Option<Nanos>,
    },
    /// Event `deployment.v1.EventDeploymentUpdated`.
    DeploymentUpdated {
        /// Which.
        id: DeploymentId,
        /// The new version hash.
        hash: Vec<u8>,
    },
    /// Event `deployment.v1.EventDeploymentClosed`.
    DeploymentClosed {
        /// Which.
        id: DeploymentId,
    },
    /// Event `deployment.v1.EventGroupStarted`.
    GroupStarted {
        /// Which.
        id: GroupId,
    },
    /// Event `deployment.v1.EventGroupPaused`.
    GroupPaused {
        /// Which.
        id: GroupId,
    },
    /// Event `deployment.v1.EventGroupClosed`.
    GroupClosed {
        /// Which.
        id: GroupId,
        /// Whether it ended for lack of funds (not in the event).
        insufficient_funds: bool,
    },
    /// Event `market.v1.EventOrderCreated`.
    OrderCreated {
        /// Which.
        id: OrderId,
    },
    /// Event `market.v1.EventOrderClosed`.
    OrderClosed {
        /// Which.
        id: OrderId,
    },
    /// Event `market.v1.EventBidCreated`.
    BidCreated {
        /// Which.
        id: BidId,
        /// Its price for one block.
        price: DecCoin,
    },
    /// Another bid won and this one's deposit went back; the chain has no event for it.
    BidLost {
        /// Which.
        id: BidId,
    },
    /// Event `market.v1.EventBidClosed`.
    BidClosed {
        /// Which.
        id: BidId,
    },
    /// Event `market.v1.EventLeaseCreated`.
    LeaseCreated {
        /// Which.
        id: LeaseId,
        /// Its price for one block.
        price: DecCoin,
    },
    /// Event `market.v1.EventLeaseClosed`.
    LeaseClosed {
        /// Which.
        id: LeaseId,
        /// Why.
        reason: CloseReason,
        /// Whether it ended for lack of funds (not in the event).
        insufficient_funds: bool,
    },
    /// Event `market.v1.EventLeaseReclaimStarted`.
    LeaseReclaimStarted {
        /// Which.
        id: LeaseId,
        /// Why.
        reason: CloseReason,
        /// When the notice ends, in Unix seconds.
        deadline: i64,
    },
    /// An escrow account was stored; the chain has no event for it.
    EscrowAccountStored {
        /// As it is now.
        account: Arc<EscrowAccount>,
    },
    /// An escrow payment was stored; the chain has no event for it.
    EscrowPaymentStored {
        /// As it is now.
        payment: Arc<EscrowPayment>,
    },
    /// A payment was paid out; seen on the chain as a bank transfer only.
    PaymentWithdrawn {
        /// Which.
        id: PaymentId,
        /// To whom.
        to: Address,
        /// How much.
        amount: Coin,
    },
    /// A deposit, or what was left of it, went back; seen on the chain as a bank transfer only.
    DepositRefunded {
        /// Out of which account.
        id: AccountId,
        /// To whom.
        to: Address,
        /// How much.
        amount: Coin,
    },
    /// Coins changed hands; the chain shows it as bank events.
    Transferred {
        /// From.
        from: Address,
        /// To.
        to: Address,
        /// What.
        coin: Coin,
    },
    /// Coins came into being.
    Minted {
        /// Where.
        to: Address,
        /// What.
        coin: Coin,
    },
    /// Coins ceased to be.
    Burned {
        /// Whose.
        from: Address,
        /// What.
        coin: Coin,
    },
    /// A request to mint or burn was queued; the chain has no event for it.
    BurnMintQueued {
        /// Which.
        id: RecordId,
    },
    /// Event `bme.v1.EventLedgerRecordExecuted` or `EventLedgerRecordCanceled`, by the record's state.
    BurnMintSettled {
        /// The request with what became of it.
        record: Box<Record>,
    },
    /// Event `bme.v1.EventMintStatusChange`.
    MintStatusChanged {
        /// Before.
        previous: MintStatus,
        /// Now.
        current: MintStatus,
        /// Collateral ratio; 0 when it could not be computed.
        collateral_ratio: Dec,
    },
    /// Event `bme.v1.EventVaultFunded`.
    VaultFunded {
        /// How much.
        amount: Coin,
        /// Whose coins.
        source: Address,
        /// What the vault holds now.
        new_vault_balance: Coin,
    },
    /// Event `oracle.v2.EventPriceData`.
    PriceReported {
        /// By whom.
        source: Address,
        /// Of what.
        pair: PairId,
        /// Price.
        price: Dec,
        /// When it was observed.
        timestamp: Timestamp,
    },
    /// Event `oracle.v2.EventAggregatedPrice`.
    PriceAggregated {
        /// The aggregate.
        price: Box<AggregatedPrice>,
    },
    /// The health of a pair was evaluated; the chain stores it without an event.
    PriceHealthStored {
        /// The health.
        health: Box<PriceHealth>,
    },
    /// Event `oracle.v2.EventPriceStaled`.
    PriceStaled {
        /// Which pair.
        pair: PairId,
        /// Always 0 on today's chain.
        last_height: Height,
    },
    /// Event `oracle.v2.EventPriceStaleWarning`; the chain defines it and does not tell it today.
    PriceStaleWarned {
        /// Which pair.
        pair: PairId,
        /// Height of the last price.
        last_height: Height,
        /// Blocks until the price is stale.
        blocks_left: i64,
    },
    /// Event `oracle.v2.EventPriceRecovered`.
    PriceRecovered {
        /// Which pair.
        pair: PairId,
        /// Height of the block.
        height: Height,
    },
    /// Event `provider.v1beta4.EventProviderCreated`.
    ProviderCreated {
        /// The provider.
        owner: Address,
    },
    /// Event `provider.v1beta4.EventProviderUpdated`.
    ProviderUpdated {
        /// The provider.
        owner: Address,
    },
    /// Event `provider.v1beta4.EventProviderDeleted`; today's chain refuses to delete providers.
    ProviderDeleted {
        /// The provider.
        owner: Address,
    },
    /// Event `audit.v1.EventTrustedAuditorCreated`; also when a record is extended.
    AttributesSigned {
        /// The provider.
        owner: Address,
        /// The auditor.
        auditor: Address,
    },
    /// Event `audit.v1.EventTrustedAuditorDeleted`; also when only some keys went.
    AttributesDeleted {
        /// The provider.
        owner: Address,
        /// The auditor.
        auditor: Address,
    },
    /// A certificate was published; the chain has no event for it.
    CertificateCreated {
        /// Whose.
        owner: Address,
        /// Serial number in decimal.
        serial: String,
    },
    /// A certificate was revoked; the chain has no event for it.
    CertificateRevoked {
        /// Whose.
        owner: Address,
        /// Serial number in decimal.
        serial: String,
    },
    /// Event `cosmos.authz.v1beta1.EventGrant`: a deposit grant was given, or its limits moved because it was used or
    /// got something back.
    DepositGranted {
        /// Who pays.
        granter: Address,
        /// Who may spend.
        grantee: Address,
    },
    /// Event `cosmos.authz.v1beta1.EventRevoke`.
    DepositGrantRevoked {
        /// Who paid.
        granter: Address,
        /// Who might spend.
        grantee: Address,
    },
    /// Event `epochs.v1beta1.EventEpochStart`.
    EpochStarted {
        /// Name of the epoch, such as `hour` (not in the event).
        identifier: String,
        /// Its number, from 1.
        number: i64,
        /// Its nominal start in Unix seconds.
        start_time: i64,
    },
    /// Event `epochs.v1beta1.EventEpochEnd`.
    EpochEnded {
        /// Name of the epoch (not in the event).
        identifier: String,
        /// Number of the epoch that ended.
        number: i64,
    },
    /// Parameters of a module changed.
    ParamsUpdated {
        /// Name of the module, such as `market`.
        module: String,
    },
}
