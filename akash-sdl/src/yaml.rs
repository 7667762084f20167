//! Reading YAML 1.1: text to a tree in which every node knows where it stands.
//!
//! The chain's own SDL reader stands on the Go package yaml.v3 (v3.0.1). This reader takes the same
//! texts and gives the same values; the only differences are the stated [`Limits`]
//! and, in UTF-16 texts, that forbidden characters behind the first document are seen too. It knows nothing of SDL.
//!
//! Only the first document of a text is read. An empty text is a null document.
//!
//! ```
//! use akash_sdl::yaml::{self, ErrorKind};
//!
//! let tree = yaml::parse(b"version: \"2.0\"\nservices:\n  web:\n    image: nginx\n")?;
//! let (key, services) = tree.root().pairs().nth(1).unwrap();
//! assert_eq!(key.text(), "services");
//! assert_eq!(services.pairs().next().unwrap().0.position().to_string(), "3:3");
//!
//! let error = yaml::parse(b"image: nginx: latest\n").unwrap_err();
//! assert_eq!(*error.kind(), ErrorKind::ValueNotAllowed);
//! # Ok::<(), yaml::Error>(())
//! ```

mod budget;
mod decode;
mod error;
mod input;
mod limits;
mod map;
mod number;
mod parse;
mod position;
mod resolve;
mod scan;
mod timestamp;
mod tree;
mod value;

pub use budget::Budget;
pub use error::{Error, ErrorKind};
pub use limits::Limits;
pub use map::Entry;
pub use position::{LineIndex, Position, Span};
pub use resolve::Resolved;
pub use timestamp::Timestamp;
pub use tree::{Children, Kind, Node, Pairs, Style, Tree};
pub use value::Value;

/// Reads the first document of a text, within [`Limits::DEFAULT`].
///
/// # Errors
/// The first mistake of the text, where yaml.v3 finds one too; see [`parse_with`].
pub fn parse(input: &[u8]) -> Result<Tree<'_>, Error> {
    parse_with(input, &Limits::DEFAULT)
}

/// Reads the first document of a text, within the given limits.
///
/// The text is UTF-8, or UTF-16 with a byte order mark. Mistakes behind the end of the first document
/// are not looked for.
///
/// # Errors
/// The first mistake of the text: forbidden characters, malformed YAML, an alias without anchor, or a
/// limit that is exceeded. Mistakes in values (duplicate keys, tags that do not fit) show when values are taken.
pub fn parse_with<'a>(input: &'a [u8], limits: &Limits) -> Result<Tree<'a>, Error> {
    parse::parse(input, limits)
}
