use crate::cosmos::convert::ConvertError;
use crate::cosmos::convert::report::{Answered, report_from_status};
use crate::cosmos::transport::{Grpc, HttpOptions, Transport, TransportError};
use crate::cosmos::wire::akash::provider::v1::Status;
use crate::identity::certificate::CertificateInfo;
use akash_market::certificate::{Certificate, CertificateState};
use akash_market::metrics::ProviderReport;
use akash_market::provider::Provider;
use akash_market::time::Timestamp;
use prost::Message;

const METHOD: &str = "/akash.provider.v1.ProviderRPC/GetStatus";

/// Why a provider's status can't be had.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StatusError {
    /// It does not answer, or not as a provider does.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The document says what can't be.
    #[error(transparent)]
    Convert(#[from] ConvertError),
}

/// Asks a provider for its status over gRPC: what it has, what it reserves, which cards. Everybody may ask.
///
/// The port is the one beside the gateway's, 8444 for 8443, unless `at` gives another address. Over TLS it has to show a
/// certificate of a public authority, or one of `certificates`, which are to be those that its account has put on the
/// chain; those that are revoked don't count. `now` is noted as the time of the answer.
///
/// # Errors
/// See [`StatusError`].
pub async fn read_status(
    provider: &Provider,
    certificates: &[Certificate],
    at: Option<&str>,
    options: HttpOptions,
    now: Timestamp,
) -> Result<ProviderReport, StatusError> {
    let valid = certificates
        .iter()
        .filter(|c| c.owner == provider.owner && c.state == CertificateState::Valid);
    let ders = valid.filter_map(|c| {
        let text = str::from_utf8(&c.cert).ok()?;
        Some(CertificateInfo::from_pem(text).ok()?.der().to_vec())
    });
    let options = ders.fold(options, HttpOptions::with_root);
    let beside = provider.host_uri.replace(":8443", ":8444");
    let node = Grpc::with_options(at.unwrap_or(&beside), options)?;
    let answer = node.unary(METHOD, Vec::new(), None).await?;
    let status =
        Status::decode(answer.bytes.as_slice()).map_err(|e| TransportError::Malformed {
            endpoint: METHOD.to_owned(),
            reason: e.to_string(),
        })?;
    let from = Answered {
        owner: provider.owner.clone(),
        host_uri: provider.host_uri.clone(),
        at: now,
    };
    Ok(report_from_status(from, &status)?)
}
