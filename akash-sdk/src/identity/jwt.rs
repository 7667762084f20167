//! Tokens for provider gateways (AEP-64): made with the account's key, good for minutes.
//!
//! Ask for the smallest access that does the job, for a short time, just before use:
//!
//! ```
//! use akash_sdk::identity::jwt::{Access, Algorithm, Claims, Scope, verify};
//! use akash_sdk::signer::{LocalSigner, Signer};
//!
//! # futures_util::FutureExt::now_or_never(async {
//! let signer = LocalSigner::from_secret_bytes(&[7; 32], "akash")?;
//! let now = 1_750_000_000;
//! let claims = Claims::new(signer.address(), now, 300, Access::Scoped(vec![Scope::Logs]));
//! let token = claims.sign(&signer, Algorithm::Es256k).await?;
//!
//! let read = verify(token.as_str(), now + 299, |_| Some(signer.public_key()))?;
//! assert_eq!(read, claims);
//! assert!(verify(token.as_str(), now + 300, |_| Some(signer.public_key())).is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # }).expect("a local signer does not wait")?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod access;
mod claims;
mod read;
mod rule;
mod schema;
mod sign;
mod tree;
mod verify;

pub use access::{Access, DeploymentPermission, Permission, ProviderAccess, Scope};
pub use claims::Claims;
pub use rule::ClaimError;
pub use schema::{SchemaError, check as check_schema};
pub use sign::{Algorithm, Token, TokenSignError, adr36_sign_bytes};
pub use verify::{Fault, TokenError, verify};
