//! Package `akash.bme.v1`: state.

use super::{CancelReason, MintStatus};
use crate::cosmos::wire::cosmos::base::v1beta1::Coin;
use crate::cosmos::wire::message::messages;
use crate::cosmos::wire::{Dec, Enum};

messages! {
    "akash.bme.v1";

    /// Height and sequence of a ledger record.
    LedgerId "LedgerID" {
        /// Block height.
        height: i64 = 1,
        /// Sequence number.
        sequence: i64 = 2,
    }

    /// Collateral ratio and what follows from it.
    CollateralRatio "CollateralRatio" {
        /// Collateral ratio: value of the vault over outstanding ACT.
        ratio: Dec = 1,
        /// Status.
        status: Enum<MintStatus> = 2,
        /// Price of AKT used for the ratio, in USD.
        reference_price: Dec = 3,
    }

    /// State of the vault.
    State "State" {
        /// Balances.
        balances: Vec<Coin> = 1,
        /// Everything burned so far, by denomination.
        total_burned: Vec<Coin> = 2,
        /// Everything minted so far, by denomination.
        total_minted: Vec<Coin> = 3,
        /// Remint credit by denomination.
        remint_credits: Vec<Coin> = 4,
    }

    /// Coins and the price they were taken at, in USD.
    CoinPrice "CoinPrice" {
        /// Coin.
        coin: Coin = 1,
        /// Price of one unit, in USD.
        price: Dec = 2,
    }

    /// What was burned and what was minted for it.
    BurnMintPair "BurnMintPair" {
        /// Coins burned and their price.
        burned: CoinPrice = 1,
        /// Coins minted and their price.
        minted: CoinPrice = 3,
    }

    /// Identifies a ledger record.
    LedgerRecordId "LedgerRecordID" {
        /// Denomination, such as `uakt` or `uact`.
        denom: String = 1,
        /// Denomination minted.
        to_denom: String = 2,
        /// Account or source the funds come from.
        source: String = 3,
        /// Block height.
        height: i64 = 4,
        /// Sequence number.
        sequence: i64 = 5,
    }

    /// A burn and mint that waits for execution.
    LedgerPendingRecord "LedgerPendingRecord" {
        /// Account that burns, bech32.
        owner: String = 1,
        /// Account that receives the minted coins, bech32.
        to: String = 2,
        /// Coins to burn.
        coins_to_burn: Coin = 3,
        /// Denomination to mint.
        denom_to_mint: String = 4,
        /// How often execution was tried.
        attempts: u32 = 5,
    }

    /// A burn and mint that was cancelled.
    LedgerCanceledRecord "LedgerCanceledRecord" {
        /// Account that burns, bech32.
        owner: String = 1,
        /// Why it was cancelled.
        cancel_reason: Enum<CancelReason> = 2,
        /// Account that receives the minted coins, bech32.
        to: String = 3,
        /// Coins to burn.
        coins_to_burn: Coin = 4,
        /// Denomination to mint.
        denom_to_mint: String = 5,
    }

    /// An executed burn and mint.
    LedgerRecord "LedgerRecord" {
        /// Account or module the burned coins came from.
        burned_from: String = 1,
        /// Account or module that received the minted coins.
        minted_to: String = 2,
        /// Module that burned.
        burner: String = 3,
        /// Module that minted.
        minter: String = 4,
        /// Coins burned and their price.
        burned: Option<CoinPrice> = 5,
        /// Coins minted and their price.
        minted: Option<CoinPrice> = 6,
        /// Part kept by the vault.
        spread: Coin = 7,
        /// Remint credit that was created.
        remint_credit_issued: Option<CoinPrice> = 8,
        /// Remint credit that was used.
        remint_credit_accrued: Option<CoinPrice> = 9,
    }

    /// Status of minting.
    Status "Status" {
        /// Status.
        status: Enum<MintStatus> = 1,
        /// Status before the change.
        previous_status: Enum<MintStatus> = 2,
        /// Blocks between two epochs.
        epoch_height_diff: i64 = 3,
    }
}
