use super::decode::{EventError, decode};
use crate::chain::Cursor;
use crate::clock::Clock;
use crate::cosmos::transport::{BlockResult, Blocks, Event, Transport, TransportError};
use crate::cosmos::tx::TxHash;
use akash_market::change::Change;
use akash_market::id::Height;
use akash_market::time::Block;
use futures_util::future::{Either, select};
use futures_util::stream::{self, Stream, StreamExt};
use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// An event with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct BlockEvent {
    /// Its place; resuming after it goes on with the next event. All events of a block count, so that it is not the
    /// place of a change as a [`Client`](crate::cosmos::Client) follows them, except at the end of a block.
    pub cursor: Cursor,
    /// The block.
    pub block: Block,
    /// The transaction whose event it is; none for the block's own work.
    pub tx: Option<TxHash>,
    /// What it announces, if it is a typed event that this library knows.
    pub change: Option<Change>,
    /// Why a known typed event could not be understood.
    pub problem: Option<EventError>,
    /// The event as it stands in the block.
    pub raw: Event,
}

/// What a stream of events gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Streamed {
    /// An event.
    Event(Box<BlockEvent>),
    /// A block is complete; its cursor is [`Cursor::after_block`].
    Block(Block),
    /// Blocks from `from` to `to` can't be had any more: read the state instead.
    Gap {
        /// First missing height.
        from: i64,
        /// Last missing height.
        to: i64,
    },
}

/// How long a stream bears failures before it tells of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Patience {
    /// Failures in a row after which [`EventStream::next`] returns the last one; calling again goes on. Default 10.
    pub failures: u32,
    /// Wait after the first failure; doubles with each further one. Default 250 ms.
    pub first_wait: Duration,
    /// Longest wait. Default 5 s.
    pub longest_wait: Duration,
    /// After so long without a new block from the subscription the node is asked. Default 20 s, three block times.
    pub silence: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            failures: 10,
            first_wait: Duration::from_millis(250),
            longest_wait: Duration::from_secs(5),
            silence: Duration::from_secs(20),
        }
    }
}

/// Follows a chain's events over any transport.
pub struct EventStream {
    transport: Arc<dyn Transport>,
    clock: Arc<dyn Clock>,
    patience: Patience,
    /// After the last event given.
    cursor: Cursor,
    /// Height that is wanted next.
    next: i64,
    ready: VecDeque<Streamed>,
    live: Option<Blocks>,
    /// Whether the transport has said that it can't subscribe.
    polls: bool,
    failures: u32,
}

impl fmt::Debug for EventStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream")
            .field("transport", &self.transport)
            .field("cursor", &self.cursor)
            .field("live", &self.live.is_some())
            .finish_non_exhaustive()
    }
}

impl EventStream {
    /// Follows what comes after `after`: [`Cursor::START`] for all there is, [`Cursor::after_block`] from a block on.
    pub fn new(
        transport: impl Transport + 'static,
        clock: impl Clock + 'static,
        after: Cursor,
    ) -> Self {
        // Inside a block the rest of it comes first.
        let inside = after.height > 0 && after.index != u32::MAX;
        Self {
            transport: Arc::new(transport),
            clock: Arc::new(clock),
            patience: Patience::default(),
            cursor: after,
            next: if inside {
                after.height
            } else {
                after.height.saturating_add(1)
            },
            ready: VecDeque::new(),
            live: None,
            polls: false,
            failures: 0,
        }
    }

    /// Sets how long failures are borne.
    #[must_use]
    pub const fn with_patience(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }

    /// Where to resume after what was given so far.
    #[must_use]
    pub const fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// The next event, end of block or gap; waits for it.
    ///
    /// Dropping the future loses nothing.
    ///
    /// # Errors
    /// The last of [`Patience::failures`] failures in a row. Nothing is lost: the next call goes on.
    pub async fn next(&mut self) -> Result<Streamed, TransportError> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                self.cursor = match &item {
                    Streamed::Event(event) => event.cursor,
                    Streamed::Block(block) => Cursor::after_block(block.height.0),
                    Streamed::Gap { to, .. } => Cursor::after_block(*to),
                };
                return Ok(item);
            }
            match self.fill().await {
                Ok(()) => self.failures = 0,
                Err(error) => {
                    self.failures = self.failures.saturating_add(1);
                    if self.failures >= self.patience.failures.max(1) {
                        self.failures = 0;
                        return Err(error);
                    }
                    let doublings = self.failures.saturating_sub(1).min(16);
                    let wait = self.patience.first_wait.saturating_mul(1 << doublings);
                    self.clock.sleep(wait.min(self.patience.longest_wait)).await;
                }
            }
        }
    }

    /// The same as a [`Stream`], which never ends; an error is followed by what comes next.
    pub fn into_stream(self) -> impl Stream<Item = Result<Streamed, TransportError>> + Send {
        stream::unfold(self, |mut events| async move {
            let item = events.next().await;
            Some((item, events))
        })
    }

    /// Gets more blocks, or finds out that there are none yet.
    async fn fill(&mut self) -> Result<(), TransportError> {
        // Subscribed to first, read up to the head then: no block falls between the two.
        if self.live.is_none() && !self.polls {
            match self.transport.blocks().await {
                Ok(live) => self.live = Some(live),
                Err(TransportError::Unsupported { .. }) => self.polls = true,
                Err(error) => return Err(error),
            }
        }
        let head = self.transport.status().await?.height;
        if head >= self.next {
            return self.read(head).await;
        }
        self.wait().await
    }

    /// Reads one block, or finds out how many are missing.
    async fn read(&mut self, head: i64) -> Result<(), TransportError> {
        match self.transport.block(self.next).await {
            Ok(Some(block)) => {
                self.take(&block);
                return Ok(());
            }
            Ok(None) => {}
            Err(TransportError::Unsupported { .. }) => {
                self.gap(head);
                return Ok(());
            }
            Err(error) => return Err(error),
        }
        // The first block there is: nodes drop old ones from the bottom.
        let (mut missing, mut there) = (self.next, head.saturating_add(1));
        while there.saturating_sub(missing) > 1 {
            let middle = missing.saturating_add(there.saturating_sub(missing) / 2);
            if self.transport.block(middle).await?.is_some() {
                there = middle;
            } else {
                missing = middle;
            }
        }
        self.gap(missing);
        Ok(())
    }

    /// Waits for a block: from the subscription, or until it is time to look.
    async fn wait(&mut self) -> Result<(), TransportError> {
        let Some(live) = &mut self.live else {
            return self
                .transport
                .wait_for_block(self.next.saturating_sub(1))
                .await;
        };
        let silence = self.clock.sleep(self.patience.silence);
        let heard = match select(live.next(), silence).await {
            Either::Left((heard, _)) => heard,
            Either::Right(_) => return Ok(()),
        };
        match heard {
            Some(Ok(block)) => {
                // An older one was read already; after a newer one the missing ones are read.
                if block.height == self.next {
                    self.take(&block);
                }
                Ok(())
            }
            Some(Err(error)) => {
                self.live = None;
                Err(error)
            }
            None => {
                self.live = None;
                Err(TransportError::Unreachable {
                    endpoint: "the subscription".to_owned(),
                    reason: "it ended".to_owned(),
                })
            }
        }
    }

    fn gap(&mut self, to: i64) {
        let from = self.next;
        self.ready.push_back(Streamed::Gap { from, to });
        self.next = to.saturating_add(1);
    }

    /// The events of a block in its order: begin, transactions, end.
    fn take(&mut self, result: &BlockResult) {
        let block = Block {
            height: Height(result.height),
            time: result.time,
        };
        let begins = |event: &&Event| {
            let mut attributes = event.attributes.iter();
            attributes.any(|a| a.key == "mode" && a.value == "BeginBlock")
        };
        let begin = result.events.iter().filter(begins).map(|e| (None, e));
        let end = result
            .events
            .iter()
            .filter(|e| !begins(e))
            .map(|e| (None, e));
        // What a failed transaction did is undone; its fee is not, and has events.
        let txs = result
            .txs
            .iter()
            .flat_map(|tx| tx.events.iter().map(move |e| (Some(tx), e)));
        for ((tx, raw), index) in begin.chain(txs).chain(end).zip(0..) {
            let cursor = Cursor {
                height: result.height,
                index,
            };
            if cursor <= self.cursor {
                continue;
            }
            let done = tx.is_none_or(|tx| tx.code == 0);
            let (change, problem) = match decode(raw) {
                Ok(change) => (change.filter(|_| done), None),
                Err(problem) => (None, Some(problem)),
            };
            self.ready.push_back(Streamed::Event(Box::new(BlockEvent {
                cursor,
                block,
                tx: tx.map(|tx| tx.hash),
                change,
                problem,
                raw: raw.clone(),
            })));
        }
        self.ready.push_back(Streamed::Block(block));
        self.next = result.height.saturating_add(1);
    }
}
