//! Client certificates against the reference.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use akash_market::address::Address;
use akash_sdk::identity::certificate::{
    CertificateInfo, CertificateRequest, IssueError, OnChainError, check_on_chain,
};
use serde_json::Value;

use crate::golden::{hex, json, unhex};

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// The 32 secret bytes inside the reference's PKCS#8 encoding.
fn secret(case: &Value) -> Vec<u8> {
    let der = unhex(text(case, "private_key_pkcs8_der_hex"));
    der[36..68].to_vec()
}

#[test]
fn certificates_are_taken_as_by_the_chain() {
    let file = json("cert/onchain.json");
    let cases = file["vectors"].as_array().unwrap();
    assert_eq!(cases.len(), 50);
    for case in cases {
        let name = text(case, "name");
        let owner: Address = text(case, "owner").parse().unwrap();
        let verdict = check_on_chain(
            &owner,
            text(case, "cert_pem").as_bytes(),
            text(case, "pubkey_pem").as_bytes(),
        );
        match verdict {
            Ok(info) => {
                assert_eq!(case["accepted"], true, "{name}");
                if let Some(serial) = case["serial"].as_str() {
                    assert_eq!(info.serial, serial, "{name}");
                }
            }
            // The chain takes P-224; this library says that it can't tell.
            Err(OnChainError::Curve) => assert_eq!(name, "p224-sha256"),
            Err(error) => {
                assert_eq!(case["accepted"], false, "{name}: {error}");
                let code = match text(case, "error_kind") {
                    "invalid_pubkey_value" => Some(7),
                    "invalid_certificate_value" => Some(6),
                    _ => None,
                };
                assert_eq!(error.code(), code, "{name}: {error}");
            }
        }
    }
}

#[test]
fn certificates_are_made_as_by_the_reference() {
    let file = json("cert/keyfile.json");
    let mut made = 0;
    for case in file["vectors"].as_array().unwrap() {
        if case["tbs_der_hex"].is_null() {
            continue;
        }
        let name = text(case, "name");
        let owner: Address = text(case, "owner").parse().unwrap();
        let names: Vec<String> = case["dns_names"]
            .as_array()
            .map(|names| {
                names
                    .iter()
                    .map(|n| n.as_str().unwrap().to_owned())
                    .collect()
            })
            .unwrap_or_default();
        let request = CertificateRequest {
            serial: text(case, "serial").parse().unwrap(),
            not_before: case["not_before"].as_i64().unwrap(),
            not_after: case["not_after"].as_i64().unwrap(),
            dns_names: names.clone(),
            ip_addresses: if names.is_empty() {
                vec![]
            } else {
                vec![[10, 0, 0, 1].into()]
            },
        };
        let issued = request.issue(&owner, &secret(case)).unwrap();
        // All but the signature, which the reference makes with random numbers.
        let der = hex(issued.certificate_der());
        assert!(der[8..].starts_with(text(case, "tbs_der_hex")), "{name}");
        assert_eq!(issued.public_key_pem(), text(case, "pubkey_pem"), "{name}");
        assert_eq!(
            hex(issued.private_key_der()),
            text(case, "private_key_pkcs8_der_hex"),
            "{name}"
        );
        let info = check_on_chain(
            &owner,
            issued.certificate_pem().as_bytes(),
            issued.public_key_pem().as_bytes(),
        )
        .unwrap();
        assert_eq!(info.serial, text(case, "serial"));
        assert_eq!(info.common_name, owner.as_str());
        assert_eq!(info.issuer_common_name, owner.as_str());
        let reference = CertificateInfo::from_pem(text(case, "cert_pem")).unwrap();
        assert_eq!(reference.public_key, info.public_key);
        made += 1;
    }
    assert_eq!(made, 3);
}

#[test]
fn impossible_requests_are_refused() {
    let owner = Address::bech32("akash", &[1; 20]).unwrap();
    let request = CertificateRequest {
        serial: 1,
        not_before: 0,
        not_after: 1,
        dns_names: vec![],
        ip_addresses: vec![],
    };
    let foreign = CertificateRequest {
        dns_names: vec!["é.example".to_owned()],
        ..request.clone()
    };
    assert!(matches!(
        foreign.issue(&owner, &[1; 32]),
        Err(IssueError::HostName { .. })
    ));
    assert!(request.issue(&owner, &[1; 32]).is_ok());
    for secret in [&[0; 32][..], &[0xff; 32], &[1; 31], &[]] {
        assert_eq!(
            request.issue(&owner, secret).unwrap_err(),
            IssueError::Secret
        );
    }
    for (not_before, not_after) in [(2, 1), (i64::MIN, 0), (0, i64::MAX)] {
        let request = CertificateRequest {
            not_before,
            not_after,
            ..request.clone()
        };
        assert_eq!(
            request.issue(&owner, &[1; 32]).unwrap_err(),
            IssueError::Validity
        );
    }
}
