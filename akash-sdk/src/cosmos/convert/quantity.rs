//! Kubernetes' quantities: `1500m`, `16Gi`, `3e6` (k8s.io/apimachinery, `resource.Quantity`).

use super::ConvertError;

/// In what a quantity is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    /// Whole units.
    Whole,
    /// Thousandths.
    Milli,
}

/// Digits that are read; more say nothing that 64 bits could hold.
const DIGITS: usize = 36;

/// The quantity in units of the scale: fractions are rounded away from zero, and what is beyond 64 bits stays at their
/// end, as with Kubernetes' `Value` and `MilliValue`.
pub(super) fn parse(text: &str, scale: Scale) -> Result<i64, ConvertError> {
    value(text, scale).ok_or_else(|| ConvertError::Text {
        field: "quantity",
        text: text.chars().take(40).collect(),
        expected: "a quantity such as 1500m, 16Gi or 3e6",
    })
}

fn value(text: &str, scale: Scale) -> Option<i64> {
    let (is_negative, body) = match text.strip_prefix('-') {
        Some(body) => (true, body),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = body
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(body.len());
    let (number, suffix) = body.split_at_checked(end)?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits: String = [whole, fraction].concat();
    if digits.is_empty() || digits.len() > DIGITS || fraction.contains('.') {
        return None;
    }
    let (binary, exponent) = unit(suffix)?;
    let milli = if scale == Scale::Milli { 3 } else { 0 };
    let exponent = exponent
        .checked_add(milli)?
        .checked_sub(i32::try_from(fraction.len()).ok()?)?;
    let digits: u128 = digits.parse().ok()?;
    let size = scaled(digits, binary, exponent);
    let size = i64::try_from(size.unwrap_or(u128::MAX)).unwrap_or(i64::MAX);
    Some(if is_negative { -size } else { size })
}

/// digits · binary · 10^exponent, rounded up; `None` beyond 128 bits.
fn scaled(digits: u128, binary: u128, exponent: i32) -> Option<u128> {
    let power = 10_u128.checked_pow(exponent.unsigned_abs());
    if exponent >= 0 {
        return if digits == 0 {
            Some(0)
        } else {
            digits.checked_mul(binary)?.checked_mul(power?)
        };
    }
    let Some(power) = power else {
        // Less than one, but more than nothing.
        return Some(u128::from(digits > 0));
    };
    // Whole and rest apart, so that many digits of a fraction leave room for the unit.
    let (whole, rest) = (digits.checked_div(power)?, digits.checked_rem(power)?);
    let whole = whole.checked_mul(binary)?;
    let rest = rest.checked_mul(binary)?.div_ceil(power);
    whole.checked_add(rest)
}

/// A suffix as a power of two and a power of ten.
fn unit(suffix: &str) -> Option<(u128, i32)> {
    Some(match suffix {
        "n" => (1, -9),
        "u" => (1, -6),
        "m" => (1, -3),
        "" => (1, 0),
        "k" => (1, 3),
        "M" => (1, 6),
        "G" => (1, 9),
        "T" => (1, 12),
        "P" => (1, 15),
        "E" => (1, 18),
        "Ki" => (1 << 10, 0),
        "Mi" => (1 << 20, 0),
        "Gi" => (1 << 30, 0),
        "Ti" => (1 << 40, 0),
        "Pi" => (1 << 50, 0),
        "Ei" => (1 << 60, 0),
        _ => {
            let exponent = suffix.strip_prefix(['e', 'E'])?;
            let plain = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            if plain.is_empty() || !plain.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            (1, exponent.parse().ok()?)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_kubernetes() {
        for (text, whole, milli) in [
            ("63500m", 64, 63_500),
            ("270G", 270_000_000_000, 270_000_000_000_000),
            ("1k", 1_000, 1_000_000),
            ("8", 8, 8_000),
            ("0", 0, 0),
            ("-1", -1, -1_000),
            ("-1500m", -2, -1_500),
            ("+0.5Gi", 1 << 29, (1 << 29) * 1_000),
            ("1.5", 2, 1_500),
            (".5", 1, 500),
            ("5.", 5, 5_000),
            ("3e6", 3_000_000, 3_000_000_000),
            ("3E-2", 1, 30),
            ("1n", 1, 1),
            ("100u", 1, 1),
            ("9223372036854775807", i64::MAX, i64::MAX),
            ("100E", i64::MAX, i64::MAX),
            ("1e99", i64::MAX, i64::MAX),
            ("0e99", 0, 0),
            ("1e-99", 1, 1),
            ("12.123456789012345678Ki", 12_415, 12_414_420),
        ] {
            assert_eq!(parse(text, Scale::Whole), Ok(whole), "{text}");
            assert_eq!(parse(text, Scale::Milli), Ok(milli), "{text}");
        }
        for text in [
            "",
            "m",
            "1.2.3",
            "1 Gi",
            "1gi",
            "1e",
            "1ee3",
            "--1",
            "1e99999999999",
            "٣",
        ] {
            assert!(parse(text, Scale::Whole).is_err(), "{text}");
        }
    }
}
