//! Tokens against the reference: texts, verdicts, error kinds, authorisation.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use akash_market::id::{BidId, Bseq, DeploymentId, Dseq, GroupId, Gseq, LeaseId, OrderId, Oseq};
use akash_sdk::identity::jwt::{
    Access, Algorithm, Claims, Fault, Permission, ProviderAccess, Scope, TokenError,
    TokenSignError, adr36_sign_bytes, check_schema, verify,
};
use akash_sdk::signer::{AKASH_PREFIX, LocalSigner, PublicKey, Signer};
use futures_util::FutureExt;
use serde_json::Value;

use crate::golden::{hex, json, unhex};

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn check(case: &Value) -> Result<Claims, TokenError> {
    let key = PublicKey::from_slice(&unhex(text(case, "verifier_public_key_hex"))).unwrap();
    verify(text(case, "token"), case["now"].as_i64().unwrap(), |_| {
        Some(key)
    })
}

fn kinds(error: &TokenError) -> Vec<&'static str> {
    let mut kinds: Vec<_> = match error {
        TokenError::Malformed { .. } => vec!["malformed"],
        TokenError::Unverifiable { .. } => vec!["unverifiable"],
        TokenError::Signature { .. } => vec!["signature_invalid"],
        TokenError::Claims(faults) => faults
            .iter()
            .map(|fault| match fault {
                Fault::Expired => "expired",
                Fault::NotValidYet => "not_valid_yet",
                _ => "claims_validation",
            })
            .chain(["invalid_claims"])
            .collect(),
        other => panic!("{other}"),
    };
    kinds.sort_unstable();
    kinds
}

#[test]
fn tokens_are_judged_as_by_the_reference() {
    let file = json("jwt/tokens.json");
    let cases = file["vectors"].as_array().unwrap();
    assert_eq!(cases.len(), 143);
    for case in cases {
        let name = text(case, "name");
        match check(case) {
            Ok(claims) => {
                assert_eq!(case["accepted"], true, "{name}");
                assert_eq!(case["gateway_http_status"], 200, "{name}");
                // Members that mean nothing are not kept.
                if !name.contains("granular-with-scope") && !name.contains("sub-and-aud") {
                    assert_eq!(claims.to_json(), text(case, "claims_reprinted"), "{name}");
                }
            }
            Err(error) => {
                assert_eq!(case["accepted"], false, "{name}: {error}");
                assert_eq!(
                    serde_json::json!(kinds(&error)),
                    case["error_kinds"],
                    "{name}: {error}"
                );
                assert_eq!(error.http_status(), case["gateway_http_status"], "{name}");
                assert_eq!(error.gateway_message(), case["gateway_message"], "{name}");
            }
        }
    }
}

#[test]
fn payloads_are_held_against_the_schema() {
    let file = json("jwt/tokens.json");
    let mut judged = 0;
    for case in file["vectors"].as_array().unwrap() {
        let (Ok(payload), Some(valid)) = (
            serde_json::from_str(text(case, "payload_text")),
            case["schema_valid"].as_bool(),
        ) else {
            continue;
        };
        let verdict = check_schema(&payload);
        assert_eq!(
            verdict.is_ok(),
            valid,
            "{}: {verdict:?}",
            text(case, "name")
        );
        judged += 1;
    }
    assert!(judged > 100);
}

#[test]
fn tokens_are_made_byte_for_byte() {
    let file = json("jwt/tokens.json");
    let mut made = 0;
    for case in file["vectors"].as_array().unwrap() {
        let name = text(case, "name");
        let signer =
            LocalSigner::from_secret_bytes(&unhex(text(case, "private_key_hex")), AKASH_PREFIX)
                .unwrap();
        let algorithm = match text(case, "alg") {
            "ES256K" => Algorithm::Es256k,
            _ => Algorithm::Es256kAdr36,
        };
        let header = format!(r#"{{"alg":"{}","typ":"JWT"}}"#, algorithm.as_str());
        if let (Algorithm::Es256kAdr36, Some((signed, _))) =
            (algorithm, text(case, "token").rsplit_once('.'))
        {
            let document = adr36_sign_bytes(signer.address(), signed.as_bytes());
            assert_eq!(hex(&document), text(case, "signed_bytes_hex"), "{name}");
        }
        let Ok(claims) = check(case) else { continue };
        if claims.to_json() != text(case, "payload_text")
            || header != text(case, "header_text")
            || claims.issuer != signer.address().as_str()
        {
            continue;
        }
        match claims.sign(&signer, algorithm).now_or_never().unwrap() {
            Ok(token) => assert_eq!(token.as_str(), text(case, "token"), "{name}"),
            Err(error) => {
                assert!(
                    matches!(error, TokenSignError::Schema(_)),
                    "{name}: {error}"
                );
                assert_eq!(case["schema_valid"], false, "{name}");
            }
        }
        made += 1;
    }
    assert!(made >= 29, "{made}");
}

#[test]
fn authorisation_is_the_references() {
    let file = json("jwt/tokens.json");
    let mut asked = 0;
    for case in file["vectors"].as_array().unwrap() {
        let Some(rows) = case["authorization"].as_array() else {
            continue;
        };
        let claims = check(case).unwrap();
        for row in rows {
            let deployment = DeploymentId {
                owner: text(row, "owner").parse().unwrap(),
                dseq: Dseq(row["dseq"].as_u64().unwrap()),
            };
            let provider = text(row, "provider").parse().unwrap();
            let number = |key: &str| u32::try_from(row[key].as_u64().unwrap()).unwrap();
            let lease = LeaseId(BidId {
                order: OrderId {
                    group: GroupId {
                        deployment: deployment.clone(),
                        gseq: Gseq(number("gseq")),
                    },
                    oseq: Oseq(number("oseq")),
                },
                provider,
                bseq: Bseq(0),
            });
            let provider = &lease.0.provider;
            let scope: Option<Scope> = Some(text(row, "scope").parse().unwrap());
            let name = format!("{}: {row}", text(case, "name"));
            assert_eq!(
                claims.allows_provider(provider),
                row["for_provider"],
                "{name}"
            );
            for (scope, verdict) in [(None, "for_deployment"), (scope, "deployment_scope")] {
                let ours = claims.allows_deployment(&deployment, provider, scope);
                assert_eq!(ours, row[verdict], "{verdict} {name}");
            }
            for (scope, verdict) in [(None, "for_lease"), (scope, "lease_scope")] {
                assert_eq!(
                    claims.allows_lease(&lease, scope),
                    row[verdict],
                    "{verdict} {name}"
                );
            }
            asked += 1;
        }
    }
    assert!(asked > 100, "{asked}");
}

#[test]
fn bad_claims_are_not_signed() {
    let signer = LocalSigner::from_secret_bytes(&[7; 32], AKASH_PREFIX).unwrap();
    let other = LocalSigner::from_secret_bytes(&[8; 32], AKASH_PREFIX).unwrap();
    let sign = |access| {
        Claims::new(signer.address(), 1_750_000_000, 60, access)
            .sign(&signer, Algorithm::Es256k)
            .now_or_never()
            .unwrap()
    };
    let permission = Permission {
        provider: other.address().clone(),
        access: ProviderAccess::Full,
    };
    assert!(sign(Access::Granular(vec![permission.clone()])).is_ok());
    assert!(matches!(
        sign(Access::Granular(vec![permission.clone(), permission])),
        Err(TokenSignError::Claims(_))
    ));
    for access in [
        Access::Scoped(vec![]),
        Access::Scoped(vec![Scope::Logs, Scope::Logs]),
        Access::Granular(vec![]),
    ] {
        assert!(matches!(sign(access), Err(TokenSignError::Schema(_))));
    }
    let claims = Claims::new(other.address(), 0, 60, Access::Full);
    assert!(matches!(
        claims
            .sign(&signer, Algorithm::Es256k)
            .now_or_never()
            .unwrap(),
        Err(TokenSignError::Issuer { .. })
    ));
    let token = sign(Access::Full).unwrap();
    assert!(!format!("{token:?}").contains(&token.as_str()[..10]));
    assert!(matches!(
        verify(token.as_str(), 1_750_000_000, |_| None),
        Err(TokenError::Unverifiable { .. })
    ));
}
