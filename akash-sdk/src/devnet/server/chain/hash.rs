//! The hashes of a block, as CometBFT 0.38 computes them.

use super::merkle::{self, Hash};
use crate::cosmos::transport::TxResult;
use crate::cosmos::wire::tendermint::types::{Block, Commit, Header, PartSetHeader};
use crate::cosmos::wire::{Timestamp, tendermint};
use prost::Message;
use prost::encoding::{self, WireType};
use sha2::{Digest, Sha256};

/// Size of the parts in which a block is sent between nodes.
const PART: usize = 65_536;

/// A value in the wrapper message of its type; nothing for the zero value.
fn wrapped(value: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    if !value.is_empty() {
        encoding::bytes::encode(1, &value.to_vec(), &mut bytes);
    }
    bytes
}

fn time(time: Timestamp) -> Vec<u8> {
    let mut bytes = Vec::new();
    if time.seconds != 0 {
        encoding::int64::encode(1, &time.seconds, &mut bytes);
    }
    if time.nanos != 0 {
        encoding::int32::encode(2, &time.nanos, &mut bytes);
    }
    bytes
}

/// The id of the block with this header.
pub(in super::super) fn header(header: &Header) -> Hash {
    let mut height = Vec::new();
    if header.height != 0 {
        encoding::int64::encode(1, &header.height, &mut height);
    }
    merkle::root(&[
        header.version.encode_to_vec(),
        wrapped(header.chain_id.as_bytes()),
        height,
        time(header.time),
        header.last_block_id.encode_to_vec(),
        wrapped(&header.last_commit_hash),
        wrapped(&header.data_hash),
        wrapped(&header.validators_hash),
        wrapped(&header.next_validators_hash),
        wrapped(&header.consensus_hash),
        wrapped(&header.app_hash),
        wrapped(&header.last_results_hash),
        wrapped(&header.evidence_hash),
        wrapped(&header.proposer_address),
    ])
}

/// Hash over the transactions of a block.
pub(in super::super) fn data<'t>(txs: impl Iterator<Item = &'t [u8; 32]>) -> Hash {
    merkle::root(&txs.collect::<Vec<_>>())
}

/// Hash over the parts of a block.
pub(in super::super) fn parts(block: &Block) -> PartSetHeader {
    let bytes = block.encode_to_vec();
    let parts: Vec<&[u8]> = bytes.chunks(PART).collect();
    PartSetHeader {
        total: u32::try_from(parts.len()).unwrap_or(u32::MAX),
        hash: merkle::root(&parts).to_vec(),
    }
}

/// Hash over the votes for a block.
pub(in super::super) fn commit(commit: &Commit) -> Hash {
    let votes: Vec<Vec<u8>> = commit
        .signatures
        .iter()
        .map(Message::encode_to_vec)
        .collect();
    merkle::root(&votes)
}

/// Hash over what the transactions of a block gave, without what may differ between nodes (log, events).
pub(in super::super) fn results(txs: &[TxResult]) -> Hash {
    let results: Vec<Vec<u8>> = txs.iter().map(deterministic).collect();
    merkle::root(&results)
}

fn deterministic(tx: &TxResult) -> Vec<u8> {
    let mut bytes = Vec::new();
    if tx.code != 0 {
        encoding::uint32::encode(1, &tx.code, &mut bytes);
    }
    if !tx.data.is_empty() {
        encoding::bytes::encode(2, &tx.data, &mut bytes);
    }
    for (tag, gas) in [(5, tx.gas_wanted), (6, tx.gas_used)] {
        if gas != 0 {
            encoding::uint64::encode(tag, &gas, &mut bytes);
        }
    }
    bytes
}

/// Hash over the validators: one, with all of the voting power.
pub(in super::super) fn validators(key: &tendermint::crypto::PublicKey, power: i64) -> Hash {
    let mut bytes = Vec::new();
    encoding::message::encode(1, key, &mut bytes);
    encoding::int64::encode(2, &power, &mut bytes);
    merkle::root(&[bytes])
}

/// Hash over the consensus parameters that it covers.
pub(in super::super) fn consensus(max_bytes: i64, max_gas: i64) -> Hash {
    let mut bytes = Vec::new();
    encoding::int64::encode(1, &max_bytes, &mut bytes);
    encoding::int64::encode(2, &max_gas, &mut bytes);
    Sha256::digest(bytes).into()
}

/// What a validator signs to vote for a block.
pub(in super::super) fn vote(commit: &Commit, at: Timestamp, chain_id: &str) -> Vec<u8> {
    /// Number of the vote that commits.
    const PRECOMMIT: u64 = 2;
    let mut bytes = Vec::new();
    encoding::uint64::encode(1, &PRECOMMIT, &mut bytes);
    if commit.height != 0 {
        encoding::sfixed64::encode(2, &commit.height, &mut bytes);
    }
    if commit.round != 0 {
        encoding::sfixed64::encode(3, &i64::from(commit.round), &mut bytes);
    }
    encoding::message::encode(4, &commit.block_id, &mut bytes);
    encoding::encode_key(5, WireType::LengthDelimited, &mut bytes);
    let at = time(at);
    encoding::encode_varint(u64::try_from(at.len()).unwrap_or(u64::MAX), &mut bytes);
    bytes.extend(at);
    encoding::string::encode(6, &chain_id.to_owned(), &mut bytes);
    let mut signed = Vec::with_capacity(bytes.len() + 2);
    encoding::encode_varint(u64::try_from(bytes.len()).unwrap_or(u64::MAX), &mut signed);
    signed.extend(bytes);
    signed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cosmos::json::parse_time;
    use crate::cosmos::wire::tendermint::types::{
        BlockId, BlockIdFlag, CommitSig, Data, EvidenceList,
    };
    use crate::cosmos::wire::tendermint::version::Consensus;

    fn hex(hash: &Hash) -> String {
        hash.iter().map(|byte| format!("{byte:02X}")).collect()
    }

    /// The recorded block, from the JSON in which CometBFT shows it.
    fn recorded() -> Block {
        use base64::Engine;
        use base64::engine::general_purpose::STANDARD;
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../vectors/chain/rpc/block.json"
        );
        let text = std::fs::read_to_string(path).unwrap();
        let all: serde_json::Value = serde_json::from_str(&text).unwrap();
        let block = &all["response"]["result"]["block"];
        let bytes = |value: &serde_json::Value| -> Vec<u8> {
            let pairs = value.as_str().unwrap().as_bytes().chunks(2);
            pairs
                .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
                .collect()
        };
        let id = |value: &serde_json::Value| BlockId {
            hash: bytes(&value["hash"]),
            part_set_header: PartSetHeader {
                total: 1,
                hash: bytes(&value["parts"]["hash"]),
            },
        };
        let time = |value: &serde_json::Value| parse_time(value.as_str().unwrap()).unwrap();
        let (header, commit) = (&block["header"], &block["last_commit"]);
        let vote = &commit["signatures"][0];
        Block {
            header: Header {
                version: Consensus { block: 11, app: 0 },
                chain_id: header["chain_id"].as_str().unwrap().to_owned(),
                height: 5,
                time: time(&header["time"]),
                last_block_id: id(&header["last_block_id"]),
                last_commit_hash: bytes(&header["last_commit_hash"]),
                data_hash: bytes(&header["data_hash"]),
                validators_hash: bytes(&header["validators_hash"]),
                next_validators_hash: bytes(&header["next_validators_hash"]),
                consensus_hash: bytes(&header["consensus_hash"]),
                app_hash: bytes(&header["app_hash"]),
                last_results_hash: bytes(&header["last_results_hash"]),
                evidence_hash: bytes(&header["evidence_hash"]),
                proposer_address: bytes(&header["proposer_address"]),
            },
            data: Data {
                txs: vec![
                    STANDARD
                        .decode(block["data"]["txs"][0].as_str().unwrap())
                        .unwrap(),
                ],
            },
            evidence: EvidenceList::default(),
            last_commit: Some(Commit {
                height: 4,
                round: 0,
                block_id: id(&commit["block_id"]),
                signatures: vec![CommitSig {
                    block_id_flag: BlockIdFlag::Commit.into(),
                    validator_address: bytes(&vote["validator_address"]),
                    timestamp: time(&vote["timestamp"]),
                    signature: STANDARD
                        .decode(vote["signature"].as_str().unwrap())
                        .unwrap(),
                }],
            }),
        }
    }

    /// The figures are those of block 5 of a recorded run of a real node.
    #[test]
    fn hashes_are_those_of_a_real_node() {
        let block = recorded();
        assert_eq!(
            hex(&header(&block.header)),
            "ECE0DE1D70F5AF2AE4CFC16EE630CC7D0C6253FC90AF911387A494D37989E9E9"
        );
        let hashes: Vec<[u8; 32]> = block
            .data
            .txs
            .iter()
            .map(|tx| Sha256::digest(tx).into())
            .collect();
        assert_eq!(data(hashes.iter()).as_slice(), block.header.data_hash);
        let votes = block.last_commit.clone().unwrap();
        assert_eq!(commit(&votes).as_slice(), block.header.last_commit_hash);
        let parts = parts(&block);
        assert_eq!(parts.total, 1);
        assert_eq!(
            hex(parts.hash.as_slice().try_into().unwrap()),
            "013C0CA406DC60F7535A869C5E8E87DCE8C9CE17D9CB183C3BD2B29E349087DD"
        );
        assert_eq!(
            consensus(22_020_096, -1).as_slice(),
            block.header.consensus_hash
        );
        assert_eq!(data([].iter()).as_slice(), block.header.evidence_hash);
    }
}
