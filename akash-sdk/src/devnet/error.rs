use akash_market::ledger::GenesisError;

/// Why the embedded network can't do as asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DevnetError {
    /// The genesis contradicts itself.
    #[error("the genesis is wrong: {0}")]
    Genesis(#[from] GenesisError),
    /// Time can't go on: the end of its range is reached.
    #[error("block time or height would leave its range")]
    EndOfTime,
    /// There is no such snapshot.
    #[error("there is no snapshot {0}")]
    NoSuchSnapshot(u64),
    /// Something was asked for that can't be.
    #[error("{0}")]
    Usage(String),
}
