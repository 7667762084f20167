//! Services.

use akash_gpu::{GpuKey, Vendor};

use super::compute::VolumeBuilder;
use super::expose::ExposeBuilder;
use super::text;
use crate::attribute::Attribute;
use crate::document::{ComputeResources, Credentials, Params, Service};
use crate::manifest::Protocol;
use crate::num::DecCoin;
use crate::order;
use crate::resource::{Bytes, Cpu, Gpu, MilliCpu};

/// A service for a [`Builder`](super::Builder): by default one replica with 1 CPU, 512 MiB of
/// memory and 1 GiB of storage that listens on nothing.
#[derive(Debug, Clone)]
pub struct ServiceBuilder {
    pub(super) name: String,
    pub(super) profile: Option<String>,
    pub(super) service: Service,
    pub(super) resources: ComputeResources,
    pub(super) price: DecCoin,
    pub(super) count: u32,
}

impl ServiceBuilder {
    /// A service with its image and the most that is paid for a replica and block.
    #[must_use]
    pub fn new(name: impl Into<String>, image: impl Into<String>, price: DecCoin) -> Self {
        let cpu = Cpu {
            units: MilliCpu(1000),
            attributes: Vec::new(),
        };
        let storage = VolumeBuilder::ephemeral("default", Bytes(1 << 30));
        Self {
            name: name.into(),
            profile: None,
            service: Service {
                image: text(image),
                ..Service::default()
            },
            resources: ComputeResources {
                cpu: Some(cpu.into()),
                memory: Some(Bytes(512 << 20).into()),
                storage: vec![storage.volume],
                gpu: None,
            },
            price,
            count: 1,
        }
    }

    /// How many replicas.
    #[must_use]
    pub const fn count(mut self, count: u32) -> Self {
        self.count = count;
        self
    }

    /// Names the compute profile. Services that name the same must need the same and pay the same;
    /// in SDL 2.1 those of one placement share a resource unit.
    #[must_use]
    pub fn profile(mut self, name: &str) -> Self {
        self.profile = Some(name.to_owned());
        self
    }

    /// CPU of a replica, from 10 to 384,000 thousandths.
    #[must_use]
    pub fn cpu(mut self, units: MilliCpu) -> Self {
        self.resources.cpu.get_or_insert_default().value.units = units;
        self
    }

    /// Asks for a CPU architecture such as `amd64`.
    #[must_use]
    pub fn cpu_arch(mut self, arch: &str) -> Self {
        let cpu = self.resources.cpu.get_or_insert_default();
        cpu.value.attributes = vec![Attribute::new("arch", arch)];
        self
    }

    /// Memory of a replica, from 1 MiB to 2 TiB.
    #[must_use]
    pub fn memory(mut self, size: Bytes) -> Self {
        self.resources.memory = Some(size.into());
        self
    }

    /// The size of the volume `default`, which is lost with the container.
    #[must_use]
    pub fn storage(mut self, size: Bytes) -> Self {
        if let Some(first) = self.resources.storage.first_mut() {
            first.size = size.into();
        }
        self
    }

    /// A further volume.
    #[must_use]
    pub fn volume(mut self, volume: VolumeBuilder) -> Self {
        if let Some(mount) = volume.mount {
            let mounts = self.params().storage.get_or_insert_default();
            mounts.insert(&volume.volume.name.value, mount);
        }
        self.resources.storage.push(volume.volume);
        self
    }

    /// Replaces all volumes, the first one included.
    #[must_use]
    pub fn volumes(mut self, volumes: impl IntoIterator<Item = VolumeBuilder>) -> Self {
        self.resources.storage.clear();
        volumes.into_iter().fold(self, Self::volume)
    }

    /// GPUs of a replica and the nvidia models that will do, such as `a100` or
    /// `h100/ram/80Gi/interface/sxm`; any if there are none.
    #[must_use]
    pub fn gpu<'m>(self, units: u64, models: impl IntoIterator<Item = &'m str>) -> Self {
        let models = models.into_iter();
        self.gpu_attributes(
            units,
            models.map(|model| format!("vendor/nvidia/model/{model}")),
        )
    }

    /// GPUs of a replica and the cards that will do; any of nvidia's if there are none. An SDL can
    /// ask for nvidia's cards only: others are refused by
    /// [`Builder::build`](super::Builder::build).
    ///
    /// ```
    /// use akash_gpu::{GpuKey, Interface, MemorySize, Vendor};
    /// use akash_sdl::build::{Builder, ServiceBuilder};
    ///
    /// let card = GpuKey::new(Vendor::Nvidia, "h100")
    ///     .with_ram(MemorySize::from_gib(80))
    ///     .with_interface(Interface::Sxm);
    /// let llm = ServiceBuilder::new("llm", "vllm/vllm-openai:v0.11.0", "50000uact".parse()?)
    ///     .gpu_keys(1, [card])
    ///     .expose_http(8000);
    /// let sdl = Builder::new().service("anywhere", llm).build()?;
    /// let gpu = &sdl.groups()[0].resources[0].resources.gpu;
    /// assert_eq!(gpu.attributes[0].key, "vendor/nvidia/model/h100/ram/80Gi/interface/sxm");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn gpu_keys(self, units: u64, cards: impl IntoIterator<Item = GpuKey>) -> Self {
        self.gpu_attributes(units, cards.into_iter().map(|card| card.to_string()))
    }

    fn gpu_attributes(mut self, units: u64, keys: impl Iterator<Item = String>) -> Self {
        let mut attributes: Vec<Attribute> = keys.map(|key| Attribute::new(key, "true")).collect();
        if attributes.is_empty() {
            let any = GpuKey::any(Vendor::Nvidia).to_string();
            attributes.push(Attribute::new(any, "true"));
        }
        order::sort(&mut attributes, |a, b| a.key < b.key);
        self.resources.gpu = Some(Gpu { units, attributes }.into());
        self
    }

    /// Adds an environment variable.
    #[must_use]
    pub fn env(self, name: &str, value: &str) -> Self {
        self.env_name(&format!("{name}={value}"))
    }

    /// Adds an environment variable without a value.
    #[must_use]
    pub fn env_name(mut self, name: &str) -> Self {
        self.service.env.make_mut().push(text(name));
        self
    }

    /// Replaces the entry point of the image.
    #[must_use]
    pub fn command<'c>(mut self, command: impl IntoIterator<Item = &'c str>) -> Self {
        self.service.command = command.into_iter().map(text).collect();
        self
    }

    /// Sets the arguments of the entry point.
    #[must_use]
    pub fn args<'c>(mut self, args: impl IntoIterator<Item = &'c str>) -> Self {
        self.service.args = args.into_iter().map(text).collect();
        self
    }

    /// Sets the log-in for the image registry. SDL 2.0 drops the e-mail address.
    #[must_use]
    pub fn credentials(mut self, host: &str, email: &str, username: &str, password: &str) -> Self {
        self.service.credentials = Some(Credentials {
            host: text(host),
            email: text(email),
            username: text(username),
            password: text(password),
        });
        self
    }

    /// Names a service it depends on, which is read and otherwise ignored.
    #[must_use]
    pub fn depends_on(mut self, service: &str) -> Self {
        self.service.dependencies.push(text(service));
        self
    }

    /// What the workload may read through the provider.
    #[must_use]
    pub fn permissions(mut self, read: impl IntoIterator<Item = Permission>) -> Self {
        let read = read.into_iter().map(|permission| text(permission.as_str()));
        self.params().permissions = Some(read.collect());
        self
    }

    /// Runs in a trusted execution environment. All services of a placement that ask for one must
    /// ask for the same.
    #[must_use]
    pub fn tee(mut self, tee: Tee) -> Self {
        self.params().tee = text(tee.as_str());
        self
    }

    fn params(&mut self) -> &mut Params {
        self.service.params.get_or_insert_default()
    }

    /// Exposes a port.
    #[must_use]
    pub fn expose(mut self, port: ExposeBuilder) -> Self {
        self.service.expose.push(port.expose);
        self
    }

    /// Exposes a port to the internet through the provider's HTTP ingress.
    #[must_use]
    pub fn expose_http(self, port: u32) -> Self {
        self.expose(ExposeBuilder::new(port).external(80).to_global())
    }

    /// Exposes a port to the internet on a port that the provider chooses.
    #[must_use]
    pub fn expose_global(self, port: u32, protocol: &Protocol) -> Self {
        self.expose(ExposeBuilder::new(port).protocol(protocol).to_global())
    }

    /// Exposes a port to another service of the same placement.
    #[must_use]
    pub fn expose_to(self, port: u32, service: &str) -> Self {
        self.expose(ExposeBuilder::new(port).to_service(service))
    }
}

/// What a workload may read through its provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Its deployment.
    Deployment,
    /// Its logs.
    Logs,
    /// Its events.
    Events,
}

impl Permission {
    /// The word of the SDL.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Deployment => "deployment",
            Self::Logs => "logs",
            Self::Events => "events",
        }
    }
}

/// A trusted execution environment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tee {
    /// Of the CPU.
    Cpu,
    /// Of the CPU and of the GPU, which must be asked for.
    CpuGpu,
}

impl Tee {
    /// The word of the SDL.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::CpuGpu => "cpu-gpu",
        }
    }
}
