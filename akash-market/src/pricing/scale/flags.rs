//! The reference's flags `--bid-price-…-scale`.

use crate::pricing::rate::Rate;
use crate::pricing::{EPHEMERAL, Rates};
use std::collections::BTreeMap;

/// Why a flag is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FlagError {
    /// No decimal number.
    #[error("not a valid bid price: {text}")]
    Invalid {
        /// What was given.
        text: String,
    },
    /// A number below zero.
    #[error("bid price cannot be a negative number, got {text}")]
    Negative {
        /// What was given.
        text: String,
    },
}

fn parse(text: &str) -> Result<Rate, FlagError> {
    let rate: Rate = text.parse().map_err(|_| FlagError::Invalid {
        text: text.to_owned(),
    })?;
    if rate.is_negative() {
        return Err(FlagError::Negative {
            text: text.to_owned(),
        });
    }
    Ok(rate)
}

/// Reads the storage flag: a list with commas of `class=rate` or a bare rate for class `ephemeral`. Later items
/// replace earlier ones. An item with several `=` counts as bare, with the text before the first.
///
/// # Errors
/// The first item whose number can't be used.
///
/// ```
/// use akash_market::pricing::parse_storage_flag;
/// let rates = parse_storage_flag("0.1,beta2=0.3")?;
/// assert_eq!(rates["ephemeral"].to_string(), "0.1");
/// assert_eq!(rates["beta2"].to_string(), "0.3");
/// # Ok::<(), akash_market::pricing::FlagError>(())
/// ```
pub fn parse_storage_flag(text: &str) -> Result<BTreeMap<String, Rate>, FlagError> {
    let mut rates = BTreeMap::new();
    for item in text.split(',') {
        let (class, rate) = match item.split_once('=') {
            Some((class, rate)) if !rate.contains('=') => (class, rate),
            Some((rate, _)) => (EPHEMERAL, rate),
            None => (EPHEMERAL, item),
        };
        rates.insert(class.to_owned(), parse(rate)?);
    }
    Ok(rates)
}

impl Rates {
    /// Reads the texts of the reference's flags, in their order: CPU, memory, storage, endpoint, IP.
    ///
    /// # Errors
    /// The first flag that can't be used.
    pub fn from_flags(
        cpu: &str,
        memory: &str,
        storage: &str,
        endpoint: &str,
        ip: &str,
    ) -> Result<Self, FlagError> {
        Ok(Self {
            cpu: parse(cpu)?,
            memory: parse(memory)?,
            storage: parse_storage_flag(storage)?,
            endpoint: parse(endpoint)?,
            ip: parse(ip)?,
        })
    }
}
