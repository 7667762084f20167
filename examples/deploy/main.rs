//! The whole market in one command: SDL in, lease out, on the embedded network.
//!
//! ```text
//! cargo run --release --example deploy
//! cargo run --release --example deploy -- path/to/any.sdl.yaml --policy audited --json
//! ```
//!
//! Nothing is faked on the way: real transactions are signed, checked and put into blocks; simulated providers read the
//! orders from the chain, bid, check the manifest's hash, and are paid out of escrow.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal"
)]

mod args;
mod books;
mod market;
mod story;
mod tell;

use args::USAGE;
use futures_util::FutureExt;
use std::process::ExitCode;
use tell::Teller;

fn main() -> ExitCode {
    let args = match args::parse(std::env::args().skip(1)) {
        Ok(Some(args)) => args,
        Ok(None) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("{error}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let teller = Teller::new(args.json);
    // The embedded network waits for nothing outside: one poll carries the story to its end.
    match story::run(&args, &teller).now_or_never() {
        Some(Ok(())) => ExitCode::SUCCESS,
        Some(Err(failure)) => {
            if args.json {
                teller.tell("failed", 0, serde_json::json!({ "reason": failure }), "");
            } else {
                eprintln!("\nfailed: {failure}");
            }
            ExitCode::FAILURE
        }
        None => {
            eprintln!("\nfailed: the embedded network is waiting for something that never comes");
            ExitCode::FAILURE
        }
    }
}
