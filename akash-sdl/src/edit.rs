//! Changing an SDL text without losing its comments and layout.
//!
//! [`set`] writes another value in place of one, [`insert`] and [`remove`] add and take out an
//! entry of a map or list, and [`apply`] makes the changes that diagnostics suggest. All bytes but
//! those that are changed stay as they are. Each change is read back before it is given out: the
//! new text reads as the old one, but for what was to be changed.
//!
//! The text need not be a valid SDL, only well-formed YAML; check the result by
//! [`Sdl::parse`](crate::Sdl::parse).
//!
//! ```
//! use akash_sdl::edit;
//!
//! let text = akash_sdl::EXAMPLE.replace("nginx:1.27", "nginx:1.27   # pinned");
//! let text = edit::set(&text, "services.web.image", "nginx:1.28")?;
//! let text = edit::set(&text, "deployment.web.anywhere.count", 3u32)?;
//! let text = edit::insert(&text, "services.web.expose[0].as", 8080u32)?;
//! assert!(text.contains("    image: nginx:1.28   # pinned\n"));
//! assert!(text.contains("      - port: 80\n        to:\n          - global: true\n        as: 8080\n"));
//! assert_eq!(akash_sdl::parse(&text)?.groups()[0].resources[0].count, 3);
//!
//! let error = edit::set(&text, "services.wbe.image", "x").unwrap_err();
//! assert_eq!(
//!     error.to_string(),
//!     "line 3, column 3: there is no services.wbe here; did you mean \"web\"?",
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod entries;
mod error;
mod find;
mod layout;
mod path;
mod rewrite;
mod scalar;
mod set;
mod verify;

pub use error::EditError;
pub use path::{Path, PathError, Step};
pub(crate) use rewrite::{Rewrite, rewrite};
pub use scalar::Scalar;

pub use crate::diagnostic::Edit;

use crate::yaml::{self, Position, Span, Tree};

/// Writes another value in place of a single one, in the style in which that is written if the new
/// value allows it.
///
/// A value that was left out (`image:`) can be set too. The path leads through what is written
/// there itself, not through aliases and merge keys; where a section stands more than once, the
/// last one that has the path counts, as it does for reading.
///
/// ```
/// use akash_sdl::edit::set;
///
/// let text = "env:\n  - 'MODE=fast'  # how\n";
/// assert_eq!(set(text, "env[0]", "MODE=it's")?, "env:\n  - 'MODE=it''s'  # how\n");
/// assert_eq!(set("count: 1 # few", "count", 7u32)?, "count: 7 # few");
/// assert_eq!(set("a: x", "a", "no: way")?, "a: \"no: way\"");
/// # Ok::<(), akash_sdl::edit::EditError>(())
/// ```
///
/// # Errors
/// See [`EditError`].
pub fn set(text: &str, path: &str, value: impl Into<Scalar>) -> Result<String, EditError> {
    let tree = read(text)?;
    let edits = set::set(&tree, &path.parse()?, &value.into())?;
    whole(text, &tree, &edits)
}

/// Puts an entry into a map, behind those that are there, or an item into a list, before the one
/// that has its number so far.
///
/// ```
/// use akash_sdl::edit::insert;
///
/// let text = "env:\n  - A=1  # one\n  - B=2\n";
/// assert_eq!(insert(text, "env[1]", "C=3")?, "env:\n  - A=1  # one\n  - C=3\n  - B=2\n");
/// assert_eq!(insert(text, "env[2]", "no")?, "env:\n  - A=1  # one\n  - B=2\n  - \"no\"\n");
/// assert_eq!(insert("a: {b: 1}", "a.c", 2u32)?, "a: {b: 1, c: 2}");
/// # Ok::<(), akash_sdl::edit::EditError>(())
/// ```
///
/// # Errors
/// See [`EditError`].
pub fn insert(text: &str, path: &str, value: impl Into<Scalar>) -> Result<String, EditError> {
    let tree = read(text)?;
    let edit = entries::insert(&tree, &path.parse()?, &value.into())?;
    whole(text, &tree, &[edit])
}

/// Takes an entry out of a map, or an item out of a list, with all that it holds and the comments
/// on its lines. Comments on lines of their own before and behind it stay.
///
/// ```
/// use akash_sdl::edit::remove;
///
/// let text = "# all\nenv:\n  - A=1  # one\n  # two\n  - B=2\n";
/// assert_eq!(remove(text, "env[1]")?, "# all\nenv:\n  - A=1  # one\n  # two\n");
/// assert_eq!(remove(text, "env[0]")?, "# all\nenv:\n  # two\n  - B=2\n");
/// # Ok::<(), akash_sdl::edit::EditError>(())
/// ```
///
/// # Errors
/// See [`EditError`].
pub fn remove(text: &str, path: &str) -> Result<String, EditError> {
    let tree = read(text)?;
    let edit = entries::remove(&tree, &path.parse()?)?;
    whole(text, &tree, &[edit])
}

/// Makes edits, such as [those that diagnostics suggest](crate::diagnostic::Diagnostic::suggestion),
/// in any order. The same edit twice is made once.
///
/// ```
/// use akash_sdl::edit;
///
/// let text = akash_sdl::EXAMPLE.replace("512Mi", "512mi").replace("uact", "uact ");
/// let report = akash_sdl::parse(&text).unwrap_err();
/// let edits: Vec<_> = report.errors().filter_map(|error| error.suggestion.clone()).collect();
/// assert!(akash_sdl::parse(edit::apply(&text, &edits)?).is_ok());
/// # Ok::<(), edit::EditError>(())
/// ```
///
/// # Errors
/// [`EditError::OutsideText`], [`EditError::Overlap`], or [`EditError::WouldNotRead`] if the text
/// is not well-formed afterwards.
pub fn apply(text: &str, edits: &[Edit]) -> Result<String, EditError> {
    let mut edits = edits.to_vec();
    edits.sort_by(|a, b| (a.span, &a.replacement).cmp(&(b.span, &b.replacement)));
    edits.dedup();
    let mut end = 0;
    for edit in &edits {
        let Span { start, end: behind } = edit.span;
        if text.get(start as usize..behind as usize).is_none() {
            return Err(EditError::OutsideText { start, end: behind });
        }
        if start < end {
            let at = Position::of(text, start);
            return Err(EditError::Overlap { at });
        }
        end = behind;
    }
    readable(replace(text, &edits))
}

fn read(text: &str) -> Result<Tree<'_>, EditError> {
    yaml::parse(text.as_bytes()).map_err(EditError::Unreadable)
}

/// The text with edits made that were tried out on as much of it as was read. Where a character that may not stand in
/// YAML lies behind the document, that is not all: an edit can bring it to where it is read.
fn whole(text: &str, tree: &Tree<'_>, edits: &[Edit]) -> Result<String, EditError> {
    let new = replace(text, edits);
    if tree.source().len() == text.len() {
        Ok(new)
    } else {
        readable(new)
    }
}

fn readable(text: String) -> Result<String, EditError> {
    match yaml::parse(text.as_bytes()) {
        Ok(_) => Ok(text),
        Err(error) => Err(EditError::WouldNotRead(error)),
    }
}

/// The text with sorted edits made that do not overlap.
fn replace(text: &str, edits: &[Edit]) -> String {
    let added: usize = edits.iter().map(|edit| edit.replacement.len()).sum();
    let mut out = String::with_capacity(text.len() + added);
    let mut at = 0;
    for edit in edits {
        out.push_str(text.get(at..edit.span.start as usize).unwrap_or_default());
        out.push_str(&edit.replacement);
        at = edit.span.end as usize;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// A span of byte offsets of a text that was read, which is shorter than 2^31 bytes.
fn span(start: usize, end: usize) -> Span {
    let narrow = |at| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(narrow(start), narrow(end))
}
