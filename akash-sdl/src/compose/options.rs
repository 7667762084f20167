//! What a compose file does not say and an SDL needs.

use std::collections::{BTreeMap, BTreeSet};

use crate::num::DecCoin;
use crate::resource::{Bytes, MilliCpu};

/// Which of the published ports the internet may reach.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Published {
    /// All under `ports`, but those bound to the loopback interface.
    #[default]
    All,
    /// These, by name of the service in the compose file and port in the container, published there
    /// or not. The others stay inside the deployment.
    Only(BTreeSet<(String, u16)>),
}

/// What a compose file does not say and an SDL needs, such as prices; and what surrounds the file,
/// such as the environment.
///
/// ```
/// use akash_sdl::compose::Options;
/// use akash_sdl::resource::Bytes;
///
/// let mut options = Options::new("1000uact".parse()?);
/// options.environment.insert("TAG".to_owned(), "1.27".to_owned());
/// options.attributes.insert("region".to_owned(), "us-west".to_owned());
/// options.memory = Bytes(1 << 30);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// The most that is paid for a replica and block of any service.
    pub price: DecCoin,
    /// Other prices, by name of the service in the compose file.
    pub prices: BTreeMap<String, DecCoin>,
    /// Variables for `${NAME}` and for environment entries without a value.
    pub environment: BTreeMap<String, String>,
    /// Texts of environment files, by path as written under `env_file`.
    pub files: BTreeMap<String, String>,
    /// Active profiles; services with other profiles only are left out.
    pub profiles: BTreeSet<String>,
    /// Name of the project if the file has none: part of the names of images that are built.
    pub project: String,
    /// Where images that are built will be, such as `ghcr.io/me`; without, the bare name.
    pub registry: Option<String>,
    /// Images in place of those in the file, by name of the service there.
    pub images: BTreeMap<String, String>,
    /// CPU of services without a limit. 0.5 by default.
    pub cpu: MilliCpu,
    /// Memory of services without a limit. 512 MiB by default.
    pub memory: Bytes,
    /// Storage of each container, lost with it. 1 GiB by default.
    pub storage: Bytes,
    /// Size of a named volume. 10 GiB by default.
    pub volume: Bytes,
    /// Other sizes, by name of the volume in the compose file.
    pub volumes: BTreeMap<String, Bytes>,
    /// Storage class of named volumes. `beta3` by default.
    pub volume_class: String,
    /// GPU models that will do, such as `a100`; any of nvidia's if empty.
    pub gpu_models: Vec<String>,
    /// Name of the placement. `akash` by default.
    pub placement: String,
    /// Attributes that the provider must have, such as a `region`.
    pub attributes: BTreeMap<String, String>,
    /// Auditors one of whom must have signed the provider's attributes.
    pub signed_by_any: Vec<String>,
    /// Which ports the internet may reach.
    pub published: Published,
    /// Name of a leased IP address. With it, ports keep their numbers and none goes through HTTP ingress.
    pub leased_ip: Option<String>,
}

impl Options {
    /// The defaults, and the most that is paid for a replica and block.
    #[must_use]
    pub fn new(price: DecCoin) -> Self {
        Self {
            price,
            prices: BTreeMap::new(),
            environment: BTreeMap::new(),
            files: BTreeMap::new(),
            profiles: BTreeSet::new(),
            project: "app".to_owned(),
            registry: None,
            images: BTreeMap::new(),
            cpu: MilliCpu(500),
            memory: Bytes(512 << 20),
            storage: Bytes(1 << 30),
            volume: Bytes(10 << 30),
            volumes: BTreeMap::new(),
            volume_class: "beta3".to_owned(),
            gpu_models: Vec::new(),
            placement: "akash".to_owned(),
            attributes: BTreeMap::new(),
            signed_by_any: Vec::new(),
            published: Published::All,
            leased_ip: None,
        }
    }
}
