//! The node and its network: state, genesis, what it serves.

use super::Answer;
use crate::devnet::server::backend::Backend;
use crate::devnet::server::chain::{BLOCK_PROTOCOL, MAX_BYTES, MAX_GAS, POWER, timestamp};
use crate::devnet::server::rpc::RpcError;
use crate::devnet::server::rpc::print::base64;
use crate::devnet::server::service::print::{hex, time};
use crate::devnet::server::service::{API_VERSIONS, MODULES, VERSION};
use crate::devnet::server::{CHANNELS, COMETBFT, MONIKER, PEERS};
use serde_json::{Value, json};

pub(super) fn status(backend: &Backend) -> Answer {
    let catching_up = backend.faults().catching_up;
    let node_info = node_info(backend);
    backend.chain(|chain| {
        let (first, last) = chain
            .ends()
            .ok_or_else(|| RpcError::internal("there is no block yet"))?;
        Ok(json!({
            "node_info": node_info,
            "sync_info": {
                "latest_block_hash": hex(&last.id.hash),
                "latest_app_hash": hex(&last.header.app_hash),
                "latest_block_height": last.header.height.to_string(),
                "latest_block_time": time(last.header.time),
                "earliest_block_hash": hex(&first.id.hash),
                "earliest_app_hash": hex(&first.header.app_hash),
                "earliest_block_height": first.header.height.to_string(),
                "earliest_block_time": time(first.header.time),
                "catching_up": catching_up,
            },
            "validator_info": {
                "address": hex(&chain.validator.address),
                "pub_key": public_key(&chain.validator.key_bytes()),
                "voting_power": POWER.to_string(),
            },
        }))
    })
}

pub(super) fn public_key(key: &[u8]) -> Value {
    json!({"type": "tendermint/PubKeySecp256k1", "value": base64(key)})
}

fn node_info(backend: &Backend) -> Value {
    json!({
        "protocol_version": {"p2p": "8", "block": BLOCK_PROTOCOL.to_string(), "app": "0"},
        "id": backend.node_id(),
        "listen_addr": PEERS,
        "network": backend.devnet.chain_id(),
        "version": COMETBFT,
        "channels": CHANNELS,
        "moniker": MONIKER,
        "other": {"tx_index": "on", "rpc_address": format!("tcp://{}", backend.rpc)},
    })
}

pub(super) fn abci_info(backend: &Backend) -> Answer {
    let (sealed, _) = backend
        .sealed(None)
        .ok_or_else(|| RpcError::internal("there is no block yet"))?;
    Ok(json!({"response": {
        "data": "akash",
        "version": VERSION,
        "last_block_height": sealed.header.height.to_string(),
        "last_block_app_hash": base64(&sealed.app_hash),
    }}))
}

/// The node's own method, which says what modules it serves.
pub(super) fn discovery(backend: &Backend) -> Value {
    let modules: Vec<Value> = MODULES
        .iter()
        .map(|(module, version)| json!({"module": module, "version": version}))
        .collect();
    let versions: Vec<Value> = API_VERSIONS
        .iter()
        .map(|version| json!({"api_version": version, "modules": modules, "features": null}))
        .collect();
    json!({
        "client_info": {"api_version": "v1beta3"},
        "supported_versions": versions,
        "chain_id": backend.devnet.chain_id(),
        "node_version": VERSION,
        "min_client_version": "",
    })
}

/// The answer of the application to a query.
pub(super) fn genesis(backend: &Backend) -> Value {
    let (key, address) =
        backend.chain(|chain| (chain.validator.key_bytes(), hex(&chain.validator.address)));
    let begin = backend
        .devnet
        .node()
        .blocks
        .first()
        .map(|block| timestamp(block.time));
    json!({
        "genesis_time": begin.map(time).unwrap_or_default(),
        "chain_id": backend.devnet.chain_id(),
        "initial_height": "1",
        "consensus_params": consensus_params(),
        "validators": [{
            "address": address,
            "pub_key": public_key(&key),
            "power": POWER.to_string(),
            "name": MONIKER,
        }],
        "app_hash": "",
    })
}

pub(super) fn consensus_params() -> Value {
    json!({
        "block": {"max_bytes": MAX_BYTES.to_string(), "max_gas": MAX_GAS.to_string()},
        "evidence": {
            "max_age_num_blocks": "100000",
            "max_age_duration": "172800000000000",
            "max_bytes": "1048576",
        },
        "validator": {"pub_key_types": ["secp256k1"]},
        "version": {"app": "0"},
        "abci": {"vote_extensions_enable_height": "0"},
    })
}
