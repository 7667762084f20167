use super::{List, decode};
use crate::cosmos::transport::{Transport, TransportError};
use crate::cosmos::wire::cosmos::base::query::v1beta1::PageRequest;
use futures_util::stream::{self, Stream};
use std::collections::VecDeque;

/// Pages in a row that may be empty although more are said to follow.
const MAX_EMPTY: u32 = 16;

/// Why a list could not be followed to its end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PagesError {
    /// A page could not be had.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The node sends the reader in a circle.
    #[error("{path} names the same next page twice; its list would never end")]
    Circle {
        /// The query method.
        path: &'static str,
    },
    /// Page after page is empty.
    #[error("{path} sends {pages} empty pages in a row and says that more follow")]
    Empty {
        /// The query method.
        path: &'static str,
        /// How many.
        pages: u32,
    },
    /// There is more than the caller wants.
    #[error("{path} lists more than {cap} items")]
    Cap {
        /// The query method.
        path: &'static str,
        /// The caller's cap.
        cap: usize,
    },
}

/// Follows a list page by page to its end.
#[derive(Debug, Clone)]
pub struct Pages<Q> {
    request: Q,
    size: u64,
    cap: usize,
    height: Option<i64>,
}

impl<Q: List> Pages<Q> {
    /// Follows this request's list, in pages of 100, without a cap.
    pub const fn new(request: Q) -> Self {
        Self {
            request,
            size: 100,
            cap: usize::MAX,
            height: None,
        }
    }

    /// Sets the size of a page.
    #[must_use]
    pub fn size(mut self, size: u64) -> Self {
        self.size = size.max(1);
        self
    }

    /// Fails when there are more items than this, rather than leave some out silently.
    #[must_use]
    pub fn cap(mut self, cap: usize) -> Self {
        self.cap = cap;
        self
    }

    /// Reads the state at this height. Without it all pages are of the height of the first one, where the node says it.
    #[must_use]
    pub fn at(mut self, height: i64) -> Self {
        self.height = Some(height);
        self
    }

    /// The items in the node's order. After an error the stream ends.
    pub fn stream<T: Transport + Clone + Send>(
        self,
        transport: T,
    ) -> impl Stream<Item = Result<Q::Item, PagesError>> + Send
    where
        Q: Send,
    {
        let follow = Follow {
            transport,
            pages: self,
            key: Some(Vec::new()),
            anchor: Vec::new(),
            steps: 0,
            ready: VecDeque::new(),
            given: 0,
            empty: 0,
        };
        stream::unfold(Some(follow), |follow| async move {
            let mut follow = follow?;
            match follow.next().await {
                Ok(Some(item)) => Some((Ok(item), Some(follow))),
                Ok(None) => None,
                Err(error) => Some((Err(error), None)),
            }
        })
    }
}

struct Follow<T, Q: List> {
    transport: T,
    pages: Pages<Q>,
    /// Where the next page begins; none at the end.
    key: Option<Vec<u8>>,
    /// A key that was passed, and how many were since the list began: a circle comes by it again (Brent), however long
    /// the list is.
    anchor: Vec<u8>,
    steps: u64,
    ready: VecDeque<Q::Item>,
    given: usize,
    empty: u32,
}

impl<T: Transport, Q: List> Follow<T, Q> {
    async fn next(&mut self) -> Result<Option<Q::Item>, PagesError> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                if self.given >= self.pages.cap {
                    return Err(PagesError::Cap {
                        path: Q::PATH,
                        cap: self.pages.cap,
                    });
                }
                self.given = self.given.saturating_add(1);
                return Ok(Some(item));
            }
            let Some(key) = self.key.take() else {
                return Ok(None);
            };
            self.page(key).await?;
        }
    }

    async fn page(&mut self, key: Vec<u8>) -> Result<(), PagesError> {
        let mut request = self.pages.request.clone();
        request.set_page(PageRequest {
            key,
            limit: self.pages.size,
            ..PageRequest::default()
        });
        let answer = self
            .transport
            .unary(Q::PATH, request.encode_to_vec(), self.pages.height)
            .await?;
        // The next pages are to be of the same state.
        if self.pages.height.is_none() && answer.height > 0 {
            self.pages.height = Some(answer.height);
        }
        let (items, page) = Q::open(decode(Q::PATH, &answer.bytes)?);
        self.empty = if items.is_empty() {
            self.empty.saturating_add(1)
        } else {
            0
        };
        self.ready.extend(items);
        let next = page.map(|page| page.next_key).filter(|key| !key.is_empty());
        if let Some(next) = next {
            if next == self.anchor {
                return Err(PagesError::Circle { path: Q::PATH });
            }
            self.steps = self.steps.saturating_add(1);
            if self.steps.is_power_of_two() {
                self.anchor.clone_from(&next);
            }
            if self.empty > MAX_EMPTY {
                return Err(PagesError::Empty {
                    path: Q::PATH,
                    pages: self.empty,
                });
            }
            self.key = Some(next);
        }
        Ok(())
    }
}
