//! Package `akash.bme.v1`: msg.

use super::{LedgerRecordId, LedgerRecordStatus, Params};
use crate::cosmos::wire::Enum;
use crate::cosmos::wire::cosmos::base::v1beta1::Coin;
use crate::cosmos::wire::message::messages;

messages! {
    "akash.bme.v1";

    /// Transaction message of `/akash.bme.v1.Msg/UpdateParams`, signed by `authority`.
    MsgUpdateParams "MsgUpdateParams" {
        /// Account allowed to do this: the gov module account, bech32.
        authority: String = 1,
        /// Parameters of the module.
        params: Params = 2,
    }

    /// Answer of `/akash.bme.v1.Msg/UpdateParams`.
    MsgUpdateParamsResponse "MsgUpdateParamsResponse" {}

    /// Transaction message of `/akash.bme.v1.Msg/FundVault`, signed by `authority`.
    MsgFundVault "MsgFundVault" {
        /// Account allowed to do this: the gov module account, bech32.
        authority: String = 1,
        /// Amount.
        amount: Coin = 2,
        /// Account or source the funds come from.
        source: String = 3,
    }

    /// Answer of `/akash.bme.v1.Msg/FundVault`.
    MsgFundVaultResponse "MsgFundVaultResponse" {}

    /// Transaction message of `/akash.bme.v1.Msg/BurnMint`, signed by `owner`.
    MsgBurnMint "MsgBurnMint" {
        /// Account that burns, bech32.
        owner: String = 1,
        /// Account that receives the minted coins, bech32.
        to: String = 2,
        /// Coins to burn.
        coins_to_burn: Coin = 3,
        /// Denomination to mint.
        denom_to_mint: String = 4,
    }

    /// Transaction message of `/akash.bme.v1.Msg/MintACT`, signed by `owner`.
    MsgMintAct "MsgMintACT" {
        /// Account that burns, bech32.
        owner: String = 1,
        /// Account that receives the minted coins, bech32.
        to: String = 2,
        /// Coins to burn.
        coins_to_burn: Coin = 3,
    }

    /// Transaction message of `/akash.bme.v1.Msg/BurnACT`, signed by `owner`.
    MsgBurnAct "MsgBurnACT" {
        /// Account that burns, bech32.
        owner: String = 1,
        /// Account that receives the minted coins, bech32.
        to: String = 2,
        /// Coins to burn.
        coins_to_burn: Coin = 3,
    }

    /// Answer of `/akash.bme.v1.Msg/BurnMint`.
    MsgBurnMintResponse "MsgBurnMintResponse" {
        /// Identifies the entity.
        id: LedgerRecordId = 1,
        /// Status.
        status: Enum<LedgerRecordStatus> = 2,
    }

    /// Answer of `/akash.bme.v1.Msg/MintACT`.
    MsgMintActResponse "MsgMintACTResponse" {
        /// Identifies the entity.
        id: LedgerRecordId = 1,
        /// Status.
        status: Enum<LedgerRecordStatus> = 2,
    }

    /// Answer of `/akash.bme.v1.Msg/BurnACT`.
    MsgBurnActResponse "MsgBurnACTResponse" {
        /// Identifies the entity.
        id: LedgerRecordId = 1,
        /// Status.
        status: Enum<LedgerRecordStatus> = 2,
    }
}
