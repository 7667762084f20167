//! Every query of the chain's own modules, typed: the request knows its answer, and a list is followed to its end.
//!
//! ```
//! use akash_sdk::cosmos::query::{Ask, Pages};
//! use akash_sdk::cosmos::wire::akash::market::v1beta5::{BidFilters, QueryBidsRequest, QueryParamsRequest};
//! use akash_sdk::devnet::Devnet;
//! use futures_util::TryStreamExt;
//!
//! # futures_util::FutureExt::now_or_never(async {
//! let devnet = Devnet::builder().build()?;
//! let params = QueryParamsRequest {}.ask(&devnet, None).await?.params;
//! assert_eq!(params.order_max_bids, 20);
//!
//! let filters = BidFilters { state: "open".to_owned(), ..BidFilters::default() };
//! let open = QueryBidsRequest { filters, pagination: None };
//! let bids: Vec<_> = Pages::new(open).cap(1_000).stream(&devnet).try_collect().await?;
//! assert!(bids.is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # }).expect("the embedded network does not wait")?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod pages;
mod table;

pub use pages::{Pages, PagesError};

use crate::cosmos::transport::{Transport, TransportError};
use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use async_trait::async_trait;
use prost::Message;

/// A request of a query method.
#[async_trait]
pub trait Ask: Message + Sized {
    /// What it is answered with.
    type Answer: Message + Default + Send;

    /// The query method, which is its gRPC path.
    const PATH: &'static str;

    /// Asks for the state at `height`, or the newest.
    ///
    /// # Errors
    /// See [`TransportError`].
    async fn ask<T: Transport + ?Sized>(
        &self,
        transport: &T,
        height: Option<i64>,
    ) -> Result<Self::Answer, TransportError> {
        let request = self.encode_to_vec();
        let answer = transport.unary(Self::PATH, request, height).await?;
        decode(Self::PATH, &answer.bytes)
    }
}

/// A request of a list.
pub trait List: Ask + Clone {
    /// What the list holds.
    type Item: Send;

    /// Asks for this page.
    fn set_page(&mut self, page: PageRequest);

    /// What a page holds, and where the next one begins.
    fn open(answer: Self::Answer) -> (Vec<Self::Item>, Option<PageResponse>);
}

fn decode<R: Message + Default>(path: &str, bytes: &[u8]) -> Result<R, TransportError> {
    R::decode(bytes).map_err(|e| TransportError::Malformed {
        endpoint: path.to_owned(),
        reason: e.to_string(),
    })
}
