//! The little of DER that certificates need.

pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BIT_STRING: u8 = 0x03;
pub(crate) const OCTET_STRING: u8 = 0x04;
pub(crate) const OBJECT: u8 = 0x06;
pub(crate) const PRINTABLE: u8 = 0x13;
pub(crate) const UTC_TIME: u8 = 0x17;
pub(crate) const GENERALIZED_TIME: u8 = 0x18;
pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;

/// One element: tag, length, contents.
pub(crate) fn tlv(tag: u8, contents: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let len = contents.len().to_be_bytes();
    let significant: Vec<u8> = len.iter().copied().skip_while(|byte| *byte == 0).collect();
    match (contents.len(), u8::try_from(significant.len())) {
        (0..=0x7f, _) => out.push(len.last().copied().unwrap_or_default()),
        (_, Ok(count)) => {
            out.push(0x80 | count);
            out.extend_from_slice(&significant);
        }
        // A length has at most 8 bytes.
        (_, Err(_)) => {}
    }
    out.extend_from_slice(contents);
    out
}

/// An element that consists of others.
pub(crate) fn nest(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    tlv(tag, &parts.concat())
}

/// A number that is not negative, from its big-endian bytes.
pub(crate) fn unsigned(bytes: &[u8]) -> Vec<u8> {
    let mut contents: Vec<u8> = bytes
        .iter()
        .copied()
        .skip_while(|byte| *byte == 0)
        .collect();
    if contents.first().is_none_or(|first| *first >= 0x80) {
        contents.insert(0, 0);
    }
    tlv(INTEGER, &contents)
}

/// Bytes as a bit string without unused bits.
pub(crate) fn bits(bytes: &[u8]) -> Vec<u8> {
    nest(BIT_STRING, &[&[0], bytes])
}

/// An element that was read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'a> {
    pub(crate) tag: u8,
    pub(crate) contents: &'a [u8],
    /// Tag and length included.
    pub(crate) whole: &'a [u8],
}

/// Reads elements one after the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next element, if it is well made: a short tag, the shortest definite length.
    pub(crate) fn next(&mut self) -> Option<Element<'a>> {
        let (tag, rest) = self.0.split_first()?;
        if tag & 0x1f == 0x1f {
            return None;
        }
        let (first, rest) = rest.split_first()?;
        let (len, rest) = match usize::from(*first) {
            len @ 0..=0x7f => (len, rest),
            first => {
                let (digits, rest) = rest.split_at_checked(first.checked_sub(0x80)?)?;
                if digits.is_empty() || digits.len() > 4 || digits.first() == Some(&0) {
                    return None;
                }
                let len = digits
                    .iter()
                    .fold(0usize, |len, digit| (len << 8) | usize::from(*digit));
                if len < 0x80 {
                    return None;
                }
                (len, rest)
            }
        };
        let (contents, tail) = rest.split_at_checked(len)?;
        let whole = self.0.get(..self.0.len().checked_sub(tail.len())?)?;
        self.0 = tail;
        Some(Element {
            tag: *tag,
            contents,
            whole,
        })
    }

    /// The next element, if it has this tag.
    pub(crate) fn expect(&mut self, tag: u8) -> Option<Element<'a>> {
        let mut ahead = *self;
        let element = ahead.next().filter(|element| element.tag == tag)?;
        *self = ahead;
        Some(element)
    }
}

/// The bytes of a bit string without unused bits.
pub(crate) fn bit_string<'a>(element: &Element<'a>) -> Option<&'a [u8]> {
    element.contents.strip_prefix(&[0])
}

/// A number's bytes, if it is written with as few as possible.
pub(crate) fn minimal(contents: &[u8]) -> bool {
    match contents {
        [] => false,
        [0, next, ..] => *next >= 0x80,
        [0xff, next, ..] => *next < 0x80,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for len in [0usize, 1, 0x7f, 0x80, 0xff, 0x100, 70_000] {
            let contents = vec![7; len];
            let bytes = tlv(OCTET_STRING, &contents);
            let mut reader = Reader(&bytes);
            let element = reader.expect(OCTET_STRING).unwrap();
            assert_eq!(element.contents, contents);
            assert_eq!(element.whole, bytes);
            assert!(reader.is_empty());
        }
        assert_eq!(unsigned(&[0, 0x80]), [INTEGER, 2, 0, 0x80]);
        assert_eq!(unsigned(&[0]), [INTEGER, 1, 0]);
    }

    #[test]
    fn lengths_must_be_the_shortest() {
        for bytes in [
            &[4, 0x81, 1, 0][..],
            &[4, 0x82, 0, 0x80],
            &[4, 0x80],
            &[4, 2, 1],
            &[4],
            &[],
            &[0x1f, 1, 0],
            &[4, 0xff, 1],
        ] {
            assert!(Reader(bytes).next().is_none(), "{bytes:?}");
        }
    }
}
