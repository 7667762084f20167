//! `ports` and `expose`.

use std::collections::BTreeSet;

use super::item::At;
use super::loss::{LossCode, Notes};
use super::model::{Port, Transport};

/// More ports of one service than this are left out.
const MOST: usize = 128;

const FORM: &str = "a port is written 8080:80, 127.0.0.1:8080:80/udp, 80 or 3000-3005:3000-3005";

/// First and last of a range.
type Range = (u16, u16);

struct Written<'t> {
    address: &'t str,
    outside: Option<Range>,
    inside: Range,
    protocol: &'t str,
    http: bool,
}

/// Reads `ports`.
pub(super) fn published(at: At<'_>, notes: &mut Notes<'_>) -> Vec<Port> {
    let mut ports = Vec::new();
    if !at.is_list() {
        notes.fault(at, "ports is a list");
    }
    let mut left_out = false;
    for item in at.items() {
        let written = match item.text() {
            Some(text) => short(text),
            None => long(item),
        };
        let Some(written) = written else {
            notes.fault(item, FORM);
            continue;
        };
        let Some(transport) = transport(written.protocol, item, notes) else {
            continue;
        };
        let local = matches!(written.address, "127.0.0.1" | "::1" | "localhost")
            || written.address.starts_with("127.");
        if !local && !matches!(written.address, "" | "0.0.0.0" | "::" | "*") {
            let message = format!(
                "the address {} of the host is not the provider's: the port is on all of its addresses",
                written.address
            );
            notes.lose(LossCode::HostAddress, item, message);
        }
        let (first, last) = written.inside;
        for (index, inside) in (first..=last).enumerate() {
            if ports.len() >= MOST {
                if !left_out {
                    left_out = true;
                    let message =
                        format!("only the first {MOST} ports of the service are in the SDL");
                    notes.lose(LossCode::TooManyPorts, item, message);
                }
                break;
            }
            let index = u16::try_from(index).unwrap_or(u16::MAX);
            let outside = written.outside.map(|(from, _)| from.saturating_add(index));
            ports.push(Port {
                place: item.place(),
                outside,
                inside,
                transport,
                http: written.http,
                local,
            });
        }
    }
    ports
}

/// Reads `expose`.
pub(super) fn inside(at: At<'_>, notes: &mut Notes<'_>) -> BTreeSet<(u16, Transport)> {
    let mut ports = BTreeSet::new();
    for item in at.items() {
        let text = item.text().unwrap_or("");
        let (range_text, protocol) = text.split_once('/').unwrap_or((text, ""));
        let Some((first, last)) = range(range_text) else {
            notes.fault(item, "an exposed port is written 3000 or 3000-3005");
            continue;
        };
        let Some(transport) = transport(protocol, item, notes) else {
            continue;
        };
        for port in first..=last {
            if ports.len() >= MOST {
                let message = format!("only {MOST} exposed ports of the service are in the SDL");
                notes.lose(LossCode::TooManyPorts, item, message);
                break;
            }
            ports.insert((port, transport));
        }
    }
    ports
}

fn transport(protocol: &str, at: At<'_>, notes: &mut Notes<'_>) -> Option<Transport> {
    match protocol.to_ascii_lowercase().as_str() {
        "" | "tcp" => Some(Transport::Tcp),
        "udp" => Some(Transport::Udp),
        _ => {
            let message = format!("Akash forwards TCP and UDP, not {protocol:?}");
            notes.lose(LossCode::Protocol, at, message);
            None
        }
    }
}

/// `[ADDRESS:][OUTSIDE:]INSIDE[/PROTOCOL]`
fn short(text: &str) -> Option<Written<'_>> {
    let (text, protocol) = text.rsplit_once('/').unwrap_or((text, ""));
    let (text, inside) = match text.rsplit_once(':') {
        Some((before, inside)) => (Some(before), inside),
        None => (None, text),
    };
    let inside = range(inside)?;
    let (address, outside) = match text {
        None => ("", ""),
        Some(text) => text.rsplit_once(':').unwrap_or(("", text)),
    };
    let address = address.trim_start_matches('[').trim_end_matches(']');
    let outside = if outside.is_empty() {
        None
    } else {
        Some(range(outside)?)
    };
    written(address, outside, inside, protocol, false)
}

/// A map with `target`, `published`, `protocol`, `host_ip`, `app_protocol`.
fn long<'q>(at: At<'q>) -> Option<Written<'q>> {
    let text = |key: &str| -> Option<&'q str> { at.text_of(key) };
    let inside = range(text("target")?)?;
    let outside = match text("published") {
        None | Some("") => None,
        Some(text) => Some(range(text)?),
    };
    let http = matches!(
        text("app_protocol"),
        Some("http" | "https" | "http2" | "h2c" | "grpc")
    );
    written(
        text("host_ip").unwrap_or(""),
        outside,
        inside,
        text("protocol").unwrap_or(""),
        http,
    )
}

fn written<'t>(
    address: &'t str,
    outside: Option<Range>,
    inside: Range,
    protocol: &'t str,
    http: bool,
) -> Option<Written<'t>> {
    if let Some((from, to)) = outside {
        // One port may take any of a range of the host.
        if inside.0 != inside.1 && to - from != inside.1 - inside.0 {
            return None;
        }
    }
    Some(Written {
        address,
        outside,
        inside,
        protocol,
        http,
    })
}

/// `80` or `80-90`, ports from 1 on.
fn range(text: &str) -> Option<Range> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let port = |text: &str| -> Option<u16> {
        let digits = text.trim();
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        digits.parse().ok().filter(|port| *port > 0)
    };
    let (first, last) = (port(first)?, port(last)?);
    (first <= last).then_some((first, last))
}
