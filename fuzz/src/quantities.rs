//! Quantities: nothing panics, printing and parsing are inverse, and whole numbers are exact.

use akash_gpu::MemorySize;
use akash_sdl::resource::{Bytes, MilliCpu};

/// The target.
pub fn check(data: &[u8]) {
    if let Some(number) = data.first_chunk::<8>() {
        let number = u64::from_le_bytes(*number);
        let size = Bytes(number);
        // Sizes pass through doubles, so only those that a double holds come back.
        if number < 1 << 53 {
            assert_eq!(size.to_string().parse(), Ok(size));
        }
        let cpu = MilliCpu(number & u64::from(u32::MAX));
        assert_eq!(cpu.to_string().parse(), Ok(cpu));
    }
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    if let Ok(cpu) = text.parse::<MilliCpu>() {
        assert_eq!(cpu.to_string().parse(), Ok(cpu));
    }
    match text.parse::<Bytes>() {
        Ok(size) => assert_eq!(size.0, exact(text).unwrap_or(size.0)),
        Err(error) => {
            assert_eq!(exact(text), None, "{error}");
            if let Some(meant) = error.suggestion() {
                assert!(meant.parse::<Bytes>().is_ok());
            }
        }
    }
    if let Ok(size) = MemorySize::from_provider_quantity(text) {
        let _ = size.to_string();
    }
}

/// The size that whole digits and a suffix mean, if it is small enough to be exact.
fn exact(text: &str) -> Option<u64> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, suffix) = text.split_at(end);
    let scale: u64 = match suffix {
        "" => 1,
        "k" => 1_000,
        "M" => 1_000_000,
        "G" => 1_000_000_000,
        "T" => 1_000_000_000_000,
        "Ki" => 1 << 10,
        "Mi" => 1 << 20,
        "Gi" => 1 << 30,
        "Ti" => 1 << 40,
        _ => return None,
    };
    let size = digits.parse::<u64>().ok()?.checked_mul(scale)?;
    (size < 1 << 53).then_some(size)
}
