use super::{Answer, Failure, Query};
use crate::cosmos::convert::Wire;
use crate::cosmos::tx::public_key_to_any;
use crate::cosmos::wire::TypeUrl;
use crate::cosmos::wire::cosmos::auth::v1beta1 as auth;
use crate::cosmos::wire::cosmos::bank::v1beta1 as bank;
use crate::cosmos::wire::cosmos::base::query::v1beta1::PageResponse;
use akash_market::address::Address;
use akash_sdl::num::{Coin, Denom};
use prost::Message;

fn address(text: &str) -> Result<Address, Failure> {
    text.parse()
        .map_err(|_| Failure::invalid(format!("invalid address {text:?}")))
}

fn denom(text: &str) -> Result<Denom, Failure> {
    Denom::new(text).map_err(|_| Failure::invalid("invalid denom"))
}

impl Query<'_> {
    pub(super) fn auth(&self, method: &str) -> Option<Answer> {
        Some(match method {
            "AccountInfo" => self.account_info(),
            "Account" => self.auth_account(),
            "Params" => Ok(auth::QueryParamsResponse {
                params: auth::Params {
                    max_memo_characters: 256,
                    tx_sig_limit: 7,
                    tx_size_cost_per_byte: 10,
                    sig_verify_cost_ed25519: 590,
                    sig_verify_cost_secp256k1: 1000,
                },
            }
            .encode_to_vec()),
            _ => return None,
        })
    }

    fn base_account(&self, text: &str) -> Result<auth::BaseAccount, Failure> {
        let owner = address(text)?;
        let account = self
            .node
            .accounts
            .get(&owner)
            .ok_or_else(|| Failure::not_found(format!("account {owner} not found")))?;
        Ok(auth::BaseAccount {
            address: owner.to_string(),
            pub_key: account.key.as_ref().map(public_key_to_any),
            account_number: account.number,
            sequence: account.sequence,
        })
    }

    fn account_info(&self) -> Answer {
        let request: auth::QueryAccountInfoRequest = self.read()?;
        let info = Some(self.base_account(&request.address)?);
        Ok(auth::QueryAccountInfoResponse { info }.encode_to_vec())
    }

    fn auth_account(&self) -> Answer {
        let request: auth::QueryAccountRequest = self.read()?;
        let account = Some(self.base_account(&request.address)?.to_any());
        Ok(auth::QueryAccountResponse { account }.encode_to_vec())
    }

    pub(super) fn bank(&self, method: &str) -> Option<Answer> {
        Some(match method {
            "Balance" => self.balance(),
            "AllBalances" => self.balances(),
            "SpendableBalances" => self.spendable(),
            "SupplyOf" => self.supply(),
            _ => return None,
        })
    }

    fn balance(&self) -> Answer {
        let request: bank::QueryBalanceRequest = self.read()?;
        let coin = self
            .ledger
            .bank()
            .coin(&address(&request.address)?, &denom(&request.denom)?);
        let balance = Some(coin.to_wire());
        Ok(bank::QueryBalanceResponse { balance }.encode_to_vec())
    }

    fn held(&self, owner: &str) -> Result<Vec<Coin>, Failure> {
        let owner = address(owner)?;
        Ok(self.ledger.bank().coins(&owner).collect())
    }

    fn balances(&self) -> Answer {
        let request: bank::QueryAllBalancesRequest = self.read()?;
        let coins = self.held(&request.address)?;
        let total = u64::try_from(coins.len()).unwrap_or(u64::MAX);
        Ok(bank::QueryAllBalancesResponse {
            balances: coins.iter().map(Wire::to_wire).collect(),
            pagination: Some(PageResponse {
                next_key: Vec::new(),
                total,
            }),
        }
        .encode_to_vec())
    }

    fn spendable(&self) -> Answer {
        let request: bank::QuerySpendableBalancesRequest = self.read()?;
        let coins = self.held(&request.address)?;
        let total = u64::try_from(coins.len()).unwrap_or(u64::MAX);
        Ok(bank::QuerySpendableBalancesResponse {
            balances: coins.iter().map(Wire::to_wire).collect(),
            pagination: Some(PageResponse {
                next_key: Vec::new(),
                total,
            }),
        }
        .encode_to_vec())
    }

    fn supply(&self) -> Answer {
        let request: bank::QuerySupplyOfRequest = self.read()?;
        let denom = denom(&request.denom)?;
        let supply = self.ledger.bank().supply(&denom);
        let coin = Coin::from_int(denom, supply).map_err(|e| Failure::invalid(e.to_string()))?;
        Ok(bank::QuerySupplyOfResponse {
            amount: coin.to_wire(),
        }
        .encode_to_vec())
    }
}
