//! Certificates as DER, and as PEM with the public key behind it: nothing panics, both forms say the same, and a chain that
//! takes one takes the owner's only.

use akash_sdk::cosmos::address;
use akash_sdk::identity::certificate::peer::{Peer, Usage};
use akash_sdk::identity::certificate::{CertificateInfo, check_on_chain};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The owner in the vectors.
const OWNER: &str = "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0";
const NOW: i64 = 1_750_000_000;

/// The target.
pub fn check(data: &[u8]) {
    if let Ok(info) = CertificateInfo::from_der(data) {
        let pem = format!(
            "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
            STANDARD.encode(data)
        );
        assert_eq!(CertificateInfo::from_pem(&pem).as_ref(), Ok(&info));
        assert!(info.serial.bytes().all(|digit| digit.is_ascii_digit()));
        if let Ok(peer) = Peer::read(&[data]) {
            for usage in [Usage::ClientAuth, Usage::ServerAuth] {
                let _ = peer.verify(Some(pem.as_bytes()), usage, NOW);
            }
        }
    }
    let text = String::from_utf8_lossy(data);
    let _ = CertificateInfo::from_pem(&text);
    let at = text.find("-----BEGIN EC PUBLIC KEY").unwrap_or(text.len());
    let (certificate, key) = text.split_at(at);
    let owner = address::parse(address::ACCOUNT, OWNER).expect("an address");
    match check_on_chain(&owner, certificate.as_bytes(), key.as_bytes()) {
        Ok(info) => assert_eq!(info.common_name.to_lowercase(), OWNER),
        Err(error) => assert!(!error.on_node().2.is_empty()),
    }
}
