//! What can be wrong with bytes or JSON, and where.

use std::fmt;

use crate::cosmos::wire::{FramingError, NumberError};

/// A value that cannot be transcoded, with its place in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// Members and positions from the inside out.
    path: Vec<String>,
    problem: Problem,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// No message has this name.
    #[error("no message is called {name:?}; write its full name, such as akash.market.v1.BidID")]
    UnknownType {
        /// The name.
        name: String,
    },
    /// The bytes are not protobuf.
    #[error("the bytes are not a protobuf message: {0}")]
    Framing(#[from] FramingError),
    /// A field stands with the wrong wire type.
    #[error("wire type {wire_type} does not fit the field")]
    WireType {
        /// The wire type found.
        wire_type: u8,
    },
    /// A number text that is none.
    #[error(transparent)]
    Number(#[from] NumberError),
    /// A time or duration outside the chain's range.
    #[error("a time must lie in the years 1 to 9999 and a duration within 64-bit nanoseconds")]
    TimeRange,
    /// Messages are nested too deeply.
    #[error("messages are nested more than 100 deep")]
    TooDeep,
    /// The document would be too large.
    #[error("the document has more than {limit} values", limit = super::MAX_VALUES)]
    TooLarge,
    /// JSON of the wrong kind.
    #[error("expected {expected}, got {found}")]
    Kind {
        /// What the field takes.
        expected: &'static str,
        /// The beginning of what stood there.
        found: String,
    },
    /// A member the message does not have.
    #[error("the message {message} has no field {name:?}")]
    UnknownField {
        /// Full name of the message.
        message: &'static str,
        /// Name of the member.
        name: String,
    },
    /// One field under both its names, or two members of one choice.
    #[error("{name:?} is given twice, or together with another member of the same choice")]
    Twice {
        /// Name of the member.
        name: String,
    },
    /// A name the enum does not have.
    #[error("the enum {enumeration} has no value {name:?}")]
    UnknownValue {
        /// Full name of the enum.
        enumeration: &'static str,
        /// The name.
        name: String,
    },
    /// A typed event must be a message with fields.
    #[error("{name:?} is not a message with fields of its own, so it cannot be an event")]
    NotAnEvent {
        /// Full name.
        name: String,
    },
}

impl JsonError {
    /// What is wrong.
    #[must_use]
    pub const fn problem(&self) -> &Problem {
        &self.problem
    }

    /// Where, such as `bids[3].bid.price`; empty for the document itself.
    #[must_use]
    pub fn path(&self) -> String {
        let mut text = String::new();
        for part in self.path.iter().rev() {
            if !text.is_empty() && !part.starts_with('[') {
                text.push('.');
            }
            text.push_str(part);
        }
        text
    }

    /// The same inside member `name`.
    pub(super) fn inside(mut self, name: &str) -> Self {
        self.path.push(excerpt(name));
        self
    }

    /// The same inside position `at` of a list.
    pub(super) fn at(mut self, at: usize) -> Self {
        self.path.push(format!("[{at}]"));
        self
    }
}

impl<T: Into<Problem>> From<T> for JsonError {
    fn from(problem: T) -> Self {
        Self {
            path: Vec::new(),
            problem: problem.into(),
        }
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            self.problem.fmt(f)
        } else {
            write!(f, "{}: {}", self.path(), self.problem)
        }
    }
}

impl std::error::Error for JsonError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.problem)
    }
}

/// The beginning of a text, short enough for a message.
pub(super) fn excerpt(text: &str) -> String {
    text.chars().take(120).collect()
}
