//! Starts the embedded network as a network on loopback, with funded accounts and providers that bid.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the command line talks to it"
)]

use akash_sdk::devnet::provider::{populate, stock};
use akash_sdk::devnet::server::Server;
use akash_sdk::devnet::{Devnet, PHRASE};
use akash_sdl::num::Coin;
use std::error::Error;
use std::process::ExitCode;
use std::time::{Duration, Instant};

const USAGE: &str = "\
Starts the embedded network as a network on loopback: CometBFT JSON-RPC, gRPC, REST gateway, controls.

usage: devnet [options]

  --free-ports           any free ports instead of those of a node (26657, 9090, 1317; controls 26650)
  --chain-id ID          how the network is called (default: akash-devnet-1)
  --providers N          how many simulated providers bid, 0 to 8 (default: 4)
  --block-ms N           a block every N milliseconds (default: 1000; 0: only with transactions and controls)
  --virtual-time         blocks carry the network's own time instead of the clock's
  --exit-after SECONDS   ends by itself
  --json                 says where it is as one JSON object, which ends the line when everything is ready
  --help                 this text";

#[derive(Debug)]
struct Args {
    free_ports: bool,
    chain_id: String,
    providers: usize,
    block: Option<Duration>,
    wall_clock: bool,
    exit_after: Option<Duration>,
    json: bool,
}

/// Reads the command line; `Ok(None)` when only help is wanted.
fn parse(mut words: impl Iterator<Item = String>) -> Result<Option<Args>, String> {
    let mut args = Args {
        free_ports: false,
        chain_id: "akash-devnet-1".to_owned(),
        providers: 4,
        block: Some(Duration::from_secs(1)),
        wall_clock: true,
        exit_after: None,
        json: false,
    };
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
        let number = |text: String| {
            text.parse::<u64>()
                .map_err(|_| format!("{text:?} is no number"))
        };
        match word.as_str() {
            "--help" | "-h" => return Ok(None),
            "--free-ports" => args.free_ports = true,
            "--json" => args.json = true,
            "--virtual-time" => args.wall_clock = false,
            "--chain-id" => args.chain_id = value()?,
            "--providers" => {
                args.providers = usize::try_from(number(value()?)?)
                    .ok()
                    .filter(|count| *count <= 8)
                    .ok_or("there are at most 8 providers")?;
            }
            "--block-ms" => {
                let every = number(value()?)?;
                args.block = (every > 0).then(|| Duration::from_millis(every));
            }
            "--exit-after" => args.exit_after = Some(Duration::from_secs(number(value()?)?)),
            other => return Err(format!("there is no option {other}; --help lists them")),
        }
    }
    Ok(Some(args))
}

async fn run(args: Args, begun: Instant) -> Result<(), Box<dyn Error>> {
    let specs = stock(args.providers);
    let act = |amount: u128| -> Result<Vec<Coin>, Box<dyn Error>> {
        Ok(vec![format!("{amount}uact").parse()?])
    };
    let devnet = Devnet::builder()
        .chain_id(args.chain_id)
        .fund("tenant", act(100_000_000_000)?)
        .fund("tenant2", act(100_000_000_000)?)
        .provider_accounts(&specs)
        .build()?;
    let providers = populate(&devnet, specs).await?;
    let mut server = Server::builder(devnet.clone())
        .providers(&providers)
        .block_interval(args.block)
        .wall_clock(args.wall_clock);
    if !args.free_ports {
        server = server.usual_ports();
    }
    let server = server.start().await?;
    let ready = begun.elapsed();
    let at = server.endpoints();
    if args.json {
        let accounts: Vec<_> = devnet
            .accounts()
            .iter()
            .zip(0_u32..)
            .map(|(account, index)| {
                serde_json::json!({
                    "name": account.name,
                    "address": account.address().as_str(),
                    "mnemonic": PHRASE,
                    "path": format!("m/44'/118'/0'/0/{index}"),
                })
            })
            .collect();
        println!(
            "{}",
            serde_json::json!({
                "chain_id": devnet.chain_id(),
                "rpc": at.rpc, "websocket": at.websocket, "grpc": at.grpc, "rest": at.rest,
                "control": at.control, "providers": at.providers, "accounts": accounts,
            })
        );
    } else {
        println!("chain id    {}", devnet.chain_id());
        println!("JSON-RPC    {}   (WebSocket {})", at.rpc, at.websocket);
        println!("gRPC        {}", at.grpc);
        println!("REST        {}", at.rest);
        println!("controls    {}/status", at.control);
        for (host, status) in &at.providers {
            println!("provider    {host}   (status over gRPC: {status})");
        }
        println!("mnemonic    {PHRASE}");
        println!("            everybody knows it: never fund it anywhere else");
        for (account, index) in devnet.accounts().iter().zip(0_u32..) {
            println!(
                "account     {}  m/44'/118'/0'/0/{index:<2}  {}",
                account.address(),
                account.name
            );
        }
        println!("ready after {} ms", ready.as_millis());
    }
    let stop = async {
        match args.exit_after {
            Some(after) => tokio::time::sleep(after).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        () = server.run() => {}
        () = stop => {}
        ended = tokio::signal::ctrl_c() => ended?,
    }
    Ok(())
}

#[tokio::main]
async fn main() -> ExitCode {
    let begun = Instant::now();
    let args = match parse(std::env::args().skip(1)) {
        Ok(Some(args)) => args,
        Ok(None) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(wrong) => {
            eprintln!("{wrong}");
            return ExitCode::FAILURE;
        }
    };
    match run(args, begun).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("devnet: {error}");
            ExitCode::FAILURE
        }
    }
}
