//! Exposed ports: the entries of the manifest and the endpoints of the resources.

use std::borrow::Cow;

use super::{Checker, plain};
use crate::diagnostic::codes;
use crate::document::{Expose, HttpOptions, Service, Spanned};
use crate::manifest::{self, List, Protocol};
use crate::order;
use crate::resource::{Endpoint, EndpointKind};
use crate::syntax::is_host;

/// When the next upstream may be tried.
const NEXT_CASES: [&str; 10] = [
    "error", "timeout", "500", "502", "503", "504", "403", "404", "429", "off",
];

/// A maximum of one HTTP option and its default.
struct Limit {
    key: &'static str,
    default: u32,
    maximum: u32,
}

impl<'d> Checker<'d> {
    /// The manifest's entries of a service, sorted.
    pub(super) fn exposes(&mut self, service: &'d Service) -> Vec<manifest::Expose> {
        let mut entries = Vec::with_capacity(service.expose.len());
        for expose in &service.expose {
            self.expose(expose, &mut entries);
        }
        order::sort(&mut entries, manifest::expose_less);
        entries
    }

    fn expose(&mut self, expose: &'d Expose, entries: &mut Vec<manifest::Expose>) {
        if !(1..=65535).contains(&expose.port.value) {
            let message = if expose.port.value == 0 {
                "the expose has no port: write one from 1 to 65535".to_owned()
            } else {
                format!(
                    "port {} is out of range: ports are 1 to 65535",
                    expose.port.value
                )
            };
            let draft = self.error(codes::EXPOSE_PORT_RANGE, expose.port.span, message);
            if expose.port.span == expose.span {
                draft.missing("port");
            }
        }
        let proto = &expose.proto;
        let protocol = if proto.is_empty() || proto.eq_ignore_ascii_case("tcp") {
            Protocol::Tcp
        } else if proto.eq_ignore_ascii_case("udp") {
            Protocol::Udp
        } else {
            let message = format!(
                "{:?} is no protocol: write tcp or udp (HTTP is tcp on port 80)",
                proto.value
            );
            self.error(codes::EXPOSE_PROTOCOL_UNKNOWN, proto.span, message)
                .suggest(proto.span, "tcp");
            Protocol::Tcp
        };
        let entry = manifest::Expose {
            port: expose.port.value,
            external_port: expose.external_port.value,
            proto: protocol,
            service: String::new(),
            global: false,
            hosts: hosts(&expose.accept),
            http_options: self.http_options(&expose.http_options),
            ip: String::new(),
            endpoint_sequence_number: 0,
        };
        let Some((last, others)) = expose.to.split_last() else {
            entries.push(entry);
            return;
        };
        for target in others {
            let copy = entry.clone();
            entries.push(self.target(target, copy));
        }
        entries.push(self.target(last, entry));
    }

    fn target(
        &mut self,
        target: &crate::document::Target,
        mut entry: manifest::Expose,
    ) -> manifest::Expose {
        self.any_global |= target.global.value;
        entry.service.clone_from(&target.service);
        entry.global = target.global.value;
        entry.ip.clone_from(&target.ip);
        entry.endpoint_sequence_number = self.endpoint_number(target);
        entry
    }

    fn http_options(&mut self, written: &HttpOptions) -> manifest::HttpOptions {
        let cases = &written.next_cases;
        for case in cases {
            if !NEXT_CASES.contains(&case.as_str()) {
                let message = format!(
                    "{:?} is no next case: error, timeout, 500, 502, 503, 504, 403, 404, 429 \
                     and off are known",
                    case.value
                );
                self.error(codes::HTTP_NEXT_CASE_UNKNOWN, case.span, message)
                    .suggest_nearest(case.span, case, NEXT_CASES);
            }
            if case.value == "off" && cases.len() > 1 {
                let message = "`off` must be the only next case";
                self.error(codes::HTTP_NEXT_CASE_OFF, case.span, message);
            }
        }
        let standard = manifest::HttpOptions::standard();
        let mut option = |value: &Spanned<u32>, key, default, maximum| {
            let limit = Limit {
                key,
                default,
                maximum,
            };
            self.http_option(value, &limit)
        };
        manifest::HttpOptions {
            max_body_size: option(
                &written.max_body_size,
                "max_body_size",
                standard.max_body_size,
                104_857_600,
            ),
            proxy_buffer_size: option(
                &written.proxy_buffer_size,
                "proxy_buffer_size",
                0,
                1_048_576,
            ),
            read_timeout: option(
                &written.read_timeout,
                "read_timeout",
                standard.read_timeout,
                60_000,
            ),
            send_timeout: option(
                &written.send_timeout,
                "send_timeout",
                standard.send_timeout,
                60_000,
            ),
            next_tries: option(
                &written.next_tries,
                "next_tries",
                standard.next_tries,
                u32::MAX,
            ),
            next_timeout: written.next_timeout.value,
            next_cases: if cases.is_empty() {
                standard.next_cases
            } else {
                cases.iter().map(|case| next_case(case)).collect()
            },
        }
    }

    fn http_option(&mut self, value: &Spanned<u32>, limit: &Limit) -> u32 {
        if value.value > limit.maximum {
            let message = format!(
                "{} is {}: at most {} is allowed",
                limit.key, value.value, limit.maximum
            );
            self.error(codes::HTTP_OPTION_RANGE, value.span, message);
        }
        if value.value == 0 {
            if limit.default > 0 && !value.span.is_empty() {
                let message = format!(
                    "{} of 0 means the default, {}: write what is wanted",
                    limit.key, limit.default
                );
                self.found
                    .warning(codes::HTTP_OPTION_DEFAULT, value.span, message)
                    .suggest(value.span, limit.default.to_string());
            }
            limit.default
        } else {
            value.value
        }
    }

    /// The hosts of a service in one of its placements: each stands once in the whole manifest.
    pub(super) fn accepted_hosts(&mut self, service: &'d Service) {
        for expose in &service.expose {
            // every target repeats the hosts
            for host in (0..expose.to.len().max(1)).flat_map(|_| &expose.accept) {
                if !is_host(host) {
                    let message = format!(
                        "{:?} is no host name: write a lower-case DNS name such as example.com",
                        host.value
                    );
                    self.error(codes::EXPOSE_HOST_INVALID, host.span, message);
                } else if let Some(first) = self.hosts.insert(host, host.span) {
                    let message = format!(
                        "the host {:?} is accepted twice: it may stand once in the manifest, \
                         for one target of one service in one placement",
                        host.value
                    );
                    let draft = self.error(codes::EXPOSE_HOST_TWICE, host.span, message);
                    if first != host.span {
                        draft.related(first, "accepted here too");
                    }
                }
            }
        }
    }
}

/// A next case as the manifest keeps it.
fn next_case(written: &str) -> Cow<'static, str> {
    let known = NEXT_CASES.into_iter().find(|known| *known == written);
    known.map_or_else(|| Cow::Owned(written.to_owned()), Cow::Borrowed)
}

fn hosts(accept: &List<Spanned<String>>) -> List<String> {
    if accept.is_null() {
        List::NULL
    } else {
        plain(accept).into()
    }
}

/// The endpoints of a service, in the order of its sorted entries.
pub(super) fn endpoints(entries: &[manifest::Expose]) -> Vec<Endpoint> {
    let mut endpoints = Vec::with_capacity(entries.len());
    for entry in entries.iter().filter(|entry| entry.global) {
        endpoints.push(Endpoint {
            kind: if entry.is_ingress() {
                EndpointKind::SharedHttp
            } else {
                EndpointKind::RandomPort
            },
            sequence_number: 0,
        });
        if !entry.ip.is_empty() {
            endpoints.push(Endpoint {
                kind: EndpointKind::LeasedIp,
                sequence_number: entry.endpoint_sequence_number,
            });
        }
    }
    endpoints
}
