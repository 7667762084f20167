//! Package `akash.deployment.v1`.

use crate::cosmos::wire::message::{enums, messages};
use crate::cosmos::wire::{Duration, Enum};

messages! {
    "akash.deployment.v1";

    /// Identifies a deployment.
    DeploymentId "DeploymentID" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
        /// Deployment sequence number, unique per owner.
        dseq: u64 = 2,
    }

    /// A deployment.
    Deployment "Deployment" {
        /// Identifies the entity.
        id: DeploymentId = 1,
        /// State.
        state: Enum<DeploymentState> = 2,
        /// SHA-256 version hash of the manifest, 32 bytes.
        hash: Vec<u8> = 3,
        /// Height of the block that created it.
        created_at: i64 = 4,
        /// Terms under which the provider may reclaim the resources, if agreed.
        reclamation: Option<DeploymentReclamation> = 5,
    }

    /// Terms of reclamation a tenant asks for.
    DeploymentReclamation "DeploymentReclamation" {
        /// Shortest notice of reclamation the tenant accepts.
        min_window: Duration = 1,
    }

    /// Event: deployment created.
    EventDeploymentCreated "EventDeploymentCreated" {
        /// Identifies the entity.
        id: DeploymentId = 1,
        /// SHA-256 version hash of the manifest, 32 bytes.
        hash: Vec<u8> = 2,
    }

    /// Event: deployment updated.
    EventDeploymentUpdated "EventDeploymentUpdated" {
        /// Identifies the entity.
        id: DeploymentId = 1,
        /// SHA-256 version hash of the manifest, 32 bytes.
        hash: Vec<u8> = 2,
    }

    /// Event: deployment closed.
    EventDeploymentClosed "EventDeploymentClosed" {
        /// Identifies the entity.
        id: DeploymentId = 1,
    }

    /// Event: group started.
    EventGroupStarted "EventGroupStarted" {
        /// Identifies the entity.
        id: GroupId = 1,
    }

    /// Event: group paused.
    EventGroupPaused "EventGroupPaused" {
        /// Identifies the entity.
        id: GroupId = 1,
    }

    /// Event: group closed.
    EventGroupClosed "EventGroupClosed" {
        /// Identifies the entity.
        id: GroupId = 1,
    }

    /// Identifies a group of a deployment.
    GroupId "GroupID" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
        /// Deployment sequence number, unique per owner.
        dseq: u64 = 2,
        /// Group sequence number within the deployment, from 1.
        gseq: u32 = 3,
    }
}

enums! {
    /// Enum `akash.deployment.v1.Deployment.State`.
    DeploymentState "akash.deployment.v1.Deployment.State" {
        /// `invalid`.
        Invalid "invalid" = 0,
        /// `active`.
        Active "active" = 1,
        /// `closed`.
        Closed "closed" = 2,
    }
}
