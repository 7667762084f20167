//! Accounts' addresses on Akash in the fewest words, and hashes of all others.

use std::cmp::Ordering;
use std::num::NonZeroU64;

/// An account's address on Akash: the 38 characters of bech32 behind the prefix in five bits each, in the order of
/// their bytes, so that keys sort as texts do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Key {
    /// With [`MARK`].
    first: NonZeroU64,
    second: u64,
    third: u64,
}

/// Always set, so that no key is zero. The characters take 190 of the 192 bits.
const MARK: NonZeroU64 = match NonZeroU64::new(1 << 63) {
    Some(mark) => mark,
    None => NonZeroU64::MIN,
};
const PREFIX: &[u8; 6] = b"akash1";
/// Characters behind the prefix: 32 of the bytes, 6 of the checksum.
const LENGTH: usize = 38;
/// Length of the whole text.
pub(super) const TEXT: usize = PREFIX.len() + LENGTH;
/// Length of the bytes behind it.
pub(super) const BYTES: usize = 20;
/// The characters of bech32 in the order of their bytes.
const CHARACTERS: &[u8; 32] = b"023456789acdefghjklmnpqrstuvwxyz";
/// The characters of bech32 in the order of their values.
const ALPHABET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/// Place of every byte among the characters, 0 for what is none of them and for the first.
#[allow(clippy::indexing_slicing, reason = "computed at compile time")]
static PLACES: [u64; 256] = {
    let mut places = [0; 256];
    let mut place = 0;
    while place < CHARACTERS.len() {
        places[CHARACTERS[place] as usize] = place as u64;
        place += 1;
    }
    places
};

/// Value of the character at every place.
#[allow(
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "computed at compile time"
)]
static VALUES: [u8; 32] = {
    let mut values = [0; 32];
    let mut value = 0;
    while value < ALPHABET.len() {
        values[PLACES[ALPHABET[value] as usize] as usize] = value as u8;
        value += 1;
    }
    values
};

impl Ord for Key {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        // The first word alone tells nearly all addresses apart.
        let first = self.first.cmp(&other.first);
        first.then_with(|| (self.second, self.third).cmp(&(other.second, other.third)))
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Key {
    /// Of a text that has this form.
    pub(super) fn of(text: &str) -> Option<Self> {
        let rest = text.as_bytes().strip_prefix(PREFIX)?;
        if rest.len() != LENGTH {
            return None;
        }
        let (mut high, mut low) = (0_u128, 0_u64);
        for byte in rest {
            let place = PLACES.get(usize::from(*byte)).copied().unwrap_or(0);
            if place == 0 && *byte != b'0' {
                return None;
            }
            high = high << 5 | u128::from(low >> 59);
            low = low << 5 | place;
        }
        let [a, b, c, d, e, f, g, h, second @ ..] = high.to_be_bytes();
        let first = u64::from_be_bytes([a, b, c, d, e, f, g, h]);
        Some(Self {
            first: MARK | first,
            second: u64::from_be_bytes(second),
            third: low,
        })
    }

    pub(super) const fn words(self) -> [u64; 3] {
        [self.first.get(), self.second, self.third]
    }

    pub(super) const fn mark(self) -> u64 {
        self.first.get()
    }

    /// The places of the characters.
    #[inline]
    fn places(self) -> impl Iterator<Item = usize> {
        let [first, second, third] = self.words();
        let high = u128::from(first) << 64 | u128::from(second);
        // 126 bits are above the last 64, and the marks above the first 5 of them are no part of a place.
        (0..LENGTH).map(move |index| {
            let below = 5 * (LENGTH - 1 - index);
            let bits = match below.checked_sub(64) {
                Some(shift) => high >> shift,
                None => high << (64 - below) | u128::from(third >> below),
            };
            usize::try_from(bits & 31).unwrap_or(0)
        })
    }

    pub(super) fn text(self) -> [u8; TEXT] {
        let mut text = [0; TEXT];
        let characters = self.places().filter_map(|place| CHARACTERS.get(place));
        let all = PREFIX.iter().chain(characters);
        text.iter_mut().zip(all).for_each(|(to, from)| *to = *from);
        text
    }

    /// The first eight bytes.
    #[inline]
    pub(super) fn head(self) -> u64 {
        let values = self.places().take(13).filter_map(|place| VALUES.get(place));
        let bits = values.fold(0_u128, |bits, value| bits << 5 | u128::from(*value));
        // 13 characters are 65 bits.
        u64::try_from(bits >> 1).unwrap_or_default()
    }

    pub(super) fn bytes(self) -> [u8; BYTES] {
        let mut bytes = [0; BYTES];
        let mut values = self.places().filter_map(|place| VALUES.get(place));
        // Eight characters are five bytes.
        for group in bytes.chunks_exact_mut(5) {
            let bits = values
                .by_ref()
                .take(8)
                .fold(0_u64, |bits, value| bits << 5 | u64::from(*value));
            let [_, _, _, five @ ..] = bits.to_be_bytes();
            group.copy_from_slice(&five);
        }
        bytes
    }
}

/// FNV-1a.
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
