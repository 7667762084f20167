/// Names that messages declare for amino JSON; all others use their type URL. Sorted by full name.
#[rustfmt::skip]
static NAMES: &[(&str, &str)] = &[
    ("akash.bme.v1.MsgBurnACT", "akash/bme/v1/MsgBurnACT"),
    ("akash.bme.v1.MsgBurnMint", "akash/bme/v1/MsgBurnMint"),
    ("akash.bme.v1.MsgFundVault", "akash/bme/v1/MsgFundVault"),
    ("akash.bme.v1.MsgMintACT", "akash/bme/v1/MsgMintACT"),
    ("akash.bme.v1.MsgUpdateParams", "akash/bme/v1/MsgUpdateParams"),
    ("akash.escrow.v1.DepositAuthorization", "akash/DepositAuthorization"),
    ("cosmos.authz.v1beta1.GenericAuthorization", "cosmos-sdk/GenericAuthorization"),
    ("cosmos.authz.v1beta1.MsgExec", "cosmos-sdk/MsgExec"),
    ("cosmos.authz.v1beta1.MsgGrant", "cosmos-sdk/MsgGrant"),
    ("cosmos.authz.v1beta1.MsgRevoke", "cosmos-sdk/MsgRevoke"),
    ("cosmos.bank.v1beta1.MsgMultiSend", "cosmos-sdk/MsgMultiSend"),
    ("cosmos.bank.v1beta1.MsgSend", "cosmos-sdk/MsgSend"),
    ("cosmos.crypto.ed25519.PubKey", "tendermint/PubKeyEd25519"),
    ("cosmos.crypto.secp256k1.PubKey", "tendermint/PubKeySecp256k1"),
    ("cosmos.distribution.v1beta1.MsgFundCommunityPool", "cosmos-sdk/MsgFundCommunityPool"),
    ("cosmos.distribution.v1beta1.MsgSetWithdrawAddress", "cosmos-sdk/MsgModifyWithdrawAddress"),
    ("cosmos.distribution.v1beta1.MsgWithdrawDelegatorReward", "cosmos-sdk/MsgWithdrawDelegationReward"),
    ("cosmos.distribution.v1beta1.MsgWithdrawValidatorCommission", "cosmos-sdk/MsgWithdrawValCommission"),
    ("cosmos.feegrant.v1beta1.AllowedMsgAllowance", "cosmos-sdk/AllowedMsgAllowance"),
    ("cosmos.feegrant.v1beta1.BasicAllowance", "cosmos-sdk/BasicAllowance"),
    ("cosmos.feegrant.v1beta1.MsgGrantAllowance", "cosmos-sdk/MsgGrantAllowance"),
    ("cosmos.feegrant.v1beta1.MsgRevokeAllowance", "cosmos-sdk/MsgRevokeAllowance"),
    ("cosmos.feegrant.v1beta1.PeriodicAllowance", "cosmos-sdk/PeriodicAllowance"),
    ("cosmos.gov.v1.MsgDeposit", "cosmos-sdk/v1/MsgDeposit"),
    ("cosmos.gov.v1.MsgSubmitProposal", "cosmos-sdk/v1/MsgSubmitProposal"),
    ("cosmos.gov.v1.MsgVote", "cosmos-sdk/v1/MsgVote"),
    ("cosmos.gov.v1.MsgVoteWeighted", "cosmos-sdk/v1/MsgVoteWeighted"),
    ("cosmos.slashing.v1beta1.MsgUnjail", "cosmos-sdk/MsgUnjail"),
    ("cosmos.staking.v1beta1.MsgBeginRedelegate", "cosmos-sdk/MsgBeginRedelegate"),
    ("cosmos.staking.v1beta1.MsgCancelUnbondingDelegation", "cosmos-sdk/MsgCancelUnbondingDelegation"),
    ("cosmos.staking.v1beta1.MsgCreateValidator", "cosmos-sdk/MsgCreateValidator"),
    ("cosmos.staking.v1beta1.MsgDelegate", "cosmos-sdk/MsgDelegate"),
    ("cosmos.staking.v1beta1.MsgEditValidator", "cosmos-sdk/MsgEditValidator"),
    ("cosmos.staking.v1beta1.MsgUndelegate", "cosmos-sdk/MsgUndelegate"),
    ("cosmos.upgrade.v1beta1.MsgCancelUpgrade", "cosmos-sdk/MsgCancelUpgrade"),
    ("cosmos.upgrade.v1beta1.MsgSoftwareUpgrade", "cosmos-sdk/MsgSoftwareUpgrade"),
];

/// Lists that are written even when empty (`dont_omitempty`). Sorted.
#[rustfmt::skip]
static KEPT: &[(&str, &str)] = &[
    ("akash.bme.v1.Params", "min_mint"),
    ("akash.escrow.v1.DepositAuthorization", "spend_limits"),
    ("cosmos.bank.v1beta1.Input", "coins"),
    ("cosmos.bank.v1beta1.MsgMultiSend", "inputs"),
    ("cosmos.bank.v1beta1.MsgMultiSend", "outputs"),
    ("cosmos.bank.v1beta1.MsgSend", "amount"),
    ("cosmos.bank.v1beta1.Output", "coins"),
    ("cosmos.distribution.v1beta1.MsgFundCommunityPool", "amount"),
    ("cosmos.feegrant.v1beta1.BasicAllowance", "spend_limit"),
    ("cosmos.feegrant.v1beta1.PeriodicAllowance", "period_can_spend"),
    ("cosmos.feegrant.v1beta1.PeriodicAllowance", "period_spend_limit"),
    ("cosmos.gov.v1.MsgDeposit", "amount"),
    ("cosmos.gov.v1.MsgSubmitProposal", "initial_deposit"),
];

/// The number that this message holds in a `bytes` field, which is why it is written in base64.
const NUMBER_AS_BYTES: (&str, &str) = ("akash.base.resources.v1beta4.ResourceValue", "val");

/// What stands under `type`, if it is not the type URL.
pub(super) fn declared(full_name: &str) -> Option<&'static str> {
    let at = NAMES
        .binary_search_by(|(known, _)| (*known).cmp(full_name))
        .ok()?;
    NAMES.get(at).map(|(_, name)| *name)
}

/// Whether a list is written even when empty.
pub(super) fn is_kept(message: &str, field: &str) -> bool {
    KEPT.binary_search(&(message, field)).is_ok()
}

/// Whether a number is written as the base64 of its digits.
pub(super) fn is_number_as_bytes(message: &str, field: &str) -> bool {
    (message, field) == NUMBER_AS_BYTES
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cosmos::wire;

    #[test]
    fn tables_are_sorted_and_name_what_exists() {
        assert!(NAMES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(KEPT.is_sorted());
        for (name, _) in NAMES {
            assert!(wire::descriptor(name).is_some(), "{name}");
        }
        for (message, field) in KEPT.iter().chain([&NUMBER_AS_BYTES]) {
            let descriptor = wire::descriptor(message).expect(message);
            assert!(
                descriptor.fields.iter().any(|f| f.name == *field),
                "{field}"
            );
        }
    }
}
