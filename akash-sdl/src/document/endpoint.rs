//! `endpoints`: leased IP addresses.

use super::cursor::Cursor;
use super::entries::Spanned;
use crate::yaml::{Budget, Node, Span};

/// A leased IP address that services can be exposed on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IpEndpoint {
    /// The kind: `ip`.
    pub kind: Spanned<String>,
}

impl IpEndpoint {
    pub(super) fn read<'t, 'a>(
        cursor: &mut Cursor<'t, 'a>,
        budget: &mut Budget,
        node: Node<'t, 'a>,
        at: Span,
    ) -> Self {
        let mut kind = Spanned::new(String::new(), at);
        cursor.fields(
            budget,
            node,
            at,
            &["kind"],
            &mut |cursor, budget, _, entry| {
                kind = cursor.text(budget, entry.value);
            },
        );
        Self { kind }
    }
}
