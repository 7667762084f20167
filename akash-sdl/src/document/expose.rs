//! `expose`: ports of a service and who may reach them.

use super::cursor::Cursor;
use super::entries::Spanned;
use crate::diagnostic::codes;
use crate::manifest::List;
use crate::syntax::is_url_host;
use crate::yaml::{Budget, Node, Span};

/// A port as written.
#[derive(Debug, Clone, Default)]
pub struct Expose {
    /// Where the entry stands.
    pub span: Span,
    /// Port inside the container; 0 if left out.
    pub port: Spanned<u32>,
    /// `as`, the port outside; 0 if left out, which means the same.
    pub external_port: Spanned<u32>,
    /// `proto` as written; empty if left out, which means TCP.
    pub proto: Spanned<String>,
    /// Host names for HTTP.
    pub accept: List<Spanned<String>>,
    /// Who may reach it.
    pub to: Vec<Target>,
    /// Options of the HTTP ingress.
    pub http_options: HttpOptions,
}

/// Who may reach a port.
#[derive(Debug, Clone, Default)]
pub struct Target {
    /// Where the entry stands.
    pub span: Span,
    /// A service of the same group; empty for none in particular.
    pub service: Spanned<String>,
    /// Whether the internet may.
    pub global: Spanned<bool>,
    /// Name of a leased IP; empty for none.
    pub ip: Spanned<String>,
}

/// Options of the HTTP ingress as written: what was left out is 0 or empty. Times are
/// milliseconds, sizes bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HttpOptions {
    /// Largest request body.
    pub max_body_size: Spanned<u32>,
    /// Size of the proxy buffer.
    pub proxy_buffer_size: Spanned<u32>,
    /// Read timeout.
    pub read_timeout: Spanned<u32>,
    /// Send timeout.
    pub send_timeout: Spanned<u32>,
    /// How many upstreams are tried.
    pub next_tries: Spanned<u32>,
    /// How long trying may take.
    pub next_timeout: Spanned<u32>,
    /// When the next upstream is tried.
    pub next_cases: Vec<Spanned<String>>,
}

/// Spans do not count.
impl PartialEq for Expose {
    fn eq(&self, other: &Self) -> bool {
        let Self {
            span: _,
            port,
            external_port,
            proto,
            accept,
            to,
            http_options,
        } = self;
        *port == other.port
            && *external_port == other.external_port
            && *proto == other.proto
            && *accept == other.accept
            && *to == other.to
            && *http_options == other.http_options
    }
}

impl Eq for Expose {}

/// Spans do not count.
impl PartialEq for Target {
    fn eq(&self, other: &Self) -> bool {
        let Self {
            span: _,
            service,
            global,
            ip,
        } = self;
        *service == other.service && *global == other.global && *ip == other.ip
    }
}

impl Eq for Target {}

impl Expose {
    /// Reads an item of the list; none for null.
    pub(super) fn read<'t, 'a>(
        cursor: &mut Cursor<'t, 'a>,
        budget: &mut Budget,
        node: Node<'t, 'a>,
    ) -> Option<Self> {
        if cursor.is_null(node) {
            return None;
        }
        let at = node.span();
        let mut expose = Self {
            span: at,
            port: Spanned::new(0, at),
            external_port: Spanned::new(0, at),
            proto: Spanned::new(String::new(), at),
            accept: List::NULL,
            to: Vec::new(),
            http_options: HttpOptions::default(),
        };
        let known = &["port", "as", "proto", "accept", "to", "http_options"];
        cursor.fields(
            budget,
            node,
            at,
            known,
            &mut |cursor, budget, name, entry| {
                let node = entry.value;
                match name {
                    "port" => expose.port = cursor.number(budget, node),
                    "as" => expose.external_port = cursor.number(budget, node),
                    "proto" => expose.proto = cursor.text(budget, node),
                    "accept" => expose.accept = hosts(cursor, node),
                    "to" => expose.to = cursor.list(budget, node, Target::read).into_vec(),
                    _ => {
                        expose.http_options =
                            HttpOptions::read(cursor, budget, node, entry.key.span());
                    }
                }
            },
        );
        Some(expose)
    }
}

/// `accept`: host names that parse as those of a URL.
fn hosts<'t, 'a>(cursor: &mut Cursor<'t, 'a>, node: Node<'t, 'a>) -> List<Spanned<String>> {
    if cursor.is_null(node) {
        return List::NULL;
    }
    let hosts = cursor.fresh(node, |cursor, budget| cursor.texts(budget, node));
    for host in &hosts {
        if !is_url_host(host) {
            let message = format!(
                "{:?} is not a host name: write one such as example.com",
                host.value
            );
            cursor.error(codes::EXPOSE_HOST_INVALID, host.span, message);
        }
    }
    hosts
}

impl Target {
    fn read<'t, 'a>(
        cursor: &mut Cursor<'t, 'a>,
        budget: &mut Budget,
        node: Node<'t, 'a>,
    ) -> Option<Self> {
        if cursor.is_null(node) {
            return None;
        }
        let at = node.span();
        let mut target = Self {
            span: at,
            service: Spanned::new(String::new(), at),
            global: Spanned::new(false, at),
            ip: Spanned::new(String::new(), at),
        };
        let known = &["service", "global", "ip", "http_options"];
        cursor.fields(
            budget,
            node,
            at,
            known,
            &mut |cursor, budget, name, entry| {
                let node = entry.value;
                match name {
                    "service" => target.service = cursor.text(budget, node),
                    "global" => target.global = cursor.flag(budget, node),
                    "ip" => target.ip = cursor.text(budget, node),
                    _ => {
                        let at = entry.key.span();
                        HttpOptions::read(cursor, budget, node, at);
                        cursor.found.warning(
                            codes::TARGET_HTTP_OPTIONS_IGNORED,
                            at,
                            "http_options are ignored here; write them beside `to`",
                        );
                    }
                }
            },
        );
        Some(target)
    }
}

impl HttpOptions {
    fn read<'t, 'a>(
        cursor: &mut Cursor<'t, 'a>,
        budget: &mut Budget,
        node: Node<'t, 'a>,
        at: Span,
    ) -> Self {
        const KEYS: &[&str] = &[
            "max_body_size",
            "proxy_buffer_size",
            "read_timeout",
            "send_timeout",
            "next_tries",
            "next_timeout",
            "next_cases",
        ];
        let mut options = Self::default();
        cursor.fields(
            budget,
            node,
            at,
            KEYS,
            &mut |cursor, budget, name, entry| {
                let node = entry.value;
                match name {
                    "max_body_size" => options.max_body_size = cursor.number(budget, node),
                    "proxy_buffer_size" => options.proxy_buffer_size = cursor.number(budget, node),
                    "read_timeout" => options.read_timeout = cursor.number(budget, node),
                    "send_timeout" => options.send_timeout = cursor.number(budget, node),
                    "next_tries" => options.next_tries = cursor.number(budget, node),
                    "next_timeout" => options.next_timeout = cursor.number(budget, node),
                    _ => options.next_cases = cursor.texts(budget, node).into_vec(),
                }
            },
        );
        options
    }
}
