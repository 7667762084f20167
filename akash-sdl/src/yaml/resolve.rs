//! What a scalar means: resolution by tag and text.

use super::error::{Error, ErrorKind};
use super::number::{self, Number};
use super::timestamp::Timestamp;
use super::tree::{Kind, Node, Style, TagKind};

/// The meaning of a scalar.
#[derive(Debug, Clone, PartialEq)]
pub enum Resolved<'t> {
    /// Left out, `~` or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number that fits 64 bits with sign.
    Int(i64),
    /// A whole number above [`i64::MAX`].
    Uint(u64),
    /// A number with a fraction or exponent, an infinity, or not-a-number.
    Float(f64),
    /// A text.
    Str(&'t str),
    /// A date or time.
    Timestamp(Timestamp),
    /// The bytes of a `!!binary` value.
    Binary(Vec<u8>),
    /// The merge key `<<`.
    Merge,
}

impl<'t> Node<'t, '_> {
    /// The meaning of a scalar as yaml.v3 resolves it; an alias is followed.
    ///
    /// Quoted and block scalars are texts. `yes`, `no`, `on`, `off` are texts too.
    ///
    /// ```
    /// use akash_sdl::yaml::{self, Resolved};
    ///
    /// let tree = yaml::parse(b"[0777, '0777', yes, 1_000.5, !!float 1, ~]")?;
    /// let values = tree.root().items().map(|item| item.resolve()).collect::<Result<Vec<_>, _>>()?;
    /// assert_eq!(values[0], Resolved::Int(511));
    /// assert_eq!(values[1], Resolved::Str("0777"));
    /// assert_eq!(values[2], Resolved::Str("yes"));
    /// assert_eq!(values[3], Resolved::Float(1000.5));
    /// assert_eq!(values[4], Resolved::Float(1.0));
    /// assert_eq!(values[5], Resolved::Null);
    /// # Ok::<(), yaml::Error>(())
    /// ```
    ///
    /// # Errors
    /// A list or map, a text that does not fit its explicit tag, `!!binary` that is not base64.
    pub fn resolve(self) -> Result<Resolved<'t>, Error> {
        let node = self.resolved();
        let data = node.data();
        if !matches!(data.kind, Kind::Scalar) {
            return Err(node.mismatch("a single value"));
        }
        let text = node.text();
        let mismatch = |tag| {
            node.error(ErrorKind::TagMismatch {
                tag,
                text: text.into(),
            })
        };
        match data.tag {
            TagKind::None if data.style != Style::Plain => Ok(Resolved::Str(text)),
            TagKind::None if text == "<<" => Ok(Resolved::Merge),
            TagKind::None => Ok(plain(text, true)),
            TagKind::Merge if text == "<<" => Ok(Resolved::Merge),
            TagKind::Str | TagKind::Merge | TagKind::Other => Ok(Resolved::Str(text)),
            TagKind::Binary => match decode_base64(text) {
                Some(bytes) => Ok(Resolved::Binary(bytes)),
                None => Err(node.error(ErrorKind::InvalidBase64)),
            },
            TagKind::Bool => match plain(text, false) {
                value @ Resolved::Bool(_) => Ok(value),
                _ => Err(mismatch("!!bool")),
            },
            TagKind::Int => match plain(text, false) {
                value @ (Resolved::Int(_) | Resolved::Uint(_)) => Ok(value),
                _ => Err(mismatch("!!int")),
            },
            TagKind::Float => match plain(text, false) {
                value @ Resolved::Float(_) => Ok(value),
                Resolved::Int(value) => Ok(Resolved::Float(int_to_float(value))),
                _ => Err(mismatch("!!float")),
            },
            TagKind::Null => match plain(text, false) {
                Resolved::Null => Ok(Resolved::Null),
                _ => Err(mismatch("!!null")),
            },
            TagKind::Timestamp => match plain(text, true) {
                value @ Resolved::Timestamp(_) => Ok(value),
                _ => Err(mismatch("!!timestamp")),
            },
        }
    }

    /// Whether this is the merge key `<<`: plain, or tagged `!!merge`.
    #[must_use]
    pub fn is_merge(self) -> bool {
        let data = self.data();
        data.kind == Kind::Scalar
            && match data.tag {
                TagKind::None => data.style == Style::Plain,
                TagKind::Merge => true,
                _ => false,
            }
            && self.text() == "<<"
    }

    /// Whether the node, an alias followed, is a null: left out, `~`, `null`, or tagged `!!null`.
    #[must_use]
    #[inline]
    pub fn is_null(self) -> bool {
        let node = self.resolved();
        let data = node.data();
        match data.tag {
            TagKind::Null => true,
            TagKind::None => {
                data.kind == Kind::Scalar
                    && data.style == Style::Plain
                    // the length tells most texts apart without a look at them
                    && matches!(data.b, 0 | 1 | 4)
                    && is_null_text(node.text())
            }
            _ => false,
        }
    }
}

#[inline]
fn is_null_text(text: &str) -> bool {
    match text.as_bytes() {
        [] | [b'~'] => true,
        [b'n' | b'N', ..] => matches!(text, "null" | "Null" | "NULL"),
        _ => false,
    }
}

/// What a plain scalar means; dates only where they are looked for.
fn plain(text: &str, dates: bool) -> Resolved<'_> {
    let Some(&first) = text.as_bytes().first() else {
        return Resolved::Null;
    };
    let number = match first {
        b'0'..=b'9' | b'+' | b'-' => {
            match text {
                "+.inf" | "+.Inf" | "+.INF" => return Resolved::Float(f64::INFINITY),
                "-.inf" | "-.Inf" | "-.INF" => return Resolved::Float(f64::NEG_INFINITY),
                _ => {}
            }
            if dates && let Some(time) = Timestamp::parse(text) {
                return Resolved::Timestamp(time);
            }
            number::signed(text)
        }
        b'.' => match text {
            ".inf" | ".Inf" | ".INF" => return Resolved::Float(f64::INFINITY),
            ".nan" | ".NaN" | ".NAN" => return Resolved::Float(f64::NAN),
            _ => number::fraction(text),
        },
        b't' | b'T' | b'f' | b'F' | b'n' | b'N' | b'~' => {
            return match text {
                "true" | "True" | "TRUE" => Resolved::Bool(true),
                "false" | "False" | "FALSE" => Resolved::Bool(false),
                "~" | "null" | "Null" | "NULL" => Resolved::Null,
                _ => Resolved::Str(text),
            };
        }
        _ => None,
    };
    match number {
        Some(Number::Int(value)) => Resolved::Int(value),
        Some(Number::Uint(value)) => Resolved::Uint(value),
        Some(Number::Float(value)) => Resolved::Float(value),
        None => Resolved::Str(text),
    }
}

#[allow(
    clippy::cast_precision_loss,
    reason = "rounding to the nearest double is what is wanted"
)]
pub(super) const fn int_to_float(value: i64) -> f64 {
    value as f64
}

/// Standard base64 with padding; line breaks are ignored, bits behind the last byte too.
fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut group, mut sextets, mut padding) = (0u32, 0u32, 0u32);
    for byte in text.bytes() {
        let sextet = match byte {
            b'\r' | b'\n' => continue,
            b'=' if sextets + padding == 2 || sextets + padding == 3 => {
                padding += 1;
                continue;
            }
            _ if padding > 0 => return None,
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        group = group << 6 | u32::from(sextet);
        sextets += 1;
        if sextets == 4 {
            let [_, a, b, c] = group.to_be_bytes();
            bytes.extend([a, b, c]);
            (group, sextets) = (0, 0);
        }
    }
    match (sextets, padding) {
        (0, 0) => {}
        (2, 2) => {
            let [_, a, _, _] = (group << 12).to_be_bytes();
            bytes.push(a);
        }
        (3, 1) => {
            let [_, a, b, _] = (group << 6).to_be_bytes();
            bytes.extend([a, b]);
        }
        _ => return None,
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64() {
        for (text, expected) in [
            ("", Some(&b""[..])),
            ("aGVsbG8=", Some(b"hello")),
            ("aGVs\nbG8\r\n=", Some(b"hello")),
            ("aA==", Some(b"h")),
            ("aB==", Some(b"h")),
            ("+/+/", Some(b"\xfb\xff\xbf")),
            ("aA=", None),
            ("aA", None),
            ("a===", None),
            ("aA==aA==", None),
            ("aGVsbG8= ", None),
            ("a-_a", None),
        ] {
            assert_eq!(decode_base64(text).as_deref(), expected, "{text:?}");
        }
    }
}
