//! Addresses of accounts as a node reads them.

use crate::cosmos::address;
use akash_market::address::{Address, complaint};

/// Reads an account's address; else what a node says is wrong.
pub(super) fn read(text: &str) -> Result<Address, String> {
    address::parse(address::ACCOUNT, text).map_err(|_| complaint(address::ACCOUNT, text))
}
