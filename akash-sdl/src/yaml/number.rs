//! Numbers, as Go's strconv reads them for yaml.v3.

use std::borrow::Cow;

/// A number as written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Number {
    Int(i64),
    Uint(u64),
    Float(f64),
}

/// A number that begins with a digit or a sign.
pub(super) fn signed(text: &str) -> Option<Number> {
    let plain: Cow<'_, str> = if text.contains('_') {
        text.replace('_', "").into()
    } else {
        text.into()
    };
    let plain = plain.as_ref();
    if let Some(number) = integer(plain) {
        return Some(number);
    }
    if is_float(plain) {
        return finite(plain);
    }
    // yaml.v3 cuts these prefixes off and reads the rest on its own, sign included.
    let (rest, radix) = match plain.get(..2) {
        Some("0b") => (plain.get(2..)?, 2),
        Some("0o") => (plain.get(2..)?, 8),
        _ => return None,
    };
    let (negative, digits) = split_sign(rest);
    to_int(negative, digits, radix).map(Number::Int)
}

/// A number that begins with a point.
pub(super) fn fraction(text: &str) -> Option<Number> {
    if !text.contains('_') {
        return if is_float(text) { finite(text) } else { None };
    }
    // Here, other than in `signed`, an underscore must stand between digits.
    let bytes = text.as_bytes();
    let between_digits = |at: usize| {
        let digit = |at: Option<usize>| {
            at.and_then(|at| bytes.get(at))
                .is_some_and(u8::is_ascii_digit)
        };
        digit(at.checked_sub(1)) && digit(at.checked_add(1))
    };
    let well_placed = bytes
        .iter()
        .enumerate()
        .all(|(at, &byte)| byte != b'_' || between_digits(at));
    let plain = text.replace('_', "");
    if well_placed && is_float(&plain) {
        finite(&plain)
    } else {
        None
    }
}

/// Signed 64 bits, else unsigned 64 bits; prefixes `0x`, `0o`, `0b`, and a leading 0 for octal.
fn integer(text: &str) -> Option<Number> {
    let (negative, unsigned) = split_sign(text);
    let (digits, radix) = match unsigned.as_bytes() {
        [b'0', b'x' | b'X', _, ..] => (unsigned.get(2..)?, 16),
        [b'0', b'o' | b'O', _, ..] => (unsigned.get(2..)?, 8),
        [b'0', b'b' | b'B', _, ..] => (unsigned.get(2..)?, 2),
        [b'0', _, ..] => (unsigned.get(1..)?, 8),
        _ => (unsigned, 10),
    };
    if let Some(value) = to_int(negative, digits, radix) {
        return Some(Number::Int(value));
    }
    if unsigned.len() == text.len() {
        magnitude(digits, radix).map(Number::Uint)
    } else {
        None
    }
}

fn split_sign(text: &str) -> (bool, &str) {
    match text.as_bytes() {
        [b'-', ..] => (true, text.get(1..).unwrap_or("")),
        [b'+', ..] => (false, text.get(1..).unwrap_or("")),
        _ => (false, text),
    }
}

fn to_int(negative: bool, digits: &str, radix: u32) -> Option<i64> {
    let magnitude = magnitude(digits, radix)?;
    if negative {
        0i64.checked_sub_unsigned(magnitude)
    } else {
        i64::try_from(magnitude).ok()
    }
}

fn magnitude(digits: &str, radix: u32) -> Option<u64> {
    // The standard library would take a sign here.
    if digits.starts_with(['+', '-']) {
        None
    } else {
        u64::from_str_radix(digits, radix).ok()
    }
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
fn is_float(text: &str) -> bool {
    let (_, text) = split_sign(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(split_sign(exponent).1)),
        None => (text, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mantissa_fits = match mantissa.split_once('.') {
        Some(("", fraction)) => !fraction.is_empty() && digits(fraction),
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => !mantissa.is_empty() && digits(mantissa),
    };
    mantissa_fits && exponent.is_none_or(|exponent| !exponent.is_empty() && digits(exponent))
}

/// A number too large for a double stays a text.
fn finite(text: &str) -> Option<Number> {
    text.parse()
        .ok()
        .filter(|value: &f64| value.is_finite())
        .map(Number::Float)
}

#[cfg(test)]
mod tests {
    use super::Number::{Float, Int, Uint};
    use super::*;

    #[test]
    fn integers() {
        for (text, expected) in [
            ("0", Some(Int(0))),
            ("-0", Some(Int(0))),
            ("+5", Some(Int(5))),
            ("0777", Some(Int(511))),
            ("08", Some(Float(8.0))),
            ("0x1F", Some(Int(31))),
            ("0X_1f", Some(Int(31))),
            ("0x", None),
            ("0o17", Some(Int(15))),
            ("-0O17", Some(Int(-15))),
            ("0b101", Some(Int(5))),
            ("0b-11", Some(Int(-3))),
            ("0o+17", Some(Int(15))),
            ("0x-1", None),
            ("-0b-1", None),
            ("1_000", Some(Int(1000))),
            ("1__0_", Some(Int(10))),
            ("-", None),
            ("+", None),
            ("9223372036854775807", Some(Int(i64::MAX))),
            ("9223372036854775808", Some(Uint(1 << 63))),
            (
                "+9223372036854775808",
                Some(Float(9_223_372_036_854_775_808.0)),
            ),
            ("-9223372036854775808", Some(Int(i64::MIN))),
            (
                "18446744073709551616",
                Some(Float(18_446_744_073_709_551_616.0)),
            ),
            ("1:30", None),
        ] {
            assert_eq!(signed(text), expected, "{text}");
        }
    }

    #[test]
    fn floats() {
        for (text, expected) in [
            ("1.", Some(Float(1.0))),
            ("-.5", Some(Float(-0.5))),
            ("1e3", Some(Float(1000.0))),
            ("1.5E-1", Some(Float(0.15))),
            ("1e400", None),
            ("1e", None),
            ("1e+", None),
            ("1.2.3", None),
            ("0x1p-2", None),
            ("+.", None),
        ] {
            assert_eq!(signed(text), expected, "{text}");
        }
        for (text, expected) in [
            (".5", Some(Float(0.5))),
            (".1_2", Some(Float(0.12))),
            ("._1", None),
            (".1_", None),
            (".", None),
            (".e3", None),
        ] {
            assert_eq!(fraction(text), expected, "{text}");
        }
    }
}
