//! Servers that hang, lie, flood and break off.

use super::server::{self, Reply};
use akash_sdk::cosmos::transport::comet::Comet;
use akash_sdk::cosmos::transport::rest::Rest;
use akash_sdk::cosmos::transport::{HttpOptions, Transport, TransportError};
use std::time::Duration;

fn quick() -> HttpOptions {
    HttpOptions::default()
        .with_timeout(Duration::from_millis(300))
        .with_max_response(10_000)
}

/// What a status gives over both ways of asking when the server does this.
async fn both(reply: Reply) -> [TransportError; 2] {
    let address = server::serve(move |_| reply.clone()).await;
    let url = format!("http://{address}");
    let comet = Comet::with_options(&url, quick()).unwrap();
    let rest = Rest::with_options(&url, quick()).unwrap();
    [
        comet.status().await.unwrap_err(),
        rest.status().await.unwrap_err(),
    ]
}

#[tokio::test]
async fn a_server_that_hangs_times_out() {
    for error in both(Reply::Hang).await {
        assert!(matches!(error, TransportError::Timeout { .. }), "{error:?}");
    }
    // Also in the middle of a body.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut buffer = [0; 1024];
        let _ = stream.read(&mut buffer).await.unwrap();
        let head = b"HTTP/1.1 200 X\r\ncontent-length: 9\r\n\r\n{";
        stream.write_all(head).await.unwrap();
        std::future::pending::<()>().await;
    });
    let comet = Comet::with_options(&format!("http://{address}"), quick()).unwrap();
    let error = comet.status().await.unwrap_err();
    assert!(matches!(error, TransportError::Timeout { .. }), "{error:?}");
}

#[tokio::test]
async fn a_server_that_drips_times_out() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let (mut stream, _) = listener.accept().await.unwrap();
        let _ = stream.read(&mut [0; 1024]).await.unwrap();
        let head = b"HTTP/1.1 200 X\r\ncontent-length: 9999\r\n\r\n";
        stream.write_all(head).await.unwrap();
        // It is never silent, and never done.
        while stream.write_all(b" ").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    let comet = Comet::with_options(&format!("http://{address}"), quick()).unwrap();
    let begun = std::time::Instant::now();
    let error = comet.status().await.unwrap_err();
    assert!(matches!(error, TransportError::Timeout { .. }), "{error:?}");
    assert!(begun.elapsed() < Duration::from_secs(5));
}

/// The address of a server that accepts connections and never says a word.
async fn silent() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move {
        let mut kept = Vec::new();
        while let Ok(accepted) = listener.accept().await {
            kept.push(accepted);
        }
    });
    address
}

#[tokio::test]
async fn silent_servers_time_out_before_and_behind_tls() {
    let mut options = quick();
    options.connect_timeout = Duration::from_millis(300);
    let address = silent().await;
    let begun = std::time::Instant::now();
    for scheme in ["http", "https"] {
        let url = format!("{scheme}://{address}");
        let comet = Comet::with_options(&url, options.clone()).unwrap();
        let error = comet.status().await.unwrap_err();
        assert!(matches!(error, TransportError::Timeout { .. }), "{error:?}");
        #[cfg(feature = "grpc")]
        {
            use akash_sdk::cosmos::transport::Grpc;
            let grpc = Grpc::with_options(&url, options.clone()).unwrap();
            let error = grpc.status().await.unwrap_err();
            assert!(
                matches!(
                    error,
                    TransportError::Timeout { .. }
                        | TransportError::Unreachable { .. }
                        | TransportError::NotConnected { .. }
                ),
                "{error:?}"
            );
        }
    }
    #[cfg(feature = "websocket")]
    for scheme in ["ws", "wss"] {
        use akash_sdk::cosmos::transport::comet::{CometSocket, SocketOptions};
        let mut socket = SocketOptions::default();
        socket.http = options.clone();
        let url = format!("{scheme}://{address}/websocket");
        let node = CometSocket::with_options(&url, socket).unwrap();
        let error = node.status().await.unwrap_err();
        assert!(
            matches!(
                error,
                TransportError::NotConnected { .. } | TransportError::Timeout { .. }
            ),
            "{error:?}"
        );
    }
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn too_much_is_not_read() {
    let announced = b"HTTP/1.1 200 X\r\ncontent-length: 99999999999\r\n\r\n".to_vec();
    let mut chunked = b"HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n".to_vec();
    for _ in 0..20 {
        chunked.extend_from_slice(b"3e8\r\n");
        chunked.extend_from_slice(&[b' '; 1000]);
        chunked.extend_from_slice(b"\r\n");
    }
    chunked.extend_from_slice(b"0\r\n\r\n");
    for reply in [Reply::Raw(announced), Reply::Raw(chunked)] {
        for error in both(reply).await {
            let limit = 10_000;
            assert!(
                matches!(error, TransportError::TooLarge { limit: l, .. } if l == limit),
                "{error:?}"
            );
        }
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_is_no_answer() {
    let cut = b"HTTP/1.1 200 X\r\ncontent-length: 100\r\n\r\n{\"jsonrpc\"".to_vec();
    for reply in [
        Reply::Raw(cut),
        Reply::Raw(Vec::new()),
        Reply::Raw(b"\x15\x03\x01\x00\x02".to_vec()),
    ] {
        for error in both(reply).await {
            assert!(
                matches!(error, TransportError::Unreachable { .. }),
                "{error:?}"
            );
            assert!(error.is_retryable() && !error.was_not_sent());
        }
    }
}

#[tokio::test]
async fn what_is_no_json_of_a_node_is_malformed() {
    let deep = "[".repeat(5_000);
    for body in ["", "<html>", "{", "[]", "null", "\u{0}", deep.as_str()] {
        for error in both(Reply::json(200, body)).await {
            assert!(
                matches!(error, TransportError::Malformed { .. }),
                "{body:.9}: {error:?}"
            );
        }
    }
}

#[tokio::test]
async fn statuses_and_limits_are_told_apart() {
    for error in both(Reply::json(502, "<html>Bad Gateway</html>")).await {
        assert!(
            matches!(error, TransportError::Status { status: 502, .. }),
            "{error:?}"
        );
    }
    let limited = Reply::Full(429, "retry-after: 7\r\n".to_owned(), Vec::new());
    for error in both(limited).await {
        assert_eq!(
            error.retry_after(),
            Some(Duration::from_secs(7)),
            "{error:?}"
        );
        assert!(error.was_not_sent());
    }
    let times = "date: Sun, 06 Nov 1994 08:49:30 GMT\r\n\
                 retry-after: Sun, 06 Nov 1994 08:49:37 GMT\r\n";
    for status in [429, 503] {
        for error in both(Reply::Full(status, times.to_owned(), Vec::new())).await {
            let wait = error.retry_after();
            assert_eq!(wait, Some(Duration::from_secs(7)), "{error:?}");
        }
    }
    let elsewhere = Reply::Full(
        302,
        "location: http://127.0.0.1:1/\r\n".to_owned(),
        Vec::new(),
    );
    for error in both(elsewhere).await {
        assert!(
            matches!(error, TransportError::Status { status: 302, .. }),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn nobody_there_is_told_apart_from_a_broken_connection() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let comet = Comet::new(&format!("http://{address}")).unwrap();
    let error = comet.broadcast(b"tx").await.unwrap_err();
    assert!(
        matches!(error, TransportError::NotConnected { .. }),
        "{error:?}"
    );
    assert!(error.was_not_sent());
}

#[tokio::test]
async fn keys_in_addresses_and_headers_are_not_shown() {
    let address = server::serve(|request| {
        assert_eq!(request.header("x-api-key"), Some("hidden"));
        assert_eq!(request.path, "/secret-path");
        Reply::json(503, "")
    })
    .await;
    let options = quick().with_header("x-api-key", "hidden");
    let comet = Comet::with_options(&format!("http://{address}/secret-path"), options).unwrap();
    let error = comet.status().await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("secret"));
    assert!(!format!("{comet:?}").contains("hidden"));
}

#[cfg(feature = "certificates")]
mod tls {
    use super::*;
    use akash_sdk::identity::certificate::{CertificateRequest, IssuedCertificate};
    use std::net::{IpAddr, Ipv4Addr};
    use std::sync::Arc;
    use tokio_rustls::TlsAcceptor;
    use tokio_rustls::rustls::ServerConfig;
    use tokio_rustls::rustls::crypto::ring;
    use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;

    fn certificate(not_after: i64, ip: [u8; 4]) -> IssuedCertificate {
        let owner = "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0"
            .parse()
            .unwrap();
        CertificateRequest {
            serial: 7,
            not_before: 1_700_000_000,
            not_after,
            dns_names: Vec::new(),
            ip_addresses: vec![IpAddr::V4(Ipv4Addr::from(ip))],
        }
        .issue(&owner, &[7; 32])
        .unwrap()
    }

    /// A server with this certificate that answers with the recorded status.
    async fn serve(certificate: &IssuedCertificate) -> String {
        let key = PrivatePkcs8KeyDer::from(certificate.private_key_der().to_vec());
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.certificate_der().to_vec().into()],
                key.into(),
            )
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        tokio::spawn(async move {
            let handler: Arc<dyn Fn(&server::Request) -> Reply + Send + Sync> =
                Arc::new(super::super::recorded::comet());
            while let Ok((stream, _)) = listener.accept().await {
                if let Ok(stream) = acceptor.accept(stream).await {
                    tokio::spawn(server::connection(stream, Arc::clone(&handler)));
                }
            }
        });
        address
    }

    #[tokio::test]
    async fn only_a_trusted_peer_is_talked_to() {
        let good = certificate(4_000_000_000, [127, 0, 0, 1]);
        let address = serve(&good).await;
        let url = format!("https://{address}");

        let stranger = Comet::new(&url).unwrap().status().await.unwrap_err();
        assert!(
            matches!(stranger, TransportError::Tls { .. }),
            "{stranger:?}"
        );
        assert!(stranger.was_not_sent());
        #[cfg(feature = "grpc")]
        {
            let grpc = akash_sdk::cosmos::transport::Grpc::new(&url).unwrap();
            let error = grpc.status().await.unwrap_err();
            assert!(matches!(error, TransportError::Tls { .. }), "{error:?}");
        }
        #[cfg(feature = "websocket")]
        {
            let url = format!("wss://{address}/websocket");
            let socket = akash_sdk::cosmos::transport::comet::CometSocket::new(&url).unwrap();
            let error = socket.status().await.unwrap_err();
            assert!(matches!(error, TransportError::Tls { .. }), "{error:?}");
            assert!(error.was_not_sent());
        }

        let trusting = HttpOptions::default().with_root(good.certificate_der().to_vec());
        let status = Comet::with_options(&url, trusting.without_public_roots())
            .unwrap()
            .status()
            .await;
        assert_eq!(status.unwrap().chain_id, "akash-localnet-1");
    }

    #[tokio::test]
    async fn an_expired_or_foreign_certificate_is_refused() {
        for bad in [
            certificate(1_700_000_100, [127, 0, 0, 1]),
            certificate(4_000_000_000, [127, 0, 0, 2]),
        ] {
            let address = serve(&bad).await;
            let options = HttpOptions::default().with_root(bad.certificate_der().to_vec());
            let comet = Comet::with_options(&format!("https://{address}"), options).unwrap();
            let error = comet.status().await.unwrap_err();
            assert!(matches!(error, TransportError::Tls { .. }), "{error:?}");
        }
        let garbage = HttpOptions::default().with_root(b"no certificate".to_vec());
        assert!(Comet::with_options("https://localhost", garbage).is_err());
    }

    #[tokio::test]
    async fn a_server_without_tls_is_refused() {
        let address = server::serve(|_| Reply::json(200, "{}")).await;
        let comet = Comet::with_options(&format!("https://{address}"), quick()).unwrap();
        let error = comet.status().await.unwrap_err();
        assert!(
            matches!(
                error,
                TransportError::Tls { .. } | TransportError::Timeout { .. }
            ),
            "{error:?}"
        );
    }
}
