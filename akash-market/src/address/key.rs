//! What two addresses are compared by, without following a pointer to their texts.

use std::cmp::Ordering;

/// An account's address on Akash, whole: the 38 characters of bech32 behind the prefix in five bits each, in the order
/// of their bytes. Of any other text a hash.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Key([u64; 3]);

/// Set in keys that hold a whole address. The characters take 190 of the 192 bits.
const WHOLE: u64 = 1 << 63;
const PREFIX: &[u8] = b"akash1";
const LENGTH: usize = 38;
/// The characters of bech32 in the order of their bytes.
const CHARACTERS: &[u8] = b"023456789acdefghjklmnpqrstuvwxyz";

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

impl Key {
    pub(super) fn of(text: &str) -> Self {
        let text = text.as_bytes();
        let rest = text.strip_prefix(PREFIX);
        rest.and_then(Self::whole)
            .unwrap_or_else(|| Self::hash(text))
    }

    fn whole(rest: &[u8]) -> Option<Self> {
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
        Some(Self([first | WHOLE, u64::from_be_bytes(second), low]))
    }

    /// FNV-1a.
    fn hash(text: &[u8]) -> Self {
        let hash = text.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self([0, 0, hash])
    }

    /// Whether the key alone tells the address.
    #[inline]
    pub(super) const fn is_whole(self) -> bool {
        let Self([first, ..]) = self;
        first & WHOLE != 0
    }

    pub(super) const fn words(self) -> [u64; 3] {
        self.0
    }

    /// The order of the texts, if both addresses are whole.
    #[inline]
    pub(super) fn order(self, other: Self) -> Option<Ordering> {
        let Self([a, b, c]) = self;
        let Self([x, y, z]) = other;
        // The first word alone tells nearly all addresses apart.
        (a & x & WHOLE != 0).then(|| a.cmp(&x).then_with(|| (b, c).cmp(&(y, z))))
    }
}
