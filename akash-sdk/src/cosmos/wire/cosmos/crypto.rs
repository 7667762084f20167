//! Packages `cosmos.crypto.*`.

pub mod ed25519;
pub mod multisig;
pub mod secp256k1;
