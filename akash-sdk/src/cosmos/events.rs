//! What a chain's blocks tell: typed events from any height on, without gap and without duplicate.
//!
//! A node's subscription drops silently when it restarts or a reader is slow. [`EventStream`] therefore takes new
//! blocks from a subscription where the [`Transport`](super::transport::Transport) has one, and reads every block that
//! did not come that way, so that each event comes exactly once, in order, each with a [`Cursor`](crate::chain::Cursor) to store and resume
//! from. Blocks that no node has any more are announced as [`Streamed::Gap`]: then the state has to be read.
//!
//! ```
//! use akash_sdk::clock::SystemClock;
//! use akash_sdk::cosmos::events::{EventStream, Streamed};
//! use akash_sdk::chain::Cursor;
//! use akash_sdk::devnet::Devnet;
//!
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! let devnet = Devnet::builder().build()?;
//! let mut events = EventStream::new(devnet, SystemClock::new(), Cursor::START);
//! while let Streamed::Event(event) = events.next().await? {
//!     println!("{} {}", event.cursor.height, event.raw.kind);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod decode;
mod stream;

pub use decode::{EventError, decode};
pub use stream::{BlockEvent, EventStream, Patience, Streamed};
