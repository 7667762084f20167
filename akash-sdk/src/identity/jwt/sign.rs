use super::claims::Claims;
use super::schema::{self, SchemaError};
use crate::signer::{SignBytes, Signer, SignerError};
use akash_market::address::Address;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::Value;
use std::fmt;
use zeroize::Zeroizing;

/// What is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// Header and payload themselves: for programs that hold the key.
    Es256k,
    /// An ADR-36 document around them: for browser wallets.
    Es256kAdr36,
}

impl Algorithm {
    /// As it stands in a token's header.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Es256k => "ES256K",
            Self::Es256kAdr36 => "ES256KADR36",
        }
    }
}

/// A signed token. Whoever holds it may use it, so `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(Zeroizing<String>);

impl Token {
    /// The token: header, payload and signature with points between.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value of the header `Authorization`.
    #[must_use]
    pub fn bearer(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("Bearer {}", self.as_str()))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Why no token was made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TokenSignError {
    /// The claims break the published schema.
    #[error(transparent)]
    Schema(#[from] SchemaError),
    /// The signer belongs to another account.
    #[error("the claims are {issuer}'s, but the signer is {signer}")]
    Issuer {
        /// Who the claims name.
        issuer: String,
        /// Who would sign.
        signer: Address,
    },
    /// The claims break a gateway's rule that the schema does not know: a provider listed twice.
    #[error(transparent)]
    Claims(#[from] super::ClaimError),
    /// The signer did not sign.
    #[error(transparent)]
    Signer(#[from] SignerError),
}

impl Claims {
    /// Makes the token. The claims must satisfy the published schema and a gateway's rules.
    ///
    /// # Errors
    /// If they do not, if the signer is another account, or does not sign.
    pub async fn sign(
        &self,
        signer: &dyn Signer,
        algorithm: Algorithm,
    ) -> Result<Token, TokenSignError> {
        schema::check(&self.to_value())?;
        if signer.address().as_str() != self.issuer {
            return Err(TokenSignError::Issuer {
                issuer: self.issuer.clone(),
                signer: signer.address().clone(),
            });
        }
        if let super::Access::Granular(permissions) = &self.access {
            let mut seen = std::collections::BTreeSet::new();
            if let Some(twice) = permissions.iter().find(|one| !seen.insert(&one.provider)) {
                return Err(super::ClaimError::Duplicate {
                    name: twice.provider.to_string(),
                }
                .into());
            }
        }
        let header = format!("{{\"alg\":\"{}\",\"typ\":\"JWT\"}}", algorithm.as_str());
        let mut token = Zeroizing::new(format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(header),
            URL_SAFE_NO_PAD.encode(self.to_json())
        ));
        let signature = match algorithm {
            Algorithm::Es256k => signer.sign(SignBytes::Raw(token.as_bytes())).await?,
            Algorithm::Es256kAdr36 => {
                let document = adr36_sign_bytes(signer.address(), token.as_bytes());
                signer.sign(SignBytes::Adr36(&document)).await?
            }
        };
        let signature = URL_SAFE_NO_PAD.encode(signature.0);
        token.reserve_exact(signature.len().saturating_add(1));
        token.push('.');
        token.push_str(&signature);
        Ok(Token(token))
    }
}

/// The document of ADR-36 that a wallet signs in place of arbitrary data.
#[must_use]
pub fn adr36_sign_bytes(signer: &Address, data: &[u8]) -> Vec<u8> {
    format!(
        "{{\"account_number\":\"0\",\"chain_id\":\"\",\"fee\":{{\"amount\":[],\"gas\":\"0\"}},\"memo\":\"\",\
         \"msgs\":[{{\"type\":\"sign/MsgSignData\",\"value\":{{\"data\":\"{}\",\"signer\":{}}}}}],\"sequence\":\"0\"}}",
        STANDARD.encode(data),
        Value::from(&*signer.as_str()),
    )
    .into_bytes()
}
