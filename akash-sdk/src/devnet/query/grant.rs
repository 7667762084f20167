use super::page::{COLLECTION, Walk, plain, walked};
use super::{Answer, Failure, Query, account};
use crate::cosmos::convert::grant::authorization;
use crate::cosmos::convert::time::wire_timestamp;
use crate::cosmos::wire::TypeUrl;
use crate::cosmos::wire::akash::escrow::v1::MsgAccountDeposit;
use crate::cosmos::wire::cosmos::authz::v1beta1 as authz;
use crate::cosmos::wire::cosmos::feegrant::v1beta1 as feegrant;
use crate::cosmos::wire::google::protobuf::Any;
use akash_market::address::Address;
use akash_market::grant::DepositGrant;
use akash_market::time::Timestamp;
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
        Self {
            granter: grant.granter.clone(),
            grantee: grant.grantee.clone(),
            message_type: MsgAccountDeposit::TYPE_URL.to_owned(),
            authorization: authorization(&grant.scopes, &grant.spend_limits),
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

    fn type_key(&self) -> Vec<u8> {
        measured(self.message_type.as_bytes())
    }

    /// By grantee, then type.
    fn grantee_key(&self) -> Vec<u8> {
        [measured(&self.grantee.bytes()), self.type_key()].concat()
    }

    /// By granter, then type.
    fn granter_key(&self) -> Vec<u8> {
        [measured(&self.granter.bytes()), self.type_key()].concat()
    }
}

/// Lists of authorizations are counted only if that is asked for.
const AUTHORIZATIONS: Walk = Walk {
    counts_all: false,
    forgets_beyond: false,
    ..COLLECTION
};

/// A text in a store's key: its length, then it.
fn measured(part: &[u8]) -> Vec<u8> {
    let mut key = vec![u8::try_from(part.len()).unwrap_or(u8::MAX)];
    key.extend(part);
    key
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

    /// All authorizations that fit, by a key.
    fn authorizations(
        &self,
        fits: impl Fn(&Found) -> bool,
        key: impl Fn(&Found) -> Vec<u8>,
    ) -> Vec<Found> {
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
        let mut all: Vec<Found> = deposits.chain(others).filter(fits).collect();
        all.sort_by_key(key);
        all
    }

    fn grants_to(&self) -> Answer {
        let request: authz::QueryGranteeGrantsRequest = self.read()?;
        let grantee = account(&request.grantee)?;
        let all = self.authorizations(|found| found.grantee == grantee, Found::granter_key);
        let page = request.pagination.unwrap_or_default();
        let (mut found, mut pagination) =
            walked(all, Some(&page), AUTHORIZATIONS, Found::granter_key)?;
        if page.key.is_empty() {
            // The chain counts only what it lists, so it neither skips anything nor finds a next page.
            if page.offset > 0 {
                found.clear();
            }
            let listed = u64::try_from(found.len()).unwrap_or(u64::MAX);
            pagination.next_key.clear();
            pagination.total = if page.count_total { listed } else { 0 };
        }
        Ok(authz::QueryGranteeGrantsResponse {
            grants: found.iter().map(Found::to_wire).collect(),
            pagination: Some(pagination),
        }
        .encode_to_vec())
    }

    fn grants_from(&self) -> Answer {
        let request: authz::QueryGranterGrantsRequest = self.read()?;
        let granter = account(&request.granter)?;
        let all = self.authorizations(|found| found.granter == granter, Found::grantee_key);
        let page = request.pagination.as_ref();
        let (found, pagination) = walked(all, page, AUTHORIZATIONS, Found::grantee_key)?;
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
        let fits = |found: &Found| {
            found.granter == granter
                && found.grantee == grantee
                && (asked.is_empty() || found.message_type == *asked)
        };
        let all = self.authorizations(fits, Found::type_key);
        if !asked.is_empty() && all.is_empty() {
            return Err(Failure::not_found(format!(
                "authorization not found for {asked} type"
            )));
        }
        let page = request.pagination.as_ref();
        let (found, pagination) = walked(all, page, AUTHORIZATIONS, Found::type_key)?;
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

    /// All fee grants with the keys of grantee and granter, by these.
    fn fee_grants(&self) -> Vec<([Vec<u8>; 2], feegrant::Grant)> {
        let all = self.state.allowances.iter();
        let mut all: Vec<_> = all
            .map(|((granter, grantee), allowance)| {
                let key = [grantee, granter].map(|account| measured(&account.bytes()));
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
        let page = request.pagination.as_ref();
        let (found, pagination) = plain(all, page, |([_, granter], _)| granter.clone())?;
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
        let page = request.pagination.as_ref();
        let (found, pagination) = plain(all, page, |(key, _)| key.concat())?;
        Ok(feegrant::QueryAllowancesByGranterResponse {
            allowances: found.into_iter().map(|(_, grant)| grant).collect(),
            pagination: Some(pagination),
        }
        .encode_to_vec())
    }
}
