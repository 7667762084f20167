//! Package `akash.bme.v1`: event.

use super::{CoinPrice, LedgerRecordId};
use crate::cosmos::wire::cosmos::base::v1beta1::Coin;
use crate::cosmos::wire::message::{enums, messages};
use crate::cosmos::wire::{Dec, Enum};

messages! {
    "akash.bme.v1";

    /// Event: mint status change.
    EventMintStatusChange "EventMintStatusChange" {
        /// Status before the change.
        previous_status: Enum<MintStatus> = 1,
        /// Status after the change.
        new_status: Enum<MintStatus> = 2,
        /// Collateral ratio: value of the vault over outstanding ACT.
        collateral_ratio: Dec = 3,
    }

    /// Event: vault funded.
    EventVaultFunded "EventVaultFunded" {
        /// Amount.
        amount: Coin = 1,
        /// Account or source the funds come from.
        source: String = 2,
        /// Balance of the vault afterwards.
        new_vault_balance: Coin = 3,
    }

    /// Event: ledger record executed.
    EventLedgerRecordExecuted "EventLedgerRecordExecuted" {
        /// Identifies the entity.
        id: LedgerRecordId = 1,
        /// Account or module the burned coins came from.
        burned_from: String = 2,
        /// Account or module that received the minted coins.
        minted_to: String = 3,
        /// Module that burned.
        burner: String = 4,
        /// Module that minted.
        minter: String = 5,
        /// Coins burned and their price.
        burned: Option<CoinPrice> = 6,
        /// Coins minted and their price.
        minted: Option<CoinPrice> = 7,
        /// Part kept by the vault.
        spread: Coin = 8,
        /// Remint credit that was created.
        remint_credit_issued: Option<CoinPrice> = 9,
        /// Remint credit that was used.
        remint_credit_accrued: Option<CoinPrice> = 10,
    }

    /// Event: ledger record canceled.
    EventLedgerRecordCanceled "EventLedgerRecordCanceled" {
        /// Identifies the entity.
        id: LedgerRecordId = 1,
        /// Why it was cancelled.
        cancel_reason: Enum<CancelReason> = 2,
        /// Account that burns, bech32.
        owner: String = 3,
        /// Account that receives the minted coins, bech32.
        to: String = 4,
        /// Coins to burn.
        coins_to_burn: Coin = 5,
        /// Denomination to mint.
        denom_to_mint: String = 6,
    }
}

enums! {
    /// Enum `akash.bme.v1.LedgerCanceledRecord.BMCancelReason`.
    CancelReason "akash.bme.v1.LedgerCanceledRecord.BMCancelReason" {
        /// `unknown`.
        Unknown "unknown" = 0,
        /// `epsilon`.
        Epsilon "epsilon" = 1,
        /// `zero_price`.
        ZeroPrice "zero_price" = 2,
        /// `insufficient_funds`.
        InsufficientFunds "insufficient_funds" = 3,
        /// `invalid_denom`.
        InvalidDenom "invalid_denom" = 4,
        /// `invalid_amount`.
        InvalidAmount "invalid_amount" = 5,
        /// `minimum_mint`.
        MinimumMint "minimum_mint" = 6,
        /// `mint_failed`.
        MintFailed "mint_failed" = 7,
        /// `burn_failed`.
        BurnFailed "burn_failed" = 8,
        /// `max_attempts`.
        MaxAttempts "max_attempts" = 9,
    }

    /// Enum `akash.bme.v1.MintStatus`.
    MintStatus "akash.bme.v1.MintStatus" {
        /// `mint_status_unspecified`.
        Unspecified "mint_status_unspecified" = 0,
        /// `mint_status_healthy`.
        Healthy "mint_status_healthy" = 1,
        /// `mint_status_warning`.
        Warning "mint_status_warning" = 2,
        /// `mint_status_halt_cr`.
        HaltCr "mint_status_halt_cr" = 3,
        /// `mint_status_halt_oracle`.
        HaltOracle "mint_status_halt_oracle" = 4,
    }
}
