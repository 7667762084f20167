//! Nothing that holds a secret shows it.

use akash_sdk::gateway::Credentials;
use akash_sdk::identity::certificate::CertificateRequest;
use akash_sdk::identity::jwt::{Access, Algorithm, Claims};
use akash_sdk::identity::keyfile::Password;
use akash_sdk::signer::{LocalSigner, Mnemonic, Signer};
use futures_util::FutureExt;
use std::fmt::Debug;
use std::sync::Arc;

/// How bytes may be written.
fn spellings(secret: &[u8]) -> [String; 4] {
    use base64::Engine;
    let hex: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
    let list: Vec<String> = secret.iter().map(ToString::to_string).collect();
    [
        hex.to_uppercase(),
        hex,
        list.join(", "),
        base64::engine::general_purpose::STANDARD.encode(secret),
    ]
}

fn shows_nothing(holder: &dyn Debug, secrets: &[String]) {
    let texts = [
        format!("{holder:?}"),
        // Lists stand on many lines here.
        format!("{holder:#?}")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
    ];
    for text in texts {
        for secret in secrets {
            assert!(secret.len() >= 8, "{secret} proves nothing");
            assert!(!text.contains(secret.as_str()), "{secret} stands in {text}");
        }
    }
}

#[test]
fn no_holder_of_a_secret_prints_it() {
    let secret = [0x5e; 32];
    let key = spellings(&secret);
    let signer = LocalSigner::from_secret_bytes(&secret, "akash").unwrap();
    shows_nothing(&signer, &key);
    let shared: Arc<dyn Signer> = Arc::new(signer.clone());
    shows_nothing(&Credentials::Token(Arc::clone(&shared)), &key);
    let devnet = akash_sdk::devnet::Devnet::builder().build().unwrap();
    let client = akash_sdk::cosmos::Client::connect(devnet.clone())
        .now_or_never()
        .unwrap()
        .unwrap();
    shows_nothing(&client.with_signer(signer.clone()), &key);

    let words: Mnemonic = akash_sdk::devnet::PHRASE.parse().unwrap();
    shows_nothing(
        &words,
        &["abandon abandon".to_owned(), "abandon\"".to_owned()],
    );
    shows_nothing(&devnet, &["abandon abandon".to_owned()]);

    let claims = Claims::new(signer.address(), 1_750_000_000, 60, Access::Full);
    let token = claims
        .sign(&signer, Algorithm::Es256k)
        .now_or_never()
        .unwrap()
        .unwrap();
    let parts: Vec<String> = token.as_str().split('.').map(ToOwned::to_owned).collect();
    shows_nothing(&token, &parts);

    let issued = CertificateRequest {
        serial: 1,
        not_before: 1_750_000_000,
        not_after: 1_760_000_000,
        dns_names: Vec::new(),
        ip_addresses: Vec::new(),
    }
    .issue(signer.address(), &secret)
    .unwrap();
    let der = issued.private_key_der();
    let mut of_certificate = key.to_vec();
    of_certificate.extend(spellings(&der[der.len() - 16..]));
    shows_nothing(&issued, &of_certificate);
    shows_nothing(
        &Password::from_bytes(b"correct horse"),
        &spellings(b"correct horse"),
    );
    shows_nothing(
        &Password::from_bytes(b"correct horse"),
        &["correct horse".to_owned()],
    );

    #[cfg(feature = "http")]
    {
        use akash_sdk::cosmos::transport::HttpOptions;
        use akash_sdk::cosmos::transport::comet::Comet;
        use akash_sdk::cosmos::transport::rest::Rest;
        let options = HttpOptions::default().with_header("x-api-key", "a-paid-key");
        let url = "https://me:a-pass-word@node.example/a-paid-path";
        let hidden = ["a-paid-key", "a-pass-word", "a-paid-path"].map(str::to_owned);
        shows_nothing(&options, &hidden);
        let comet = Comet::with_options(url, options.clone()).unwrap();
        shows_nothing(&comet, &hidden);
        let rest = Rest::with_options(url, options.clone()).unwrap();
        shows_nothing(&rest, &hidden);
        #[cfg(feature = "websocket")]
        {
            use akash_sdk::cosmos::transport::comet::{CometSocket, SocketOptions};
            let mut socket = SocketOptions::default();
            socket.http = options;
            let url = url.replace("https", "wss");
            let socket = CometSocket::with_options(&url, socket).unwrap();
            shows_nothing(&socket, &hidden);
        }
    }
}

#[cfg(feature = "grpc")]
#[tokio::test]
async fn a_grpc_endpoint_shows_no_secret() {
    use akash_sdk::cosmos::transport::{Grpc, HttpOptions};
    let options = HttpOptions::default().with_header("x-api-key", "a-paid-key");
    let url = "https://me:a-pass-word@node.example/a-paid-path";
    let grpc = Grpc::with_options(url, options).unwrap();
    let hidden = ["a-paid-key", "a-pass-word", "a-paid-path"].map(str::to_owned);
    shows_nothing(&grpc, &hidden);
}
