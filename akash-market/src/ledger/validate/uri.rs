//! URLs as the chain's language reads them (Go `net/url`), as far as its answers depend on it.

use crate::error::{Error, ProviderError};

/// Parts of a URL.
struct Parts<'t> {
    scheme: &'t str,
    host: &'t str,
    path: &'t str,
}

/// An absolute `https` URL with a host and an empty path.
pub(super) fn host(text: &str) -> Result<(), Error> {
    let invalid = |context: String| {
        Err(ProviderError::InvalidUri {
            context: context.into(),
        }
        .into())
    };
    let Some(parts) = parse(text) else {
        return Err(ProviderError::NoUrl.into());
    };
    if parts.scheme.is_empty() {
        return Err(ProviderError::NotAbsoluteUri {
            uri: text.to_owned(),
        }
        .into());
    }
    if !parts.scheme.eq_ignore_ascii_case("https") {
        return invalid(format!("scheme in {text:?} should be https"));
    }
    if parts.host.is_empty() {
        return invalid(format!("validating {text:?} for valid host"));
    }
    if !parts.path.is_empty() {
        return invalid(format!("path in {text:?} should be empty"));
    }
    Ok(())
}

/// Whether the text is a URL, absolute or not.
pub(super) fn is_url(text: &str) -> bool {
    parse(text).is_some()
}

fn parse(text: &str) -> Option<Parts<'_>> {
    if text.bytes().any(|b| b < b' ' || b == 0x7f) {
        return None;
    }
    let text = text.split('#').next().unwrap_or_default();
    if !escapes_are_valid(text) || text.starts_with(':') {
        return None;
    }
    let (scheme, rest) = split_scheme(text);
    let rest = rest.split('?').next().unwrap_or_default();
    let Some(after) = rest.strip_prefix("//") else {
        let first = rest.split('/').next().unwrap_or_default();
        if scheme.is_empty() && first.contains(':') {
            return None;
        }
        // A scheme without slashes makes the rest opaque: neither host nor path.
        let path = if scheme.is_empty() || rest.starts_with('/') {
            rest
        } else {
            ""
        };
        return Some(Parts {
            scheme,
            host: "",
            path,
        });
    };
    let (authority, path) = match after.find('/') {
        Some(at) => after.split_at(at),
        None => (after, ""),
    };
    let host = authority.rsplit('@').next().unwrap_or_default();
    authority_is_valid(host).then_some(Parts { scheme, host, path })
}

fn split_scheme(text: &str) -> (&str, &str) {
    let Some((scheme, rest)) = text.split_once(':') else {
        return ("", text);
    };
    let mut bytes = scheme.bytes();
    let valid = bytes.next().is_some_and(|b| b.is_ascii_alphabetic())
        && bytes.all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    if valid { (scheme, rest) } else { ("", text) }
}

fn authority_is_valid(host: &str) -> bool {
    let (name, port) = match host.strip_prefix('[') {
        Some(v6) => match v6.split_once(']') {
            Some((name, rest)) => (name, rest),
            None => return false,
        },
        None => match host.rfind(':') {
            Some(at) => host.split_at(at),
            None => (host, ""),
        },
    };
    let port_is_valid = match port.strip_prefix(':') {
        Some(digits) => digits.bytes().all(|b| b.is_ascii_digit()),
        None => port.is_empty(),
    };
    port_is_valid && !name.bytes().any(|b| b" <>\"\\^`{|}".contains(&b))
}

fn escapes_are_valid(text: &str) -> bool {
    text.split('%').skip(1).all(|after| {
        let mut bytes = after.bytes();
        [bytes.next(), bytes.next()]
            .iter()
            .all(|b| b.is_some_and(|b| b.is_ascii_hexdigit()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> Option<u32> {
        host(text).err().map(|e| e.code().code)
    }

    #[test]
    fn host_uris() {
        for (text, expected) in [
            ("https://provider.example.com:8443", None),
            ("https://[::1]:8443", None),
            ("http://foo", Some(1)),
            ("https://foo/", Some(1)),
            ("https://", Some(1)),
            ("https://foo:port", Some(1)),
            ("https:foo", Some(1)),
            ("foo", Some(2)),
            ("", Some(2)),
            ("//foo", Some(2)),
            ("https://a b", Some(1)),
            ("https://a%zz", Some(1)),
        ] {
            assert_eq!(refusal(text), expected, "{text}");
        }
    }

    #[test]
    fn websites() {
        for good in ["", "example.com", "https://example.com/a?b#c"] {
            assert!(is_url(good), "{good}");
        }
        for bad in [":", "1a:b", "http://a b", "a\n"] {
            assert!(!is_url(bad), "{bad}");
        }
    }
}
