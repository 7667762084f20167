//! Following.

use super::LocalChain;
use super::state::{Past, State};
use crate::chain::{ChainError, Changes, Cursor, Followed, Observed};
use async_trait::async_trait;

/// At most this many blocks are told in one answer.
const AT_ONCE: usize = 100;

#[async_trait]
impl Changes for LocalChain {
    async fn next(&self, after: Cursor) -> Result<Vec<Followed>, ChainError> {
        let mut state = self.state();
        if after.height > state.height() {
            return Err(ChainError::Usage(format!(
                "the cursor is at block {}, the newest is {}: it is of another chain",
                after.height,
                state.height()
            )));
        }
        let past = told(&state, after);
        if !past.is_empty() {
            return Ok(past);
        }
        // Somebody waits: that is what makes a block.
        state.mine()?;
        Ok(told(&state, after))
    }
}

/// What happened after a cursor, as far as there are blocks.
fn told(state: &State, after: Cursor) -> Vec<Followed> {
    // A cursor inside a block: the rest of the block comes first.
    let inside = after.index != u32::MAX && after.height > 0;
    let from = if inside {
        after.height
    } else {
        after.height.max(0).saturating_add(1)
    };
    // Heights are counted without holes, so that the first block made here is this one.
    let first = state.blocks.first().map_or_else(
        || state.height().saturating_add(1),
        |past| past.block.height.0,
    );
    let mut followed = Vec::new();
    if from < first {
        followed.push(Followed::Gap {
            from,
            to: first.saturating_sub(1),
        });
    }
    let skip = usize::try_from(from.saturating_sub(first)).unwrap_or(0);
    for Past { block, changes } in state.blocks.iter().skip(skip).take(AT_ONCE) {
        for (change, index) in changes.iter().zip(0..) {
            let cursor = Cursor {
                height: block.height.0,
                index,
            };
            if cursor > after {
                followed.push(Followed::Change(Box::new(Observed {
                    cursor,
                    block: *block,
                    change: change.clone(),
                })));
            }
        }
        followed.push(Followed::Block(*block));
    }
    followed
}
