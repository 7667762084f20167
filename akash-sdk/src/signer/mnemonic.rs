use super::KeyError;
use bip39::Language;
use std::fmt;
use std::str::FromStr;
use zeroize::Zeroizing;

/// The words behind a wallet's keys: BIP-39, English, 12 to 24 words. Forgotten from memory when dropped, never shown by
/// `Debug`.
///
/// Reading is as strict as the reference: lower case, exactly one space between words, checksum right.
///
/// ```
/// use akash_sdk::signer::Mnemonic;
/// let mnemonic = Mnemonic::from_entropy(&[0; 16])?; // never do so: take bytes from the operating system
/// assert_eq!(mnemonic.words().last(), Some("about"));
/// assert_eq!(format!("{mnemonic:?}"), "Mnemonic(12 words)");
/// # Ok::<(), akash_sdk::signer::KeyError>(())
/// ```
#[derive(Clone)]
pub struct Mnemonic(bip39::Mnemonic);

impl Mnemonic {
    /// The mnemonic of this entropy: 16, 20, 24, 28 or 32 bytes from a cryptographic source, such as the operating
    /// system's.
    ///
    /// # Errors
    /// If the entropy has another length.
    pub fn from_entropy(entropy: &[u8]) -> Result<Self, KeyError> {
        bip39::Mnemonic::from_entropy_in(Language::English, entropy)
            .map(Self)
            .map_err(|_| KeyError::Entropy {
                bytes: entropy.len(),
            })
    }

    /// The words. They are the secret.
    pub fn words(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.0.words()
    }

    /// The words as one text. It is the secret.
    #[must_use]
    pub fn phrase(&self) -> Zeroizing<String> {
        let mut phrase = Zeroizing::new(String::with_capacity(24 * 9));
        for word in self.words() {
            if !phrase.is_empty() {
                phrase.push(' ');
            }
            phrase.push_str(word);
        }
        phrase
    }

    /// The seed of the keys. The passphrase is used byte for byte, as the reference does (BIP-39 would normalise it);
    /// empty for none.
    #[must_use]
    pub fn seed(&self, passphrase: &str) -> Zeroizing<[u8; 64]> {
        Zeroizing::new(self.0.to_seed_normalized(passphrase))
    }
}

impl FromStr for Mnemonic {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let words = text.split_whitespace().count();
        if !matches!(words, 12 | 15 | 18 | 21 | 24) {
            return Err(KeyError::WordCount { words });
        }
        if text.split(' ').count() != words || text.split(' ').any(str::is_empty) {
            return Err(KeyError::Spacing);
        }
        bip39::Mnemonic::parse_in_normalized(Language::English, text)
            .map(Self)
            .map_err(|error| match error {
                bip39::Error::UnknownWord(at) => KeyError::UnknownWord {
                    position: at.saturating_add(1),
                },
                bip39::Error::BadWordCount(words) => KeyError::WordCount { words },
                bip39::Error::InvalidChecksum
                | bip39::Error::BadEntropyBitCount(_)
                | bip39::Error::AmbiguousLanguages(_) => KeyError::Checksum,
            })
    }
}

impl fmt::Debug for Mnemonic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mnemonic({} words)", self.0.word_count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZERO: &str = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

    #[test]
    fn phrase_and_words_are_inverse() {
        for bytes in [16usize, 20, 24, 28, 32] {
            let made = Mnemonic::from_entropy(&vec![0x5a; bytes]).unwrap();
            let read: Mnemonic = made.phrase().parse().unwrap();
            assert_eq!(*read.phrase(), *made.phrase());
        }
        assert_eq!(
            Mnemonic::from_entropy(&[0; 17]).unwrap_err(),
            KeyError::Entropy { bytes: 17 }
        );
    }

    #[test]
    fn errors_say_what_is_wrong() {
        let error = |text: &str| text.parse::<Mnemonic>().unwrap_err();
        assert_eq!(error("abandon"), KeyError::WordCount { words: 1 });
        assert_eq!(error(&format!("{ZERO} ")), KeyError::Spacing);
        assert_eq!(error(&ZERO.replacen(' ', "\t", 1)), KeyError::Spacing);
        assert_eq!(
            error(&ZERO.replace("about", "abou")),
            KeyError::UnknownWord { position: 12 }
        );
        assert_eq!(error(&ZERO.replace("about", "abandon")), KeyError::Checksum);
    }
}
