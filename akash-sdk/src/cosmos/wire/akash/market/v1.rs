//! Package `akash.market.v1`.

use crate::cosmos::wire::cosmos::base::v1beta1::DecCoin;
use crate::cosmos::wire::message::{enums, messages};
use crate::cosmos::wire::{Duration, Enum};

messages! {
    "akash.market.v1";

    /// Identifies a bid.
    BidId "BidID" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
        /// Deployment sequence number, unique per owner.
        dseq: u64 = 2,
        /// Group sequence number within the deployment, from 1.
        gseq: u32 = 3,
        /// Order sequence number within the group, from 1.
        oseq: u32 = 4,
        /// Account of the provider, bech32.
        provider: String = 5,
        /// Bid sequence number of the provider on the order, from 0.
        bseq: u32 = 6,
    }

    /// Event: order created.
    EventOrderCreated "EventOrderCreated" {
        /// Identifies the entity.
        id: OrderId = 1,
    }

    /// Event: order closed.
    EventOrderClosed "EventOrderClosed" {
        /// Identifies the entity.
        id: OrderId = 1,
    }

    /// Event: bid created.
    EventBidCreated "EventBidCreated" {
        /// Identifies the entity.
        id: BidId = 1,
        /// Price per block.
        price: DecCoin = 3,
    }

    /// Event: bid closed.
    EventBidClosed "EventBidClosed" {
        /// Identifies the entity.
        id: BidId = 1,
    }

    /// Event: lease created.
    EventLeaseCreated "EventLeaseCreated" {
        /// Identifies the entity.
        id: LeaseId = 1,
        /// Price per block.
        price: DecCoin = 3,
    }

    /// Event: lease closed.
    EventLeaseClosed "EventLeaseClosed" {
        /// Identifies the entity.
        id: LeaseId = 1,
        /// Reason.
        reason: Enum<LeaseClosedReason> = 2,
    }

    /// Event: lease reclaim started.
    EventLeaseReclaimStarted "EventLeaseReclaimStarted" {
        /// Identifies the entity.
        id: LeaseId = 1,
        /// Reason.
        reason: Enum<LeaseClosedReason> = 2,
        /// When the notice ends, unix seconds.
        deadline: i64 = 3,
    }

    /// Conditions on leases.
    LeaseFilters "LeaseFilters" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
        /// Deployment sequence number, unique per owner.
        dseq: u64 = 2,
        /// Group sequence number within the deployment, from 1.
        gseq: u32 = 3,
        /// Order sequence number within the group, from 1.
        oseq: u32 = 4,
        /// Account of the provider, bech32.
        provider: String = 5,
        /// Name of the state, such as `active`; empty for all.
        state: String = 6,
        /// Bid sequence number of the provider on the order, from 0.
        bseq: u32 = 7,
    }

    /// Identifies a lease.
    LeaseId "LeaseID" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
        /// Deployment sequence number, unique per owner.
        dseq: u64 = 2,
        /// Group sequence number within the deployment, from 1.
        gseq: u32 = 3,
        /// Order sequence number within the group, from 1.
        oseq: u32 = 4,
        /// Account of the provider, bech32.
        provider: String = 5,
        /// Bid sequence number of the provider on the order, from 0.
        bseq: u32 = 6,
    }

    /// A lease.
    Lease "Lease" {
        /// Identifies the entity.
        id: LeaseId = 1,
        /// State.
        state: Enum<LeaseState> = 2,
        /// Price per block.
        price: DecCoin = 3,
        /// Height of the block that created it.
        created_at: i64 = 4,
        /// Height of the block that closed it; 0 while open.
        closed_on: i64 = 5,
        /// Reason.
        reason: Enum<LeaseClosedReason> = 6,
        /// Terms under which the provider may reclaim the resources, if agreed.
        reclamation: Option<Reclamation> = 7,
    }

    /// Identifies an order.
    OrderId "OrderID" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
        /// Deployment sequence number, unique per owner.
        dseq: u64 = 2,
        /// Group sequence number within the deployment, from 1.
        gseq: u32 = 3,
        /// Order sequence number within the group, from 1.
        oseq: u32 = 4,
    }

    /// A running reclamation.
    Reclamation "Reclamation" {
        /// Length of the notice.
        window: Duration = 1,
        /// When the notice began, unix seconds.
        started_at: i64 = 2,
        /// When the notice ends, unix seconds.
        deadline: i64 = 3,
        /// Reason.
        reason: Enum<LeaseClosedReason> = 4,
    }
}

enums! {
    /// Enum `akash.market.v1.Lease.State`.
    LeaseState "akash.market.v1.Lease.State" {
        /// `invalid`.
        Invalid "invalid" = 0,
        /// `active`.
        Active "active" = 1,
        /// `insufficient_funds`.
        InsufficientFunds "insufficient_funds" = 2,
        /// `closed`.
        Closed "closed" = 3,
        /// `reclaiming`.
        Reclaiming "reclaiming" = 4,
    }

    /// Enum `akash.market.v1.LeaseClosedReason`.
    LeaseClosedReason "akash.market.v1.LeaseClosedReason" {
        /// `lease_closed_invalid`.
        Invalid "lease_closed_invalid" = 0,
        /// `lease_closed_owner`.
        Owner "lease_closed_owner" = 1,
        /// `lease_closed_reason_unstable`.
        Unstable "lease_closed_reason_unstable" = 10000,
        /// `lease_closed_reason_decommission`.
        Decommission "lease_closed_reason_decommission" = 10001,
        /// `lease_closed_reason_unspecified`.
        Unspecified "lease_closed_reason_unspecified" = 10002,
        /// `lease_closed_reason_manifest_timeout`.
        ManifestTimeout "lease_closed_reason_manifest_timeout" = 10003,
        /// `lease_closed_reason_insufficient_funds`.
        InsufficientFunds "lease_closed_reason_insufficient_funds" = 20000,
    }
}
