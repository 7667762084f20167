//! `params` and `credentials` of a service.

use core::fmt;

use super::cursor::Cursor;
use super::entries::{Entries, Spanned};
use crate::yaml::{Budget, Node, Span};

/// Parameters of a service as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Params {
    /// Where each volume is mounted; none if left out.
    pub storage: Option<Entries<StorageMount>>,
    /// `permissions.read`; none if `permissions` was left out.
    pub permissions: Option<Vec<Spanned<String>>>,
    /// `tee`; empty if left out.
    pub tee: Spanned<String>,
}

/// Where a volume is mounted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StorageMount {
    /// Absolute path.
    pub mount: Spanned<String>,
    /// Whether writing is forbidden.
    pub read_only: Spanned<bool>,
}

/// A log-in for an image registry as written. `Debug` hides name and password.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Host of the registry.
    pub host: Spanned<String>,
    /// E-mail address.
    pub email: Spanned<String>,
    /// User name.
    pub username: Spanned<String>,
    /// Password.
    pub password: Spanned<String>,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("host", &self.host)
            .field("email", &self.email)
            .field("username", &"<redacted>")
            .field("password", &"<redacted>")
            .finish()
    }
}

impl Params {
    /// Reads the map; none for null.
    pub(super) fn read<'t, 'a>(
        cursor: &mut Cursor<'t, 'a>,
        budget: &mut Budget,
        node: Node<'t, 'a>,
        at: Span,
    ) -> Option<Self> {
        if cursor.is_null(node) {
            return None;
        }
        let mut params = Self {
            storage: None,
            permissions: None,
            tee: Spanned::new(String::new(), at),
        };
        let known = &["storage", "permissions", "tee"];
        cursor.fields(
            budget,
            node,
            at,
            known,
            &mut |cursor, budget, name, entry| {
                let (node, at) = (entry.value, entry.key.span());
                match name {
                    "storage" if cursor.is_null(node) => {}
                    "storage" => {
                        let mut storage = Entries::default();
                        cursor.entries(budget, node, at, &mut storage, StorageMount::read);
                        params.storage = Some(storage);
                    }
                    "permissions" if cursor.is_null(node) => {}
                    "permissions" => {
                        let mut read = Vec::new();
                        cursor.fields(
                            budget,
                            node,
                            at,
                            &["read"],
                            &mut |cursor, budget, _, entry| {
                                read = cursor.texts(budget, entry.value).into_vec();
                            },
                        );
                        params.permissions = Some(read);
                    }
                    _ => params.tee = cursor.text(budget, node),
                }
            },
        );
        Some(params)
    }
}

impl StorageMount {
    fn read<'t, 'a>(
        cursor: &mut Cursor<'t, 'a>,
        budget: &mut Budget,
        node: Node<'t, 'a>,
        at: Span,
    ) -> Self {
        let mut mount = Self {
            mount: Spanned::new(String::new(), at),
            read_only: Spanned::new(false, at),
        };
        let known = &["mount", "readOnly"];
        cursor.fields(
            budget,
            node,
            at,
            known,
            &mut |cursor, budget, name, entry| match name {
                "mount" => mount.mount = cursor.text(budget, entry.value),
                _ => mount.read_only = cursor.flag(budget, entry.value),
            },
        );
        mount
    }
}

impl Credentials {
    /// Reads the map; none for null.
    pub(super) fn read<'t, 'a>(
        cursor: &mut Cursor<'t, 'a>,
        budget: &mut Budget,
        node: Node<'t, 'a>,
        at: Span,
    ) -> Option<Self> {
        if cursor.is_null(node) {
            return None;
        }
        let empty = || Spanned::new(String::new(), at);
        let mut credentials = Self {
            host: empty(),
            email: empty(),
            username: empty(),
            password: empty(),
        };
        let known = &["host", "email", "username", "password"];
        cursor.fields(
            budget,
            node,
            at,
            known,
            &mut |cursor, budget, name, entry| {
                let text = cursor.text(budget, entry.value);
                match name {
                    "host" => credentials.host = text,
                    "email" => credentials.email = text,
                    "username" => credentials.username = text,
                    _ => credentials.password = text,
                }
            },
        );
        Some(credentials)
    }
}
