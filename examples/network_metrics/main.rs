//! Figures of a network over some days: a table, and a page with plots that needs nothing but a browser.
//!
//! ```text
//! cargo run --release --example network_metrics
//! cargo run --release --example network_metrics -- --days 7 --html metrics.html --json
//! cargo run --release --example network_metrics -- --rpc https://rpc.akashnet.net:443 --samples 12 --every 60
//! ```
//!
//! With `--rpc` it looks at a live network: leases, deployments with their escrow accounts and providers through a node, and
//! each provider's status document from the provider itself. What happened before is not read, so there are no days.
//!
//! Else the network is the embedded one, with a block a minute: tenants mint ACT, deploy the documents of `examples/sdl`, run out
//! of funds or close; providers bid, earn and turn ACT into AKT; one of them vanishes for half a day. The definitions
//! are those of `akash_market::metrics`.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal"
)]

mod live;
mod page;
mod plot;
mod simulate;
mod table;
mod tenant;

use futures_util::FutureExt;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

const USAGE: &str = "\
Figures of a network: a table and a page with plots. Some days of the embedded network, or a live one as it is.

usage: network_metrics [options]

  --days N       how many days to simulate, 1 to 60 (default 5)
  --html FILE    where the page goes (default target/network_metrics.html)
  --json         print the days, or what was seen of a live network, as JSON instead of the table

  --rpc URL      look at a live network through this node's CometBFT JSON-RPC (default: AKASH_RPC, if it is set)
  --samples N    how often, 2 to 1000 (default 6)
  --every S      seconds in between (default 10)
  --status-at HOST=URL  where to ask the provider with this gateway for its status, instead of port 8444 there;
                 repeatable
";

/// What goes wrong is told to a person.
type Failure = Box<dyn std::error::Error>;

struct Args {
    days: u32,
    html: PathBuf,
    json: bool,
    live: live::Options,
}

fn parse(mut args: impl Iterator<Item = String>) -> Result<Option<Args>, Failure> {
    let mut parsed = Args {
        days: 5,
        html: PathBuf::from("target/network_metrics.html"),
        json: false,
        live: live::Options {
            rpc: std::env::var("AKASH_RPC").ok(),
            samples: 6,
            every: Duration::from_secs(10),
            status_at: BTreeMap::new(),
        },
    };
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--days" => parsed.days = value()?.parse()?,
            "--html" => parsed.html = PathBuf::from(value()?),
            "--json" => parsed.json = true,
            "--rpc" => parsed.live.rpc = Some(value()?),
            "--samples" => parsed.live.samples = value()?.parse()?,
            "--every" => parsed.live.every = Duration::from_secs(value()?.parse()?),
            "--status-at" => {
                let text = value()?;
                let (host, at) = text
                    .split_once('=')
                    .ok_or(format!("`{text}` is not HOST=URL"))?;
                parsed.live.status_at.insert(host.to_owned(), at.to_owned());
            }
            "--help" | "-h" => return Ok(None),
            other => return Err(format!("there is no option {other}").into()),
        }
    }
    if !(1..=60).contains(&parsed.days) {
        return Err("1 to 60 days can be simulated".into());
    }
    if !(2..=1_000).contains(&parsed.live.samples) {
        return Err("a live network can be looked at 2 to 1000 times".into());
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
    let history = match &args.live.rpc {
        Some(rpc) => tokio::runtime::Runtime::new()?.block_on(live::watch(rpc, &args.live))?,
        // The embedded network waits for nothing outside: one poll carries the story to its end.
        None => simulate::simulate(args.days)
            .now_or_never()
            .ok_or("the embedded network is waiting for something that never comes")??,
    };
    if args.json && args.live.rpc.is_some() {
        println!("{}", serde_json::to_string_pretty(&history.samples)?);
    } else if args.json {
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
