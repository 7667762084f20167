//! What messages do: requests, and gifts to the vault.

use super::state::{Pending, add};
use super::{Bme, BmeEnv, MintStatus, RecordId};
use crate::address::{Address, complaint};
use crate::change::Change;
use crate::error::{BmeError, Error, SdkError};
use akash_sdl::num::{Coin, Denom};

/// Reads the denom to mint out of a message.
///
/// # Errors
/// `bme` 9 if the text is no denom, as the chain answers.
pub fn denom_to_mint(text: &str) -> Result<Denom, BmeError> {
    Denom::new(text).map_err(|_| BmeError::InvalidDenom {
        context: format!("invalid denom to mint: invalid denom: {text}").into(),
    })
}

impl Bme {
    /// Queues a request to turn uakt into uact or back. The coins move to the vault at once; the conversion comes with
    /// the queue's epoch, at the price of that block.
    ///
    /// # Errors
    /// In this order: `sdk` 7 for an address of another network; `bme` 3 if `to` is not `owner`; `bme` 8 for nothing
    /// to burn; `bme` 9 for other denoms; `oracle.v2` 4 without a usable price; `bme` 6 if the status forbids it;
    /// `sdk` 5 if the owner holds less.
    pub fn request(
        &mut self,
        owner: &Address,
        to: &Address,
        coins_to_burn: &Coin,
        denom_to_mint: &Denom,
        env: &mut BmeEnv<'_>,
    ) -> Result<RecordId, Error> {
        check_request(owner, to, coins_to_burn, Some(&env.modules.prefix))?;
        let denom = coins_to_burn.denom();
        let route = |from: Denom, to: Denom| *denom == from && *denom_to_mint == to;
        let minting = route(Denom::UAKT, Denom::UACT);
        if !(minting || route(Denom::UACT, Denom::UAKT)) {
            return Err(BmeError::InvalidDenom {
                context: format!("invalid swap route {denom} -> {denom_to_mint}").into(),
            }
            .into());
        }
        env.prices.price(denom)?;
        env.prices.price(denom_to_mint)?;
        let status = self.status();
        if status == MintStatus::HaltOracle || minting && !status.mints_allowed() {
            return Err(BmeError::CircuitBreakerActive.into());
        }
        env.bank
            .transfer(owner, &env.modules.bme, coins_to_burn, env.changes)?;

        let height = env.block.height;
        let (counted, made) = *self.counter.get();
        let sequence = if counted == height { made } else { 0 }.saturating_add(1);
        self.counter.set((height, sequence));
        let id = RecordId {
            denom: denom.clone(),
            to_denom: denom_to_mint.clone(),
            source: owner.clone(),
            height,
            sequence,
        };
        add(&mut self.waiting, coins_to_burn)?;
        self.pending.insert(
            id.clone(),
            Pending {
                coins_to_burn: coins_to_burn.clone(),
                attempts: 0,
            },
        );
        env.changes.push(Change::BurnMintQueued { id: id.clone() });
        Ok(id)
    }

    /// Moves uakt of an account into the vault. No remint credit comes of it.
    ///
    /// # Errors
    /// In this order: `bme` 8 for an amount of zero; `bme` 9 for another denom than uakt; `gov` 13 unless governance
    /// asks; `undefined` 1 for a source that is no address; `bme` 10 if the source is a module's account or holds nothing at all; `sdk` 5 if it holds less.
    pub fn fund_vault(
        &mut self,
        authority: &Address,
        amount: &Coin,
        source: &Address,
        env: &mut BmeEnv<'_>,
    ) -> Result<(), Error> {
        check_fund(amount)?;
        if *authority != env.modules.gov {
            return Err(SdkError::NotGovernance {
                expected: env.modules.gov.clone(),
                got: authority.clone(),
            }
            .into());
        }
        let modules = env.modules;
        if source.prefix().is_none() {
            return Err(SdkError::MalformedAddress {
                reason: complaint(&modules.prefix, &source.as_str()).into(),
            }
            .into());
        }
        let of_module = [
            &modules.bme,
            &modules.escrow,
            &modules.gov,
            &modules.fee_collector,
            &modules.distribution,
        ]
        .contains(&source);
        if of_module || env.bank.coins(source).next().is_none() {
            let context = if of_module {
                format!("source address {source} must not be module account")
            } else {
                format!("account {source} does not exist")
            };
            return Err(BmeError::InvalidAddress {
                context: context.into(),
            }
            .into());
        }
        let vault = &modules.bme;
        env.bank.transfer(source, vault, amount, env.changes)?;
        env.changes.push(Change::VaultFunded {
            amount: amount.clone(),
            source: source.clone(),
            new_vault_balance: env.bank.coin(vault, &Denom::UAKT),
        });
        Ok(())
    }
}

/// Checks the form of a request, as a node does before a transaction enters a block. Addresses need `prefix`, if one
/// is given.
///
/// # Errors
/// In this order: `sdk` 7 for an address of another network; `bme` 3 if `to` is not `owner`; `bme` 8 for nothing to
/// burn.
pub fn check_request(
    owner: &Address,
    to: &Address,
    coins_to_burn: &Coin,
    prefix: Option<&str>,
) -> Result<(), Error> {
    for (field, address) in [("owner", owner), ("to", to)] {
        if let Some(prefix) = prefix.filter(|prefix| address.prefix() != Some(prefix)) {
            let why = complaint(prefix, &address.as_str());
            return Err(SdkError::InvalidAddress {
                context: format!("invalid {field} address: {why}").into(),
            }
            .into());
        }
    }
    if owner != to {
        return Err(BmeError::OwnerIsNotReceiver.into());
    }
    if coins_to_burn.is_zero() {
        let context = "amount must not be 0";
        return Err(BmeError::InvalidAmount { context }.into());
    }
    Ok(())
}

/// Checks the form of a gift to the vault, as a node does before a transaction enters a block.
///
/// # Errors
/// In this order: `bme` 8 for an amount of zero; `bme` 9 for another denom than uakt.
pub fn check_fund(amount: &Coin) -> Result<(), BmeError> {
    if amount.is_zero() {
        let context = "amount must be positive";
        return Err(BmeError::InvalidAmount { context });
    }
    if *amount.denom() != Denom::UAKT {
        return Err(BmeError::InvalidDenom {
            context: format!("expected {}, got {}", Denom::UAKT, amount.denom()).into(),
        });
    }
    Ok(())
}
