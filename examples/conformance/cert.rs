//! Client certificates: as the chain takes them, as peers show them, and the files that keep their keys.

use super::field::{Fields, expected, present, vectors};
use super::{Case, Failure, Work, hex};
use akash_market::address::Address;
use akash_sdk::cosmos::wire::Timestamp;
use akash_sdk::identity::certificate::peer::{Peer, PeerError, Usage};
use akash_sdk::identity::certificate::{CertificateInfo, IssuedCertificate, check_on_chain};
use akash_sdk::identity::keyfile::{self, Password};
use akash_sdk::signer::{AKASH_PREFIX, LocalSigner};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::FutureExt;
use serde_json::{Value, json};

/// The words of an error are the reference's own and no result.
const REGISTERED: [&str; 3] = ["accepted", "error_kind", "serial"];
const SHOWN: [&str; 3] = ["accepted", "reason", "owner"];
const KEY_FILE: [&str; 10] = [
    "accepted",
    "file_name",
    "private_key_pkcs8_der_hex",
    "cert_der_hex",
    "pubkey_pem",
    "serial",
    "not_before",
    "not_after",
    "is_ca",
    "key_usage",
];

pub(super) fn cases(file: &Value) -> Result<Vec<Case>, Failure> {
    let case = |case: &Value| {
        let name = case.at("name").clone();
        if case.get("pem_file").is_some() {
            let expected = expected(case, &KEY_FILE);
            Case::of(name, expected, KeyFile::read(case))
        } else if case.get("usage").is_some() {
            Case::of(name, expected(case, &SHOWN), Shown::read(file, case))
        } else {
            Case::of(name, expected(case, &REGISTERED), Registered::read(case))
        }
    };
    Ok(vectors(file, "vectors")?.iter().map(case).collect())
}

/// A certificate that is to be registered.
struct Registered {
    owner: Address,
    certificate: Vec<u8>,
    key: Vec<u8>,
}

impl Registered {
    fn read(case: &Value) -> Result<Self, Failure> {
        Ok(Self {
            owner: case.parse("owner")?,
            certificate: case.text("cert_pem")?.into(),
            key: case.text("pubkey_pem")?.into(),
        })
    }
}

impl Work for Registered {
    fn output(&self) -> Result<Value, Failure> {
        let verdict = check_on_chain(&self.owner, &self.certificate, &self.key);
        Ok(match verdict {
            Ok(info) => json!({"accepted": true, "serial": info.serial}),
            Err(error) => {
                let kind = match error.code() {
                    Some(6) => json!("invalid_certificate_value"),
                    Some(7) => json!("invalid_pubkey_value"),
                    _ => Value::Null,
                };
                present([("accepted", json!(false)), ("error_kind", kind)])
            }
        })
    }
}

/// Certificates that a peer shows, and the one that the chain has of its owner and serial.
struct Shown {
    certificates: Vec<Vec<u8>>,
    registered: Option<Vec<u8>>,
    usage: Usage,
    /// Unix time.
    now: i64,
}

impl Shown {
    fn read(file: &Value, case: &Value) -> Result<Self, Failure> {
        let certificates = case.list("peer_certs_pem").iter().map(|pem| {
            let pem = pem.as_str().ok_or("a certificate must be a text")?;
            der(pem)
        });
        let registered = case.at("onchain_cert_pem").as_str();
        // A day, or a point in time.
        let day = file.text("checked_at")?;
        let midnight = format!("{day}T00:00:00Z");
        let now: Timestamp = if day.contains('T') { day } else { &midnight }.parse()?;
        Ok(Self {
            certificates: certificates.collect::<Result<_, Failure>>()?,
            registered: registered.map(Into::into),
            usage: match case.text("usage")? {
                "client_auth" => Usage::ClientAuth,
                "server_auth" => Usage::ServerAuth,
                other => return Err(format!("there is no usage `{other}`").into()),
            },
            now: now.seconds,
        })
    }

    fn judge(&self) -> Result<String, PeerError> {
        let peer = Peer::read(&self.certificates)?;
        peer.verify(self.registered.as_deref(), self.usage, self.now)?;
        Ok(peer.owner().to_string())
    }
}

impl Work for Shown {
    fn output(&self) -> Result<Value, Failure> {
        Ok(match self.judge() {
            Ok(owner) => json!({"accepted": true, "owner": owner}),
            Err(error) => present([
                ("accepted", json!(false)),
                ("reason", json!(error.reason())),
            ]),
        })
    }
}

/// The bytes of the only block in a PEM text.
fn der(pem: &str) -> Result<Vec<u8>, Failure> {
    let lines = pem.lines().filter(|line| !line.starts_with("-----"));
    Ok(STANDARD.decode(lines.collect::<String>())?)
}

/// A file with a certificate and its key.
struct KeyFile {
    text: String,
    owner: Address,
    passwords: Vec<Password>,
    asked: Vec<String>,
}

impl KeyFile {
    fn read(case: &Value) -> Result<Self, Failure> {
        let owner: Address = case.parse("owner")?;
        let passwords = match case.some_text("account_private_key_hex") {
            // Without the account nothing opens it.
            None => Vec::new(),
            Some(secret) => {
                let signer = LocalSigner::from_secret_bytes(&hex::bytes(secret)?, AKASH_PREFIX)?;
                let known = Password::all(&signer).now_or_never();
                known.ok_or("a key in memory signs without waiting")??
            }
        };
        let given = case.as_object().into_iter().flatten();
        Ok(Self {
            text: case.text("pem_file")?.to_owned(),
            owner,
            passwords,
            asked: given.map(|(name, _)| name.clone()).collect(),
        })
    }

    fn told(&self, pair: &IssuedCertificate) -> Result<Value, Failure> {
        let certificate = pair.certificate_pem();
        let key = pair.public_key_pem();
        check_on_chain(&self.owner, certificate.as_bytes(), key.as_bytes())?;
        let info = CertificateInfo::from_pem(&certificate)?;
        Ok(json!({
            "accepted": true,
            "file_name": keyfile::file_name(&self.owner),
            "private_key_pkcs8_der_hex": hex::text(pair.private_key_der()),
            "cert_der_hex": hex::text(pair.certificate_der()),
            "pubkey_pem": key,
            "serial": info.serial,
            "not_before": info.not_before,
            "not_after": info.not_after,
            "is_ca": info.is_authority,
            "key_usage": info.key_usage,
        }))
    }
}

impl Work for KeyFile {
    fn output(&self) -> Result<Value, Failure> {
        let mut output = match keyfile::read(&self.text, &self.passwords) {
            Ok(pair) => self.told(&pair)?,
            Err(_) => json!({"accepted": false}),
        };
        // Some cases tell less than others.
        if let Some(members) = output.as_object_mut() {
            members.retain(|name, _| self.asked.contains(name));
        }
        Ok(output)
    }
}
