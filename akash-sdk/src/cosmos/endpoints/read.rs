//! Reads: one endpoint after the other, or two at once.

use super::Inner;
use super::node::{Node, Standing};
use crate::cosmos::transport::{BlockResult, NodeStatus, TransportError, TxResult};
use crate::cosmos::tx::TxHash;
use futures_util::future::{Either, join_all, select};
use futures_util::stream::{FuturesUnordered, StreamExt};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

/// Longest wait for a rate limit of our own; beyond it the next endpoint is asked.
const LIMIT_WAIT: Duration = Duration::from_secs(1);

/// What a failure of one endpoint means for a call.
enum Meaning {
    /// It is the answer.
    Final,
    /// Another endpoint may do better, this one won't.
    Elsewhere,
    /// It may work later.
    Later,
}

fn meaning(error: &TransportError) -> Meaning {
    match error {
        TransportError::Unsupported { .. }
        | TransportError::Query { code: 12, .. }
        | TransportError::TooLarge { .. }
        | TransportError::Rpc { .. } => Meaning::Elsewhere,
        error if error.is_retryable() => Meaning::Later,
        _ => Meaning::Final,
    }
}

impl Inner {
    /// A number from 0.5 to 1 by which rests are multiplied, so that clients don't come back all at once.
    pub(super) fn jitter(&self) -> f64 {
        // SplitMix64.
        let step = self
            .jitter
            .fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
        let mut z = step.wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let unit = u32::try_from((z ^ (z >> 31)) >> 32).unwrap_or_default();
        0.5 + f64::from(unit) / f64::from(u32::MAX) / 2.0
    }

    /// Runs this for at most `limit`.
    pub(super) async fn within<T>(
        &self,
        node: &Node,
        limit: Duration,
        work: impl Future<Output = Result<T, TransportError>>,
    ) -> Result<T, TransportError> {
        match select(pin!(work), self.clock.sleep(limit)).await {
            Either::Left((result, _)) => result,
            Either::Right(_) => Err(TransportError::Timeout {
                endpoint: node.name.clone(),
                after: limit,
            }),
        }
    }

    /// One attempt at one endpoint, noted in its health.
    pub(super) async fn attempt<T>(
        &self,
        node: &Node,
        work: impl Future<Output = Result<T, TransportError>>,
    ) -> Result<T, TransportError> {
        let wait = node.take(self.clock.now());
        if wait > LIMIT_WAIT {
            return Err(TransportError::RateLimited {
                endpoint: node.name.clone(),
                retry_after: Some(wait),
            });
        }
        if !wait.is_zero() {
            self.clock.sleep(wait).await;
        }
        let begun = self.clock.now();
        let result = self.within(node, self.policy.attempt, work).await;
        let now = self.clock.now();
        match &result {
            // A height that is not there says nothing against the node.
            Err(TransportError::Height { .. }) => {}
            Err(error) if error.is_retryable() => {
                node.failed(error, now, &self.policy, self.jitter());
            }
            _ => node.succeeded(now.saturating_sub(begun)),
        }
        result
    }

    /// Asks all endpoints that don't rest for their status, at once.
    pub(super) async fn survey(&self) {
        let now = self.clock.now();
        *self.checked.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
        let asked = self
            .nodes
            .iter()
            .filter(|node| !matches!(node.standing(now), Standing::Rests(_)));
        let answers = join_all(asked.map(|node| async move {
            let status = node.transport.status();
            (node, self.within(node, self.policy.check, status).await)
        }))
        .await;
        let now = self.clock.now();
        for (node, answer) in &answers {
            match answer {
                Ok(status) => node.saw(status.height, now),
                Err(error) => node.failed(error, now, &self.policy, self.jitter()),
            }
        }
        for (node, answer) in answers {
            if let Ok(status) = answer {
                // The verdict stays with the node.
                let _ = self.judge(node, &status, now);
            }
        }
    }

    fn judge(&self, node: &Node, status: &NodeStatus, now: Duration) -> Result<(), TransportError> {
        let chain_id = {
            let mut known = self.chain_id.lock().unwrap_or_else(PoisonError::into_inner);
            known.get_or_insert_with(|| status.chain_id.clone()).clone()
        };
        let best = self.nodes.iter().map(|node| node.height()).max();
        node.judge(
            status,
            Some(&chain_id),
            best.unwrap_or_default(),
            now,
            &self.policy,
        )
    }

    async fn survey_if_due(&self) {
        let now = self.clock.now();
        let due = self
            .checked
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_none_or(|last| now.saturating_sub(last) >= self.policy.check_every);
        if due {
            self.survey().await;
        }
    }

    /// The endpoints to be asked now, best first; when the next one has rested; why others are not asked.
    pub(super) fn candidates(
        &self,
        skip: &[bool],
    ) -> (Vec<usize>, Option<Duration>, Vec<(usize, TransportError)>) {
        let now = self.clock.now();
        let (mut good, mut lagging, mut barred) = (Vec::new(), Vec::new(), Vec::new());
        let mut rested: Option<Duration> = None;
        for (at, node) in self.nodes.iter().enumerate() {
            if skip.get(at).copied().unwrap_or_default() {
                continue;
            }
            match node.standing(now) {
                Standing::Good => good.push(at),
                Standing::Lags => lagging.push(at),
                Standing::Rests(until) => {
                    rested = Some(rested.map_or(until, |other| other.min(until)));
                }
                Standing::Barred(error) => barred.push((at, error)),
            }
        }
        good.append(&mut lagging);
        (good, rested, barred)
    }

    pub(super) fn node(&self, at: usize) -> Option<&Arc<Node>> {
        self.nodes.get(at)
    }

    /// Gets an answer from one of the endpoints.
    pub(super) async fn read<'a, T, F>(
        &'a self,
        ask: impl Fn(&'a Node) -> F + Sync,
    ) -> Result<T, TransportError>
    where
        T: Send,
        F: Future<Output = Result<T, TransportError>> + Send,
    {
        self.survey_if_due().await;
        let mut causes: Vec<Option<TransportError>> = vec![None; self.nodes.len()];
        let mut skip = vec![false; self.nodes.len()];
        let tries = self.policy.tries.max(1);
        for round in 1..=tries {
            let (candidates, rested, barred) = self.candidates(&skip);
            for (at, error) in barred {
                note(&mut causes, at, error);
            }
            let nobody = candidates.is_empty();
            if nobody && rested.is_none() {
                break;
            }
            let mut waiting = candidates.into_iter();
            let mut running = FuturesUnordered::new();
            let start = |at: usize| {
                let node = self.nodes.get(at);
                let work = node.map(|node| self.attempt(node, ask(node)));
                async move {
                    match work {
                        Some(work) => Some((at, work.await)),
                        None => None,
                    }
                }
            };
            running.extend(waiting.next().map(&start));
            while !running.is_empty() {
                let ended = match self.policy.hedge_after.filter(|_| waiting.len() > 0) {
                    None => running.next().await,
                    Some(span) => match select(running.next(), self.clock.sleep(span)).await {
                        Either::Left((ended, _)) => ended,
                        Either::Right(_) => {
                            running.extend(waiting.next().map(&start));
                            continue;
                        }
                    },
                };
                let Some((at, result)) = ended.flatten() else {
                    continue;
                };
                let error = match result {
                    Ok(answer) => return Ok(answer),
                    Err(error) => error,
                };
                match meaning(&error) {
                    Meaning::Final => return Err(error),
                    Meaning::Elsewhere => {
                        if let Some(skip) = skip.get_mut(at) {
                            *skip = true;
                        }
                    }
                    Meaning::Later => {}
                }
                note(&mut causes, at, error);
                running.extend(waiting.next().map(&start));
            }
            if round < tries {
                self.rest(&skip).await;
            }
        }
        Err(verdict(causes))
    }

    /// Waits until an endpoint has rested, or a moment if none rests.
    async fn rest(&self, skip: &[bool]) {
        let (ready, rested, _) = self.candidates(skip);
        let now = self.clock.now();
        let moment = self.policy.first_rest.mul_f64(self.jitter());
        match (ready.is_empty(), rested) {
            (true, None) => {}
            (true, Some(until)) => {
                let wait = until.saturating_sub(now).min(self.policy.longest_rest);
                self.clock.sleep(wait).await;
            }
            (false, _) => self.clock.sleep(moment).await,
        }
    }

    pub(super) async fn status(&self) -> Result<NodeStatus, TransportError> {
        let status = self
            .read(|node| async move {
                let status = node.transport.status().await?;
                self.judge(node, &status, self.clock.now())?;
                Ok(status)
            })
            .await?;
        self.told.fetch_max(status.height, Ordering::Relaxed);
        Ok(status)
    }

    /// Looks a transaction up on several endpoints. That it is not there must be said by endpoints that have all blocks
    /// this set has told of.
    pub(super) async fn look_up(&self, hash: &TxHash) -> Result<Option<TxResult>, TransportError> {
        self.survey_if_due().await;
        let told = self.told.load(Ordering::Relaxed);
        let wanted = self.policy.absent_on.clamp(1, self.nodes.len());
        let (mut absent, mut conclusive) = (0_usize, 0_usize);
        let mut causes: Vec<Option<TransportError>> = vec![None; self.nodes.len()];
        let (candidates, _, barred) = self.candidates(&[]);
        for (at, error) in barred {
            note(&mut causes, at, error);
        }
        for at in candidates {
            let Some(node) = self.node(at) else { continue };
            let looked = self.attempt(node, async {
                // The height first: what is not found afterwards is in no block up to it.
                let height = node.transport.status().await?.height;
                Ok((height, node.transport.tx(hash).await?))
            });
            match looked.await {
                Ok((_, Some(found))) => return Ok(Some(found)),
                Ok((height, None)) => {
                    node.saw(height, self.clock.now());
                    absent = absent.saturating_add(1);
                    if height >= told {
                        conclusive = conclusive.saturating_add(1);
                    } else {
                        let error = TransportError::Behind {
                            endpoint: node.name.clone(),
                            reason: format!("it is at {height}, another one was at {told}"),
                        };
                        note(&mut causes, at, error);
                    }
                    if absent >= wanted && conclusive > 0 {
                        return Ok(None);
                    }
                }
                Err(error) => note(&mut causes, at, error),
            }
        }
        if conclusive > 0 {
            Ok(None)
        } else {
            Err(verdict(causes))
        }
    }

    /// A block. That it is not there must be said by an endpoint that is past it.
    pub(super) async fn block(&self, height: i64) -> Result<Option<BlockResult>, TransportError> {
        let gone = &AtomicBool::new(false);
        let found = self
            .read(|node| async move {
                if let Some(block) = node.transport.block(height).await? {
                    node.saw(height, self.clock.now());
                    return Ok(block);
                }
                let newest = node.transport.status().await?.height;
                if newest < height {
                    return Err(TransportError::Height {
                        height,
                        message: format!("{} is at {newest}", node.name),
                    });
                }
                // Perhaps another endpoint has kept it.
                gone.store(true, Ordering::Relaxed);
                Err(TransportError::Unsupported {
                    endpoint: node.name.clone(),
                    what: format!("block {height}, which it has not kept"),
                })
            })
            .await;
        match found {
            Ok(block) => Ok(Some(block)),
            Err(_) if gone.load(Ordering::Relaxed) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn note(causes: &mut [Option<TransportError>], at: usize, error: TransportError) {
    if let Some(cause) = causes.get_mut(at) {
        *cause = Some(error);
    }
}

/// The failure of a call: the one cause if they are all of one kind that has a meaning of its own, else all of them.
pub(super) fn verdict(causes: Vec<Option<TransportError>>) -> TransportError {
    let mut causes: Vec<TransportError> = causes.into_iter().flatten().collect();
    let alike = causes
        .iter()
        .all(|cause| matches!(cause, TransportError::Height { .. }))
        || causes
            .iter()
            .all(|cause| matches!(meaning(cause), Meaning::Elsewhere));
    match causes.pop() {
        Some(last) if alike || causes.is_empty() => last,
        last => {
            causes.extend(last);
            TransportError::Exhausted { causes }
        }
    }
}
