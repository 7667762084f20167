//! Where in a document: `services.web.expose[0].port`.

use core::fmt;
use core::str::FromStr;

use crate::diagnostic::push_key;

/// A step of a [`Path`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Into the value of a key.
    Key(String),
    /// Into an item of a list, counted from 0.
    Item(usize),
}

/// A place in a document, written as diagnostics write it: `services.web.expose[0].port`. Keys that
/// are not made of letters, digits, `-`, `_` and `/` alone may stand in brackets and double quotes:
/// `profiles.placement["us west"]`.
///
/// `FromStr` and `Display` are inverses.
///
/// ```
/// use akash_sdl::edit::{Path, Step};
///
/// let path: Path = "profiles.placement[\"us west\"].signedBy.anyOf[1]".parse()?;
/// assert_eq!(path.steps()[2], Step::Key("us west".to_owned()));
/// assert_eq!(path, Path::root().key("profiles").key("placement").key("us west").key("signedBy")
///     .key("anyOf").item(1));
/// # Ok::<(), akash_sdl::edit::PathError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(Vec<Step>);

/// A text that is no path.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{text:?} is no path: character {at} is not expected; write keys with `.` between them and \
     numbers of items in brackets, such as services.web.env[0]"
)]
pub struct PathError {
    /// The text.
    pub text: String,
    /// Which character, from 1, makes it none.
    pub at: usize,
}

impl Path {
    /// The whole document.
    #[must_use]
    pub const fn root() -> Self {
        Self(Vec::new())
    }

    /// The value of a key of the map at this place.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.0.push(Step::Key(key.into()));
        self
    }

    /// An item, counted from 0, of the list at this place.
    #[must_use]
    pub fn item(mut self, index: usize) -> Self {
        self.0.push(Step::Item(index));
        self
    }

    /// The steps from the top of the document.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The map or list that holds this place, and the step from there; none for the document.
    #[must_use]
    pub fn split_last(&self) -> Option<(Self, &Step)> {
        let (last, parent) = self.0.split_last()?;
        Some((Self(parent.to_vec()), last))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        for step in &self.0 {
            match step {
                Step::Key(key) => push_key(&mut out, key),
                Step::Item(index) => out.push_str(&format!("[{index}]")),
            }
        }
        f.pad(&out)
    }
}

impl FromStr for Path {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        let mut steps = Vec::new();
        let mut rest = text;
        let wrong = |rest: &str| PathError {
            text: text.to_owned(),
            at: text.chars().count() - rest.chars().count() + 1,
        };
        while !rest.is_empty() {
            if let Some(inside) = rest.strip_prefix('[') {
                let (step, behind) = bracket(inside).ok_or_else(|| wrong(inside))?;
                steps.push(step);
                rest = behind;
                continue;
            }
            if !steps.is_empty() {
                rest = rest.strip_prefix('.').ok_or_else(|| wrong(rest))?;
            }
            let end = rest.find(['.', '[', ']', '"']).unwrap_or(rest.len());
            let (key, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
            if key.is_empty() || behind.starts_with([']', '"']) {
                return Err(wrong(behind));
            }
            steps.push(Step::Key(key.to_owned()));
            rest = behind;
        }
        Ok(Self(steps))
    }
}

/// Reads what stands behind `[`, and gives what follows the `]`.
fn bracket(inside: &str) -> Option<(Step, &str)> {
    if let Some(quoted) = inside.strip_prefix('"') {
        let (key, behind) = quoted_key(quoted)?;
        return Some((Step::Key(key), behind.strip_prefix(']')?));
    }
    let (digits, behind) = inside.split_once(']')?;
    let plain = !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit())
        && (digits == "0" || !digits.starts_with('0'));
    let index = plain.then(|| digits.parse().ok()).flatten()?;
    Some((Step::Item(index), behind))
}

/// Reads a key up to its closing quote, with the escapes that Rust prints.
fn quoted_key(text: &str) -> Option<(String, &str)> {
    let mut key = String::new();
    let mut chars = text.chars();
    loop {
        match chars.next()? {
            '"' => return Some((key, chars.as_str())),
            '\\' => key.push(match chars.next()? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                '0' => '\0',
                'u' => {
                    let hex = chars.as_str().strip_prefix('{')?;
                    let (hex, behind) = hex.split_once('}')?;
                    chars = behind.chars();
                    char::from_u32(u32::from_str_radix(hex, 16).ok()?)?
                }
                escaped @ ('"' | '\\' | '\'') => escaped,
                _ => return None,
            }),
            c => key.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_path() {
        for (text, at) in [
            (".a", 1),
            ("a.", 3),
            ("a..b", 3),
            ("a[b]", 3),
            ("a[01]", 3),
            ("a[1", 3),
            ("a]", 2),
            ("a[0]b", 5),
            ("[\"a]", 2),
            ("é\"", 2),
        ] {
            let error = text.parse::<Path>().unwrap_err();
            assert_eq!(error.at, at, "{text}");
        }
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            any::<String>().prop_map(Step::Key),
            "[a-z_/<.\"\\[-]{0,5}".prop_map(Step::Key),
            any::<usize>().prop_map(Step::Item),
        ]
    }

    proptest! {
        #[test]
        fn text_and_path_are_inverse(steps in prop::collection::vec(step(), 0..5)) {
            let path = Path(steps);
            prop_assert_eq!(path.to_string().parse::<Path>(), Ok(path));
        }

        #[test]
        fn never_panics(text in "[ab.\\[\\]\"\\\\u{}0-9é]{0,12}") {
            let _ = text.parse::<Path>();
        }
    }
}
