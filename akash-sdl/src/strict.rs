//! Strict reading: refuses also what only the published JSON schema of SDL refuses.
//!
//! The chain's own library takes such documents and merely logs the schema's verdict, but clients
//! that enforce the schema refuse them: unknown keys, numbers where texts are wanted, denoms other
//! than uact and uakt, and the like. What is wanted stands in the table of
//! [`schema`](crate::schema).

use std::borrow::Cow;

use crate::diagnostic::{Collector, codes};
use crate::schema::DOCUMENT;
use crate::schema::shape::{Field, Positive, Record, Rule, Shape};
use crate::yaml::{Budget, Error, Kind, Node, Resolved, Span, Tree};

/// Notes what the schema refuses in a document that was accepted.
pub(crate) fn check(tree: &Tree<'_>, found: Collector) -> Collector {
    let mut strict = Strict { tree, found };
    let before = strict.found.errors();
    strict.json();
    if strict.found.errors() == before {
        strict.record(tree.root(), &DOCUMENT);
    }
    strict.found
}

struct Strict<'t, 'a> {
    tree: &'t Tree<'a>,
    found: Collector,
}

impl<'t, 'a> Strict<'t, 'a> {
    fn refuse(&mut self, span: Span, message: impl Into<String>) {
        self.found.error(codes::STRICT_VALUE, span, message);
    }

    /// Refuses what cannot be written as JSON, wherever it stands.
    fn json(&mut self) {
        if let Err(error) = self.tree.to_value() {
            self.refuse(error.span(), error.kind().to_string());
            return;
        }
        let mut nodes = vec![(self.tree.root(), false)];
        while let Some((node, merged)) = nodes.pop() {
            match node.kind() {
                Kind::Mapping => {
                    for (key, value) in node.pairs() {
                        // the keys of a map written behind `<<` are read as texts
                        if !merged && !is_plain_text(key) {
                            let message =
                                format!("the key {:?} is no text: put it in quotes", key.text());
                            self.refuse(key.span(), message);
                        }
                        nodes.push((value, key.is_merge()));
                    }
                }
                Kind::Sequence => nodes.extend(node.items().map(|item| (item, merged))),
                Kind::Scalar => {
                    if let Ok(Resolved::Float(value)) = node.resolve()
                        && !value.is_finite()
                    {
                        let message = format!("{} is no number in JSON", shown(node));
                        self.refuse(node.span(), message);
                    }
                }
                Kind::Alias => {}
            }
        }
    }

    /// A map with known keys.
    fn record(&mut self, node: Node<'t, 'a>, record: &'static Record) {
        let mut written: Vec<(&'static Field, Node<'t, 'a>)> = Vec::new();
        let read = self.entries(node, &mut |strict, name, key, value| {
            let Some(field) = record.fields.iter().find(|field| field.key == name) else {
                let known = record.fields.iter().map(|field| field.key);
                let message = format!("the key {name:?} is unknown here");
                strict
                    .found
                    .error(codes::STRICT_KEY_UNKNOWN, key, message)
                    .suggest_nearest(key, name, known);
                return;
            };
            written.push((field, value));
            strict.shape(value, &field.shape);
        });
        if !read {
            return;
        }
        let get = |key: &str| {
            let entry = written.iter().find(|(field, _)| field.key == key);
            entry.map(|(_, value)| *value)
        };
        for field in record.fields {
            if field.required && get(field.key).is_none() {
                self.missing(node, field.key, "is missing");
            }
        }
        match record.rule {
            Rule::None => {}
            Rule::Persistence => {
                let class = get("class").and_then(text);
                let persistent = get("persistent").is_some_and(is_true);
                if persistent == (class.as_deref() == Some("ram")) {
                    let message = "storage with attributes must be persistent: true, \
                                   or of class ram and persistent: false";
                    self.refuse(node.span(), message);
                }
            }
            Rule::GpuUnits => {
                let positive = get("units").is_some_and(is_positive);
                if positive && get("attributes").is_none() {
                    self.missing(node, "attributes", "must stand beside units above 0");
                }
                if !positive && let Some(attributes) = get("attributes") {
                    let message = "attributes of a GPU need units above 0";
                    self.refuse(attributes.span(), message);
                }
            }
            Rule::GlobalIp => {
                let global = get("global")
                    .is_some_and(|node| matches!(node.resolve(), Ok(Resolved::Bool(true))));
                if let Some(ip) = get("ip")
                    && !global
                {
                    self.refuse(ip.span(), "a target with an ip must be `global: true`");
                }
            }
        }
    }

    fn missing(&mut self, node: Node<'t, 'a>, key: &str, what: &str) {
        let message = format!("the key {key:?} {what}");
        self.found
            .error(codes::STRICT_KEY_MISSING, node.span(), message)
            .missing(key);
    }

    fn shape(&mut self, node: Node<'t, 'a>, shape: &'static Shape) {
        match shape {
            Shape::Text(least) => {
                if let Some(text) = self.text(node)
                    && text.chars().count() < *least
                {
                    let message = format!("write a text of at least {least} characters");
                    self.refuse(node.span(), message);
                }
            }
            Shape::Form(form) => {
                if let Some(text) = self.text(node)
                    && form.strict.is_some_and(|fits| !fits(&text))
                {
                    self.refuse(
                        node.span(),
                        format!("{text:?} does not fit: write {}", form.wanted),
                    );
                }
            }
            Shape::Words(words) => {
                if let Some(text) = self.text(node)
                    && !words.contains(&text.as_ref())
                {
                    let message = format!("{text:?} is none of {}", words.join(", "));
                    self.refuse(node.span(), message);
                }
            }
            Shape::Flag => {
                if !matches!(node.resolve(), Ok(Resolved::Bool(_))) {
                    let message = format!("{} is no flag: write true or false", shown(node));
                    self.refuse(node.span(), message);
                }
            }
            Shape::FlagOrText => {
                if !matches!(node.resolve(), Ok(Resolved::Bool(_))) {
                    self.text(node);
                }
            }
            Shape::Whole(least, most) => self.whole(node, *least, *most),
            Shape::Number(positive, form) => {
                let fits = match (number(node), text(node)) {
                    (Some(value), _) if *positive == Positive::Yes => value > 0.0,
                    (Some(value), _) => value >= 0.0,
                    (None, Some(text)) => form.strict.is_none_or(|fits| fits(&text)),
                    (None, None) => false,
                };
                if !fits {
                    let message = format!("{} does not fit: write {}", shown(node), form.wanted);
                    self.refuse(node.span(), message);
                }
            }
            Shape::Anything => {
                if node.resolved().kind() != Kind::Mapping {
                    self.refuse(node.span(), "write a map here");
                }
            }
            Shape::List(item) => self.list(node, item),
            Shape::ListOrNull(item) if !node.is_null() => self.list(node, item),
            Shape::ListOrNull(_) => {}
            Shape::OneOrMany(one) if node.resolved().kind() == Kind::Sequence => {
                self.list(node, one);
            }
            Shape::OneOrMany(one) => self.shape(node, one),
            Shape::WordsOrOnly(words, only) => self.words_or_only(node, words, only),
            Shape::Map(_, value) => {
                self.entries(node, &mut |strict, _, _, node| strict.shape(node, value));
            }
            Shape::Fields(record) => self.record(node, record),
        }
    }

    fn list(&mut self, node: Node<'t, 'a>, item: &'static Shape) {
        let node = node.resolved();
        if node.kind() != Kind::Sequence {
            self.refuse(node.span(), "write a list here");
            return;
        }
        for node in node.items() {
            self.shape(node, item);
        }
    }

    fn words_or_only(&mut self, node: Node<'t, 'a>, words: &[&str], only: &str) {
        let list = node.resolved();
        if list.kind() != Kind::Sequence {
            self.refuse(node.span(), "write a list here");
            return;
        }
        let alone = list.items().len() == 1;
        for item in list.items() {
            let Some(text) = self.text(item) else {
                continue;
            };
            let fits = words.contains(&text.as_ref()) || alone && text == only;
            if !fits {
                let message = format!(
                    "{text:?} does not fit: write some of {}, or {only} alone",
                    words.join(", ")
                );
                self.refuse(item.span(), message);
            }
        }
    }

    /// Visits the entries of a map, those that `<<` brings too. False if it is none.
    fn entries(
        &mut self,
        node: Node<'t, 'a>,
        visit: &mut dyn FnMut(&mut Self, &str, Span, Node<'t, 'a>),
    ) -> bool {
        let node = node.resolved();
        if node.kind() != Kind::Mapping {
            self.refuse(node.span(), "write a map here");
            return false;
        }
        let mut budget = Budget::new(self.tree);
        let result = budget.decode(node, |budget, node| {
            node.entries(budget, &mut |_, entry| {
                visit(self, &entry.name, entry.key.span(), entry.value);
                Ok::<(), Error>(())
            })
        });
        if let Err(error) = &result {
            self.refuse(error.span(), error.kind().to_string());
        }
        result.is_ok()
    }

    fn text(&mut self, node: Node<'t, 'a>) -> Option<Cow<'t, str>> {
        let text = text(node);
        if text.is_none() {
            let message = format!("{} is no text: put it in quotes", shown(node));
            self.refuse(node.span(), message);
        }
        text
    }

    fn whole(&mut self, node: Node<'t, 'a>, least: u64, most: u64) {
        let value = match node.resolve() {
            Ok(Resolved::Int(value)) => u64::try_from(value).ok(),
            Ok(Resolved::Uint(value)) => Some(value),
            Ok(Resolved::Float(value)) if value.fract() == 0.0 => {
                // an integral float counts as an integer to a JSON schema
                format!("{value}").parse().ok()
            }
            _ => None,
        };
        if value.is_none_or(|value| !(least..=most).contains(&value)) {
            let message = format!("{} is no whole number from {least} to {most}", shown(node));
            self.refuse(node.span(), message);
        }
    }
}

/// The text of a node that is one in JSON.
fn text<'t>(node: Node<'t, '_>) -> Option<Cow<'t, str>> {
    match node.resolve().ok()? {
        Resolved::Str(text) => Some(Cow::Borrowed(text)),
        Resolved::Timestamp(_) | Resolved::Merge => Some(Cow::Borrowed(node.resolved().text())),
        Resolved::Binary(bytes) => Some(Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())),
        _ => None,
    }
}

#[allow(
    clippy::cast_precision_loss,
    reason = "only the sign of the number is looked at"
)]
fn number(node: Node<'_, '_>) -> Option<f64> {
    match node.resolve().ok()? {
        Resolved::Int(value) => Some(value as f64),
        Resolved::Uint(value) => Some(value as f64),
        Resolved::Float(value) => Some(value),
        _ => None,
    }
}

/// true, or the text of it.
fn is_true(node: Node<'_, '_>) -> bool {
    matches!(node.resolve(), Ok(Resolved::Bool(true))) || text(node).as_deref() == Some("true")
}

/// A number above zero, or a text that is not zero.
fn is_positive(node: Node<'_, '_>) -> bool {
    match number(node) {
        Some(value) => value > 0.0,
        None => text(node).is_some_and(|text| {
            let (whole, fraction) = text.split_once('.').unwrap_or((&text, "0"));
            let zeros = |part: &str| !part.is_empty() && part.bytes().all(|b| b == b'0');
            !(zeros(whole) && zeros(fraction))
        }),
    }
}

/// Whether a key is a text of its own, or a merge key.
fn is_plain_text(node: Node<'_, '_>) -> bool {
    matches!(node.resolve(), Ok(Resolved::Str(_) | Resolved::Merge))
}

fn shown(node: Node<'_, '_>) -> String {
    let node = node.resolved();
    match node.kind() {
        Kind::Mapping => "a map".to_owned(),
        Kind::Sequence => "a list".to_owned(),
        Kind::Scalar | Kind::Alias if node.is_null() => "nothing".to_owned(),
        Kind::Scalar | Kind::Alias => format!("{:?}", node.text()),
    }
}
