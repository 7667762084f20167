//! The errors of the chain: what a codespace and code mean.
//!
//! A failed transaction carries a codespace, a code and a log for humans; a failed query carries
//! the gRPC status that belongs to the same error. Decide by codespace and code. The codespace
//! `undefined` stands for an error the chain lost the code of (1) or a panic (111222).
//!
//! ```
//! use akash_sdk::cosmos::wire::error::{self, GrpcCode};
//!
//! let mismatch = error::lookup("sdk", 32).expect("a known error");
//! assert_eq!(mismatch.message, "incorrect account sequence");
//! let unknown_lease = error::lookup("market", 7).expect("a known error");
//! assert_eq!(unknown_lease.grpc, GrpcCode::NotFound);
//! ```

mod table;

/// An error of a module of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChainCode {
    /// Module that defines the code.
    pub codespace: &'static str,
    /// Code, unique in the codespace and never 0.
    pub code: u32,
    /// Status of a query that fails with it.
    pub grpc: GrpcCode,
    /// The text the module registered; logs may say more.
    pub message: &'static str,
}

/// Every error of the chain's modules, and of the Cosmos SDK modules a market client meets.
pub fn all() -> impl Iterator<Item = &'static ChainCode> {
    table::ERRORS.iter()
}

/// The error with this codespace and code.
#[must_use]
pub fn lookup(codespace: &str, code: u32) -> Option<&'static ChainCode> {
    all().find(|error| error.code == code && error.codespace == codespace)
}

/// The status codes of gRPC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum GrpcCode {
    /// Success.
    Ok = 0,
    /// The call was cancelled.
    Cancelled = 1,
    /// No better code is known.
    Unknown = 2,
    /// The request is wrong whatever the state.
    InvalidArgument = 3,
    /// Too late.
    DeadlineExceeded = 4,
    /// There is no such thing.
    NotFound = 5,
    /// There is such a thing already.
    AlreadyExists = 6,
    /// The caller may not do this.
    PermissionDenied = 7,
    /// A quota is used up.
    ResourceExhausted = 8,
    /// The state does not allow it.
    FailedPrecondition = 9,
    /// A conflict; may succeed when tried again.
    Aborted = 10,
    /// Outside the valid range, such as a height that is pruned.
    OutOfRange = 11,
    /// The server does not have this method.
    Unimplemented = 12,
    /// A defect of the server.
    Internal = 13,
    /// Not now.
    Unavailable = 14,
    /// Data is lost.
    DataLoss = 15,
    /// The caller is not known.
    Unauthenticated = 16,
}

impl GrpcCode {
    /// The number on the wire.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The code with this number; numbers that gRPC does not define read as [`Unknown`](Self::Unknown).
    #[must_use]
    pub const fn from_number(number: u32) -> Self {
        match number {
            0 => Self::Ok,
            1 => Self::Cancelled,
            3 => Self::InvalidArgument,
            4 => Self::DeadlineExceeded,
            5 => Self::NotFound,
            6 => Self::AlreadyExists,
            7 => Self::PermissionDenied,
            8 => Self::ResourceExhausted,
            9 => Self::FailedPrecondition,
            10 => Self::Aborted,
            11 => Self::OutOfRange,
            12 => Self::Unimplemented,
            13 => Self::Internal,
            14 => Self::Unavailable,
            15 => Self::DataLoss,
            16 => Self::Unauthenticated,
            _ => Self::Unknown,
        }
    }
}
