//! `meta.json` of the network's `net` repository: what a network is called and who serves it.

use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// Where the description of a network is kept up to date: `BASE/NETWORK/meta.json`.
pub const BASE: &str = "https://raw.githubusercontent.com/akash-network/net/main";

/// Most bytes of a `meta.json` that are read; the real ones have 10 to 20 kB.
pub const MAX_LEN: usize = 1 << 20;

/// A network as `meta.json` describes it. What this library does not use is left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NetworkMeta {
    /// Chain id, such as `akashnet-2`.
    pub chain_id: String,
    /// `mainnet`, `sandbox` or `testnet`.
    pub network_type: String,
    /// Prefix of addresses, `akash`.
    pub bech32_prefix: String,
    /// `live`, or what else its operators say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub status: String,
    /// Release of the node and fellow facts.
    #[serde(default)]
    pub codebase: Codebase,
    /// Denoms in which fees are paid, with prices of gas.
    #[serde(default)]
    pub fees: Fees,
    /// Public endpoints.
    #[serde(default)]
    pub apis: Apis,
    /// Where test coins are given away.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faucets: Vec<Faucet>,
}

/// Releases of the node.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Codebase {
    /// The one to run, such as `v2.0.1`.
    #[serde(default)]
    pub recommended_version: String,
}

/// How fees are paid.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Fees {
    /// Denoms with their prices.
    #[serde(default)]
    pub fee_tokens: Vec<FeeToken>,
}

/// Prices of gas in one denom, in the denom's unit per unit of gas.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FeeToken {
    /// Denom, `uakt`.
    pub denom: String,
    /// Least that nodes take.
    #[serde(default)]
    pub fixed_min_gas_price: f64,
    /// Low.
    #[serde(default)]
    pub low_gas_price: f64,
    /// Average.
    #[serde(default)]
    pub average_gas_price: f64,
    /// High.
    #[serde(default)]
    pub high_gas_price: f64,
}

/// Public endpoints by kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apis {
    /// CometBFT JSON-RPC, with scheme, sometimes with a path.
    #[serde(default)]
    pub rpc: Vec<Api>,
    /// REST gateways, with scheme, sometimes with a path.
    #[serde(default)]
    pub rest: Vec<Api>,
    /// gRPC servers, host and port without a scheme.
    #[serde(default)]
    pub grpc: Vec<Api>,
}

/// A public endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Api {
    /// Its address.
    pub address: String,
    /// Who runs it.
    #[serde(default)]
    pub provider: String,
}

/// A faucet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Faucet {
    /// Its address.
    pub url: String,
}

/// A `meta.json` that can't be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MetaError {
    /// It is longer than any network's.
    #[error("a meta.json of {len} bytes is not read; at most {MAX_LEN} are")]
    TooLarge {
        /// Its length in bytes.
        len: usize,
    },
    /// It is no such JSON.
    #[error("the text is no meta.json of a network: {0}")]
    Json(#[from] serde_json::Error),
}

impl NetworkMeta {
    /// Reads a `meta.json`.
    ///
    /// # Errors
    /// If it is too long, no JSON, or lacks what every network has.
    pub fn from_json(text: &str) -> Result<Self, MetaError> {
        if text.len() > MAX_LEN {
            return Err(MetaError::TooLarge { len: text.len() });
        }
        Ok(serde_json::from_str(text)?)
    }

    /// The copy of the facts that this library carries, as they stood in June 2026: `mainnet`, `sandbox-2`,
    /// `testnet-oracle` or `testnet-reclamation`.
    ///
    /// ```
    /// use akash_sdk::cosmos::endpoints::meta::NetworkMeta;
    ///
    /// let mainnet = NetworkMeta::bundled("mainnet").expect("a known network");
    /// assert_eq!(mainnet.chain_id, "akashnet-2");
    /// assert!(mainnet.apis.rpc.len() > 5);
    /// ```
    #[must_use]
    pub fn bundled(network: &str) -> Option<&'static Self> {
        BUNDLED
            .iter()
            .find(|(name, _)| name == network)
            .map(|(_, meta)| meta)
    }

    /// Asks the `net` repository for a network's facts as they are now.
    ///
    /// # Errors
    /// If it can't be reached or what it gives can't be read.
    #[cfg(feature = "http")]
    #[cfg_attr(docsrs, doc(cfg(feature = "http")))]
    pub async fn fetch(network: &str) -> Result<Self, crate::cosmos::transport::TransportError> {
        Self::fetch_from(BASE, network).await
    }

    /// Like [`NetworkMeta::fetch`], from a mirror of the repository.
    ///
    /// # Errors
    /// If it can't be reached or what it gives can't be read.
    #[cfg(feature = "http")]
    #[cfg_attr(docsrs, doc(cfg(feature = "http")))]
    pub async fn fetch_from(
        base: &str,
        network: &str,
    ) -> Result<Self, crate::cosmos::transport::TransportError> {
        use crate::cosmos::transport::{HttpOptions, TransportError, get};
        let options = HttpOptions::default().with_max_response(MAX_LEN);
        let body = get(base, &format!("/{network}/meta.json"), options).await?;
        let malformed = |reason: String| TransportError::Malformed {
            endpoint: base.to_owned(),
            reason,
        };
        let text = String::from_utf8(body).map_err(|e| malformed(e.to_string()))?;
        Self::from_json(&text).map_err(|e| malformed(e.to_string()))
    }
}

static BUNDLED: LazyLock<Vec<(String, NetworkMeta)>> = LazyLock::new(|| {
    let text = include_str!("../../../data/networks.json");
    let known: Result<std::collections::BTreeMap<String, NetworkMeta>, _> =
        serde_json::from_str(text);
    known.unwrap_or_default().into_iter().collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_facts_can_be_read() {
        for (name, chain_id) in [
            ("mainnet", "akashnet-2"),
            ("sandbox-2", "sandbox-2"),
            ("testnet-oracle", "testnet-oracle"),
            ("testnet-reclamation", "testnet-reclamation"),
        ] {
            let meta = NetworkMeta::bundled(name).unwrap();
            assert_eq!(meta.chain_id, chain_id);
            assert_eq!(meta.bech32_prefix, "akash");
            assert_eq!(meta.fees.fee_tokens[0].denom, "uakt");
            assert!(!meta.apis.rpc.is_empty() && !meta.apis.grpc.is_empty());
        }
        assert_eq!(NetworkMeta::bundled("edgenet"), None);
    }

    #[test]
    fn what_is_no_meta_is_refused() {
        for text in ["", "[]", "{}", r#"{"chain_id": 7}"#] {
            assert!(NetworkMeta::from_json(text).is_err(), "{text}");
        }
        let long = " ".repeat(MAX_LEN + 1);
        assert!(matches!(
            NetworkMeta::from_json(&long),
            Err(MetaError::TooLarge { .. })
        ));
    }
}
