//! A client that takes nothing for granted: a socket and the bytes of HTTP.

use futures_util::future::ready;
use futures_util::stream::{self, Stream, StreamExt};
use http_body_util::{BodyExt, StreamBody};
use hyper::Request;
use hyper::body::{Bytes, Frame};
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::convert::Infallible;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub(super) async fn connect(base: &str) -> TcpStream {
    let at = base.split("://").nth(1).unwrap().split('/').next().unwrap();
    TcpStream::connect(at).await.unwrap()
}

/// Sends bytes and reads until the other side closes.
pub(super) async fn raw(base: &str, bytes: &[u8]) -> Vec<u8> {
    let mut stream = connect(base).await;
    // The other side may have refused before it read everything.
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    answer
}

/// Status and body; status 0 if there was no answer.
async fn talk(base: &str, request: String) -> (u16, String) {
    let answer = raw(base, request.as_bytes()).await;
    let text = String::from_utf8(answer).unwrap();
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return (0, text);
    };
    (
        head.split(' ').nth(1).unwrap().parse().unwrap(),
        body.to_owned(),
    )
}

pub(super) async fn get(base: &str, path: &str) -> (u16, String) {
    let path = path.replace(' ', "%20");
    talk(
        base,
        format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"),
    )
    .await
}

pub(super) async fn post(base: &str, path: &str, body: &str) -> (u16, String) {
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n",
        body.len()
    );
    talk(base, head + body).await
}

/// A unary call: the status (with the message behind it, if there is one) and the answer.
pub(super) async fn grpc(base: &str, path: &str, request: &[u8]) -> (String, Vec<u8>) {
    grpc_then(base, path, request, stream::empty()).await
}

/// As a client that may say more after its first message.
pub(super) async fn grpc_then(
    base: &str,
    path: &str,
    request: &[u8],
    more: impl Stream<Item = Result<Frame<Bytes>, Infallible>> + Send + 'static,
) -> (String, Vec<u8>) {
    let io = TokioIo::new(connect(base).await);
    let (mut sender, connection) = hyper::client::conn::http2::handshake(TokioExecutor::new(), io)
        .await
        .unwrap();
    tokio::spawn(connection);
    let mut body = vec![0];
    body.extend(u32::try_from(request.len()).unwrap().to_be_bytes());
    body.extend(request);
    let first = stream::once(ready(Ok(Frame::data(Bytes::from(body)))));
    let request = Request::post(format!("{base}{path}"))
        .header("content-type", "application/grpc")
        .header("te", "trailers")
        .body(StreamBody::new(Box::pin(first.chain(more))))
        .unwrap();
    let answer = sender.send_request(request).await.unwrap();
    let head = answer.headers().clone();
    let body = answer.into_body().collect().await.unwrap();
    let tail = body.trailers().cloned().unwrap_or_default();
    let named = |name: &str| {
        let value = tail.get(name).or_else(|| head.get(name));
        value
            .map(|value| value.to_str().unwrap().to_owned())
            .unwrap_or_default()
    };
    let status = format!("{} {}", named("grpc-status"), named("grpc-message"));
    (
        status.trim().to_owned(),
        body.to_bytes().get(5..).unwrap_or_default().to_vec(),
    )
}
