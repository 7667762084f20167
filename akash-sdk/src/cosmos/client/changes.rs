use super::Client;
use crate::chain::{ChainError, Changes, Cursor, Followed, Observed};
use crate::cosmos::events::decode;
use crate::cosmos::transport::{BlockResult, Event, TransportError};
use akash_market::change::Change;
use akash_market::id::Height;
use akash_market::time::Block;
use async_trait::async_trait;

/// At most this many blocks are read for one answer.
const BATCH: i64 = 100;

/// The changes that these events announce, in order; events of other kinds are passed over.
pub(super) fn announced(events: &[Event]) -> Result<Vec<Change>, ChainError> {
    let mut changes = Vec::new();
    for event in events {
        changes.extend(decode(event).map_err(|e| ChainError::Malformed {
            what: e.to_string(),
        })?);
    }
    Ok(changes)
}

/// What a block did, in its order: begin, transactions, end.
fn of_block(result: &BlockResult) -> Result<Vec<Change>, ChainError> {
    let begins = |event: &&Event| {
        event
            .attributes
            .iter()
            .any(|a| a.key == "mode" && a.value == "BeginBlock")
    };
    let begin: Vec<Event> = result.events.iter().filter(begins).cloned().collect();
    let end: Vec<Event> = result
        .events
        .iter()
        .filter(|e| !begins(e))
        .cloned()
        .collect();
    let mut changes = announced(&begin)?;
    for tx in result.txs.iter().filter(|tx| tx.code == 0) {
        changes.extend(announced(&tx.events)?);
    }
    changes.extend(announced(&end)?);
    Ok(changes)
}

#[async_trait]
impl Changes for Client {
    async fn next(&self, after: Cursor) -> Result<Vec<Followed>, ChainError> {
        // A cursor inside a block: the rest of the block comes first.
        let inside = after.index != u32::MAX && after.height > 0;
        let mut height = if inside {
            after.height
        } else {
            after.height.saturating_add(1)
        };
        let mut head = self.transport.status().await?.height;
        while head < height {
            self.transport
                .wait_for_block(height.saturating_sub(1))
                .await?;
            head = self.transport.status().await?.height;
        }
        let last = head.min(height.saturating_add(BATCH));
        let mut followed = Vec::new();
        while height <= last {
            let result = match self.transport.block(height).await {
                // There are no blocks this way: the state has to be read instead.
                Err(TransportError::Unsupported { .. }) => {
                    followed.push(Followed::Gap {
                        from: height,
                        to: last,
                    });
                    break;
                }
                result => result?,
            };
            let Some(result) = result else {
                let from = height;
                while height <= last && self.transport.block(height).await?.is_none() {
                    height = height.saturating_add(1);
                }
                followed.push(Followed::Gap {
                    from,
                    to: height.saturating_sub(1),
                });
                continue;
            };
            let block = Block {
                height: Height(height),
                time: result.time,
            };
            for (change, index) in of_block(&result)?.into_iter().zip(0..) {
                let cursor = Cursor { height, index };
                if cursor > after {
                    followed.push(Followed::Change(Box::new(Observed {
                        cursor,
                        block,
                        change,
                    })));
                }
            }
            followed.push(Followed::Block(block));
            height = height.saturating_add(1);
        }
        Ok(followed)
    }
}
