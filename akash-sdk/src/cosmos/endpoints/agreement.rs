//! Reads that count only when several nodes agree.

use super::node::{Node, Standing};
use super::{Endpoints, Inner};
use crate::cosmos::transport::{
    Answer, Exchange, NodeStatus, Request, Transport, TransportError, Unary,
};
use async_trait::async_trait;
use futures_util::stream::{FuturesUnordered, StreamExt};
use std::sync::Arc;

/// A set of endpoints of which `wanted` must give the same answer.
///
/// Queries are asked of all at one height that enough of them have; transactions and blocks must be told alike. What is
/// no state of the chain (simulation, a node's own settings), broadcasting and subscriptions need no agreement.
#[derive(Debug, Clone)]
pub struct Agreeing {
    endpoints: Endpoints,
    wanted: usize,
}

impl Agreeing {
    pub(super) fn new(endpoints: Endpoints, wanted: usize) -> Self {
        Self {
            endpoints,
            wanted: wanted.max(1),
        }
    }

    fn inner(&self) -> &Inner {
        &self.endpoints.inner
    }

    fn usable(&self) -> Vec<&Arc<Node>> {
        let now = self.inner().clock.now();
        self.inner()
            .nodes
            .iter()
            .filter(|node| matches!(node.standing(now), Standing::Good | Standing::Lags))
            .collect()
    }

    /// Asks all usable endpoints and gives the first answer that enough of them give.
    async fn agree<'a, T, F>(
        &'a self,
        what: &str,
        ask: impl Fn(&'a Node) -> F,
    ) -> Result<T, TransportError>
    where
        T: PartialEq,
        F: Future<Output = Result<T, TransportError>>,
    {
        let nodes = self.usable();
        let asked = nodes.len();
        let mut running: FuturesUnordered<_> = nodes
            .into_iter()
            .map(|node| self.inner().attempt(node, ask(node)))
            .collect();
        let mut answers: Vec<(Result<T, TransportError>, usize)> = Vec::new();
        let mut agreed = 0;
        while let Some(answer) = running.next().await {
            // A failure is no answer, a node's verdict is one.
            if matches!(&answer, Err(error) if !matches!(error, TransportError::Query { .. })) {
                continue;
            }
            let count = match answers.iter_mut().find(|(known, _)| *known == answer) {
                Some((_, count)) => {
                    *count = count.saturating_add(1);
                    *count
                }
                None => {
                    answers.push((answer, 1));
                    1
                }
            };
            agreed = agreed.max(count);
            if agreed >= self.wanted {
                let winner = answers.into_iter().max_by_key(|(_, count)| *count);
                if let Some((answer, _)) = winner {
                    return answer;
                }
                break;
            }
        }
        Err(TransportError::Disagreement {
            what: what.to_owned(),
            asked,
            agreed,
            wanted: self.wanted,
        })
    }

    /// The newest status that enough endpoints have reached.
    async fn newest(&self) -> Result<NodeStatus, TransportError> {
        // Sees to it that the health is known.
        self.endpoints.status().await?;
        let nodes = self.usable();
        let asked = nodes.len();
        let mut running: FuturesUnordered<_> = nodes
            .into_iter()
            .map(|node| self.inner().attempt(node, node.transport.status()))
            .collect();
        let mut statuses = Vec::new();
        while let Some(answer) = running.next().await {
            statuses.extend(answer);
        }
        statuses.sort_by_key(|status| std::cmp::Reverse(status.height));
        let agreed = statuses.len();
        statuses
            .into_iter()
            .nth(self.wanted.saturating_sub(1))
            .ok_or_else(|| TransportError::Disagreement {
                what: "the status".to_owned(),
                asked,
                agreed,
                wanted: self.wanted,
            })
    }
}

#[async_trait]
impl Exchange for Agreeing {
    async fn exchange(&self, request: Request<'_>) -> Result<Answer, TransportError> {
        Ok(match request {
            Request::Unary {
                path,
                message,
                height,
            } if path.contains(".Query/") => {
                let at = match height {
                    Some(height) => height,
                    None => self.newest().await?.height,
                };
                let bytes = self
                    .agree(&path, |node| {
                        let (path, message) = (&path, message.clone());
                        async move { Ok(node.transport.unary(path, message, Some(at)).await?.bytes) }
                    })
                    .await?;
                Answer::Unary(Unary { bytes, height: at })
            }
            Request::Tx(hash) => Answer::Tx(
                self.agree("a transaction", |node| async move {
                    node.transport.tx(&hash).await
                })
                .await?,
            ),
            Request::Block(height) => Answer::Block(
                self.agree("a block", |node| async move {
                    node.transport.block(height).await
                })
                .await?,
            ),
            Request::Status => Answer::Status(self.newest().await?),
            other => self.endpoints.exchange(other).await?,
        })
    }
}
