//! Signing: from messages and keys to bytes, signatures and hash.

use super::super::field::{Fields, expected};
use super::super::{Case, Failure, Work, hex};
use akash_sdk::cosmos::json::{from_json, to_json};
use akash_sdk::cosmos::tx::{Decoded, Draft, SignAs, SignedTx};
use akash_sdk::cosmos::wire::cosmos::tx::v1beta1::TxBody;
use akash_sdk::cosmos::wire::google::protobuf::Any;
use akash_sdk::signer::{AKASH_PREFIX, LocalSigner, Signer as _};
use futures_util::FutureExt as _;
use prost::Message as _;
use serde_json::{Value, json};
use std::hint::black_box;

const RESULTS: [&str; 9] = [
    "body_hex",
    "auth_info_hex",
    "sign_bytes_hex",
    "sign_bytes_text",
    "signatures_hex",
    "tx_raw_hex",
    "tx_hash",
    "tx_json",
    "simulate_tx_hex",
];

pub(super) fn case(case: &Value) -> Case {
    let expected = expected(case, &RESULTS);
    Case::of(case.at("name").clone(), expected, Signing::read(case))
}

struct Signing {
    draft: Draft,
    chain_id: String,
    is_amino: bool,
    accounts: Vec<Account>,
}

struct Account {
    key: LocalSigner,
    number: u64,
    sequence: u64,
}

impl Signing {
    fn read(case: &Value) -> Result<Self, Failure> {
        let account = |account: &Value| -> Result<Account, Failure> {
            let secret = hex::bytes(account.text("private_key_hex")?)?;
            Ok(Account {
                key: LocalSigner::from_secret_bytes(&secret, AKASH_PREFIX)?,
                number: account.read("account_number")?,
                sequence: account.read("sequence")?,
            })
        };
        let accounts = case.list("signers").iter().map(account);
        Ok(Self {
            draft: draft(case)?,
            chain_id: case.text("chain_id")?.to_owned(),
            is_amino: match case.text("sign_mode")? {
                "SIGN_MODE_LEGACY_AMINO_JSON" => true,
                "SIGN_MODE_DIRECT" => false,
                other => return Err(format!("there is no sign mode `{other}`").into()),
            },
            accounts: accounts.collect::<Result<_, _>>()?,
        })
    }

    fn sign(&self) -> Result<SignedTx, Failure> {
        let slots: Vec<_> = self
            .accounts
            .iter()
            .map(|account| SignAs::new(&account.key, account.number, account.sequence))
            .collect();
        let signed = if self.is_amino {
            self.draft.sign_amino(&self.chain_id, &slots).now_or_never()
        } else {
            self.draft
                .sign_direct(&self.chain_id, &slots)
                .now_or_never()
        };
        Ok(signed.ok_or("a key in memory must sign at once")??)
    }
}

fn draft(case: &Value) -> Result<Draft, Failure> {
    let urls: Vec<String> = case.read("msg_type_urls")?;
    let bytes: Vec<String> = case.read("msg_hex")?;
    let messages = urls.into_iter().zip(&bytes).map(|(type_url, bytes)| {
        let value = hex::bytes(bytes)?;
        Ok(Any { type_url, value })
    });
    let mut draft = Draft::new(messages.collect::<Result<_, Failure>>()?);
    draft.memo = case.text("memo")?.to_owned();
    draft.timeout_height = case.read("timeout_height")?;
    draft.gas_limit = case.read("gas_limit")?;
    for coin in case.read::<Vec<String>>("fee")? {
        draft.fee.push(coin.parse()?);
    }
    draft.payer = case.some_text("fee_payer").map(str::parse).transpose()?;
    draft.granter = case.some_text("fee_granter").map(str::parse).transpose()?;
    if case.at("unordered") == true {
        // The time as the chain's JSON has it.
        let time = json!({"timeout_timestamp": case.at("timeout_timestamp")});
        let body = from_json("cosmos.tx.v1beta1.TxBody", &time)?;
        draft.unordered_until = TxBody::decode(body.as_slice())?.timeout_timestamp;
    }
    Ok(draft)
}

impl Work for Signing {
    fn output(&self) -> Result<Value, Failure> {
        let signed = self.sign()?;
        let decoded = Decoded::from_bytes(signed.bytes())?;
        let documents = self
            .accounts
            .iter()
            .enumerate()
            .map(|(index, account)| decoded.sign_bytes(index, &self.chain_id, account.number));
        let documents = documents.collect::<Result<Vec<_>, _>>()?;
        let all = |parts: &[Vec<u8>]| parts.iter().map(|part| hex::text(part)).collect::<Value>();
        let mut told = json!({
            "body_hex": hex::text(&decoded.body_bytes),
            "auth_info_hex": hex::text(&decoded.auth_info_bytes),
            "sign_bytes_hex": all(&documents),
            "signatures_hex": all(&decoded.signatures),
            "tx_raw_hex": hex::text(signed.bytes()),
            "tx_hash": signed.hash().to_string(),
            "tx_json": to_json("cosmos.tx.v1beta1.Tx", signed.bytes())?,
        });
        let (name, value) = if self.is_amino {
            let texts: Value = documents
                .iter()
                .map(|text| String::from_utf8_lossy(text))
                .collect();
            ("sign_bytes_text", texts)
        } else {
            let keys: Vec<_> = self
                .accounts
                .iter()
                .map(|account| (account.key.public_key(), account.sequence))
                .collect();
            (
                "simulate_tx_hex",
                hex::text(&self.draft.simulation(&keys)).into(),
            )
        };
        if let Some(told) = told.as_object_mut() {
            told.insert(name.to_owned(), value);
        }
        Ok(told)
    }

    fn exercise(&self) -> Result<usize, Failure> {
        black_box(self.sign()?);
        Ok(1)
    }
}
