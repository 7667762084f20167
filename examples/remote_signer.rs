//! A key in another process: a service that signs over a Unix socket, and a program that never sees the key.
//!
//! ```text
//! cargo run --release --example remote_signer
//! ```
//!
//! Both halves run here, in one process, to show a transfer on the embedded network. The service takes its key from the
//! environment: `AKASH_KEY_FILE` with `AKASH_KEY_PASSWORD`, or `AKASH_MNEMONIC`; without them it takes the well-known
//! one of the embedded network. Never pass a key as an argument: everybody on the machine can read those.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal"
)]

#[cfg(unix)]
#[path = "remote_signer/program.rs"]
mod program;
#[cfg(unix)]
#[path = "remote_signer/service.rs"]
mod service;

#[cfg(unix)]
#[tokio::main]
async fn main() -> std::process::ExitCode {
    match program::run().await {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("remote_signer: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}

#[cfg(not(unix))]
fn main() {
    println!(
        "there are no Unix sockets here; carry the same two messages over HTTP on loopback instead"
    );
}
