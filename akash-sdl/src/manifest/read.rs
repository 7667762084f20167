//! Reading a manifest as a provider does.

use core::fmt;
use core::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::Manifest;

/// Why bytes are no manifest.
#[derive(Debug, thiserror::Error)]
#[error("the manifest cannot be read: {source}")]
pub struct ManifestReadError {
    #[from]
    source: serde_json::Error,
}

impl Manifest {
    /// Reads a manifest as a provider decodes it: unknown fields are ignored, absent and `null`
    /// ones are empty. Nothing is checked; see [`Manifest::check`].
    ///
    /// # Errors
    /// [`ManifestReadError`] when the bytes are no JSON, a field has the wrong type, or a service
    /// lacks CPU, memory, storage, GPU or endpoints.
    pub fn from_json(json: &[u8]) -> Result<Self, ManifestReadError> {
        Ok(serde_json::from_slice(json)?)
    }
}

/// One value as Go's decoder takes it: `null` is the zero value, and a record comes from an object,
/// where `serde` would also take a list of its fields.
struct One<T>(T);

impl<'de, T: Default + Deserialize<'de>> Deserialize<'de> for One<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneVisitor(PhantomData))
    }
}

struct OneVisitor<T>(PhantomData<T>);

impl<'de, T: Default + Deserialize<'de>> Visitor<'de> for OneVisitor<T> {
    type Value = One<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a single value or an object")
    }

    fn visit_unit<E: Error>(self) -> Result<One<T>, E> {
        Ok(One(T::default()))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<One<T>, E> {
        T::deserialize(value.into_deserializer()).map(One)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<One<T>, E> {
        T::deserialize(value.into_deserializer()).map(One)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<One<T>, E> {
        T::deserialize(value.into_deserializer()).map(One)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<One<T>, E> {
        T::deserialize(value.into_deserializer()).map(One)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<One<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(One)
    }
}

/// Reads a single value or record; `null` is the zero one.
pub(super) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    One::deserialize(deserializer).map(|One(value)| value)
}

/// Reads a record that may be absent, which `null` is too.
pub(super) fn optional<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.map(|One(value)| value))
}

/// Reads a record that must not be `null`.
pub(super) fn record<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    optional(deserializer)?.ok_or_else(|| D::Error::custom("null stands where an object must"))
}

/// Reads a list; `null` is told from an empty one.
pub(super) fn list<'de, D, T>(deserializer: D) -> Result<Option<Vec<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    let items: Option<Vec<One<T>>> = Option::deserialize(deserializer)?;
    Ok(items.map(|items| items.into_iter().map(|One(item)| item).collect()))
}

/// Reads a list that must not be `null`.
pub(super) fn items<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    list(deserializer)?.ok_or_else(|| D::Error::custom("null stands where a list must"))
}

/// Reads a list; `null` is an empty one.
pub(super) fn items_or_none<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    list(deserializer).map(Option::unwrap_or_default)
}
