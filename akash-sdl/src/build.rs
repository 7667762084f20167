//! Making an SDL in code.

use crate::Sdl;
use crate::attribute::Attribute;
use crate::diagnostic::Report;
use crate::document::{
    ComputeProfile, ComputeResources, Credentials, Dialect, Document, Entries, Expose, HttpOptions,
    Language, Params, Placement, Price, Service, ServiceDeployment, Spanned, StorageMount, Target,
    Volume,
};
use crate::manifest::{List, Protocol};
use crate::num::DecCoin;
use crate::resource::{Bytes, Cpu, Gpu, MilliCpu};
use crate::yaml::Span;

fn at<T>(value: T) -> Spanned<T> {
    Spanned {
        value,
        span: Span::default(),
    }
}

fn text(value: impl Into<String>) -> Spanned<String> {
    at(value.into())
}

/// Puts services together to an SDL 2.1.
///
/// ```
/// use akash_sdl::build::{Builder, ServiceBuilder};
/// use akash_sdl::resource::{Bytes, MilliCpu};
///
/// let web = ServiceBuilder::new("web", "nginx:1.27", "1000uact".parse()?)
///     .cpu(MilliCpu(500))
///     .memory(Bytes(512 << 20))
///     .storage(Bytes(1 << 30))
///     .env("GREETING", "hello")
///     .expose_http(80);
/// let sdl = Builder::new().service("anywhere", web).build()?;
/// assert_eq!(sdl.groups()[0].name, "anywhere");
/// assert_eq!(sdl.manifest().groups[0].services[0].env[0], "GREETING=hello");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Builder {
    document: Document,
}

impl Default for Builder {
    fn default() -> Self {
        Self::new()
    }
}

impl Builder {
    /// An SDL without services.
    #[must_use]
    pub fn new() -> Self {
        Self {
            document: Document {
                language: Language {
                    text: text("2.1"),
                    dialect: Dialect::V2_1,
                },
                include: Vec::new(),
                services: Entries::default(),
                compute: Entries::default(),
                placement: Entries::default(),
                deployment: Entries::default(),
                endpoints: Entries::default(),
                reclamation: None,
            },
        }
    }

    /// Adds a service to a placement. Each service gets a compute profile of its own name.
    #[must_use]
    pub fn service(mut self, placement: &str, service: ServiceBuilder) -> Self {
        let name = service.name;
        let document = &mut self.document;
        let resources = Some(service.resources);
        document
            .compute
            .insert(text(&name), ComputeProfile { resources });
        let price = Price {
            span: Span::default(),
            denom_span: Span::default(),
            price: Some(service.price),
        };
        self.change(placement, |placement| {
            placement.pricing.insert(text(&name), price);
        });
        let mut placements = Entries::default();
        let deployment = ServiceDeployment {
            profile: text(&name),
            count: at(service.count),
        };
        placements.insert(text(placement), deployment);
        self.document.deployment.insert(text(&name), placements);
        self.document.services.insert(text(&name), service.service);
        self
    }

    /// Asks for providers with an attribute.
    #[must_use]
    pub fn attribute(mut self, placement: &str, key: &str, value: &str) -> Self {
        self.change(placement, |placement| {
            placement.attributes.insert(text(key), text(value));
        });
        self
    }

    /// Asks for providers whose attributes this auditor or another of its kind has signed.
    #[must_use]
    pub fn signed_by_any(mut self, placement: &str, auditor: &str) -> Self {
        self.change(placement, |placement| placement.any_of.push(text(auditor)));
        self
    }

    /// Asks for providers whose attributes this auditor has signed, beside all others of its kind.
    #[must_use]
    pub fn signed_by_all(mut self, placement: &str, auditor: &str) -> Self {
        self.change(placement, |placement| placement.all_of.push(text(auditor)));
        self
    }

    fn change(&mut self, name: &str, change: impl FnOnce(&mut Placement)) {
        let mut placement = self
            .document
            .placement
            .get(name)
            .cloned()
            .unwrap_or_default();
        change(&mut placement);
        self.document.placement.insert(text(name), placement);
    }

    /// The document as it stands, not checked.
    #[must_use]
    pub const fn document(&self) -> &Document {
        &self.document
    }

    /// The SDL as YAML text, not checked (feature `emit`).
    ///
    /// # Errors
    /// [`EmitError`](crate::emit::EmitError), if the library that writes YAML refuses.
    #[cfg(feature = "emit")]
    #[cfg_attr(docsrs, doc(cfg(feature = "emit")))]
    pub fn to_yaml(&self) -> Result<String, crate::emit::EmitError> {
        crate::emit::emit(&self.document)
    }

    /// The checked SDL.
    ///
    /// # Errors
    /// What is wrong; its places are those of [`Document::to_json`].
    pub fn build(&self) -> Result<Sdl, Report> {
        Sdl::parse(self.document.to_json())
    }
}

/// A service for a [`Builder`]: by default one replica with 1 CPU, 512 MiB of memory and 1 GiB of
/// storage that listens on nothing.
#[derive(Debug, Clone)]
pub struct ServiceBuilder {
    name: String,
    service: Service,
    resources: ComputeResources,
    price: DecCoin,
    count: u32,
}

impl ServiceBuilder {
    /// A service with its image and the most that is paid for a replica and block.
    #[must_use]
    pub fn new(name: impl Into<String>, image: impl Into<String>, price: DecCoin) -> Self {
        let cpu = Cpu {
            units: MilliCpu(1000),
            attributes: Vec::new(),
        };
        Self {
            name: name.into(),
            service: Service {
                image: text(image),
                command: List::NULL,
                args: List::NULL,
                env: List::NULL,
                expose: Vec::new(),
                dependencies: Vec::new(),
                params: None,
                credentials: None,
            },
            resources: ComputeResources {
                cpu: Some(at(cpu)),
                memory: Some(at(Bytes(512 << 20))),
                storage: vec![volume("default", Bytes(1 << 30), Vec::new())],
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

    /// CPU of a replica.
    #[must_use]
    pub fn cpu(mut self, units: MilliCpu) -> Self {
        let attributes = Vec::new();
        self.resources.cpu = Some(at(Cpu { units, attributes }));
        self
    }

    /// Memory of a replica.
    #[must_use]
    pub fn memory(mut self, size: Bytes) -> Self {
        self.resources.memory = Some(at(size));
        self
    }

    /// The volume that is lost with the container.
    #[must_use]
    pub fn storage(mut self, size: Bytes) -> Self {
        if let Some(first) = self.resources.storage.first_mut() {
            first.size = at(size);
        }
        self
    }

    /// A further volume that outlives the container, of a class such as `beta3`.
    #[must_use]
    pub fn volume(mut self, name: &str, size: Bytes, class: &str, mount: &str) -> Self {
        let attributes = vec![
            Attribute::new("class", class),
            Attribute::new("persistent", "true"),
        ];
        self.resources.storage.push(volume(name, size, attributes));
        let params = self.service.params.get_or_insert_with(|| Params {
            storage: None,
            permissions: None,
            tee: Spanned::default(),
        });
        let mount = StorageMount {
            mount: text(mount),
            read_only: at(false),
        };
        params
            .storage
            .get_or_insert_default()
            .insert(text(name), mount);
        self
    }

    /// GPUs of a replica and the nvidia models that will do, such as `a100`; any if there are none.
    #[must_use]
    pub fn gpu<'m>(mut self, units: u64, models: impl IntoIterator<Item = &'m str>) -> Self {
        let mut attributes: Vec<Attribute> = models
            .into_iter()
            .map(|model| Attribute::new(format!("vendor/nvidia/model/{model}"), "true"))
            .collect();
        if attributes.is_empty() {
            attributes.push(Attribute::new("vendor/nvidia/model/*", "true"));
        }
        self.resources.gpu = Some(at(Gpu { units, attributes }));
        self
    }

    /// Adds an environment variable.
    #[must_use]
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.service
            .env
            .make_mut()
            .push(text(format!("{name}={value}")));
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

    /// Sets the log-in for the image registry.
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

    /// Exposes a port to the internet through the provider's HTTP ingress.
    #[must_use]
    pub fn expose_http(self, port: u32) -> Self {
        self.expose(port, 80, &Protocol::Tcp, "", true)
    }

    /// Exposes a port to the internet on a port that the provider chooses.
    #[must_use]
    pub fn expose_global(self, port: u32, protocol: &Protocol) -> Self {
        self.expose(port, 0, protocol, "", true)
    }

    /// Exposes a port to another service of the same placement.
    #[must_use]
    pub fn expose_to(self, port: u32, service: &str) -> Self {
        self.expose(port, 0, &Protocol::Tcp, service, false)
    }

    fn expose(
        mut self,
        port: u32,
        external: u32,
        protocol: &Protocol,
        service: &str,
        global: bool,
    ) -> Self {
        self.service.expose.push(Expose {
            span: Span::default(),
            port: at(port),
            external_port: at(external),
            proto: text(protocol.as_str().to_ascii_lowercase()),
            accept: List::NULL,
            to: vec![Target {
                span: Span::default(),
                service: text(service),
                global: at(global),
                ip: Spanned::default(),
            }],
            http_options: HttpOptions::default(),
        });
        self
    }
}

fn volume(name: &str, size: Bytes, attributes: Vec<Attribute>) -> Volume {
    Volume {
        name: text(name),
        size: at(size),
        attributes,
    }
}
