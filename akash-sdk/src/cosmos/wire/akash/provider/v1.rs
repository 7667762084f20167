//! Package `akash.provider.v1`. Used between providers and clients, not on chain.

use std::collections::BTreeMap;

use crate::cosmos::wire::akash::deployment::v1beta4::GroupSpec;
use crate::cosmos::wire::akash::inventory::v1::{Cluster, ResourcePair};
use crate::cosmos::wire::akash::market::v1beta5::ResourceOffer;
use crate::cosmos::wire::cosmos::base::v1beta1::DecCoin;
use crate::cosmos::wire::k8s::Quantity;
use crate::cosmos::wire::message::messages;
use crate::cosmos::wire::{Duration, Timestamp};

messages! {
    "akash.provider.v1";

    /// Amounts of each resource.
    ResourcesMetric "ResourcesMetric" {
        /// CPU.
        cpu: Option<Quantity> = 1,
        /// Memory.
        memory: Option<Quantity> = 2,
        /// GPU.
        gpu: Option<Quantity> = 3,
        /// Storage that lives as long as the node.
        ephemeral_storage: Option<Quantity> = 4,
        /// Storage volumes.
        storage: BTreeMap<String, Quantity> = 5,
    }

    /// Number of leases.
    Leases "Leases" {
        /// Active.
        active: u32 = 1,
    }

    /// Number and size of reservations.
    ReservationsMetric "ReservationsMetric" {
        /// Number of replicas.
        count: u32 = 1,
        /// Resources.
        resources: ResourcesMetric = 2,
    }

    /// Reservations by state.
    Reservations "Reservations" {
        /// Waiting for a lease.
        pending: ReservationsMetric = 1,
        /// Active.
        active: ReservationsMetric = 2,
    }

    /// Resources of a provider.
    Inventory "Inventory" {
        /// The cluster.
        cluster: Cluster = 1,
        /// Resources reserved.
        reservations: Reservations = 2,
        /// Leased IP addresses.
        leased_ip: ResourcePair = 3,
    }

    /// Status of the cluster.
    ClusterStatus "ClusterStatus" {
        /// Leases.
        leases: Leases = 1,
        /// Resources of the cluster.
        inventory: Inventory = 2,
    }

    /// Status of the bid engine.
    BidEngineStatus "BidEngineStatus" {
        /// Orders.
        orders: u32 = 1,
    }

    /// Status of the manifest service.
    ManifestStatus "ManifestStatus" {
        /// Deployments.
        deployments: u32 = 1,
    }

    /// Answer of `/akash.provider.v1.ProviderRPC/StreamStatus`.
    Status "Status" {
        /// Errors.
        errors: Vec<String> = 1,
        /// The cluster.
        cluster: Option<ClusterStatus> = 2,
        /// Bid engine.
        bid_engine: Option<BidEngineStatus> = 3,
        /// Manifest.
        manifest: Option<ManifestStatus> = 4,
        /// Host names under which services can be reached.
        public_hostnames: Vec<String> = 5,
        /// When it was measured.
        timestamp: Timestamp = 6,
        /// Shortest notice the provider gives before it reclaims; none if it never does.
        reclamation_window: Option<Duration> = 7,
    }

    /// Request of `/akash.provider.v1.ProviderRPC/BidScreening`.
    BidScreeningRequest "BidScreeningRequest" {
        /// What the group asks for.
        group_spec: Option<GroupSpec> = 1,
        /// Host names asked for.
        hostnames: Vec<String> = 2,
    }

    /// Answer of `/akash.provider.v1.ProviderRPC/BidScreening`.
    BidScreeningResponse "BidScreeningResponse" {
        /// Whether the provider would bid.
        passed: bool = 1,
        /// Reasons for a refusal.
        reasons: Vec<String> = 2,
        /// Resources offered, one entry per resource unit.
        resource_offers: Vec<ResourceOffer> = 3,
        /// Price per block.
        price: Option<DecCoin> = 4,
    }
}
