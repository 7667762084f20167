//! The service and its client: one JSON object a line, asked and answered.
//!
//! | asked | answered |
//! |---|---|
//! | `{"ask": "account"}` | `{"address": …, "public_key": base64}` |
//! | `{"ask": "sign", "kind": "direct", "bytes": base64}` | `{"signature": base64}` or `{"refused": why}` |

use akash_market::address::Address;
use akash_sdk::signer::{LocalSigner, PublicKey, SignBytes, Signature, Signer, SignerError};
use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};

/// Longest line that is read.
const LINE: u64 = 1 << 20;
/// How long the other side may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Signs for whoever may open the socket, which is this user alone.
pub(super) async fn serve(at: PathBuf, key: LocalSigner) -> io::Result<()> {
    let listener = UnixListener::bind(&at)?;
    std::fs::set_permissions(&at, std::fs::Permissions::from_mode(0o600))?;
    loop {
        let (stream, _) = listener.accept().await?;
        // One question a connection; who asks badly gets no answer.
        if let Ok(Ok(question)) = tokio::time::timeout(PATIENCE, answer(stream, &key)).await {
            println!("signer: {question}");
        }
    }
}

async fn answer(stream: UnixStream, key: &LocalSigner) -> io::Result<String> {
    let mut stream = BufReader::new(stream);
    let asked = line(&mut stream).await?;
    let told = match text(&asked, "ask") {
        Some("account") => json!({
            "address": key.address().as_str(),
            "public_key": STANDARD.encode(key.public_key().0),
        }),
        Some("sign") => sign(&asked, key),
        _ => json!({"refused": "account or sign was expected"}),
    };
    stream.write_all(format!("{told}\n").as_bytes()).await?;
    Ok(text(&asked, "ask").unwrap_or_default().to_owned())
}

/// A real one would show the transaction to somebody, or hold it against a policy.
fn sign(asked: &Value, key: &LocalSigner) -> Value {
    if text(asked, "kind") != Some("direct") {
        return json!({"refused": "only transactions in mode DIRECT are signed"});
    }
    let bytes = text(asked, "bytes").and_then(|text| STANDARD.decode(text).ok());
    match bytes.map(|bytes| key.sign_now(&bytes)) {
        Some(Ok(signature)) => json!({"signature": STANDARD.encode(signature.0)}),
        Some(Err(error)) => json!({"refused": error.to_string()}),
        None => json!({"refused": "bytes must be base64"}),
    }
}

fn text<'v>(value: &'v Value, member: &str) -> Option<&'v str> {
    value.get(member)?.as_str()
}

async fn line(stream: &mut BufReader<UnixStream>) -> io::Result<Value> {
    let mut text = String::new();
    stream.take(LINE).read_line(&mut text).await?;
    serde_json::from_str(&text).map_err(io::Error::other)
}

/// A signer whose key lies behind the socket.
#[derive(Debug)]
pub(super) struct Remote {
    socket: PathBuf,
    address: Address,
    key: PublicKey,
}

impl Remote {
    /// Asks whom the service signs for; waits until it is there.
    pub(super) async fn connect(
        socket: PathBuf,
    ) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let begun = std::time::Instant::now();
        while !socket.exists() && begun.elapsed() < PATIENCE {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let told = ask(&socket, &json!({"ask": "account"})).await?;
        let address = text(&told, "address")
            .ok_or("no address was told")?
            .parse()?;
        let key = STANDARD.decode(text(&told, "public_key").ok_or("no key was told")?)?;
        Ok(Self {
            socket,
            address,
            key: PublicKey::from_slice(&key)?,
        })
    }
}

async fn ask(socket: &PathBuf, question: &Value) -> io::Result<Value> {
    let asked = async {
        let mut stream = BufReader::new(UnixStream::connect(socket).await?);
        stream.write_all(format!("{question}\n").as_bytes()).await?;
        line(&mut stream).await
    };
    tokio::time::timeout(PATIENCE, asked).await?
}

#[async_trait]
impl Signer for Remote {
    fn address(&self) -> &Address {
        &self.address
    }

    fn public_key(&self) -> PublicKey {
        self.key
    }

    async fn sign(&self, bytes: SignBytes<'_>) -> Result<Signature, SignerError> {
        let broken = |reason: String| SignerError::Unavailable { reason };
        let kind = match bytes {
            SignBytes::Direct(_) => "direct",
            _ => "other",
        };
        let question =
            json!({"ask": "sign", "kind": kind, "bytes": STANDARD.encode(bytes.as_bytes())});
        let told = ask(&self.socket, &question)
            .await
            .map_err(|e| broken(e.to_string()))?;
        if let Some(reason) = text(&told, "refused") {
            return Err(SignerError::Refused {
                reason: reason.to_owned(),
            });
        }
        text(&told, "signature")
            .and_then(|text| STANDARD.decode(text).ok())
            .and_then(|bytes| bytes.try_into().ok())
            .map(Signature)
            .ok_or_else(|| broken("the answer has no signature".to_owned()))
    }
}
