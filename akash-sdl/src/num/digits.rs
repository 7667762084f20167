//! Integers and decimals to text, without the heap.

use super::limbs::{SCALE, div_rem_scale};

/// Decimal text on the stack, filled from the last byte to the first.
pub(super) struct Digits {
    buffer: [u8; Self::CAPACITY],
    start: usize,
}

impl Digits {
    /// Enough for a sign, the 97 digits of 320 bits in groups, and a point.
    /// The zeros of a first group are written too.
    const CAPACITY: usize = 128;

    /// The digits of a magnitude.
    pub(super) fn integer<const N: usize>(limbs: [u64; N]) -> Self {
        let mut out = Self {
            buffer: [0; Self::CAPACITY],
            start: Self::CAPACITY,
        };
        out.push_integer(limbs);
        out
    }

    /// A magnitude with a point before its last 18 digits.
    pub(super) fn decimal<const N: usize>(mut raw: [u64; N]) -> Self {
        let mut out = Self {
            buffer: [0; Self::CAPACITY],
            start: Self::CAPACITY,
        };
        let fraction = div_rem_scale(&mut raw);
        out.push_group(fraction);
        out.push(b'.');
        out.push_integer(raw);
        out
    }

    fn push_integer<const N: usize>(&mut self, mut limbs: [u64; N]) {
        while limbs.iter().skip(1).any(|limb| *limb != 0)
            || limbs.first().is_some_and(|limb| *limb >= SCALE)
        {
            self.push_group(div_rem_scale(&mut limbs));
        }
        let last = limbs.first().copied().unwrap_or(0);
        let width = last.checked_ilog10().map_or(1, |log| log as usize + 1);
        // the zeros before the first digit are written, but not part of the text
        let end = self.start;
        self.push_group(last);
        self.start = end.saturating_sub(width);
    }

    /// Puts the 18 digits of a value below 10^18 before the text.
    #[inline]
    fn push_group(&mut self, value: u64) {
        const EIGHT: u64 = 100_000_000;
        let rest = value / EIGHT;
        let [.., tens, ones] = eight(rest / EIGHT);
        self.push_slice(&eight(value % EIGHT));
        self.push_slice(&eight(rest % EIGHT));
        self.push_slice(&[tens, ones]);
    }

    /// Puts one byte before the text.
    pub(super) fn push(&mut self, byte: u8) {
        self.push_slice(&[byte]);
    }

    #[inline]
    fn push_slice<const N: usize>(&mut self, bytes: &[u8; N]) {
        let start = self.start.saturating_sub(N);
        let room = self.buffer.get_mut(start..);
        if let Some(room) = room.and_then(|room| room.first_chunk_mut()) {
            *room = *bytes;
        }
        self.start = start;
    }

    pub(super) fn as_str(&self) -> &str {
        // Only ASCII is ever pushed.
        self.buffer
            .get(self.start..)
            .and_then(|bytes| str::from_utf8(bytes).ok())
            .unwrap_or_default()
    }
}

/// Appends a whole number.
pub(crate) fn push_digits(out: &mut String, value: u64) {
    const EIGHT: u64 = 100_000_000;
    match u8::try_from(value) {
        Ok(digit @ 0..=9) => out.push(char::from(b'0' + digit)),
        _ if value < EIGHT => {
            let digits = eight(value);
            let width = value.checked_ilog10().map_or(1, |log| log as usize + 1);
            let text = digits.get(digits.len() - width..);
            out.push_str(
                text.and_then(|text| str::from_utf8(text).ok())
                    .unwrap_or_default(),
            );
        }
        _ => out.push_str(Digits::integer([value]).as_str()),
    }
}

/// The 8 digits of a value below 10^8, all at once: split to fours, pairs and digits in the lanes
/// of one word, the first digit in the lowest byte.
#[inline]
const fn eight(value: u64) -> [u8; 8] {
    let fours = (value / 10_000) | (value % 10_000) << 32;
    // times 10486 / 2^20 is a division by 100 below 10^4
    let upper = ((fours * 10_486) >> 20) & 0x0000_007f_0000_007f;
    let pairs = upper | (fours - 100 * upper) << 16;
    // times 103 / 2^10 is a division by 10 below 100
    let tens = ((pairs * 103) >> 10) & 0x000f_000f_000f_000f;
    let digits = tens | (pairs - 10 * tens) << 8;
    (digits | 0x3030_3030_3030_3030).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_digits() {
        let edges = [0, 1, 9, 10, 99, 100, 9_999, 10_000, 99_999_999];
        for value in edges.into_iter().chain((0..100_000_000).step_by(9_973)) {
            assert_eq!(eight(value), *format!("{value:08}").as_bytes(), "{value}");
        }
        for value in 0..10_000 {
            assert_eq!(eight(value), *format!("{value:08}").as_bytes(), "{value}");
        }
    }

    #[test]
    fn whole_numbers() {
        for value in [
            0,
            7,
            10,
            99,
            100,
            8080,
            99_999_999,
            100_000_000,
            1 << 32,
            u64::MAX,
        ] {
            let mut out = String::from("x");
            push_digits(&mut out, value);
            assert_eq!(out, format!("x{value}"));
        }
    }

    #[test]
    fn widths() {
        assert_eq!(Digits::integer([0]).as_str(), "0");
        assert_eq!(Digits::integer([SCALE - 1]).as_str(), "9".repeat(18));
        assert_eq!(
            Digits::integer([SCALE]).as_str(),
            format!("1{}", "0".repeat(18))
        );
        assert_eq!(Digits::integer([u64::MAX]).as_str(), u64::MAX.to_string());
        assert_eq!(Digits::integer([0, 1]).as_str(), (1u128 << 64).to_string());
        assert_eq!(Digits::decimal([1]).as_str(), "0.000000000000000001");
        assert_eq!(Digits::decimal([SCALE]).as_str(), "1.000000000000000000");
        // the widest text there can be: 97 digits, point and sign
        let mut widest = Digits::decimal([u64::MAX; 5]);
        widest.push(b'-');
        assert_eq!(widest.as_str().len(), 99);
        assert!(widest.as_str().starts_with(
            "-2135987035920910082395021706169552114602704522356652769947041607822219725780640.5"
        ));
    }
}
