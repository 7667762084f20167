use super::page::plain;
use super::{Answer, Failure, Query};
use crate::cosmos::convert::{Wire, to_wires};
use crate::cosmos::wire::akash::audit::v1 as audit;
use crate::cosmos::wire::akash::provider::v1beta4 as provider;
use crate::cosmos::wire::cosmos::base::query::v1beta1::PageRequest;
use crate::devnet::address;
use akash_market::address::Address;
use akash_market::audit::AuditRecord;
use prost::Message;

/// An address in a store's key: its length, then its bytes.
fn measured(address: &Address) -> Vec<u8> {
    let bytes = address.bytes();
    let mut key = vec![u8::try_from(bytes.len()).unwrap_or(u8::MAX)];
    key.extend_from_slice(&bytes);
    key
}

fn account(text: &str) -> Result<Address, Failure> {
    address::read(text).map_err(|_| Failure::chain("audit", 2))
}

impl Query<'_> {
    pub(super) fn provider(&self, method: &str) -> Option<Answer> {
        Some(match method {
            "Provider" => self.one_provider(),
            "Providers" => self.providers(),
            _ => return None,
        })
    }

    fn one_provider(&self) -> Answer {
        let request: provider::QueryProviderRequest = self.read()?;
        let owner = address::read(&request.owner).map_err(|_| Failure::chain("provider", 5))?;
        let found = self.ledger.providers().find(|known| known.owner == owner);
        let found = found.ok_or_else(|| Failure::chain("provider", 3))?;
        Ok(provider::QueryProviderResponse {
            provider: found.to_wire(),
        }
        .encode_to_vec())
    }

    fn providers(&self) -> Answer {
        let request: provider::QueryProvidersRequest = self.read()?;
        let all: Vec<_> = self.ledger.providers().collect();
        let (found, pagination) = plain(all, request.pagination.as_ref(), |known| {
            let mut key = vec![1];
            key.extend(measured(&known.owner));
            key
        })?;
        Ok(provider::QueryProvidersResponse {
            providers: found.into_iter().map(Wire::to_wire).collect(),
            pagination: Some(pagination),
        }
        .encode_to_vec())
    }

    pub(super) fn audit(&self, method: &str) -> Option<Answer> {
        Some(match method {
            "AllProvidersAttributes" => self.all_audits(),
            "AuditorAttributes" => self.audits_by(),
            "ProviderAttributes" => self.audits_of(),
            "ProviderAuditorAttributes" => self.one_audit(),
            _ => return None,
        })
    }

    fn all_audits(&self) -> Answer {
        let request: audit::QueryAllProvidersAttributesRequest = self.read()?;
        self.page_of_audits(request.pagination.as_ref())
    }

    /// The chain lists those of all auditors.
    fn audits_by(&self) -> Answer {
        let request: audit::QueryAuditorAttributesRequest = self.read()?;
        self.page_of_audits(request.pagination.as_ref())
    }

    fn page_of_audits(&self, page: Option<&PageRequest>) -> Answer {
        let all: Vec<_> = self.ledger.audits().collect();
        let (found, pagination) = plain(all, page, |record| audit_key(record))?;
        Ok(audit::QueryProvidersResponse {
            providers: found.into_iter().map(misread).collect(),
            pagination: Some(pagination),
        }
        .encode_to_vec())
    }

    fn audits_of(&self) -> Answer {
        let request: audit::QueryProviderAttributesRequest = self.read()?;
        let owner = account(&request.owner)?;
        self.audited(|record| record.owner == owner)
    }

    fn one_audit(&self) -> Answer {
        let request: audit::QueryProviderAuditorRequest = self.read()?;
        let owner = account(&request.owner)?;
        let auditor = account(&request.auditor)?;
        self.audited(|record| record.owner == owner && record.auditor == auditor)
    }

    fn audited(&self, is_asked: impl Fn(&AuditRecord) -> bool) -> Answer {
        let found = self.ledger.audits().filter(|record| is_asked(record));
        let providers: Vec<_> = found.map(Wire::to_wire).collect();
        if providers.is_empty() {
            return Err(Failure::chain("audit", 1));
        }
        Ok(audit::QueryProvidersResponse {
            providers,
            pagination: None,
        }
        .encode_to_vec())
    }
}

fn audit_key(record: &AuditRecord) -> Vec<u8> {
    let mut key = vec![1];
    key.extend(measured(&record.owner));
    key.extend(measured(&record.auditor));
    key
}

/// What the chain answers for a record in lists over several providers: it reads the stored list of attributes as if
/// it were the record, so that the last attribute's bytes stand for the owner.
fn misread(record: &AuditRecord) -> audit::AuditedProvider {
    let attributes: Vec<_> = to_wires(&record.attributes);
    let last = attributes.last().map(Message::encode_to_vec);
    audit::AuditedProvider {
        owner: String::from_utf8_lossy(&last.unwrap_or_default()).into_owned(),
        ..audit::AuditedProvider::default()
    }
}
