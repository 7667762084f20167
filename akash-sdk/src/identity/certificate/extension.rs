//! The extensions of a certificate that decide whether it is trusted.

use super::der::{self, Reader};
use super::parse::ExtendedUsage;
use std::collections::BTreeSet;

/// What the extensions say.
#[derive(Debug, Default)]
pub(super) struct Extensions {
    pub(super) key_usage: u16,
    pub(super) extended_usages: Vec<ExtendedUsage>,
    pub(super) is_authority: bool,
    pub(super) has_unknown_critical: bool,
}

const BOOLEAN: u8 = 0x01;
/// 2.5.29.37.0
const ANY_USAGE: &[u8] = &[0x55, 0x1d, 0x25, 0x00];
/// 1.3.6.1.5.5.7.3.1 and 2
const SERVER_AUTH: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01];
const CLIENT_AUTH: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02];

impl Extensions {
    /// Reads a list of extensions. `None` if one is malformed or stands there twice.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut outer = Reader(bytes);
        let mut list = Reader(outer.expect(der::SEQUENCE)?.contents);
        if !outer.is_empty() {
            return None;
        }
        let mut read = Self::default();
        let mut seen = BTreeSet::new();
        while !list.is_empty() {
            let mut parts = Reader(list.expect(der::SEQUENCE)?.contents);
            let kind = parts.expect(der::OBJECT)?.contents;
            let critical = match parts.expect(BOOLEAN).map(|flag| flag.contents) {
                None | Some([0]) => false,
                Some([0xff]) => true,
                Some(_) => return None,
            };
            let value = parts.expect(der::OCTET_STRING)?.contents;
            if !parts.is_empty() || !seen.insert(kind) {
                return None;
            }
            read.take(kind, critical, value)?;
        }
        Some(read)
    }

    fn take(&mut self, kind: &[u8], critical: bool, value: &[u8]) -> Option<()> {
        // All under 2.5.29.
        match kind {
            [0x55, 0x1d, 15] => {
                self.key_usage = bits(Reader(value).expect(der::BIT_STRING)?.contents)?
            }
            [0x55, 0x1d, 19] => {
                let mut parts = Reader(Reader(value).expect(der::SEQUENCE)?.contents);
                self.is_authority = match parts.expect(BOOLEAN).map(|flag| flag.contents) {
                    None | Some([0]) => false,
                    Some([0xff]) => true,
                    Some(_) => return None,
                };
            }
            [0x55, 0x1d, 37] => {
                let mut usages = Reader(Reader(value).expect(der::SEQUENCE)?.contents);
                while !usages.is_empty() {
                    self.extended_usages
                        .push(match usages.expect(der::OBJECT)?.contents {
                            ANY_USAGE => ExtendedUsage::Any,
                            SERVER_AUTH => ExtendedUsage::ServerAuth,
                            CLIENT_AUTH => ExtendedUsage::ClientAuth,
                            other => ExtendedUsage::Other(other.to_vec()),
                        });
                }
            }
            // Key identifiers, names, name constraints, revocation lists, policies: known, of no weight where the
            // certificate is its own root.
            [0x55, 0x1d, 14 | 17 | 30 | 31 | 32 | 33 | 35 | 36 | 54] => {}
            _ => self.has_unknown_critical |= critical,
        }
        Some(())
    }
}

/// A bit string of up to 16 bits; the first bit becomes the lowest.
fn bits(contents: &[u8]) -> Option<u16> {
    let (unused, bytes) = contents.split_first()?;
    if *unused > 7 || (bytes.is_empty() && *unused > 0) {
        return None;
    }
    let mut bytes = bytes.iter();
    let low = bytes.next().copied().unwrap_or_default().reverse_bits();
    let high = bytes.next().copied().unwrap_or_default().reverse_bits();
    Some(u16::from_le_bytes([low, high]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::certificate::der::{nest, tlv};

    fn extension(kind: &[u8], critical: bool, value: &[u8]) -> Vec<u8> {
        let flag: &[u8] = if critical { &[1, 1, 0xff] } else { &[] };
        nest(
            der::SEQUENCE,
            &[
                &tlv(der::OBJECT, kind),
                flag,
                &tlv(der::OCTET_STRING, value),
            ],
        )
    }

    fn read(list: &[&[u8]]) -> Option<Extensions> {
        Extensions::read(&nest(der::SEQUENCE, list))
    }

    #[test]
    fn only_critical_ones_must_be_known() {
        let unknown = [0x55, 0x1d, 99];
        let known = extension(&[0x55, 0x1d, 17], true, &[]);
        assert!(!read(&[&known]).unwrap().has_unknown_critical);
        let quiet = extension(&unknown, false, &[]);
        assert!(!read(&[&quiet]).unwrap().has_unknown_critical);
        let loud = extension(&unknown, true, &[]);
        assert!(read(&[&loud]).unwrap().has_unknown_critical);
        assert!(read(&[&quiet, &loud]).is_none(), "twice the same");
    }

    #[test]
    fn usages_and_authority_are_read() {
        let usage = extension(&[0x55, 0x1d, 15], true, &[3, 2, 4, 0x30]);
        assert_eq!(read(&[&usage]).unwrap().key_usage, 12);
        let last = extension(&[0x55, 0x1d, 15], true, &[3, 3, 7, 0, 0x80]);
        assert_eq!(read(&[&last]).unwrap().key_usage, 256);
        let authority = extension(&[0x55, 0x1d, 19], true, &[0x30, 3, 1, 1, 0xff]);
        assert!(read(&[&authority]).unwrap().is_authority);
        let all = tlv(der::SEQUENCE, &tlv(der::OBJECT, ANY_USAGE));
        let all = extension(&[0x55, 0x1d, 37], false, &all);
        assert_eq!(read(&[&all]).unwrap().extended_usages, [ExtendedUsage::Any]);
        for broken in [&[3, 1, 8][..], &[3, 1, 1], &[3, 0], &[4, 1, 0]] {
            assert!(read(&[&extension(&[0x55, 0x1d, 15], true, broken)]).is_none());
        }
        assert!(Extensions::read(&[]).is_none());
    }
}
