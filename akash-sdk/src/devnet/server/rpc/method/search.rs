//! What searches share: the query, the page and the order.

use crate::devnet::server::rpc::RpcError;
use crate::devnet::server::rpc::argument::Arguments;
use crate::devnet::server::search::Search;

/// Where a page begins and how many entries it has, by the arguments `page` and `per_page` at these places.
pub(super) fn window(
    arguments: &Arguments,
    page: usize,
    total: usize,
) -> Result<(usize, usize), RpcError> {
    let number = arguments.integer(page, "page")?.unwrap_or(1);
    let size = arguments.integer(page + 1, "per_page")?.unwrap_or(30);
    let size = if size < 1 { 30 } else { size.min(100) };
    let size = usize::try_from(size).unwrap_or(100);
    let pages = total.div_ceil(size).max(1);
    match usize::try_from(number) {
        Ok(number) if (1..=pages).contains(&number) => {
            Ok((number.saturating_sub(1).saturating_mul(size), size))
        }
        _ => Err(RpcError::internal(format!(
            "page should be within [1, {pages}] range, given {number}"
        ))),
    }
}

/// Whether the newest comes first.
pub(super) fn descending(arguments: &Arguments, place: usize) -> Result<bool, RpcError> {
    match arguments.text(place, "order_by")?.as_str() {
        "" | "asc" => Ok(false),
        "desc" => Ok(true),
        _ => Err(RpcError::internal(
            "expected order_by to be either `asc` or `desc` or empty",
        )),
    }
}

pub(super) fn parsed(arguments: &Arguments) -> Result<Search, RpcError> {
    let query = arguments.text(0, "query")?;
    query
        .parse()
        .map_err(|error| RpcError::internal(format!("{error}")))
}
