//! Integers from and to text, as Go's big integers read and write them.

use super::limbs::{div_rem_small, mul_add_small};

/// 10^19, the largest power of ten in a limb.
const CHUNK: u64 = 10_000_000_000_000_000_000;
const CHUNK_DIGITS: usize = 19;

/// Appends decimal digits to a magnitude. False when a byte is no digit or the value does not fit.
pub(super) fn push_decimal<const N: usize>(limbs: &mut [u64; N], digits: &[u8]) -> bool {
    for chunk in digits.chunks(CHUNK_DIGITS) {
        let mut value = 0u64;
        let mut scale = 1u64;
        for byte in chunk {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                return false;
            }
            // 19 digits stay below 2^64
            value = value * 10 + u64::from(digit);
            scale *= 10;
        }
        if mul_add_small(limbs, scale, value) != 0 {
            return false;
        }
    }
    true
}

/// Reads an integer the way the chain reads integer text: optional sign, then decimal digits, or
/// digits behind `0x`, `0o`, `0b` or a leading `0` (octal); `_` may stand between digits and
/// behind the prefix. Returns sign and magnitude.
pub(super) fn scan_integer<const N: usize>(text: &str) -> Option<(bool, [u64; N])> {
    let bytes = text.as_bytes();
    let (negative, bytes) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, bytes),
    };
    let mut limbs = [0u64; N];
    let (radix, digits, mut after_digit) = match bytes {
        [b'0'] => return Some((false, limbs)),
        [b'0', b'x' | b'X', rest @ ..] => (16, rest, true),
        [b'0', b'o' | b'O', rest @ ..] => (8, rest, true),
        [b'0', b'b' | b'B', rest @ ..] => (2, rest, true),
        [b'0', rest @ ..] => (8, rest, true),
        _ => (10, bytes, false),
    };
    if radix == 10 && push_decimal(&mut limbs, digits) {
        return (!digits.is_empty()).then_some((negative && limbs != [0; N], limbs));
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
    (seen && after_digit).then_some((negative && limbs != [0; N], limbs))
}

/// Splits coin text into amount and denom: digits and points, white space, the rest.
pub(super) fn split_amount(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (amount, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    // the white space of Go's regular expressions
    (
        amount,
        rest.trim_start_matches(['\t', '\n', '\u{c}', '\r', ' ']),
    )
}

/// Decimal text on the stack, filled from the last digit to the first.
pub(super) struct Digits {
    buffer: [u8; Self::CAPACITY],
    start: usize,
}

impl Digits {
    /// Enough for a sign, 320 bits (97 digits) and a point.
    const CAPACITY: usize = 104;

    const fn new() -> Self {
        Self {
            buffer: [0; Self::CAPACITY],
            start: Self::CAPACITY,
        }
    }

    /// The digits of a magnitude, with a point before the last `decimals` of them.
    pub(super) fn of<const N: usize>(mut limbs: [u64; N], decimals: usize) -> Self {
        let mut out = Self::new();
        let mut left = decimals;
        while limbs.iter().skip(1).any(|limb| *limb != 0) {
            let chunk = div_rem_small(&mut limbs, CHUNK);
            out.push_chunk(chunk, CHUNK_DIGITS, &mut left);
        }
        let last = limbs.first().copied().unwrap_or(0);
        let width = last.checked_ilog10().map_or(1, |log| log as usize + 1);
        out.push_chunk(
            last,
            width.max(if left > 0 { left + 1 } else { 1 }),
            &mut left,
        );
        out
    }

    fn push_chunk(&mut self, mut chunk: u64, width: usize, decimals: &mut usize) {
        for _ in 0..width {
            self.push(b'0' + (chunk % 10 & 0xf) as u8);
            chunk /= 10;
            if *decimals > 0 {
                *decimals -= 1;
                if *decimals == 0 {
                    self.push(b'.');
                }
            }
        }
    }

    pub(super) fn push(&mut self, byte: u8) {
        let at = self.start.saturating_sub(1);
        if let Some(slot) = self.buffer.get_mut(at) {
            *slot = byte;
        }
        self.start = at;
    }

    pub(super) fn as_str(&self) -> &str {
        // Only ASCII is ever pushed.
        self.buffer
            .get(self.start..)
            .and_then(|b| str::from_utf8(b).ok())
            .unwrap_or_default()
    }
}

/// Reads a value that is carried as text.
pub(super) fn deserialize_text<'de, D, T>(
    deserializer: D,
    expecting: &'static str,
) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: core::str::FromStr<Err = super::NumError>,
{
    struct Text<T>(&'static str, core::marker::PhantomData<T>);

    impl<T: core::str::FromStr<Err = super::NumError>> serde::de::Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
            f.write_str(self.0)
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(E::custom)
        }
    }

    deserializer.deserialize_str(Text(expecting, core::marker::PhantomData))
}
