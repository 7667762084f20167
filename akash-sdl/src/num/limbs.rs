//! Arithmetic of little-endian 64-bit limbs with one small factor.

/// The low half.
pub(super) const fn low(x: u128) -> u64 {
    (x & 0xffff_ffff_ffff_ffff) as u64
}

/// The high half.
pub(super) const fn high(x: u128) -> u64 {
    (x >> 64) as u64
}

/// `limbs = limbs * factor + addend`; what does not fit is returned.
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

/// `limbs = limbs / divisor`, the remainder is returned; `divisor` is not zero.
pub(super) fn div_rem_small(limbs: &mut [u64], divisor: u64) -> u64 {
    let mut rem = 0u64;
    let divisor = u128::from(divisor);
    for limb in limbs.iter_mut().rev() {
        let x = (u128::from(rem) << 64) | u128::from(*limb);
        *limb = low(x / divisor);
        rem = low(x % divisor);
    }
    rem
}
