//! A document as a tree of plain values, in the order in which an SDL is usually written: what is
//! written as text reads back to the same document.

mod compute;
mod flow;
mod placement;
mod service;

use std::borrow::Cow;

use crate::document::{Document, Entries, Spanned};

/// A value of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node<'d> {
    Null,
    Flag(bool),
    Number(u64),
    Text(Cow<'d, str>),
    List(Vec<Self>),
    Map(Vec<(&'d str, Self)>),
}

impl<'d> Node<'d> {
    fn text(text: &'d str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    fn texts(texts: &'d [Spanned<String>]) -> Self {
        Self::list(texts, |text| Self::text(&text.value))
    }

    fn list<T>(items: &'d [T], node: impl FnMut(&'d T) -> Self) -> Self {
        Self::List(items.iter().map(node).collect())
    }

    fn map<T>(entries: &'d Entries<T>, mut node: impl FnMut(&'d T) -> Self) -> Self {
        let entries = entries.iter();
        Self::Map(
            entries
                .map(|entry| (entry.name.value.as_str(), node(&entry.value)))
                .collect(),
        )
    }

    /// The tree of a whole document.
    pub(crate) fn document(document: &'d Document) -> Self {
        let mut map = Map::default();
        map.put("version", Self::text(&document.language.text.value));
        if !document.include.is_empty() {
            map.put("include", Self::texts(&document.include));
        }
        map.put("services", Self::map(&document.services, service::service));
        map.put(
            "profiles",
            Self::Map(vec![
                ("compute", Self::map(&document.compute, compute::profile)),
                (
                    "placement",
                    Self::map(&document.placement, placement::placement),
                ),
            ]),
        );
        map.put(
            "deployment",
            Self::map(&document.deployment, |placements| {
                Self::map(placements, placement::deployment)
            }),
        );
        if !document.endpoints.is_empty() {
            let endpoints = Self::map(&document.endpoints, |endpoint| {
                Self::Map(vec![("kind", Self::text(&endpoint.kind.value))])
            });
            map.put("endpoints", endpoints);
        }
        if let Some(reclamation) = &document.reclamation {
            let window = duration(reclamation.min_window.value);
            let window = Self::Text(Cow::Owned(window));
            map.put("reclamation", Self::Map(vec![("min_window", window)]));
        }
        map.into()
    }
}

/// The entries of a map in the making.
#[derive(Default)]
struct Map<'d>(Vec<(&'d str, Node<'d>)>);

impl<'d> Map<'d> {
    fn put(&mut self, key: &'d str, value: Node<'d>) {
        self.0.push((key, value));
    }

    /// A text that counts as left out if it is empty.
    fn text(&mut self, key: &'d str, text: &'d str) {
        if !text.is_empty() {
            self.put(key, Node::text(text));
        }
    }

    /// A number that counts as left out if it is 0.
    fn number(&mut self, key: &'d str, value: u32) {
        if value != 0 {
            self.put(key, Node::Number(value.into()));
        }
    }
}

impl<'d> From<Map<'d>> for Node<'d> {
    fn from(map: Map<'d>) -> Self {
        Self::Map(map.0)
    }
}

/// Nanoseconds in the largest unit that divides them.
fn duration(ns: i64) -> String {
    for (unit, length) in [
        ("h", 3_600_000_000_000),
        ("m", 60_000_000_000),
        ("s", 1_000_000_000),
        ("ms", 1_000_000),
    ] {
        if ns % length == 0 {
            return format!("{}{unit}", ns / length);
        }
    }
    format!("{ns}ns")
}
