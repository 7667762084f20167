//! Why a text could not be edited.

use super::path::{Path, PathError};
use crate::yaml::{self, Position};

/// Why a text could not be edited. The text is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// The path is malformed.
    #[error(transparent)]
    Path(#[from] PathError),
    /// The text is not well-formed YAML to begin with.
    #[error("the text cannot be read: {0}")]
    Unreadable(#[source] yaml::Error),
    /// Nothing stands at the path.
    #[error("line {}, column {}: there is no {path} here{}", .at.line, .at.column, meant(.nearest))]
    NoSuchPath {
        /// The path as far as it leads, and the first step that leads nowhere.
        path: Path,
        /// Where the map or list stands that has no such entry.
        at: Position,
        /// The key that was probably meant.
        nearest: Option<String>,
    },
    /// A list or map stands at the path.
    #[error("line {}, column {}: {path} is {found}, and only a single value can be set", .at.line, .at.column)]
    NotScalar {
        /// The path.
        path: Path,
        /// Where it stands.
        at: Position,
        /// What it is: "a list" or "a map".
        found: &'static str,
    },
    /// No list or map stands at the path where something is to be put in.
    #[error("line {}, column {}: {path} is not {expected}, so nothing can be put in there", .at.line, .at.column)]
    NotCollection {
        /// The path.
        path: Path,
        /// Where it stands.
        at: Position,
        /// What it would have to be: "a list" or "a map".
        expected: &'static str,
    },
    /// The value came through an alias, or others came from it through aliases.
    #[error(
        "line {}, column {}: {path} is shared by the alias at {alias}: a change would show in more \
         than one place; write the value out first",
        .at.line, .at.column
    )]
    Shared {
        /// The path.
        path: Path,
        /// Where the value stands.
        at: Position,
        /// Where the alias stands.
        alias: Position,
    },
    /// The value came through a merge key.
    #[error(
        "line {}, column {}: {path} comes through the merge key `<<` at {merge}; write the key out \
         in the map first",
        .at.line, .at.column
    )]
    Merged {
        /// The path.
        path: Path,
        /// Where the map stands.
        at: Position,
        /// Where the merge key stands.
        merge: Position,
    },
    /// The key to put in is there already.
    #[error("line {}, column {}: {path} is there already; set its value instead", .at.line, .at.column)]
    Exists {
        /// The path.
        path: Path,
        /// Where it stands.
        at: Position,
    },
    /// What is to be removed is the only entry of a map or list written by indentation.
    #[error(
        "line {}, column {}: {path} is the only entry there; remove what holds it instead",
        .at.line, .at.column
    )]
    OnlyEntry {
        /// The path.
        path: Path,
        /// Where it stands.
        at: Position,
    },
    /// The change cannot be made by adding or removing lines or items as they are laid out, or
    /// would change what is read elsewhere.
    #[error(
        "line {}, column {}: {path} cannot be changed without touching what stands around it",
        .at.line, .at.column
    )]
    Layout {
        /// The path.
        path: Path,
        /// Where it stands.
        at: Position,
    },
    /// The edits to apply overlap.
    #[error("line {}, column {}: two edits change the same part of the text", .at.line, .at.column)]
    Overlap {
        /// Where the second one begins.
        at: Position,
    },
    /// An edit lies outside of the text, or cuts a character.
    #[error("an edit of bytes {start} to {end} does not belong to this text")]
    OutsideText {
        /// Offset of its first byte.
        start: u32,
        /// Offset behind its last byte.
        end: u32,
    },
    /// The text would not be well-formed YAML any more. The place is that in the new text.
    #[error("the text could not be read any more after the edit: {0}")]
    WouldNotRead(#[source] yaml::Error),
}

impl EditError {
    /// Where in the text it went wrong, if that is known.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        match self {
            Self::Path(_) | Self::OutsideText { .. } => None,
            Self::Unreadable(error) | Self::WouldNotRead(error) => Some(error.position()),
            Self::NoSuchPath { at, .. }
            | Self::NotScalar { at, .. }
            | Self::NotCollection { at, .. }
            | Self::Shared { at, .. }
            | Self::Merged { at, .. }
            | Self::Exists { at, .. }
            | Self::OnlyEntry { at, .. }
            | Self::Layout { at, .. }
            | Self::Overlap { at } => Some(*at),
        }
    }
}

fn meant(nearest: &Option<String>) -> String {
    match nearest {
        Some(key) => format!("; did you mean {key:?}?"),
        None => String::new(),
    }
}
