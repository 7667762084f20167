//! Package `akash.inventory.v1`. Used between providers and clients, not on chain.

use crate::cosmos::wire::akash::base::attributes::v1::Attribute;
use crate::cosmos::wire::k8s::Quantity;
use crate::cosmos::wire::message::messages;

messages! {
    "akash.inventory.v1";

    /// Answer of `/akash.inventory.v1.ClusterRPC/StreamCluster`.
    Cluster "Cluster" {
        /// Nodes.
        nodes: Vec<Node> = 1,
        /// Storage volumes.
        storage: Vec<Storage> = 2,
    }

    /// What a CPU is.
    CpuInfo "CPUInfo" {
        /// Identifies the entity.
        id: String = 1,
        /// Vendor.
        vendor: String = 2,
        /// Model.
        model: String = 3,
        /// Number of virtual cores.
        vcores: u32 = 4,
    }

    /// CPU of one replica.
    Cpu "CPU" {
        /// Amount in bytes.
        quantity: ResourcePair = 1,
        /// Contact or hardware information.
        info: Vec<CpuInfo> = 2,
    }

    /// What a GPU is.
    GpuInfo "GPUInfo" {
        /// Vendor.
        vendor: String = 1,
        /// PCI vendor id, hexadecimal.
        vendor_id: String = 2,
        /// Name.
        name: String = 3,
        /// PCI device id, hexadecimal.
        modelid: String = 4,
        /// Interface, such as `pcie` or `sxm`.
        interface: String = 5,
        /// Memory of one device, such as `80Gi`.
        memory_size: String = 6,
    }

    /// GPU of one replica.
    Gpu "GPU" {
        /// Amount in bytes.
        quantity: ResourcePair = 1,
        /// Contact or hardware information.
        info: Vec<GpuInfo> = 2,
    }

    /// What a memory module is.
    MemoryInfo "MemoryInfo" {
        /// Vendor.
        vendor: String = 1,
        /// Type.
        r#type: String = 2,
        /// Size with unit.
        total_size: String = 3,
        /// Speed with unit.
        speed: String = 4,
    }

    /// Memory.
    Memory "Memory" {
        /// Amount in bytes.
        quantity: ResourcePair = 1,
        /// Contact or hardware information.
        info: Vec<MemoryInfo> = 2,
    }

    /// What a node can do.
    NodeCapabilities "NodeCapabilities" {
        /// Storage classes the node can attach.
        storage_classes: Vec<String> = 1,
    }

    /// Answer of `/akash.inventory.v1.NodeRPC/StreamNode`.
    Node "Node" {
        /// Name.
        name: String = 1,
        /// Resources.
        resources: NodeResources = 2,
        /// What the node can do.
        capabilities: NodeCapabilities = 3,
    }

    /// Installed, allocatable and allocated amount of a resource.
    ResourcePair "ResourcePair" {
        /// Amount that can be handed out.
        allocatable: Option<Quantity> = 1,
        /// Amount handed out.
        allocated: Option<Quantity> = 2,
        /// Attributes.
        attributes: Vec<Attribute> = 3,
        /// Amount installed.
        capacity: Option<Quantity> = 4,
    }

    /// Resources of a node.
    NodeResources "NodeResources" {
        /// CPU.
        cpu: Cpu = 1,
        /// Memory.
        memory: Memory = 2,
        /// GPU.
        gpu: Gpu = 3,
        /// Storage that lives as long as the node.
        ephemeral_storage: ResourcePair = 4,
        /// Volumes attached.
        volumes_attached: ResourcePair = 5,
        /// Volumes mounted.
        volumes_mounted: ResourcePair = 6,
    }

    /// What a storage class is.
    StorageInfo "StorageInfo" {
        /// Storage class.
        class: String = 1,
        /// I/O operations per second.
        iops: String = 2,
    }

    /// A volume.
    Storage "Storage" {
        /// Amount in bytes.
        quantity: ResourcePair = 1,
        /// Contact or hardware information.
        info: StorageInfo = 2,
    }
}
