//! Integers from text, as Go's big integers read them, and the text of coins.

use core::marker::PhantomData;
use core::str::FromStr;

use serde::Deserializer;

use super::NumError;
use super::limbs::{mul_add_small, power_of_ten};

/// Digits of which every value fits a limb.
const CHUNK: usize = 19;

/// The value of at most 19 decimal digits; no digits are zero.
#[inline]
pub(super) fn short_decimal(digits: &[u8]) -> Option<u64> {
    if digits.len() > CHUNK {
        return None;
    }
    let (eights, rest) = digits.as_chunks::<8>();
    let mut value = 0u64;
    for eight in eights {
        value = value * 100_000_000 + eight_digits(*eight)?;
    }
    for byte in rest {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        // below 10^19
        value = value * 10 + u64::from(digit);
    }
    Some(value)
}

/// Eight digits at once: neighbours are joined to pairs, pairs to fours, fours to the value.
#[inline]
fn eight_digits(bytes: [u8; 8]) -> Option<u64> {
    let text = u64::from_le_bytes(bytes);
    let high_nibbles = text & 0xf0f0_f0f0_f0f0_f0f0;
    let carried = text.wrapping_add(0x0606_0606_0606_0606) & 0xf0f0_f0f0_f0f0_f0f0;
    if high_nibbles | carried >> 4 != 0x3333_3333_3333_3333 {
        return None;
    }
    let digits = text & 0x0f0f_0f0f_0f0f_0f0f;
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8);
    let even = (pairs & 0x0000_00ff_0000_00ff).wrapping_mul(0x000f_4240_0000_0064);
    let odd = (pairs >> 16 & 0x0000_00ff_0000_00ff).wrapping_mul(0x0000_2710_0000_0001);
    Some(even.wrapping_add(odd) >> 32)
}

/// Appends decimal digits to a magnitude. False when a byte is no digit or the value does not fit.
pub(super) fn push_decimal<const N: usize>(limbs: &mut [u64; N], digits: &[u8]) -> bool {
    digits.chunks(CHUNK).all(|chunk| {
        let scale = power_of_ten(chunk.len());
        short_decimal(chunk).is_some_and(|value| mul_add_small(limbs, scale, value) == 0)
    })
}

/// Reads an integer the way the chain reads integer text: optional sign, then decimal digits, or
/// digits behind `0x`, `0o`, `0b` or a leading `0` (octal); `_` may stand between digits and
/// behind the prefix. Returns whether a minus stands before it, and the magnitude.
pub(super) fn scan_integer<const N: usize>(text: &str) -> Option<(bool, [u64; N])> {
    let bytes = text.as_bytes();
    let (negative, bytes) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, bytes),
    };
    let mut limbs = [0u64; N];
    let (radix, digits, mut after_digit) = match bytes {
        [b'0'] => return Some((negative, limbs)),
        [b'0', b'x' | b'X', rest @ ..] => (16, rest, true),
        [b'0', b'o' | b'O', rest @ ..] => (8, rest, true),
        [b'0', b'b' | b'B', rest @ ..] => (2, rest, true),
        [b'0', rest @ ..] => (8, rest, true),
        _ => (10, bytes, false),
    };
    if radix == 10 && push_decimal(&mut limbs, digits) {
        return (!digits.is_empty()).then_some((negative, limbs));
    }
    limbs = [0; N];
    let mut seen = false;
    for byte in digits {
        if *byte == b'_' {
            if !after_digit {
                return None;
            }
            after_digit = false;
            continue;
        }
        let digit = char::from(*byte).to_digit(radix)?;
        if mul_add_small(&mut limbs, u64::from(radix), u64::from(digit)) != 0 {
            return None;
        }
        after_digit = true;
        seen = true;
    }
    (seen && after_digit).then_some((negative, limbs))
}

/// Splits coin text into amount and denom: digits and points, white space, the rest. White space
/// around is dropped, as the chain's coin parser does.
pub(super) fn split_amount(text: &str) -> (&str, &str) {
    let text = text.trim();
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (amount, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    (amount, rest.trim_start())
}

/// Reads a value that is carried as text.
pub(super) fn deserialize_text<'de, D, T>(
    deserializer: D,
    expecting: &'static str,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err = NumError>,
{
    struct Text<T>(&'static str, PhantomData<T>);

    impl<T: FromStr<Err = NumError>> serde::de::Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
            f.write_str(self.0)
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(E::custom)
        }
    }

    deserializer.deserialize_str(Text(expecting, PhantomData))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn scan(text: &str) -> Option<(bool, u64)> {
        scan_integer::<1>(text).map(|(negative, [limb])| (negative, limb))
    }

    #[test]
    fn integer_text_as_go_reads_it() {
        for (text, value) in [
            ("0", 0),
            ("00", 0),
            ("010", 8),
            ("0_7", 7),
            ("0o17", 15),
            ("0O1_7", 15),
            ("0x_1F", 31),
            ("0XfF", 255),
            ("0b101", 5),
            ("1_000", 1000),
            ("18446744073709551615", u64::MAX),
        ] {
            assert_eq!(scan(text), Some((false, value)), "{text}");
            assert_eq!(scan(&format!("+{text}")), Some((false, value)), "{text}");
            assert_eq!(scan(&format!("-{text}")), Some((true, value)), "{text}");
        }
        for text in [
            "",
            "+",
            "-",
            "--1",
            "+-1",
            "08",
            "0_",
            "0x",
            "0x_",
            "_1",
            "1_",
            "1__0",
            "1.0",
            " 1",
            "1 ",
            "0b2",
            "0o8",
            "0xg",
            "a",
            "1e3",
            "18446744073709551616",
            "١",
        ] {
            assert_eq!(scan(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn eight_at_once(bytes: [u8; 8]) {
            let slow = str::from_utf8(&bytes)
                .ok()
                .filter(|t| t.bytes().all(|b| b.is_ascii_digit()))
                .and_then(|t| t.parse().ok());
            prop_assert_eq!(eight_digits(bytes), slow);
        }

        #[test]
        fn short_text(text in "[0-9]{0,22}", junk in "[0-9:/. ]{1,20}") {
            let value = (text.len() <= 19).then(|| text.parse().unwrap_or(0));
            prop_assert_eq!(short_decimal(text.as_bytes()), value);
            let value = junk.bytes().all(|b| b.is_ascii_digit()).then(|| junk.parse().ok()).flatten();
            if junk.len() <= 19 {
                prop_assert_eq!(short_decimal(junk.as_bytes()), value);
            }
        }
    }
}
