use super::changes::announced;
use super::{Client, Writer};
use crate::chain::{
    ChainError, Estimate, Inclusion, Prepared, Rejection, Resolution, Submit, SubmitOptions, TxId,
    Validity,
};
use crate::cosmos::convert::action::{outcome_from_any, to_any};
use crate::cosmos::convert::{self, from_wires};
use crate::cosmos::transport::{TransportError, TxResult};
use crate::cosmos::tx::{Decoded, Draft, SignAs, TxHash, adjusted_gas};
use crate::cosmos::wire::cosmos::auth::v1beta1::{
    QueryAccountInfoRequest, QueryAccountInfoResponse,
};
use crate::cosmos::wire::cosmos::base::abci::v1beta1::TxMsgData;
use crate::cosmos::wire::cosmos::base::tendermint::v1beta1::{
    GetBlockByHeightRequest, GetBlockByHeightResponse,
};
use crate::cosmos::wire::cosmos::tx::v1beta1::{SimulateRequest, SimulateResponse};
use crate::cosmos::wire::google::protobuf::Any;
use akash_market::action::{Batch, Outcome};
use akash_market::address::Address;
use akash_market::id::Height;
use akash_market::time::{Block, Timestamp};
use akash_sdl::num::Coin;
use async_trait::async_trait;
use prost::Message;

/// Codes of the codespace `sdk` that say something about the transaction rather than its content.
const WRONG_SEQUENCE: u32 = 32;
const ALREADY_THERE: u32 = 19;

impl Client {
    /// Number and next sequence of an account: as counted here, or as the node says.
    async fn writer(&self, owner: &Address) -> Result<Writer, ChainError> {
        if let Some(writer) = self.known(owner) {
            return Ok(writer);
        }
        let request = QueryAccountInfoRequest {
            address: owner.to_string(),
        }
        .encode_to_vec();
        let answer = match self
            .transport
            .unary("/cosmos.auth.v1beta1.Query/AccountInfo", request, None)
            .await
        {
            Ok(answer) => answer,
            Err(error) if error.is_not_found() => {
                return Err(ChainError::Usage(format!(
                    "{owner} does not exist on this chain; send it coins first"
                )));
            }
            Err(error) => return Err(error.into()),
        };
        let info = decode::<QueryAccountInfoResponse>(&answer.bytes)?
            .info
            .unwrap_or_default();
        let writer = Writer {
            number: info.account_number,
            sequence: info.sequence,
        };
        self.note(owner, Some(writer));
        Ok(writer)
    }

    /// The batch as an unsigned transaction with gas and fee, and what it was found to use.
    async fn draft(
        &self,
        batch: &Batch,
        options: &SubmitOptions,
    ) -> Result<(Draft, Vec<(Address, Writer)>, u64), ChainError> {
        if batch.actions.is_empty() {
            return Err(ChainError::Usage(
                "a batch needs at least one action".to_owned(),
            ));
        }
        let messages: Vec<Any> = batch.actions.iter().map(to_any).collect();
        if let Some(versions) = self.versions() {
            versions
                .check(&messages)
                .map_err(|e| ChainError::Unsupported {
                    what: e.to_string(),
                })?;
        }
        let mut draft = Draft::new(messages);
        draft.memo.clone_from(&options.memo);
        let mut writers = Vec::new();
        let mut keys = Vec::new();
        for owner in batch.signers() {
            let writer = self.writer(owner).await?;
            keys.push((self.signer(owner)?.public_key(), writer.sequence));
            writers.push((owner.clone(), writer));
        }
        // The fee's own transfer takes gas as well, so that one is attached.
        draft.fee = self.fee(1)?;
        let tx_bytes = draft.simulation(&keys);
        let request = SimulateRequest {
            tx_bytes,
            ..SimulateRequest::default()
        }
        .encode_to_vec();
        let answer = match self
            .transport
            .unary("/cosmos.tx.v1beta1.Service/Simulate", request, None)
            .await
        {
            Ok(answer) => answer,
            Err(TransportError::Query { message, .. }) => {
                return Err(self.simulation_refused(&writers, message));
            }
            Err(error) => return Err(error.into()),
        };
        let used = decode::<SimulateResponse>(&answer.bytes)?
            .gas_info
            .unwrap_or_default()
            .gas_used;
        draft.gas_limit = adjusted_gas(used, self.policy.gas_adjustment);
        draft.fee = self.fee(draft.gas_limit)?;
        Ok((draft, writers, used))
    }

    fn fee(&self, gas: u64) -> Result<Vec<Coin>, ChainError> {
        self.policy
            .gas_prices
            .fee(gas)
            .map_err(|e| ChainError::Usage(e.to_string()))
    }

    /// A node loses codespace and code when it simulates: the text is all there is.
    fn simulation_refused(&self, writers: &[(Address, Writer)], message: String) -> ChainError {
        if let Some((expected, got)) = mismatch(&message) {
            for (owner, _) in writers {
                self.note(owner, None);
            }
            return ChainError::SequenceMismatch { expected, got };
        }
        ChainError::Rejected(Rejection {
            codespace: "undefined".to_owned(),
            code: 1,
            log: message,
            before_block: true,
        })
    }

    /// Time of a block, where its results can't be asked for.
    async fn block_time(&self, height: i64) -> Result<Option<Timestamp>, ChainError> {
        let request = GetBlockByHeightRequest { height }.encode_to_vec();
        let path = "/cosmos.base.tendermint.v1beta1.Service/GetBlockByHeight";
        let answer = self.transport.unary(path, request, None).await?;
        let block = decode::<GetBlockByHeightResponse>(&answer.bytes)?.block;
        let time = block.map(|block| convert::time::timestamp(block.header.time, "header.time"));
        Ok(time.transpose()?)
    }

    async fn inclusion(&self, result: TxResult) -> Result<Inclusion, ChainError> {
        let time = match self.transport.block(result.height).await {
            Ok(block) => block.map(|block| block.time),
            Err(TransportError::Unsupported { .. }) => self.block_time(result.height).await?,
            Err(error) => return Err(error.into()),
        };
        let block = Block {
            height: Height(result.height),
            time: time.unwrap_or_default(),
        };
        let decoded = Decoded::from_bytes(&result.tx).map_err(|e| ChainError::Malformed {
            what: e.to_string(),
        })?;
        let outcome = if result.code == 0 {
            let data: TxMsgData = decode(&result.data)?;
            let outcomes = data.msg_responses.iter().map(outcome_from_any);
            Ok(outcomes.collect::<Result<Vec<Outcome>, _>>()?)
        } else {
            Err(Rejection {
                codespace: result.codespace.clone(),
                code: result.code,
                log: result.log.clone(),
                before_block: false,
            })
        };
        Ok(Inclusion {
            id: TxId(result.hash.to_string()),
            block,
            gas_used: result.gas_used,
            gas_wanted: result.gas_wanted,
            fee: from_wires(&decoded.fee().amount)?,
            changes: if outcome.is_ok() {
                announced(&result.events)?
            } else {
                Vec::new()
            },
            result: outcome,
        })
    }
}

fn decode<M: Message + Default>(bytes: &[u8]) -> Result<M, ChainError> {
    M::decode(bytes).map_err(|e| ChainError::Malformed {
        what: e.to_string(),
    })
}

/// The numbers in `account sequence mismatch, expected N, got M`.
fn mismatch(log: &str) -> Option<(u64, u64)> {
    let (_, rest) = log.split_once("account sequence mismatch, expected ")?;
    let (expected, rest) = rest.split_once(", got ")?;
    let got: String = rest.chars().take_while(char::is_ascii_digit).collect();
    Some((expected.parse().ok()?, got.parse().ok()?))
}

fn hash(id: &TxId) -> Result<TxHash, ChainError> {
    id.0.parse()
        .map_err(|_| ChainError::Usage(format!("{id} is no transaction of this chain")))
}

#[async_trait]
impl Submit for Client {
    fn accounts(&self) -> Vec<Address> {
        self.signers
            .iter()
            .map(|signer| signer.address().clone())
            .collect()
    }

    async fn simulate(&self, batch: &Batch) -> Result<Estimate, ChainError> {
        let (draft, _, gas_used) = self.draft(batch, &SubmitOptions::default()).await?;
        Ok(Estimate {
            gas_used,
            fee: draft.fee,
        })
    }

    async fn prepare(
        &self,
        batch: &Batch,
        options: &SubmitOptions,
    ) -> Result<Prepared, ChainError> {
        let (mut draft, writers, _) = self.draft(batch, options).await?;
        if let Some(cap) = &options.max_fee
            && let Some(over) = draft
                .fee
                .iter()
                .find(|fee| fee.denom() != cap.denom() || fee.amount() > cap.amount())
        {
            return Err(ChainError::Usage(format!(
                "the fee would be {over}, above the cap {cap}"
            )));
        }
        let head = self.transport.status().await?.height;
        let blocks = options
            .valid_for_blocks
            .unwrap_or(self.policy.valid_for_blocks);
        let last = head.saturating_add(i64::from(blocks));
        draft.timeout_height = u64::try_from(last).unwrap_or_default();
        let mut sign_as = Vec::new();
        for (owner, writer) in &writers {
            let signer: &dyn crate::signer::Signer = &**self.signer(owner)?;
            sign_as.push(SignAs::new(signer, writer.number, writer.sequence));
        }
        let signed = draft
            .sign_direct(&self.capabilities.chain_id, &sign_as)
            .await
            .map_err(|e| ChainError::Signer(e.to_string()))?;
        let payer = writers.first().map(|(owner, _)| owner.clone());
        Ok(Prepared {
            id: TxId(signed.hash().to_string()),
            payer: payer.ok_or_else(|| ChainError::Usage("nobody signs".to_owned()))?,
            valid_until: Validity::Height(Height(last)),
            fee: draft.fee,
            payload: signed.into_bytes(),
        })
    }

    async fn send(&self, prepared: &Prepared) -> Result<(), ChainError> {
        let sent = self
            .transport
            .broadcast(&prepared.payload)
            .await
            .map_err(|error| ChainError::Unknown {
                id: prepared.id.to_string(),
                reason: error.to_string(),
            })?;
        let decoded =
            Decoded::from_bytes(&prepared.payload).map_err(|e| ChainError::Malformed {
                what: e.to_string(),
            })?;
        let signers = crate::cosmos::tx::signers(&decoded.body, None)
            .map_err(|e| ChainError::Usage(e.to_string()))?;
        match (sent.codespace.as_str(), sent.code) {
            (_, 0) => {
                for (owner, info) in signers.iter().zip(&decoded.auth_info.signer_infos) {
                    if let Some(writer) = self.known(owner) {
                        let sequence = info.sequence.saturating_add(1).max(writer.sequence);
                        self.note(owner, Some(Writer { sequence, ..writer }));
                    }
                }
                Ok(())
            }
            ("sdk", ALREADY_THERE) => Ok(()),
            ("sdk", WRONG_SEQUENCE) => {
                for owner in &signers {
                    self.note(owner, None);
                }
                let (expected, got) = mismatch(&sent.log).unwrap_or_default();
                Err(ChainError::SequenceMismatch { expected, got })
            }
            _ => Err(ChainError::Rejected(Rejection {
                codespace: sent.codespace,
                code: sent.code,
                log: sent.log,
                before_block: true,
            })),
        }
    }

    async fn resolve(&self, prepared: &Prepared) -> Result<Resolution, ChainError> {
        let hash = hash(&prepared.id)?;
        // The height first: if the transaction is not there afterwards, it was not in any block up to this one.
        let status = self.transport.status().await?;
        if let Some(result) = self.transport.tx(&hash).await? {
            return Ok(Resolution::Included(Box::new(
                self.inclusion(result).await?,
            )));
        }
        let over = match prepared.valid_until {
            Validity::Height(last) => status.height > last.0,
            Validity::Time(last) => status.time > last,
        };
        Ok(if over {
            Resolution::CanNeverLand
        } else {
            Resolution::Pending
        })
    }
}
