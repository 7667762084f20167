//! The document as a tree: one flat arena of nodes in reading order.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use super::error::{Error, ErrorKind};
use super::limits::Limits;
use super::position::{LineIndex, Lines, Position, Span};

/// The first document of a text.
///
/// All nodes lie in one `Vec` in reading order, a node before its children; scalars that needed no
/// unfolding or unescaping borrow their text from the input.
///
/// ```
/// use akash_sdl::yaml::{self, Kind};
///
/// let tree = yaml::parse(b"services:\n  web: {image: nginx, args: [a, b]}\n")?;
/// let root = tree.root();
/// assert_eq!(root.kind(), Kind::Mapping);
/// let (key, services) = root.pairs().next().unwrap();
/// assert_eq!((key.text(), key.position().line), ("services", 1));
/// let (_, web) = services.pairs().next().unwrap();
/// let args = web.pairs().find(|(key, _)| key.text() == "args").unwrap().1;
/// assert_eq!(args.items().map(|item| item.text()).collect::<Vec<_>>(), ["a", "b"]);
/// # Ok::<(), yaml::Error>(())
/// ```
#[derive(Clone)]
pub struct Tree<'a> {
    pub(crate) source: Cow<'a, str>,
    /// Unfolded and unescaped scalar texts.
    pub(crate) owned: String,
    pub(crate) nodes: Vec<NodeData>,
    pub(crate) properties: Vec<Properties>,
    pub(crate) limits: Limits,
    /// Where the first document ends.
    pub(crate) end: u32,
    /// The lines of the source, once a position was asked for.
    pub(super) lines: OnceLock<Lines>,
}

/// Anchor and tag, which few nodes have.
#[derive(Debug, Clone, Default)]
pub(crate) struct Properties {
    pub(crate) tag: Option<Box<str>>,
    pub(crate) anchor: Option<Span>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct NodeData {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Scalar: start of the text. Collection: number of children. Alias: the node it stands for.
    pub(crate) a: u32,
    /// Scalar and alias: length of the text.
    pub(crate) b: u32,
    /// Index behind the last node of this subtree.
    pub(crate) next: u32,
    /// 1 + index of the properties, or 0.
    pub(crate) properties: u32,
    pub(crate) kind: Kind,
    pub(crate) style: Style,
    pub(crate) tag: TagKind,
    /// Whether the text lies in `owned`, not in the source.
    pub(crate) owned: bool,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A text, number, flag, date or null.
    Scalar,
    /// A list.
    Sequence,
    /// A map.
    Mapping,
    /// `*name`: a reference to an earlier node.
    Alias,
}

/// How a node is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// A scalar without quotes, or one that was left out.
    Plain,
    /// `'text'`
    SingleQuoted,
    /// `"text"`
    DoubleQuoted,
    /// `|` and indented lines.
    Literal,
    /// `>` and indented lines.
    Folded,
    /// A collection by indentation, or an alias.
    Block,
    /// A collection in brackets or braces.
    Flow,
}

/// The tags that decide how a scalar is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TagKind {
    /// No tag, or the lone `!`.
    None,
    Str,
    Bool,
    Int,
    Float,
    Null,
    Timestamp,
    Binary,
    Merge,
    /// Any other: the text stays a string.
    Other,
}

impl TagKind {
    pub(crate) fn of(short: &str) -> Self {
        match short {
            "" | "!" => Self::None,
            "!!str" => Self::Str,
            "!!bool" => Self::Bool,
            "!!int" => Self::Int,
            "!!float" => Self::Float,
            "!!null" => Self::Null,
            "!!timestamp" => Self::Timestamp,
            "!!binary" => Self::Binary,
            "!!merge" => Self::Merge,
            _ => Self::Other,
        }
    }
}

impl<'a> Tree<'a> {
    /// The first line with content behind the first document, which is not read; none if nothing is
    /// there but marks and comments.
    ///
    /// ```
    /// use akash_sdl::yaml;
    ///
    /// let text = "a: 1\n---\n# more\nb: 2\n";
    /// let tree = yaml::parse(text.as_bytes())?;
    /// let rest = tree.rest().unwrap();
    /// assert_eq!(&text[rest.start as usize..rest.end as usize], "b: 2");
    /// assert_eq!(yaml::parse(b"a: 1\n...\n---\n")?.rest(), None);
    /// # Ok::<(), yaml::Error>(())
    /// ```
    #[must_use]
    pub fn rest(&self) -> Option<Span> {
        let mut start = self.end as usize;
        for line in self.source.get(start..)?.split_inclusive(['\n', '\r']) {
            let content = line.trim();
            let inner = content.trim_start_matches("---").trim_start();
            if !(inner.is_empty() || content == "..." || inner.starts_with(['#', '%'])) {
                let start = start + (line.len() - line.trim_start().len());
                let narrow = |at| u32::try_from(at).unwrap_or(u32::MAX);
                return Some(Span::new(narrow(start), narrow(start + content.len())));
            }
            start += line.len();
        }
        None
    }

    /// The top node; a null scalar for an empty text.
    #[must_use]
    pub const fn root(&self) -> Node<'_, 'a> {
        Node { tree: self, id: 0 }
    }

    /// The scalars in reading order, keys among them.
    pub(crate) fn scalars(&self) -> impl Iterator<Item = Node<'_, 'a>> {
        let nodes = self.nodes.iter().zip(0u32..);
        nodes
            .filter(|(data, _)| data.kind == Kind::Scalar)
            .map(move |(_, id)| Node { tree: self, id })
    }

    /// The text that spans point into: the input without change, unless it was UTF-16.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// A fresh index of the lines of [`source`](Self::source).
    #[must_use]
    pub fn line_index(&self) -> LineIndex<'_> {
        LineIndex::new(&self.source)
    }

    /// The position of a byte offset of [`source`](Self::source); an offset behind the end is the end.
    /// The first call finds the lines, further ones are quick.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        let lines = self.lines.get_or_init(|| Lines::new(&self.source));
        lines.position(&self.source, offset)
    }

    /// How many nodes the document has, aliases not expanded.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Never true: an empty text has a null root.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The limits the text was read with.
    #[must_use]
    pub const fn limits(&self) -> &Limits {
        &self.limits
    }
}

impl fmt::Debug for Tree<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tree")
            .field("nodes", &self.nodes.len())
            .field("bytes", &self.source.len())
            .finish()
    }
}

/// A node of a [`Tree`]; a cheap handle.
#[derive(Clone, Copy)]
pub struct Node<'t, 'a> {
    tree: &'t Tree<'a>,
    id: u32,
}

/// What an id that is not in the arena would read as; ids come from the arena, so it is never seen.
const MISSING: NodeData = NodeData {
    start: 0,
    end: 0,
    a: 0,
    b: 0,
    next: u32::MAX,
    properties: 0,
    kind: Kind::Scalar,
    style: Style::Plain,
    tag: TagKind::None,
    owned: false,
};

impl<'t, 'a> Node<'t, 'a> {
    #[inline]
    pub(crate) fn data(self) -> &'t NodeData {
        self.tree.nodes.get(self.id as usize).unwrap_or(&MISSING)
    }

    /// The tree this node belongs to.
    #[must_use]
    pub const fn tree(self) -> &'t Tree<'a> {
        self.tree
    }

    /// The number of this node in reading order, from 0; unique in its tree.
    #[must_use]
    pub const fn id(self) -> u32 {
        self.id
    }

    /// What the node is. Aliases are not followed.
    #[must_use]
    #[inline]
    pub fn kind(self) -> Kind {
        self.data().kind
    }

    /// How the node is written.
    #[must_use]
    #[inline]
    pub fn style(self) -> Style {
        self.data().style
    }

    /// Where the node stands: with its quotes or brackets, without tag and anchor. Empty for a value that was left out.
    #[must_use]
    #[inline]
    pub fn span(self) -> Span {
        let data = self.data();
        Span {
            start: data.start,
            end: data.end,
        }
    }

    /// Line and column of the start of the node.
    #[must_use]
    pub fn position(self) -> Position {
        self.tree.position(self.data().start)
    }

    /// The text of a scalar after unquoting and unfolding, the name of an alias, "" for a collection.
    #[must_use]
    #[inline]
    pub fn text(self) -> &'t str {
        let data = self.data();
        if matches!(data.kind, Kind::Sequence | Kind::Mapping) {
            return "";
        }
        let from: &'t str = if data.owned {
            &self.tree.owned
        } else {
            &self.tree.source
        };
        let start = if data.kind == Kind::Alias {
            data.start as usize + 1
        } else {
            data.a as usize
        };
        from.get(start..start + data.b as usize).unwrap_or("")
    }

    /// The explicit tag in its short form (`!!int`, `!mine`); none for the lone `!`.
    #[must_use]
    pub fn tag(self) -> Option<&'t str> {
        self.properties()?.tag.as_deref()
    }

    /// The name of the anchor (`&name`) on this node.
    #[must_use]
    pub fn anchor(self) -> Option<&'t str> {
        let span = self.properties()?.anchor?;
        self.tree.source.get(span.start as usize..span.end as usize)
    }

    fn properties(self) -> Option<&'t Properties> {
        let index = self.data().properties.checked_sub(1)?;
        self.tree.properties.get(index as usize)
    }

    /// For an alias, the node it stands for (which is never an alias itself).
    #[must_use]
    #[inline]
    pub fn alias_target(self) -> Option<Self> {
        let data = self.data();
        (data.kind == Kind::Alias).then_some(Self {
            tree: self.tree,
            id: data.a,
        })
    }

    /// The node itself, or what it stands for if it is an alias.
    #[must_use]
    #[inline]
    pub fn resolved(self) -> Self {
        self.alias_target().unwrap_or(self)
    }

    /// The items of a list; nothing for other kinds.
    #[must_use]
    #[inline]
    pub fn items(self) -> Children<'t, 'a> {
        if self.kind() == Kind::Sequence {
            self.children()
        } else {
            self.no_children()
        }
    }

    /// Keys and values of a map in their order, `<<` not expanded; nothing for other kinds.
    #[must_use]
    #[inline]
    pub fn pairs(self) -> Pairs<'t, 'a> {
        Pairs {
            children: if self.kind() == Kind::Mapping {
                self.children()
            } else {
                self.no_children()
            },
        }
    }

    /// The items of a list, or key, value, key, value … of a map; nothing for other kinds.
    #[must_use]
    #[inline]
    pub fn children(self) -> Children<'t, 'a> {
        let data = self.data();
        match data.kind {
            Kind::Sequence | Kind::Mapping => Children {
                tree: self.tree,
                next: self.id + 1,
                end: data.next,
                left: data.a,
            },
            Kind::Scalar | Kind::Alias => self.no_children(),
        }
    }

    fn no_children(self) -> Children<'t, 'a> {
        Children {
            tree: self.tree,
            next: 0,
            end: 0,
            left: 0,
        }
    }

    pub(crate) fn error(self, kind: ErrorKind) -> Error {
        Error::at(kind, self.span(), self.position())
    }
}

impl PartialEq for Node<'_, '_> {
    /// Whether both are the same place of the same tree.
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.tree, other.tree) && self.id == other.id
    }
}

impl Eq for Node<'_, '_> {}

impl fmt::Debug for Node<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Node")
            .field("kind", &self.kind())
            .field("span", &self.span())
            .field("text", &self.text())
            .finish()
    }
}

/// Iterator over the children of a node.
#[derive(Clone)]
pub struct Children<'t, 'a> {
    tree: &'t Tree<'a>,
    next: u32,
    end: u32,
    left: u32,
}

impl<'t, 'a> Iterator for Children<'t, 'a> {
    type Item = Node<'t, 'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.end {
            return None;
        }
        let node = Node {
            tree: self.tree,
            id: self.next,
        };
        self.next = node.data().next;
        self.left = self.left.saturating_sub(1);
        Some(node)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left as usize, Some(self.left as usize))
    }
}

impl ExactSizeIterator for Children<'_, '_> {}

impl fmt::Debug for Children<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// Iterator over keys and values of a map.
#[derive(Debug, Clone)]
pub struct Pairs<'t, 'a> {
    children: Children<'t, 'a>,
}

impl<'t, 'a> Iterator for Pairs<'t, 'a> {
    type Item = (Node<'t, 'a>, Node<'t, 'a>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        Some((self.children.next()?, self.children.next()?))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.children.len() / 2;
        (left, Some(left))
    }
}

impl ExactSizeIterator for Pairs<'_, '_> {}
