//! Scalars into typed destinations, as yaml.v3 takes them.

use std::borrow::Cow;

use super::error::{Error, ErrorKind};
use super::resolve::{Resolved, int_to_float};
use super::tree::{Kind, Node, Style, TagKind};

impl<'t> Node<'t, '_> {
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

const TWO_POW_63: f64 = 9_223_372_036_854_775_808.0;
const TWO_POW_64: f64 = 18_446_744_073_709_551_616.0;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_become_integers_as_in_go() {
        assert_eq!(float_to_u64(-0.5), 0);
        assert_eq!(float_to_u64(-1.5), u64::MAX);
        assert_eq!(float_to_u64(1e19), 10_000_000_000_000_000_000);
        assert_eq!(float_to_u64(TWO_POW_64), 1 << 63);
        assert_eq!(float_to_i64(-1e30), i64::MIN);
    }
}
