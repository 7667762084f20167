//! Bech32 as nearly all addresses are written: lower case, at most 90 characters. Each costs a table's look-ups only.

/// The longest text of BIP-173.
const LONGEST: usize = 90;
/// Most bytes in such a text.
const MOST: usize = 52;
pub(super) const CHECKSUM: usize = 6;
/// The place of a character is its value.
pub(super) const ALPHABET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/// The value of each character; 32 for those outside the alphabet.
static VALUES: [u8; 256] = values();
/// What the five bits that leave the checksum on the left do to it.
static TURNS: [u32; 32] = turns();

#[allow(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "computed by the compiler"
)]
const fn values() -> [u8; 256] {
    let mut values = [32; 256];
    let mut value = 0;
    while value < ALPHABET.len() {
        values[ALPHABET[value] as usize] = value as u8;
        value += 1;
    }
    values
}

#[allow(clippy::indexing_slicing, reason = "computed by the compiler")]
const fn turns() -> [u32; 32] {
    const GENERATOR: [u32; 5] = [
        0x3b6a_57b2,
        0x2650_8e6d,
        0x1ea1_19fa,
        0x3d42_33dd,
        0x2a14_62b3,
    ];
    let mut turns = [0; 32];
    let mut top = 0;
    while top < turns.len() {
        let mut bit = 0;
        while bit < GENERATOR.len() {
            if top >> bit & 1 == 1 {
                turns[top] ^= GENERATOR[bit];
            }
            bit += 1;
        }
        top += 1;
    }
    turns
}

/// Takes a value into the checksum of BIP-173.
pub(super) fn turn(checksum: u32, value: u8) -> u32 {
    let top = (checksum >> 25 & 31) as usize;
    (checksum & 0x1ff_ffff) << 5 ^ u32::from(value) ^ TURNS.get(top).copied().unwrap_or_default()
}

/// The bytes of an address.
pub(super) struct Decoded {
    bytes: [u8; MOST],
    len: usize,
}

impl Decoded {
    pub(super) fn as_slice(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }
}

/// The bytes behind a text of 1 to 52 bytes; `None` if it is damaged, empty, or written in another way.
pub(super) fn decode(text: &str) -> Option<Decoded> {
    if text.len() > LONGEST {
        return None;
    }
    let (prefix, data) = text.rsplit_once('1')?;
    let prefix = prefix.as_bytes();
    let is_plain = |c: &u8| matches!(c, 33..=126) && !c.is_ascii_uppercase();
    if prefix.is_empty() || !prefix.iter().all(is_plain) {
        return None;
    }
    let data = data.as_bytes();
    let signs = data.len().checked_sub(CHECKSUM)?;
    let mut checksum = 1;
    checksum = prefix.iter().fold(checksum, |sum, c| turn(sum, c >> 5));
    checksum = turn(checksum, 0);
    checksum = prefix.iter().fold(checksum, |sum, c| turn(sum, c & 31));

    let mut bytes = [0; MOST];
    let mut places = bytes.iter_mut();
    let (mut bits, mut pending) = (0_u32, 0_u32);
    for (index, c) in data.iter().enumerate() {
        let value = VALUES.get(usize::from(*c)).copied().filter(|v| *v < 32)?;
        checksum = turn(checksum, value);
        if index < signs {
            pending = pending << 5 | u32::from(value);
            bits += 5;
            if bits >= 8 {
                bits -= 8;
                *places.next()? = (pending >> bits & 0xff).try_into().ok()?;
                pending &= (1 << bits) - 1;
            }
        }
    }
    let len = MOST - places.len();
    // What fills up the last sign is shorter than a sign, and zero.
    (checksum == 1 && bits < 5 && pending == 0 && len > 0).then_some(Decoded { bytes, len })
}

#[cfg(test)]
mod tests {
    use super::super::{decode as reference, encode};
    use super::*;
    use proptest::prelude::*;

    fn agree(text: &str) {
        let plain = decode(text).map(|decoded| decoded.as_slice().to_vec());
        let is_plain = text.len() <= LONGEST && !text.bytes().any(|c| c.is_ascii_uppercase());
        let expected = reference(text)
            .ok()
            .map(|(_, bytes)| bytes)
            .filter(|bytes| is_plain && !bytes.is_empty());
        assert_eq!(plain, expected, "{text}");
    }

    proptest! {
        /// As the general reader says, whole and damaged.
        #[test]
        fn it_reads_what_the_general_reader_reads(
            prefix in "[!-~]{1,12}",
            bytes in prop::collection::vec(any::<u8>(), 0..60),
            at in any::<prop::sample::Index>(),
            with in any::<char>(),
        ) {
            let Ok(hrp) = bech32::Hrp::parse(&prefix) else { return Ok(()) };
            let text = encode(hrp, &bytes);
            agree(&text);
            let mut damaged: Vec<char> = text.chars().collect();
            let at = at.index(damaged.len());
            damaged[at] = with;
            agree(&damaged.iter().collect::<String>());
            agree(&text[..text.len() - 1]);
        }
    }

    #[test]
    fn odd_texts_are_judged_alike() {
        for text in [
            "",
            "1",
            "a1",
            "akash1",
            "akash1qqqqqq",
            "1qqqqqq",
            "a12uel5l",
            "akash119rl4",
            "é1qqqqqqq",
            "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0",
            "AKASH19RL4CM2HMR8AFY4KLDPXZ3FKA4JGUQ0A3MQ6X0",
            "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6xo",
        ] {
            agree(text);
        }
    }
}
