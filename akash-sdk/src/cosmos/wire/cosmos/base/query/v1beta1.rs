//! Package `cosmos.base.query.v1beta1`.

use crate::cosmos::wire::message::messages;

messages! {
    "cosmos.base.query.v1beta1";

    /// Which page to return.
    PageRequest "PageRequest" {
        /// Key of the page, from the answer before.
        key: Vec<u8> = 1,
        /// Results to skip; not together with `key`.
        offset: u64 = 2,
        /// Most results of a page.
        limit: u64 = 3,
        /// Whether to count all results.
        count_total: bool = 4,
        /// Whether to list in descending order.
        reverse: bool = 5,
    }

    /// Where the next page starts.
    PageResponse "PageResponse" {
        /// Key of the next page; empty at the end.
        next_key: Vec<u8> = 1,
        /// Number of all results, if asked for.
        total: u64 = 2,
    }
}
