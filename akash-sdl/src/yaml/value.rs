//! A document as plain values.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::budget::Budget;
use super::error::Error;
use super::map::{self, Key};
use super::resolve::Resolved;
use super::timestamp::Timestamp;
use super::tree::{Kind, Node, Tree};

/// A value as yaml.v3 decodes it into an untyped destination.
///
/// Texts borrow from the tree, so that aliases repeat references, not texts.
///
/// ```
/// use akash_sdl::yaml::{self, Value};
///
/// let tree = yaml::parse(b"port: 0x50\nenv: [A=1, yes]\n")?;
/// let value = tree.to_value()?;
/// assert_eq!(value.get("port"), Some(&Value::Int(80)));
/// assert_eq!(value.get("env"), Some(&Value::Seq(vec!["A=1".into(), "yes".into()])));
/// # Ok::<(), yaml::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'t> {
    /// Left out, `~` or `null`.
    Null,
    /// A flag.
    Bool(bool),
    /// A whole number that fits 64 bits with sign.
    Int(i64),
    /// A whole number above [`i64::MAX`].
    Uint(u64),
    /// A number with a fraction or exponent, an infinity, or not-a-number.
    Float(f64),
    /// A text.
    Str(Cow<'t, str>),
    /// A date or time.
    Timestamp(Timestamp),
    /// A `!!binary` value that is not UTF-8 (one that is, is a text).
    Binary(Vec<u8>),
    /// A list.
    Seq(Vec<Self>),
    /// A map in the order of its entries, those that `<<` brings last; no two keys are equal.
    Map(Vec<(Self, Self)>),
}

impl Value<'_> {
    /// The value of a text key of a map.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        let Self::Map(entries) = self else {
            return None;
        };
        entries
            .iter()
            .find(|(name, _)| matches!(name, Self::Str(name) if name == key))
            .map(|(_, value)| value)
    }
}

impl<'t> From<&'t str> for Value<'t> {
    fn from(text: &'t str) -> Self {
        Self::Str(text.into())
    }
}

impl Tree<'_> {
    /// The whole document as plain values.
    ///
    /// # Errors
    /// Those of [`Node::to_value`].
    pub fn to_value(&self) -> Result<Value<'_>, Error> {
        value(self.root(), &mut Budget::document(self))
    }
}

impl<'t> Node<'t, '_> {
    /// This node as plain values: aliases and merge keys expanded.
    ///
    /// # Errors
    /// Duplicate keys, a list or map as key, texts that do not fit their tags, a bad merge key, and the
    /// errors of [`Budget::decode`].
    pub fn to_value(self) -> Result<Value<'t>, Error> {
        value(self, &mut Budget::new(self.tree()))
    }
}

fn value<'t>(node: Node<'t, '_>, budget: &mut Budget) -> Result<Value<'t>, Error> {
    budget.decode(node, |budget, node| match node.kind() {
        Kind::Sequence => {
            let mut items = Vec::with_capacity(node.items().len());
            for item in node.items() {
                items.push(value(item, budget)?);
            }
            Ok(Value::Seq(items))
        }
        Kind::Mapping => map_value(node, budget),
        Kind::Scalar | Kind::Alias => {
            if node.tag().is_some() {
                budget.charge_binary(node)?;
            }
            scalar_value(node)
        }
    })
}

fn scalar_value<'t>(node: Node<'t, '_>) -> Result<Value<'t>, Error> {
    Ok(match node.resolve()? {
        Resolved::Null => Value::Null,
        Resolved::Bool(value) => Value::Bool(value),
        Resolved::Int(value) => Value::Int(value),
        Resolved::Uint(value) => Value::Uint(value),
        Resolved::Float(value) => Value::Float(value),
        Resolved::Str(text) => Value::Str(text.into()),
        Resolved::Timestamp(time) => Value::Timestamp(time),
        Resolved::Merge => Value::Str("<<".into()),
        Resolved::Binary(bytes) => text_or_bytes(bytes),
    })
}

fn text_or_bytes<'t>(bytes: Vec<u8>) -> Value<'t> {
    match String::from_utf8(bytes) {
        Ok(text) => Value::Str(text.into()),
        Err(error) => Value::Binary(error.into_bytes()),
    }
}

fn map_value<'t>(node: Node<'t, '_>, budget: &mut Budget) -> Result<Value<'t>, Error> {
    // Go makes a map with text keys if every key is a text, and then merged maps get text keys too.
    let texts = node.pairs().all(|(key, _)| is_text(key));
    let mut entries = Vec::with_capacity(node.pairs().len());
    let mut places = BTreeMap::new();
    // Keys with the same text are refused before; others can only be equal if they are not plain texts.
    let distinct = texts
        && node
            .pairs()
            .all(|(key, _)| key.kind() == Kind::Scalar && !key.is_merge());
    map::walk(node, budget, texts, None, &mut |budget, name, key, item| {
        let item = value(item, budget)?;
        if distinct {
            entries.push((Value::Str(key.text().into()), item));
            return Ok(());
        }
        let place = *places.entry(name.clone()).or_insert(entries.len());
        let key = key_value(name, key.resolved())?;
        match entries.get_mut(place) {
            Some(entry) => *entry = (key, item),
            None => entries.push((key, item)),
        }
        Ok::<(), Error>(())
    })?;
    Ok(Value::Map(entries))
}

fn key_value<'t>(name: Key<'t>, node: Node<'t, '_>) -> Result<Value<'t>, Error> {
    match name {
        Key::Text(Cow::Borrowed(_)) => Ok(Value::Str(node.text().into())),
        Key::Text(Cow::Owned(bytes)) => Ok(text_or_bytes(bytes)),
        _ => scalar_value(node),
    }
}

/// Whether a key is a text (or `<<`) for Go's choice of map type, which goes by tag alone.
fn is_text(key: Node<'_, '_>) -> bool {
    let key = key.resolved();
    match key.tag() {
        Some(tag) => matches!(tag, "!!str" | "!!merge"),
        None => {
            key.kind() == Kind::Scalar
                && matches!(key.resolve(), Ok(Resolved::Str(_) | Resolved::Merge))
        }
    }
}
