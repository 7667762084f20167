use super::amino::{self, AminoError};
use super::{SignedTx, direct_sign_bytes, public_key_to_any};
use crate::cosmos::convert::Wire;
use crate::cosmos::wire::cosmos::tx::signing::v1beta1::SignMode;
use crate::cosmos::wire::cosmos::tx::v1beta1::{
    AuthInfo, Fee, ModeInfo, ModeInfoSingle, ModeInfoSum, SignerInfo, TxBody, TxRaw,
};
use crate::cosmos::wire::google::protobuf::Any;
use crate::cosmos::wire::{Choice, Enum, Timestamp};
use crate::signer::{PublicKey, SignBytes, Signer, SignerError};
use akash_market::address::Address;
use akash_sdl::num::Coin;
use prost::Message;

/// A transaction before it is signed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// What it does, in order.
    pub messages: Vec<Any>,
    /// A public note, at most 256 bytes on mainnet.
    pub memo: String,
    /// Last height at which it may be executed; 0 for none. Set one, so that a lost transaction can never land.
    pub timeout_height: u64,
    /// If set, the transaction uses no sequence and is valid until this block time, at most ten minutes ahead; the time
    /// must be distinct among the signer's transactions (node v2.1 or later).
    pub unordered_until: Option<Timestamp>,
    /// What is paid, whatever becomes of it. Any order; written sorted by denomination.
    pub fee: Vec<Coin>,
    /// Most gas it may use.
    pub gas_limit: u64,
    /// Who pays the fee instead of the first signer; signs too, as the last signer.
    pub payer: Option<Address>,
    /// Who has granted the payer to spend its coins on fees; does not sign.
    pub granter: Option<Address>,
}

/// A signer and the state of its account.
#[derive(Debug, Clone, Copy)]
pub struct SignAs<'a> {
    /// Who signs.
    pub signer: &'a dyn Signer,
    /// The chain's number of the account.
    pub account_number: u64,
    /// How many transactions the account has made. Not used in unordered transactions.
    pub sequence: u64,
}

impl<'a> SignAs<'a> {
    /// A signer with its account's number and sequence.
    #[must_use]
    pub const fn new(signer: &'a dyn Signer, account_number: u64, sequence: u64) -> Self {
        Self {
            signer,
            account_number,
            sequence,
        }
    }
}

/// Why a transaction was not signed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TxError {
    /// Nobody signs.
    #[error("a transaction needs at least one signer")]
    NoSigner,
    /// A signer did not sign.
    #[error("{address} did not sign: {source}")]
    Signer {
        /// Which one.
        address: Address,
        /// Why.
        source: SignerError,
    },
    /// A message has no amino JSON.
    #[error(transparent)]
    Amino(#[from] AminoError),
}

impl Draft {
    /// A transaction that does these things; everything else empty.
    #[must_use]
    pub fn new(messages: Vec<Any>) -> Self {
        Self {
            messages,
            ..Self::default()
        }
    }

    /// The body as it will be signed.
    #[must_use]
    pub fn body(&self) -> TxBody {
        TxBody {
            messages: self.messages.clone(),
            memo: self.memo.clone(),
            timeout_height: self.timeout_height,
            unordered: self.unordered_until.is_some(),
            timeout_timestamp: self.unordered_until,
            ..TxBody::default()
        }
    }

    fn wire_fee(&self) -> Fee {
        let mut amount: Vec<_> = self.fee.iter().map(Wire::to_wire).collect();
        amount.sort_by(|a, b| a.denom.cmp(&b.denom));
        let text = |address: &Option<Address>| {
            address
                .as_ref()
                .map_or_else(String::new, ToString::to_string)
        };
        Fee {
            amount,
            gas_limit: self.gas_limit,
            payer: text(&self.payer),
            granter: text(&self.granter),
        }
    }

    fn auth_info(&self, mode: SignMode, signers: &[(PublicKey, u64)]) -> AuthInfo {
        let ordered = self.unordered_until.is_none();
        AuthInfo {
            signer_infos: signers
                .iter()
                .map(|(key, sequence)| SignerInfo {
                    public_key: Some(public_key_to_any(key)),
                    mode_info: Some(ModeInfo {
                        sum: Choice(Some(ModeInfoSum::Single(ModeInfoSingle {
                            mode: Enum::from(mode),
                        }))),
                    }),
                    sequence: if ordered { *sequence } else { 0 },
                })
                .collect(),
            fee: Some(self.wire_fee()),
            tip: None,
        }
    }

    /// The bytes to simulate: with an empty signature per signer. Each signer is a key and its account's sequence.
    #[must_use]
    pub fn simulation(&self, signers: &[(PublicKey, u64)]) -> Vec<u8> {
        TxRaw {
            body_bytes: self.body().encode_to_vec(),
            auth_info_bytes: self.auth_info(SignMode::Direct, signers).encode_to_vec(),
            signatures: signers.iter().map(|_| Vec::new()).collect(),
        }
        .encode_to_vec()
    }

    /// Signs in mode DIRECT. The signers must stand in the order in which they first appear over the messages, the fee
    /// payer last if it is none of them: [`signers`](super::signers) says which.
    ///
    /// # Errors
    /// If there is no signer or one does not sign.
    pub async fn sign_direct(
        &self,
        chain_id: &str,
        signers: &[SignAs<'_>],
    ) -> Result<SignedTx, TxError> {
        let body_bytes = self.body().encode_to_vec();
        let auth_info_bytes = self
            .auth_info(SignMode::Direct, &keys(signers)?)
            .encode_to_vec();
        let mut signatures = Vec::with_capacity(signers.len());
        for one in signers {
            let bytes =
                direct_sign_bytes(&body_bytes, &auth_info_bytes, chain_id, one.account_number);
            signatures.push(sign(one, SignBytes::Direct(&bytes)).await?);
        }
        Ok(assemble(body_bytes, auth_info_bytes, signatures))
    }

    /// Signs in mode `LEGACY_AMINO_JSON`, which some hardware and browser wallets need. Order of signers as in
    /// [`sign_direct`](Self::sign_direct).
    ///
    /// # Errors
    /// If there is no signer, one does not sign, or a message has no such form.
    pub async fn sign_amino(
        &self,
        chain_id: &str,
        signers: &[SignAs<'_>],
    ) -> Result<SignedTx, TxError> {
        let body = self.body();
        let fee = self.wire_fee();
        let auth_info_bytes = self
            .auth_info(SignMode::LegacyAminoJson, &keys(signers)?)
            .encode_to_vec();
        let mut signatures = Vec::with_capacity(signers.len());
        for one in signers {
            let sequence = if body.unordered { 0 } else { one.sequence };
            let bytes = amino::sign_bytes(&body, &fee, chain_id, one.account_number, sequence)?;
            signatures.push(sign(one, SignBytes::AminoJson(&bytes)).await?);
        }
        Ok(assemble(body.encode_to_vec(), auth_info_bytes, signatures))
    }
}

fn keys(signers: &[SignAs<'_>]) -> Result<Vec<(PublicKey, u64)>, TxError> {
    if signers.is_empty() {
        return Err(TxError::NoSigner);
    }
    Ok(signers
        .iter()
        .map(|one| (one.signer.public_key(), one.sequence))
        .collect())
}

async fn sign(one: &SignAs<'_>, bytes: SignBytes<'_>) -> Result<Vec<u8>, TxError> {
    match one.signer.sign(bytes).await {
        Ok(signature) => Ok(signature.0.to_vec()),
        Err(source) => Err(TxError::Signer {
            address: one.signer.address().clone(),
            source,
        }),
    }
}

fn assemble(body_bytes: Vec<u8>, auth_info_bytes: Vec<u8>, signatures: Vec<Vec<u8>>) -> SignedTx {
    let raw = TxRaw {
        body_bytes,
        auth_info_bytes,
        signatures,
    };
    SignedTx::from_bytes(raw.encode_to_vec())
}
