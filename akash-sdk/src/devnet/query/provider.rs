use super::{Answer, Failure, Query};
use crate::cosmos::convert::Wire;
use crate::cosmos::convert::provider::certificate_to_wire;
use crate::cosmos::wire::akash::audit::v1 as audit;
use crate::cosmos::wire::akash::cert::v1 as cert;
use crate::cosmos::wire::akash::provider::v1beta4 as provider;
use akash_market::address::Address;
use akash_market::query::{Entity, Filter, Key};
use prost::Message;

fn address(text: &str) -> Result<Address, Failure> {
    text.parse()
        .map_err(|_| Failure::invalid("invalid address"))
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
        match self.ledger.get(&Key::Provider(address(&request.owner)?)) {
            Some(Entity::Provider(found)) => Ok(provider::QueryProviderResponse {
                provider: found.to_wire(),
            }
            .encode_to_vec()),
            _ => Err(Failure::not_found("invalid provider: address not found")),
        }
    }

    fn providers(&self) -> Answer {
        let request: provider::QueryProvidersRequest = self.read()?;
        let (providers, pagination) = self.page(
            &Filter::Providers,
            request.pagination.as_ref(),
            |entity| match entity {
                Entity::Provider(found) => Some(found.to_wire()),
                _ => None,
            },
        )?;
        Ok(provider::QueryProvidersResponse {
            providers,
            pagination,
        }
        .encode_to_vec())
    }

    pub(super) fn audit(&self, method: &str) -> Option<Answer> {
        Some(match method {
            "ProviderAttributes" => self.audits(),
            "ProviderAuditorAttributes" => self.one_audit(),
            _ => return None,
        })
    }

    fn audits(&self) -> Answer {
        let request: audit::QueryProviderAttributesRequest = self.read()?;
        let filter = Filter::Audits {
            owner: address(&request.owner)?,
        };
        let (providers, _) = self.page(
            &filter,
            request.pagination.as_ref(),
            |entity| match entity {
                Entity::Audit(record) => Some(record.to_wire()),
                _ => None,
            },
        )?;
        if providers.is_empty() {
            return Err(Failure::not_found("invalid provider: address not found"));
        }
        Ok(audit::QueryProvidersResponse {
            providers,
            pagination: None,
        }
        .encode_to_vec())
    }

    fn one_audit(&self) -> Answer {
        let request: audit::QueryProviderAuditorRequest = self.read()?;
        let key = Key::Audit {
            owner: address(&request.owner)?,
            auditor: address(&request.auditor)?,
        };
        match self.ledger.get(&key) {
            Some(Entity::Audit(record)) => {
                let providers = vec![record.to_wire()];
                Ok(audit::QueryProvidersResponse {
                    providers,
                    pagination: None,
                }
                .encode_to_vec())
            }
            _ => Err(Failure::not_found("invalid provider: address not found")),
        }
    }

    pub(super) fn certificate(&self, method: &str) -> Option<Answer> {
        (method == "Certificates").then(|| self.certificates())
    }

    fn certificates(&self) -> Answer {
        let request: cert::QueryCertificatesRequest = self.read()?;
        let filter = Filter::Certificates {
            owner: address(&request.filter.owner)?,
            state: super::state(&request.filter.state)?,
        };
        let (certificates, pagination) = self.page(
            &filter,
            request.pagination.as_ref(),
            |entity| match entity {
                Entity::Certificate(certificate)
                    if request.filter.serial.is_empty()
                        || request.filter.serial == certificate.serial =>
                {
                    Some(certificate_to_wire(&certificate))
                }
                _ => None,
            },
        )?;
        Ok(cert::QueryCertificatesResponse {
            certificates,
            pagination,
        }
        .encode_to_vec())
    }
}
