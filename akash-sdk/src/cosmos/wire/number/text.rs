//! Number texts: reading what the reference reads, and bringing it into canonical form.

use std::borrow::Cow;

use super::NumberError;

/// Which number type bounds a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cosmos) enum Limit {
    /// Magnitude below 2^256.
    Int,
    /// Magnitude below 2^256 * 10^18.
    Dec,
}

/// 2^256 - 1.
const INT_MAX: &str =
    "115792089237316195423570985008687907853269984665640564039457584007913129639935";
/// 2^256 * 10^18 - 1.
const DEC_MAX: &str = "115792089237316195423570985008687907853269984665640564039457584007913129639935999999999999999999";

impl Limit {
    const fn max(self) -> &'static str {
        match self {
            Self::Int => INT_MAX,
            Self::Dec => DEC_MAX,
        }
    }

    const fn range(self) -> &'static str {
        match self {
            Self::Int => "magnitude below 2^256",
            Self::Dec => "magnitude below 2^256, with 18 decimals",
        }
    }

    /// Whether `digits` (no sign, no leading zeros) is in range.
    fn holds(self, digits: &str) -> bool {
        let max = self.max();
        digits.len() < max.len() || (digits.len() == max.len() && digits <= max)
    }

    fn check(self, digits: &str) -> Result<(), NumberError> {
        if self.holds(digits) {
            Ok(())
        } else {
            Err(NumberError::OutOfRange {
                digits: digits.len(),
                range: self.range(),
            })
        }
    }
}

/// Digits in canonical form: no leading zeros, a minus sign only before a number that is not zero.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::cosmos) struct Canonical<'a>(Cow<'a, str>);

impl Canonical<'_> {
    /// The digits.
    pub(in crate::cosmos) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Canonical digits of a wire text.
///
/// Reads what the reference's decoder reads: a sign, an empty text as zero, `_` between digits, a
/// leading zero as the mark of octal. The prefixes `0x`, `0b` and `0o`, which the reference takes
/// too, are refused.
pub(in crate::cosmos) fn canonical(text: &str, limit: Limit) -> Result<Canonical<'_>, NumberError> {
    if is_plain(text) {
        let digits = text.strip_prefix('-').unwrap_or(text);
        limit.check(digits)?;
        return Ok(Canonical(Cow::Borrowed(text)));
    }
    if text.is_empty() {
        return Ok(Canonical(Cow::Borrowed("0")));
    }
    let refuse = || NumberError::NotAnInteger {
        text: text.chars().take(80).collect(),
    };
    let (negative, digits) = match text.as_bytes() {
        [b'-', ..] => (true, text.trim_start_matches('-')),
        [b'+', ..] => (false, text.trim_start_matches('+')),
        _ => (false, text),
    };
    // One sign at most; a digit at both ends; single underscores between digits.
    let signs = text.len() - digits.len();
    let bytes = digits.as_bytes();
    let edges = (bytes.first(), bytes.last());
    let framed = matches!(edges, (Some(b'0'..=b'9'), Some(b'0'..=b'9')));
    let clean = bytes
        .iter()
        .all(|byte| byte.is_ascii_digit() || *byte == b'_');
    if signs > 1 || !framed || !clean || digits.contains("__") {
        return Err(refuse());
    }
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    let magnitude = match digits.strip_prefix('0') {
        Some(octal) if !octal.is_empty() => {
            // 256 bits are 86 octal digits, the largest decimal has 106.
            let octal = octal.trim_start_matches('0');
            if octal.len() > 106 {
                return Err(NumberError::OutOfRange {
                    digits: octal.len(),
                    range: limit.range(),
                });
            }
            from_octal(octal).ok_or_else(refuse)?
        }
        _ => digits,
    };
    limit.check(&magnitude)?;
    Ok(Canonical(Cow::Owned(signed(negative, magnitude))))
}

/// Canonical digits of a text of decimal digits with an optional minus sign; leading zeros mean
/// nothing.
pub(in crate::cosmos) fn decimal(text: &str, limit: Limit) -> Result<Canonical<'_>, NumberError> {
    if is_plain(text) {
        return canonical(text, limit);
    }
    let (negative, digits) = text
        .strip_prefix('-')
        .map_or((false, text), |digits| (true, digits));
    let magnitude = match digits.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    limit.check(magnitude)?;
    Ok(Canonical(Cow::Owned(signed(
        negative,
        magnitude.to_owned(),
    ))))
}

/// Already canonical digits, of any length.
fn is_plain(text: &str) -> bool {
    match text.as_bytes() {
        b"0" => true,
        [b'-', b'1'..=b'9', rest @ ..] | [b'1'..=b'9', rest @ ..] => {
            rest.iter().all(u8::is_ascii_digit)
        }
        _ => false,
    }
}

fn signed(negative: bool, magnitude: String) -> String {
    if negative && magnitude != "0" {
        format!("-{magnitude}")
    } else {
        magnitude
    }
}

/// Decimal digits of octal digits; `None` if one is not octal.
fn from_octal(octal: &str) -> Option<String> {
    // Little endian groups of nine decimal digits.
    const GROUP: u64 = 1_000_000_000;
    let mut groups: Vec<u64> = Vec::new();
    for digit in octal.chars() {
        let mut carry = u64::from(digit.to_digit(8)?);
        for group in &mut groups {
            let value = *group * 8 + carry;
            *group = value % GROUP;
            carry = value / GROUP;
        }
        if carry > 0 {
            groups.push(carry);
        }
    }
    let mut text = String::new();
    for group in groups.iter().rev() {
        if text.is_empty() {
            text = group.to_string();
        } else {
            text.push_str(&format!("{group:09}"));
        }
    }
    Some(if text.is_empty() {
        "0".to_owned()
    } else {
        text
    })
}

/// The value of raw digits (times 10^18) with its 18 decimals.
pub(in crate::cosmos) fn with_point(raw: &str) -> String {
    let (sign, digits) = raw
        .strip_prefix('-')
        .map_or(("", raw), |digits| ("-", digits));
    match digits.len().checked_sub(18) {
        Some(whole) if whole > 0 => {
            let (whole, places) = digits.split_at_checked(whole).unwrap_or((digits, ""));
            format!("{sign}{whole}.{places}")
        }
        _ => format!("{sign}0.{digits:0>18}"),
    }
}

/// Raw digits (times 10^18) of a decimal text; the result may have leading zeros.
pub(in crate::cosmos) fn without_point(text: &str) -> Result<String, NumberError> {
    let refuse = || NumberError::NotADecimal {
        text: text.chars().take(120).collect(),
    };
    let (sign, digits) = text
        .strip_prefix('-')
        .map_or(("", text), |digits| ("-", digits));
    let (whole, places) = match digits.split_once('.') {
        Some((whole, places)) if !places.is_empty() => (whole, places),
        Some(_) => return Err(refuse()),
        None => (digits, ""),
    };
    let all_digits = whole
        .bytes()
        .chain(places.bytes())
        .all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || places.len() > 18 || !all_digits {
        return Err(refuse());
    }
    Ok(format!("{sign}{whole}{places:0<18}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int(text: &str) -> Result<String, NumberError> {
        canonical(text, Limit::Int).map(|number| number.as_str().to_owned())
    }

    #[test]
    fn reads_what_the_reference_reads() {
        for (text, value) in [
            ("", "0"),
            ("0", "0"),
            ("-0", "0"),
            ("+5", "5"),
            ("005", "5"),
            ("010", "8"),
            ("-0777", "-511"),
            ("00", "0"),
            ("1_0", "10"),
            ("0_7", "7"),
            ("-12", "-12"),
        ] {
            assert_eq!(int(text).as_deref(), Ok(value), "{text}");
        }
        for text in [
            "08", "1.5", "1e3", " 1", "1 ", "--1", "+-1", "_1", "1_", "1__0", "0x10", "-", "+", "x",
        ] {
            assert!(
                matches!(int(text), Err(NumberError::NotAnInteger { .. })),
                "{text}"
            );
        }
    }

    #[test]
    fn bounds_are_exact() {
        assert!(int(INT_MAX).is_ok());
        assert!(int(&format!("-{INT_MAX}")).is_ok());
        let above =
            "115792089237316195423570985008687907853269984665640564039457584007913129639936";
        assert!(matches!(
            int(above),
            Err(NumberError::OutOfRange { digits: 78, .. })
        ));
        assert!(canonical(above, Limit::Dec).is_ok());
        let octal = format!("01{}", "7".repeat(85));
        assert_eq!(int(&octal).as_deref(), Ok(INT_MAX));
        assert!(int(&format!("02{}", "0".repeat(85))).is_err());
        assert!(int(&format!("01{}", "0".repeat(5000))).is_err());
        assert!(canonical(DEC_MAX, Limit::Dec).is_ok());
        assert!(canonical(&format!("1{}", "0".repeat(96)), Limit::Dec).is_err());
    }

    #[test]
    fn point_moves_both_ways() {
        for (raw, text) in [
            ("0", "0.000000000000000000"),
            ("1", "0.000000000000000001"),
            ("-1", "-0.000000000000000001"),
            ("1000000000000000000", "1.000000000000000000"),
            ("-123500000000000000000", "-123.500000000000000000"),
        ] {
            assert_eq!(with_point(raw), text);
            let back = without_point(text).unwrap();
            assert_eq!(decimal(&back, Limit::Dec).unwrap().as_str(), raw);
        }
        for text in [
            "",
            "-",
            ".5",
            "5.",
            "1.0000000000000000000",
            "1e3",
            "+1",
            "1_0.5",
        ] {
            assert!(without_point(text).is_err(), "{text}");
        }
    }
}
