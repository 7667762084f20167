//! Package `akash.market.v1beta5`.

use crate::cosmos::wire::akash::base::deposit::v1::Deposit;
use crate::cosmos::wire::akash::base::resources::v1beta4::{EndpointKind, Resources};
use crate::cosmos::wire::akash::deployment::v1::DeploymentReclamation;
use crate::cosmos::wire::akash::deployment::v1beta4::GroupSpec;
use crate::cosmos::wire::akash::escrow::types::v1::{Account, Payment};
use crate::cosmos::wire::akash::market::v1::{
    BidId, Lease, LeaseClosedReason, LeaseFilters, LeaseId, OrderId,
};
use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use crate::cosmos::wire::cosmos::base::v1beta1::{Coin, DecCoin};
use crate::cosmos::wire::message::{enums, messages};
use crate::cosmos::wire::{Duration, Enum, Text};

messages! {
    "akash.market.v1beta5";

    /// A bid of a provider.
    Bid "Bid" {
        /// Identifies the entity.
        id: BidId = 1,
        /// State.
        state: Enum<BidState> = 2,
        /// Price per block.
        price: DecCoin = 3,
        /// Height of the block that created it.
        created_at: i64 = 4,
        /// Resources offered, one entry per resource unit.
        resources_offer: Vec<ResourceOffer> = 5,
        /// Shortest notice the provider gives before it reclaims; none if it never does.
        reclamation_window: Option<Duration> = 6,
    }

    /// Transaction message of `/akash.market.v1beta5.Msg/CreateBid`, signed by `id.provider`.
    MsgCreateBid "MsgCreateBid" {
        /// Identifies the entity.
        id: BidId = 1,
        /// Price per block.
        price: DecCoin = 2,
        /// Deposit and where it comes from.
        deposit: Deposit = 3,
        /// Resources offered, one entry per resource unit.
        resources_offer: Vec<ResourceOffer> = 4,
        /// Shortest notice the provider gives before it reclaims; none if it never does.
        reclamation_window: Option<Duration> = 5,
    }

    /// Answer of `/akash.market.v1beta5.Msg/CreateBid`.
    MsgCreateBidResponse "MsgCreateBidResponse" {}

    /// Transaction message of `/akash.market.v1beta5.Msg/CloseBid`, signed by `id.provider`.
    MsgCloseBid "MsgCloseBid" {
        /// Identifies the entity.
        id: BidId = 1,
        /// Reason.
        reason: Enum<LeaseClosedReason> = 2,
    }

    /// Answer of `/akash.market.v1beta5.Msg/CloseBid`.
    MsgCloseBidResponse "MsgCloseBidResponse" {}

    /// Conditions on bids.
    BidFilters "BidFilters" {
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
        /// Name of the state, such as `open`; empty for all.
        state: String = 6,
        /// Bid sequence number of the provider on the order, from 0.
        bseq: u32 = 7,
    }

    /// Conditions on orders.
    OrderFilters "OrderFilters" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
        /// Deployment sequence number, unique per owner.
        dseq: u64 = 2,
        /// Group sequence number within the deployment, from 1.
        gseq: u32 = 3,
        /// Order sequence number within the group, from 1.
        oseq: u32 = 4,
        /// Name of the state, such as `open`; empty for all.
        state: String = 5,
    }

    /// State of the module in a genesis file.
    GenesisState "GenesisState" {
        /// Parameters of the module.
        params: Params = 1,
        /// Orders.
        orders: Vec<Order> = 2,
        /// Leases.
        leases: Vec<Lease> = 3,
        /// Bids.
        bids: Vec<Bid> = 4,
    }

    /// Transaction message of `/akash.market.v1beta5.Msg/CreateLease`, signed by
    /// `bid_id.owner`.
    MsgCreateLease "MsgCreateLease" {
        /// The bid that becomes a lease.
        bid_id: BidId = 1,
    }

    /// Answer of `/akash.market.v1beta5.Msg/CreateLease`.
    MsgCreateLeaseResponse "MsgCreateLeaseResponse" {}

    /// Transaction message of `/akash.market.v1beta5.Msg/WithdrawLease`, signed by
    /// `id.provider`.
    MsgWithdrawLease "MsgWithdrawLease" {
        /// Identifies the entity.
        id: LeaseId = 1,
    }

    /// Answer of `/akash.market.v1beta5.Msg/WithdrawLease`.
    MsgWithdrawLeaseResponse "MsgWithdrawLeaseResponse" {}

    /// Transaction message of `/akash.market.v1beta5.Msg/CloseLease`, signed by `id.owner`.
    MsgCloseLease "MsgCloseLease" {
        /// Identifies the entity.
        id: LeaseId = 1,
        /// Reason.
        reason: Enum<LeaseClosedReason> = 2,
    }

    /// Answer of `/akash.market.v1beta5.Msg/CloseLease`.
    MsgCloseLeaseResponse "MsgCloseLeaseResponse" {}

    /// Transaction message of `/akash.market.v1beta5.Msg/LeaseStartReclaim`, signed by
    /// `id.provider`.
    MsgLeaseStartReclaim "MsgLeaseStartReclaim" {
        /// Identifies the entity.
        id: LeaseId = 1,
        /// Reason.
        reason: Enum<LeaseClosedReason> = 2,
    }

    /// Answer of `/akash.market.v1beta5.Msg/LeaseStartReclaim`.
    MsgLeaseStartReclaimResponse "MsgLeaseStartReclaimResponse" {}

    /// An order: a group open for bids.
    Order "Order" {
        /// Identifies the entity.
        id: OrderId = 1,
        /// State.
        state: Enum<OrderState> = 2,
        /// What the group asks for.
        spec: GroupSpec = 3,
        /// Height of the block that created it.
        created_at: i64 = 4,
        /// Terms under which the provider may reclaim the resources, if agreed.
        reclamation: Option<DeploymentReclamation> = 5,
    }

    /// Parameters of the module.
    Params "Params" {
        /// Smallest deposit of a bid, in the first currency.
        bid_min_deposit: Coin = 1,
        /// Most bids an order takes.
        order_max_bids: u32 = 2,
        /// Smallest deposit of a bid, by denomination.
        bid_min_deposits: Vec<Coin> = 3,
        /// Shortest notice allowed.
        min_reclamation_window: Duration = 4,
        /// Longest notice allowed.
        max_reclamation_window: Duration = 5,
    }

    /// Transaction message of `/akash.market.v1beta5.Msg/UpdateParams`, signed by `authority`.
    MsgUpdateParams "MsgUpdateParams" {
        /// Account allowed to do this: the gov module account, bech32.
        authority: String = 1,
        /// Parameters of the module.
        params: Params = 2,
    }

    /// Answer of `/akash.market.v1beta5.Msg/UpdateParams`.
    MsgUpdateParamsResponse "MsgUpdateParamsResponse" {}

    /// Request of `/akash.market.v1beta5.Query/Orders`.
    QueryOrdersRequest "QueryOrdersRequest" {
        /// Conditions; empty fields match everything.
        filters: OrderFilters = 1,
        /// Page asked for.
        pagination: Option<PageRequest> = 2,
    }

    /// Answer of `/akash.market.v1beta5.Query/Orders`.
    QueryOrdersResponse "QueryOrdersResponse" {
        /// Orders.
        orders: Vec<Order> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }

    /// Request of `/akash.market.v1beta5.Query/Order`.
    QueryOrderRequest "QueryOrderRequest" {
        /// Identifies the entity.
        id: OrderId = 1,
    }

    /// Answer of `/akash.market.v1beta5.Query/Order`.
    QueryOrderResponse "QueryOrderResponse" {
        /// The order.
        order: Order = 1,
    }

    /// Request of `/akash.market.v1beta5.Query/Bids`.
    QueryBidsRequest "QueryBidsRequest" {
        /// Conditions; empty fields match everything.
        filters: BidFilters = 1,
        /// Page asked for.
        pagination: Option<PageRequest> = 2,
    }

    /// Answer of `/akash.market.v1beta5.Query/Bids`.
    QueryBidsResponse "QueryBidsResponse" {
        /// Bids.
        bids: Vec<QueryBidResponse> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }

    /// Request of `/akash.market.v1beta5.Query/Bid`.
    QueryBidRequest "QueryBidRequest" {
        /// Identifies the entity.
        id: BidId = 1,
    }

    /// Answer of `/akash.market.v1beta5.Query/Bid`.
    QueryBidResponse "QueryBidResponse" {
        /// The bid.
        bid: Bid = 1,
        /// Escrow account behind it.
        escrow_account: Account = 2,
    }

    /// Request of `/akash.market.v1beta5.Query/Leases`.
    QueryLeasesRequest "QueryLeasesRequest" {
        /// Conditions; empty fields match everything.
        filters: LeaseFilters = 1,
        /// Page asked for.
        pagination: Option<PageRequest> = 2,
    }

    /// Answer of `/akash.market.v1beta5.Query/Leases`.
    QueryLeasesResponse "QueryLeasesResponse" {
        /// Leases.
        leases: Vec<QueryLeaseResponse> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }

    /// Request of `/akash.market.v1beta5.Query/Lease`.
    QueryLeaseRequest "QueryLeaseRequest" {
        /// Identifies the entity.
        id: LeaseId = 1,
    }

    /// Answer of `/akash.market.v1beta5.Query/Lease`.
    QueryLeaseResponse "QueryLeaseResponse" {
        /// The lease.
        lease: Lease = 1,
        /// Escrow payment of the lease.
        escrow_payment: Payment = 2,
    }

    /// Request of `/akash.market.v1beta5.Query/Params`.
    QueryParamsRequest "QueryParamsRequest" {}

    /// Answer of `/akash.market.v1beta5.Query/Params`.
    QueryParamsResponse "QueryParamsResponse" {
        /// Parameters of the module.
        params: Params = 1,
    }

    /// Price of a volume.
    StorageOfferPrice "StorageOfferPrice" {
        /// Name.
        name: Text = 1,
        /// Price per block.
        price: Option<DecCoin> = 2,
    }

    /// Price of an endpoint.
    EndpointOfferPrice "EndpointOfferPrice" {
        /// Kind.
        kind: Enum<EndpointKind> = 1,
        /// Price per block.
        price: Option<DecCoin> = 2,
    }

    /// Prices of the parts of an offer (unused by the chain).
    OfferPrices "OfferPrices" {
        /// CPU.
        cpu: Option<DecCoin> = 2,
        /// Memory.
        memory: Option<DecCoin> = 3,
        /// Storage volumes.
        storage: Vec<StorageOfferPrice> = 4,
        /// GPU.
        gpu: Option<DecCoin> = 5,
        /// Endpoints.
        endpoints: Vec<EndpointOfferPrice> = 6,
    }

    /// Resources a bid offers for one resource unit.
    ResourceOffer "ResourceOffer" {
        /// Resources.
        resources: Resources = 1,
        /// Number of replicas.
        count: u32 = 2,
        /// Prices.
        prices: Option<OfferPrices> = 3,
    }
}

enums! {
    /// Enum `akash.market.v1beta5.Bid.State`.
    BidState "akash.market.v1beta5.Bid.State" {
        /// `invalid`.
        Invalid "invalid" = 0,
        /// `open`.
        Open "open" = 1,
        /// `active`.
        Active "active" = 2,
        /// `lost`.
        Lost "lost" = 3,
        /// `closed`.
        Closed "closed" = 4,
    }

    /// Enum `akash.market.v1beta5.Order.State`.
    OrderState "akash.market.v1beta5.Order.State" {
        /// `invalid`.
        Invalid "invalid" = 0,
        /// `open`.
        Open "open" = 1,
        /// `active`.
        Active "active" = 2,
        /// `closed`.
        Closed "closed" = 3,
    }
}
