//! `services`: container images and how to run them.

use super::cursor::Cursor;
use super::entries::Spanned;
use super::expose::Expose;
use super::params::{Credentials, Params};
use crate::manifest::List;
use crate::yaml::{Budget, Node, Span};

const KEYS: &[&str] = &[
    "image",
    "command",
    "args",
    "env",
    "expose",
    "dependencies",
    "params",
    "credentials",
];

/// A service as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Service {
    /// Container image; empty if left out.
    pub image: Spanned<String>,
    /// Entry point in place of the image's.
    pub command: List<Spanned<String>>,
    /// Arguments of the entry point.
    pub args: List<Spanned<String>>,
    /// Environment, each `NAME=value` or `NAME`.
    pub env: List<Spanned<String>>,
    /// What it listens on.
    pub expose: Vec<Expose>,
    /// Names of other services: read and otherwise ignored.
    pub dependencies: Vec<Spanned<String>>,
    /// Storage mounts and other parameters.
    pub params: Option<Params>,
    /// Log-in for the image registry.
    pub credentials: Option<Credentials>,
}

impl Service {
    pub(super) fn read<'t, 'a>(
        cursor: &mut Cursor<'t, 'a>,
        budget: &mut Budget,
        node: Node<'t, 'a>,
        at: Span,
    ) -> Self {
        let mut service = Self {
            image: Spanned::new(String::new(), at),
            command: List::NULL,
            args: List::NULL,
            env: List::NULL,
            expose: Vec::new(),
            dependencies: Vec::new(),
            params: None,
            credentials: None,
        };
        cursor.fields(
            budget,
            node,
            at,
            KEYS,
            &mut |cursor, budget, name, entry| {
                let (node, at) = (entry.value, entry.key.span());
                match name {
                    "image" => service.image = cursor.text(budget, node),
                    "command" => service.command = cursor.texts(budget, node),
                    "args" => service.args = cursor.texts(budget, node),
                    "env" => service.env = cursor.texts(budget, node),
                    "expose" => {
                        let exposes = cursor.list(budget, node, Expose::read);
                        service.expose = exposes.into_vec();
                    }
                    "dependencies" => {
                        let names = cursor.list(budget, node, dependency);
                        service.dependencies = names.into_vec();
                    }
                    "params" => service.params = Params::read(cursor, budget, node, at),
                    _ => service.credentials = Credentials::read(cursor, budget, node, at),
                }
            },
        );
        service
    }
}

fn dependency<'t, 'a>(
    cursor: &mut Cursor<'t, 'a>,
    budget: &mut Budget,
    node: Node<'t, 'a>,
) -> Option<Spanned<String>> {
    if cursor.is_null(node) {
        return None;
    }
    let at = node.span();
    let mut service = Spanned::new(String::new(), at);
    cursor.fields(
        budget,
        node,
        at,
        &["service"],
        &mut |cursor, budget, _, entry| {
            service = cursor.text(budget, entry.value);
        },
    );
    Some(service)
}
