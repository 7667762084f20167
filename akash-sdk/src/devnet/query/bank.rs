use super::page::{COLLECTION, Walk, plain, walked};
use super::{Answer, Failure, Query};
use crate::cosmos::convert::{Wire, to_wires};
use crate::cosmos::wire::cosmos::bank::v1beta1 as bank;
use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use crate::devnet::address;
use akash_market::address::Address;
use akash_sdl::num::{Coin, Denom};
use prost::Message;

fn denom(text: &str) -> Result<Denom, Failure> {
    Denom::new(text).map_err(|_| Failure::invalid(format!("invalid denom: {text}")))
}

fn account(text: &str) -> Result<Address, Failure> {
    address::read(text).map_err(|why| Failure::invalid(format!("invalid address: {why}")))
}

fn denom_key(coin: &Coin) -> Vec<u8> {
    coin.denom().as_str().as_bytes().to_vec()
}

impl Query<'_> {
    pub(super) fn bank(&self, method: &str) -> Option<Answer> {
        Some(match method {
            "Balance" => self.balance(),
            "AllBalances" => self.balances(),
            "SpendableBalances" => self.spendable(),
            "SpendableBalanceByDenom" => self.spendable_coin(),
            "DenomOwners" => self.denom_owners(),
            "SupplyOf" => self.supply(),
            "TotalSupply" => self.supplies(),
            "DenomMetadata" => self.denom_metadata(),
            "DenomsMetadata" => self.denoms_metadata(),
            "SendEnabled" => self.send_enabled(),
            "Params" => Ok(bank::QueryParamsResponse {
                params: bank::Params {
                    default_send_enabled: true,
                    ..bank::Params::default()
                },
            }
            .encode_to_vec()),
            _ => return None,
        })
    }

    fn balance(&self) -> Answer {
        let request: bank::QueryBalanceRequest = self.read()?;
        let denom = denom(&request.denom)?;
        let owner = account(&request.address)?;
        let balance = Some(self.ledger.bank().coin(&owner, &denom).to_wire());
        Ok(bank::QueryBalanceResponse { balance }.encode_to_vec())
    }

    fn spendable_coin(&self) -> Answer {
        let request: bank::QuerySpendableBalanceByDenomRequest = self.read()?;
        let denom = denom(&request.denom)?;
        let owner = account(&request.address)?;
        let balance = Some(self.ledger.bank().coin(&owner, &denom).to_wire());
        Ok(bank::QuerySpendableBalanceByDenomResponse { balance }.encode_to_vec())
    }

    fn held(
        &self,
        owner: &str,
        page: Option<&PageRequest>,
    ) -> Result<(Vec<Coin>, PageResponse), Failure> {
        let owner = account(owner)?;
        let all = self.ledger.bank().coins(&owner).collect();
        walked(all, page, COLLECTION, denom_key).map_err(|failure| Failure {
            code: 3,
            message: format!("paginate: {}", failure.message),
        })
    }

    fn balances(&self) -> Answer {
        let request: bank::QueryAllBalancesRequest = self.read()?;
        let (coins, page) = self.held(&request.address, request.pagination.as_ref())?;
        let mut balances = to_wires(&coins);
        if request.resolve_denom {
            for coin in &mut balances {
                let known = metadata()
                    .into_iter()
                    .find(|known| coin.denom == known.base);
                if let Some(known) = known {
                    coin.denom = known.display.into();
                }
            }
        }
        Ok(bank::QueryAllBalancesResponse {
            balances,
            pagination: Some(page),
        }
        .encode_to_vec())
    }

    fn spendable(&self) -> Answer {
        let request: bank::QuerySpendableBalancesRequest = self.read()?;
        let (coins, page) = self.held(&request.address, request.pagination.as_ref())?;
        Ok(bank::QuerySpendableBalancesResponse {
            balances: to_wires(&coins),
            pagination: Some(page),
        }
        .encode_to_vec())
    }

    /// By the bytes of their addresses.
    fn denom_owners(&self) -> Answer {
        let request: bank::QueryDenomOwnersRequest = self.read()?;
        let denom = denom(&request.denom)?;
        let held = self.ledger.bank().iter();
        let mut all: Vec<(&Address, Coin)> =
            held.filter(|(_, coin)| *coin.denom() == denom).collect();
        all.sort_by(|(a, _), (b, _)| a.cmp_bytes(b));
        let key = |(owner, _): &(&Address, Coin)| {
            let bytes = owner.bytes();
            let mut key = vec![u8::try_from(bytes.len()).unwrap_or(u8::MAX)];
            key.extend_from_slice(&bytes);
            key
        };
        let (found, page) = walked(all, request.pagination.as_ref(), COLLECTION, key)?;
        let owners = found.into_iter().map(|(owner, coin)| bank::DenomOwner {
            address: owner.to_string(),
            balance: coin.to_wire(),
        });
        Ok(bank::QueryDenomOwnersResponse {
            denom_owners: owners.collect(),
            pagination: Some(page),
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

    fn supplies(&self) -> Answer {
        let request: bank::QueryTotalSupplyRequest = self.read()?;
        let all = self.ledger.bank().supplies().collect();
        let (coins, page) = walked(all, request.pagination.as_ref(), COLLECTION, denom_key)?;
        Ok(bank::QueryTotalSupplyResponse {
            supply: to_wires(&coins),
            pagination: Some(page),
        }
        .encode_to_vec())
    }

    fn denom_metadata(&self) -> Answer {
        let request: bank::QueryDenomMetadataRequest = self.read()?;
        if request.denom.is_empty() {
            return Err(Failure::invalid("invalid denom: "));
        }
        let found = metadata()
            .into_iter()
            .find(|known| known.base == request.denom)
            .ok_or_else(|| {
                Failure::not_found(format!("client metadata for denom {}", request.denom))
            })?;
        Ok(bank::QueryDenomMetadataResponse { metadata: found }.encode_to_vec())
    }

    fn denoms_metadata(&self) -> Answer {
        let request: bank::QueryDenomsMetadataRequest = self.read()?;
        let (metadatas, page) = plain(metadata(), request.pagination.as_ref(), |known| {
            known.base.as_bytes().to_vec()
        })?;
        Ok(bank::QueryDenomsMetadataResponse {
            metadatas,
            pagination: Some(page),
        }
        .encode_to_vec())
    }

    fn send_enabled(&self) -> Answer {
        let request: bank::QuerySendEnabledRequest = self.read()?;
        let all: Vec<bank::SendEnabled> = [Denom::UACT, Denom::UAKT]
            .into_iter()
            .map(|denom| bank::SendEnabled {
                enabled: self.ledger.bank().send_enabled(&denom),
                denom: denom.to_string(),
            })
            .collect();
        if !request.denoms.is_empty() {
            let asked = request.denoms.iter();
            let known = asked.filter_map(|denom| all.iter().find(|entry| entry.denom == *denom));
            return Ok(bank::QuerySendEnabledResponse {
                send_enabled: known.cloned().collect(),
                pagination: None,
            }
            .encode_to_vec());
        }
        let walk = Walk {
            doubly_given: 13,
            ..COLLECTION
        };
        let (send_enabled, page) = walked(all, request.pagination.as_ref(), walk, |entry| {
            entry.denom.as_bytes().to_vec()
        })?;
        Ok(bank::QuerySendEnabledResponse {
            send_enabled,
            pagination: Some(page),
        }
        .encode_to_vec())
    }
}

/// What the chain's genesis tells of its two coins.
fn metadata() -> Vec<bank::Metadata> {
    let unit = |denom: &str, exponent| bank::DenomUnit {
        denom: denom.to_owned(),
        exponent,
        aliases: Vec::new(),
    };
    let coin = |description: &str, units, base: &str, display: &str, name: &str| bank::Metadata {
        description: description.to_owned(),
        denom_units: units,
        base: base.to_owned(),
        display: display.to_owned(),
        name: name.to_owned(),
        symbol: display.trim_start_matches('u').to_uppercase(),
        ..bank::Metadata::default()
    };
    vec![
        coin(
            "Akash Compute Token",
            vec![unit("uact", 0), unit("mact", 3), unit("act", 6)],
            "uact",
            "uact",
            "Akash Compute Token",
        ),
        coin(
            "The native token of Akash",
            vec![unit("uakt", 0), unit("akt", 6)],
            "uakt",
            "akt",
            "Akash Native Token",
        ),
    ]
}
