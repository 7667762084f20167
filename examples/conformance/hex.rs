//! Bytes as hexadecimal digits.

use super::Failure;

/// Lower-case digits of bytes.
pub(super) fn text(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes that the digits mean.
pub(super) fn bytes(text: &str) -> Result<Vec<u8>, Failure> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    let refuse = || format!("`{text}` must be pairs of hexadecimal digits");
    let (pairs, rest) = digits.as_deref().ok_or_else(refuse)?.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(refuse().into());
    }
    Ok(pairs.iter().map(|[high, low]| high << 4 | low).collect())
}
