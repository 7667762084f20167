//! `deployment`: which service runs where, with what, how often.

use super::cursor::Cursor;
use super::entries::Spanned;
use crate::yaml::{Budget, Node, Span};

/// A service in a placement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ServiceDeployment {
    /// Name of the compute profile.
    pub profile: Spanned<String>,
    /// How many replicas.
    pub count: Spanned<u32>,
}

impl ServiceDeployment {
    pub(super) fn read<'t, 'a>(
        cursor: &mut Cursor<'t, 'a>,
        budget: &mut Budget,
        node: Node<'t, 'a>,
        at: Span,
    ) -> Self {
        let mut deployment = Self {
            profile: Spanned::new(String::new(), at),
            count: Spanned::new(0, at),
        };
        let known = &["profile", "count"];
        cursor.fields(
            budget,
            node,
            at,
            known,
            &mut |cursor, budget, name, entry| match name {
                "profile" => deployment.profile = cursor.text(budget, entry.value),
                _ => deployment.count = cursor.number(budget, entry.value),
            },
        );
        deployment
    }
}
