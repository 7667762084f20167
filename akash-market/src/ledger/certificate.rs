//! Certificates (node x/cert).

use super::Ledger;
use super::key::Serial;
use crate::address::Address;
use crate::certificate::{Certificate, CertificateState};
use crate::change::Change;
use crate::error::{CertificateError, Error};

impl Ledger {
    pub(super) fn create_certificate(
        &mut self,
        owner: &Address,
        serial: &str,
        cert: &[u8],
        pubkey: &[u8],
    ) -> Result<(), Error> {
        let key = (owner.clone(), Serial::new(serial));
        if self.state.certificates.contains(&key) {
            return Err(CertificateError::Exists.into());
        }
        let certificate = Certificate {
            owner: owner.clone(),
            serial: serial.to_owned(),
            state: CertificateState::Valid,
            cert: cert.to_vec(),
            pubkey: pubkey.to_vec(),
        };
        self.state.certificates.insert(key, certificate);
        self.changes.push(Change::CertificateCreated {
            owner: owner.clone(),
            serial: serial.to_owned(),
        });
        Ok(())
    }

    pub(super) fn revoke_certificate(
        &mut self,
        owner: &Address,
        serial: &str,
    ) -> Result<(), Error> {
        let key = (owner.clone(), Serial::new(serial));
        match self.state.certificates.get(&key).map(|c| c.state) {
            None => return Err(CertificateError::NotFound.into()),
            Some(CertificateState::Revoked) => return Err(CertificateError::AlreadyRevoked.into()),
            Some(CertificateState::Valid) => {}
        }
        self.state
            .certificates
            .modify(&key, |c| c.state = CertificateState::Revoked);
        self.changes.push(Change::CertificateRevoked {
            owner: owner.clone(),
            serial: serial.to_owned(),
        });
        Ok(())
    }
}
