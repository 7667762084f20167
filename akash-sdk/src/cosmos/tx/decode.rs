use super::amino::{self, AminoError};
use super::{TxHash, direct_sign_bytes, public_key_from_any};
use crate::cosmos::wire::cosmos::tx::signing::v1beta1::SignMode;
use crate::cosmos::wire::cosmos::tx::v1beta1::{
    AuthInfo, Fee, ModeInfoSum, SignerInfo, TxBody, TxRaw,
};
use crate::signer::{KeyError, PublicKey, Signature, VerifyError, verify};
use prost::{DecodeError, Message};

/// A transaction that was read from bytes, with the parts as they were signed.
///
/// Reading is lenient: it skips unknown fields. What a node refuses besides is told by
/// [`check_tx`](crate::cosmos::wire::strict::check_tx).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// What it does.
    pub body: TxBody,
    /// Who signs, and the fee.
    pub auth_info: AuthInfo,
    /// One per signer.
    pub signatures: Vec<Vec<u8>>,
    /// The body's bytes, which are what was signed.
    pub body_bytes: Vec<u8>,
    /// The signers' and fee's bytes, which are what was signed.
    pub auth_info_bytes: Vec<u8>,
    /// Its name.
    pub hash: TxHash,
}

/// Why a signature of a transaction is not accepted.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SignatureError {
    /// There is no such signer or it has no signature.
    #[error("the transaction has no signer with a signature at place {index}")]
    Missing {
        /// Place, from 0.
        index: usize,
    },
    /// The key is not carried, or not of a kind that is known here.
    #[error("the signer's public key can't be used: {0}")]
    Key(KeyError),
    /// The mode is neither DIRECT nor `LEGACY_AMINO_JSON` of one signer.
    #[error("the signature's mode is not DIRECT or LEGACY_AMINO_JSON of a single key")]
    Mode,
    /// A message has no amino JSON.
    #[error(transparent)]
    Amino(#[from] AminoError),
    /// It is not 64 bytes, or not by this key over these bytes: wrong chain id, account number, sequence, or tampered.
    #[error(transparent)]
    Verify(#[from] VerifyError),
}

impl Decoded {
    /// Reads a transaction.
    ///
    /// # Errors
    /// If the bytes are no transaction.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let raw = TxRaw::decode(bytes)?;
        Ok(Self {
            body: TxBody::decode(raw.body_bytes.as_slice())?,
            auth_info: AuthInfo::decode(raw.auth_info_bytes.as_slice())?,
            signatures: raw.signatures,
            body_bytes: raw.body_bytes,
            auth_info_bytes: raw.auth_info_bytes,
            hash: TxHash::of(bytes),
        })
    }

    /// The fee; empty if the transaction carries none.
    #[must_use]
    pub fn fee(&self) -> Fee {
        self.auth_info.fee.clone().unwrap_or_default()
    }

    /// The public key of the signer at this place, if the transaction carries it.
    ///
    /// # Errors
    /// If there is no such signer, or its key is missing or of another kind.
    pub fn public_key(&self, index: usize) -> Result<PublicKey, SignatureError> {
        let any = self
            .signer(index)?
            .public_key
            .as_ref()
            .ok_or(SignatureError::Key(KeyError::PublicKey))?;
        public_key_from_any(any).map_err(SignatureError::Key)
    }

    /// How the signer at this place signs.
    ///
    /// # Errors
    /// If there is no such signer, or the mode is not one of a single key.
    pub fn mode(&self, index: usize) -> Result<SignMode, SignatureError> {
        let mode = &self.signer(index)?.mode_info;
        match mode.as_ref().and_then(|mode| mode.sum.0.as_ref()) {
            Some(ModeInfoSum::Single(single)) => single.mode.known().ok_or(SignatureError::Mode),
            _ => Err(SignatureError::Mode),
        }
    }

    fn signer(&self, index: usize) -> Result<&SignerInfo, SignatureError> {
        self.auth_info
            .signer_infos
            .get(index)
            .ok_or(SignatureError::Missing { index })
    }

    /// What the signer at this place signed, according to its mode and the sequence it names.
    ///
    /// # Errors
    /// If there is no such signer, or its mode is not one of those known here.
    pub fn sign_bytes(
        &self,
        index: usize,
        chain_id: &str,
        account_number: u64,
    ) -> Result<Vec<u8>, SignatureError> {
        match self.mode(index)? {
            SignMode::Direct => Ok(direct_sign_bytes(
                &self.body_bytes,
                &self.auth_info_bytes,
                chain_id,
                account_number,
            )),
            SignMode::LegacyAminoJson => Ok(amino::sign_bytes(
                &self.body,
                &self.fee(),
                chain_id,
                account_number,
                self.signer(index)?.sequence,
            )?),
            _ => Err(SignatureError::Mode),
        }
    }

    /// Checks the signature at this place against the key of the account (the transaction's own, or the one the chain
    /// knows), as the chain does.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn verify(
        &self,
        index: usize,
        chain_id: &str,
        account_number: u64,
        key: &PublicKey,
    ) -> Result<(), SignatureError> {
        let bytes = self.sign_bytes(index, chain_id, account_number)?;
        let signature = self
            .signatures
            .get(index)
            .ok_or(SignatureError::Missing { index })?;
        let signature = signature
            .as_slice()
            .try_into()
            .map_err(|_| VerifyError::Malformed)?;
        Ok(verify(key, &bytes, &Signature(signature))?)
    }
}
