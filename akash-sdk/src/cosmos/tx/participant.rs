use super::raw::{Raw, records};
use crate::cosmos::address::ACCOUNT;
use crate::cosmos::wire::cosmos::tx::v1beta1::TxBody;
use crate::cosmos::wire::google::protobuf::Any;
use crate::cosmos::wire::{self, FieldDescriptor, Kind, Shape};
use akash_market::address::{Address, AddressError};

/// Why it can't be said who must sign.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SignersError {
    /// The message is no message of a transaction, or none this library knows.
    #[error("{type_url:?} is not the type URL of a message that is known to be signed")]
    Unknown {
        /// Its type URL.
        type_url: String,
    },
    /// The bytes are no such message.
    #[error("the bytes of {type_url} can't be read: {source}")]
    Decode {
        /// Its type URL.
        type_url: String,
        /// What is wrong.
        source: prost::DecodeError,
    },
    /// The signer's address is none.
    #[error("the signer of {type_url} is unusable: {source}")]
    Address {
        /// Its type URL.
        type_url: String,
        /// What is wrong with the address.
        source: AddressError,
    },
}

/// Where each message names its signer: full name and path of fields.
#[rustfmt::skip]
static SIGNERS: &[(&str, &[&str])] = &[
    ("akash.audit.v1.MsgDeleteProviderAttributes", &["auditor"]),
    ("akash.audit.v1.MsgSignProviderAttributes", &["auditor"]),
    ("akash.bme.v1.MsgBurnACT", &["owner"]),
    ("akash.bme.v1.MsgBurnMint", &["owner"]),
    ("akash.bme.v1.MsgFundVault", &["authority"]),
    ("akash.bme.v1.MsgMintACT", &["owner"]),
    ("akash.bme.v1.MsgUpdateParams", &["authority"]),
    ("akash.cert.v1.MsgCreateCertificate", &["owner"]),
    ("akash.cert.v1.MsgRevokeCertificate", &["id", "owner"]),
    ("akash.deployment.v1beta4.MsgCloseDeployment", &["id", "owner"]),
    ("akash.deployment.v1beta4.MsgCloseGroup", &["id", "owner"]),
    ("akash.deployment.v1beta4.MsgCreateDeployment", &["id", "owner"]),
    ("akash.deployment.v1beta4.MsgPauseGroup", &["id", "owner"]),
    ("akash.deployment.v1beta4.MsgStartGroup", &["id", "owner"]),
    ("akash.deployment.v1beta4.MsgUpdateDeployment", &["id", "owner"]),
    ("akash.deployment.v1beta4.MsgUpdateParams", &["authority"]),
    ("akash.escrow.v1.MsgAccountDeposit", &["signer"]),
    ("akash.market.v1beta5.MsgCloseBid", &["id", "provider"]),
    ("akash.market.v1beta5.MsgCloseLease", &["id", "owner"]),
    ("akash.market.v1beta5.MsgCreateBid", &["id", "provider"]),
    ("akash.market.v1beta5.MsgCreateLease", &["bid_id", "owner"]),
    ("akash.market.v1beta5.MsgLeaseStartReclaim", &["id", "provider"]),
    ("akash.market.v1beta5.MsgUpdateParams", &["authority"]),
    ("akash.market.v1beta5.MsgWithdrawLease", &["id", "provider"]),
    ("akash.oracle.v1.MsgAddPriceEntry", &["signer"]),
    ("akash.oracle.v1.MsgUpdateParams", &["authority"]),
    ("akash.oracle.v2.MsgAddPriceEntry", &["signer"]),
    ("akash.oracle.v2.MsgUpdateParams", &["authority"]),
    ("akash.provider.v1beta4.MsgCreateProvider", &["owner"]),
    ("akash.provider.v1beta4.MsgDeleteProvider", &["owner"]),
    ("akash.provider.v1beta4.MsgUpdateProvider", &["owner"]),
    ("akash.take.v1.MsgUpdateParams", &["authority"]),
    ("akash.wasm.v1.MsgUpdateParams", &["authority"]),
    ("cosmos.authz.v1beta1.MsgExec", &["grantee"]),
    ("cosmos.authz.v1beta1.MsgGrant", &["granter"]),
    ("cosmos.authz.v1beta1.MsgRevoke", &["granter"]),
    ("cosmos.bank.v1beta1.MsgMultiSend", &["inputs", "address"]),
    ("cosmos.bank.v1beta1.MsgSend", &["from_address"]),
    ("cosmos.distribution.v1beta1.MsgFundCommunityPool", &["depositor"]),
    ("cosmos.distribution.v1beta1.MsgSetWithdrawAddress", &["delegator_address"]),
    ("cosmos.distribution.v1beta1.MsgWithdrawDelegatorReward", &["delegator_address"]),
    ("cosmos.distribution.v1beta1.MsgWithdrawValidatorCommission", &["validator_address"]),
    ("cosmos.feegrant.v1beta1.MsgGrantAllowance", &["granter"]),
    ("cosmos.feegrant.v1beta1.MsgRevokeAllowance", &["granter"]),
    ("cosmos.gov.v1.MsgDeposit", &["depositor"]),
    ("cosmos.gov.v1.MsgSubmitProposal", &["proposer"]),
    ("cosmos.gov.v1.MsgVote", &["voter"]),
    ("cosmos.gov.v1.MsgVoteWeighted", &["voter"]),
    ("cosmos.slashing.v1beta1.MsgUnjail", &["validator_addr"]),
    ("cosmos.staking.v1beta1.MsgBeginRedelegate", &["delegator_address"]),
    ("cosmos.staking.v1beta1.MsgCancelUnbondingDelegation", &["delegator_address"]),
    ("cosmos.staking.v1beta1.MsgCreateValidator", &["validator_address"]),
    ("cosmos.staking.v1beta1.MsgDelegate", &["delegator_address"]),
    ("cosmos.staking.v1beta1.MsgEditValidator", &["validator_address"]),
    ("cosmos.staking.v1beta1.MsgUndelegate", &["delegator_address"]),
    ("cosmos.upgrade.v1beta1.MsgCancelUpgrade", &["authority"]),
    ("cosmos.upgrade.v1beta1.MsgSoftwareUpgrade", &["authority"]),
];

/// Who must sign a transaction, in the order of the signatures: the messages' signers as they first appear, and the fee
/// payer last if it is another account. Operators of validators are given as the accounts behind them.
///
/// # Errors
/// If a message is unknown, broken, or names a signer that is no address.
pub fn signers(body: &TxBody, payer: Option<&Address>) -> Result<Vec<Address>, SignersError> {
    let mut all: Vec<Address> = Vec::new();
    for message in &body.messages {
        for signer in of_message(message)? {
            if !all.contains(&signer) {
                all.push(signer);
            }
        }
    }
    if let Some(payer) = payer
        && !all.contains(payer)
    {
        all.push(payer.clone());
    }
    Ok(all)
}

fn of_message(any: &Any) -> Result<Vec<Address>, SignersError> {
    let unknown = || SignersError::Unknown {
        type_url: any.type_url.clone(),
    };
    let name = any.type_url.strip_prefix('/').ok_or_else(unknown)?;
    let at = SIGNERS
        .binary_search_by(|(known, _)| (*known).cmp(name))
        .map_err(|_| unknown())?;
    let (_, path) = SIGNERS.get(at).ok_or_else(unknown)?;
    let descriptor = wire::descriptor(name).ok_or_else(unknown)?;
    let mut texts = Vec::new();
    walk(descriptor.fields, path, &any.value, &mut texts).map_err(|source| {
        SignersError::Decode {
            type_url: any.type_url.clone(),
            source,
        }
    })?;
    if texts.is_empty() {
        texts.push(String::new());
    }
    texts
        .iter()
        .map(|text| {
            account(text).map_err(|source| SignersError::Address {
                type_url: any.type_url.clone(),
                source,
            })
        })
        .collect()
}

/// Validators sign with the account that has the same bytes as their operator address.
fn account(text: &str) -> Result<Address, AddressError> {
    let address: Address = text.parse()?;
    match address.prefix() {
        Some(prefix) if prefix.ends_with("valoper") => Address::bech32(
            prefix.strip_suffix("valoper").unwrap_or(ACCOUNT),
            &address.bytes(),
        ),
        _ => Ok(address),
    }
}

/// Collects the texts at the end of `path`.
fn walk(
    fields: &[FieldDescriptor],
    path: &[&str],
    bytes: &[u8],
    out: &mut Vec<String>,
) -> Result<(), prost::DecodeError> {
    let Some((first, rest)) = path.split_first() else {
        return Ok(());
    };
    let Some(field) = fields.iter().find(|field| field.name == *first) else {
        return Ok(());
    };
    let many = matches!(field.shape, Shape::Many(_));
    let start = out.len();
    for (number, raw) in records(bytes)? {
        let Raw::Bytes(value) = raw else { continue };
        if number != field.number {
            continue;
        }
        if !many {
            out.truncate(start);
        }
        match field.shape {
            Shape::Always(Kind::Message(inner))
            | Shape::Optional(Kind::Message(inner))
            | Shape::Many(Kind::Message(inner)) => walk(inner().fields, rest, value, out)?,
            _ => out.push(String::from_utf8_lossy(value).into_owned()),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cosmos::wire::TypeUrl;
    use crate::cosmos::wire::cosmos::bank::v1beta1::{MsgMultiSend, MsgSend};
    use crate::cosmos::wire::cosmos::slashing::v1beta1::MsgUnjail;

    #[test]
    fn the_table_is_sorted_and_names_text_fields() {
        assert!(SIGNERS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (name, path) in SIGNERS {
            let mut fields = wire::descriptor(name).expect(name).fields;
            for (depth, step) in path.iter().enumerate() {
                let field = fields.iter().find(|f| f.name == *step).expect(name);
                match field.shape {
                    Shape::Always(Kind::Message(inner)) | Shape::Many(Kind::Message(inner)) => {
                        fields = inner().fields;
                    }
                    Shape::Scalar(Kind::Text) => assert_eq!(depth + 1, path.len(), "{name}"),
                    other => panic!("{name}.{step} is {other:?}"),
                }
            }
        }
    }

    fn body(messages: Vec<Any>) -> TxBody {
        TxBody {
            messages,
            ..TxBody::default()
        }
    }

    #[test]
    fn signers_come_in_order_and_once() {
        let a = Address::bech32("akash", &[1; 20]).unwrap();
        let b = Address::bech32("akash", &[2; 20]).unwrap();
        let send = |from: &Address| {
            MsgSend {
                from_address: from.to_string(),
                ..MsgSend::default()
            }
            .to_any()
        };
        let twice = body(vec![send(&b), send(&a), send(&b)]);
        assert_eq!(signers(&twice, None).unwrap(), [b.clone(), a.clone()]);
        let paid = body(vec![send(&b)]);
        assert_eq!(signers(&paid, Some(&a)).unwrap(), [b.clone(), a]);
        assert_eq!(signers(&paid, Some(&b)).unwrap(), std::slice::from_ref(&b));
        let operator = Address::bech32("akashvaloper", &b.bytes()).unwrap();
        let unjail = MsgUnjail {
            validator_addr: operator.to_string(),
        };
        assert_eq!(signers(&body(vec![unjail.to_any()]), None).unwrap(), [b]);
    }

    #[test]
    fn unusable_messages_are_refused() {
        let refused = |any: Any| signers(&body(vec![any]), None).unwrap_err();
        assert!(matches!(
            refused(Any::default()),
            SignersError::Unknown { .. }
        ));
        assert!(matches!(
            refused(MsgMultiSend::default().to_any()),
            SignersError::Address { .. }
        ));
        let mut broken = MsgSend::default().to_any();
        broken.value = vec![0x0a, 0x7f];
        assert!(matches!(refused(broken), SignersError::Decode { .. }));
    }
}
