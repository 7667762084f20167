//! A network as a program wants to know it: what it is called, what is paid in, who serves it.

use super::client::{FeePolicy, TxPolicy};
use super::endpoints::meta::NetworkMeta;
use akash_sdl::num::Denom;
use std::time::Duration;

/// A network.
///
/// ```
/// use akash_sdk::cosmos::profile::Profile;
///
/// let mainnet = Profile::mainnet();
/// assert_eq!((mainnet.chain_id.as_str(), mainnet.gas_price.as_str()), ("akashnet-2", "0.025uakt"));
///
/// let mut own = Profile::new("my-chain-1");
/// own.rpc.push("http://127.0.0.1:26657".to_owned());
/// assert!(own.has_bme());
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Profile {
    /// Its name: `mainnet`, `sandbox-2`, or the caller's.
    pub name: String,
    /// Chain id, which is signed.
    pub chain_id: String,
    /// Prefix of addresses.
    pub prefix: String,
    /// In what fees are paid.
    pub fee_denom: Denom,
    /// In what deployments are priced and leases are paid.
    pub settlement_denom: Denom,
    /// What is burned to mint settlement credit; none where there is no Burn-Mint Equilibrium.
    pub mints_from: Option<Denom>,
    /// Price of gas that is paid, such as `0.025uakt`.
    pub gas_price: String,
    /// Usual time between two blocks.
    pub block_time: Duration,
    /// Addresses of CometBFT JSON-RPC.
    pub rpc: Vec<String>,
    /// Addresses of REST gateways.
    pub rest: Vec<String>,
    /// Addresses of gRPC servers, without a scheme.
    pub grpc: Vec<String>,
    /// Where test coins are given away.
    pub faucets: Vec<String>,
}

impl Profile {
    /// A network of one's own with the denoms and prices of mainnet and no endpoints.
    #[must_use]
    pub fn new(chain_id: impl Into<String>) -> Self {
        let chain_id = chain_id.into();
        Self {
            name: chain_id.clone(),
            chain_id,
            prefix: "akash".to_owned(),
            fee_denom: Denom::UAKT,
            settlement_denom: Denom::UACT,
            mints_from: Some(Denom::UAKT),
            gas_price: "0.025uakt".to_owned(),
            block_time: Duration::from_secs(6),
            rpc: Vec::new(),
            rest: Vec::new(),
            grpc: Vec::new(),
            faucets: Vec::new(),
        }
    }

    /// The network where real money is paid.
    #[must_use]
    pub fn mainnet() -> Self {
        Self::bundled("mainnet", "akashnet-2")
    }

    /// The network for trying things, with a faucet.
    #[must_use]
    pub fn sandbox() -> Self {
        Self::bundled("sandbox-2", "sandbox-2")
    }

    /// A network on which a coming release is tested: `testnet-oracle` or `testnet-reclamation`.
    #[must_use]
    pub fn testnet(name: &str) -> Self {
        Self::bundled(name, name)
    }

    /// The embedded network; it has no endpoints, its handle is the transport.
    #[must_use]
    pub fn devnet() -> Self {
        let mut profile = Self::new("akash-devnet-1");
        profile.name = "devnet".to_owned();
        profile
    }

    /// A network as its `meta.json` describes it: for facts that were fetched anew.
    #[must_use]
    pub fn from_meta(name: impl Into<String>, meta: &NetworkMeta) -> Self {
        let mut profile = Self::new(&meta.chain_id);
        profile.name = name.into();
        profile.prefix.clone_from(&meta.bech32_prefix);
        let addresses = |apis: &[super::endpoints::meta::Api]| {
            apis.iter().map(|api| api.address.clone()).collect()
        };
        profile.rpc = addresses(&meta.apis.rpc);
        profile.rest = addresses(&meta.apis.rest);
        profile.grpc = addresses(&meta.apis.grpc);
        profile.faucets = meta.faucets.iter().map(|f| f.url.clone()).collect();
        profile
    }

    fn bundled(name: &str, chain_id: &str) -> Self {
        NetworkMeta::bundled(name)
            .map_or_else(|| Self::new(chain_id), |meta| Self::from_meta(name, meta))
    }

    /// Whether settlement credit is minted by burning another coin.
    #[must_use]
    pub const fn has_bme(&self) -> bool {
        self.mints_from.is_some()
    }

    /// How transactions are made on it.
    ///
    /// # Errors
    /// If its gas price can't be read.
    pub fn policy(&self) -> Result<TxPolicy, super::tx::GasPriceError> {
        Ok(TxPolicy {
            fee: FeePolicy::Prices(self.gas_price.parse()?),
            ..TxPolicy::default()
        })
    }

    /// Its JSON-RPC endpoints and then its REST gateways as one transport that belongs to its chain. Addresses that
    /// can't be used are left out.
    ///
    /// # Errors
    /// If it has none.
    #[cfg(feature = "http")]
    #[cfg_attr(docsrs, doc(cfg(feature = "http")))]
    pub fn endpoints(
        &self,
    ) -> Result<super::endpoints::Endpoints, super::transport::TransportError> {
        use super::endpoints::Endpoints;
        use super::transport::{comet::Comet, rest::Rest};
        let mut builder =
            Endpoints::builder(crate::clock::SystemClock::new()).chain_id(&self.chain_id);
        for address in distinct(&self.rpc) {
            if let Ok(node) = Comet::new(address) {
                builder = builder.endpoint(address, node);
            }
        }
        for address in distinct(&self.rest) {
            if let Ok(node) = Rest::new(address) {
                builder = builder.endpoint(address, node);
            }
        }
        builder.build()
    }
}

/// Each address once; with and without the port that its scheme implies it is the same.
#[cfg(feature = "http")]
fn distinct(addresses: &[String]) -> impl Iterator<Item = &str> {
    let mut seen = std::collections::BTreeSet::new();
    addresses
        .iter()
        .map(String::as_str)
        .filter(move |address| seen.insert(address.replace(":443", "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_have_the_facts_of_their_networks() {
        for (profile, chain_id, live) in [
            (Profile::mainnet(), "akashnet-2", true),
            (Profile::sandbox(), "sandbox-2", true),
            (Profile::testnet("testnet-oracle"), "testnet-oracle", true),
            (Profile::devnet(), "akash-devnet-1", false),
            (Profile::new("own"), "own", false),
        ] {
            assert_eq!(profile.chain_id, chain_id);
            assert_eq!(profile.rpc.is_empty(), !live, "{chain_id}");
            assert_eq!(profile.policy().unwrap().fee, TxPolicy::default().fee);
            #[cfg(feature = "http")]
            assert_eq!(profile.endpoints().is_ok(), live, "{chain_id}");
        }
        assert!(!Profile::sandbox().faucets.is_empty());
    }

    #[cfg(feature = "http")]
    #[test]
    fn addresses_that_mean_the_same_are_used_once() {
        let health = Profile::mainnet().endpoints().unwrap().health();
        // 12 of JSON-RPC and 12 of REST, of which one each is listed with and without its port.
        assert_eq!(health.len(), 22);
        assert_eq!(health[0].name, "https://rpc.akt.dev/rpc");
    }
}
