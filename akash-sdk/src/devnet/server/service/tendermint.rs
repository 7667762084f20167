//! `cosmos.base.tendermint.v1beta1.Service`.

use super::{Answer, VERSION, failure, paged, read, unknown};
use crate::cosmos::address;
use crate::cosmos::transport::BlockResult;
use crate::cosmos::wire::TypeUrl;
use crate::cosmos::wire::cosmos::base::tendermint::v1beta1 as own;
use crate::cosmos::wire::cosmos::crypto::secp256k1::PubKey;
use crate::cosmos::wire::tendermint::p2p::{
    DefaultNodeInfo, DefaultNodeInfoOther, ProtocolVersion,
};
use crate::devnet::server::backend::Backend;
use crate::devnet::server::chain::{BLOCK_PROTOCOL, POWER, Sealed, whole};
use crate::devnet::server::rpc::abci_query;
use akash_market::address::Address;
use prost::Message;

pub(super) fn answer(backend: &Backend, method: &str, request: &[u8]) -> Answer {
    match method {
        "GetNodeInfo" => Ok(node_info(backend)),
        "GetSyncing" => Ok(own::GetSyncingResponse {
            syncing: backend.faults().catching_up,
        }
        .encode_to_vec()),
        "GetLatestBlock" => {
            let (sealed, result) = backend
                .sealed(None)
                .ok_or_else(|| failure(5, "there is no block yet"))?;
            Ok(own::GetLatestBlockResponse {
                block_id: Some(sealed.id.clone()),
                block: Some(whole(&sealed.header, &sealed.last_commit, &result)),
                sdk_block: Some(readable(&sealed, &result)),
            }
            .encode_to_vec())
        }
        "GetBlockByHeight" => block(backend, request),
        "GetLatestValidatorSet" => validators(backend, request),
        "ABCIQuery" => {
            let request: own::AbciQueryRequest = read(request)?;
            let height = (request.height != 0).then_some(request.height);
            let answer = abci_query(backend, &request.path, &request.data, height);
            Ok(own::AbciQueryResponse {
                code: answer.code,
                log: answer.log,
                value: answer.value,
                height: answer.height,
                codespace: answer.codespace,
                ..own::AbciQueryResponse::default()
            }
            .encode_to_vec())
        }
        _ => Err(unknown("cosmos.base.tendermint.v1beta1.Service", method)),
    }
}

fn block(backend: &Backend, request: &[u8]) -> Answer {
    let request: own::GetBlockByHeightRequest = read(request)?;
    if request.height > backend.block().height.0 {
        return Err(failure(
            3,
            "requested block height is bigger then the chain length",
        ));
    }
    let (sealed, result) = backend
        .sealed(Some(request.height))
        .filter(|_| request.height > 0)
        .ok_or_else(|| failure(2, format!("height {} is not available", request.height)))?;
    Ok(own::GetBlockByHeightResponse {
        block_id: Some(sealed.id.clone()),
        block: Some(whole(&sealed.header, &sealed.last_commit, &result)),
        sdk_block: Some(readable(&sealed, &result)),
    }
    .encode_to_vec())
}

/// The block with the proposer as text.
fn readable(sealed: &Sealed, result: &BlockResult) -> own::Block {
    let block = whole(&sealed.header, &sealed.last_commit, result);
    let header = block.header;
    own::Block {
        header: own::Header {
            version: header.version,
            chain_id: header.chain_id,
            height: header.height,
            time: header.time,
            last_block_id: header.last_block_id,
            last_commit_hash: header.last_commit_hash,
            data_hash: header.data_hash,
            validators_hash: header.validators_hash,
            next_validators_hash: header.next_validators_hash,
            consensus_hash: header.consensus_hash,
            app_hash: header.app_hash,
            last_results_hash: header.last_results_hash,
            evidence_hash: header.evidence_hash,
            proposer_address: consensus_address(&header.proposer_address),
        },
        data: block.data,
        evidence: block.evidence,
        last_commit: block.last_commit,
    }
}

fn consensus_address(bytes: &[u8]) -> String {
    Address::bech32(address::CONSENSUS, bytes)
        .map(|address| address.to_string())
        .unwrap_or_default()
}

fn node_info(backend: &Backend) -> Vec<u8> {
    let (id, rpc) = (backend.node_id(), backend.rpc);
    own::GetNodeInfoResponse {
        default_node_info: Some(DefaultNodeInfo {
            protocol_version: ProtocolVersion {
                p2p: 8,
                block: BLOCK_PROTOCOL,
                app: 0,
            },
            default_node_id: id,
            listen_addr: super::super::PEERS.to_owned(),
            network: backend.devnet.chain_id(),
            version: super::super::COMETBFT.to_owned(),
            channels: Vec::new(),
            moniker: super::super::MONIKER.to_owned(),
            other: DefaultNodeInfoOther {
                tx_index: "on".to_owned(),
                rpc_address: format!("tcp://{rpc}"),
            },
        }),
        application_version: Some(own::VersionInfo {
            name: "akash".to_owned(),
            app_name: "akash".to_owned(),
            version: VERSION.to_owned(),
            cosmos_sdk_version: "v0.53.7".to_owned(),
            ..own::VersionInfo::default()
        }),
    }
    .encode_to_vec()
}

fn validators(backend: &Backend, request: &[u8]) -> Answer {
    let request: own::GetLatestValidatorSetRequest = read(request)?;
    let (address, key) = backend.chain(|chain| {
        let validator = &chain.validator;
        (consensus_address(&validator.address), validator.key_bytes())
    });
    let all = [own::Validator {
        address,
        pub_key: Some(PubKey { key: key.to_vec() }.to_any()),
        voting_power: POWER,
        proposer_priority: 0,
    }];
    let (validators, pagination) = paged(all.into_iter(), request.pagination.as_ref(), 100);
    Ok(own::GetLatestValidatorSetResponse {
        block_height: backend.block().height.0,
        validators,
        pagination: Some(pagination),
    }
    .encode_to_vec())
}
