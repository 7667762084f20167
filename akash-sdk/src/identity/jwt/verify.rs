use super::ClaimError;
use super::claims::Claims;
use super::read::{self, RawClaims};
use super::rule;
use super::sign::adr36_sign_bytes;
use crate::cosmos::address::{ACCOUNT, parse};
use crate::signer::{PublicKey, Signature, verify as verify_signature};
use akash_market::address::Address;
use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use std::collections::BTreeMap;

/// Why a gateway refuses a token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TokenError {
    /// It can't be read.
    #[error("the token is malformed: {reason}")]
    Malformed {
        /// What is wrong.
        reason: String,
    },
    /// It can't be said by whose key or in which way it is signed.
    #[error("the token can't be verified: {reason}")]
    Unverifiable {
        /// What is wrong.
        reason: String,
    },
    /// The signature is not the issuer's, or its algorithm is not accepted.
    #[error("the token's signature is invalid: {reason}")]
    Signature {
        /// What is wrong.
        reason: String,
    },
    /// It is signed, but not valid now or not well made.
    #[error("the token has invalid claims: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))]
    Claims(Vec<Fault>),
}

/// What is wrong with a token's claims.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The time of expiry has come.
    #[error("the token is expired")]
    Expired,
    /// The time from which it is valid has not come.
    #[error("the token is not valid yet")]
    NotValidYet,
    /// A rule is broken.
    #[error(transparent)]
    Rule(#[from] ClaimError),
}

impl TokenError {
    /// The status with which a gateway answers: 400 for claims (expiry included), else 401.
    #[must_use]
    pub const fn http_status(&self) -> u16 {
        match self {
            Self::Claims(_) => 400,
            _ => 401,
        }
    }

    /// The text with which a gateway answers.
    #[must_use]
    pub const fn gateway_message(&self) -> &'static str {
        match self {
            Self::Claims(_) => "JWT has invalid claims",
            _ => "JWT is invalid",
        }
    }
}

/// Lenient as the reference's reader: leftover bits of the last character do not matter.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireNone),
);

/// Algorithms that the reference knows and does not accept here.
const REFUSED: [&str; 14] = [
    "none", "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512",
    "PS256", "PS384", "PS512", "EdDSA",
];

fn segment(text: &str, what: &str) -> Result<Vec<u8>, TokenError> {
    // The reference's decoder passes over line ends.
    let text: String = text.chars().filter(|c| !matches!(c, '\r' | '\n')).collect();
    BASE64
        .decode(text)
        .map_err(|error| malformed(format!("the {what} is not base64url: {error}")))
}

const fn malformed(reason: String) -> TokenError {
    TokenError::Malformed { reason }
}

/// Verifies a token as a provider's gateway does, at the time `now` in Unix seconds.
///
/// `key` gives the public key of an account as the chain knows it; an account that has never signed has none, and its
/// tokens can't be verified.
///
/// # Errors
/// Why it is refused: see [`TokenError`].
pub fn verify(
    token: &str,
    now: i64,
    key: impl FnOnce(&Address) -> Option<PublicKey>,
) -> Result<Claims, TokenError> {
    let parts: Vec<&str> = token.split('.').collect();
    let [header, payload, signature] = parts.as_slice() else {
        return Err(malformed(
            "it must have three parts with points between".to_owned(),
        ));
    };
    let algorithm = algorithm(&segment(header, "header")?);
    let claims = read::claims(&segment(payload, "payload")?).map_err(malformed);
    // The header's form comes first, the algorithm it names after the payload.
    let (algorithm, claims) = match algorithm {
        Err(error @ TokenError::Malformed { .. }) => return Err(error),
        algorithm => (algorithm, claims?),
    };
    let wraps = algorithm?;
    let signature = segment(signature, "signature")?;
    let issuer = parse(ACCOUNT, &claims.issuer).map_err(|error| TokenError::Unverifiable {
        reason: error.to_string(),
    })?;
    let key = key(&issuer).ok_or_else(|| TokenError::Unverifiable {
        reason: format!("the public key of {issuer} is not known"),
    })?;
    check_signature(&format!("{header}.{payload}"), &signature, &key, wraps)?;
    check_claims(claims, now).map_err(TokenError::Claims)
}

/// Whether the signed bytes are wrapped in an ADR-36 document.
fn algorithm(header: &[u8]) -> Result<bool, TokenError> {
    let header: Option<BTreeMap<String, serde_json::Value>> =
        serde_json::from_str(&String::from_utf8_lossy(header))
            .map_err(|error| malformed(format!("the header is not a JSON object: {error}")))?;
    let name = header.as_ref().and_then(|map| map.get("alg")?.as_str());
    match name {
        Some("ES256K") => Ok(false),
        Some("ES256KADR36") => Ok(true),
        Some(name) if REFUSED.contains(&name) => Err(TokenError::Signature {
            reason: format!("the algorithm {name} is not accepted; ES256K or ES256KADR36 is"),
        }),
        Some(name) => Err(TokenError::Unverifiable {
            reason: format!("the algorithm {name:?} is unknown"),
        }),
        None => Err(TokenError::Unverifiable {
            reason: "the header names no algorithm".to_owned(),
        }),
    }
}

fn check_signature(
    signed: &str,
    signature: &[u8],
    key: &PublicKey,
    wraps: bool,
) -> Result<(), TokenError> {
    let refused = |reason: String| TokenError::Signature { reason };
    let signature: [u8; 64] = signature
        .try_into()
        .map_err(|_| refused(format!("it has {} bytes, not 64", signature.len())))?;
    let result = if wraps {
        let signer = key
            .address(ACCOUNT)
            .map_err(|error| refused(error.to_string()))?;
        let document = adr36_sign_bytes(&signer, signed.as_bytes());
        verify_signature(key, &document, &Signature(signature))
    } else {
        verify_signature(key, signed.as_bytes(), &Signature(signature))
    };
    result.map_err(|error| refused(error.to_string()))
}

/// All faults at once, as the reference reports them.
fn check_claims(raw: RawClaims, now: i64) -> Result<Claims, Vec<Fault>> {
    let mut faults = Vec::new();
    if raw.expires_at.is_some_and(|at| now >= at) {
        faults.push(Fault::Expired);
    }
    if raw.not_before.is_some_and(|at| now < at) {
        faults.push(Fault::NotValidYet);
    }
    match rule::check(raw) {
        Ok(claims) if faults.is_empty() => Ok(claims),
        Ok(_) => Err(faults),
        Err(error) => {
            faults.push(Fault::Rule(error));
            Err(faults)
        }
    }
}
