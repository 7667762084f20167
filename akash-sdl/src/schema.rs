//! The JSON schema of SDL, for editors.
//!
//! [`to_value`] gives a schema (draft 7) with descriptions, examples and patterns: point an editor's
//! YAML support at it, and it completes keys and underlines what [`Sdl::parse_strict`] would refuse
//! for its shape. What a schema cannot say (names that refer to each other, sums over a group) is left
//! to [`Sdl::parse`].
//!
//! ```
//! let schema = akash_sdl::schema::to_value();
//! assert_eq!(schema["properties"]["version"]["enum"][0], "2.0");
//! let service = &schema["definitions"]["service"];
//! assert_eq!(service["properties"]["image"]["examples"][0], "nginx:1.27");
//! ```
//!
//! The schema and strict reading come from one table, so they cannot drift apart.
//!
//! [`Sdl::parse`]: crate::Sdl::parse
//! [`Sdl::parse_strict`]: crate::Sdl::parse_strict

mod json;
pub(crate) mod shape;
mod table;

pub(crate) use table::DOCUMENT;

/// The schema as a JSON value.
#[must_use]
pub fn to_value() -> serde_json::Value {
    json::schema(&DOCUMENT)
}

/// The schema as indented JSON text, ended by a line break.
///
/// ```
/// assert!(akash_sdl::schema::to_json().starts_with('{'));
/// ```
#[must_use]
pub fn to_json() -> String {
    format!("{:#}\n", to_value())
}
