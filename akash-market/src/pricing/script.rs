//! The protocol between a provider and its price script: what the script reads and how its answer is read
//! (provider `bidengine/shellscript.go`). Running the process is the caller's.

mod input;

pub use input::{Gpu, GpuAttributes, GpuModel, ScriptInput, Unit, Volume};

use super::PriceRequest;
use akash_sdl::num::{Dec, DecCoin, Denom, NumError};

/// Scripts that run at a time unless configured otherwise. Waiting for a place does not count into [`TIME_LIMIT_SECONDS`].
pub const PROCESS_LIMIT: usize = 32;

/// Seconds a script may run unless configured otherwise.
pub const TIME_LIMIT_SECONDS: u64 = 10;

/// Why a script gave no price, or could not be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScriptError {
    /// A GPU key that the reference crashes on.
    #[error(
        "GPU attribute {key:?} can't be put to a price script: it needs vendor/<v>/model/<m> and pairs behind it"
    )]
    GpuKey {
        /// The key.
        key: String,
    },
    /// More units were allocated than the group has.
    #[error("{allocated} units were allocated for a group of {units}")]
    Allocated {
        /// Units allocated.
        allocated: usize,
        /// Units of the group.
        units: usize,
    },
    /// The script was stopped at its time limit.
    #[error("the price script did not answer in time")]
    TimedOut,
    /// The script failed.
    #[error("the price script failed ({status}): {stderr}")]
    Failed {
        /// How it ended, such as `exit status 1`.
        status: String,
        /// What it wrote to its error output.
        stderr: String,
    },
    /// The script wrote nothing.
    #[error("the price script must print an amount, it printed nothing")]
    Silent,
    /// The script wrote no number.
    #[error("the price script printed {text:?}, no amount: {source}")]
    NotANumber {
        /// What it wrote, trimmed.
        text: String,
        /// What is wrong with it.
        source: NumError,
    },
    /// The script wrote zero.
    #[error("a bid of zero was produced: the price script must print a positive amount")]
    Zero,
    /// The script wrote a negative number.
    #[error("the price script printed the negative amount {amount}")]
    Negative {
        /// The amount.
        amount: Box<Dec>,
    },
}

/// The variables that a script gets on top of the provider's own: the tenant and the denom of the price.
#[must_use]
pub fn environment(request: &PriceRequest<'_>) -> [(&'static str, String); 2] {
    let denom = request
        .group
        .resources
        .first()
        .map(|u| u.price.denom().to_string());
    [
        ("AKASH_OWNER", request.owner.to_string()),
        ("AKASH_DENOM", denom.unwrap_or_default()),
    ]
}

/// How a script's process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit<'a> {
    /// It was stopped at its time limit.
    TimedOut,
    /// It ended well.
    Success,
    /// It failed, or could not be started; the text says how.
    Failure(&'a str),
}

/// Reads a script's answer: the price in the denom asked for.
///
/// White space around the amount is cut off. Of the texts for numbers the chain's are read: a point with 1 to 18 digits
/// behind it, no exponent; `+1` and `--1` are 1.
///
/// # Errors
/// Why there is no price, in the reference's order of checks.
///
/// ```
/// use akash_market::pricing::script::{Exit, read_answer};
/// use akash_sdl::num::Denom;
///
/// let price = read_answer(Exit::Success, b" 12.5\n", b"", &Denom::UACT).unwrap();
/// assert_eq!(price, "12.5uact".parse().unwrap());
/// assert!(read_answer(Exit::Success, b"12,5", b"", &Denom::UACT).is_err());
/// assert!(read_answer(Exit::Failure("exit status 1"), b"1", b"not whitelisted", &Denom::UACT).is_err());
/// ```
pub fn read_answer(
    exit: Exit<'_>,
    stdout: &[u8],
    stderr: &[u8],
    denom: &Denom,
) -> Result<DecCoin, ScriptError> {
    match exit {
        Exit::TimedOut => return Err(ScriptError::TimedOut),
        Exit::Failure(status) => {
            return Err(ScriptError::Failed {
                status: status.to_owned(),
                stderr: String::from_utf8_lossy(stderr).into_owned(),
            });
        }
        Exit::Success => {}
    }
    let text = String::from_utf8_lossy(stdout);
    let text = text.trim();
    if text.is_empty() {
        return Err(ScriptError::Silent);
    }
    let amount: Dec = text.parse().map_err(|source| ScriptError::NotANumber {
        text: text.to_owned(),
        source,
    })?;
    if amount.is_zero() {
        return Err(ScriptError::Zero);
    }
    DecCoin::new(denom.clone(), amount).map_err(|_| ScriptError::Negative {
        amount: Box::new(amount),
    })
}
