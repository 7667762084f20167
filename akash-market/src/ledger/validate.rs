//! What can be said of an action without looking at any state: a node checks it before a transaction enters a block
//! (`ValidateBasic` of chain-sdk).

mod id;
mod uri;

use super::Ledger;
use crate::action::Action;
use crate::address::Address;
use crate::bme;
use crate::error::{
    CertificateError, DeploymentError, Error, EscrowError, MarketError, ProviderError, SdkError,
};
use crate::escrow::{Deposit, DepositSource};
use crate::grant::GrantScope;
use crate::lease::CloseReason;
use crate::matching;
use crate::provider::ProviderInfo;
use crate::time::Nanos;
use akash_sdl::attribute::Attribute;
use akash_sdl::group::GroupSpec;
use akash_sdl::num::Coin;

impl Ledger {
    /// Checks an action's form.
    ///
    /// # Errors
    /// As a node's `CheckTx` answers.
    pub fn validate_basic(&self, action: &Action) -> Result<(), Error> {
        let prefix = Some(self.modules.prefix.as_str());
        match action {
            Action::BurnMint {
                owner,
                to,
                coins_to_burn,
                ..
            } => bme::check_request(owner, to, coins_to_burn, prefix),
            Action::UpdateParams { params, .. } => Ok(params.validate(prefix)?),
            _ => validate_basic(action),
        }
    }
}

/// Checks an action's form.
///
/// # Errors
/// As a node's `CheckTx` answers.
pub fn validate_basic(action: &Action) -> Result<(), Error> {
    match action {
        Action::CreateDeployment {
            id,
            groups,
            hash,
            deposit,
            reclamation_min_window,
        } => {
            id::deployment(id)?;
            self::deposit(deposit)?;
            if groups.is_empty() {
                return Err(DeploymentError::InvalidGroups.into());
            }
            self::hash(hash)?;
            reclamation(*reclamation_min_window)?;
            self::groups(groups, deposit)
        }
        Action::UpdateDeployment { id, hash } => {
            id::deployment(id)?;
            self::hash(hash)
        }
        Action::CloseDeployment { id } => id::deployment(id),
        Action::CloseGroup { id } | Action::PauseGroup { id } | Action::StartGroup { id } => {
            id::group(id)
        }
        Action::CreateBid {
            id,
            price,
            deposit,
            reclamation_window,
            ..
        } => {
            id::bid(id)?;
            self::deposit(deposit)?;
            if price.is_zero() {
                return Err(MarketError::BidZeroPrice.into());
            }
            if reclamation_window.is_some_and(|w| w < Nanos(0)) {
                return Err(MarketError::ReclamationWindowInvalid.into());
            }
            Ok(())
        }
        Action::CloseBid { id, reason } => {
            id::bid(id)?;
            close_reason(*reason)
        }
        Action::CreateLease { id } => id::bid(id),
        Action::CloseLease { id } | Action::WithdrawLease { id } => id::lease(id),
        Action::StartReclaim { id, reason } => {
            id::lease(id)?;
            close_reason(*reason)
        }
        Action::Deposit { deposit, .. } => {
            if deposit.amount.is_zero() {
                return Err(EscrowError::InvalidDeposit.into());
            }
            self::deposit(deposit)
        }
        Action::CreateProvider {
            host_uri,
            attributes,
            info,
            ..
        }
        | Action::UpdateProvider {
            host_uri,
            attributes,
            info,
            ..
        } => provider(host_uri, attributes, info),
        Action::CreateCertificate { serial, .. } | Action::RevokeCertificate { serial, .. } => {
            self::serial(serial)
        }
        Action::BurnMint {
            owner,
            to,
            coins_to_burn,
            ..
        } => bme::check_request(owner, to, coins_to_burn, None),
        Action::FundVault { amount, .. } => Ok(bme::check_fund(amount)?),
        Action::UpdateParams { params, .. } => Ok(params.validate(None)?),
        // The modules of the Cosmos SDK look at a message's form only when they execute it.
        Action::Send { .. }
        | Action::GrantDeposit { .. }
        | Action::RevokeDepositGrant { .. }
        | Action::AddPrice { .. }
        | Action::DeleteProvider { .. }
        | Action::SignAttributes { .. }
        | Action::DeleteAttributes { .. } => Ok(()),
    }
}

fn hash(hash: &[u8]) -> Result<(), Error> {
    match hash.len() {
        0 => Err(DeploymentError::EmptyHash.into()),
        32 => Ok(()),
        _ => Err(DeploymentError::InvalidHash.into()),
    }
}

fn reclamation(window: Option<Nanos>) -> Result<(), Error> {
    if window.is_some_and(|w| w < Nanos(0)) {
        return Err(DeploymentError::InvalidReclamation {
            context: "min_window must be >= 0".into(),
        }
        .into());
    }
    Ok(())
}

fn groups(groups: &[GroupSpec], deposit: &Deposit) -> Result<(), Error> {
    for group in groups {
        matching::validate_sent_group(group)?;
        matching::check_deposit_denom(std::slice::from_ref(group), &deposit.amount)?;
    }
    Ok(())
}

fn deposit(deposit: &Deposit) -> Result<(), Error> {
    let refuse = |context: &str| {
        Err(SdkError::InvalidDepositSource {
            context: context.into(),
        }
        .into())
    };
    if deposit.sources.is_empty() {
        return refuse("empty deposit sources");
    }
    for (source, number) in [(DepositSource::Balance, 1), (DepositSource::Grant, 2)] {
        if deposit.sources.iter().filter(|s| **s == source).count() > 1 {
            return refuse(&format!("duplicate deposit source type {number}"));
        }
    }
    Ok(())
}

const fn close_reason(reason: CloseReason) -> Result<(), Error> {
    if reason.is_providers() {
        return Ok(());
    }
    Err(Error::Market(MarketError::InvalidCloseReason {
        reason: reason.0,
    }))
}

/// Checks what a provider says of itself.
pub(super) fn provider(
    host_uri: &str,
    attributes: &[Attribute],
    info: &ProviderInfo,
) -> Result<(), Error> {
    uri::host(host_uri)?;
    matching::validate_provider_attributes(attributes)?;
    if uri::is_url(&info.website) {
        Ok(())
    } else {
        Err(ProviderError::InvalidWebsite.into())
    }
}

fn serial(text: &str) -> Result<(), Error> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(());
    }
    Err(CertificateError::InvalidSerial.into())
}

/// Sorted by denom, none twice, none zero.
fn are_valid(coins: &[Coin]) -> bool {
    coins.is_sorted_by(|a, b| a.denom() < b.denom()) && coins.iter().all(|c| !c.is_zero())
}

fn invalid_coins(context: String) -> Error {
    Error::Sdk(SdkError::InvalidCoins {
        context: context.into(),
    })
}

/// Checks the coins of a transfer: at least one, sorted by denom, none twice, none zero.
pub(super) fn sent(coins: &[Coin]) -> Result<(), Error> {
    if are_valid(coins) && !coins.is_empty() {
        return Ok(());
    }
    let listed: Vec<String> = coins.iter().map(ToString::to_string).collect();
    Err(invalid_coins(listed.join(",")))
}

/// Checks a deposit grant. A grant of nothing is one too.
pub(super) fn grant(
    granter: &Address,
    grantee: &Address,
    scopes: &[GrantScope],
    limits: &[Coin],
) -> Result<(), Error> {
    different(granter, grantee)?;
    let doubled = |scope: &GrantScope| scopes.iter().filter(|s| *s == scope).count() > 1;
    if scopes.is_empty() || scopes.iter().any(doubled) {
        return Err(EscrowError::InvalidAuthzScope.into());
    }
    if are_valid(limits) {
        return Ok(());
    }
    Err(invalid_coins("spend limits are not valid".to_owned()))
}

pub(super) fn different(granter: &Address, grantee: &Address) -> Result<(), Error> {
    if granter == grantee {
        return Err(SdkError::GranteeIsGranter.into());
    }
    Ok(())
}
