use super::page::plain;
use super::{Answer, Failure, Query, account};
use crate::cosmos::convert::time::wire_timestamp;
use crate::cosmos::convert::{Wire, to_wires};
use crate::cosmos::wire::TypeUrl;
use crate::cosmos::wire::akash::escrow::v1::{DepositAuthorization, MsgAccountDeposit};
use crate::cosmos::wire::cosmos::authz::v1beta1 as authz;
use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use crate::cosmos::wire::cosmos::feegrant::v1beta1 as feegrant;
use crate::cosmos::wire::google::protobuf::Any;
use akash_market::address::Address;
use akash_market::grant::DepositGrant;
use akash_market::time::Timestamp;
use akash_sdl::num::{Coin, Denom};
use prost::Message;

/// An authorization of either kind.
struct Found {
    granter: Address,
    grantee: Address,
    message_type: String,
    authorization: Any,
    expires: Option<Timestamp>,
}

impl Found {
    fn of_deposits(grant: &DepositGrant) -> Self {
        let authorization = DepositAuthorization {
            spend_limit: Coin::zero(Denom::UAKT).to_wire(),
            scopes: to_wires(&grant.scopes),
            spend_limits: to_wires(&grant.spend_limits),
        };
        Self {
            granter: grant.granter.clone(),
            grantee: grant.grantee.clone(),
            message_type: MsgAccountDeposit::TYPE_URL.to_owned(),
            authorization: authorization.to_any(),
            expires: grant.expires,
        }
    }

    fn to_wire(&self) -> authz::GrantAuthorization {
        authz::GrantAuthorization {
            granter: self.granter.to_string(),
            grantee: self.grantee.to_string(),
            authorization: Some(self.authorization.clone()),
            expiration: self.expires.map(wire_timestamp),
        }
    }

    fn key(&self) -> Vec<u8> {
        let mut key = self.granter.bytes().to_vec();
        key.extend(self.grantee.bytes());
        key.extend(self.message_type.as_bytes());
        key
    }
}

/// A page whose total is 0 unless it was asked for.
fn page<T>(
    all: Vec<T>,
    request: Option<&PageRequest>,
    key: impl Fn(&T) -> Vec<u8>,
) -> Result<(Vec<T>, PageResponse), Failure> {
    let request = request.cloned().unwrap_or_default();
    plain(all, Some(&request), key)
}

impl Query<'_> {
    pub(super) fn authz(&self, method: &str) -> Option<Answer> {
        Some(match method {
            "GranteeGrants" => self.grants_to(),
            "GranterGrants" => self.grants_from(),
            "Grants" => self.grants_between(),
            _ => return None,
        })
    }

    /// All authorizations, by granter's bytes, then grantee's, then type of message.
    fn authorizations(&self) -> Vec<Found> {
        let deposits = self.ledger.grants().map(Found::of_deposits);
        let others =
            self.state
                .authorities
                .iter()
                .map(|((grantee, granter, message_type), found)| Found {
                    granter: granter.clone(),
                    grantee: grantee.clone(),
                    message_type: message_type.clone(),
                    authorization: found.authorization.clone(),
                    expires: found.expires,
                });
        let mut all: Vec<Found> = deposits.chain(others).collect();
        all.sort_by_key(Found::key);
        all
    }

    fn grants_to(&self) -> Answer {
        let request: authz::QueryGranteeGrantsRequest = self.read()?;
        let grantee = account(&request.grantee)?;
        let mut all = self.authorizations();
        all.retain(|found| found.grantee == grantee);
        let (found, pagination) = page(all, request.pagination.as_ref(), Found::key)?;
        Ok(authz::QueryGranteeGrantsResponse {
            grants: found.iter().map(Found::to_wire).collect(),
            pagination: Some(pagination),
        }
        .encode_to_vec())
    }

    fn grants_from(&self) -> Answer {
        let request: authz::QueryGranterGrantsRequest = self.read()?;
        let granter = account(&request.granter)?;
        let mut all = self.authorizations();
        all.retain(|found| found.granter == granter);
        let (found, pagination) = page(all, request.pagination.as_ref(), Found::key)?;
        Ok(authz::QueryGranterGrantsResponse {
            grants: found.iter().map(Found::to_wire).collect(),
            pagination: Some(pagination),
        }
        .encode_to_vec())
    }

    fn grants_between(&self) -> Answer {
        let request: authz::QueryGrantsRequest = self.read()?;
        let granter = account(&request.granter)?;
        let grantee = account(&request.grantee)?;
        let asked = &request.msg_type_url;
        let mut all = self.authorizations();
        all.retain(|found| {
            found.granter == granter
                && found.grantee == grantee
                && (asked.is_empty() || found.message_type == *asked)
        });
        if !asked.is_empty() && all.is_empty() {
            return Err(Failure::not_found(format!(
                "authorization not found for {asked} type"
            )));
        }
        let (found, pagination) = page(all, request.pagination.as_ref(), Found::key)?;
        let grants = found.iter().map(|found| authz::Grant {
            authorization: Some(found.authorization.clone()),
            expiration: found.expires.map(wire_timestamp),
        });
        Ok(authz::QueryGrantsResponse {
            grants: grants.collect(),
            // One authorization that was named is no list.
            pagination: asked.is_empty().then_some(pagination),
        }
        .encode_to_vec())
    }

    pub(super) fn feegrant(&self, method: &str) -> Option<Answer> {
        Some(match method {
            "Allowance" => self.allowance(),
            "Allowances" => self.allowances_to(),
            "AllowancesByGranter" => self.allowances_from(),
            _ => return None,
        })
    }

    /// All fee grants, by grantee's bytes, then granter's.
    fn fee_grants(&self) -> Vec<(Vec<u8>, feegrant::Grant)> {
        let all = self.state.allowances.iter();
        let mut all: Vec<_> = all
            .map(|((granter, grantee), allowance)| {
                let key = [grantee.bytes(), granter.bytes()].concat();
                let grant = feegrant::Grant {
                    granter: granter.to_string(),
                    grantee: grantee.to_string(),
                    allowance: Some(allowance.clone()),
                };
                (key, grant)
            })
            .collect();
        all.sort_by(|(a, _), (b, _)| a.cmp(b));
        all
    }

    fn allowance(&self) -> Answer {
        let request: feegrant::QueryAllowanceRequest = self.read()?;
        let granter = account(&request.granter)?;
        let grantee = account(&request.grantee)?;
        let key = (granter.clone(), grantee.clone());
        let found = self.state.allowances.get(&key).ok_or_else(|| Failure {
            code: 13,
            message: "fee-grant not found: not found".to_owned(),
        })?;
        Ok(feegrant::QueryAllowanceResponse {
            allowance: Some(feegrant::Grant {
                granter: granter.to_string(),
                grantee: grantee.to_string(),
                allowance: Some(found.clone()),
            }),
        }
        .encode_to_vec())
    }

    fn allowances_to(&self) -> Answer {
        let request: feegrant::QueryAllowancesRequest = self.read()?;
        let grantee = account(&request.grantee)?.to_string();
        let mut all = self.fee_grants();
        all.retain(|(_, grant)| grant.grantee == grantee);
        let (found, pagination) = plain(all, request.pagination.as_ref(), |(key, _)| key.clone())?;
        Ok(feegrant::QueryAllowancesResponse {
            allowances: found.into_iter().map(|(_, grant)| grant).collect(),
            pagination: Some(pagination),
        }
        .encode_to_vec())
    }

    fn allowances_from(&self) -> Answer {
        let request: feegrant::QueryAllowancesByGranterRequest = self.read()?;
        let granter = account(&request.granter)?.to_string();
        let mut all = self.fee_grants();
        all.retain(|(_, grant)| grant.granter == granter);
        let (found, pagination) = plain(all, request.pagination.as_ref(), |(key, _)| key.clone())?;
        Ok(feegrant::QueryAllowancesByGranterResponse {
            allowances: found.into_iter().map(|(_, grant)| grant).collect(),
            pagination: Some(pagination),
        }
        .encode_to_vec())
    }
}
