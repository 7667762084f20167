//! A checked SDL and what it comes to.

use crate::Version;
use crate::diagnostic::{Collector, Diagnostic, Report, codes};
use crate::document::{self, Cursor, Document};
use crate::group::GroupSpec;
use crate::manifest::Manifest;
use crate::strict;
use crate::validate;
use crate::yaml;

/// An SDL that passed every rule, with its group specs, manifest and version hash.
///
/// ```
/// # let text = akash_sdl::EXAMPLE;
/// let sdl = akash_sdl::parse(text)?;
/// assert_eq!(sdl.groups().len(), 1);
/// assert_eq!(sdl.groups()[0].resources[0].count, 1);
/// assert_eq!(sdl.version(), sdl.manifest().version());
/// # Ok::<(), akash_sdl::diagnostic::Report>(())
/// ```
#[derive(Debug, Clone)]
pub struct Sdl {
    document: Document,
    groups: Vec<GroupSpec>,
    manifest: Manifest,
    canonical: String,
    version: Version,
    warnings: Vec<Diagnostic>,
}

impl Sdl {
    /// Reads and checks an SDL.
    ///
    /// # Errors
    /// A [`Report`] with everything that is wrong, if the chain's own SDL library refuses the text
    /// (or aborts on it).
    pub fn parse(text: impl AsRef<[u8]>) -> Result<Self, Report> {
        Self::parse_bytes(text.as_ref(), false)
    }

    /// Reads and checks an SDL, and refuses also what the published JSON schema of SDL refuses:
    /// unknown keys, numbers and flags where texts are wanted, other denoms than uact and uakt. The
    /// chain takes such documents, but clients that enforce the schema do not, and most of them
    /// mean something else than was meant.
    ///
    /// ```
    /// use akash_sdl::Sdl;
    ///
    /// let text = akash_sdl::EXAMPLE.replace("    image:", "    restart: always\n    image:");
    /// assert!(Sdl::parse(&text).is_ok());
    /// let report = Sdl::parse_strict(&text).unwrap_err();
    /// assert_eq!(report.errors().next().unwrap().path, "services.web.restart");
    /// ```
    ///
    /// # Errors
    /// A [`Report`] with everything that is wrong. What only the schema refuses is reported once
    /// everything else is right.
    pub fn parse_strict(text: impl AsRef<[u8]>) -> Result<Self, Report> {
        Self::parse_bytes(text.as_ref(), true)
    }

    fn parse_bytes(text: &[u8], strict: bool) -> Result<Self, Report> {
        let tree = match yaml::parse(text) {
            Ok(tree) => tree,
            Err(error) => return Err(malformed(&error)),
        };
        let mut cursor = Cursor::new(&tree);
        let document = document::read(&mut cursor);
        let mut outcome = validate::resolve(&document, cursor.into_noted());
        if strict && !outcome.found.has_errors() {
            outcome.found = strict::check(&tree, outcome.found);
        }
        let refused = outcome.found.has_errors();
        let diagnostics = outcome.found.finish(&tree);
        if refused {
            return Err(Report::new(diagnostics));
        }
        let canonical = outcome.manifest.to_canonical_json();
        let version = Version::of(canonical.as_bytes());
        Ok(Self {
            document,
            groups: outcome.groups,
            manifest: outcome.manifest,
            canonical,
            version,
            warnings: diagnostics,
        })
    }

    /// What was written.
    #[must_use]
    pub const fn document(&self) -> &Document {
        &self.document
    }

    /// Gives up the rest and hands over what was written, to change it and check it again by
    /// [`from_document`](Self::from_document).
    #[must_use]
    pub fn into_document(self) -> Document {
        self.document
    }

    /// The group specs, sorted by name: what a deployment is created with.
    #[must_use]
    pub fn groups(&self) -> &[GroupSpec] {
        &self.groups
    }

    /// The manifest: what is sent to providers.
    #[must_use]
    pub const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The canonical JSON of the manifest, whose hash is the version.
    #[must_use]
    pub fn canonical_json(&self) -> &str {
        &self.canonical
    }

    /// The version hash: the `hash` a deployment is created with.
    #[must_use]
    pub const fn version(&self) -> Version {
        self.version
    }

    /// The least notice before reclamation in nanoseconds, if one is asked for. It is a field of
    /// its own of deployment creation.
    #[must_use]
    pub fn reclamation_min_window(&self) -> Option<i64> {
        let reclamation = self.document.reclamation.as_ref()?;
        Some(reclamation.min_window.value)
    }

    /// What is surprising about the document though it was taken.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The same with other words about what is surprising.
    pub(crate) fn with_warnings(mut self, warnings: Vec<Diagnostic>) -> Self {
        self.warnings = warnings;
        self
    }

    /// Gives up the rest and hands over groups and manifest.
    #[must_use]
    pub fn into_parts(self) -> (Vec<GroupSpec>, Manifest) {
        (self.groups, self.manifest)
    }
}

impl core::str::FromStr for Sdl {
    type Err = Report;

    fn from_str(text: &str) -> Result<Self, Report> {
        Self::parse(text)
    }
}

/// The report about a text that is no YAML.
fn malformed(error: &yaml::Error) -> Report {
    let code = match error.kind() {
        yaml::ErrorKind::TooLarge { .. } | yaml::ErrorKind::TooDeep { .. } => codes::YAML_LIMIT,
        _ => codes::YAML_SYNTAX,
    };
    let mut found = Collector::default();
    found.error(code, error.span(), error.kind().to_string());
    Report::new(found.finish_at(error.position()))
}
