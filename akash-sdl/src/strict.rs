//! Strict reading: refuses also what only the published JSON schema of SDL refuses.
//!
//! The chain's own library takes such documents and merely logs the schema's verdict, but clients
//! that enforce the schema refuse them: unknown keys, numbers where texts are wanted, denoms other
//! than uact and uakt, and the like.

use crate::diagnostic::{Collector, codes};
use crate::yaml::{Budget, Error, Kind, Node, Resolved, Span, Tree};

/// Notes what the schema refuses in a document that was accepted.
pub(crate) fn check(tree: &Tree<'_>, found: Collector) -> Collector {
    let mut strict = Strict { tree, found };
    strict.document();
    strict.found
}

struct Strict<'t, 'a> {
    tree: &'t Tree<'a>,
    found: Collector,
}

type Known = &'static [&'static str];

impl<'t, 'a> Strict<'t, 'a> {
    fn refuse(&mut self, span: Span, message: impl Into<String>) {
        self.found.error(codes::STRICT_VALUE, span, message);
    }

    /// A map with known keys, of which the first `required` must be there.
    fn map(
        &mut self,
        node: Node<'t, 'a>,
        known: Known,
        required: usize,
        visit: &mut dyn FnMut(&mut Self, &'static str, Node<'t, 'a>),
    ) {
        let mut missing: Vec<&str> = known.iter().take(required).copied().collect();
        self.entries(node, &mut |strict, name, key, value| {
            let Some(known_name) = known.iter().find(|known| **known == name) else {
                let message = format!("the key {name:?} is unknown here");
                strict
                    .found
                    .error(codes::STRICT_KEY_UNKNOWN, key, message)
                    .suggest_nearest(key, name, known.iter().copied());
                return;
            };
            missing.retain(|missing| missing != known_name);
            visit(strict, known_name, value);
        });
        for key in missing {
            let message = format!("the key {key:?} is missing");
            self.found
                .error(codes::STRICT_KEY_MISSING, node.span(), message)
                .missing(key);
        }
    }

    /// A map with free keys.
    fn names(&mut self, node: Node<'t, 'a>, visit: &mut dyn FnMut(&mut Self, Node<'t, 'a>)) {
        self.entries(node, &mut |strict, _, _, value| visit(strict, value));
    }

    fn entries(
        &mut self,
        node: Node<'t, 'a>,
        visit: &mut dyn FnMut(&mut Self, &str, Span, Node<'t, 'a>),
    ) {
        let node = node.resolved();
        if node.kind() != Kind::Mapping {
            self.refuse(node.span(), "write a map here");
            return;
        }
        for (key, _) in node.pairs() {
            if !key.is_merge() && !is_text(key) {
                let message = format!("the key {:?} is no text: put it in quotes", key.text());
                self.refuse(key.span(), message);
            }
        }
        let mut budget = Budget::new(self.tree);
        let result = budget.decode(node, |budget, node| {
            node.entries(budget, &mut |_, entry| {
                visit(self, &entry.name, entry.key.span(), entry.value);
                Ok::<(), Error>(())
            })
        });
        if let Err(error) = result {
            self.refuse(error.span(), error.kind().to_string());
        }
    }

    fn list(&mut self, node: Node<'t, 'a>, item: &mut dyn FnMut(&mut Self, Node<'t, 'a>)) {
        let node = node.resolved();
        if node.kind() != Kind::Sequence {
            self.refuse(node.span(), "write a list here");
            return;
        }
        for node in node.items() {
            item(self, node.resolved());
        }
    }

    fn text(&mut self, node: Node<'t, 'a>) -> Option<&'t str> {
        if is_text(node) {
            return Some(node.resolved().text());
        }
        let message = format!("{} is no text: put it in quotes", shown(node));
        self.refuse(node.span(), message);
        None
    }

    fn texts(&mut self, node: Node<'t, 'a>) {
        self.list(node, &mut |strict, item| {
            strict.text(item);
        });
    }

    fn one_of(&mut self, node: Node<'t, 'a>, allowed: Known) {
        if let Some(text) = self.text(node)
            && !allowed.contains(&text)
        {
            let message = format!("{text:?} is none of {}", allowed.join(", "));
            self.refuse(node.span(), message);
        }
    }

    fn flag(&mut self, node: Node<'t, 'a>) {
        if !matches!(node.resolve(), Ok(Resolved::Bool(_))) {
            let message = format!("{} is no flag: write true or false", shown(node));
            self.refuse(node.span(), message);
        }
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

    /// A number, or a text of digits with an optional fraction and one of the suffixes.
    fn decimal(&mut self, node: Node<'t, 'a>, suffix: Option<char>) {
        let plain = match node.resolve() {
            Ok(Resolved::Int(_) | Resolved::Uint(_) | Resolved::Float(_)) => true,
            Ok(Resolved::Str(text)) => {
                let text = suffix
                    .and_then(|suffix| text.strip_suffix(suffix))
                    .unwrap_or(text);
                let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
                [whole, fraction]
                    .iter()
                    .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
            }
            _ => false,
        };
        if !plain {
            let message = format!("{} is no plain decimal number", shown(node));
            self.refuse(node.span(), message);
        }
    }

    fn document(&mut self) {
        const KEYS: Known = &[
            "version",
            "services",
            "profiles",
            "deployment",
            "include",
            "endpoints",
            "reclamation",
        ];
        let root = self.tree.root();
        self.map(root, KEYS, 4, &mut |strict, name, node| match name {
            "version" => strict.one_of(node, &["2.0", "2.1"]),
            "include" => strict.texts(node),
            "services" => strict.names(node, &mut Self::service),
            "profiles" => strict.profiles(node),
            "deployment" => strict.names(node, &mut |strict, node| {
                strict.names(node, &mut |strict, node| {
                    let known = &["profile", "count"];
                    strict.map(node, known, 2, &mut |strict, name, node| match name {
                        "count" => strict.whole(node, 1, u32::MAX.into()),
                        _ => {
                            strict.text(node);
                        }
                    });
                });
            }),
            "endpoints" => strict.names(node, &mut |strict, node| {
                strict.map(node, &["kind"], 1, &mut |strict, _, node| {
                    strict.one_of(node, &["ip"]);
                });
            }),
            _ => strict.map(node, &["min_window"], 1, &mut |strict, _, node| {
                if let Some(text) = strict.text(node)
                    && !is_window(text)
                {
                    let message = format!("{text:?} is no whole number of h, m or s, such as 24h");
                    strict.refuse(node.span(), message);
                }
            }),
        });
    }

    fn service(&mut self, node: Node<'t, 'a>) {
        const KEYS: Known = &[
            "image",
            "command",
            "args",
            "env",
            "expose",
            "dependencies",
            "params",
            "credentials",
        ];
        self.map(node, KEYS, 1, &mut |strict, name, node| match name {
            "image" => {
                strict.text(node);
            }
            "command" | "args" | "env" if node.is_null() => {}
            "command" | "args" | "env" => strict.texts(node),
            "expose" => strict.list(node, &mut Self::expose),
            "dependencies" => strict.list(node, &mut |strict, node| {
                strict.map(node, &["service"], 0, &mut |strict, _, node| {
                    strict.text(node);
                });
            }),
            "params" => strict.params(node),
            _ => {
                let known = &["host", "email", "username", "password"];
                strict.map(node, known, 4, &mut |strict, _, node| {
                    strict.text(node);
                });
            }
        });
    }

    fn params(&mut self, node: Node<'t, 'a>) {
        let known = &["storage", "permissions", "tee"];
        self.map(node, known, 0, &mut |strict, name, node| match name {
            "storage" => strict.names(node, &mut |strict, node| {
                let known = &["mount", "readOnly"];
                strict.map(node, known, 0, &mut |strict, name, node| match name {
                    "mount" => {
                        strict.text(node);
                    }
                    _ => strict.flag(node),
                });
            }),
            "permissions" => strict.map(node, &["read"], 0, &mut |strict, _, node| {
                strict.list(node, &mut |strict, node| {
                    strict.one_of(node, &["deployment", "logs", "events"]);
                });
            }),
            _ => strict.one_of(node, &["cpu", "cpu-gpu"]),
        });
    }

    fn expose(&mut self, node: Node<'t, 'a>) {
        const PORTS: u64 = 65_535;
        let known = &["port", "as", "proto", "accept", "to", "http_options"];
        self.map(node, known, 1, &mut |strict, name, node| match name {
            "port" => strict.whole(node, 1, PORTS),
            "as" => strict.whole(node, 0, PORTS),
            "proto" => strict.one_of(node, &["TCP", "UDP", "tcp", "udp"]),
            "accept" => strict.texts(node),
            "to" => strict.list(node, &mut |strict, node| {
                let known = &["service", "global", "ip"];
                strict.map(node, known, 0, &mut |strict, name, node| match name {
                    "global" => strict.flag(node),
                    _ => {
                        strict.text(node);
                    }
                });
            }),
            _ => strict.http_options(node),
        });
    }

    fn http_options(&mut self, node: Node<'t, 'a>) {
        const KEYS: Known = &[
            "max_body_size",
            "proxy_buffer_size",
            "read_timeout",
            "send_timeout",
            "next_tries",
            "next_timeout",
            "next_cases",
        ];
        self.map(node, KEYS, 0, &mut |strict, name, node| match name {
            "next_cases" => strict.list(node, &mut |strict, node| {
                strict.one_of(
                    node,
                    &[
                        "error", "timeout", "500", "502", "503", "504", "403", "404", "429", "off",
                    ],
                );
            }),
            _ => strict.whole(node, 0, u32::MAX.into()),
        });
    }

    fn profiles(&mut self, node: Node<'t, 'a>) {
        let known = &["compute", "placement"];
        self.map(node, known, 2, &mut |strict, name, node| match name {
            "compute" => strict.names(node, &mut |strict, node| {
                strict.map(node, &["resources"], 1, &mut |strict, _, node| {
                    strict.resources(node);
                });
            }),
            _ => strict.names(node, &mut Self::placement),
        });
    }

    fn resources(&mut self, node: Node<'t, 'a>) {
        let known = &["cpu", "memory", "storage", "gpu"];
        self.map(node, known, 3, &mut |strict, name, node| match name {
            "cpu" => {
                let known = &["units", "attributes"];
                strict.map(node, known, 1, &mut |strict, name, node| match name {
                    "units" => strict.decimal(node, Some('m')),
                    _ => strict.names(node, &mut |_, _| {}),
                });
            }
            "memory" => strict.map(node, &["size"], 1, &mut |strict, _, node| {
                strict.text(node);
            }),
            "storage" if node.resolved().kind() == Kind::Sequence => {
                strict.list(node, &mut Self::volume);
            }
            "storage" => strict.volume(node),
            _ => strict.gpu(node),
        });
    }

    fn volume(&mut self, node: Node<'t, 'a>) {
        let known = &["size", "name", "attributes"];
        self.map(node, known, 1, &mut |strict, name, node| match name {
            "attributes" => strict.volume_attributes(node),
            _ => {
                strict.text(node);
            }
        });
    }

    /// Both must be there, and only ram is not persistent.
    fn volume_attributes(&mut self, node: Node<'t, 'a>) {
        let (mut ram, mut persistent) = (false, true);
        let known = &["persistent", "class"];
        self.map(node, known, 2, &mut |strict, name, node| match name {
            "class" => ram = strict.text(node) == Some("ram"),
            _ => persistent = node.resolved().text() == "true",
        });
        if !ram && !persistent {
            let message = "storage with attributes must be persistent: true, or of class ram";
            self.refuse(node.span(), message);
        }
    }

    fn gpu(&mut self, node: Node<'t, 'a>) {
        let known = &["units", "attributes"];
        self.map(node, known, 0, &mut |strict, name, node| match name {
            "units" => strict.decimal(node, None),
            _ => strict.map(node, &["vendor"], 1, &mut |strict, _, node| {
                strict.map(node, &["nvidia"], 1, &mut |strict, _, node| {
                    if node.is_null() {
                        return;
                    }
                    strict.list(node, &mut |strict, node| {
                        let known = &["model", "ram", "interface"];
                        strict.map(node, known, 0, &mut |strict, _, node| {
                            strict.text(node);
                        });
                    });
                });
            }),
        });
    }

    fn placement(&mut self, node: Node<'t, 'a>) {
        let known = &["pricing", "attributes", "signedBy"];
        self.map(node, known, 1, &mut |strict, name, node| match name {
            "attributes" => strict.names(node, &mut |_, _| {}),
            "signedBy" => strict.map(node, &["allOf", "anyOf"], 0, &mut |strict, _, node| {
                strict.texts(node);
            }),
            _ => strict.names(node, &mut |strict, node| {
                let known = &["denom", "amount"];
                strict.map(node, known, 2, &mut |strict, name, node| match name {
                    "denom" => strict.one_of(node, &["uact", "uakt"]),
                    _ => strict.decimal(node, None),
                });
            }),
        });
    }
}

/// Whether a node means a text on its own.
fn is_text(node: Node<'_, '_>) -> bool {
    matches!(
        node.resolve(),
        Ok(Resolved::Str(_) | Resolved::Timestamp(_) | Resolved::Binary(_) | Resolved::Merge)
    )
}

/// `^[1-9][0-9]*(s|m|h)$`
fn is_window(text: &str) -> bool {
    text.strip_suffix(['s', 'm', 'h']).is_some_and(|digits| {
        !digits.is_empty() && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit())
    })
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
