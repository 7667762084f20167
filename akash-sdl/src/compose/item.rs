//! The compose file as a tree of texts: aliases and merge keys expanded, variables put in.

use std::collections::{BTreeMap, BTreeSet};

use super::go_format;
use super::interpolate::interpolate;
use super::loss::{LossCode, Notes};
use crate::yaml::{Error, Kind, Node, Resolved, Span, Tree};

/// Most levels, nodes and bytes after expansion: a file that needs more is no deployment.
const MOST_LEVELS: usize = 64;
const MOST_NODES: usize = 50_000;
const MOST_BYTES: usize = 8 << 20;

/// A value and its place.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) span: Span,
    pub(super) value: Value,
}

impl Item {
    /// An empty value at the start.
    pub(super) const NOTHING: Self = Self {
        span: Span::new(0, 0),
        value: Value::Null,
    };
}

/// A scalar as compose formats it, a list, or a map with its keys in order.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Null,
    Text(String),
    List(Vec<Item>),
    Map(Vec<(String, Item)>),
}

/// A place to tell about: path and span.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) path: String,
    pub(super) span: Span,
}

/// An item with the way to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<'p> {
    item: &'p Item,
    up: Option<&'p Self>,
    step: Step<'p>,
}

#[derive(Debug, Clone, Copy)]
enum Step<'p> {
    Top,
    Key(&'p str),
    Index(usize),
}

impl<'p> At<'p> {
    pub(super) const fn top(item: &'p Item) -> Self {
        Self {
            item,
            up: None,
            step: Step::Top,
        }
    }

    pub(super) const fn item(self) -> &'p Item {
        self.item
    }

    /// The same place with another value, which [`extends`](super::extends) made.
    pub(super) const fn with<'q>(self, item: &'q Item) -> At<'q>
    where
        'p: 'q,
    {
        At { item, ..self }
    }

    pub(super) const fn span(self) -> Span {
        self.item.span
    }

    pub(super) const fn is_null(self) -> bool {
        matches!(self.item.value, Value::Null)
    }

    pub(super) fn text(self) -> Option<&'p str> {
        match &self.item.value {
            Value::Text(text) => Some(text),
            Value::Null | Value::List(_) | Value::Map(_) => None,
        }
    }

    pub(super) const fn is_list(self) -> bool {
        matches!(self.item.value, Value::List(_))
    }

    pub(super) const fn is_map(self) -> bool {
        matches!(self.item.value, Value::Map(_))
    }

    /// The value of a key; none if it is null.
    pub(super) fn get<'q>(&'q self, key: &'q str) -> Option<At<'q>> {
        let (name, item) = self.pairs().iter().find(|(name, _)| name == key)?;
        let at = self.at(item, Step::Key(name));
        (!at.is_null()).then_some(at)
    }

    /// The text of a key.
    pub(super) fn text_of(self, key: &str) -> Option<&'p str> {
        let (_, item) = self.pairs().iter().find(|(name, _)| name == key)?;
        match &item.value {
            Value::Text(text) => Some(text),
            Value::Null | Value::List(_) | Value::Map(_) => None,
        }
    }

    /// The map of a key, for its texts.
    pub(super) fn map_of(self, key: &str) -> Option<Self> {
        let (_, item) = self.pairs().iter().find(|(name, _)| name == key)?;
        matches!(item.value, Value::Map(_)).then_some(Self { item, ..self })
    }

    /// Keys and values of a map; nothing for other kinds.
    pub(super) fn entries<'q>(&'q self) -> impl Iterator<Item = (&'q str, At<'q>)> {
        self.pairs()
            .iter()
            .map(|(name, item)| (name.as_str(), self.at(item, Step::Key(name))))
    }

    /// The items of a list, or a single text as if it were a list of one; nothing for other kinds.
    pub(super) fn items<'q>(&'q self) -> impl Iterator<Item = At<'q>> {
        let (list, alone) = match &self.item.value {
            Value::List(items) => (items.as_slice(), None),
            Value::Text(_) => ([].as_slice(), Some(*self)),
            Value::Null | Value::Map(_) => ([].as_slice(), None),
        };
        list.iter()
            .enumerate()
            .map(|(index, item)| self.at(item, Step::Index(index)))
            .chain(alone)
    }

    fn pairs(&self) -> &'p [(String, Item)] {
        match &self.item.value {
            Value::Map(pairs) => pairs,
            Value::Null | Value::Text(_) | Value::List(_) => &[],
        }
    }

    const fn at<'q>(&'q self, item: &'q Item, step: Step<'q>) -> At<'q> {
        At {
            item,
            up: Some(self),
            step,
        }
    }

    /// Such as `services.web.ports[0]`.
    pub(super) fn path(self) -> String {
        let mut path = self.up.map_or_else(String::new, |up| up.path());
        match self.step {
            Step::Top => {}
            Step::Key(key) => push_key(&mut path, key),
            Step::Index(index) => path.push_str(&format!("[{index}]")),
        }
        path
    }

    pub(super) fn place(self) -> Place {
        Place {
            path: self.path(),
            span: self.span(),
        }
    }
}

/// Adds a key to a path; a very long one is cut.
fn push_key(path: &mut String, key: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    match key.char_indices().nth(80) {
        Some((end, _)) => {
            path.push_str(key.get(..end).unwrap_or(key));
            path.push('…');
        }
        None => path.push_str(key),
    }
}

/// Reads a file, whose places begin at `base`; faults go to the notes.
pub(super) fn read(
    tree: &Tree<'_>,
    base: u32,
    environment: &BTreeMap<String, String>,
    notes: &mut Notes<'_>,
) -> Item {
    let mut reader = Reader {
        environment,
        notes,
        base,
        path: Vec::new(),
        nodes: 0,
        bytes: 0,
        full: false,
        unset: BTreeSet::new(),
    };
    reader.item(tree.root(), 0)
}

struct Reader<'c, 'n, 'l> {
    environment: &'c BTreeMap<String, String>,
    notes: &'n mut Notes<'l>,
    base: u32,
    path: Vec<String>,
    nodes: usize,
    bytes: usize,
    /// Whether a limit was met; said once.
    full: bool,
    unset: BTreeSet<String>,
}

impl Reader<'_, '_, '_> {
    fn item(&mut self, node: Node<'_, '_>, level: usize) -> Item {
        let span = self.behind(node.span());
        self.nodes += 1;
        if level > MOST_LEVELS || self.nodes > MOST_NODES || self.bytes > MOST_BYTES {
            if !self.full {
                self.full = true;
                let message = format!(
                    "the file grows too large here: at most {MOST_LEVELS} levels, {MOST_NODES} values \
                     and {MOST_BYTES} bytes are read once aliases and variables are replaced"
                );
                self.fault(node.span(), message);
            }
            return Item {
                span,
                value: Value::Null,
            };
        }
        let target = node.resolved();
        let value = match target.kind() {
            Kind::Scalar => self.scalar(node),
            Kind::Sequence => Value::List(
                target
                    .items()
                    .enumerate()
                    .map(|(index, child)| {
                        self.path.push(format!("[{index}]"));
                        let item = self.item(child, level + 1);
                        self.path.pop();
                        item
                    })
                    .collect(),
            ),
            Kind::Mapping => Value::Map(self.map(target, level)),
            Kind::Alias => Value::Null,
        };
        Item { span, value }
    }

    fn map(&mut self, map: Node<'_, '_>, level: usize) -> Vec<(String, Item)> {
        let mut pairs: Vec<(String, Item)> = Vec::with_capacity(map.pairs().len());
        let mut names = BTreeSet::new();
        self.add_pairs(map, level, &mut pairs, &mut names);
        pairs
    }

    /// Adds the pairs of a map that are not there yet: its own, then those that `<<` brings.
    fn add_pairs(
        &mut self,
        map: Node<'_, '_>,
        level: usize,
        pairs: &mut Vec<(String, Item)>,
        names: &mut BTreeSet<String>,
    ) {
        if level > MOST_LEVELS {
            return;
        }
        if let Err(error) = map.check_unique_keys() {
            self.error(&error);
        }
        let mut merges = Vec::new();
        for (key, value) in map.pairs() {
            if key.is_merge() {
                merges.push(value);
                continue;
            }
            let name = match self.scalar_text(key) {
                Some(name) => name,
                None if key.resolved().kind() == Kind::Scalar => continue,
                None => {
                    self.fault(key.span(), "a key is a text".to_owned());
                    continue;
                }
            };
            // What extensions hold matters only where aliases repeat it.
            if level == 0 && name.starts_with("x-") || !names.insert(name.clone()) {
                continue;
            }
            self.bytes += name.len();
            self.path.push(name.clone());
            let item = self.item(value, level + 1);
            self.path.pop();
            pairs.push((name, item));
        }
        for merge in merges {
            let target = merge.resolved();
            let sources: Vec<_> = match target.kind() {
                Kind::Sequence => target.items().collect(),
                _ => vec![target],
            };
            for source in sources {
                self.nodes += 1;
                if source.resolved().kind() == Kind::Mapping && self.nodes <= MOST_NODES {
                    self.add_pairs(source.resolved(), level + 1, pairs, names);
                } else {
                    self.fault(
                        merge.span(),
                        "`<<` takes a map or a list of maps".to_owned(),
                    );
                }
            }
        }
    }

    fn scalar(&mut self, node: Node<'_, '_>) -> Value {
        let Some(text) = self.scalar_text(node) else {
            return Value::Null;
        };
        self.bytes += text.len();
        if !text.contains('$') {
            return Value::Text(text);
        }
        let environment = self.environment;
        let mut unset = Vec::new();
        let room = MOST_BYTES.saturating_sub(self.bytes);
        let lookup = |name: &str| environment.get(name).map(String::as_str);
        match interpolate(&text, &lookup, room, &mut unset) {
            Ok(text) => {
                self.bytes += text.len();
                for name in unset {
                    if self.unset.insert(name.clone()) {
                        let message = format!(
                            "variable {name:?} is not set and has no default: it is empty in the SDL; \
                             give it in the environment"
                        );
                        let place = self.place(node.span());
                        self.notes.lose_at(LossCode::VariableUnset, &place, message);
                    }
                }
                Value::Text(text)
            }
            Err(error) => {
                self.fault(node.span(), error.to_string());
                Value::Null
            }
        }
    }

    /// A scalar as compose formats the value that YAML gives it; none for null.
    fn scalar_text(&mut self, node: Node<'_, '_>) -> Option<String> {
        match node.resolve() {
            Ok(Resolved::Null) => None,
            Ok(Resolved::Bool(value)) => Some(value.to_string()),
            Ok(Resolved::Int(value)) => Some(value.to_string()),
            Ok(Resolved::Uint(value)) => Some(value.to_string()),
            Ok(Resolved::Float(value)) => Some(go_format::float(value)),
            Ok(Resolved::Str(text)) => Some(text.to_owned()),
            Ok(Resolved::Timestamp(_) | Resolved::Merge) => Some(node.resolved().text().to_owned()),
            Ok(Resolved::Binary(bytes)) => Some(String::from_utf8_lossy(&bytes).into_owned()),
            Err(error) => {
                if node.resolved().kind() == Kind::Scalar {
                    self.error(&error);
                }
                None
            }
        }
    }

    /// A place of this file among those of all files.
    const fn behind(&self, span: Span) -> Span {
        let base = self.base;
        Span::new(
            span.start.saturating_add(base),
            span.end.saturating_add(base),
        )
    }

    /// The place of a span of this file.
    fn place(&self, span: Span) -> Place {
        let span = self.behind(span);
        let mut path = String::new();
        for step in &self.path {
            if step.starts_with('[') {
                path.push_str(step);
            } else {
                push_key(&mut path, step);
            }
        }
        Place { path, span }
    }

    fn fault(&mut self, span: Span, message: String) {
        let place = self.place(span);
        self.notes.fault_at(place.span, place.path, message);
    }

    fn error(&mut self, error: &Error) {
        self.fault(error.span(), error.kind().to_string());
    }
}
