//! The forms of names: services, endpoints, environment variables, hosts, attribute keys.

/// `^[a-z]([-a-z0-9]*[a-z0-9])?$`
pub(crate) fn is_service_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.first().is_some_and(u8::is_ascii_lowercase)
        && bytes.last().is_some_and(|b| *b != b'-')
        && bytes.iter().all(|b| is_label_byte(*b))
}

const fn is_label_byte(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'
}

/// `^[a-z]+[-_a-z0-9]+$`
pub(crate) fn is_endpoint_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.len() >= 2
        && bytes.first().is_some_and(u8::is_ascii_lowercase)
        && bytes.iter().all(|b| is_label_byte(*b) || *b == b'_')
}

/// The name of an environment variable as Kubernetes takes it:
/// `^[-._a-zA-Z][-._a-zA-Z0-9]*$`, neither `.` nor beginning with `..`.
pub(crate) fn is_env_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.first().is_some_and(|b| !b.is_ascii_digit())
        && bytes
            .iter()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'))
        && name != "."
        && !name.starts_with("..")
}

/// A DNS-1123 subdomain: at most 253 bytes, labels `[a-z0-9]([-a-z0-9]*[a-z0-9])?` joined by `.`.
pub(crate) fn is_host(host: &str) -> bool {
    host.len() <= 253
        && host.split('.').all(|label| {
            let bytes = label.as_bytes();
            bytes.first().is_some_and(|b| *b != b'-')
                && bytes.last().is_some_and(|b| *b != b'-')
                && bytes.iter().all(|b| is_label_byte(*b))
        })
}

/// `^[a-zA-Z][\w/.-]{1,126}[\w*]?$`
pub(crate) fn is_attribute_key(key: &str) -> bool {
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let is_middle = |b: u8| is_word(b) || matches!(b, b'/' | b'.' | b'-');
    match key.as_bytes() {
        [first, middle @ .., last] if first.is_ascii_alphabetic() => {
            // the last character may be one of the middle ones
            middle.iter().all(|b| is_middle(*b))
                && if *last == b'*' {
                    (1..=126).contains(&middle.len())
                } else if is_word(*last) {
                    middle.len() <= 126
                } else {
                    is_middle(*last) && middle.len() <= 125
                }
        }
        _ => false,
    }
}

/// Whether an item of `accept` parses behind `http://` as Go's `url.ParseRequestURI` parses it.
pub(crate) fn is_url_host(item: &str) -> bool {
    if item.bytes().any(|b| b < 0x20 || b == 0x7f) {
        return false;
    }
    let rest = item.split_once('?').map_or(item, |(before, _)| before);
    let (authority, path) = match rest.find('/') {
        Some(at) => rest.split_at_checked(at).unwrap_or((rest, "")),
        None => (rest, ""),
    };
    let (user, host) = match authority.rsplit_once('@') {
        Some((user, host)) => (Some(user), host),
        None => (None, authority),
    };
    user.is_none_or(is_userinfo) && is_authority_host(host) && has_whole_escapes(path)
}

fn is_userinfo(user: &str) -> bool {
    user.bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(&b))
        && has_whole_escapes(user)
}

fn is_authority_host(host: &str) -> bool {
    if let Some(literal) = host.strip_prefix('[') {
        let Some((address, port)) = literal.rsplit_once(']') else {
            return false;
        };
        let (address, zone) = match address.find("%25") {
            Some(at) => address.split_at_checked(at).unwrap_or((address, "")),
            None => (address, ""),
        };
        return is_optional_port(port)
            && has_host_bytes(address)
            && zone
                .bytes()
                .all(|b| !b.is_ascii() || b == b'%' || is_host_byte(b))
            && has_whole_escapes(zone);
    }
    let port = host
        .rfind(':')
        .and_then(|at| host.get(at..))
        .unwrap_or_default();
    is_optional_port(port) && has_host_bytes(host)
}

fn is_optional_port(port: &str) -> bool {
    port.is_empty()
        || port
            .strip_prefix(':')
            .is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
}

/// Only bytes above ASCII may be written as `%xx` in a host.
fn has_host_bytes(host: &str) -> bool {
    let mut bytes = host.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digits = (hex_digit(bytes.next()), hex_digit(bytes.next()));
            match digits {
                (Some(8..), Some(_)) | (Some(2), Some(5)) => {}
                _ => return false,
            }
        } else if byte.is_ascii() && !is_host_byte(byte) {
            return false;
        }
    }
    true
}

fn is_host_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!$&'()*+,;=:[]<>\"-_.~".contains(&byte)
}

fn has_whole_escapes(text: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' && (hex_digit(bytes.next()).is_none() || hex_digit(bytes.next()).is_none())
        {
            return false;
        }
    }
    true
}

fn hex_digit(byte: Option<u8>) -> Option<u32> {
    char::from(byte?).to_digit(16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for name in ["a", "web", "a-1", "a1"] {
            assert!(is_service_name(name), "{name}");
        }
        for name in ["", "-a", "a-", "1a", "A", "a_b", "a.b"] {
            assert!(!is_service_name(name), "{name}");
        }
        assert!(is_endpoint_name("ab") && is_endpoint_name("a_") && is_endpoint_name("a-"));
        assert!(!is_endpoint_name("a") && !is_endpoint_name("1a") && !is_endpoint_name("aB"));
        assert!(is_env_name("-") && is_env_name("_A.b-9") && is_env_name(".a"));
        for name in ["", ".", "..", "..a", "9A", "A B", "é"] {
            assert!(!is_env_name(name), "{name}");
        }
    }

    #[test]
    fn hosts() {
        assert!(is_host("a.b-c.9") && is_host(&"a".repeat(253)));
        for host in [
            "",
            "a.",
            ".a",
            "-a",
            "a-",
            "A",
            "a_b",
            "*.a",
            "a:80",
            &"a".repeat(254),
        ] {
            assert!(!is_host(host), "{host}");
        }
        for item in [
            "", "a.b", "A_b", "*.a", "a:80", "a/b c", "u:p@h", "[::1]:80", "a?b c", "é",
        ] {
            assert!(is_url_host(item), "{item}");
        }
        for item in [
            "a b", "a:b", "a%zz", "a\n", "[::1", "a{", "a\\b", "u p@h", "%41",
        ] {
            assert!(!is_url_host(item), "{item}");
        }
    }

    #[test]
    fn attribute_keys() {
        let long = |n: usize| format!("a{}", "b".repeat(n));
        for key in [
            "ab",
            "a/",
            "a/*",
            "vendor/nvidia/model/*",
            &long(127),
            "a..",
        ] {
            assert!(is_attribute_key(key), "{key}");
        }
        let dash = format!("{}-", long(126));
        for key in [
            "",
            "a",
            "a*",
            "1b",
            "a b",
            "a*b",
            "a/*/ram",
            &long(128),
            &dash,
        ] {
            assert!(!is_attribute_key(key), "{key}");
        }
    }
}
