//! Arithmetic of little-endian 64-bit limbs with one small factor, and division by 10^18, which
//! every product, every rounding and every text needs.

/// 10^18, the raw value of one.
pub(super) const SCALE: u64 = 1_000_000_000_000_000_000;

/// Brings the top bit of `SCALE` to the top of the limb.
const SHIFT: u32 = SCALE.leading_zeros();
const NORMALIZED: u64 = SCALE << SHIFT;
/// `floor((2^128 - 1) / NORMALIZED) - 2^64`
const RECIPROCAL: u64 = low(u128::MAX / NORMALIZED as u128);

/// 10^0 to 10^19, every power of ten of a limb.
const POWERS: [u64; 20] = {
    let mut powers = [1; 20];
    let mut rest: &mut [u64] = &mut powers;
    let mut power = 1u64;
    while let [first, tail @ ..] = rest {
        *first = power;
        // the step after the last does not matter
        power = power.wrapping_mul(10);
        rest = tail;
    }
    powers
};

/// `10^exponent` for an exponent up to 19, the largest that fits.
#[inline]
pub(super) fn power_of_ten(exponent: usize) -> u64 {
    POWERS.get(exponent).copied().unwrap_or(u64::MAX)
}

/// The low half.
#[inline]
pub(super) const fn low(x: u128) -> u64 {
    (x & 0xffff_ffff_ffff_ffff) as u64
}

/// The high half.
#[inline]
pub(super) const fn high(x: u128) -> u64 {
    (x >> 64) as u64
}

#[inline]
pub(super) const fn join(high: u64, low: u64) -> u128 {
    (high as u128) << 64 | low as u128
}

/// `limbs = limbs * factor + addend`; what does not fit is returned.
#[inline]
pub(super) fn mul_add_small(limbs: &mut [u64], factor: u64, addend: u64) -> u64 {
    let mut carry = addend;
    for limb in limbs {
        // (2^64-1)^2 + (2^64-1) < 2^128
        let x = u128::from(*limb) * u128::from(factor) + u128::from(carry);
        *limb = low(x);
        carry = high(x);
    }
    carry
}

/// The full product of two 128-bit numbers.
#[inline]
pub(super) const fn mul_wide(a: u128, b: u128) -> [u64; 4] {
    let (a0, a1) = (low(a) as u128, high(a) as u128);
    let (b0, b1) = (low(b) as u128, high(b) as u128);
    let bottom = a0 * b0;
    // one product and two halves: below 2^128
    let middle = a1 * b0 + high(bottom) as u128;
    let other = a0 * b1 + low(middle) as u128;
    let top = a1 * b1 + high(middle) as u128 + high(other) as u128;
    [low(bottom), low(other), low(top), high(top)]
}

/// `limbs = limbs / 10^18`, the remainder is returned.
#[inline]
pub(super) fn div_rem_scale(limbs: &mut [u64]) -> u64 {
    let mut rem = 0u64;
    for limb in limbs.iter_mut().rev() {
        if rem == 0 && *limb < SCALE {
            rem = core::mem::take(limb);
        } else {
            (*limb, rem) = div_2x1(rem, *limb);
        }
    }
    rem
}

/// `(rem * 2^64 + limb) / 10^18` for `rem < 10^18`, by a multiplication with the reciprocal
/// (Möller and Granlund, "Improved division by invariant integers", algorithm 4).
#[inline]
const fn div_2x1(rem: u64, limb: u64) -> (u64, u64) {
    let upper = rem << SHIFT | limb >> (64 - SHIFT);
    let lower = limb << SHIFT;
    let estimate = (RECIPROCAL as u128 * upper as u128).wrapping_add(join(upper, lower));
    let mut quotient = high(estimate).wrapping_add(1);
    let mut rem = lower.wrapping_sub(quotient.wrapping_mul(NORMALIZED));
    if rem > low(estimate) {
        quotient = quotient.wrapping_sub(1);
        rem = rem.wrapping_add(NORMALIZED);
    }
    if rem >= NORMALIZED {
        quotient = quotient.wrapping_add(1);
        rem -= NORMALIZED;
    }
    (quotient, rem >> SHIFT)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn powers_of_ten() {
        for exponent in 0..20u32 {
            assert_eq!(power_of_ten(exponent as usize), 10u64.pow(exponent));
        }
    }

    #[test]
    fn division_at_the_edges() {
        for rem in [0, 1, SCALE / 2, SCALE - 1] {
            for limb in [0, 1, SCALE - 1, SCALE, SCALE + 1, u64::MAX - 1, u64::MAX] {
                let x = join(rem, limb);
                let scale = u128::from(SCALE);
                assert_eq!(
                    div_2x1(rem, limb),
                    (low(x / scale), low(x % scale)),
                    "{rem} {limb}"
                );
            }
        }
    }

    proptest! {
        #[test]
        fn division_by_reciprocal(rem in 0..SCALE, limb: u64) {
            let x = join(rem, limb);
            let scale = u128::from(SCALE);
            prop_assert_eq!(div_2x1(rem, limb), (low(x / scale), low(x % scale)));
        }

        #[test]
        fn wide_product(a: u128, b: u128, shift_a in 0u32..128, shift_b in 0u32..128) {
            let (a, b) = (a >> shift_a, b >> shift_b);
            let wide: ruint::aliases::U256 =
                ruint::aliases::U128::from(a).widening_mul(ruint::aliases::U128::from(b));
            prop_assert_eq!(mul_wide(a, b), wide.into_limbs());
        }
    }
}
