use prost::DecodeError;
use prost::encoding::{DecodeContext, WireType, decode_key, decode_varint, skip_field};

/// The value of one field as it stands in the bytes of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Raw<'a> {
    /// A number.
    Varint(u64),
    /// A text, bytes, a message or packed numbers.
    Bytes(&'a [u8]),
    /// A kind that no message of the chain uses.
    Other,
}

/// Splits a message into its fields, in the order of the bytes.
pub(super) fn records(mut bytes: &[u8]) -> Result<Vec<(u32, Raw<'_>)>, DecodeError> {
    let mut records = Vec::new();
    while !bytes.is_empty() {
        let (number, wire_type) = decode_key(&mut bytes)?;
        let mut value = bytes;
        // Also checks that the value ends within the bytes.
        skip_field(wire_type, number, &mut bytes, DecodeContext::default())?;
        let raw = match wire_type {
            WireType::Varint => Raw::Varint(decode_varint(&mut value)?),
            WireType::LengthDelimited => {
                let len = decode_varint(&mut value)?;
                let len = usize::try_from(len).unwrap_or(usize::MAX);
                Raw::Bytes(value.get(..len).unwrap_or_default())
            }
            _ => Raw::Other,
        };
        records.push((number, raw));
    }
    Ok(records)
}

/// Splits packed numbers.
pub(super) fn varints(mut bytes: &[u8]) -> Result<Vec<u64>, DecodeError> {
    let mut numbers = Vec::new();
    while !bytes.is_empty() {
        numbers.push(decode_varint(&mut bytes)?);
    }
    Ok(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_split() {
        let bytes = [0x08, 0x96, 0x01, 0x12, 2, b'h', b'i', 0x1d, 1, 2, 3, 4];
        assert_eq!(
            records(&bytes).unwrap(),
            [
                (1, Raw::Varint(150)),
                (2, Raw::Bytes(b"hi")),
                (3, Raw::Other)
            ]
        );
        assert_eq!(varints(&[1, 0x96, 0x01]).unwrap(), [1, 150]);
    }

    #[test]
    fn cut_bytes_are_refused() {
        for bytes in [&[0x08][..], &[0x12, 2, b'h'], &[0x1d, 1], &[0], &[0xff]] {
            assert!(records(bytes).is_err(), "{bytes:?}");
        }
    }
}
