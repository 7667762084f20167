//! The typed SDL document, versions 2.0 and 2.1: what was written, with spans, before any of it is
//! put together.
//!
//! Reading follows the chain's own SDL library (chain-sdk `go/sdl`) down to what it ignores.

mod compute;
mod cursor;
mod deployment;
mod endpoint;
mod entries;
mod expose;
mod gpu;
mod language;
mod params;
mod placement;
mod read;
mod reclamation;
mod service;
mod storage;

pub use compute::{ComputeProfile, ComputeResources};
pub use deployment::ServiceDeployment;
pub use endpoint::IpEndpoint;
pub use entries::{Entries, Named, Spanned};
pub use expose::{Expose, HttpOptions, Target};
pub use language::{Dialect, Language};
pub use params::{Credentials, Params, StorageMount};
pub use placement::{Placement, Price};
pub use reclamation::Reclamation;
pub use service::Service;
pub use storage::Volume;

pub(crate) use cursor::{Cursor, Models, Noted};
pub(crate) use read::read;

use crate::tree::Node;

/// A whole SDL document. Two are equal if they say the same, wherever it stands.
///
/// Change one that was read, or make one from nothing, then check it and write it:
///
/// ```
/// use akash_sdl::Sdl;
///
/// let mut document = akash_sdl::parse(akash_sdl::EXAMPLE)?.into_document();
/// document.deployment.get_mut("web").unwrap().get_mut("anywhere").unwrap().count = 3.into();
/// let sdl = Sdl::from_document(document)?;
/// assert_eq!(sdl.groups()[0].resources[0].count, 3);
/// assert_eq!(Sdl::parse(sdl.document().to_json())?.document(), sdl.document());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The version of the language it says it is written in.
    pub language: Language,
    /// `include`: read and otherwise ignored.
    pub include: Vec<Spanned<String>>,
    /// `services`
    pub services: Entries<Service>,
    /// `profiles.compute`
    pub compute: Entries<ComputeProfile>,
    /// `profiles.placement`
    pub placement: Entries<Placement>,
    /// `deployment`: for each service, the placements it is deployed to.
    pub deployment: Entries<Entries<ServiceDeployment>>,
    /// `endpoints`: leased IP addresses.
    pub endpoints: Entries<IpEndpoint>,
    /// `reclamation`
    pub reclamation: Option<Reclamation>,
}

impl Document {
    /// A document that holds nothing but its version.
    #[must_use]
    pub fn new(dialect: Dialect) -> Self {
        Self {
            language: dialect.into(),
            include: Vec::new(),
            services: Entries::default(),
            compute: Entries::default(),
            placement: Entries::default(),
            deployment: Entries::default(),
            endpoints: Entries::default(),
            reclamation: None,
        }
    }

    /// The document as one line of JSON, which is an SDL text too: reading it gives the same
    /// document. It is not checked.
    ///
    /// ```
    /// let sdl = akash_sdl::parse(akash_sdl::EXAMPLE)?;
    /// let json = sdl.document().to_json();
    /// assert!(json.starts_with(r#"{"version": "2.0", "services": {"web": {"image": "nginx:1.27","#));
    /// assert_eq!(akash_sdl::parse(&json)?.version(), sdl.version());
    /// # Ok::<(), akash_sdl::Report>(())
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        Node::document(self).to_json()
    }
}
