//! Addresses of accounts as a node reads them.

use crate::cosmos::address;
use akash_market::address::{Address, complaint};

/// Reads an account's address; else what the modules of the Cosmos SDK say is wrong.
pub(super) fn read(text: &str) -> Result<Address, String> {
    address::parse(address::ACCOUNT, text).map_err(|_| {
        let other = text.parse::<Address>().ok();
        match other.as_ref().and_then(Address::prefix) {
            Some(found) if found != address::ACCOUNT => format!(
                "hrp does not match bech32 prefix: expected '{}' got '{found}': internal logic error",
                address::ACCOUNT
            ),
            _ => complaint(address::ACCOUNT, text),
        }
    })
}
