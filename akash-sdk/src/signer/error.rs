use akash_market::address::AddressError;

/// Why a key could not be made. Never shows a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// A mnemonic has the wrong number of words.
    #[error("the mnemonic has {words} words; 12, 15, 18, 21 or 24 were expected")]
    WordCount {
        /// How many it has.
        words: usize,
    },
    /// A mnemonic's words are not separated by exactly one space each.
    #[error(
        "the mnemonic's words must be separated by exactly one space, with none before or after"
    )]
    Spacing,
    /// A word is not in the English list of BIP-39. Upper case is not.
    #[error("word {position} of the mnemonic is not a lower-case word of the English BIP-39 list")]
    UnknownWord {
        /// Which one, from 1.
        position: usize,
    },
    /// A mnemonic's last bits are not the checksum of the others.
    #[error("the mnemonic's checksum is wrong; a word is mistyped or misplaced")]
    Checksum,
    /// A mnemonic can't be made from that much entropy.
    #[error("{bytes} bytes of entropy were given; 16, 20, 24, 28 or 32 make a mnemonic")]
    Entropy {
        /// How many bytes there were.
        bytes: usize,
    },
    /// A derivation path can't be read.
    #[error("{path:?} is not a derivation path such as m/44'/118'/0'/0/0: {reason}")]
    Path {
        /// What was given.
        path: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A path leads to no key. Happens for one path in 2^127.
    #[error("the derivation path leads to no valid key; use the next index")]
    Derivation,
    /// Bytes that are no secret key.
    #[error("a secp256k1 secret key is 32 bytes, not zero and below the curve's order")]
    SecretKey,
    /// Bytes that are no public key.
    #[error("a compressed secp256k1 public key is 33 bytes that lie on the curve")]
    PublicKey,
    /// The address prefix is none.
    #[error("the key's address can't be written: {0}")]
    Address(#[from] AddressError),
}

/// Why a signature was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// The public key is no point of the curve.
    #[error("the public key is not a compressed point of secp256k1")]
    PublicKey,
    /// r or s is zero or too large.
    #[error("the signature is not two numbers r and s between 1 and the curve's order")]
    Malformed,
    /// s is in the upper half: another form of a valid signature, which the chain refuses.
    #[error("the signature's s is in the upper half of its range; it must be in the lower")]
    HighS,
    /// The key did not sign these bytes.
    #[error("the signature was not made by this key over these bytes")]
    Mismatch,
}
