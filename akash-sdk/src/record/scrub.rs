//! Finds what must not be written down.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bip39::Language;
use serde_json::Value;
use std::ops::Range;
use zeroize::Zeroizing;

/// What stands in the place of a secret.
pub(super) const REMOVED: &str = "[removed]";
/// The fewest words of a mnemonic (BIP-39).
const WORDS: usize = 12;
/// Names whose values are secret, in headers, addresses and JSON alike; lower case.
const NAMES: [&str; 12] = [
    "authorization",
    "cookie",
    "x-api-key",
    "api_key",
    "apikey",
    "password",
    "passwd",
    "passphrase",
    "secret",
    "token",
    "mnemonic",
    "private_key",
];

/// Removes secrets from texts: those it was told of, and those it knows by their form.
#[derive(Default)]
pub(super) struct Scrubber {
    told: Vec<Zeroizing<String>>,
}

impl Scrubber {
    pub(super) fn hide(&mut self, secret: &str) {
        if !secret.is_empty() && !self.told.iter().any(|known| known.as_str() == secret) {
            self.told.push(Zeroizing::new(secret.to_owned()));
            // A secret that contains another one goes first.
            self.told
                .sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        }
    }

    /// The text without secrets.
    pub(super) fn text(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for secret in &self.told {
            text = text.replace(secret.as_str(), REMOVED);
        }
        for find in [private_key, bearer, token, user, named, words] {
            text = replace(&text, find);
        }
        text
    }

    /// Removes secrets from all texts. `false` if one stands in bytes, where nothing can be taken out.
    pub(super) fn value(&self, value: &mut Value) -> bool {
        match value {
            Value::String(text) => {
                let clean = self.text(text);
                if clean != *text {
                    *text = clean;
                    return true;
                }
                let bytes = STANDARD.decode(&*text).unwrap_or_default();
                let inside = String::from_utf8_lossy(&bytes);
                self.text(&inside) == inside
            }
            Value::Array(items) => items.iter_mut().all(|item| self.value(item)),
            Value::Object(members) => members.values_mut().all(|member| self.value(member)),
            Value::Null | Value::Bool(_) | Value::Number(_) => true,
        }
    }
}

fn replace(text: &str, find: fn(&str) -> Option<Range<usize>>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(Range { start, end }) = find(rest) {
        let (Some(before), Some(after)) = (rest.get(..start), rest.get(end..)) else {
            break;
        };
        out.push_str(before);
        out.push_str(REMOVED);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Length of the beginning of `text` that consists of such characters.
fn run(text: &str, of: impl Fn(char) -> bool) -> usize {
    text.find(|c| !of(c)).unwrap_or(text.len())
}

/// A PEM block that holds a private key, to its end or that of the text.
fn private_key(text: &str) -> Option<Range<usize>> {
    let mut from = 0;
    loop {
        let start = from + text.get(from..)?.find("-----BEGIN ")?;
        let block = text.get(start..)?;
        let end = block
            .find("-----END ")
            .and_then(|at| Some(at + 9 + block.get(at + 9..)?.find("-----")? + 5))
            .unwrap_or(block.len());
        if block
            .lines()
            .next()
            .is_some_and(|head| head.contains("PRIVATE KEY"))
        {
            return Some(start..start + end);
        }
        from = start + 11;
    }
}

/// What follows the name of a way to authenticate.
fn bearer(text: &str) -> Option<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let mut from = 0;
    loop {
        let at = ["bearer ", "basic "]
            .iter()
            .filter_map(|name| Some(from + lower.get(from..)?.find(name)? + name.len()))
            .min()?;
        let length = run(text.get(at..)?, |c| c.is_ascii_graphic() && c != '"');
        if length > 0 && !text.get(at..)?.starts_with(REMOVED) {
            return Some(at..at + length);
        }
        from = at;
    }
}

/// A token (JWT): three parts of base64url, of which the first is a JSON object.
fn token(text: &str) -> Option<Range<usize>> {
    let part = |text: &str| run(text, |c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let mut from = 0;
    loop {
        let start = from + text.get(from..)?.find("eyJ")?;
        let mut end = start + part(text.get(start..)?);
        let mut dots = 0;
        while dots < 2 && text.get(end..)?.starts_with('.') {
            dots += 1;
            end += 1 + part(text.get(end + 1..)?);
        }
        if dots == 2 {
            return Some(start..end);
        }
        from = end;
    }
}

/// User and password of an address.
fn user(text: &str) -> Option<Range<usize>> {
    let mut from = 0;
    loop {
        let start = from + text.get(from..)?.find("://")? + 3;
        let length = run(text.get(start..)?, |c| {
            c.is_ascii_graphic() && !"/?#\"@".contains(c)
        });
        let follows = text.get(start + length..)?;
        if length > 0 && follows.starts_with('@') {
            return Some(start..start + length);
        }
        from = start;
    }
}

/// The value that follows a name which says that it is secret.
fn named(text: &str) -> Option<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let mut from = 0;
    loop {
        let after = NAMES
            .iter()
            .filter_map(|name| Some(from + lower.get(from..)?.find(name)? + name.len()))
            .min()?;
        let gap = run(text.get(after..)?, |c| "\"'\\ ".contains(c));
        let sign = text.get(after + gap..)?;
        if sign.starts_with(['=', ':']) {
            let start = after + gap + 1;
            let start = start + run(text.get(start..)?, |c| "\"'\\ ".contains(c));
            let length = run(text.get(start..)?, |c| {
                !c.is_whitespace() && !"\"'\\&,;})]".contains(c)
            });
            if length > 0 && !text.get(start..)?.starts_with("[removed") {
                return Some(start..start + length);
            }
        }
        from = after;
    }
}

/// Words that make a mnemonic.
fn words(text: &str) -> Option<Range<usize>> {
    let mut first = 0;
    let mut count = 0;
    let mut at = 0;
    let mut last = 0;
    for piece in text.split_inclusive(|c: char| !c.is_ascii_alphabetic()) {
        let word = piece.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
        if !word.is_empty() {
            let known = Language::English
                .find_word(&word.to_ascii_lowercase())
                .is_some();
            match (known, count) {
                (true, 0) => (first, count) = (at, 1),
                (true, _) => count += 1,
                (false, _) if count >= WORDS => break,
                (false, _) => count = 0,
            }
            if known {
                last = at + word.len();
            }
        }
        at += piece.len();
    }
    (count >= WORDS).then_some(first..last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const PHRASE: &str =
        "legal winner thank year wave sausage worth useful legal winner thank yellow";

    #[test]
    fn secrets_are_known_by_their_form() {
        let scrubber = Scrubber::default();
        for (text, clean) in [
            (
                "GET / authorization: Bearer abc.def",
                "GET / authorization: [removed] [removed]",
            ),
            ("got BASIC dXNlcjpwdw== from", "got BASIC [removed] from"),
            (
                "a eyJhbGciOiJFUzI1NksifQ.eyJpc3MiOiJhIn0.c2ln-_9 z",
                "a [removed] z",
            ),
            ("eyJhbGciOi.nothing", "eyJhbGciOi.nothing"),
            (
                "https://me:pw@host:1/x http://host/@",
                "https://[removed]@host:1/x http://host/@",
            ),
            ("?a=1&api_key=77&b=2", "?a=1&api_key=[removed]&b=2"),
            (
                r#"{"Password": "hunter2", "x": 1}"#,
                r#"{"Password": "[removed]", "x": 1}"#,
            ),
            (
                "the token is invalid; password wrong",
                "the token is invalid; password wrong",
            ),
            (
                "k\n-----BEGIN EC PRIVATE KEY-----\nMHc\n-----END EC PRIVATE KEY-----\nz",
                "k\n[removed]\nz",
            ),
            ("-----BEGIN ENCRYPTED PRIVATE KEY-----\ncut", "[removed]"),
            (
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
            ),
        ] {
            assert_eq!(scrubber.text(text), clean, "{text}");
            // What is clean stays so.
            assert_eq!(scrubber.text(clean), clean);
        }
        assert_eq!(scrubber.text(&format!("so {PHRASE}.")), "so [removed].");
        let listed = PHRASE.replace(' ', "\", \"");
        assert_eq!(scrubber.text(&format!("[\"{listed}\"]")), "[\"[removed]\"]");
        let eleven = PHRASE.replace(" yellow", " Q");
        assert_eq!(scrubber.text(&eleven), eleven);
    }

    #[test]
    fn secrets_it_was_told_of_are_removed_and_found_in_bytes() {
        let mut scrubber = Scrubber::default();
        for secret in ["", "swordfish", "swordfish-2"] {
            scrubber.hide(secret);
        }
        assert_eq!(
            scrubber.text("swordfish-2 swordfish"),
            "[removed] [removed]"
        );
        let mut text = json!({"a": ["swordfish", 1], "b": STANDARD.encode("plain words")});
        assert!(scrubber.value(&mut text));
        assert_eq!(text["a"][0], REMOVED);
        for secret in ["\u{1}\u{2}swordfish\u{3}", PHRASE] {
            let mut bytes = json!({"b": STANDARD.encode(secret)});
            assert!(!scrubber.value(&mut bytes), "{secret}");
        }
    }

    #[test]
    fn no_text_makes_it_fail() {
        let scrubber = Scrubber::default();
        for text in [
            "eyJ",
            "eyJ.",
            "eyJ..",
            "://",
            "://@",
            "token=",
            "token:é",
            "bearer é",
            "-----BEGIN ",
            "é://ü@",
        ] {
            let clean = scrubber.text(text);
            assert_eq!(scrubber.text(&clean), clean, "{text}");
        }
    }
}
