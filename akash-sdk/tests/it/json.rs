//! The chain's JSON against the reference's.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use akash_sdk::cosmos::json::{self as transcode, Problem, Unknown};
use serde_json::{Value, json};

use crate::golden::{self, hex, json_files, unhex};
use crate::wire::vectors;

#[test]
fn every_vector_prints_the_same_json() {
    let mut wrong = Vec::new();
    for (name, case, bytes, expected, _) in vectors() {
        match transcode::to_json(&name, &bytes) {
            Ok(printed) if printed == expected => {}
            Ok(printed) => wrong.push(format!("{name} {case}:\n  {printed}\n  {expected}")),
            Err(error) => wrong.push(format!("{name} {case}: {error}")),
        }
        let text = transcode::to_text(&name, &bytes).unwrap();
        assert_eq!(
            serde_json::from_str::<Value>(&text).unwrap(),
            expected,
            "{name} {case}"
        );
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_vector_reads_back_from_json() {
    let mut wrong = Vec::new();
    for (name, case, bytes, value, note) in vectors() {
        match transcode::from_json(&name, &value) {
            Ok(read)
                if read == bytes || (note.contains("re-encoding") && read.len() == bytes.len()) => {
            }
            Ok(read) => wrong.push(format!(
                "{name} {case}:\n  {}\n  {}",
                hex(&read),
                hex(&bytes)
            )),
            Err(error) => wrong.push(format!("{name} {case}: {error}")),
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
fn chain_queries_are_pairs_of_bytes_and_rest_json() {
    let mut pairs = 0;
    for (file, query) in json_files("chain/query") {
        let request = query["request_type"].as_str().unwrap();
        let bytes = unhex(query["request_hex"].as_str().unwrap_or_default());
        let printed = transcode::to_json(request, &bytes).unwrap();
        assert_eq!(printed, query["request_json"], "{file}");
        assert_eq!(
            hex(&transcode::from_json(request, &printed).unwrap()),
            hex(&bytes),
            "{file}"
        );
        let (Some(response), Some(body)) = (
            query["response_type"].as_str(),
            query["response_hex"].as_str(),
        ) else {
            continue;
        };
        let printed = transcode::to_json(response, &unhex(body)).unwrap();
        assert_eq!(printed, query["rest_json"], "{file}");
        let read = transcode::from_json(response, &query["rest_json"])
            .unwrap_or_else(|error| panic!("{file}: {error}"));
        assert_eq!(hex(&read), body, "{file}");
        pairs += 1;
    }
    assert_eq!(pairs, 153);
}

#[test]
fn transactions_print_and_read() {
    let transactions = golden::json("tx/transactions.json");
    for vector in transactions["transactions"].as_array().unwrap() {
        let name = vector["name"].as_str().unwrap();
        let body = unhex(vector["body_hex"].as_str().unwrap());
        let auth = unhex(vector["auth_info_hex"].as_str().unwrap());
        let printed = json!({
            "body": transcode::to_json("cosmos.tx.v1beta1.TxBody", &body).unwrap(),
            "auth_info": transcode::to_json("cosmos.tx.v1beta1.AuthInfo", &auth).unwrap(),
        });
        let expected = &vector["tx_json"];
        assert_eq!(printed["body"], expected["body"], "{name}");
        assert_eq!(printed["auth_info"], expected["auth_info"], "{name}");
        let read = transcode::from_json("cosmos.tx.v1beta1.TxBody", &expected["body"]).unwrap();
        assert_eq!(hex(&read), hex(&body), "{name}");
        let read =
            transcode::from_json("cosmos.tx.v1beta1.AuthInfo", &expected["auth_info"]).unwrap();
        assert_eq!(hex(&read), hex(&auth), "{name}");
    }
}

#[test]
fn events_have_the_reference_attributes() {
    let events = golden::json("tx/events.json");
    let events = events["vectors"].as_array().unwrap();
    assert_eq!(events.len(), 105);
    for event in events {
        let name = event["type"].as_str().unwrap();
        let bytes = unhex(event["hex"].as_str().unwrap());
        let attributes = transcode::event_attributes(name, &bytes).unwrap();
        let expected: Vec<(String, String)> = event["attributes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|a| {
                (
                    a["key"].as_str().unwrap().to_owned(),
                    a["value"].as_str().unwrap().to_owned(),
                )
            })
            .collect();
        if event["case"] == "empty" {
            // A decimal that was never set prints as "0" in the reference's memory; its bytes are
            // those of zero, and from bytes zero has its decimals.
            let unset: Vec<_> = attributes
                .into_iter()
                .map(|(key, value)| (key, value.replace("0.000000000000000000", "0")))
                .collect();
            assert_eq!(unset, expected, "{name}");
        } else {
            assert_eq!(attributes, expected, "{name} {}", event["case"]);
        }
    }
}

#[test]
fn decoder_verdicts_and_json() {
    for vector in golden::json("wire/decode.json")["vectors"]
        .as_array()
        .unwrap()
    {
        let name = vector["name"].as_str().unwrap();
        let bytes = unhex(vector["hex"].as_str().unwrap());
        let outcome = transcode::to_json(vector["type"].as_str().unwrap(), &bytes);
        if ["varint-10-bytes-overflow", "amount-hex"].contains(&name) {
            assert!(outcome.is_err(), "{name}");
        } else if vector["accepted"].as_bool().unwrap() {
            assert_eq!(outcome.unwrap(), vector["json"], "{name}");
        } else {
            assert!(outcome.is_err(), "{name} must be refused");
        }
    }
}

#[test]
fn readers_take_both_names_and_both_forms() {
    let read = |value| transcode::from_json("akash.market.v1beta5.MsgCloseBid", &value);
    let expected =
        read(json!({"id": {"dseq": "7"}, "reason": "lease_closed_reason_unstable"})).unwrap();
    assert_eq!(
        read(json!({"id": {"dseq": 7}, "reason": 10000})).unwrap(),
        expected
    );
    assert_eq!(
        read(json!({"id": {"dseq": "7", "owner": null}, "reason": 10000})).unwrap(),
        expected
    );
    let read = |value| transcode::from_json("akash.market.v1beta5.MsgCreateLease", &value).unwrap();
    assert_eq!(
        read(json!({"bidId": {"gseq": 1}})),
        read(json!({"bid_id": {"gseq": "1"}}))
    );
}

#[test]
fn errors_say_what_and_where() {
    let problem = |name: &str, value: Value| {
        let error = transcode::from_json(name, &value).unwrap_err();
        (error.path(), error.problem().clone())
    };
    let bid = "akash.market.v1beta5.Bid";
    let (path, what) = problem(bid, json!({"resources_offer": [{}, {"count": -1}]}));
    assert_eq!(path, "resources_offer[1].count");
    assert!(matches!(what, Problem::Kind { .. }));
    assert!(matches!(
        problem(bid, json!({"stat": 1})).1,
        Problem::UnknownField { .. }
    ));
    assert!(matches!(
        problem(bid, json!({"state": "nope"})).1,
        Problem::UnknownValue { .. }
    ));
    assert!(matches!(
        problem(bid, json!({"created_at": 1, "createdAt": 1})).1,
        Problem::Twice { .. }
    ));
    assert!(matches!(
        problem(bid, json!({"price": {"amount": "1.5x"}})).1,
        Problem::Number(_)
    ));
    assert!(matches!(problem(bid, json!([])).1, Problem::Kind { .. }));
    assert!(matches!(
        problem("akash.nope", json!({})).1,
        Problem::UnknownType { .. }
    ));
    let entry = "akash.bme.v1.QueryLedgerRecordEntry";
    let both = json!({"pending_record": {}, "executed_record": {}});
    assert!(matches!(problem(entry, both).1, Problem::Twice { .. }));
    let lenient = transcode::from_json_with(bid, &json!({"stat": 1}), Unknown::Skip).unwrap();
    assert_eq!(lenient, transcode::from_json(bid, &json!({})).unwrap());
}

#[test]
fn an_any_of_an_unknown_type_survives() {
    let any = "google.protobuf.Any";
    let bytes = b"\x0a\x05/x.Yz\x12\x02\x01\x02";
    let printed = transcode::to_json(any, bytes).unwrap();
    assert_eq!(printed, json!({"@type": "/x.Yz", "value": "AQI="}));
    assert_eq!(transcode::from_json(any, &printed).unwrap(), bytes);
    assert_eq!(
        transcode::to_json(any, &[]).unwrap(),
        json!({"@type": "", "value": ""})
    );
    assert_eq!(
        transcode::from_json(any, &json!({"@type": "", "value": ""})).unwrap(),
        Vec::<u8>::new()
    );
}

#[test]
fn nesting_is_bounded() {
    let mut any: Vec<u8> = Vec::new();
    for _ in 0..2000 {
        let mut outer = b"\x0a\x14/google.protobuf.Any\x12".to_vec();
        prost::encoding::encode_varint(any.len() as u64, &mut outer);
        outer.extend(&any);
        any = outer;
    }
    let outcome = transcode::to_json("google.protobuf.Any", &any);
    assert_eq!(outcome.unwrap_err().problem(), &Problem::TooDeep);
    let mut value = json!({});
    for _ in 0..120 {
        value = json!({"@type": "/google.protobuf.Any", "value": value});
    }
    let outcome = transcode::from_json("google.protobuf.Any", &value);
    assert_eq!(outcome.unwrap_err().problem(), &Problem::TooDeep);
}

#[test]
fn text_is_escaped_as_go_does_it() {
    let text = transcode::to_text("cosmos.base.v1beta1.Coin", b"\x0a\x09a<b>&\x01\n\"\\").unwrap();
    assert_eq!(
        text,
        r#"{"denom":"a\u003cb\u003e\u0026\u0001\n\"\\","amount":"0"}"#
    );
}
