use super::page::{Start, of_all};
use super::{Answer, Failure, Query, maybe};
use crate::cosmos::convert::provider::certificate_to_wire;
use crate::cosmos::wire::akash::cert::v1 as cert;
use akash_market::certificate::CertificateState;
use prost::Message;

impl Query<'_> {
    pub(super) fn certificate(&self, method: &str) -> Option<Answer> {
        (method == "Certificates").then(|| self.certificates())
    }

    /// Valid ones, then revoked ones, each by the bytes of the owner's address, then serial number.
    fn certificates(&self) -> Answer {
        let request: cert::QueryCertificatesRequest = self.read()?;
        let wanted = &request.filter;
        let owner = maybe(&wanted.owner)?;
        let states = match super::market::state::<CertificateState>(&wanted.state)? {
            Some(state) => vec![state],
            None => vec![CertificateState::Valid, CertificateState::Revoked],
        };
        let is_number = wanted.serial.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number {
            return Err(Failure::chain("cert", 5));
        }
        let mut found = Vec::new();
        for state in states {
            let mut of_state: Vec<_> = self
                .ledger
                .certificates()
                .filter(|known| {
                    known.state == state
                        && owner.as_ref().is_none_or(|owner| known.owner == *owner)
                        && (wanted.serial.is_empty() || known.serial == wanted.serial)
                })
                .collect();
            of_state.sort_by(|a, b| a.owner.cmp_bytes(&b.owner));
            found.extend(of_state.into_iter().map(|known| {
                let mut primary = known.owner.bytes().to_vec();
                primary.extend(known.serial.as_bytes());
                let state = match state {
                    CertificateState::Valid => 1,
                    CertificateState::Revoked => 2,
                };
                let start = Start {
                    states: (state..=2).collect(),
                    prefix: vec![state],
                    primary,
                    extra: Vec::new(),
                };
                (start, known)
            }));
        }
        let (certificates, pagination) = of_all(found, request.pagination.as_ref(), true)?;
        Ok(cert::QueryCertificatesResponse {
            certificates: certificates.into_iter().map(certificate_to_wire).collect(),
            pagination: Some(pagination),
        }
        .encode_to_vec())
    }
}
