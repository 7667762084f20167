//! Values, and those that must not be seen.

use core::fmt;
use std::collections::BTreeMap;

use zeroize::Zeroizing;

/// A value that must not be seen. It is never printed, and overwritten when it is dropped.
///
/// ```
/// use akash_sdl::template::Secret;
///
/// let secret = Secret::new("hunter2");
/// assert_eq!(format!("{secret:?}"), "Secret(<redacted>)");
/// assert_eq!(secret.expose(), "hunter2");
/// ```
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Keeps a text as a secret. Give it over, so that no copy stays.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The text.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(<redacted>)")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

/// The value of a variable. `Debug` hides secrets.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Text(String),
    Secret(Secret),
}

impl Value {
    pub(super) fn expose(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Secret(secret) => secret.expose(),
        }
    }
}

/// Values for the variables of a template, by their names.
///
/// ```
/// use akash_sdl::template::{Secret, Values};
///
/// let values = Values::new().set("domain", "example.com").secret("token", Secret::new("t0p"));
/// assert!(!format!("{values:?}").contains("t0p"));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Values(pub(super) BTreeMap<String, Value>);

impl Values {
    /// No values.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a value. It is taken for a secret if the variable is declared as one.
    #[must_use]
    pub fn set(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.insert(name.into(), Value::Text(value.into()));
        self
    }

    /// Sets a value that must not be seen, however the variable is declared.
    #[must_use]
    pub fn secret(mut self, name: impl Into<String>, value: Secret) -> Self {
        self.0.insert(name.into(), Value::Secret(value));
        self
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Values {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(values: I) -> Self {
        values
            .into_iter()
            .fold(Self::new(), |all, (name, value)| all.set(name, value))
    }
}
