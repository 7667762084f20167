use crate::chain::{At, ChainError, QueryExt};
use crate::drive::{DriveError, Sender, Sent};
use crate::identity::certificate::{IssuedCertificate, check_on_chain};
use crate::journal::JobId;
use akash_market::action::Action;
use akash_market::address::Address;
use akash_market::certificate::{Certificate, CertificateState};
use akash_market::query::{Entity, Filter};

/// An account with more certificates than this is taken for an error of the chain.
const LIST_CAP: usize = 10_000;

/// An account's client certificates on chain: publishes, revokes and lists them.
///
/// ```
/// use akash_market::certificate::CertificateState;
/// use akash_sdk::cosmos::Client;
/// use akash_sdk::devnet::Devnet;
/// use akash_sdk::drive::Sender;
/// use akash_sdk::identity::certificate::CertificateRequest;
/// use akash_sdk::journal::MemoryJournal;
/// use akash_sdk::tenant::Certificates;
/// use std::sync::Arc;
///
/// # futures_util::FutureExt::now_or_never(async {
/// let devnet = Devnet::builder().build()?;
/// let tenant = devnet.account("tenant").ok_or("an account")?.clone();
/// let client = Client::connect(devnet).await?.with_signer(tenant.signer.clone());
/// let sender = Sender::new(Arc::new(client), Arc::new(MemoryJournal::default()));
/// let certificates = Certificates::new(sender, tenant.address().clone());
///
/// let made = CertificateRequest {
///     serial: 1_750_000_000_000_000_000,
///     not_before: 1_750_000_000,
///     not_after: 1_750_000_000 + 365 * 86_400,
///     dns_names: vec![],
///     ip_addresses: vec![],
/// }
/// .issue(tenant.address(), &[9; 32])?; // 32 secret bytes: take them from the operating system
/// certificates.publish(&made).await?;
///
/// let valid = certificates.list(Some(CertificateState::Valid)).await?;
/// assert_eq!(valid[0].cert, made.certificate_pem().as_bytes());
/// certificates.revoke(&valid[0].serial).await?;
/// assert!(certificates.list(Some(CertificateState::Valid)).await?.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).expect("the embedded network does not wait")?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Certificates {
    sender: Sender,
    owner: Address,
}

impl Certificates {
    /// The certificates of `owner`, for whom `sender` can sign.
    #[must_use]
    pub const fn new(sender: Sender, owner: Address) -> Self {
        Self { sender, owner }
    }

    /// Registers a certificate. Registering it again, after a crash for example, sends nothing new.
    ///
    /// # Errors
    /// If the chain would not take it as it is, or chain or journal can't be used. What the chain makes of it is in
    /// what is returned.
    pub async fn publish(&self, certificate: &IssuedCertificate) -> Result<Sent, DriveError> {
        let cert = certificate.certificate_pem().into_bytes();
        let pubkey = certificate.public_key_pem().into_bytes();
        let info = check_on_chain(&self.owner, &cert, &pubkey)
            .map_err(|e| DriveError::Usage(e.to_string()))?;
        let job = self.job("publish", &info.serial);
        let action = Action::CreateCertificate {
            owner: self.owner.clone(),
            serial: info.serial,
            cert,
            pubkey,
        };
        self.sender.send(job, action.into()).await
    }

    /// Revokes the certificate with this serial number, in decimal, for good.
    ///
    /// # Errors
    /// If chain or journal can't be used. What the chain makes of it is in what is returned.
    pub async fn revoke(&self, serial: &str) -> Result<Sent, DriveError> {
        let action = Action::RevokeCertificate {
            owner: self.owner.clone(),
            serial: serial.to_owned(),
        };
        self.sender
            .send(self.job("revoke", serial), action.into())
            .await
    }

    /// The certificates on chain, in one state or all, in the chain's order.
    ///
    /// # Errors
    /// If the chain can't be asked.
    pub async fn list(
        &self,
        state: Option<CertificateState>,
    ) -> Result<Vec<Certificate>, ChainError> {
        let filter = Filter::Certificates {
            owner: self.owner.clone(),
            state,
        };
        let all = self.sender.chain().all(&filter, At::Latest, LIST_CAP);
        let certificates = all.await?.into_iter().filter_map(|entity| match entity {
            Entity::Certificate(certificate) => Some(certificate),
            _ => None,
        });
        Ok(certificates.collect())
    }

    fn job(&self, what: &str, serial: &str) -> JobId {
        JobId(format!("certificate/{what}/{}/{serial}", self.owner))
    }
}
