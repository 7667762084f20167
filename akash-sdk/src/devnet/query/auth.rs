use super::page::{COLLECTION, walked};
use super::{Answer, Failure, Query};
use crate::cosmos::tx::public_key_to_any;
use crate::cosmos::wire::TypeUrl;
use crate::cosmos::wire::cosmos::auth::v1beta1 as auth;
use crate::cosmos::wire::google::protobuf::Any;
use crate::devnet::state::Module;
use crate::devnet::{address, gas};
use akash_market::address::Address;
use prost::Message;

impl Query<'_> {
    pub(super) fn auth(&self, method: &str) -> Option<Answer> {
        Some(match method {
            "AccountInfo" => self.account_info(),
            "Account" => self.auth_account(),
            "Accounts" => self.auth_accounts(),
            "ModuleAccountByName" => self.module_account(),
            "ModuleAccounts" => Ok(self.module_accounts()),
            "Params" => Ok(auth::QueryParamsResponse {
                params: auth::Params {
                    max_memo_characters: gas::MEMO_LIMIT as u64,
                    tx_sig_limit: gas::SIGNATURE_LIMIT as u64,
                    tx_size_cost_per_byte: gas::PER_BYTE,
                    sig_verify_cost_ed25519: 590,
                    sig_verify_cost_secp256k1: gas::PER_SIGNATURE,
                },
            }
            .encode_to_vec()),
            _ => return None,
        })
    }

    fn base_account(&self, owner: &Address) -> Option<auth::BaseAccount> {
        let account = self.state.accounts.get(owner)?;
        Some(auth::BaseAccount {
            address: owner.to_string(),
            pub_key: account.key.as_ref().map(public_key_to_any),
            account_number: account.number,
            sequence: account.sequence,
        })
    }

    fn account_info(&self) -> Answer {
        let request: auth::QueryAccountInfoRequest = self.read()?;
        if request.address.is_empty() {
            return Err(Failure::invalid("address cannot be empty"));
        }
        let owner = address::read(&request.address).map_err(Failure::unknown)?;
        let known = self.base_account(&owner);
        let module = || self.state.module_of(&owner).map(base_of_module);
        let info = known
            .or_else(module)
            .ok_or_else(|| Failure::not_found(format!("account {owner} not found")))?;
        Ok(auth::QueryAccountInfoResponse { info: Some(info) }.encode_to_vec())
    }

    fn auth_account(&self) -> Answer {
        let request: auth::QueryAccountRequest = self.read()?;
        if request.address.is_empty() {
            return Err(Failure::invalid("Address cannot be empty"));
        }
        let owner = address::read(&request.address).map_err(Failure::unknown)?;
        let known = self.base_account(&owner).map(|account| account.to_any());
        let module = || self.state.module_of(&owner).map(of_module);
        let found = known
            .or_else(module)
            .ok_or_else(|| Failure::not_found(format!("account {owner} not found")))?;
        Ok(auth::QueryAccountResponse {
            account: Some(found),
        }
        .encode_to_vec())
    }

    fn module_account(&self) -> Answer {
        let request: auth::QueryModuleAccountByNameRequest = self.read()?;
        let name = &request.name;
        if name.is_empty() {
            return Err(Failure::invalid("module name is empty"));
        }
        let (name, address, number, permissions) = self
            .state
            .all_modules()
            .find(|(known, ..)| known == name)
            .ok_or_else(|| Failure::not_found(format!("account {name} not found")))?;
        // The chain makes the account for the answer and forgets it.
        let number = number.unwrap_or(self.state.next_number);
        Ok(auth::QueryModuleAccountByNameResponse {
            account: Some(of_module((name, address, number, permissions))),
        }
        .encode_to_vec())
    }

    /// All accounts, by the bytes of their addresses.
    fn auth_accounts(&self) -> Answer {
        let request: auth::QueryAccountsRequest = self.read()?;
        let accounts = self
            .state
            .accounts
            .keys()
            .filter_map(|owner| Some((owner.clone(), self.base_account(owner)?.to_any())));
        let modules = self.state.modules();
        let modules = modules.map(|module| (module.1.clone(), of_module(module)));
        let mut all: Vec<(Address, Any)> = accounts.chain(modules).collect();
        all.sort_by(|(a, _), (b, _)| a.bytes().cmp(&b.bytes()));
        let key = |(owner, _): &(Address, Any)| owner.bytes().to_vec();
        let (found, pagination) = walked(all, request.pagination.as_ref(), COLLECTION, key)?;
        Ok(auth::QueryAccountsResponse {
            accounts: found.into_iter().map(|(_, account)| account).collect(),
            pagination: Some(pagination),
        }
        .encode_to_vec())
    }

    /// Sorted by name. The chain makes those that are missing for the answer and forgets them.
    fn module_accounts(&self) -> Vec<u8> {
        let mut all: Vec<_> = self.state.all_modules().collect();
        all.sort_by_key(|(name, ..)| *name);
        let mut next = self.state.next_number;
        let numbered = all.into_iter().map(|(name, address, number, permissions)| {
            let number = number.unwrap_or_else(|| {
                next = next.saturating_add(1);
                next.saturating_sub(1)
            });
            of_module((name, address, number, permissions))
        });
        auth::QueryModuleAccountsResponse {
            accounts: numbered.collect(),
        }
        .encode_to_vec()
    }
}

fn base_of_module((_, address, account_number, _): Module<u64>) -> auth::BaseAccount {
    auth::BaseAccount {
        address: address.to_string(),
        account_number,
        ..auth::BaseAccount::default()
    }
}

fn of_module(module: Module<u64>) -> Any {
    let (name, _, _, permissions) = module;
    auth::ModuleAccount {
        name: name.to_owned(),
        permissions: permissions.iter().map(|p| (*p).to_owned()).collect(),
        base_account: Some(base_of_module(module)),
    }
    .to_any()
}
