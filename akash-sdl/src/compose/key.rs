//! Keys of a service that an SDL has nothing for.

use super::loss::LossCode;

/// What is said of a key; none for keys that are read, or that lose nothing.
pub(super) fn lost(key: &str) -> Option<(LossCode, &'static str)> {
    Some(match key {
        "privileged" => (
            LossCode::Privilege,
            "containers are never privileged on Akash",
        ),
        "cap_add" | "device_cgroup_rules" => (
            LossCode::Privilege,
            "containers get no further capabilities on Akash",
        ),
        "cap_drop" | "security_opt" | "userns_mode" | "cgroup" | "cgroup_parent" => (
            LossCode::Privilege,
            "the provider sets the security of containers",
        ),
        "devices" => (
            LossCode::Device,
            "devices of the host are not there on Akash; GPUs are reserved",
        ),
        "pid" | "ipc" | "uts" | "isolation" => (
            LossCode::Privilege,
            "containers have name spaces of their own on Akash",
        ),
        "sysctls" | "ulimits" | "storage_opt" | "oom_kill_disable" | "oom_score_adj"
        | "blkio_config" | "cpu_count" | "cpu_percent" | "cpu_period" | "cpu_quota"
        | "cpu_rt_period" | "cpu_rt_runtime" | "cpu_shares" | "cpuset" | "mem_swappiness"
        | "memswap_limit" | "pids_limit" => (
            LossCode::ResourceSetting,
            "the provider sets the limits of the kernel: an SDL has CPU, memory, storage and GPUs",
        ),
        "container_name" | "hostname" | "domainname" => (
            LossCode::Alias,
            "services find each other by the names of services only",
        ),
        "links" => (
            LossCode::Alias,
            "services find each other by the names of services only",
        ),
        "external_links" | "extra_hosts" | "dns" | "dns_opt" | "dns_search" => (
            LossCode::NameResolution,
            "the provider resolves names: entries of one's own are not possible",
        ),
        "mac_address" => (LossCode::NetworkSetting, "the provider sets addresses"),
        "logging" => (
            LossCode::Metadata,
            "the provider keeps the logs: read them with a client, or send them away in the container",
        ),
        "labels" | "label_file" | "annotations" => (
            LossCode::Metadata,
            "nothing reads labels on Akash; what a proxy or tool reads from them must be set elsewhere",
        ),
        "stop_signal" | "stop_grace_period" | "init" | "post_start" | "pre_stop" => (
            LossCode::Lifecycle,
            "the provider stops containers in its own way",
        ),
        "user" | "group_add" => (
            LossCode::ProcessSetting,
            "the user is the image's: set it there",
        ),
        "working_dir" => (
            LossCode::ProcessSetting,
            "the working directory is the image's: set it there, or change it in the command",
        ),
        "read_only" => (
            LossCode::ProcessSetting,
            "the file system of a container is writable on Akash",
        ),
        "tty" | "stdin_open" | "attach" | "develop" => (
            LossCode::Interactive,
            "a deployment has no terminal and no watched sources",
        ),
        "pull_policy" | "pull_refresh_after" | "credential_spec" | "provider" | "models"
        | "use_api_socket" => (
            LossCode::Engine,
            "this is the container engine's, and the provider's on Akash",
        ),
        "volumes_from" => (
            LossCode::VolumeShared,
            "volumes of other services cannot be mounted: each service has its own",
        ),
        "secrets" | "configs" => return None,
        _ => return None,
    })
}

/// Keys that are read elsewhere, or whose absence changes nothing.
pub(super) fn is_read(key: &str) -> bool {
    key.starts_with("x-")
        || matches!(
            key,
            "build"
                | "command"
                | "configs"
                | "cpus"
                | "depends_on"
                | "deploy"
                | "entrypoint"
                | "env_file"
                | "environment"
                | "expose"
                | "extends"
                | "gpus"
                | "healthcheck"
                | "image"
                | "mem_limit"
                | "mem_reservation"
                | "network_mode"
                | "networks"
                | "platform"
                | "ports"
                | "profiles"
                | "restart"
                | "runtime"
                | "scale"
                | "secrets"
                | "shm_size"
                | "tmpfs"
                | "volumes"
        )
}
