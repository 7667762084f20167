//! Package `akash.deployment.v1beta4`.

use crate::cosmos::wire::akash::base::attributes::v1::PlacementRequirements;
use crate::cosmos::wire::akash::base::deposit::v1::Deposit;
use crate::cosmos::wire::akash::base::resources::v1beta4::Resources;
use crate::cosmos::wire::akash::deployment::v1::{
    Deployment, DeploymentId, DeploymentReclamation, GroupId,
};
use crate::cosmos::wire::akash::escrow::types::v1::Account;
use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use crate::cosmos::wire::cosmos::base::v1beta1::{Coin, DecCoin};
use crate::cosmos::wire::message::{enums, messages};
use crate::cosmos::wire::{Enum, Text};

messages! {
    "akash.deployment.v1beta4";

    /// Transaction message of `/akash.deployment.v1beta4.Msg/CreateDeployment`, signed by
    /// `id.owner`.
    MsgCreateDeployment "MsgCreateDeployment" {
        /// Identifies the entity.
        id: DeploymentId = 1,
        /// Groups.
        groups: Vec<GroupSpec> = 2,
        /// SHA-256 version hash of the manifest, 32 bytes.
        hash: Vec<u8> = 3,
        /// Deposit and where it comes from.
        deposit: Deposit = 4,
        /// Terms under which the provider may reclaim the resources, if agreed.
        reclamation: Option<DeploymentReclamation> = 5,
    }

    /// Answer of `/akash.deployment.v1beta4.Msg/CreateDeployment`.
    MsgCreateDeploymentResponse "MsgCreateDeploymentResponse" {}

    /// Transaction message of `/akash.deployment.v1beta4.Msg/UpdateDeployment`, signed by
    /// `id.owner`.
    MsgUpdateDeployment "MsgUpdateDeployment" {
        /// Identifies the entity.
        id: DeploymentId = 1,
        /// SHA-256 version hash of the manifest, 32 bytes.
        hash: Vec<u8> = 3,
    }

    /// Answer of `/akash.deployment.v1beta4.Msg/UpdateDeployment`.
    MsgUpdateDeploymentResponse "MsgUpdateDeploymentResponse" {}

    /// Transaction message of `/akash.deployment.v1beta4.Msg/CloseDeployment`, signed by
    /// `id.owner`.
    MsgCloseDeployment "MsgCloseDeployment" {
        /// Identifies the entity.
        id: DeploymentId = 1,
    }

    /// Answer of `/akash.deployment.v1beta4.Msg/CloseDeployment`.
    MsgCloseDeploymentResponse "MsgCloseDeploymentResponse" {}

    /// Conditions on deployments.
    DeploymentFilters "DeploymentFilters" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
        /// Deployment sequence number, unique per owner.
        dseq: u64 = 2,
        /// Name of the state, such as `active`; empty for all.
        state: String = 3,
    }

    /// Conditions on groups.
    GroupFilters "GroupFilters" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
        /// Deployment sequence number, unique per owner.
        dseq: u64 = 2,
        /// Group sequence number within the deployment, from 1.
        gseq: u64 = 3,
        /// State.
        state: String = 4,
    }

    /// A deployment in a genesis file.
    GenesisDeployment "GenesisDeployment" {
        /// The deployment.
        deployment: Deployment = 1,
        /// Groups.
        groups: Vec<Group> = 2,
    }

    /// State of the module in a genesis file.
    GenesisState "GenesisState" {
        /// Deployments.
        deployments: Vec<GenesisDeployment> = 1,
        /// Parameters of the module.
        params: Params = 2,
    }

    /// A group of a deployment, or of a manifest.
    Group "Group" {
        /// Identifies the entity.
        id: GroupId = 1,
        /// State.
        state: Enum<GroupState> = 2,
        /// What the group asks for.
        group_spec: GroupSpec = 3,
        /// Height of the block that created it.
        created_at: i64 = 4,
    }

    /// Transaction message of `/akash.deployment.v1beta4.Msg/CloseGroup`, signed by `id.owner`.
    MsgCloseGroup "MsgCloseGroup" {
        /// Identifies the entity.
        id: GroupId = 1,
    }

    /// Answer of `/akash.deployment.v1beta4.Msg/CloseGroup`.
    MsgCloseGroupResponse "MsgCloseGroupResponse" {}

    /// Transaction message of `/akash.deployment.v1beta4.Msg/PauseGroup`, signed by `id.owner`.
    MsgPauseGroup "MsgPauseGroup" {
        /// Identifies the entity.
        id: GroupId = 1,
    }

    /// Answer of `/akash.deployment.v1beta4.Msg/PauseGroup`.
    MsgPauseGroupResponse "MsgPauseGroupResponse" {}

    /// Transaction message of `/akash.deployment.v1beta4.Msg/StartGroup`, signed by `id.owner`.
    MsgStartGroup "MsgStartGroup" {
        /// Identifies the entity.
        id: GroupId = 1,
    }

    /// Answer of `/akash.deployment.v1beta4.Msg/StartGroup`.
    MsgStartGroupResponse "MsgStartGroupResponse" {}

    /// What a group asks for.
    GroupSpec "GroupSpec" {
        /// Name.
        name: Text = 1,
        /// What a provider must offer.
        requirements: PlacementRequirements = 2,
        /// Resources.
        resources: Vec<ResourceUnit> = 3,
    }

    /// Parameters of the module.
    Params "Params" {
        /// Smallest deposit of a deployment, by denomination.
        min_deposits: Vec<Coin> = 1,
    }

    /// Transaction message of `/akash.deployment.v1beta4.Msg/UpdateParams`, signed by
    /// `authority`.
    MsgUpdateParams "MsgUpdateParams" {
        /// Account allowed to do this: the gov module account, bech32.
        authority: String = 1,
        /// Parameters of the module.
        params: Params = 2,
    }

    /// Answer of `/akash.deployment.v1beta4.Msg/UpdateParams`.
    MsgUpdateParamsResponse "MsgUpdateParamsResponse" {}

    /// Request of `/akash.deployment.v1beta4.Query/Deployments`.
    QueryDeploymentsRequest "QueryDeploymentsRequest" {
        /// Conditions; empty fields match everything.
        filters: DeploymentFilters = 1,
        /// Page asked for.
        pagination: Option<PageRequest> = 2,
    }

    /// Answer of `/akash.deployment.v1beta4.Query/Deployments`.
    QueryDeploymentsResponse "QueryDeploymentsResponse" {
        /// Deployments.
        deployments: Vec<QueryDeploymentResponse> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }

    /// Request of `/akash.deployment.v1beta4.Query/Deployment`.
    QueryDeploymentRequest "QueryDeploymentRequest" {
        /// Identifies the entity.
        id: DeploymentId = 1,
    }

    /// Answer of `/akash.deployment.v1beta4.Query/Deployment`.
    QueryDeploymentResponse "QueryDeploymentResponse" {
        /// The deployment.
        deployment: Deployment = 1,
        /// Groups.
        groups: Vec<Group> = 2,
        /// Escrow account behind it.
        escrow_account: Account = 3,
    }

    /// Request of `/akash.deployment.v1beta4.Query/Group`.
    QueryGroupRequest "QueryGroupRequest" {
        /// Identifies the entity.
        id: GroupId = 1,
    }

    /// Answer of `/akash.deployment.v1beta4.Query/Group`.
    QueryGroupResponse "QueryGroupResponse" {
        /// The group.
        group: Group = 1,
    }

    /// Request of `/akash.deployment.v1beta4.Query/Params`.
    QueryParamsRequest "QueryParamsRequest" {}

    /// Answer of `/akash.deployment.v1beta4.Query/Params`.
    QueryParamsResponse "QueryParamsResponse" {
        /// Parameters of the module.
        params: Params = 1,
    }

    /// Replicas of one kind and the highest price for one.
    ResourceUnit "ResourceUnit" {
        /// Resources of one replica.
        resource: Resources = 1,
        /// Number of replicas.
        count: u32 = 2,
        /// Highest price per block of one replica.
        price: DecCoin = 3,
    }
}

enums! {
    /// Enum `akash.deployment.v1beta4.Group.State`.
    GroupState "akash.deployment.v1beta4.Group.State" {
        /// `invalid`.
        Invalid "invalid" = 0,
        /// `open`.
        Open "open" = 1,
        /// `paused`.
        Paused "paused" = 2,
        /// `insufficient_funds`.
        InsufficientFunds "insufficient_funds" = 3,
        /// `closed`.
        Closed "closed" = 4,
    }
}
