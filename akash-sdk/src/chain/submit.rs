use super::{ChainError, Rejection};
use akash_market::action::{Batch, Outcome};
use akash_market::address::Address;
use akash_market::change::Change;
use akash_market::id::Height;
use akash_market::time::{Block, Timestamp};
use akash_sdl::num::Coin;
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Debug};
use std::sync::Arc;

/// Identifies a transaction before it is sent and ever after; on Cosmos chains the hash of its bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TxId(pub String);

impl fmt::Display for TxId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Until when a transaction can enter a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Validity {
    /// Up to and including this block.
    Height(Height),
    /// Up to this block time.
    Time(Timestamp),
}

/// A transaction made ready: signed, identified, and good for one inclusion at most.
///
/// It is what goes into a journal before anything is sent; sending it twice is harmless.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prepared {
    /// Identifies it.
    pub id: TxId,
    /// Who pays its fee.
    pub payer: Address,
    /// Until when it can land.
    pub valid_until: Validity,
    /// The most it can cost beside what its actions move.
    pub fee: Vec<Coin>,
    /// The bytes to send; their form is the chain's.
    pub payload: Vec<u8>,
}

impl Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared")
            .field("id", &self.id)
            .field("payer", &self.payer)
            .field("valid_until", &self.valid_until)
            .field("fee", &self.fee)
            .field("payload_bytes", &self.payload.len())
            .finish()
    }
}

/// A transaction that stands in a block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inclusion {
    /// The transaction.
    pub id: TxId,
    /// The block.
    pub block: Block,
    /// Work it used, in the chain's unit (gas).
    pub gas_used: u64,
    /// Work it was allowed.
    pub gas_wanted: u64,
    /// What it paid.
    pub fee: Vec<Coin>,
    /// One outcome an action if it was done, else why not.
    pub result: Result<Vec<Outcome>, Rejection>,
    /// What it changed, as far as the chain tells.
    pub changes: Vec<Change>,
}

/// What became of a transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "resolution", rename_all = "snake_case")]
pub enum Resolution {
    /// It stands in a block, done or refused.
    Included(Box<Inclusion>),
    /// It may still land.
    Pending,
    /// It did not land and never will: it may be made anew.
    CanNeverLand,
}

/// How a batch is to be prepared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SubmitOptions {
    /// Blocks for which the transaction stays valid; `None` leaves it to the implementation.
    pub valid_for_blocks: Option<u32>,
    /// A note that becomes public.
    pub memo: String,
    /// The most the fee may be; more is refused before anything is signed.
    pub max_fee: Option<Coin>,
    /// The least the fee is, for chains that named it; [`max_fee`](Self::max_fee) holds all the same.
    pub min_fee: Option<Coin>,
    /// The least work it is allowed, in the chain's unit (gas), for what was found to need more than foreseen.
    pub min_gas: Option<u64>,
}

/// What a batch would cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estimate {
    /// Work it would use, in the chain's unit (gas).
    pub gas_used: u64,
    /// The fee it would be sent with.
    pub fee: Vec<Coin>,
}

/// The turn of some accounts to send; it ends when this is dropped.
#[derive(Default)]
pub struct Turn(Option<Box<dyn Send>>);

impl Turn {
    /// A turn that lasts as long as `guard`.
    #[must_use]
    pub fn holding(guard: impl Send + 'static) -> Self {
        Self(Some(Box::new(guard)))
    }
}

impl Debug for Turn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() {
            "Turn(held)"
        } else {
            "Turn(free)"
        })
    }
}

/// Does batches of actions, each once.
#[async_trait]
pub trait Submit: Debug + Send + Sync {
    /// The accounts this implementation can sign for.
    fn accounts(&self) -> Vec<Address>;

    /// Says what a batch would cost and whether it would be refused; changes nothing.
    async fn simulate(&self, batch: &Batch) -> Result<Estimate, ChainError>;

    /// Waits until it is the turn of the batch's accounts: where their transactions are numbered, they are prepared and
    /// sent one after the other. To be held until the batch was sent. At once where nothing is numbered.
    async fn turn(&self, _batch: &Batch) -> Turn {
        Turn::default()
    }

    /// Makes a transaction of a batch; nothing is sent yet.
    async fn prepare(&self, batch: &Batch, options: &SubmitOptions)
    -> Result<Prepared, ChainError>;

    /// Sends it. `Ok` means that the chain took it, not that it is done. Sending it again is harmless.
    async fn send(&self, prepared: &Prepared) -> Result<(), ChainError>;

    /// Says what became of it.
    async fn resolve(&self, prepared: &Prepared) -> Result<Resolution, ChainError>;
}

macro_rules! forward {
    ($($ty:ty),*) => {$(
        #[async_trait]
        impl<T: Submit + ?Sized> Submit for $ty {
            fn accounts(&self) -> Vec<Address> {
                (**self).accounts()
            }
            async fn simulate(&self, batch: &Batch) -> Result<Estimate, ChainError> {
                (**self).simulate(batch).await
            }
            async fn turn(&self, batch: &Batch) -> Turn {
                (**self).turn(batch).await
            }
            async fn prepare(
                &self,
                batch: &Batch,
                options: &SubmitOptions,
            ) -> Result<Prepared, ChainError> {
                (**self).prepare(batch, options).await
            }
            async fn send(&self, prepared: &Prepared) -> Result<(), ChainError> {
                (**self).send(prepared).await
            }
            async fn resolve(&self, prepared: &Prepared) -> Result<Resolution, ChainError> {
                (**self).resolve(prepared).await
            }
        }
    )*};
}

forward!(&T, Box<T>, Arc<T>);
