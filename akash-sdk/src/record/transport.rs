use super::{Line, Recording};
use crate::cosmos::transport::{
    Answer, BlockResult, Blocks, Exchange, Request, Transport, TransportError,
};
use async_trait::async_trait;
use futures_util::stream::{self, StreamExt};

/// A transport whose traffic is written down. See [`Recording::transport`].
#[derive(Debug, Clone)]
pub struct RecordedTransport<T> {
    inner: T,
    recording: Recording,
}

impl<T: Transport> RecordedTransport<T> {
    pub(super) const fn new(inner: T, recording: Recording) -> Self {
        Self { inner, recording }
    }
}

#[async_trait]
impl<T: Transport> Exchange for RecordedTransport<T> {
    async fn exchange(&self, request: Request<'_>) -> Result<Answer, TransportError> {
        let told = self.inner.call(request.clone()).await;
        // A subscription is written down as its number; what it tells follows.
        let mut live = None;
        let answer = told.map(|answer| {
            answer.map_blocks(|blocks| {
                live = Some(blocks);
                self.recording.subscription()
            })
        });
        self.recording.write(&Line::Node {
            request,
            answer: answer.clone(),
        });
        Ok(answer?.map_blocks(|of| {
            let recording = self.recording.clone();
            let note = move |told: &Result<BlockResult, TransportError>| {
                let told = told.clone();
                recording.write(&Line::Block { of, told });
            };
            live.map_or_else(
                || stream::empty().boxed(),
                |blocks: Blocks| blocks.inspect(note).boxed(),
            )
        }))
    }
}
