//! The Burn-Mint Equilibrium (node x/bme, AEP-76): AKT is burned for ACT and back, in a queue worked off by epochs.

mod breaker;
mod conversion;
mod epoch;
mod record_id;
mod request;
mod state;

pub use breaker::{collateral_ratio, epoch_blocks, ratio_bps, status_at};
pub use conversion::{Conversion, ConversionError, Swap, spread_bps};
pub use request::{check_fund, check_request, denom_to_mint};
pub(crate) use state::Stage;
pub use state::{Bme, BmeEnv};

use crate::address::Address;
use crate::id::Height;
use akash_sdl::num::{Coin, Dec, Denom};
use serde::{Deserialize, Serialize};

/// Whether minting is possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MintStatus {
    /// Nothing computed yet.
    Unspecified,
    /// Both directions work.
    Healthy,
    /// Both work, minting in longer epochs.
    Warning,
    /// Collateral too low: no ACT is minted.
    HaltCr,
    /// No usable price: neither direction works.
    HaltOracle,
}

impl MintStatus {
    /// Whether AKT may be turned into ACT.
    #[must_use]
    pub fn mints_allowed(self) -> bool {
        self < Self::HaltCr
    }

    /// Whether ACT may be turned into AKT.
    #[must_use]
    pub fn refunds_allowed(self) -> bool {
        self < Self::HaltOracle
    }
}

/// Identifies a request in the queue and afterwards: `denom/to_denom/source/height/sequence`.
///
/// `Ord` is the order of the chain's queue: by denoms, then by the source's address bytes, and only then by height and
/// sequence. Who has the lower address is served first.
///
/// ```
/// use akash_market::bme::RecordId;
/// let text = "uakt/uact/akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0/2/1";
/// let id: RecordId = text.parse()?;
/// assert_eq!((id.height.0, id.sequence), (2, 1));
/// assert_eq!(id.to_string(), text);
/// # Ok::<(), akash_market::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RecordId {
    /// What is burned.
    pub denom: Denom,
    /// What is minted.
    pub to_denom: Denom,
    /// Who asked.
    pub source: Address,
    /// Height of the request.
    pub height: Height,
    /// Number of the request in its block, from 1.
    pub sequence: i64,
}

/// A coin and the price at which it was valued, in US dollars per whole AKT or ACT.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CoinPrice {
    /// The coin.
    pub coin: Coin,
    /// The price.
    pub price: Dec,
}

/// Why a request was cancelled; the numbers are the chain's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelReason {
    /// 0.
    Unknown,
    /// 1: nothing would be minted.
    Epsilon,
    /// 2.
    ZeroPrice,
    /// 3.
    InsufficientFunds,
    /// 4.
    InvalidDenom,
    /// 5.
    InvalidAmount,
    /// 6: less than the minimum would be minted.
    MinimumMint,
    /// 7.
    MintFailed,
    /// 8.
    BurnFailed,
    /// 9: tried too often.
    MaxAttempts,
}

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum RecordState {
    /// Waits for its epoch.
    Pending {
        /// Who asked.
        owner: Address,
        /// Who receives; equals the owner.
        to: Address,
        /// What is burned.
        coins_to_burn: Coin,
        /// What is minted.
        denom_to_mint: Denom,
        /// Failed tries so far.
        attempts: u32,
    },
    /// Done.
    Executed(Box<ExecutedRecord>),
    /// Given up; the coins went back.
    Canceled {
        /// Who asked and got the coins back.
        owner: Address,
        /// Who would have received.
        to: Address,
        /// What came back.
        coins_to_burn: Coin,
        /// What would have been minted.
        denom_to_mint: Denom,
        /// Why.
        reason: CancelReason,
    },
}

/// The figures of an executed request.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ExecutedRecord {
    /// Whose coins were burned.
    pub burned_from: Address,
    /// Who received.
    pub minted_to: Address,
    /// The burning module; the text `bme`.
    pub burner: String,
    /// The minting module; the text `bme`.
    pub minter: String,
    /// What was burned, for ACT to AKT.
    pub burned: Option<CoinPrice>,
    /// What was newly minted.
    pub minted: Option<CoinPrice>,
    /// What the vault kept.
    pub spread: Coin,
    /// The part paid out of remint credit.
    pub remint_credit_issued: Option<CoinPrice>,
    /// The remint credit gained.
    pub remint_credit_accrued: Option<CoinPrice>,
}

/// A request with what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its identifier.
    pub id: RecordId,
    /// Where it stands.
    pub state: RecordState,
}

/// State of the equilibrium at one height.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BmeStatus {
    /// Whether minting is possible.
    pub status: MintStatus,
    /// Value of the vault over the ACT outstanding.
    pub collateral_ratio: Dec,
    /// Ratio below which epochs grow.
    pub warn_threshold: Dec,
    /// Ratio below which minting stops.
    pub halt_threshold: Dec,
    /// Whether AKT may be turned into ACT.
    pub mints_allowed: bool,
    /// Whether ACT may be turned into AKT.
    pub refunds_allowed: bool,
}

/// What the vault holds and has done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VaultState {
    /// What the module holds, queued requests included, but for uact all that is outstanding; sorted by denom, none of
    /// them zero.
    pub balances: Vec<Coin>,
    /// Burned so far, of uact and uakt.
    pub total_burned: Vec<Coin>,
    /// Minted so far, of uact and uakt.
    pub total_minted: Vec<Coin>,
    /// The uakt that burns of uact are paid with before any is minted.
    pub remint_credits: Vec<Coin>,
}
