//! Accounts of modules.

use crate::address::{Address, AddressError};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The accounts that modules hold coins in. Their addresses follow from their names: the first 20 bytes of SHA-256
/// (cosmos-sdk x/auth).
///
/// ```
/// let modules = akash_market::bank::Modules::new("akash")?;
/// assert_eq!(modules.escrow.as_str(), "akash14pphss726thpwws3yc458hggufynm9x77l4l2u");
/// # Ok::<(), akash_market::address::AddressError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Modules {
    /// Prefix of all addresses of the network.
    pub prefix: String,
    /// Holds what deployments and bids have locked.
    pub escrow: Address,
    /// The vault of the burn-mint equilibrium.
    pub bme: Address,
    /// The authority over parameters.
    pub gov: Address,
    /// Takes transaction fees.
    pub fee_collector: Address,
    /// Pays fees out to validators.
    pub distribution: Address,
}

impl Modules {
    /// The module accounts of a network whose addresses have this bech32 prefix (`akash`).
    ///
    /// # Errors
    /// If the prefix is no bech32 prefix.
    pub fn new(prefix: &str) -> Result<Self, AddressError> {
        Ok(Self {
            prefix: prefix.to_owned(),
            escrow: Self::address(prefix, "escrow")?,
            bme: Self::address(prefix, "bme")?,
            gov: Self::address(prefix, "gov")?,
            fee_collector: Self::address(prefix, "fee_collector")?,
            distribution: Self::address(prefix, "distribution")?,
        })
    }

    /// Whether the account belongs to a module; such accounts take no transfers from participants.
    #[must_use]
    pub fn is_module(&self, address: &Address) -> bool {
        [
            &self.escrow,
            &self.bme,
            &self.gov,
            &self.fee_collector,
            &self.distribution,
        ]
        .contains(&address)
    }

    /// The account of the module with this name.
    ///
    /// # Errors
    /// If the prefix is no bech32 prefix.
    pub fn address(prefix: &str, module: &str) -> Result<Address, AddressError> {
        let digest = Sha256::digest(module.as_bytes());
        let (head, _) = digest.split_at(20);
        Address::bech32(prefix, head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_the_network() {
        let modules = Modules::new("akash").unwrap();
        for (found, expected) in [
            (&modules.bme, "akash1klpwzlvfnw7j8gtdd0cuu9vaw9ermsmd37sg55"),
            (&modules.gov, "akash10d07y265gmmuvt4z0w9aw880jnsr700jhe7z0f"),
            (
                &modules.fee_collector,
                "akash17xpfvakm2amg962yls6f84z3kell8c5lazw8j8",
            ),
        ] {
            assert_eq!(found.as_str(), expected);
        }
    }
}
