//! Taking typed values out of the YAML tree and noting what does not fit.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::entries::{Entries, Named, Spanned};
use crate::diagnostic::{Collector, codes};
use crate::manifest::List;
use crate::yaml::{Budget, Entry, Error, ErrorKind, Kind, Node, Span, Style, Tree};

/// How many nodes are decoded in all, whatever aliases repeat.
const MOST_DECODED: u64 = 10_000_000;

/// The state of reading one document.
pub(crate) struct Cursor<'t, 'a> {
    pub(crate) tree: &'t Tree<'a>,
    pub(crate) found: Collector,
    /// Places whose values could not be read, so that nothing more is said about them.
    broken: Vec<Span>,
    decoded: u64,
    /// Set once aliases blow the document up: nothing more is read.
    stopped: bool,
    models: Models,
}

/// Where the models of GPUs stand, in the order of their attributes, by where their `units` start.
pub(crate) type Models = BTreeMap<u32, Vec<Span>>;

/// What reading a document leaves besides the document.
pub(crate) struct Noted {
    pub(crate) found: Collector,
    /// Places that could not be read.
    pub(crate) broken: Vec<Span>,
    pub(crate) models: Models,
}

impl<'t, 'a> Cursor<'t, 'a> {
    pub(crate) fn new(tree: &'t Tree<'a>) -> Self {
        Self {
            tree,
            found: Collector::default(),
            broken: Vec::new(),
            decoded: 0,
            stopped: false,
            models: Models::new(),
        }
    }

    /// Hands over what was noted.
    pub(crate) fn into_noted(self) -> Noted {
        Noted {
            found: self.found,
            broken: self.broken,
            models: self.models,
        }
    }

    /// Notes where the models of a GPU stand.
    pub(crate) fn models(&mut self, units: Span, models: Vec<Span>) {
        self.models.insert(units.start, models);
    }

    /// Marks a place as unreadable.
    pub(crate) fn broken(&mut self, span: Span) {
        // each later error is held against all of them
        const MOST: usize = 1000;
        if self.broken.len() < MOST {
            self.broken.push(span);
        }
    }

    /// Notes a mistake of the YAML layer.
    pub(crate) fn yaml(&mut self, error: &Error) {
        if self.stopped {
            return;
        }
        self.stopped = *error.kind() == ErrorKind::ExcessiveAliasing;
        let code = match error.kind() {
            ErrorKind::DuplicateKey { .. } => codes::YAML_DUPLICATE_KEY,
            ErrorKind::Mismatch { .. }
            | ErrorKind::TagMismatch { .. }
            | ErrorKind::InvalidBase64
            | ErrorKind::BinaryNotText => codes::YAML_TYPE,
            ErrorKind::ExcessiveAliasing
            | ErrorKind::TooLarge { .. }
            | ErrorKind::TooDeep { .. } => codes::YAML_LIMIT,
            _ => codes::YAML_SYNTAX,
        };
        self.broken(error.span());
        self.found
            .error(code, error.span(), error.kind().to_string());
    }

    /// Notes an error in a value, which then counts as unreadable.
    pub(crate) fn error(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
    ) -> crate::diagnostic::Draft<'_> {
        self.broken(span);
        self.found.error(code, span, message)
    }

    /// Runs a decode call of its own, with its own count of nodes.
    pub(crate) fn fresh<T: Default>(
        &mut self,
        node: Node<'t, 'a>,
        decode: impl FnOnce(&mut Self, &mut Budget) -> T,
    ) -> T {
        if self.decoded > MOST_DECODED && !self.stopped {
            self.stopped = true;
            let message = ErrorKind::ExcessiveAliasing.to_string();
            self.error(codes::YAML_LIMIT, node.span(), message);
        }
        if self.stopped {
            return T::default();
        }
        let mut budget = Budget::new(self.tree);
        let value = decode(self, &mut budget);
        self.decoded = self.decoded.saturating_add(budget.decoded());
        value
    }

    /// Whether a node that is to be decoded is null. What is only tagged so is a mistake.
    #[inline]
    pub(crate) fn is_null(&mut self, node: Node<'t, 'a>) -> bool {
        if !node.is_null() {
            return false;
        }
        if let Err(error) = node.resolve() {
            self.yaml(&error);
        }
        true
    }

    /// Follows an alias and counts the node.
    pub(crate) fn enter<T>(
        &mut self,
        budget: &mut Budget,
        node: Node<'t, 'a>,
        decode: impl FnOnce(&mut Self, &mut Budget, Node<'t, 'a>) -> Result<T, Error>,
    ) -> Option<T> {
        if self.stopped {
            return None;
        }
        match budget.decode(node, |budget, node| decode(self, budget, node)) {
            Ok(value) => Some(value),
            Err(error) => {
                self.yaml(&error);
                None
            }
        }
    }

    /// A text; empty for null and where none could be read.
    pub(crate) fn text(&mut self, budget: &mut Budget, node: Node<'t, 'a>) -> Spanned<String> {
        let value = self.optional_text(budget, node).unwrap_or_default();
        Spanned::new(value.into_owned(), node.span())
    }

    /// A text; none for null and where none could be read.
    pub(crate) fn optional_text(
        &mut self,
        budget: &mut Budget,
        node: Node<'t, 'a>,
    ) -> Option<Cow<'t, str>> {
        if self.is_plain(budget, node) {
            return (!node.is_null()).then(|| Cow::Borrowed(node.text()));
        }
        self.enter(budget, node, |cursor, _, node| {
            Ok(match node.decode_bytes()? {
                None => None,
                Some(Cow::Borrowed(_)) => Some(Cow::Borrowed(node.text())),
                Some(Cow::Owned(bytes)) => Some(Cow::Owned(cursor.lossy(bytes, node.span()))),
            })
        })
        .flatten()
    }

    /// Whether a node is a scalar that means what stands there: no alias, no tag. If so it is counted.
    #[inline]
    fn is_plain(&self, budget: &mut Budget, node: Node<'t, 'a>) -> bool {
        let data = node.data();
        data.kind == Kind::Scalar && data.properties == 0 && !self.stopped && budget.count_plain()
    }

    /// Bytes as text, with a warning where that is not possible.
    fn lossy(&mut self, bytes: Vec<u8>, span: Span) -> String {
        String::from_utf8(bytes).unwrap_or_else(|error| {
            let message = "these bytes are no UTF-8 text: each that is none comes out as U+FFFD";
            self.found
                .warning(codes::YAML_BYTES_REPLACED, span, message);
            replaced(error.as_bytes())
        })
    }

    /// An unsigned number; 0 for null.
    pub(crate) fn number(&mut self, budget: &mut Budget, node: Node<'t, 'a>) -> Spanned<u32> {
        if node.style() == Style::Plain
            && let Some(value) = small_number(node.text())
            && self.is_plain(budget, node)
        {
            return Spanned::new(value, node.span());
        }
        let value = self
            .enter(budget, node, |cursor, _, node| {
                let value = node.decode_u32()?;
                if let Some(value) = value {
                    cursor.surprising_number(node, value);
                }
                Ok(value)
            })
            .flatten()
            .unwrap_or(0);
        Spanned::new(value, node.span())
    }

    /// Warns of a number that reads as another than it looks.
    fn surprising_number(&mut self, node: Node<'t, 'a>, value: u32) {
        let (text, span) = (node.text(), node.span());
        let digits = text.bytes().all(|b| b.is_ascii_digit());
        let (code, message) = if digits && text.len() > 1 && text.starts_with('0') {
            let message = format!("{text} begins with 0 and so is octal: it reads as {value}");
            (codes::NUMBER_OCTAL, message)
        } else if !digits
            && node
                .decode_f64()
                .is_ok_and(|v| v.is_some_and(|v| v.fract() != 0.0))
        {
            let message = format!("{text} must be a whole number: it reads as {value}");
            (codes::NUMBER_CUT, message)
        } else {
            return;
        };
        if text.parse() != Ok(value) {
            self.found
                .warning(code, span, message)
                .suggest(span, value.to_string());
        }
    }

    /// A flag; false for null.
    pub(crate) fn flag(&mut self, budget: &mut Budget, node: Node<'t, 'a>) -> Spanned<bool> {
        if node.style() == Style::Plain
            && let Ok(value) = node.text().parse()
            && self.is_plain(budget, node)
        {
            return Spanned::new(value, node.span());
        }
        let value = self
            .enter(budget, node, |_, _, node| node.decode_bool())
            .flatten()
            .unwrap_or(false);
        Spanned::new(value, node.span())
    }

    /// A list; items that give none are left out.
    pub(crate) fn list<T>(
        &mut self,
        budget: &mut Budget,
        node: Node<'t, 'a>,
        mut item: impl FnMut(&mut Self, &mut Budget, Node<'t, 'a>) -> Option<T>,
    ) -> List<T> {
        if self.is_null(node) {
            return List::NULL;
        }
        let items = self.enter(budget, node, |cursor, budget, node| {
            if node.kind() != Kind::Sequence {
                return Err(node.mismatch("a list"));
            }
            let mut items = Vec::with_capacity(node.items().len());
            for node in node.items() {
                if cursor.stopped {
                    break;
                }
                let before = items.len();
                items.extend(item(cursor, budget, node));
                if items.len() == before && node.is_null() {
                    let message =
                        "this item of the list is empty and left out: write it or remove it";
                    cursor
                        .found
                        .warning(codes::ITEM_IGNORED, node.span(), message);
                }
            }
            Ok(items)
        });
        items.into()
    }

    /// A list of texts without its nulls.
    pub(crate) fn texts(
        &mut self,
        budget: &mut Budget,
        node: Node<'t, 'a>,
    ) -> List<Spanned<String>> {
        self.list(budget, node, |cursor, budget, node| {
            let text = cursor.optional_text(budget, node)?;
            Some(Spanned::new(text.into_owned(), node.span()))
        })
    }

    /// The entries of a map with free keys; none for null.
    pub(crate) fn map(
        &mut self,
        budget: &mut Budget,
        node: Node<'t, 'a>,
        at: Span,
        visit: &mut dyn FnMut(&mut Self, &mut Budget, Entry<'t, 'a>),
    ) {
        if self.is_null(node) || self.plain_map(budget, node, at, visit) {
            return;
        }
        let done = self.enter(budget, node, |cursor, budget, node| {
            node.entries(budget, &mut |budget, entry| {
                let value = entry.value;
                visit(cursor, budget, entry);
                if cursor.stopped {
                    return Err(value.error(ErrorKind::ExcessiveAliasing));
                }
                Ok::<(), Error>(())
            })
        });
        if done.is_none() {
            self.broken(at);
        }
    }

    /// Visits the entries of a map the short way, if it is one in which nothing needs care.
    #[inline]
    fn plain_map(
        &mut self,
        budget: &mut Budget,
        node: Node<'t, 'a>,
        at: Span,
        visit: &mut (impl FnMut(&mut Self, &mut Budget, Entry<'t, 'a>) + ?Sized),
    ) -> bool {
        if self.stopped {
            return false;
        }
        let Some(pairs) = node.plain_pairs() else {
            return false;
        };
        if !budget.enter_plain() {
            return false;
        }
        for (key, value) in pairs {
            budget.count_plain();
            let name = Cow::Borrowed(key.text());
            visit(self, budget, Entry { name, key, value });
            if self.stopped {
                self.broken(at);
                break;
            }
        }
        budget.leave();
        true
    }

    /// The entries of a map with known keys, by their position among `known`; none for null.
    /// Unknown keys are ignored with a warning.
    pub(crate) fn fields(
        &mut self,
        budget: &mut Budget,
        node: Node<'t, 'a>,
        at: Span,
        known: &'static [&'static str],
        visit: &mut dyn FnMut(&mut Self, &mut Budget, &'static str, Entry<'t, 'a>),
    ) {
        let mut seen: u32 = 0;
        let mut field = |cursor: &mut Self, budget: &mut Budget, entry: Entry<'t, 'a>| {
            // the few bytes of a key are compared here sooner than by a call
            let name = entry.name.as_bytes();
            let same =
                |known: &&str| known.len() == name.len() && known.bytes().eq(name.iter().copied());
            let mut fields = known.iter().enumerate();
            let Some((index, name)) = fields.find(|(_, known)| same(known)) else {
                return cursor.unknown(known, &entry);
            };
            let bit = 1u32 << (index & 31);
            if seen & bit != 0 {
                let message = format!("the key {name:?} stands here more than once; keep one");
                cursor.error(codes::YAML_DUPLICATE_KEY, entry.key.span(), message);
                return;
            }
            seen |= bit;
            visit(cursor, budget, name, entry);
        };
        if !self.is_null(node) && !self.plain_map(budget, node, at, &mut field) {
            self.map(budget, node, at, &mut field);
        }
    }

    /// Warns of a key that is ignored.
    #[cold]
    fn unknown(&mut self, known: &[&str], entry: &Entry<'t, 'a>) {
        let message = format!("the key {:?} is unknown here and ignored", entry.name);
        self.found
            .warning(codes::KEY_IGNORED, entry.key.span(), message)
            .suggest_nearest(entry.key.span(), &entry.name, known.iter().copied());
    }

    /// A map with free keys into entries. A null value leaves an entry that exists as it is, and
    /// makes the null value of one that does not.
    pub(crate) fn entries<T>(
        &mut self,
        budget: &mut Budget,
        node: Node<'t, 'a>,
        at: Span,
        into: &mut Entries<T>,
        mut value: impl FnMut(&mut Self, &mut Budget, Node<'t, 'a>, Span) -> T,
    ) {
        if self.is_null(node) {
            into.clear();
            return;
        }
        let mut read = Vec::with_capacity(node.resolved().children().len() / 2);
        let mut nulls = Vec::new();
        self.map(budget, node, at, &mut |cursor, budget, entry| {
            let span = entry.key.span();
            let value = value(cursor, budget, entry.value, span);
            let name = Spanned::new(entry.name.into_owned(), span);
            if entry.value.is_null() {
                nulls.push(read.len());
            }
            read.push(Named { name, value });
        });
        into.add(read, &nulls);
    }

    /// Refuses an odd number of children, at which the reference crashes where it walks by hand.
    pub(crate) fn paired(&mut self, node: Node<'t, 'a>) {
        if !node.children().len().is_multiple_of(2) {
            let message = "expected a map, found a list with an odd number of items";
            self.error(codes::YAML_TYPE, node.span(), message);
        }
    }

    /// Warns of a key that stands twice where the reference walks by hand and takes the later one.
    pub(crate) fn repeated(&mut self, name: &str, key: Span, first: Span) {
        let message = format!("the key {name:?} stands here again; the last one counts");
        self.found
            .warning(codes::KEY_REPEATED, key, message)
            .related(first, "first here");
    }

    /// Keys and values of a node that the reference walks by hand: a flat list of its children,
    /// read in pairs, whether a key repeats or not. Keys are taken by their text, aliased ones by the
    /// name of the anchor.
    pub(crate) fn flat(
        &self,
        node: Node<'t, 'a>,
    ) -> impl Iterator<Item = (&'t str, Node<'t, 'a>, Node<'t, 'a>)> + use<'t, 'a> {
        let mut children = node.children();
        core::iter::from_fn(move || {
            let key = children.next()?;
            Some((key.text(), key, children.next()?))
        })
    }
}

/// The value of digits, where the first is no zero before others and no sign.
#[inline]
fn small_number(text: &str) -> Option<u32> {
    match text.as_bytes() {
        [b'0'] => Some(0),
        [b'1'..=b'9', ..] => text.parse().ok(),
        _ => None,
    }
}

/// Bytes as text, each byte that is not UTF-8 replaced, as Go's JSON does.
fn replaced(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for _ in chunk.invalid() {
            text.push('\u{fffd}');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn each_byte_that_is_not_text_is_replaced() {
        assert_eq!(
            super::replaced(b"a\xe2\x82b\xff"),
            "a\u{fffd}\u{fffd}b\u{fffd}"
        );
    }
}
