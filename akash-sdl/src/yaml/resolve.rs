//! What a scalar means: resolution by tag and text, and decoding into typed destinations.

use std::borrow::Cow;

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
    pub fn is_null(self) -> bool {
        let node = self.resolved();
        let data = node.data();
        match data.tag {
            TagKind::Null => true,
            TagKind::None => {
                data.kind == Kind::Scalar
                    && data.style == Style::Plain
                    && matches!(node.text(), "" | "~" | "null" | "Null" | "NULL")
            }
            _ => false,
        }
    }

    /// A text destination: the text of any scalar as written (`2.0` stays "2.0"), `!!binary` decoded; none for null.
    ///
    /// # Errors
    /// A list or map, a text that does not fit its tag, `!!binary` that is not base64 or not UTF-8.
    pub fn decode_str(self) -> Result<Option<Cow<'t, str>>, Error> {
        match self.decode_bytes()? {
            None => Ok(None),
            Some(Cow::Borrowed(_)) => Ok(Some(Cow::Borrowed(self.resolved().text()))),
            Some(Cow::Owned(bytes)) => match String::from_utf8(bytes) {
                Ok(text) => Ok(Some(Cow::Owned(text))),
                Err(_) => Err(self.resolved().error(ErrorKind::BinaryNotText)),
            },
        }
    }

    /// As [`decode_str`](Self::decode_str), but `!!binary` may be any bytes; only `!!binary` is owned.
    ///
    /// # Errors
    /// A list or map, a text that does not fit its tag, `!!binary` that is not base64.
    pub fn decode_bytes(self) -> Result<Option<Cow<'t, [u8]>>, Error> {
        let node = self.resolved();
        let data = node.data();
        if data.kind != Kind::Scalar {
            return Err(node.mismatch("a text"));
        }
        if data.tag == TagKind::None {
            return Ok(if node.is_null() {
                None
            } else {
                Some(Cow::Borrowed(node.text().as_bytes()))
            });
        }
        match node.resolve()? {
            Resolved::Null => Ok(None),
            Resolved::Binary(bytes) => Ok(Some(Cow::Owned(bytes))),
            _ => Ok(Some(Cow::Borrowed(node.text().as_bytes()))),
        }
    }

    /// An unsigned 64-bit destination: a whole number in range, or a float cut toward zero; none for null.
    ///
    /// A negative float becomes what Go makes of it: below -1 it wraps around, as two's complement does.
    ///
    /// # Errors
    /// A list, map, text, flag, or a number out of range.
    pub fn decode_u64(self) -> Result<Option<u64>, Error> {
        let mismatch = || {
            self.resolved()
                .mismatch("a whole number from 0 to 18446744073709551615")
        };
        match self.number()? {
            None => Ok(None),
            Some(Resolved::Int(value)) => u64::try_from(value).map(Some).map_err(|_| mismatch()),
            Some(Resolved::Uint(value)) => Ok(Some(value)),
            Some(Resolved::Float(value)) if value <= TWO_POW_64 => Ok(Some(float_to_u64(value))),
            Some(_) => Err(mismatch()),
        }
    }

    /// An unsigned 32-bit destination: a whole number in range, or a float cut toward zero (`-0.5` is 0); none for null.
    ///
    /// # Errors
    /// A list, map, text, flag, or a number out of range.
    pub fn decode_u32(self) -> Result<Option<u32>, Error> {
        let mismatch = || {
            self.resolved()
                .mismatch("a whole number from 0 to 4294967295")
        };
        let value = match self.number()? {
            None => return Ok(None),
            Some(Resolved::Int(value)) => u32::try_from(value).ok(),
            Some(Resolved::Uint(value)) => u32::try_from(value).ok(),
            Some(Resolved::Float(value)) if value <= TWO_POW_64 => {
                u32::try_from(float_to_u64(value)).ok()
            }
            Some(_) => None,
        };
        value.map(Some).ok_or_else(mismatch)
    }

    /// A signed 64-bit destination: a whole number in range, or a float cut toward zero; none for null.
    ///
    /// # Errors
    /// A list, map, text, flag, or a number out of range.
    pub fn decode_i64(self) -> Result<Option<i64>, Error> {
        let mismatch = || {
            self.resolved()
                .mismatch("a whole number from -9223372036854775808 to 9223372036854775807")
        };
        match self.number()? {
            None => Ok(None),
            Some(Resolved::Int(value)) => Ok(Some(value)),
            Some(Resolved::Float(value)) if value <= TWO_POW_63 => Ok(Some(float_to_i64(value))),
            Some(_) => Err(mismatch()),
        }
    }

    /// A double destination; none for null.
    ///
    /// # Errors
    /// A list, map, text or flag.
    pub fn decode_f64(self) -> Result<Option<f64>, Error> {
        match self.number()? {
            None => Ok(None),
            Some(Resolved::Int(value)) => Ok(Some(int_to_float(value))),
            Some(Resolved::Uint(value)) => Ok(Some(uint_to_float(value))),
            Some(Resolved::Float(value)) => Ok(Some(value)),
            Some(_) => Err(self.resolved().mismatch("a number")),
        }
    }

    /// A flag destination: `true`, `false`, and the words `y yes on n no off`, plain or quoted; none for null.
    ///
    /// # Errors
    /// A list, map, number, or any other text, `"true"` in quotes included.
    pub fn decode_bool(self) -> Result<Option<bool>, Error> {
        match self.number()? {
            None => Ok(None),
            Some(Resolved::Bool(value)) => Ok(Some(value)),
            Some(Resolved::Str("y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON")) => {
                Ok(Some(true))
            }
            Some(Resolved::Str("n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF")) => {
                Ok(Some(false))
            }
            Some(_) => Err(self.resolved().mismatch("true or false")),
        }
    }

    /// The meaning of a scalar that is not null; a list or map is a text that fits nowhere.
    fn number(self) -> Result<Option<Resolved<'t>>, Error> {
        if self.resolved().kind() != Kind::Scalar {
            return Ok(Some(Resolved::Merge));
        }
        Ok(match self.resolve()? {
            Resolved::Null => None,
            value => Some(value),
        })
    }

    /// An error that says what stands here instead of what is needed.
    pub fn mismatch(self, expected: &'static str) -> Error {
        let node = self.resolved();
        let found = match node.kind() {
            Kind::Sequence => "a list".into(),
            Kind::Mapping => "a map".into(),
            Kind::Scalar | Kind::Alias if node.is_null() => "nothing".into(),
            Kind::Scalar | Kind::Alias => {
                let text = node.text();
                let quote = match node.style() {
                    Style::SingleQuoted => "'",
                    Style::DoubleQuoted => "\"",
                    _ => "",
                };
                match text.char_indices().nth(40) {
                    Some((cut, _)) => format!("`{quote}{}…`", text.get(..cut).unwrap_or("")).into(),
                    None => format!("`{quote}{text}{quote}`").into(),
                }
            }
        };
        self.error(ErrorKind::Mismatch { expected, found })
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

const TWO_POW_63: f64 = 9_223_372_036_854_775_808.0;
const TWO_POW_64: f64 = 18_446_744_073_709_551_616.0;

#[allow(
    clippy::cast_precision_loss,
    reason = "rounding to the nearest double is what is wanted"
)]
const fn int_to_float(value: i64) -> f64 {
    value as f64
}

#[allow(
    clippy::cast_precision_loss,
    reason = "rounding to the nearest double is what is wanted"
)]
const fn uint_to_float(value: u64) -> f64 {
    value as f64
}

/// Cuts toward zero; what does not fit becomes the least number, as on the machines the chain runs on.
#[allow(
    clippy::cast_possible_truncation,
    reason = "the range is checked, cutting the fraction is meant"
)]
fn float_to_i64(value: f64) -> i64 {
    if (-TWO_POW_63..TWO_POW_63).contains(&value) {
        value as i64
    } else {
        i64::MIN
    }
}

/// As Go on 64-bit x86: through signed numbers below 2^63, less 2^63 above.
fn float_to_u64(value: f64) -> u64 {
    if value < TWO_POW_63 {
        float_to_i64(value).cast_unsigned()
    } else {
        float_to_i64(value - TWO_POW_63).cast_unsigned() | (1 << 63)
    }
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

    #[test]
    fn floats_become_integers_as_in_go() {
        assert_eq!(float_to_u64(-0.5), 0);
        assert_eq!(float_to_u64(-1.5), u64::MAX);
        assert_eq!(float_to_u64(1e19), 10_000_000_000_000_000_000);
        assert_eq!(float_to_u64(TWO_POW_64), 1 << 63);
        assert_eq!(float_to_i64(-1e30), i64::MIN);
    }
}
