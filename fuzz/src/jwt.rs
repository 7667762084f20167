//! Tokens as they come, and as header and payload (first line, rest) that are well signed: nothing panics, and accepted
//! claims survive being signed anew.

use akash_sdk::identity::jwt::{
    Algorithm, Claims, TokenError, adr36_sign_bytes, check_schema, verify,
};
use akash_sdk::signer::{LocalSigner, Signer};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::FutureExt;

/// The issuer in the vectors.
const KEY: &str = "f9f6eca1743a30df6d6c84e5cbb4c7a35467c52bf8bb9ea15c104c9f24510232";
const NOW: i64 = 1_750_000_000;

/// The target.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let signer = LocalSigner::from_hex(KEY, "akash").expect("a key");
    let key = signer.public_key();
    let read = |token: &str| verify(token, NOW, |_| Some(key));
    let _ = read(text);

    let (header, payload) = text.split_once('\n').unwrap_or(("", text));
    if let Ok(payload) = serde_json::from_str(payload) {
        let _ = check_schema(&payload);
    }
    let [header64, payload64] = [header, payload].map(|part| URL_SAFE_NO_PAD.encode(part));
    let signed = format!("{header64}.{payload64}");
    // Signing takes long: only for what gets as far as the signature.
    let mut asked = false;
    let refused = verify(&format!("{signed}."), NOW, |_| {
        asked = true;
        None
    });
    assert!(refused.is_err());
    if !asked {
        return;
    }
    let wraps = header.contains("ADR36");
    let document = adr36_sign_bytes(signer.address(), signed.as_bytes());
    let bytes = if wraps { &document } else { signed.as_bytes() };
    let signature = signer.sign_now(bytes).expect("it signs");
    let token = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.0));
    match read(&token) {
        Ok(claims) => again(&claims, &signer, &read),
        Err(error) => assert!(matches!(error.http_status(), 400 | 401)),
    }
}

fn again(
    claims: &Claims,
    signer: &LocalSigner,
    read: &impl Fn(&str) -> Result<Claims, TokenError>,
) {
    for algorithm in [Algorithm::Es256k, Algorithm::Es256kAdr36] {
        let token = claims.sign(signer, algorithm).now_or_never();
        // Gateways take more than the schema allows.
        if let Some(Ok(token)) = token {
            assert_eq!(read(token.as_str()).as_ref(), Ok(claims));
        }
    }
}
