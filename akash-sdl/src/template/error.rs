//! Why a template is refused, or could not be filled in.

use crate::yaml::{self, Position};

/// Why a template is refused, or could not be filled in. No error holds the value of a variable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TemplateError {
    /// The template is not well-formed YAML.
    #[error(
        "the template cannot be read: {0}; where a reference stands in brackets or braces, put it in quotes"
    )]
    Unreadable(#[source] yaml::Error),
    /// A line that begins with `#%` declares nothing.
    #[error(
        "line {}, column {}: {problem}; write `#% var NAME`, `#% var NAME = DEFAULT` or `#% secret NAME`",
        .at.line, .at.column
    )]
    Declaration {
        /// Where the line begins.
        at: Position,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A variable is declared twice.
    #[error("line {}, column {}: the variable {name:?} is declared at {first} already", .at.line, .at.column)]
    DeclaredTwice {
        /// The variable.
        name: String,
        /// Where it is declared again.
        at: Position,
        /// Where it is declared first.
        first: Position,
    },
    /// A reference is not closed, or names no variable.
    #[error(
        "line {}, column {}: what begins with `${{{{` here is no reference; write `${{{{ name }}}}`, \
         or `$${{{{` for the characters themselves",
        .at.line, .at.column
    )]
    Reference {
        /// Where it stands.
        at: Position,
    },
    /// A variable is used that is not declared.
    #[error(
        "line {}, column {}: the variable {name:?} is not declared{}; declare it by `#% var {name}` at \
         the top, or write `$${{{{` for the characters themselves",
        .at.line, .at.column, meant(.nearest)
    )]
    Undeclared {
        /// The variable.
        name: String,
        /// Where it is used.
        at: Position,
        /// The variable that was probably meant.
        nearest: Option<String>,
    },
    /// A variable is declared and never used.
    #[error("line {}, column {}: the variable {name:?} is never used; use it or take it out", .at.line, .at.column)]
    Unused {
        /// The variable.
        name: String,
        /// Where it is declared.
        at: Position,
    },
    /// A secret is used in a key, which diagnostics show.
    #[error("line {}, column {}: the secret {name:?} cannot be part of a key", .at.line, .at.column)]
    SecretInKey {
        /// The variable.
        name: String,
        /// Where it is used.
        at: Position,
    },
    /// A variable without default was given no value.
    #[error("line {}, column {}: the variable {name:?} has no default and was given no value", .at.line, .at.column)]
    Missing {
        /// The variable.
        name: String,
        /// Where it is declared.
        at: Position,
    },
    /// A value was given for a variable that the template does not declare.
    #[error("the template has no variable {name:?} to give a value{}", meant(.nearest))]
    UnknownValue {
        /// The name.
        name: String,
        /// The variable that was probably meant.
        nearest: Option<String>,
    },
    /// A value cannot be written where it is used: it does not fit the tag that stands there, or is
    /// too long for a key.
    #[error("line {}, column {}: the value cannot be written here", .at.line, .at.column)]
    Unwritable {
        /// Where it is used.
        at: Position,
    },
}

impl TemplateError {
    /// Where in the template it went wrong; none for [`UnknownValue`](Self::UnknownValue).
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        match self {
            Self::Unreadable(error) => Some(error.position()),
            Self::UnknownValue { .. } => None,
            Self::Declaration { at, .. }
            | Self::DeclaredTwice { at, .. }
            | Self::Reference { at }
            | Self::Undeclared { at, .. }
            | Self::Unused { at, .. }
            | Self::SecretInKey { at, .. }
            | Self::Missing { at, .. }
            | Self::Unwritable { at } => Some(*at),
        }
    }
}

fn meant(nearest: &Option<String>) -> String {
    match nearest {
        Some(name) => format!(" (did you mean {name:?}?)"),
        None => String::new(),
    }
}
