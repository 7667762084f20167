//! Making an SDL in code.
//!
//! A [`Builder`] puts services, placements and the rest together; what [`Builder::build`] gives has
//! passed every rule that a text must pass. A [`Document`] that was read and changed comes back to
//! an [`Sdl`] by [`Sdl::from_document`].

mod check;
mod compute;
mod expose;
mod placement;
mod service;

pub use check::BuildError;
pub use compute::{StorageClass, VolumeBuilder};
pub use expose::{ExposeBuilder, HttpOptionsBuilder, NextCase};
pub use placement::PlacementBuilder;
pub use service::{Permission, ServiceBuilder, Tee};

use core::time::Duration;

use crate::Sdl;
use crate::document::{
    ComputeProfile, Dialect, Document, Entries, IpEndpoint, Reclamation, ServiceDeployment, Spanned,
};
use crate::num::DecCoin;

fn text(value: impl Into<String>) -> Spanned<String> {
    value.into().into()
}

/// Puts services together to an SDL.
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
    /// The first thing that was asked for and cannot be.
    problem: Option<BuildError>,
}

impl Default for Builder {
    fn default() -> Self {
        Self::new()
    }
}

impl Builder {
    /// An SDL 2.1 without services.
    #[must_use]
    pub fn new() -> Self {
        Self {
            document: Document::new(Dialect::V2_1),
            problem: None,
        }
    }

    /// Selects the version of the language.
    #[must_use]
    pub fn dialect(mut self, dialect: Dialect) -> Self {
        self.document.language = dialect.into();
        self
    }

    /// Adds a service and deploys it to a placement, which is made if it is not there.
    ///
    /// The service's compute profile has its own name, or that of
    /// [`ServiceBuilder::profile`].
    #[must_use]
    pub fn service(mut self, placement: &str, service: ServiceBuilder) -> Self {
        let document = &mut self.document;
        let name = service.name;
        let profile = service.profile.unwrap_or_else(|| name.clone());
        if document.services.get(&name).is_some() {
            self.note(BuildError::ServiceTwice { service: name });
            return self;
        }
        let compute = ComputeProfile {
            resources: Some(service.resources),
        };
        let conflict = document
            .compute
            .get(&profile)
            .is_some_and(|there| *there != compute);
        document.compute.insert(&profile, compute);
        document.services.insert(&name, service.service);
        if conflict {
            let profile = profile.clone();
            self.note(BuildError::ProfileConflict { profile });
        }
        self.placed(placement, &name, &profile, service.price, service.count)
    }

    /// Deploys a service that was added before to one more placement.
    ///
    /// ```
    /// use akash_sdl::build::{Builder, ServiceBuilder};
    ///
    /// let price = || "1000uact".parse();
    /// let sdl = Builder::new()
    ///     .service("east", ServiceBuilder::new("web", "nginx:1.27", price()?).expose_http(80))
    ///     .deploy("west", "web", price()?, 2)
    ///     .build()?;
    /// assert_eq!(sdl.groups().len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn deploy(mut self, placement: &str, service: &str, price: DecCoin, count: u32) -> Self {
        let deployed = self.document.deployment.get(service);
        let first = deployed.and_then(|placements| placements.iter().next());
        let Some(profile) = first.map(|entry| entry.value.profile.value.clone()) else {
            let service = service.to_owned();
            self.note(BuildError::ServiceUnknown { service });
            return self;
        };
        self.placed(placement, service, &profile, price, count)
    }

    fn placed(
        mut self,
        placement: &str,
        service: &str,
        profile: &str,
        price: DecCoin,
        count: u32,
    ) -> Self {
        let price = price.into();
        let mut before = None;
        self.change(placement, |placement| {
            before = placement.pricing.insert(profile, price);
        });
        let now = self.document.placement.get(placement);
        if before.is_some() && before.as_ref() != now.and_then(|now| now.pricing.get(profile)) {
            self.note(BuildError::PriceConflict {
                placement: placement.to_owned(),
                profile: profile.to_owned(),
            });
        }
        let deployment = ServiceDeployment {
            profile: text(profile),
            count: count.into(),
        };
        let deployments = &mut self.document.deployment;
        match deployments.get_mut(service) {
            Some(placements) => {
                placements.insert(placement, deployment);
            }
            None => {
                let mut placements = Entries::default();
                placements.insert(placement, deployment);
                deployments.insert(service, placements);
            }
        }
        self
    }

    /// Says what a placement asks of its providers. Prices that were set by adding services stay.
    ///
    /// ```
    /// use akash_sdl::build::{Builder, PlacementBuilder, ServiceBuilder};
    ///
    /// let web = ServiceBuilder::new("web", "nginx:1.27", "1000uact".parse()?).expose_http(80);
    /// let asked = PlacementBuilder::new().attribute("region", "us-west").signed_by_any("akash1auditor");
    /// let sdl = Builder::new().service("west", web).placement("west", asked).build()?;
    /// assert_eq!(sdl.groups()[0].requirements.attributes[0].value, "us-west");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn placement(mut self, name: &str, asked: PlacementBuilder) -> Self {
        self.change(name, |placement| {
            let pricing = core::mem::take(&mut placement.pricing);
            *placement = asked.placement;
            placement.pricing = pricing;
        });
        self
    }

    /// Asks for providers with an attribute.
    #[must_use]
    pub fn attribute(mut self, placement: &str, key: &str, value: &str) -> Self {
        self.change(placement, |placement| {
            placement.attributes.insert(key, text(value));
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

    /// Declares a leased IP address, for [`ExposeBuilder::to_ip`]. Each must be used.
    #[must_use]
    pub fn ip_endpoint(mut self, name: &str) -> Self {
        let kind = text("ip");
        self.document.endpoints.insert(name, IpEndpoint { kind });
        self
    }

    /// Asks for this notice before a provider reclaims the resources, above 0; at most 292 years,
    /// what is longer counts as that. The chain further bounds it by its parameters.
    #[must_use]
    pub fn reclamation(mut self, min_window: Duration) -> Self {
        let window = i64::try_from(min_window.as_nanos()).unwrap_or(i64::MAX);
        self.document.reclamation = Some(Reclamation {
            min_window: window.into(),
        });
        self
    }

    /// Adds to `include`, which is read and otherwise ignored.
    #[must_use]
    pub fn include(mut self, path: &str) -> Self {
        self.document.include.push(text(path));
        self
    }

    fn change(&mut self, name: &str, change: impl FnOnce(&mut crate::document::Placement)) {
        let placements = &mut self.document.placement;
        if let Some(placement) = placements.get_mut(name) {
            change(placement);
            return;
        }
        let mut placement = crate::document::Placement::default();
        change(&mut placement);
        placements.insert(name, placement);
    }

    fn note(&mut self, problem: BuildError) {
        self.problem.get_or_insert(problem);
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
    /// What was asked for and cannot be, or everything that is wrong with the document: see
    /// [`BuildError`].
    pub fn build(&self) -> Result<Sdl, BuildError> {
        match &self.problem {
            Some(problem) => Err(problem.clone()),
            None => Sdl::from_document(self.document.clone()),
        }
    }
}
