//! TLS as every transport uses it: rustls with ring, authorities of the public web and those the caller adds.

use super::TransportError;
use rustls::{ClientConfig, RootCertStore};
use std::error::Error;
use std::sync::Arc;

/// Which authorities are trusted.
#[derive(Clone, Debug)]
pub(super) struct Roots {
    /// Those of the public web.
    pub(super) public: bool,
    /// Certificates in DER.
    pub(super) extra: Vec<Vec<u8>>,
}

impl Default for Roots {
    fn default() -> Self {
        Self {
            public: true,
            extra: Vec::new(),
        }
    }
}

/// A configuration that offers these protocols.
pub(super) fn config(roots: &Roots, protocols: &[&str]) -> Result<ClientConfig, TransportError> {
    let refused = |reason: String| TransportError::Configuration {
        endpoint: "TLS".to_owned(),
        reason,
    };
    let mut store = RootCertStore::empty();
    if roots.public {
        store.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    }
    for der in &roots.extra {
        store
            .add(der.clone().into())
            .map_err(|e| refused(format!("a certificate to trust can't be read: {e}")))?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| refused(e.to_string()))?
        .with_root_certificates(store)
        .with_no_client_auth();
    config.alpn_protocols = protocols.iter().map(|p| p.as_bytes().to_vec()).collect();
    Ok(config)
}

/// The TLS error behind an error, if there is one.
pub(super) fn cause<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e rustls::Error> {
    let mut next = Some(error);
    while let Some(cause) = next {
        if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
            return Some(tls);
        }
        // An I/O error hides what it wraps from `source`.
        if let Some(io) = cause.downcast_ref::<std::io::Error>()
            && let Some(inner) = io.get_ref()
        {
            next = Some(inner);
            continue;
        }
        next = cause.source();
    }
    None
}
