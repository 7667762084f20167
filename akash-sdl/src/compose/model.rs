//! What an SDL takes from a compose file.

use std::collections::BTreeSet;

use super::item::Place;
use crate::resource::{Bytes, MilliCpu};

/// A service to be deployed.
#[derive(Debug)]
pub(super) struct Service {
    /// Name in the compose file.
    pub(super) key: String,
    /// Name in the SDL.
    pub(super) name: String,
    pub(super) place: Place,
    pub(super) image: String,
    /// Replaces the entry point of the image.
    pub(super) command: Option<Vec<String>>,
    /// Replaces the arguments of the image.
    pub(super) args: Option<Vec<String>>,
    pub(super) env: Vec<(String, String)>,
    pub(super) ports: Vec<Port>,
    /// Ports for other services.
    pub(super) inside: BTreeSet<(u16, Transport)>,
    /// Services in the compose file that it names under `depends_on` and `links`.
    pub(super) depends: BTreeSet<String>,
    pub(super) networks: BTreeSet<String>,
    pub(super) mounts: Vec<Mount>,
    pub(super) resources: Resources,
    pub(super) count: u32,
}

/// A published port.
#[derive(Debug, Clone)]
pub(super) struct Port {
    pub(super) place: Place,
    /// Port of the host, if one is named.
    pub(super) outside: Option<u16>,
    /// Port in the container.
    pub(super) inside: u16,
    pub(super) transport: Transport,
    /// Whether `app_protocol` says HTTP.
    pub(super) http: bool,
    /// Whether it is bound to the loopback interface.
    pub(super) local: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Transport {
    Tcp,
    Udp,
}

/// A volume and where it is mounted.
#[derive(Debug, Clone)]
pub(super) struct Mount {
    pub(super) place: Place,
    /// Name in the compose file, of named volumes.
    pub(super) source: Option<String>,
    pub(super) size: Bytes,
    pub(super) kind: MountKind,
    pub(super) target: String,
    pub(super) read_only: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MountKind {
    /// Outlives the container.
    Persistent,
    /// In memory.
    Ram,
}

/// What a replica needs.
#[derive(Debug, Clone)]
pub(super) struct Resources {
    pub(super) cpu: MilliCpu,
    pub(super) arch: Option<&'static str>,
    pub(super) memory: Bytes,
    pub(super) gpus: u64,
}
