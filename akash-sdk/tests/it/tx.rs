//! Transactions against the reference: bytes, signatures, hashes, fees.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use akash_sdk::cosmos::tx::{Decoded, Draft, GasPrices, SignAs, SignatureError, TxHash, signers};
use akash_sdk::cosmos::wire::Timestamp;
use akash_sdk::cosmos::wire::google::protobuf::Any;
use akash_sdk::signer::{AKASH_PREFIX, LocalSigner, Signer, VerifyError};
use akash_sdl::num::Coin;
use futures_util::FutureExt;
use serde_json::Value;

use crate::golden::{hex, json, json_files, unhex};

const AMINO: &str = "SIGN_MODE_LEGACY_AMINO_JSON";

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn messages(urls: &Value, bytes: &Value) -> Vec<Any> {
    urls.as_array()
        .unwrap()
        .iter()
        .zip(bytes.as_array().unwrap())
        .map(|(url, bytes)| Any {
            type_url: url.as_str().unwrap().to_owned(),
            value: unhex(bytes.as_str().unwrap()),
        })
        .collect()
}

fn signer(secret: &str) -> LocalSigner {
    LocalSigner::from_secret_bytes(&unhex(secret), AKASH_PREFIX).unwrap()
}

fn draft(case: &Value) -> Draft {
    let mut draft = Draft::new(messages(&case["msg_type_urls"], &case["msg_hex"]));
    draft.memo = text(case, "memo").to_owned();
    draft.timeout_height = case["timeout_height"].as_u64().unwrap();
    draft.gas_limit = case["gas_limit"].as_u64().unwrap();
    // Any order will do: the draft sorts.
    for coin in case["fee"].as_array().unwrap().iter().rev() {
        draft
            .fee
            .push(coin.as_str().unwrap().parse::<Coin>().unwrap());
    }
    let address = |key: &str| {
        Some(text(case, key))
            .filter(|t| !t.is_empty())
            .map(|t| t.parse().unwrap())
    };
    draft.payer = address("fee_payer");
    draft.granter = address("fee_granter");
    if case["unordered"] == true {
        assert_eq!(
            text(case, "timeout_timestamp"),
            "2026-07-01T12:00:00.123456789Z"
        );
        draft.unordered_until = Some(Timestamp {
            seconds: 1_782_907_200,
            nanos: 123_456_789,
        });
    }
    draft
}

#[test]
fn transactions_are_the_references_byte_for_byte() {
    let file = json("tx/transactions.json");
    let cases = file["transactions"].as_array().unwrap();
    let (mut direct, mut amino) = (0, 0);
    for case in cases {
        let name = text(case, "name");
        let draft = draft(case);
        let accounts = case["signers"].as_array().unwrap();
        let keys: Vec<LocalSigner> = accounts
            .iter()
            .map(|account| signer(text(account, "private_key_hex")))
            .collect();
        let slots: Vec<SignAs<'_>> = keys
            .iter()
            .zip(accounts)
            .map(|(key, account)| {
                SignAs::new(
                    key,
                    account["account_number"].as_u64().unwrap(),
                    account["sequence"].as_u64().unwrap(),
                )
            })
            .collect();
        let chain_id = text(case, "chain_id");
        let signed = if text(case, "sign_mode") == AMINO {
            amino += 1;
            draft.sign_amino(chain_id, &slots).now_or_never()
        } else {
            direct += 1;
            let sequences: Vec<_> = slots
                .iter()
                .map(|slot| (slot.signer.public_key(), slot.sequence))
                .collect();
            assert_eq!(
                hex(&draft.simulation(&sequences)),
                text(case, "simulate_tx_hex"),
                "{name}"
            );
            draft.sign_direct(chain_id, &slots).now_or_never()
        };
        let signed = signed.unwrap().unwrap();

        let decoded = Decoded::from_bytes(signed.bytes()).unwrap();
        assert_eq!(hex(&decoded.body_bytes), text(case, "body_hex"), "{name}");
        assert_eq!(
            hex(&decoded.auth_info_bytes),
            text(case, "auth_info_hex"),
            "{name}"
        );
        for (index, slot) in slots.iter().enumerate() {
            let bytes = decoded
                .sign_bytes(index, chain_id, slot.account_number)
                .unwrap();
            if text(case, "sign_mode") == AMINO {
                let expected = case["sign_bytes_text"][index].as_str().unwrap();
                assert_eq!(String::from_utf8_lossy(&bytes), expected, "{name}");
            }
            assert_eq!(
                hex(&bytes),
                case["sign_bytes_hex"][index].as_str().unwrap(),
                "{name}"
            );
            assert_eq!(
                hex(&decoded.signatures[index]),
                case["signatures_hex"][index].as_str().unwrap(),
                "{name}"
            );
            let key = decoded.public_key(index).unwrap();
            assert_eq!(key, slot.signer.public_key());
            decoded
                .verify(index, chain_id, slot.account_number, &key)
                .unwrap();
            let other_account = slot.account_number.wrapping_add(1);
            assert_eq!(
                decoded.verify(index, chain_id, other_account, &key),
                Err(SignatureError::Verify(VerifyError::Mismatch))
            );
        }
        assert_eq!(hex(signed.bytes()), text(case, "tx_raw_hex"), "{name}");
        assert_eq!(signed.hash().to_string(), text(case, "tx_hash"), "{name}");
        assert_eq!(decoded.hash, signed.hash());

        if text(case, "validate_basic") == "ok" && !name.starts_with("generated") {
            let required = signers(&draft.body(), draft.payer.as_ref()).unwrap();
            let given: Vec<_> = keys.iter().map(|key| key.address().clone()).collect();
            assert_eq!(required, given, "{name}");
        }
    }
    assert_eq!((direct, amino), (105, 45));
}

#[test]
fn transactions_of_the_recorded_network_are_made_again() {
    let accounts = json("chain/accounts.json");
    let mut made = 0;
    for (name, case) in json_files("chain/tx") {
        let account = accounts
            .as_array()
            .unwrap()
            .iter()
            .find(|account| account["address"] == case["signer"]["address"])
            .unwrap();
        let key = signer(text(account, "privkey_hex"));
        let mut draft = Draft::new(
            case["messages_bin"]
                .as_array()
                .unwrap()
                .iter()
                .map(|message| Any {
                    type_url: text(message, "type_url").to_owned(),
                    value: unhex(text(message, "value_hex")),
                })
                .collect(),
        );
        let number = |value: &Value| match value {
            Value::String(text) => text.parse::<u64>().unwrap(),
            value => value.as_u64().unwrap_or_default(),
        };
        draft.memo = text(&case, "memo").to_owned();
        draft.timeout_height = number(&case["timeout_height"]);
        let fee = &case["fee"];
        draft.gas_limit = number(&fee["gas_limit"]);
        let amount = number(&fee["amount"]);
        if amount > 0 {
            draft
                .fee
                .push(format!("{amount}{}", text(fee, "denom")).parse().unwrap());
        }
        draft.granter = Some(text(fee, "granter"))
            .filter(|t| !t.is_empty())
            .map(|t| t.parse().unwrap());
        let slot = [SignAs::new(
            &key,
            number(&case["signer"]["account_number"]),
            number(&case["signer"]["sequence"]),
        )];
        let chain_id = text(&case, "chain_id");
        let signed = if text(&case, "sign_mode") == AMINO {
            draft.sign_amino(chain_id, &slot).now_or_never()
        } else {
            draft.sign_direct(chain_id, &slot).now_or_never()
        }
        .unwrap()
        .unwrap();
        let decoded = Decoded::from_bytes(signed.bytes()).unwrap();
        assert_eq!(
            hex(&decoded.body_bytes),
            text(&case, "body_bytes_hex"),
            "{name}"
        );
        assert_eq!(
            hex(&decoded.auth_info_bytes),
            text(&case, "auth_info_bytes_hex"),
            "{name}"
        );
        let bytes = decoded
            .sign_bytes(0, chain_id, slot[0].account_number)
            .unwrap();
        assert_eq!(hex(&bytes), text(&case, "sign_bytes_hex"), "{name}");
        let recorded = Decoded::from_bytes(&unhex(text(&case, "tx_raw_hex"))).unwrap();
        let verdict = recorded.verify(0, chain_id, slot[0].account_number, &key.public_key());
        if name == "006-ante-corrupt-signature.json" {
            assert!(verdict.is_err());
        } else {
            verdict.unwrap();
            assert_eq!(hex(signed.bytes()), text(&case, "tx_raw_hex"), "{name}");
            assert_eq!(signed.hash().to_string(), text(&case, "tx_hash"), "{name}");
        }
        made += 1;
    }
    assert_eq!(made, 155);
}

#[test]
fn fees_are_the_references() {
    let file = json("tx/fees.json");
    let cases = file["vectors"].as_array().unwrap();
    assert!(!cases.is_empty());
    for case in cases {
        let prices = text(case, "gas_prices").parse::<GasPrices>();
        if let Some(accepted) = case["accepted"].as_bool() {
            assert_eq!(prices.is_ok(), accepted, "{case}");
            if let Ok(prices) = prices {
                assert_eq!(prices.to_string(), text(case, "parsed"));
            }
            continue;
        }
        let fees = prices.unwrap().fee(case["gas"].as_u64().unwrap()).unwrap();
        let fees: Vec<String> = fees.iter().map(ToString::to_string).collect();
        assert_eq!(serde_json::json!(fees), case["fees"], "{case}");
    }
}

#[test]
fn bytes_that_are_no_transaction_are_refused() {
    for bytes in [&[0x0a][..], &[0x0a, 5, 1], &[0x0a, 1, 0xff], b"text"] {
        assert!(Decoded::from_bytes(bytes).is_err(), "{bytes:?}");
    }
    let empty = Decoded::from_bytes(&[]).unwrap();
    assert_eq!(empty.hash, TxHash::of(&[]));
    assert!(matches!(
        empty.public_key(0),
        Err(SignatureError::Missing { index: 0 })
    ));
}
