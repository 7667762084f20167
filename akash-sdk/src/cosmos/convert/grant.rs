//! Grants of deposits, which are authorizations of the module authz.

use super::money::address;
use super::time::{timestamp, wire_timestamp};
use super::{ConvertError, Wire, from_wires, to_wires};
use crate::cosmos::wire::TypeUrl;
use crate::cosmos::wire::akash::escrow::v1::DepositAuthorization;
use crate::cosmos::wire::cosmos::authz::v1beta1::GrantAuthorization;
use crate::cosmos::wire::google::protobuf::Any;
use akash_market::grant::{DepositGrant, GrantScope};
use akash_sdl::num::{Coin, Denom};

/// The authorization to spend `limits` on deposits.
pub(crate) fn authorization(scopes: &[GrantScope], limits: &[Coin]) -> Any {
    DepositAuthorization {
        // The older single limit has to be there, and to be nothing.
        spend_limit: Coin::zero(Denom::UAKT).to_wire(),
        scopes: to_wires(scopes),
        spend_limits: to_wires(limits),
    }
    .to_any()
}

impl Wire for DepositGrant {
    type Message = GrantAuthorization;

    fn to_wire(&self) -> GrantAuthorization {
        GrantAuthorization {
            granter: self.granter.to_string(),
            grantee: self.grantee.to_string(),
            authorization: Some(authorization(&self.scopes, &self.spend_limits)),
            expiration: self.expires.map(wire_timestamp),
        }
    }

    /// An authorization of another kind is an [`ConvertError::UnknownMessage`].
    fn from_wire(message: &GrantAuthorization) -> Result<Self, ConvertError> {
        let any = message.authorization.as_ref();
        let any = any.ok_or(ConvertError::Missing {
            field: "authorization",
        })?;
        if any.type_url != DepositAuthorization::TYPE_URL {
            return Err(ConvertError::UnknownMessage {
                type_url: any.type_url.clone(),
            });
        }
        let grant = DepositAuthorization::from_any(any).map_err(|e| ConvertError::Decode {
            type_url: any.type_url.clone(),
            reason: e.to_string(),
        })?;
        let mut spend_limits: Vec<Coin> = from_wires(&grant.spend_limits)?;
        if !matches!(grant.spend_limit.amount.as_str(), "" | "0") {
            // Of before there was a list; it counts with that.
            spend_limits.push(Coin::from_wire(&grant.spend_limit)?);
            spend_limits.sort_by(|a, b| a.denom().cmp(b.denom()));
        }
        Ok(Self {
            granter: address(&message.granter, "granter")?,
            grantee: address(&message.grantee, "grantee")?,
            scopes: from_wires(&grant.scopes)?,
            spend_limits,
            expires: message
                .expiration
                .map(|time| timestamp(time, "expiration"))
                .transpose()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_older_limit_counts_with_the_others() {
        let account = |byte| akash_market::address::Address::bech32("akash", &[byte; 20]).unwrap();
        let grant = DepositGrant {
            granter: account(1),
            grantee: account(2),
            scopes: vec![GrantScope::Bid],
            spend_limits: vec![Coin::uakt(7)],
            expires: None,
        };
        let mut message = grant.to_wire();
        assert_eq!(DepositGrant::from_wire(&message), Ok(grant));
        let older = DepositAuthorization {
            spend_limit: Coin::uact(5).to_wire(),
            spend_limits: vec![Coin::uakt(7).to_wire()],
            ..DepositAuthorization::default()
        };
        message.authorization = Some(older.to_any());
        let read = DepositGrant::from_wire(&message).unwrap();
        assert_eq!(read.spend_limits, [Coin::uact(5), Coin::uakt(7)]);
        message.authorization = None;
        assert!(DepositGrant::from_wire(&message).is_err());
    }
}
