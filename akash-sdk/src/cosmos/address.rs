//! Addresses as the chain reads them: bech32 with one of the network's prefixes.

use akash_market::address::{Address, AddressError};
use sha2::{Digest, Sha256};

/// Prefix of accounts on Akash.
pub const ACCOUNT: &str = "akash";
/// Prefix of validators' operators.
pub const VALIDATOR: &str = "akashvaloper";
/// Prefix of validators' consensus keys.
pub const CONSENSUS: &str = "akashvalcons";

/// Why the chain would not read an address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AccountError {
    /// It is no bech32 text at all.
    #[error(transparent)]
    Address(#[from] AddressError),
    /// It belongs elsewhere.
    #[error(
        "{text:?} has the prefix {found:?}; an address that begins with {expected}1 was expected"
    )]
    Prefix {
        /// What was given.
        text: String,
        /// Its prefix; empty if it has none.
        found: String,
        /// The prefix that was expected.
        expected: String,
    },
}

/// Reads a bech32 address with exactly this prefix: 1 to 255 bytes, all-upper text is accepted and made lower.
///
/// ```
/// use akash_sdk::cosmos::address;
/// let text = "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0";
/// assert_eq!(address::parse(address::ACCOUNT, &text.to_uppercase())?.as_str(), text);
/// assert!(address::parse(address::VALIDATOR, text).is_err());
/// # Ok::<(), address::AccountError>(())
/// ```
///
/// # Errors
/// If it is damaged, empty, padded with spaces, mixed in case, too long or of another prefix.
pub fn parse(prefix: &str, text: &str) -> Result<Address, AccountError> {
    let address: Address = text.parse()?;
    match address.prefix() {
        Some(found) if found == prefix => Ok(address),
        found => Err(AccountError::Prefix {
            text: text.to_owned(),
            found: found.unwrap_or_default().to_owned(),
            expected: prefix.to_owned(),
        }),
    }
}

/// The address of a validator's consensus key (ed25519): the first 20 bytes of its SHA-256.
///
/// # Errors
/// If the prefix is no bech32 prefix.
pub fn consensus(prefix: &str, ed25519: &[u8; 32]) -> Result<Address, AddressError> {
    let digest = Sha256::digest(ed25519);
    let (head, _) = digest.split_at(20);
    Address::bech32(prefix, head)
}
