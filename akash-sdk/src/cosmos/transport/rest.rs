//! The REST gateway of a node: the same queries as JSON over HTTP, on port 1317.
//!
//! [`Rest`] turns the protobuf request of any query of [`service`](crate::cosmos::wire::service) into a URL and the
//! JSON of the answer back into protobuf, so that what stands above it does not notice. [`url`] and [`answer`] do so
//! without I/O.
//!
//! The gateway has no route for what the work of a block gave: [`Transport::block`](super::Transport::block) is
//! unsupported here, and a client that follows the chain gets gaps and reads the state instead.

pub mod answer;
#[cfg(feature = "http")]
mod client;
pub mod url;

#[cfg(feature = "http")]
#[cfg_attr(docsrs, doc(cfg(feature = "http")))]
pub use client::Rest;
