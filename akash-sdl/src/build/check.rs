//! From a document that was made or changed in code to a checked one.

use crate::Sdl;
use crate::diagnostic::Report;
use crate::document::{Document, Entries};
use crate::order;

/// Why no SDL could be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The document breaks rules. Paths say where; spans, lines and columns are those of the text
    /// that [`Document::to_json`] writes.
    #[error("the document is not valid: {0}")]
    Refused(#[source] Report),
    /// The document holds what an SDL text cannot say.
    #[error("an SDL cannot say what stands at {path}: written and read again it is something else")]
    NotKept {
        /// Where, such as `profiles.compute.web`.
        path: String,
    },
    /// Two services were added under one name.
    #[error("a service {service:?} was added before; give each its own name")]
    ServiceTwice {
        /// The name.
        service: String,
    },
    /// A service that was not added was to be deployed.
    #[error("no service {service:?} was added; add it before it is deployed once more")]
    ServiceUnknown {
        /// The name.
        service: String,
    },
    /// Two services name the same compute profile but need different things.
    #[error(
        "services that share the compute profile {profile:?} need different resources; \
         let them need the same, or give each its own profile"
    )]
    ProfileConflict {
        /// The profile.
        profile: String,
    },
    /// Two services of a placement name the same compute profile but pay different prices.
    #[error(
        "services that share the compute profile {profile:?} pay different prices in placement \
         {placement:?}; let them pay the same, or give each its own profile"
    )]
    PriceConflict {
        /// The placement.
        placement: String,
        /// The profile.
        profile: String,
    },
}

impl Sdl {
    /// Checks a document that was made or changed in code, by every rule a text must pass.
    ///
    /// The spans of the document that comes back are those of [`Document::to_json`].
    ///
    /// ```
    /// use akash_sdl::{Sdl, build::BuildError};
    ///
    /// let mut document = akash_sdl::parse(akash_sdl::EXAMPLE)?.into_document();
    /// document.services.get_mut("web").unwrap().expose[0].port = 70_000.into();
    /// let Err(BuildError::Refused(report)) = Sdl::from_document(document) else { panic!() };
    /// assert_eq!(report.errors().next().unwrap().path, "services.web.expose[0].port");
    /// # Ok::<(), akash_sdl::Report>(())
    /// ```
    ///
    /// # Errors
    /// [`BuildError::Refused`] with everything that is wrong, or [`BuildError::NotKept`].
    pub fn from_document(mut document: Document) -> Result<Self, BuildError> {
        normalize(&mut document);
        let sdl = Self::parse(document.to_json()).map_err(BuildError::Refused)?;
        match first_difference(&document, sdl.document()) {
            None => Ok(sdl),
            Some(path) => Err(BuildError::NotKept { path }),
        }
    }
}

/// Sorts what reading sorts.
fn normalize(document: &mut Document) {
    for (_, profile) in document.compute.iter_mut() {
        let Some(resources) = &mut profile.resources else {
            continue;
        };
        if let Some(gpu) = &mut resources.gpu {
            order::sort(&mut gpu.value.attributes, |a, b| a.key < b.key);
        }
        for volume in &mut resources.storage {
            volume.attributes.sort();
        }
    }
}

fn first_difference(wanted: &Document, read: &Document) -> Option<String> {
    if wanted == read {
        return None;
    }
    let plain = [
        ("version", wanted.language == read.language),
        ("include", wanted.include == read.include),
        ("reclamation", wanted.reclamation == read.reclamation),
    ];
    plain
        .into_iter()
        .find(|(_, same)| !same)
        .map(|(section, _)| section.to_owned())
        .or_else(|| entry("services", &wanted.services, &read.services))
        .or_else(|| entry("profiles.compute", &wanted.compute, &read.compute))
        .or_else(|| entry("profiles.placement", &wanted.placement, &read.placement))
        .or_else(|| entry("deployment", &wanted.deployment, &read.deployment))
        .or_else(|| entry("endpoints", &wanted.endpoints, &read.endpoints))
}

fn entry<T: PartialEq>(section: &str, wanted: &Entries<T>, read: &Entries<T>) -> Option<String> {
    let found = wanted
        .iter()
        .find(|entry| read.get(&entry.name) != Some(&entry.value))?;
    Some(format!("{section}.{}", found.name.value))
}
