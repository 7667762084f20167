//! Figures of a network over some days: a table, and a page with plots that needs nothing but a browser.
//!
//! ```text
//! cargo run --release --example network_metrics
//! cargo run --release --example network_metrics -- --days 7 --html metrics.html --json
//! ```
//!
//! The network is the embedded one, with a block a minute: tenants mint ACT, deploy the documents of `examples/sdl`, run out
//! of funds or close; providers bid, earn and turn ACT into AKT; one of them vanishes for half a day. The definitions
//! are those of `akash_market::metrics`.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal"
)]

mod page;
mod plot;
mod reports;
mod simulate;
mod table;
mod tenant;

use futures_util::FutureExt;
use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "\
Figures of a network over some days, from the embedded network: a table and a page with plots.

usage: network_metrics [options]

  --days N       how many days to simulate, 1 to 60 (default 5)
  --html FILE    where the page goes (default target/network_metrics.html)
  --json         print the days as JSON instead of the table
";

/// What goes wrong is told to a person.
type Failure = Box<dyn std::error::Error>;

struct Args {
    days: u32,
    html: PathBuf,
    json: bool,
}

fn parse(mut args: impl Iterator<Item = String>) -> Result<Option<Args>, Failure> {
    let mut parsed = Args {
        days: 5,
        html: PathBuf::from("target/network_metrics.html"),
        json: false,
    };
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--days" => parsed.days = value()?.parse()?,
            "--html" => parsed.html = PathBuf::from(value()?),
            "--json" => parsed.json = true,
            "--help" | "-h" => return Ok(None),
            other => return Err(format!("there is no option {other}").into()),
        }
    }
    if !(1..=60).contains(&parsed.days) {
        return Err("1 to 60 days can be simulated".into());
    }
    Ok(Some(parsed))
}

fn main() -> ExitCode {
    let args = match parse(std::env::args().skip(1)) {
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
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("network_metrics: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args) -> Result<(), Failure> {
    // The embedded network waits for nothing outside: one poll carries the story to its end.
    let history = simulate::simulate(args.days)
        .now_or_never()
        .ok_or("the embedded network is waiting for something that never comes")??;
    if args.json {
        println!("{}", serde_json::to_string_pretty(&history.series)?);
    } else {
        print!("{}", table::table(&history));
    }
    if let Some(folder) = args.html.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(&args.html, page::page(&history))?;
    if !args.json {
        println!("\nplots: {}", args.html.display());
    }
    Ok(())
}
