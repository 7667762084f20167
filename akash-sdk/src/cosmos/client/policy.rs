use crate::cosmos::tx::GasPrices;
use akash_market::address::Address;
use akash_sdl::num::Coin;
use std::time::Duration;

/// How transactions are made.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TxPolicy {
    /// What is paid. Default 0.025uakt for each unit of gas, what the official tools pay.
    pub fee: FeePolicy,
    /// The simulated gas is multiplied by this. Default 1.3.
    pub gas_adjustment: f64,
    /// The most a fee may be, whatever a node asks for. Default: none; then a fee is raised to ten times what the gas price
    /// gives at most.
    pub max_fee: Option<Coin>,
    /// Blocks for which a transaction stays valid. Default 20, about two minutes.
    pub valid_for_blocks: u32,
    /// Whose coins pay the fee, by a grant of theirs to the signer (cosmos-sdk x/feegrant). Default: the signer's own.
    pub granter: Option<Address>,
    /// If set, transactions are unordered and stay valid for so long, at most ten minutes: those of one account
    /// may then be sent at the same time. Needs a node of v2.1 or later. Default: none, they are numbered.
    pub unordered: Option<Duration>,
}

/// What a transaction pays.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FeePolicy {
    /// Prices times the gas limit.
    Prices(GasPrices),
    /// Always the same.
    Fixed(Vec<Coin>),
    /// The least that the node takes, as it says itself, times the gas limit.
    NodeMinimum,
}

impl Default for FeePolicy {
    fn default() -> Self {
        Self::Prices("0.025uakt".parse().unwrap_or_default())
    }
}

impl Default for TxPolicy {
    fn default() -> Self {
        Self {
            fee: FeePolicy::default(),
            gas_adjustment: 1.3,
            max_fee: None,
            valid_for_blocks: 20,
            granter: None,
            unordered: None,
        }
    }
}
