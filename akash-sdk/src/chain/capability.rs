use akash_sdl::num::Denom;
use std::time::Duration;

/// What a chain can do and how it counts; ask instead of assuming.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Capabilities {
    /// Identifies the network, such as `akashnet-2`.
    pub chain_id: String,
    /// In what transaction fees are paid.
    pub fee_denom: Denom,
    /// In what deployments are priced and leases are paid.
    pub settlement_denom: Denom,
    /// Whether settlement credit is minted by burning another coin (AEP-76), and which.
    pub mints_from: Option<Denom>,
    /// Usual time between two blocks; prices are per block.
    pub block_time: Duration,
    /// Whether bids and deployments may carry reclamation windows (AEP-82).
    pub reclamation: bool,
}

impl Capabilities {
    /// Capabilities of a chain with Akash's denoms and rates per block.
    #[must_use]
    pub fn akash(chain_id: impl Into<String>, block_time: Duration) -> Self {
        Self {
            chain_id: chain_id.into(),
            fee_denom: Denom::UAKT,
            settlement_denom: Denom::UACT,
            mints_from: Some(Denom::UAKT),
            block_time,
            reclamation: true,
        }
    }
}
