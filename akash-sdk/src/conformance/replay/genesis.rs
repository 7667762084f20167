//! The state before the first block, from its compact form.

use super::{RecordingError, form};
use crate::cosmos::convert::Wire;
use crate::cosmos::convert::time::timestamp;
use crate::cosmos::json;
use crate::cosmos::wire::akash::bme::v1 as bme;
use crate::cosmos::wire::akash::deployment::v1beta4 as deployment;
use crate::cosmos::wire::akash::epochs::v1beta1::EpochInfo;
use crate::cosmos::wire::akash::market::v1beta5 as market;
use crate::cosmos::wire::akash::oracle::v2 as oracle;
use crate::cosmos::wire::{Timestamp as WireTimestamp, TypeUrl};
use crate::devnet::{Devnet, DevnetGenesis, GenesisAccount};
use akash_market::address::Address;
use akash_market::bank::Modules;
use akash_market::epochs::Epoch;
use akash_market::id::Height;
use akash_market::ledger::Genesis;
use akash_market::params::{BmeParams, DeploymentParams, MarketParams, OracleParams, Params};
use akash_market::time::{Block, Nanos, Timestamp};
use akash_sdl::num::{Coin, Denom, Int};
use serde_json::Value;
use std::collections::BTreeMap;

fn wrong(problem: impl std::fmt::Display) -> RecordingError {
    form("genesis.json", &problem)
}

fn text<'v>(value: &'v Value, name: &str) -> Result<&'v str, RecordingError> {
    let found = value.get(name).and_then(Value::as_str);
    found.ok_or_else(|| wrong(format!("the text `{name}` is missing")))
}

fn number(value: &Value, name: &str) -> u64 {
    let found = value.get(name);
    let texted = || found?.as_str()?.parse().ok();
    found
        .and_then(Value::as_u64)
        .or_else(texted)
        .unwrap_or_default()
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    let found = value.get(name).and_then(Value::as_array);
    found.map(Vec::as_slice).unwrap_or_default()
}

/// A value in the chain's JSON.
fn read<M: TypeUrl>(value: &Value) -> Result<M, RecordingError> {
    let bytes = json::from_json(M::FULL_NAME, value).map_err(wrong)?;
    M::decode(bytes.as_slice()).map_err(wrong)
}

fn params<M: TypeUrl, P: Wire<Message = M>>(
    genesis: &Value,
    module: &str,
) -> Result<P, RecordingError> {
    let found = genesis.get("params").and_then(|params| params.get(module));
    let found = found.ok_or_else(|| wrong(format!("the parameters of {module} are missing")))?;
    P::from_wire(&read(found)?).map_err(wrong)
}

/// The zero time stands for "not yet" or "at the genesis".
fn moment(time: WireTimestamp) -> Result<Timestamp, RecordingError> {
    if time.is_zero() {
        return Ok(Timestamp::default());
    }
    timestamp(time, "time").map_err(wrong)
}

fn epoch(value: &Value) -> Result<Epoch, RecordingError> {
    let info: EpochInfo = read(value)?;
    let duration = info.duration.as_nanos();
    Ok(Epoch {
        identifier: info.id,
        start_time: moment(info.start_time)?,
        duration: Nanos(duration.ok_or_else(|| wrong("a duration is out of range"))?),
        current_epoch: info.current_epoch,
        current_epoch_start_time: moment(info.current_epoch_start_time)?,
        epoch_counting_started: info.epoch_counting_started,
        current_epoch_start_height: Height(info.current_epoch_start_height),
    })
}

type Balances = BTreeMap<(Address, Denom), Int>;

/// Who holds what once the validators have bonded their stake.
fn balances(genesis: &Value) -> Result<Balances, RecordingError> {
    let mut all = Balances::new();
    let mut named = BTreeMap::new();
    for account in list(genesis, "accounts")
        .iter()
        .chain(list(genesis, "module_accounts"))
    {
        let owner: Address = text(account, "address")?.parse().map_err(wrong)?;
        named.insert(text(account, "name")?, owner.clone());
        let held = account.get("balances").and_then(Value::as_object);
        for (denom, amount) in held.into_iter().flatten() {
            let coin: Coin = format!("{}{denom}", amount.as_str().unwrap_or_default())
                .parse()
                .map_err(wrong)?;
            all.insert((owner.clone(), coin.denom().clone()), coin.amount());
        }
    }
    if let Some(bonded) = genesis.get("genesis_bonded").filter(|b| b.is_object()) {
        let coin: Coin = format!("{}{}", text(bonded, "amount")?, text(bonded, "denom")?)
            .parse()
            .map_err(wrong)?;
        let owner = named.get(text(bonded, "account")?);
        let owner = owner.ok_or_else(|| wrong("nobody has the account that bonds"))?;
        let pool = Modules::address("akash", "bonded_tokens_pool").map_err(wrong)?;
        let held = all
            .entry((owner.clone(), coin.denom().clone()))
            .or_default();
        *held = held.sub(coin.amount()).map_err(wrong)?;
        let held = all.entry((pool, coin.denom().clone())).or_default();
        *held = held.add(coin.amount()).map_err(wrong)?;
    }
    Ok(all)
}

pub(super) fn devnet(genesis: &Value, keep_blocks: usize) -> Result<Devnet, RecordingError> {
    let time: WireTimestamp = text(genesis, "genesis_time")?.parse().map_err(wrong)?;
    let first = i64::try_from(number(genesis, "initial_height")).map_err(wrong)?;
    let mut ledger = Genesis {
        block: Block {
            height: Height(first.saturating_sub(1)),
            time: moment(time)?,
        },
        params: Params {
            deployment: params::<deployment::Params, DeploymentParams>(genesis, "deployment")?,
            market: params::<market::Params, MarketParams>(genesis, "market")?,
            bme: params::<bme::Params, BmeParams>(genesis, "bme")?,
            oracle: params::<oracle::Params, OracleParams>(genesis, "oracle")?,
        },
        epochs: list(genesis, "epochs")
            .iter()
            .map(epoch)
            .collect::<Result<_, _>>()?,
        send_disabled: Vec::new(),
        ..Genesis::default()
    };
    for ((owner, denom), amount) in balances(genesis)? {
        let coin = Coin::from_int(denom, amount).map_err(wrong)?;
        ledger = ledger.balance(owner, coin);
    }
    for entry in list(genesis, "send_enabled") {
        if entry.get("enabled") == Some(&Value::Bool(false)) {
            let denom = Denom::new(text(entry, "denom")?).map_err(wrong)?;
            ledger.send_disabled.push(denom);
        }
    }
    let account = |account: &Value| {
        Ok(GenesisAccount {
            address: text(account, "address")?.parse().map_err(wrong)?,
            number: number(account, "account_number"),
            sequence: number(account, "sequence"),
        })
    };
    Devnet::from_genesis(DevnetGenesis {
        chain_id: text(genesis, "chain_id")?.to_owned(),
        accounts: list(genesis, "accounts")
            .iter()
            .map(account)
            .collect::<Result<_, RecordingError>>()?,
        ledger,
        gas_prices: text(genesis, "minimum_gas_price")?.parse().map_err(wrong)?,
        block_time: Nanos::from_secs(1),
        metered: false,
        keep_blocks,
    })
    .map_err(wrong)
}
