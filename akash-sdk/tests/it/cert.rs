//! Client certificates against the reference.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use akash_market::address::Address;
use akash_sdk::identity::certificate::peer::{Peer, PeerError, Usage};
use akash_sdk::identity::certificate::{
    CertificateInfo, CertificateRequest, ExtendedUsage, IssueError, IssuedCertificate, PairError,
    check_on_chain,
};
use akash_sdk::identity::keyfile::{self, KeyFileError, Password};
use akash_sdk::signer::{AKASH_PREFIX, LocalSigner};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::FutureExt;
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
        assert_eq!(reference.not_before, case["not_before"], "{name}");
        assert_eq!(reference.not_after, case["not_after"], "{name}");
        assert_eq!(reference.key_usage, case["key_usage"], "{name}");
        assert_eq!(reference.is_authority, case["is_ca"], "{name}");
        let usages: Vec<ExtendedUsage> = case["ext_key_usage"]
            .as_array()
            .unwrap()
            .iter()
            .map(|usage| match usage.as_u64().unwrap() {
                1 => ExtendedUsage::ServerAuth,
                2 => ExtendedUsage::ClientAuth,
                other => panic!("{other}"),
            })
            .collect();
        assert_eq!(reference.extended_usages, usages, "{name}");
        assert!(!reference.has_unknown_critical, "{name}");
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

/// The bytes of the n-th PEM block.
fn block(pem: &str, index: usize) -> Vec<u8> {
    let body = pem.split("-----BEGIN ").nth(index + 1).unwrap();
    let (_, body) = body.split_once("-----\n").unwrap();
    let (body, _) = body.split_once("\n-----END").unwrap();
    STANDARD.decode(body.replace('\n', "")).unwrap()
}

/// 2026-11-22, the day of the verdicts.
const CHECKED_AT: i64 = 1_795_305_600;

fn peer_verdict(shown: &[Vec<u8>], case: &Value) -> Result<String, PeerError> {
    let usage = match text(case, "usage") {
        "client_auth" => Usage::ClientAuth,
        "server_auth" => Usage::ServerAuth,
        other => panic!("{other}"),
    };
    let peer = Peer::read(shown)?;
    let registered = case["onchain_cert_pem"].as_str();
    peer.verify(registered.map(str::as_bytes), usage, CHECKED_AT)?;
    Ok(peer.owner().to_string())
}

#[test]
fn peers_are_judged_as_by_the_reference() {
    let file = json("cert/peer.json");
    let cases = file["vectors"].as_array().unwrap();
    assert_eq!(cases.len(), 17);
    for case in cases {
        let name = text(case, "name");
        let shown: Vec<Vec<u8>> = case["peer_certs_pem"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|pem| block(pem.as_str().unwrap(), 0))
            .collect();
        match peer_verdict(&shown, case) {
            Ok(owner) => {
                assert_eq!(case["accepted"], true, "{name}");
                assert_eq!(owner, text(case, "owner"), "{name}");
            }
            Err(error) => {
                assert_eq!(case["accepted"], false, "{name}: {error}");
                assert_eq!(error.reason(), case["reason"].as_str(), "{name}: {error}");
                let exact = match name {
                    "expired" | "not-yet-valid" => matches!(error, PeerError::Validity { .. }),
                    "client-cert-used-as-server" => matches!(error, PeerError::Usage { .. }),
                    "onchain-same-key-other-encoding" => error == PeerError::Other,
                    "ed25519" => matches!(error, PeerError::Key(_)),
                    "p384-sha384" | "onchain-has-another-key" => error == PeerError::Signature,
                    _ => true,
                };
                assert!(exact, "{name}: {error}");
            }
        }
    }
}

#[test]
fn a_peer_is_valid_from_the_first_to_the_last_second() {
    let owner = Address::bech32("akash", &[1; 20]).unwrap();
    let request = CertificateRequest {
        serial: 1,
        not_before: 1_000,
        not_after: 2_000,
        dns_names: vec!["provider.example".to_owned()],
        ip_addresses: vec![],
    };
    let issued = request.issue(&owner, &[1; 32]).unwrap();
    let peer = Peer::read(&[issued.certificate_der()]).unwrap();
    assert_eq!((peer.owner(), peer.serial()), (&owner, "1"));
    let pem = issued.certificate_pem();
    for (now, good) in [(999, false), (1_000, true), (2_000, true), (2_001, false)] {
        for usage in [Usage::ClientAuth, Usage::ServerAuth] {
            let verdict = peer.verify(Some(pem.as_bytes()), usage, now);
            assert_eq!(verdict.is_ok(), good, "{now}: {verdict:?}");
        }
    }
    // No byte can be changed, nor be missing.
    let whole = issued.certificate_der();
    for at in 0..whole.len() {
        let mut changed = whole.to_vec();
        changed[at] ^= 1;
        for shown in [changed.as_slice(), &whole[..at]] {
            let verdict = Peer::read(&[shown])
                .and_then(|peer| peer.verify(Some(pem.as_bytes()), Usage::ClientAuth, 1_000));
            assert!(verdict.is_err(), "{at}");
        }
    }
}

fn passwords(case: &Value) -> Vec<Password> {
    let key = unhex(text(case, "account_private_key_hex"));
    let signer = LocalSigner::from_secret_bytes(&key, AKASH_PREFIX).unwrap();
    let passwords = Password::all(&signer).now_or_never().unwrap();
    passwords.unwrap()
}

#[test]
fn key_files_of_the_reference_are_read_and_written() {
    let file = json("cert/keyfile.json");
    let cases = file["vectors"].as_array().unwrap();
    assert_eq!(cases.len(), 6);
    let mut written = 0;
    for case in cases {
        let name = text(case, "name");
        let pem = text(case, "pem_file");
        if case["accepted"] == false {
            assert_eq!(
                keyfile::read(pem, &[Password::from_bytes(b"any")]).unwrap_err(),
                KeyFileError::Unencrypted {
                    label: "PRIVATE KEY".to_owned()
                }
            );
            continue;
        }
        let pair = keyfile::read(pem, &passwords(case)).unwrap();
        assert_eq!(
            hex(pair.private_key_der()),
            text(case, "private_key_pkcs8_der_hex"),
            "{name}"
        );
        let owner: Address = text(case, "owner").parse().unwrap();
        let info = check_on_chain(
            &owner,
            pair.certificate_pem().as_bytes(),
            pair.public_key_pem().as_bytes(),
        );
        assert_eq!(info.unwrap().common_name, owner.as_str(), "{name}");
        if case["file_name"].is_null() {
            continue;
        }
        assert_eq!(keyfile::file_name(&owner), text(case, "file_name"));
        assert_eq!(hex(pair.certificate_der()), text(case, "cert_der_hex"));
        assert_eq!(pair.public_key_pem(), text(case, "pubkey_pem"));
        if written == 0 {
            // With the salt and the vector that the reference drew, the very same text.
            let key = hex(&block(pem, 1));
            let mut drawn = key.split("0410").skip(1).map(|rest| unhex(&rest[..32]));
            let salt: [u8; 16] = drawn.next().unwrap().try_into().unwrap();
            let iv: [u8; 16] = drawn.next().unwrap().try_into().unwrap();
            let password = Password::from_bytes(&unhex(text(case, "password_hex")));
            let text = keyfile::write(&pair, &password, &salt, &iv).unwrap();
            assert_eq!(text, pem, "{name}");
        }
        written += 1;
    }
    assert_eq!(written, 3);
}

#[test]
fn key_files_open_with_their_passwords_only() {
    let file = json("cert/keyfile.json");
    let case = |name: &str| -> Value {
        let cases = file["vectors"].as_array().unwrap();
        let found = cases.iter().find(|case| text(case, "name") == name);
        found.unwrap().clone()
    };
    let wrong = Password::from_bytes(&[1; 64]);
    assert_eq!(format!("{wrong:?}"), "Password(…)");

    let older = case("proc-type-legacy-password");
    let pem = text(&older, "pem_file");
    let good = Password::from_bytes(&unhex(text(&older, "password_hex")));
    assert!(keyfile::read(pem, &[wrong.clone(), good]).is_ok());
    for byte in 0..=255 {
        // Some of these leave a good padding by chance.
        let wrong = Password::from_bytes(&[byte]);
        assert_eq!(
            keyfile::read(pem, &[wrong]).unwrap_err(),
            KeyFileError::Password
        );
    }
    assert_eq!(keyfile::read(pem, &[]).unwrap_err(), KeyFileError::Password);

    let now = case("reference-file-0");
    let pem = text(&now, "pem_file");
    assert_eq!(
        keyfile::read(pem, &[wrong]).unwrap_err(),
        KeyFileError::Password
    );
    let (certificate, key) = pem.split_at(pem.find("-----BEGIN ENCRYPTED").unwrap());
    let any = [Password::from_bytes(b"any")];
    assert_eq!(
        keyfile::read(certificate, &any).unwrap_err(),
        KeyFileError::Missing {
            block: "ENCRYPTED PRIVATE KEY"
        }
    );
    for text in ["", key] {
        assert_eq!(
            keyfile::read(text, &any).unwrap_err(),
            KeyFileError::Missing {
                block: "CERTIFICATE"
            }
        );
    }

    // A key that is another certificate's.
    let other = block(text(&case("reference-file-1"), "pem_file"), 0);
    let secret = unhex(text(&now, "private_key_pkcs8_der_hex"));
    assert_eq!(
        IssuedCertificate::from_der(other.clone(), secret.into()).unwrap_err(),
        PairError::Mismatch
    );
    assert_eq!(
        IssuedCertificate::from_der(other, vec![0x30, 0].into()).unwrap_err(),
        PairError::PrivateKey
    );
}
