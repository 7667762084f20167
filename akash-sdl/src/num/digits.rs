//! Integers and decimals to text, without the heap.

use super::limbs::{SCALE, div_rem_scale};

/// Decimal text on the stack, filled from the last byte to the first.
pub(super) struct Digits {
    buffer: [u8; Self::CAPACITY],
    start: usize,
}

/// Digits of a value below 10^18.
const GROUP: usize = 18;

impl Digits {
    /// Enough for a sign, the 97 digits of 320 bits and a point.
    const CAPACITY: usize = 104;

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
        out.push_slice(&group(fraction));
        out.push(b'.');
        out.push_integer(raw);
        out
    }

    fn push_integer<const N: usize>(&mut self, mut limbs: [u64; N]) {
        while limbs.iter().skip(1).any(|limb| *limb != 0)
            || limbs.first().is_some_and(|limb| *limb >= SCALE)
        {
            self.push_slice(&group(div_rem_scale(&mut limbs)));
        }
        let last = limbs.first().copied().unwrap_or(0);
        let width = last.checked_ilog10().map_or(1, |log| log as usize + 1);
        if let Some((_, digits)) = group(last).split_at_checked(GROUP.saturating_sub(width)) {
            self.push_slice(digits);
        }
    }

    /// Puts one byte before the text.
    pub(super) fn push(&mut self, byte: u8) {
        self.push_slice(&[byte]);
    }

    fn push_slice(&mut self, bytes: &[u8]) {
        let start = self.start.saturating_sub(bytes.len());
        if let Some(room) = self.buffer.get_mut(start..self.start)
            && room.len() == bytes.len()
        {
            room.copy_from_slice(bytes);
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

/// The 18 digits of a value below 10^18; two halves, so that their divisions overlap.
fn group(value: u64) -> [u8; GROUP] {
    const HALF: u64 = 1_000_000_000;
    let mut out = [b'0'; GROUP];
    let (mut high, mut low) = (value / HALF, value % HALF);
    let (front, back) = out.split_at_mut(GROUP / 2);
    for (h, l) in front.iter_mut().rev().zip(back.iter_mut().rev()) {
        *h |= ((high % 10) & 0xf) as u8;
        *l |= ((low % 10) & 0xf) as u8;
        high /= 10;
        low /= 10;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

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
