//! The node's gRPC server, on port 9090: queries as themselves.
//!
//! No code is generated: requests and answers pass as bytes. Like the REST gateway it does not tell what the work of a
//! block gave.

use super::http::{HttpOptions, shown};
use super::{
    BlockResult, CheckTx, NodeStatus, Transport, TransportError, TxResult, Unary, comet, service,
};
use crate::cosmos::tx::TxHash;
use crate::cosmos::wire::cosmos::tx::v1beta1::GetTxResponse;
use async_trait::async_trait;
use prost::Message;
use prost::bytes::{Buf, BufMut};
use reqwest::Url;
use tonic::codec::{BufferSettings, Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::codegen::http::uri::PathAndQuery;
use tonic::metadata::MetadataValue;
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint};
use tonic::{Code, Request, Status};

const HEIGHT: &str = "x-cosmos-block-height";

/// A node's gRPC server.
///
/// ```no_run
/// use akash_sdk::cosmos::Client;
/// use akash_sdk::cosmos::transport::Grpc;
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let node = Grpc::new("grpc.sandbox-2.aksh.pw:9090")?;
/// let client = Client::connect(node).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Grpc {
    channel: Channel,
    endpoint: String,
    options: HttpOptions,
}

impl Grpc {
    /// A server at this address. With port 443 or the scheme `https` it is asked over TLS, else in the clear, as the
    /// network's lists of endpoints mean it. Connects with the first call; needs a tokio runtime.
    ///
    /// # Errors
    /// If it is no address.
    pub fn new(address: &str) -> Result<Self, TransportError> {
        Self::with_options(address, HttpOptions::default())
    }

    /// Like [`Grpc::new`], with bounds and trust of the caller's. Headers become metadata.
    ///
    /// # Errors
    /// If it is no address, or a header of the options can't be used.
    pub fn with_options(address: &str, options: HttpOptions) -> Result<Self, TransportError> {
        let text = if address.contains("://") {
            address.to_owned()
        } else if address.ends_with(":443") {
            format!("https://{address}")
        } else {
            format!("http://{address}")
        };
        let url = super::http::address(&text, &["http", "https"])?;
        let endpoint = shown(&url);
        options.headers()?;
        let channel = channel(&url, &options).map_err(|e| TransportError::Configuration {
            endpoint: endpoint.clone(),
            reason: e.to_string(),
        })?;
        Ok(Self {
            channel,
            endpoint,
            options,
        })
    }

    async fn call(
        &self,
        path: &str,
        request: Vec<u8>,
        height: Option<i64>,
    ) -> Result<Unary, TransportError> {
        let refused = |reason: String| TransportError::Configuration {
            endpoint: self.endpoint.clone(),
            reason,
        };
        let method = PathAndQuery::try_from(path).map_err(|e| refused(format!("{path}: {e}")))?;
        let mut message = Request::new(request);
        message
            .metadata_mut()
            .as_mut()
            .extend(self.options.headers()?);
        if let Some(height) = height {
            let value =
                MetadataValue::try_from(height.to_string()).map_err(|e| refused(e.to_string()))?;
            message.metadata_mut().insert(HEIGHT, value);
        }
        message.set_timeout(self.options.timeout);
        let limit = self.options.max_response;
        let mut client =
            tonic::client::Grpc::new(self.channel.clone()).max_decoding_message_size(limit);
        let exchange = async {
            client
                .ready()
                .await
                .map_err(|e| Status::from_error(Box::new(e)))?;
            client.unary(message, method, Bytes).await
        };
        let answer = match tokio::time::timeout(self.options.timeout, exchange).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(status)) => return Err(self.failure(path, height, &status)),
            Err(_) => return Err(self.timeout()),
        };
        let read = answer
            .metadata()
            .get(HEIGHT)
            .and_then(|height| height.to_str().ok()?.parse().ok());
        Ok(Unary {
            bytes: answer.into_inner(),
            height: read.or(height).unwrap_or_default(),
        })
    }

    fn timeout(&self) -> TransportError {
        TransportError::Timeout {
            endpoint: self.endpoint.clone(),
            after: self.options.timeout,
        }
    }

    fn failure(&self, path: &str, height: Option<i64>, status: &Status) -> TransportError {
        let endpoint = self.endpoint.clone();
        let message = status.message().to_owned();
        // What has a source was not said by the node but happened on the way.
        let source = std::error::Error::source(status);
        if let Some(source) = source {
            if let Some(tls) = super::tls::cause(source) {
                return TransportError::Tls {
                    endpoint,
                    reason: tls.to_string(),
                };
            }
            let reason = innermost(source);
            return if is_connect(source) {
                TransportError::NotConnected { endpoint, reason }
            } else {
                TransportError::Unreachable { endpoint, reason }
            };
        }
        if comet::answer::is_height_refusal(&message) {
            return TransportError::Height {
                height: height.unwrap_or_default(),
                message,
            };
        }
        match status.code() {
            Code::OutOfRange if message.contains("decoded message length too large") => {
                TransportError::TooLarge {
                    endpoint,
                    limit: self.options.max_response,
                }
            }
            Code::ResourceExhausted => TransportError::RateLimited {
                endpoint,
                retry_after: None,
            },
            code => TransportError::Query {
                path: path.to_owned(),
                code: code_number(code),
                message,
            },
        }
    }
}

fn code_number(code: Code) -> u32 {
    u32::try_from(i32::from(code)).unwrap_or(2)
}

fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

/// Whether a connection did not even come about.
fn is_connect(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(cause) = next {
        if cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|io| io.kind() == std::io::ErrorKind::ConnectionRefused)
        {
            return true;
        }
        next = cause.source();
    }
    false
}

fn channel(url: &Url, options: &HttpOptions) -> Result<Channel, tonic::transport::Error> {
    let mut endpoint = Endpoint::from_shared(url.as_str().to_owned())?
        .connect_timeout(options.connect_timeout)
        .timeout(options.timeout)
        .keep_alive_while_idle(true)
        .http2_keep_alive_interval(options.timeout)
        .keep_alive_timeout(options.timeout);
    if url.scheme() == "https" {
        let mut tls = ClientTlsConfig::new();
        if options.roots().public {
            tls = tls.with_webpki_roots();
        }
        let certificates = options.roots().extra.iter();
        let certificates = certificates.map(|der| Certificate::from_pem(pem(der)));
        endpoint = endpoint.tls_config(tls.ca_certificates(certificates))?;
    }
    Ok(endpoint.connect_lazy())
}

fn pem(der: &[u8]) -> String {
    use base64::Engine;
    let text = base64::engine::general_purpose::STANDARD.encode(der);
    format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
}

/// Passes messages as they are.
#[derive(Clone, Copy, Debug)]
struct Bytes;

impl Codec for Bytes {
    type Encode = Vec<u8>;
    type Decode = Vec<u8>;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self::Encoder {
        Self
    }

    fn decoder(&mut self) -> Self::Decoder {
        Self
    }
}

impl Encoder for Bytes {
    type Item = Vec<u8>;
    type Error = Status;

    fn encode(&mut self, item: Vec<u8>, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        buffer.put_slice(&item);
        Ok(())
    }

    fn buffer_settings(&self) -> BufferSettings {
        BufferSettings::default()
    }
}

impl Decoder for Bytes {
    type Item = Vec<u8>;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<Vec<u8>>, Status> {
        let mut bytes = vec![0; buffer.remaining()];
        buffer.copy_to_slice(&mut bytes);
        Ok(Some(bytes))
    }

    fn buffer_settings(&self) -> BufferSettings {
        BufferSettings::default()
    }
}

#[async_trait]
impl Transport for Grpc {
    async fn unary(
        &self,
        path: &str,
        request: Vec<u8>,
        height: Option<i64>,
    ) -> Result<Unary, TransportError> {
        self.call(path, request, height).await
    }

    async fn broadcast(&self, tx: &[u8]) -> Result<CheckTx, TransportError> {
        service::broadcast(self, tx).await
    }

    async fn tx(&self, hash: &TxHash) -> Result<Option<TxResult>, TransportError> {
        let path = "/cosmos.tx.v1beta1.Service/GetTx";
        let answer = match self.call(path, service::get_tx(hash), None).await {
            Ok(answer) => answer,
            Err(error) if error.is_not_found() => return Ok(None),
            Err(error) => return Err(error),
        };
        let malformed = |reason: String| TransportError::Malformed {
            endpoint: self.endpoint.clone(),
            reason,
        };
        let found = GetTxResponse::decode(answer.bytes.as_slice())
            .map_err(|e| malformed(e.to_string()))?
            .tx_response
            .ok_or_else(|| {
                malformed("it does not say what became of the transaction".to_owned())
            })?;
        service::tx_result(self, &self.endpoint, hash, found)
            .await
            .map(Some)
    }

    async fn block(&self, _height: i64) -> Result<Option<BlockResult>, TransportError> {
        Err(TransportError::Unsupported {
            endpoint: self.endpoint.clone(),
            what: "the results of a block".to_owned(),
        })
    }

    async fn status(&self) -> Result<NodeStatus, TransportError> {
        service::status(self, &self.endpoint).await
    }

    async fn wait_for_block(&self, _height: i64) -> Result<(), TransportError> {
        tokio::time::sleep(self.options.poll).await;
        Ok(())
    }
}
