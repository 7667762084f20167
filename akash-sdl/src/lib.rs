//! The Akash Stack Definition Language, exact: SDL text to groups, manifest and version hash.
//!
//! [`parse`] gives what the chain's own library gives, down to the last byte of the version hash,
//! or a [`Report`] of everything that is wrong.
//!
//! ```
//! let sdl = akash_sdl::parse(akash_sdl::EXAMPLE)?;
//! assert_eq!(sdl.groups()[0].name, "anywhere");
//! assert_eq!(sdl.manifest().groups[0].services[0].image, "nginx:1.27");
//! println!("{}", sdl.version());
//!
//! let report = akash_sdl::parse(akash_sdl::EXAMPLE.replace("512Mi", "512mi")).unwrap_err();
//! let error = report.errors().next().unwrap();
//! assert_eq!(error.path, "profiles.compute.small.resources.memory.size");
//! assert_eq!(error.suggestion.as_ref().unwrap().replacement, "512Mi");
//! # Ok::<(), akash_sdl::diagnostic::Report>(())
//! ```
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

pub mod attribute;
pub mod build;
pub mod canonical;
pub mod compare;
#[cfg(feature = "compose")]
#[cfg_attr(docsrs, doc(cfg(feature = "compose")))]
pub mod compose;
pub mod diagnostic;
pub mod document;
pub mod edit;
#[cfg(feature = "emit")]
#[cfg_attr(docsrs, doc(cfg(feature = "emit")))]
pub mod emit;
pub mod group;
pub mod manifest;
pub mod num;
mod order;
mod quote;
pub mod resource;
pub mod schema;
mod sdl;
mod strict;
mod syntax;
pub mod template;
mod tree;
pub mod unit;
mod validate;
mod version;
pub mod yaml;

pub use diagnostic::Report;
pub use manifest::Manifest;
pub use sdl::Sdl;
pub use version::{Version, VersionError};

/// Reads and checks an SDL: [`Sdl::parse`].
///
/// # Errors
/// Everything that is wrong with the text.
pub fn parse(text: impl AsRef<[u8]>) -> Result<Sdl, Report> {
    Sdl::parse(text)
}

/// A small SDL to try things with: a web server on any provider.
pub const EXAMPLE: &str = r#"version: "2.0"
services:
  web:
    image: nginx:1.27
    expose:
      - port: 80
        to:
          - global: true
profiles:
  compute:
    small:
      resources:
        cpu:
          units: 0.5
        memory:
          size: 512Mi
        storage:
          size: 1Gi
  placement:
    anywhere:
      pricing:
        small:
          denom: uact
          amount: 1000
deployment:
  web:
    anywhere:
      profile: small
      count: 1
"#;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
