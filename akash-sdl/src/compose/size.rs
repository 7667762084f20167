//! Sizes and CPUs as compose writes them.

use crate::resource::{Bytes, MilliCpu};

/// `512m`, `1.5gb`, `64MiB`: a number and a unit of powers of 1024, whatever its case. None for others.
pub(super) fn bytes(text: &str) -> Option<Bytes> {
    let text = text.trim();
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(end)?;
    let unit = unit.trim().to_ascii_lowercase();
    let power = match unit.as_str() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 1,
        "m" | "mb" | "mib" => 2,
        "g" | "gb" | "gib" => 3,
        "t" | "tb" | "tib" => 4,
        "p" | "pb" | "pib" => 5,
        _ => return None,
    };
    scaled(number, 1 << (10 * power)).map(Bytes)
}

/// `0.5`, `2`: CPUs to thousandths, cut.
pub(super) fn cpus(text: &str) -> Option<MilliCpu> {
    scaled(text.trim(), 1000).map(MilliCpu)
}

/// A decimal number times a scale, cut to a whole number; none if it is no number or too large.
fn scaled(number: &str, scale: u64) -> Option<u64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let whole: u64 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    // More digits than these change nothing that is cut.
    let fraction = fraction.get(..fraction.len().min(15))?;
    let mut part = 0;
    if !fraction.is_empty() {
        let places = u32::try_from(fraction.len()).ok()?;
        let value = fraction.parse::<u128>().ok()? * u128::from(scale);
        part = u64::try_from(value / 10_u128.pow(places)).ok()?;
    }
    whole.checked_mul(scale)?.checked_add(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_cpus() {
        assert_eq!(bytes("512m"), Some(Bytes(512 << 20)));
        assert_eq!(bytes("1.5GB"), Some(Bytes(1536 << 20)));
        assert_eq!(bytes("64 MiB"), Some(Bytes(64 << 20)));
        assert_eq!(bytes("1073741824"), Some(Bytes(1 << 30)));
        assert_eq!(bytes("10b"), Some(Bytes(10)));
        assert_eq!(cpus("0.50"), Some(MilliCpu(500)));
        assert_eq!(cpus("2"), Some(MilliCpu(2000)));
        assert_eq!(cpus(".25"), Some(MilliCpu(250)));
        for text in ["", ".", "-1", "1x", "1e3", "99999999999999999999p", "1..2"] {
            assert_eq!(bytes(text), None, "{text}");
        }
    }
}
