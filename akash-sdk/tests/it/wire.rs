//! Bytes of the chain's messages against the reference's.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use akash_sdk::cosmos::wire;
use prost::Message;

use crate::golden::{hex, json, json_files, unhex};

mod hostile;
mod service;

/// `(file, type, case, hex, json, note)` of every wire vector.
pub(crate) fn vectors() -> Vec<(String, String, Vec<u8>, serde_json::Value, String)> {
    let mut all = Vec::new();
    for (file, content) in json_files("wire") {
        if file == "decode.json" {
            continue;
        }
        for vector in content["vectors"].as_array().unwrap() {
            all.push((
                vector["type"].as_str().unwrap().to_owned(),
                vector["case"].as_str().unwrap().to_owned(),
                unhex(vector["hex"].as_str().unwrap()),
                vector["json"].clone(),
                vector["note"].as_str().unwrap_or_default().to_owned(),
            ));
        }
    }
    all
}

fn typed(name: &str) -> wire::Typed {
    wire::descriptor(name)
        .unwrap_or_else(|| panic!("no type {name}"))
        .typed
}

#[test]
fn every_vector_reencodes_to_the_same_bytes() {
    let vectors = vectors();
    assert_eq!(vectors.len(), 1498);
    let mut wrong = Vec::new();
    for (name, case, bytes, _, note) in &vectors {
        let typed = typed(name);
        match (typed.recode)(bytes) {
            // Map entries have no order.
            Ok(again)
                if again == *bytes
                    || (note.contains("re-encoding") && again.len() == bytes.len()) => {}
            Ok(again) => wrong.push(format!(
                "{name} {case}: {} became {}",
                hex(bytes),
                hex(&again)
            )),
            Err(error) => wrong.push(format!("{name} {case}: {error}")),
        }
        assert_eq!((typed.encoded_len)(bytes), Ok(bytes.len()), "{name} {case}");
        if case == "empty" {
            assert_eq!(hex(&(typed.default)()), hex(bytes), "{name}");
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_type_is_in_the_registry_once() {
    let mut names: Vec<_> = wire::descriptors()
        .map(|message| message.full_name)
        .collect();
    assert_eq!(names.len(), 635);
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 635);
    for message in wire::descriptors() {
        let numbers = message
            .fields
            .windows(2)
            .map(|pair| (pair[0].number, pair[1].number));
        assert!(
            numbers.into_iter().all(|(left, right)| left < right),
            "{}",
            message.full_name
        );
    }
}

#[test]
fn chain_queries_reencode_to_the_same_bytes() {
    let mut pairs = 0;
    for (file, query) in json_files("chain/query") {
        let request = query["request_type"].as_str().unwrap();
        let bytes = unhex(query["request_hex"].as_str().unwrap_or_default());
        assert_eq!(
            hex(&(typed(request).recode)(&bytes).unwrap()),
            hex(&bytes),
            "{file}"
        );
        if let Some(response) = query["response_type"].as_str()
            && let Some(body) = query["response_hex"].as_str()
        {
            assert_eq!(
                hex(&(typed(response).recode)(&unhex(body)).unwrap()),
                body,
                "{file}"
            );
            pairs += 1;
        }
    }
    assert_eq!(pairs, 153);
}

#[test]
fn decoder_verdicts() {
    /// Where we are stricter on purpose.
    const STRICTER: [&str; 3] = ["invalid-utf8", "varint-10-bytes-overflow", "amount-hex"];
    for vector in json("wire/decode.json")["vectors"].as_array().unwrap() {
        let name = vector["name"].as_str().unwrap();
        let bytes = unhex(vector["hex"].as_str().unwrap());
        let outcome = (typed(vector["type"].as_str().unwrap()).recode)(&bytes);
        if STRICTER.contains(&name) {
            assert!(outcome.is_err(), "{name}");
        } else if vector["accepted"].as_bool().unwrap() {
            let again = outcome.unwrap_or_else(|error| panic!("{name}: {error}"));
            // The reference writes a negative enum in a packed list as zero bytes.
            if name != "negative-enum" {
                assert_eq!(
                    hex(&again),
                    vector["reencoded_hex"].as_str().unwrap(),
                    "{name}"
                );
            }
        } else {
            assert!(outcome.is_err(), "{name} must be refused");
        }
    }
}

#[test]
fn transactions_reencode_to_the_same_bytes() {
    use wire::cosmos::tx::v1beta1::{AuthInfo, TxBody, TxRaw};

    let transactions = json("tx/transactions.json");
    let list = transactions["transactions"].as_array().unwrap();
    assert_eq!(list.len(), 150);
    for vector in list {
        let bytes = unhex(vector["tx_raw_hex"].as_str().unwrap());
        let raw = TxRaw::decode(bytes.as_slice()).unwrap();
        assert_eq!(raw.encode_to_vec(), bytes);
        let body = TxBody::decode(raw.body_bytes.as_slice()).unwrap();
        assert_eq!(body.encode_to_vec(), raw.body_bytes);
        let auth = AuthInfo::decode(raw.auth_info_bytes.as_slice()).unwrap();
        assert_eq!(auth.encode_to_vec(), raw.auth_info_bytes);
        for message in &body.messages {
            let typed = typed(message.type_url.trim_start_matches('/'));
            assert_eq!((typed.recode)(&message.value).unwrap(), message.value);
        }
    }
}

#[test]
fn node_decode_rules() {
    use wire::strict::check_tx;

    for vector in json("tx/decode.json")["vectors"].as_array().unwrap() {
        let name = vector["name"].as_str().unwrap();
        let outcome = check_tx(&unhex(vector["hex"].as_str().unwrap()));
        assert_eq!(
            outcome.is_ok(),
            vector["accepted"].as_bool().unwrap(),
            "{name}: {outcome:?}"
        );
    }
    for vector in json("tx/transactions.json")["transactions"]
        .as_array()
        .unwrap()
    {
        let outcome = check_tx(&unhex(vector["tx_raw_hex"].as_str().unwrap()));
        assert_eq!(outcome, Ok(()), "{}", vector["name"]);
    }
    for (file, vector) in json_files("chain/tx") {
        let outcome = check_tx(&unhex(vector["tx_raw_hex"].as_str().unwrap()));
        assert_eq!(outcome, Ok(()), "{file}");
    }
}

#[test]
fn unknown_fields_and_impossible_values_inside_messages() {
    use wire::akash::market::v1beta5::MsgCreateBid;
    use wire::strict::{DecodeError, check_any};
    use wire::{Timestamp, TypeUrl};

    let bid = MsgCreateBid::default().encode_to_vec();
    assert_eq!(check_any(MsgCreateBid::TYPE_URL, &bid), Ok(()));
    let with = |extra: &[u8]| {
        let bytes: Vec<u8> = bid.iter().chain(extra).copied().collect();
        check_any(MsgCreateBid::TYPE_URL, &bytes)
    };
    assert!(matches!(
        with(&[0x78, 1]),
        Err(DecodeError::UnknownField { number: 15, .. })
    ));
    assert_eq!(with(&[0x80, 0x40, 1]), Ok(()), "field 1024");
    assert!(matches!(
        with(&[0x12, 4, 0x12, 2, b'1', b'x']),
        Err(DecodeError::Number { .. })
    ));
    assert!(matches!(
        with(&[0x12, 3, 0x0a, 1, 0xff]),
        Err(DecodeError::Text { .. })
    ));
    assert!(matches!(
        with(&[0x10, 1]),
        Err(DecodeError::WireType { .. })
    ));
    assert!(matches!(
        with(&[0x2a, 4, 0x08, 1, 0x10, 0x80]),
        Err(DecodeError::Framing(_))
    ));
    let mut late = vec![0x2a, 0];
    let span = [0x08, 0xff, 0xff, 0xff, 0xff, 0x7f];
    late[1] = u8::try_from(span.len()).unwrap();
    late.extend(span);
    assert!(matches!(with(&late), Err(DecodeError::Time { .. })));
    assert!(matches!(
        check_any("/akash.nope", &[]),
        Err(DecodeError::TypeUrl { .. })
    ));
    assert!(Timestamp::default().is_zero());
}

#[test]
fn nesting_ends_without_overflow() {
    use wire::cosmos::authz::v1beta1::MsgExec;
    use wire::google::protobuf::Any;
    use wire::strict::check_any;
    use wire::{TypeUrl, strict};

    let mut any = MsgExec::default().to_any();
    for _ in 0..5000 {
        let exec = MsgExec {
            grantee: String::new(),
            msgs: vec![any],
        };
        any = Any {
            type_url: MsgExec::TYPE_URL.to_owned(),
            value: exec.encode_to_vec(),
        };
    }
    assert_eq!(
        check_any(&any.type_url, &any.value),
        Err(strict::DecodeError::TooDeep)
    );
}
