use super::changes::announced;
use super::fee::{self, Price};
use super::writer::Writer;
use super::{Client, FeePolicy};
use crate::chain::{
    ChainError, Estimate, Inclusion, Prepared, Rejection, Resolution, Submit, SubmitOptions, Turn,
    TxId, Validity,
};
use crate::cosmos::convert::action::{outcome_from_any, to_any};
use crate::cosmos::convert::time::wire_timestamp;
use crate::cosmos::convert::{self, ConvertError, from_wires};
use crate::cosmos::discovery::{NodeVersions, Release};
use crate::cosmos::transport::{TransportError, TxResult};
use crate::cosmos::tx::{Decoded, Draft, GasPriceError, SignAs, TxHash, adjusted_gas, signers};
use crate::cosmos::wire::TypeUrl;
use crate::cosmos::wire::cosmos::auth::v1beta1::{
    QueryAccountInfoRequest, QueryAccountInfoResponse,
};
use crate::cosmos::wire::cosmos::authz::v1beta1::{MsgExec, MsgExecResponse};
use crate::cosmos::wire::cosmos::base::abci::v1beta1::TxMsgData;
use crate::cosmos::wire::cosmos::base::node::v1beta1::{ConfigRequest, ConfigResponse};
use crate::cosmos::wire::cosmos::base::tendermint::v1beta1::{
    GetBlockByHeightRequest, GetBlockByHeightResponse,
};
use crate::cosmos::wire::cosmos::tx::v1beta1::{SimulateRequest, SimulateResponse};
use crate::cosmos::wire::google::protobuf::Any;
use crate::signer::Signer;
use akash_market::action::{Action, Batch, Outcome};
use akash_market::address::Address;
use akash_market::id::Height;
use akash_market::time::{Block, Nanos, Timestamp};
use async_trait::async_trait;
use prost::Message;
use std::borrow::Cow;
use std::time::Duration;

/// Codes of the codespace `sdk` that say something about the transaction rather than its content.
const WRONG_SEQUENCE: u32 = 32;
const ALREADY_THERE: u32 = 19;
/// The chain takes unordered transactions whose end is at most ten minutes ahead; the clocks of nodes differ, and ends are
/// spread over half a second.
const LONGEST_UNORDERED: Duration = Duration::from_secs(590);

/// A transaction that is not signed yet.
struct Made {
    draft: Draft,
    /// Who signs.
    writers: Vec<(Address, Writer)>,
    gas_used: u64,
    valid_until: Validity,
}

impl Client {
    /// Number and next sequence of an account: as counted here, or as the node says.
    async fn writer(&self, owner: &Address) -> Result<Writer, ChainError> {
        if let Some(writer) = self.writers.known(owner) {
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
        self.writers.note(owner, writer);
        Ok(writer)
    }

    /// The messages of a batch; those of accounts that others act for are wrapped.
    fn messages(&self, batch: &Batch) -> Result<Vec<Any>, ChainError> {
        if batch.actions.is_empty() {
            return Err(ChainError::Usage(
                "a batch needs at least one action".to_owned(),
            ));
        }
        let message = |action: &Action| {
            let (owner, message) = (action.signer(), to_any(action));
            let grantee = self.signs_for(owner);
            if grantee == owner {
                return message;
            }
            MsgExec {
                grantee: grantee.to_string(),
                msgs: vec![message],
            }
            .to_any()
        };
        Ok(batch.actions.iter().map(message).collect())
    }

    /// The messages as an unsigned transaction with gas and fee, and what it was found to use.
    async fn draft(&self, messages: Vec<Any>, options: &SubmitOptions) -> Result<Made, ChainError> {
        if let Some(versions) = self.versions() {
            versions
                .check(&messages)
                .map_err(|e| ChainError::Unsupported {
                    what: e.to_string(),
                })?;
        }
        let mut draft = Draft::new(messages);
        draft.memo.clone_from(&options.memo);
        draft.granter.clone_from(&self.policy.granter);
        let valid_until = self.limit(&mut draft, options).await?;
        let owners = signers(&draft.body(), None).map_err(|e| ChainError::Usage(e.to_string()))?;
        let mut writers = Vec::new();
        let mut keys = Vec::new();
        for owner in owners {
            let writer = self.writer(&owner).await?;
            keys.push((self.signer(&owner)?.public_key(), writer.sequence));
            writers.push((owner, writer));
        }
        let price = self.price().await?;
        // The fee's own transfer takes gas as well, so that one is attached.
        draft.fee = price.fee(1)?;
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
            // A node that starts serves the modules first and simulates a moment later.
            Err(TransportError::Query {
                path,
                code: 12,
                message,
            }) => {
                return Err(ChainError::Unreachable {
                    endpoint: path,
                    reason: message,
                });
            }
            Err(TransportError::Query { message, .. }) => {
                return Err(self.simulation_refused(&writers, message));
            }
            Err(error) => return Err(error.into()),
        };
        let gas_used = decode::<SimulateResponse>(&answer.bytes)?
            .gas_info
            .unwrap_or_default()
            .gas_used;
        let adjusted = adjusted_gas(gas_used, self.policy.gas_adjustment);
        draft.gas_limit = adjusted.max(options.min_gas.unwrap_or_default());
        draft.fee = price.raised(draft.gas_limit, &self.policy, options)?;
        Ok(Made {
            draft,
            writers,
            gas_used,
            valid_until,
        })
    }

    /// Sets until when a transaction can land.
    async fn limit(
        &self,
        draft: &mut Draft,
        options: &SubmitOptions,
    ) -> Result<Validity, ChainError> {
        let head = self.transport.status().await?;
        let Some(span) = self.policy.unordered else {
            let blocks = options
                .valid_for_blocks
                .unwrap_or(self.policy.valid_for_blocks);
            let last = head.height.saturating_add(i64::from(blocks));
            draft.timeout_height = u64::try_from(last).unwrap_or_default();
            return Ok(Validity::Height(Height(last)));
        };
        let release = self.versions().and_then(NodeVersions::release);
        if release.is_some_and(|release| release < Release::V2_1) {
            return Err(ChainError::Unsupported {
                what: "unordered transactions before v2.1".to_owned(),
            });
        }
        let span = i64::try_from(span.min(LONGEST_UNORDERED).as_nanos()).unwrap_or(i64::MAX);
        // No two transactions of an account may have the same end, also not those of a client that ran before.
        let digest = TxHash::of(&draft.body().encode_to_vec()).0;
        let [a, b, c, d, ..] = digest;
        let spread = i64::from(u32::from_be_bytes([a, b, c, d]) % 500_000_000);
        let number = i64::try_from(self.writers.unordered()).unwrap_or_default();
        let end = head
            .time
            .plus(Nanos(span))
            .plus(Nanos(spread.saturating_add(number)));
        draft.unordered_until = Some(wire_timestamp(end));
        Ok(Validity::Time(end))
    }

    /// What gas costs now.
    async fn price(&self) -> Result<Price<'_>, ChainError> {
        Ok(match &self.policy.fee {
            FeePolicy::Prices(prices) => Price::Gas(Cow::Borrowed(prices)),
            FeePolicy::Fixed(coins) => Price::Fixed(coins),
            FeePolicy::NodeMinimum => {
                let path = "/cosmos.base.node.v1beta1.Service/Config";
                let request = ConfigRequest {}.encode_to_vec();
                let answer = self.transport.unary(path, request, None).await?;
                let text = decode::<ConfigResponse>(&answer.bytes)?.minimum_gas_price;
                let prices = text
                    .parse()
                    .map_err(|e: GasPriceError| ChainError::Malformed {
                        what: e.to_string(),
                    })?;
                Price::Gas(Cow::Owned(prices))
            }
        })
    }

    /// Makes a transaction of messages that are no actions, such as votes, delegations and grants; sent and asked for
    /// like any other. Who has to sign follows from the messages.
    ///
    /// # Errors
    /// See [`ChainError`]; also if a message's signer is not known to this library.
    pub async fn prepare_messages(
        &self,
        messages: Vec<Any>,
        options: &SubmitOptions,
    ) -> Result<Prepared, ChainError> {
        let Made {
            draft,
            writers,
            valid_until,
            ..
        } = self.draft(messages, options).await?;
        fee::within(&draft.fee, &self.policy, options)?;
        let mut sign_as = Vec::new();
        for (owner, writer) in &writers {
            let signer: &dyn Signer = &**self.signer(owner)?;
            sign_as.push(SignAs::new(signer, writer.number, writer.sequence));
        }
        let signed = draft
            .sign_direct(&self.capabilities.chain_id, &sign_as)
            .await
            .map_err(|e| ChainError::Signer(e.to_string()))?;
        let payer = draft.granter.or_else(|| {
            let first = writers.first();
            first.map(|(owner, _)| owner.clone())
        });
        Ok(Prepared {
            id: TxId(signed.hash().to_string()),
            payer: payer.ok_or_else(|| ChainError::Usage("nobody signs".to_owned()))?,
            valid_until,
            fee: draft.fee,
            payload: signed.into_bytes(),
        })
    }

    /// A node loses codespace and code when it simulates: the text is all there is.
    fn simulation_refused(&self, writers: &[(Address, Writer)], message: String) -> ChainError {
        if let Some((expected, got)) = mismatch(&message) {
            let owners: Vec<&Address> = writers.iter().map(|(owner, _)| owner).collect();
            self.writers.mistaken(&owners, expected, got);
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
            Ok(outcomes(&decoded.body.messages, &data)?)
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

/// What the messages of a transaction answered; those that were done for others count like the rest.
fn outcomes(messages: &[Any], data: &TxMsgData) -> Result<Vec<Outcome>, ConvertError> {
    let mut outcomes = Vec::new();
    for (index, answer) in data.msg_responses.iter().enumerate() {
        let Ok(exec) = MsgExecResponse::from_any(answer) else {
            outcomes.push(outcome_from_any(answer)?);
            continue;
        };
        let asked = messages.get(index).map(MsgExec::from_any);
        let asked = asked.and_then(Result::ok).unwrap_or_default().msgs;
        for (message, value) in asked.into_iter().zip(exec.results) {
            let type_url = format!("{}Response", message.type_url);
            outcomes.push(outcome_from_any(&Any { type_url, value })?);
        }
    }
    Ok(outcomes)
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
        let messages = self.messages(batch)?;
        let made = self.draft(messages, &SubmitOptions::default()).await?;
        Ok(Estimate {
            gas_used: made.gas_used,
            fee: made.draft.fee,
        })
    }

    async fn turn(&self, batch: &Batch) -> Turn {
        if self.policy.unordered.is_some() {
            return Turn::default();
        }
        let owners = batch.signers().into_iter();
        let owners = owners.map(|owner| self.signs_for(owner)).collect();
        self.writers.turn(owners).await
    }

    async fn prepare(
        &self,
        batch: &Batch,
        options: &SubmitOptions,
    ) -> Result<Prepared, ChainError> {
        self.prepare_messages(self.messages(batch)?, options).await
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
        let owners = signers(&decoded.body, None).map_err(|e| ChainError::Usage(e.to_string()))?;
        match (sent.codespace.as_str(), sent.code) {
            (_, 0) => {
                let infos = decoded.auth_info.signer_infos.iter();
                for (owner, info) in owners.iter().zip(infos) {
                    if !decoded.body.unordered {
                        self.writers.taken(owner, info.sequence);
                    }
                }
                Ok(())
            }
            ("sdk", ALREADY_THERE) => Ok(()),
            ("sdk", WRONG_SEQUENCE) => {
                let (expected, got) = mismatch(&sent.log).unwrap_or_default();
                let owners: Vec<&Address> = owners.iter().collect();
                self.writers.mistaken(&owners, expected, got);
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
