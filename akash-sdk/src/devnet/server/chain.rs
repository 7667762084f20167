//! The blocks of the embedded network as a node shows them: headers, ids, votes.
//!
//! The embedded network has no consensus. What a client sees of it is made here, when somebody asks: a chain of headers
//! whose hashes are computed as CometBFT does and whose votes one validator signs, with a key that everybody knows. Only
//! the state hash means nothing: it is a digest of all results so far.

mod hash;
pub(super) mod merkle;

use super::super::node::Node;
use crate::cosmos::transport::BlockResult;
use crate::cosmos::wire::tendermint::crypto::{PublicKey, PublicKeySum};
use crate::cosmos::wire::tendermint::types::{
    Block, BlockId, BlockIdFlag, Commit, CommitSig, Data, EvidenceList, Header,
};
use crate::cosmos::wire::tendermint::version::Consensus;
use crate::cosmos::wire::{Choice, Member, Timestamp};
use crate::signer::{LocalSigner, Signer};
use merkle::Hash;
use ripemd::Ripemd160;
use sha2::{Digest, Sha256};

/// Voting power of the one validator, as CometBFT shows it.
pub(super) const POWER: i64 = 100_000_000;
/// Largest block in bytes (consensus parameter).
pub(super) const MAX_BYTES: i64 = 22_020_096;
/// Most gas of a block (consensus parameter): no limit.
pub(super) const MAX_GAS: i64 = -1;
/// Version of the block protocol.
pub(super) const BLOCK_PROTOCOL: u64 = 11;

/// The one validator.
#[derive(Debug)]
pub(super) struct Validator {
    signer: LocalSigner,
    /// Its address on the consensus level: hash of its key.
    pub(super) address: [u8; 20],
    hash: Hash,
}

impl Validator {
    /// The same for every network: a key that everybody knows.
    pub(super) fn new() -> Result<Self, crate::signer::KeyError> {
        let secret: Hash = Sha256::digest(b"validator of the embedded network").into();
        let signer = LocalSigner::from_secret_bytes(&secret, crate::signer::AKASH_PREFIX)?;
        let bytes = signer.public_key().0;
        let address = Ripemd160::digest(Sha256::digest(bytes)).into();
        let key = PublicKey {
            sum: Choice(Some(PublicKeySum::Secp256k1(Member(bytes.to_vec())))),
        };
        let hash = hash::validators(&key, POWER);
        Ok(Self {
            signer,
            address,
            hash,
        })
    }

    /// Its compressed public key.
    pub(super) fn key_bytes(&self) -> [u8; 33] {
        self.signer.public_key().0
    }

    pub(super) fn hash(&self) -> Hash {
        self.hash
    }
}

/// What a block has beside its transactions and their results.
#[derive(Debug, Clone)]
pub(super) struct Sealed {
    pub(super) header: Header,
    pub(super) id: BlockId,
    /// Votes for the block before.
    pub(super) last_commit: Commit,
    /// Digest of all results up to this block; the next header carries it.
    pub(super) app_hash: Hash,
    /// Hash of this block's results.
    results: Hash,
    /// How often the network had been set back when this was made.
    era: u64,
}

/// The chain of blocks, made as far as somebody asked.
#[derive(Debug)]
pub(super) struct Chain {
    pub(super) validator: Validator,
    sealed: Vec<Sealed>,
}

impl Chain {
    pub(super) fn new() -> Result<Self, crate::signer::KeyError> {
        Ok(Self {
            validator: Validator::new()?,
            sealed: Vec::new(),
        })
    }

    /// Brings the chain up to the node's newest block. `era` counts how often the node was set back.
    pub(super) fn follow(&mut self, node: &Node, era: u64) {
        if self.sealed.last().is_some_and(|last| last.era != era) {
            self.sealed.clear();
        }
        let from = self.sealed.len();
        for block in node.blocks.get(from..).unwrap_or_default() {
            let sealed = self.seal(&node.chain_id, block, era);
            self.sealed.push(sealed);
        }
    }

    fn seal(&self, chain_id: &str, result: &BlockResult, era: u64) -> Sealed {
        let before = self.sealed.last();
        let time = timestamp(result.time);
        // The votes for a block are as old as the block that carries them.
        let last_commit = before.map_or_else(Commit::default, |before| self.votes(before, time));
        let empty: Hash = Sha256::digest([]).into();
        let validators = self.validator.hash().to_vec();
        let header = Header {
            version: Consensus {
                block: BLOCK_PROTOCOL,
                app: 0,
            },
            chain_id: chain_id.to_owned(),
            height: result.height,
            time,
            last_block_id: before.map(|before| before.id.clone()).unwrap_or_default(),
            last_commit_hash: hash::commit(&last_commit).to_vec(),
            data_hash: hash::data(result.txs.iter().map(|tx| &tx.hash.0)).to_vec(),
            validators_hash: validators.clone(),
            next_validators_hash: validators,
            consensus_hash: hash::consensus(MAX_BYTES, MAX_GAS).to_vec(),
            app_hash: before.map_or(empty, |before| before.app_hash).to_vec(),
            last_results_hash: before.map_or(empty, |before| before.results).to_vec(),
            evidence_hash: empty.to_vec(),
            proposer_address: self.validator.address.to_vec(),
        };
        let results = hash::results(&result.txs);
        let app_hash = Sha256::new()
            .chain_update(&header.app_hash)
            .chain_update(results)
            .chain_update(result.height.to_be_bytes())
            .finalize()
            .into();
        let block = whole(&header, &last_commit, result);
        let id = BlockId {
            hash: hash::header(&header).to_vec(),
            part_set_header: hash::parts(&block),
        };
        Sealed {
            header,
            id,
            last_commit,
            app_hash,
            results,
            era,
        }
    }

    /// The votes for a block.
    pub(super) fn votes(&self, block: &Sealed, at: Timestamp) -> Commit {
        let mut commit = Commit {
            height: block.header.height,
            round: 0,
            block_id: block.id.clone(),
            signatures: Vec::new(),
        };
        let bytes = hash::vote(&commit, at, &block.header.chain_id);
        // A key in memory has no reason to refuse; a vote without signature would be seen at once.
        let signature = self
            .validator
            .signer
            .sign_now(&bytes)
            .map(|s| s.0.to_vec())
            .unwrap_or_default();
        commit.signatures.push(CommitSig {
            block_id_flag: BlockIdFlag::Commit.into(),
            validator_address: self.validator.address.to_vec(),
            timestamp: at,
            signature,
        });
        commit
    }

    /// The block at this height.
    pub(super) fn at(&self, height: i64) -> Option<&Sealed> {
        let first = self.sealed.first()?.header.height;
        self.sealed
            .get(usize::try_from(height.checked_sub(first)?).ok()?)
    }

    /// The block with this id.
    pub(super) fn by_hash(&self, hash: &[u8]) -> Option<&Sealed> {
        self.sealed.iter().rev().find(|block| block.id.hash == hash)
    }

    /// The oldest and the newest block.
    pub(super) fn ends(&self) -> Option<(&Sealed, &Sealed)> {
        Some((self.sealed.first()?, self.sealed.last()?))
    }
}

/// A block with everything that it carries.
pub(super) fn whole(header: &Header, last_commit: &Commit, result: &BlockResult) -> Block {
    Block {
        header: header.clone(),
        data: Data {
            txs: result.txs.iter().map(|tx| tx.tx.clone()).collect(),
        },
        evidence: EvidenceList::default(),
        last_commit: Some(last_commit.clone()),
    }
}

/// A moment as messages carry it.
pub(super) fn timestamp(time: akash_market::time::Timestamp) -> Timestamp {
    const NANOS: i64 = 1_000_000_000;
    Timestamp {
        seconds: time.0.div_euclid(NANOS),
        nanos: i32::try_from(time.0.rem_euclid(NANOS)).unwrap_or(0),
    }
}
