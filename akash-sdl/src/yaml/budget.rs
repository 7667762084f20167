//! What decoding a document may cost when aliases repeat parts of it.

use super::error::{Error, ErrorKind};
use super::limits::Limits;
use super::tree::{Kind, Node};

/// The count of decoded nodes that bounds what aliases can blow up.
///
/// Every decode call of the reference reader has its own count: make one budget for each. It counts each
/// node that is decoded, and apart from that those decoded inside an alias; once more than 1000 and
/// 100 of them, decoding fails when more than 99 % come from aliases (falling to 10 % between 400,000 and
/// 4,000,000 nodes). It also refuses an alias inside its own value and nesting beyond [`Limits::depth`].
///
/// ```
/// use akash_sdl::yaml::{self, Budget, Error, Node};
///
/// fn leaves(node: Node<'_, '_>, budget: &mut Budget) -> Result<usize, Error> {
///     budget.decode(node, |budget, node| {
///         let children = node.children().map(|child| leaves(child, budget));
///         Ok(children.sum::<Result<usize, Error>>()?.max(1))
///     })
/// }
///
/// let tree = yaml::parse(b"a: &x [1, 2]\nb: [*x, *x]\n")?;
/// assert_eq!(leaves(tree.root(), &mut Budget::new(&tree))?, 2 + 2 + 4);
/// assert!(leaves(yaml::parse(b"a: &x [*x]")?.root(), &mut Budget::new(&tree)).is_err());
/// # Ok::<(), yaml::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Budget {
    decoded: u64,
    aliased: u64,
    /// The aliases that are being decoded.
    inside: Vec<u32>,
    depth: u32,
    limits: Limits,
    binary: usize,
}

impl Budget {
    /// The budget of one decode call on a node.
    #[must_use]
    pub const fn new(tree: &super::Tree<'_>) -> Self {
        Self {
            decoded: 0,
            aliased: 0,
            inside: Vec::new(),
            depth: 0,
            limits: *tree.limits(),
            binary: 0,
        }
    }

    /// The budget of one decode call on the whole document, which counts as a node of its own.
    #[must_use]
    pub fn document(tree: &super::Tree<'_>) -> Self {
        Self {
            decoded: 1,
            ..Self::new(tree)
        }
    }

    /// How many nodes were decoded.
    #[must_use]
    pub const fn decoded(&self) -> u64 {
        self.decoded
    }

    /// How many of them inside an alias.
    #[must_use]
    pub const fn aliased(&self) -> u64 {
        self.aliased
    }

    /// Counts a node and hands it on, an alias followed.
    ///
    /// # Errors
    /// What `decode` returns, and [`ErrorKind::ExcessiveAliasing`], [`ErrorKind::SelfReference`],
    /// [`ErrorKind::TooDeep`].
    pub fn decode<'t, 'a, T, E: From<Error>>(
        &mut self,
        node: Node<'t, 'a>,
        decode: impl FnOnce(&mut Self, Node<'t, 'a>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.count(node)?;
        let Some(target) = node.alias_target() else {
            return self.nest(node, decode);
        };
        if self.inside.contains(&node.id()) {
            return Err(node
                .error(ErrorKind::SelfReference {
                    name: node.text().into(),
                })
                .into());
        }
        self.inside.push(node.id());
        let result = match self.count(target) {
            Ok(()) => self.nest(target, decode),
            Err(error) => Err(error.into()),
        };
        self.inside.pop();
        result
    }

    fn nest<'t, 'a, T, E: From<Error>>(
        &mut self,
        node: Node<'t, 'a>,
        decode: impl FnOnce(&mut Self, Node<'t, 'a>) -> Result<T, E>,
    ) -> Result<T, E> {
        if node.kind() == Kind::Scalar {
            return decode(self, node);
        }
        let limit = self.limits.most_levels();
        if self.depth >= limit {
            return Err(node.error(ErrorKind::TooDeep { limit }).into());
        }
        self.depth += 1;
        let result = decode(self, node);
        self.depth -= 1;
        result
    }

    fn count(&mut self, node: Node<'_, '_>) -> Result<(), Error> {
        self.decoded += 1;
        if self.inside.is_empty() {
            return Ok(());
        }
        self.aliased += 1;
        if self.aliased > 100 && self.decoded > 1000 && self.alias_share() > self.allowed_share() {
            return Err(node.error(ErrorKind::ExcessiveAliasing));
        }
        Ok(())
    }

    #[allow(
        clippy::cast_precision_loss,
        reason = "counts of nodes stay below 2^53"
    )]
    fn alias_share(&self) -> f64 {
        self.aliased as f64 / self.decoded as f64
    }

    #[allow(
        clippy::cast_precision_loss,
        reason = "counts of nodes stay below 2^53"
    )]
    fn allowed_share(&self) -> f64 {
        const LOW: u64 = 400_000;
        const HIGH: u64 = 4_000_000;
        match self.decoded {
            ..=LOW => 0.99,
            HIGH.. => 0.10,
            decoded => 0.99 - 0.89 * ((decoded - LOW) as f64 / (HIGH - LOW) as f64),
        }
    }

    /// Enters a map or list that is no alias, and stands in none, if that is sure to be allowed; then
    /// [`leave`](Self::leave) it.
    #[inline]
    pub(crate) fn enter_plain(&mut self) -> bool {
        let free = self.inside.is_empty() && self.depth < self.limits.most_levels();
        if free {
            self.decoded += 1;
            self.depth += 1;
        }
        free
    }

    #[inline]
    pub(crate) const fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Counts a node that is no alias; whether it stands in none either. If it does, nothing is counted.
    #[inline]
    pub(crate) const fn count_plain(&mut self) -> bool {
        let free = self.inside.is_empty();
        if free {
            self.decoded += 1;
        }
        free
    }

    /// Counts bytes decoded from `!!binary`, which repeated aliases would multiply.
    pub(super) fn charge_binary(&mut self, node: Node<'_, '_>) -> Result<(), Error> {
        self.binary = self.binary.saturating_add(node.text().len());
        if self.binary > self.limits.binary {
            return Err(node.error(ErrorKind::ExcessiveAliasing));
        }
        Ok(())
    }
}
