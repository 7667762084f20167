//! From a Docker Compose file to an SDL (feature `compose`).
//!
//! What a compose file says is kept where Akash has it; the rest is told, each with a code, its place
//! and a sentence. The SDL is checked before it is given back.
//!
//! ```
//! use akash_sdl::compose::{self, LossCode, Options};
//!
//! let compose = r#"
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports: ["8080:80"]
//!     volumes: ["./site:/usr/share/nginx/html:ro"]
//! "#;
//! let import = compose::import(compose, &Options::new("1000uact".parse()?))?;
//! assert_eq!(import.sdl().manifest().groups[0].services[0].image, "nginx:1.27");
//! let lost: Vec<_> = import.losses().iter().map(|loss| (loss.code, loss.path.as_str())).collect();
//! assert_eq!(lost, [
//!     (LossCode::ResourcesAssumed, "services.web"),
//!     (LossCode::HostPort, "services.web.ports[0]"),
//!     (LossCode::BindMount, "services.web.volumes[0]"),
//! ]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Reading follows the Compose Specification and its reference, compose-go: anchors and merge keys,
//! `x-` extensions, `${VAR:-default}` from a given environment, short and long forms, `extends` inside
//! the file, profiles. Files that a compose file names are not read; environment files can be given.

mod command;
mod dotenv;
mod environment;
mod exposure;
mod extends;
mod go_format;
mod gpu;
mod images;
mod interpolate;
mod item;
mod key;
mod loss;
mod merge;
mod model;
mod name;
mod network;
mod options;
mod port;
mod reader;
mod resources;
mod service;
mod size;
mod volume;
mod words;
mod write;

pub use dotenv::EnvironmentError;
pub use loss::{Loss, LossCode, LossKind};
pub use options::{Options, Published};

use std::collections::BTreeMap;

use crate::diagnostic::Report;
use crate::{Sdl, yaml};
use item::{At, Item};
use loss::{Notes, Source};

/// An SDL made from a compose file.
#[derive(Debug, Clone)]
pub struct Import {
    text: String,
    sdl: Sdl,
    losses: Vec<Loss>,
}

impl Import {
    /// The SDL as YAML.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The checked SDL.
    #[must_use]
    pub const fn sdl(&self) -> &Sdl {
        &self.sdl
    }

    /// What could not be kept as it was, in the order of the compose file.
    #[must_use]
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// Text, SDL and losses.
    #[must_use]
    pub fn into_parts(self) -> (String, Sdl, Vec<Loss>) {
        (self.text, self.sdl, self.losses)
    }
}

/// Why a compose file gives no SDL.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// What is wrong with the compose file; places are those of the compose file.
    #[error("{0}")]
    Compose(Report),
    /// The SDL is refused: quantities add up to more than the chain takes, or an option is wrong, such
    /// as the name of the placement or a second denom.
    #[error("the SDL of the compose file is refused: {report}")]
    Sdl {
        /// The SDL.
        text: String,
        /// What is wrong with it; places are those of the SDL.
        report: Report,
    },
}

/// Makes an SDL of a compose file.
///
/// # Errors
/// Everything that is wrong with the compose file, or with what the options make of it.
pub fn import(compose: impl AsRef<[u8]>, options: &Options) -> Result<Import, ImportError> {
    import_merged(&[compose], options)
}

/// Makes one SDL of several compose files, each laid over those before it, as `docker compose -f
/// compose.yaml -f compose.override.yaml` does: maps are merged by key, lists are joined, a volume
/// takes the place of one with its target, and `command`, `entrypoint` and single values are replaced.
/// The tags `!reset` and `!override` are not looked at.
///
/// ```
/// use akash_sdl::compose::{import_merged, Options};
///
/// let base = "services: {web: {image: 'nginx:1.27', environment: {MODE: fast}, ports: ['80']}}";
/// let over = "services: {web: {image: 'nginx:1.28', environment: [LEVEL=3]}}";
/// let import = import_merged(&[base, over], &Options::new("1000uact".parse()?))?;
/// let web = &import.sdl().manifest().groups[0].services[0];
/// assert_eq!(web.image, "nginx:1.28");
/// assert_eq!(web.env.as_slice(), ["MODE=fast", "LEVEL=3"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Everything that is wrong with the files, with the number of the file where there are several, or
/// with what the options make of them.
pub fn import_merged(files: &[impl AsRef<[u8]>], options: &Options) -> Result<Import, ImportError> {
    let wrong = ImportError::Compose;
    let trees = files
        .iter()
        .map(|file| yaml::parse(file.as_ref()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| wrong(loss::malformed(&error)))?;
    let sources = Source::of(&trees);
    let mut notes = Notes::new(&sources);
    let mut top: Option<Item> = None;
    for (tree, source) in trees.iter().zip(&sources) {
        let over = item::read(tree, source.base, &options.environment, &mut notes);
        top = Some(match top {
            Some(base) => merge::merge("", &base, &over),
            None => over,
        });
    }
    let top = top.unwrap_or(Item::NOTHING);
    let services = reader::read(&top, options, &mut notes);
    let document = services.and_then(|services| write::document(services, options, &mut notes));
    let losses = notes.finish().map_err(wrong)?;
    let text = document
        .map(|document| crate::emit::emit(&document))
        .transpose()
        .map_err(|error| wrong(loss::unwritable(&error)))?
        .unwrap_or_default();
    match Sdl::parse(&text) {
        Ok(sdl) => Ok(Import { text, sdl, losses }),
        Err(report) => Err(ImportError::Sdl { text, report }),
    }
}

/// The environment files that a compose file names, as written there, for [`Options::files`].
///
/// ```
/// use akash_sdl::compose::{self, Options};
///
/// let compose = "services: {a: {image: x, env_file: [a.env, {path: \"$B.env\"}]}}";
/// let mut options = Options::new("1000uact".parse()?);
/// options.environment.insert("B".to_owned(), "b".to_owned());
/// assert_eq!(compose::environment_files(compose, &options), ["a.env", "b.env"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn environment_files(compose: impl AsRef<[u8]>, options: &Options) -> Vec<String> {
    let Ok(tree) = yaml::parse(compose.as_ref()) else {
        return Vec::new();
    };
    let trees = [tree];
    let sources = Source::of(&trees);
    let [tree] = &trees;
    let top = item::read(tree, 0, &options.environment, &mut Notes::new(&sources));
    let mut files = Vec::new();
    let top = At::top(&top);
    let services = top.get("services");
    for (_, service) in services.iter().flat_map(At::entries) {
        let named = service.get("env_file");
        for file in named.iter().flat_map(At::items) {
            let path = file.text().or_else(|| file.text_of("path"));
            files.extend(path.map(str::to_owned));
        }
    }
    files.sort();
    files.dedup();
    files
}

/// Reads an environment file such as the `.env` beside a compose file, with variables of the
/// environment in it replaced. Names without a value are left out.
///
/// ```
/// use std::collections::BTreeMap;
///
/// let variables = akash_sdl::compose::read_environment("A=1 # one\nB='two'\n", &BTreeMap::new())?;
/// assert_eq!(variables["B"], "two");
/// # Ok::<(), akash_sdl::compose::EnvironmentError>(())
/// ```
///
/// # Errors
/// A quote that is not closed, or a malformed variable.
pub fn read_environment(
    text: &str,
    environment: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, EnvironmentError> {
    let lookup = |name: &str| environment.get(name).map(String::as_str);
    let variables = dotenv::read(text, &lookup)?.into_iter();
    Ok(variables
        .filter_map(|(name, value)| Some((name, value?)))
        .collect())
}
