//! Reading fields out of bytes that lie in one piece, as those of nearly all answers do.
//!
//! What is short and frequent is read here, at once; what is rare is left to prost, which also judges what is broken.

use prost::DecodeError;
use prost::bytes::{Buf, BufMut};
use prost::encoding::{self, DecodeContext, WireType};

use super::decode_error;
use super::inline::Piece;

/// Deepest nesting of messages, as in prost.
const MAX_DEPTH: u32 = 100;

/// Most items for which room is made ahead.
const MAX_RUN: usize = 1024;

/// A message as the sum of its fields.
pub(in crate::cosmos) trait Fields {
    /// Takes one occurrence of a field, or passes over one that the message does not have.
    fn take(
        &mut self,
        tag: u32,
        wire_type: WireType,
        input: &mut Input<'_>,
    ) -> Result<(), DecodeError>;
}

/// The bytes not read yet.
#[derive(Debug)]
pub(in crate::cosmos) struct Input<'a> {
    /// Those of the innermost message that is read.
    pub(super) rest: &'a [u8],
    /// All, read or not.
    whole: &'a [u8],
    /// How many of them stand behind the innermost message.
    behind: usize,
    depth: u32,
}

impl<'a> Input<'a> {
    const fn new(rest: &'a [u8]) -> Self {
        Self {
            rest,
            whole: rest,
            behind: 0,
            depth: 0,
        }
    }

    #[inline(always)]
    pub(super) fn varint(&mut self) -> Result<u64, DecodeError> {
        if let [byte @ ..0x80, rest @ ..] = self.rest {
            self.rest = rest;
            return Ok(u64::from(*byte));
        }
        if let [low @ 0x80..=0xff, high @ ..0x80, rest @ ..] = self.rest {
            self.rest = rest;
            return Ok(u64::from(*low & 0x7f) | u64::from(*high) << 7);
        }
        encoding::decode_varint(&mut self.rest)
    }

    /// The number of the next field and how it is written.
    #[inline(always)]
    fn key(&mut self) -> Result<(u32, WireType), DecodeError> {
        if let [byte @ 0x08..0x80, rest @ ..] = self.rest
            && let Ok(wire_type) = WireType::try_from(u64::from(byte & 7))
        {
            self.rest = rest;
            return Ok((u32::from(byte >> 3), wire_type));
        }
        encoding::decode_key(&mut self.rest)
    }

    /// What stands behind a length.
    #[inline(always)]
    pub(super) fn bytes(&mut self, wire_type: WireType) -> Result<&'a [u8], DecodeError> {
        encoding::check_wire_type(WireType::LengthDelimited, wire_type)?;
        let len = self.varint()?;
        let (bytes, rest) = usize::try_from(len)
            .ok()
            .and_then(|len| self.rest.split_at_checked(len))
            .ok_or_else(underflow)?;
        self.rest = rest;
        Ok(bytes)
    }

    /// What stands behind a length, and what stands from there on for as long as a short text can be: it is faster to look
    /// at a whole piece of memory than at a part. None at the very end of all bytes.
    #[inline(always)]
    pub(super) fn piece(
        &mut self,
        wire_type: WireType,
    ) -> Result<(&'a [u8], Option<&'a Piece>), DecodeError> {
        let bytes = self.bytes(wire_type)?;
        let start = self.whole.len() - self.behind - self.rest.len() - bytes.len();
        let piece = self.whole.get(start..).and_then(<[u8]>::first_chunk);
        Ok((bytes, piece))
    }

    #[inline(always)]
    pub(super) fn text(&mut self, wire_type: WireType) -> Result<&'a str, DecodeError> {
        utf8(self.bytes(wire_type)?)
    }

    /// Takes the fields of a message behind its length.
    #[inline(always)]
    pub(super) fn message(
        &mut self,
        wire_type: WireType,
        message: &mut impl Fields,
    ) -> Result<(), DecodeError> {
        self.nested(wire_type, |tag, wire_type, input| {
            message.take(tag, wire_type, input)
        })
    }

    /// Hands out the fields of what stands behind a length.
    #[inline(always)]
    pub(super) fn nested(
        &mut self,
        wire_type: WireType,
        take: impl FnMut(u32, WireType, &mut Input<'_>) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        let mut inner = self.within(wire_type)?;
        if inner.depth > MAX_DEPTH {
            return Err(decode_error("recursion limit reached".to_owned()));
        }
        inner.all(take)
    }

    /// What stands behind a length, to be read on.
    #[inline(always)]
    pub(super) fn within(&mut self, wire_type: WireType) -> Result<Self, DecodeError> {
        let rest = self.bytes(wire_type)?;
        Ok(Input {
            rest,
            whole: self.whole,
            behind: self.behind + self.rest.len(),
            depth: self.depth + 1,
        })
    }

    #[inline(always)]
    fn all(
        &mut self,
        mut take: impl FnMut(u32, WireType, &mut Input<'_>) -> Result<(), DecodeError>,
    ) -> Result<(), DecodeError> {
        while !self.rest.is_empty() {
            let (tag, wire_type) = self.key()?;
            take(tag, wire_type, self)?;
        }
        Ok(())
    }

    /// How often a field of this number, whose key was just read, stands here one after the other: from once to
    /// [`MAX_RUN`] times.
    pub(super) fn run(&self, tag: u32) -> usize {
        let mut ahead = Self::new(self.rest);
        let mut count = 1;
        while count < MAX_RUN
            && ahead.bytes(WireType::LengthDelimited).is_ok()
            && !ahead.rest.is_empty()
            && matches!(ahead.key(), Ok((next, WireType::LengthDelimited)) if next == tag)
        {
            count += 1;
        }
        count
    }

    /// Passes over a field.
    pub(in crate::cosmos) fn skip(
        &mut self,
        tag: u32,
        wire_type: WireType,
    ) -> Result<(), DecodeError> {
        encoding::skip_field(wire_type, tag, &mut self.rest, DecodeContext::default())
    }
}

#[inline]
pub(super) fn utf8(bytes: &[u8]) -> Result<&str, DecodeError> {
    std::str::from_utf8(bytes)
        .map_err(|_| decode_error("invalid string value: data is not UTF-8 encoded".to_owned()))
}

fn underflow() -> DecodeError {
    decode_error("buffer underflow".to_owned())
}

/// Takes all fields that a buffer holds.
pub(in crate::cosmos) fn merge(
    message: &mut impl Fields,
    mut buf: impl Buf,
) -> Result<(), DecodeError> {
    let len = buf.remaining();
    let mut all = |bytes: &[u8]| {
        Input::new(bytes).all(|tag, wire_type, input| message.take(tag, wire_type, input))
    };
    if buf.chunk().len() == len {
        all(buf.chunk())?;
        buf.advance(len);
        Ok(())
    } else {
        all(&buf.copy_to_bytes(len))
    }
}

/// Takes one field out of a buffer that may hold more.
pub(in crate::cosmos) fn merge_field(
    message: &mut impl Fields,
    tag: u32,
    wire_type: WireType,
    buf: &mut impl Buf,
    ctx: DecodeContext,
) -> Result<(), DecodeError> {
    let len = buf.remaining();
    if buf.chunk().len() == len {
        let mut input = Input::new(buf.chunk());
        message.take(tag, wire_type, &mut input)?;
        let left = input.rest.len();
        buf.advance(len - left);
        return Ok(());
    }
    let mut bytes = Vec::new();
    let len = match wire_type {
        WireType::Varint => {
            encoding::encode_varint(encoding::decode_varint(buf)?, &mut bytes);
            0
        }
        WireType::LengthDelimited => {
            let len = encoding::decode_varint(buf)?;
            encoding::encode_varint(len, &mut bytes);
            usize::try_from(len).map_err(|_| underflow())?
        }
        WireType::SixtyFourBit => 8,
        WireType::ThirtyTwoBit => 4,
        WireType::StartGroup | WireType::EndGroup => {
            return encoding::skip_field(wire_type, tag, buf, ctx);
        }
    };
    if len > buf.remaining() {
        return Err(underflow());
    }
    bytes.put(buf.take(len));
    message.take(tag, wire_type, &mut Input::new(&bytes))
}

#[cfg(test)]
mod tests {
    use crate::cosmos::wire::cosmos::base::v1beta1::Coin;
    use crate::cosmos::wire::cosmos::tx::v1beta1::{Fee, ModeInfo};
    use prost::Message;
    use prost::bytes::Buf;

    /// Bytes in pieces of any length.
    fn in_pieces(bytes: &[u8], at: usize) -> impl Buf {
        let (first, rest) = bytes.split_at(at);
        let (second, third) = rest.split_at(rest.len() / 2);
        first.chain(second).chain(third)
    }

    #[test]
    fn bytes_in_pieces_are_read_as_well() {
        let fee = Fee {
            amount: vec![Coin::default(), Coin::default()],
            gas_limit: 300,
            payer: "payer".to_owned(),
            granter: String::new(),
        };
        // An unknown field of each wire type.
        let mut bytes = fee.encode_to_vec();
        bytes.extend([0x78, 0x96, 1, 0x79, 0, 0, 0, 0, 0, 0, 0, 0]);
        bytes.extend([0x7a, 1, 7, 0x7d, 0, 0, 0, 0, 0x7b, 8, 1, 0x7c]);
        for at in 0..bytes.len() {
            assert_eq!(Fee::decode(in_pieces(&bytes, at)), Ok(fee.clone()), "{at}");
            let mut read = Fee::default();
            let mut pieces = in_pieces(&bytes, at);
            while pieces.has_remaining() {
                let (tag, wire_type) = prost::encoding::decode_key(&mut pieces).unwrap();
                read.merge_field(tag, wire_type, &mut pieces, Default::default())
                    .unwrap();
            }
            assert_eq!(read, fee, "{at}");
        }
    }

    #[test]
    fn what_is_cut_or_too_deep_is_refused() {
        let bytes = Fee {
            payer: "payer".to_owned(),
            ..Fee::default()
        }
        .encode_to_vec();
        for at in 1..bytes.len() {
            assert!(Fee::decode(&bytes[..at]).is_err(), "{at}");
            let mut pieces = in_pieces(&bytes[1..at], 0);
            let wire_type = prost::encoding::WireType::LengthDelimited;
            let read = Fee::default().merge_field(3, wire_type, &mut pieces, Default::default());
            assert!(read.is_err(), "{at}");
        }
        // Multisignatures hold multisignatures.
        let nested = |depth: usize| {
            (0..depth).fold(Vec::new(), |inner: Vec<u8>, _| {
                let mut multi = Vec::new();
                prost::encoding::bytes::encode(2, &inner, &mut multi);
                let mut outer = Vec::new();
                prost::encoding::bytes::encode(2, &multi, &mut outer);
                outer
            })
        };
        assert!(ModeInfo::decode(nested(50).as_slice()).is_ok());
        let refused = ModeInfo::decode(nested(51).as_slice()).unwrap_err();
        assert!(refused.to_string().contains("recursion limit reached"));
    }
}
