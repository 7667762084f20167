use super::DevnetError;
use crate::signer::{AKASH_PREFIX, HdPath, LocalSigner, Mnemonic, PublicKey, Signer};
use akash_market::address::Address;

/// The mnemonic behind all accounts of the embedded network. Everybody knows it: never fund it anywhere else.
pub const PHRASE: &str = "abandon abandon abandon abandon abandon abandon abandon abandon abandon \
                          abandon abandon about";

/// A funded account of the embedded network with its key.
#[derive(Debug, Clone)]
pub struct DevAccount {
    /// What it is called, such as `tenant`.
    pub name: String,
    /// Its key.
    pub signer: LocalSigner,
}

impl DevAccount {
    /// The account of that name at the `index`-th place of the network's wallet (path `m/44'/118'/0'/0/index`).
    ///
    /// # Errors
    /// If the path leads to no key, which happens once in 2^127.
    pub fn derive(name: impl Into<String>, index: u32) -> Result<Self, DevnetError> {
        let wrong = |e: crate::signer::KeyError| DevnetError::Usage(e.to_string());
        let words: Mnemonic = PHRASE.parse().map_err(wrong)?;
        let path = HdPath::akash(0, index).map_err(wrong)?;
        let signer = LocalSigner::derive(&words, "", &path, AKASH_PREFIX).map_err(wrong)?;
        Ok(Self {
            name: name.into(),
            signer,
        })
    }

    /// Its address.
    #[must_use]
    pub fn address(&self) -> &Address {
        self.signer.address()
    }
}

/// What the node keeps of an account beside its coins.
#[derive(Debug, Clone, Default)]
pub(super) struct Account {
    pub(super) number: u64,
    pub(super) sequence: u64,
    pub(super) key: Option<PublicKey>,
}
