//! Numbers in the grammar of Go's `strconv.ParseFloat`.

/// Why a text is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Error {
    /// It breaks the grammar.
    Syntax,
    /// Its magnitude rounds past the largest double.
    Overflow,
}

/// Reads a number, correctly rounded to an IEEE double.
pub(super) fn parse(text: &str) -> Result<f64, Error> {
    // most numbers are whole and short
    if let Ok(value) = text.parse::<u32>() {
        return Ok(value.into());
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(unsigned.as_bytes(), [b'0', b'x' | b'X', _, ..]) {
        return hexadecimal(text);
    }
    let cleaned;
    let text = if text.contains('_') {
        if !underscores_separate_digits(text) {
            return Err(Error::Syntax);
        }
        cleaned = text.replace('_', "");
        &cleaned
    } else {
        text
    };
    let value: f64 = text.parse().map_err(|_| Error::Syntax)?;
    if value.is_nan() && unsigned.len() != text.len() {
        return Err(Error::Syntax);
    }
    let is_word = unsigned.starts_with(|c: char| c.is_ascii_alphabetic());
    if value.is_infinite() && !is_word {
        return Err(Error::Overflow);
    }
    Ok(value)
}

/// Whether each underscore stands between digits; the prefix of a hexadecimal number counts as one.
fn underscores_separate_digits(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (digits, hex, mut after_digit) = match unsigned.as_bytes() {
        [b'0', b'x' | b'X', rest @ ..] => (rest, true, true),
        [b'0', b'b' | b'B' | b'o' | b'O', rest @ ..] => (rest, false, true),
        all => (all, false, false),
    };
    let mut after_underscore = false;
    for byte in digits {
        let digit = byte.is_ascii_digit() || hex && byte.is_ascii_hexdigit();
        if *byte == b'_' && !after_digit || after_underscore && !digit {
            return false;
        }
        after_underscore = *byte == b'_';
        after_digit = digit;
    }
    !after_underscore
}

/// Reads `0x1.8p3`.
fn hexadecimal(text: &str) -> Result<f64, Error> {
    if text.contains('_') && !underscores_separate_digits(text) {
        return Err(Error::Syntax);
    }
    let negative = text.starts_with('-');
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let body = unsigned.get(2..).ok_or(Error::Syntax)?;
    let (digits, exponent) = body.split_once(['p', 'P']).ok_or(Error::Syntax)?;

    // 60 bits and a sticky one round like all of them would.
    let mut mantissa = 0u64;
    let mut shift = 0i64;
    let (mut seen, mut point) = (false, false);
    for byte in digits.bytes() {
        match (byte, char::from(byte).to_digit(16)) {
            (b'_', _) => {}
            (b'.', _) if !point => point = true,
            (_, Some(digit)) => {
                seen = true;
                if mantissa >> 56 == 0 {
                    mantissa = mantissa << 4 | u64::from(digit);
                    shift -= if point { 4 } else { 0 };
                } else {
                    mantissa |= u64::from(digit != 0);
                    shift += if point { 0 } else { 4 };
                }
            }
            _ => return Err(Error::Syntax),
        }
    }
    let (sign, magnitude) = match exponent.as_bytes() {
        [b'-', rest @ ..] => (-1, rest),
        [b'+', rest @ ..] => (1, rest),
        rest => (1, rest),
    };
    if !seen || !magnitude.first().is_some_and(u8::is_ascii_digit) {
        return Err(Error::Syntax);
    }
    let mut power = 0i64;
    for byte in magnitude {
        match byte {
            b'_' => {}
            b'0'..=b'9' if power < 10_000 => power = power * 10 + i64::from(byte - b'0'),
            b'0'..=b'9' => {}
            _ => return Err(Error::Syntax),
        }
    }
    let mut exponent = shift.saturating_add(sign * power);
    let mut value = mantissa as f64;
    while exponent > 0 && value != 0.0 && value.is_finite() {
        let step = exponent.min(512);
        value *= 2f64.powi(i32::try_from(step).unwrap_or(512));
        exponent -= step;
    }
    while exponent < 0 && value != 0.0 {
        let step = (-exponent).min(512);
        value *= 2f64.powi(-i32::try_from(step).unwrap_or(512));
        exponent += step;
    }
    if value.is_infinite() {
        return Err(Error::Overflow);
    }
    Ok(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_numbers() {
        assert_eq!(parse("0x1p1"), Ok(2.0));
        assert_eq!(parse("0x1.8p0"), Ok(1.5));
        assert_eq!(parse("0X_1_0p-4"), Ok(1.0));
        assert_eq!(parse("-0x.8p1"), Ok(-1.0));
        assert_eq!(
            parse("0x1fffffffffffff8p0"),
            Ok(144_115_188_075_855_864.0_f64)
        );
        assert_eq!(parse("0x1p99999"), Err(Error::Overflow));
        assert_eq!(parse("0x0p99999"), Ok(0.0));
        for text in ["0x1", "0xp1", "0x1p", "0x1p+", "0x1..p1", "0x1_p1", "0xg"] {
            assert_eq!(parse(text), Err(Error::Syntax), "{text}");
        }
    }

    #[test]
    fn decimal_numbers() {
        assert_eq!(parse("1_000.5e1_0"), Ok(1_000.5e10));
        assert_eq!(parse("Infinity"), Ok(f64::INFINITY));
        assert_eq!(parse("1e999"), Err(Error::Overflow));
        assert!(parse("nan").is_ok_and(f64::is_nan));
        for text in [
            "", ".", "_1", "1_", "1_e3", "1e_3", "0b1", "0_x1", "--1", "infin", "e1", "+nan",
        ] {
            assert_eq!(parse(text), Err(Error::Syntax), "{text}");
        }
    }
}
