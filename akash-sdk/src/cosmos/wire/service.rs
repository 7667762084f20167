//! Every rpc: its path, messages, and REST route.
//!
//! ```
//! use akash_sdk::cosmos::wire::service::{self, Verb};
//!
//! let bids = service::rpc("/akash.market.v1beta5.Query/Bids").expect("a query of the chain");
//! assert_eq!(bids.request, "akash.market.v1beta5.QueryBidsRequest");
//! assert_eq!(bids.rest.expect("has a route").path, "/akash/market/v1beta5/bids/list");
//!
//! let (provider, fields) = service::route(Verb::Get, "/akash/provider/v1beta4/providers/akash1xyz")
//!     .expect("a route of the chain");
//! assert_eq!(provider.method(), "Provider");
//! assert_eq!(fields, [("owner", "akash1xyz")]);
//! ```

use std::collections::BTreeMap;
use std::sync::LazyLock;

mod akash;
mod cosmos;

/// A remote procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rpc {
    /// gRPC path, which is also the path of an ABCI query: `/package.Service/Method`.
    pub path: &'static str,
    /// Full name of the request message.
    pub request: &'static str,
    /// Full name of the answer.
    pub response: &'static str,
    /// Whether the server sends a stream of answers.
    pub streams: bool,
    /// REST route, if it has one.
    pub rest: Option<Rest>,
    /// Who serves it.
    pub status: Status,
}

/// A REST route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rest {
    /// HTTP verb. A `POST` carries the whole request as JSON body; a `GET` carries what is not in
    /// the path as query parameters (`pagination.limit=5`).
    pub verb: Verb,
    /// Path, in which `{field}` stands for one segment and `{field=**}` for the rest.
    pub path: &'static str,
}

/// HTTP verb of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// `GET`.
    Get,
    /// `POST`.
    Post,
}

/// Who serves an rpc.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Every node of the current chain.
    Live,
    /// Nodes of chain release 2.1 and later.
    Since21,
    /// Providers and their tools, not nodes.
    OffChain,
    /// Nodes before chain release 2.1.
    Replaced,
    /// Nodes before chain release 2.0.
    Removed,
    /// No node.
    NotRegistered,
}

impl Rpc {
    /// Full name of the service, such as `akash.market.v1beta5.Query`.
    #[must_use]
    pub fn service(&self) -> &'static str {
        self.split().0
    }

    /// Name of the method, such as `Bids`.
    #[must_use]
    pub fn method(&self) -> &'static str {
        self.split().1
    }

    /// Whether the request is a transaction message rather than a query.
    #[must_use]
    pub fn is_transaction(&self) -> bool {
        self.service().ends_with(".Msg")
    }

    fn split(&self) -> (&'static str, &'static str) {
        self.path
            .strip_prefix('/')
            .and_then(|path| path.split_once('/'))
            .unwrap_or(("", self.path))
    }
}

impl Rest {
    /// The fields a request path carries, as they stand there (percent-encoded); `None` if it is
    /// not a path of this route.
    #[must_use]
    pub fn fields<'p>(&self, path: &'p str) -> Option<Vec<(&'static str, &'p str)>> {
        let mut fields = Vec::new();
        let mut rest = Some(path);
        for part in self.path.split('/') {
            let left = rest?;
            let (segment, after) = left
                .split_once('/')
                .map_or((left, None), |(segment, after)| (segment, Some(after)));
            match part
                .strip_prefix('{')
                .and_then(|part| part.strip_suffix('}'))
            {
                Some(field) => match field.strip_suffix("=**") {
                    Some(field) if !left.is_empty() => {
                        fields.push((field, left));
                        rest = None;
                        continue;
                    }
                    None if !segment.is_empty() => fields.push((field, segment)),
                    _ => return None,
                },
                None if part == segment => {}
                None => return None,
            }
            rest = after;
        }
        if rest.is_none() { Some(fields) } else { None }
    }

    /// Number of segments that are given by the route itself.
    fn fixed(&self) -> usize {
        self.path
            .split('/')
            .filter(|part| !part.starts_with('{'))
            .count()
    }
}

/// Every rpc.
pub fn rpcs() -> impl Iterator<Item = &'static Rpc> {
    akash::RPCS.iter().chain(cosmos::RPCS)
}

/// The rpc with this gRPC path.
#[must_use]
pub fn rpc(path: &str) -> Option<&'static Rpc> {
    static BY_PATH: LazyLock<BTreeMap<&str, &Rpc>> =
        LazyLock::new(|| rpcs().map(|rpc| (rpc.path, rpc)).collect());
    BY_PATH.get(path).copied()
}

/// The rpc that runs a transaction message with this full name, if a node of the current chain
/// has one.
#[must_use]
pub fn transaction(message: &str) -> Option<&'static Rpc> {
    static BY_MESSAGE: LazyLock<BTreeMap<&str, &Rpc>> = LazyLock::new(|| {
        rpcs()
            .filter(|rpc| rpc.is_transaction())
            .filter(|rpc| matches!(rpc.status, Status::Live | Status::Since21))
            .map(|rpc| (rpc.request, rpc))
            .collect()
    });
    BY_MESSAGE.get(message).copied()
}

/// The rpc behind a REST request, and the fields its path carries. A route with more fixed
/// segments wins.
#[must_use]
pub fn route(verb: Verb, path: &str) -> Option<(&'static Rpc, Vec<(&'static str, &str)>)> {
    rpcs()
        .filter_map(|rpc| {
            let rest = rpc.rest.filter(|rest| rest.verb == verb)?;
            Some((rest.fixed(), rpc, rest.fields(path)?))
        })
        .max_by_key(|(fixed, ..)| *fixed)
        .map(|(_, rpc, fields)| (rpc, fields))
}

/// A table of rpcs: status, path, request, answer, route.
macro_rules! table {
    (@stream) => { false };
    (@stream stream) => { true };
    (@rest) => { None };
    (@rest $verb:ident $path:literal) => {
        Some($crate::cosmos::wire::service::Rest {
            verb: $crate::cosmos::wire::service::Verb::$verb,
            path: $path,
        })
    };
    ($( $status:ident $path:literal $request:literal => $($stream:ident)? $response:literal
        $($verb:ident $rest:literal)?; )*) => {
        pub(super) static RPCS: &[$crate::cosmos::wire::service::Rpc] = &[ $(
            $crate::cosmos::wire::service::Rpc {
                path: $path,
                request: $request,
                response: $response,
                streams: table!(@stream $($stream)?),
                rest: table!(@rest $($verb $rest)?),
                status: $crate::cosmos::wire::service::Status::$status,
            },
        )* ];
    };
}

use table;
