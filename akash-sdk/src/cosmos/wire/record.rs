//! Protobuf bytes as a sequence of field records.

/// One field as it stands in the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cosmos) struct Record<'a> {
    /// Field number.
    pub(in crate::cosmos) number: u32,
    /// What follows the key.
    pub(in crate::cosmos) raw: Raw<'a>,
}

/// The value of a record, by wire type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cosmos) enum Raw<'a> {
    /// Wire type 0.
    Varint(u64),
    /// Wire type 1.
    Fixed64,
    /// Wire type 2.
    Bytes(&'a [u8]),
    /// Wire types 3 and 4: a group, skipped as a whole.
    Group,
    /// Wire type 5.
    Fixed32,
}

impl Raw<'_> {
    /// Number of the wire type.
    pub(in crate::cosmos) const fn wire_type(self) -> u8 {
        match self {
            Self::Varint(_) => 0,
            Self::Fixed64 => 1,
            Self::Bytes(_) => 2,
            Self::Group => 3,
            Self::Fixed32 => 5,
        }
    }
}

/// Bytes that are not protobuf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FramingError {
    /// The bytes end inside a field.
    #[error("the bytes end inside a field")]
    Truncated,
    /// A number of more than 64 bits.
    #[error("a varint is longer than 64 bits")]
    Overflow,
    /// A field number of zero or of more than 29 bits.
    #[error("field number {number} is not between 1 and 536870911")]
    FieldNumber {
        /// The number found.
        number: u64,
    },
    /// A wire type that does not exist.
    #[error("wire type {wire_type} does not exist")]
    WireType {
        /// The wire type found.
        wire_type: u8,
    },
    /// The end of a group that did not begin, or groups nested too deeply.
    #[error("a group ends that did not begin, or groups are nested more than 100 deep")]
    Group,
}

/// Reads records one after the other; ends after the first error.
#[derive(Clone, Debug)]
pub(in crate::cosmos) struct Records<'a> {
    rest: &'a [u8],
}

const MAX_GROUPS: usize = 100;

impl<'a> Records<'a> {
    pub(in crate::cosmos) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The bytes not read yet.
    pub(in crate::cosmos) const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Reads one varint; `None` at the end of the bytes is the caller's to check.
    pub(in crate::cosmos) fn varint(&mut self) -> Result<u64, FramingError> {
        let mut value = 0_u64;
        for (at, byte) in self.rest.iter().enumerate().take(10) {
            let bits = u64::from(byte & 0x7f);
            if at == 9 && bits > 1 {
                return Err(FramingError::Overflow);
            }
            value |= bits << (7 * at);
            if byte & 0x80 == 0 {
                self.rest = self
                    .rest
                    .split_at_checked(at + 1)
                    .map_or(&[], |(_, rest)| rest);
                return Ok(value);
            }
        }
        Err(if self.rest.len() >= 10 {
            FramingError::Overflow
        } else {
            FramingError::Truncated
        })
    }

    fn take(&mut self, len: u64) -> Result<&'a [u8], FramingError> {
        let len = usize::try_from(len).map_err(|_| FramingError::Truncated)?;
        let (taken, rest) = self
            .rest
            .split_at_checked(len)
            .ok_or(FramingError::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    /// Field number and wire type.
    fn key(&mut self) -> Result<(u32, u8), FramingError> {
        let key = self.varint()?;
        let number = key >> 3;
        match u32::try_from(number) {
            Ok(field @ 1..=0x1fff_ffff) => Ok((field, (key & 7) as u8)),
            _ => Err(FramingError::FieldNumber { number }),
        }
    }

    fn record(&mut self) -> Result<Record<'a>, FramingError> {
        let (number, wire_type) = self.key()?;
        let raw = match wire_type {
            0 => Raw::Varint(self.varint()?),
            1 => self.take(8).map(|_| Raw::Fixed64)?,
            2 => {
                let len = self.varint()?;
                Raw::Bytes(self.take(len)?)
            }
            3 => self.skip_group(number).map(|()| Raw::Group)?,
            4 => return Err(FramingError::Group),
            5 => self.take(4).map(|_| Raw::Fixed32)?,
            wire_type => return Err(FramingError::WireType { wire_type }),
        };
        Ok(Record { number, raw })
    }

    fn skip_group(&mut self, number: u32) -> Result<(), FramingError> {
        let mut open = vec![number];
        while let Some(innermost) = open.last() {
            let (number, wire_type) = self.key()?;
            match wire_type {
                0 => self.varint().map(drop)?,
                1 => self.take(8).map(drop)?,
                2 => {
                    let len = self.varint()?;
                    self.take(len)?;
                }
                3 if open.len() < MAX_GROUPS => open.push(number),
                4 if number == *innermost => drop(open.pop()),
                3 | 4 => return Err(FramingError::Group),
                5 => self.take(4).map(drop)?,
                wire_type => return Err(FramingError::WireType { wire_type }),
            }
        }
        Ok(())
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Record<'a>, FramingError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let record = self.record();
        if record.is_err() {
            self.rest = &[];
        }
        Some(record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Result<Vec<Record<'_>>, FramingError> {
        Records::new(bytes).collect()
    }

    #[test]
    fn reads_every_wire_type() {
        let bytes = [
            0x10, 0x96, 1, 0x7a, 1, 7, 0x79, 0, 0, 0, 0, 0, 0, 0, 0, 0x7d, 0, 0, 0, 0, 0x7b, 8, 1,
            0x7c,
        ];
        let raws: Vec<_> = all(&bytes)
            .unwrap()
            .into_iter()
            .map(|record| record.raw)
            .collect();
        assert_eq!(
            raws,
            [
                Raw::Varint(150),
                Raw::Bytes(&[7]),
                Raw::Fixed64,
                Raw::Fixed32,
                Raw::Group
            ]
        );
    }

    #[test]
    fn refuses_broken_bytes() {
        for (bytes, error) in [
            (&[0x10][..], FramingError::Truncated),
            (&[0x0a, 5, 1], FramingError::Truncated),
            (
                &[
                    0x10, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2,
                ],
                FramingError::Overflow,
            ),
            (&[2, 1], FramingError::FieldNumber { number: 0 }),
            (&[0x0c], FramingError::Group),
            (&[0x0b, 0x14], FramingError::Group),
            (&[0x0e], FramingError::WireType { wire_type: 6 }),
        ] {
            assert_eq!(all(bytes), Err(error), "{bytes:?}");
        }
        assert_eq!(all(&[0x0b; 101]), Err(FramingError::Group));
    }
}
