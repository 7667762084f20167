use akash_market::address::AddressError;
use akash_sdl::num::NumError;

/// Why a message has no counterpart here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConvertError {
    /// An address is damaged.
    #[error("{field}: {source}")]
    Address {
        /// Which field.
        field: &'static str,
        /// What is wrong with it.
        source: AddressError,
    },
    /// A number or denom is out of range or malformed.
    #[error("{field}: {source}")]
    Number {
        /// Which field.
        field: &'static str,
        /// What is wrong with it.
        source: NumError,
    },
    /// An enum has a value that this version does not know.
    #[error("{field} has the unknown value {value}; the chain may run a newer release")]
    UnknownValue {
        /// Which field.
        field: &'static str,
        /// The value.
        value: i32,
    },
    /// A part is missing.
    #[error("{field} is missing")]
    Missing {
        /// Which field.
        field: &'static str,
    },
    /// A text has another form than it must.
    #[error("{field} is {text:?}, {expected} was expected")]
    Text {
        /// Which field.
        field: &'static str,
        /// What it is.
        text: String,
        /// What it should be.
        expected: &'static str,
    },
    /// A time or duration is out of range.
    #[error("{field} is out of range")]
    Time {
        /// Which field.
        field: &'static str,
    },
    /// There is no such message here.
    #[error("{type_url} is not a message of the market")]
    UnknownMessage {
        /// Its type URL.
        type_url: String,
    },
    /// The bytes are no such message.
    #[error("{type_url} can't be decoded: {reason}")]
    Decode {
        /// Its type URL.
        type_url: String,
        /// What is wrong.
        reason: String,
    },
}
