//! New values, and the styles in which they can be written.

use core::fmt;

use crate::quote;
use crate::yaml::{Node, Resolved, Style};

/// A single value to write into a text.
///
/// A number is written without quotes, a text so that it reads back as that text: `"2"` and `2`
/// are different values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scalar {
    /// A text.
    Text(String),
    /// A whole number.
    Number(u64),
    /// `true` or `false`.
    Flag(bool),
    /// `null`.
    Null,
}

impl From<&str> for Scalar {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Scalar {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u32> for Scalar {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u64> for Scalar {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Scalar {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

/// In the style of JSON, as for messages.
impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        match self {
            Self::Text(text) => quote::double(&mut out, text),
            Self::Number(number) => out = number.to_string(),
            Self::Flag(flag) => out = flag.to_string(),
            Self::Null => "null".clone_into(&mut out),
        }
        f.pad(&out)
    }
}

impl Scalar {
    /// Whether a node reads as this value.
    pub(super) fn is_read_from(&self, node: Node<'_, '_>) -> bool {
        match (self, node.resolve()) {
            (Self::Text(text), Ok(Resolved::Str(read))) => text == read,
            (Self::Number(number), Ok(Resolved::Int(read))) => u64::try_from(read) == Ok(*number),
            (Self::Number(number), Ok(Resolved::Uint(read))) => *number == read,
            (Self::Flag(flag), Ok(Resolved::Bool(read))) => *flag == read,
            (Self::Null, Ok(Resolved::Null)) => true,
            _ => false,
        }
    }

    /// The value on one line, in the ways it could be written, the one nearest to `style` first.
    /// What reads back wrong where it is put must be sorted out by reading.
    pub(super) fn candidates(&self, style: Style) -> Vec<String> {
        let Self::Text(text) = self else {
            return vec![self.to_string()];
        };
        let mut candidates = Vec::with_capacity(2);
        match style {
            Style::SingleQuoted => candidates.push(format!("'{}'", text.replace('\'', "''"))),
            Style::DoubleQuoted => {}
            _ if quote::may_be_plain(text) => candidates.push(text.clone()),
            _ => {}
        }
        candidates.retain(|text| !text.contains(quote::is_break));
        let mut quoted = String::with_capacity(text.len() + 2);
        quote::double(&mut quoted, text);
        candidates.push(quoted);
        candidates
    }
}
