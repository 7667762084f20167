//! A client of another language, as it is published: the TypeScript SDK from the npm registry.

use akash_sdk::devnet::server::Server;
use akash_sdk::devnet::{Devnet, PHRASE};
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The package, in the version that this was tried with.
const PACKAGE: &str = "@akashnetwork/chain-sdk@1.0.0-alpha.25";
/// How long the registry may take.
const INSTALL: Duration = Duration::from_secs(90);
const SCRIPT: &str = include_str!("client.mjs");
const SDL: &str = include_str!("../../../../examples/sdl/static-site.yaml");

/// Output of a program that ends in time; `None` if it is not there, fails or takes too long.
fn output(command: &mut Command, patience: Duration) -> Option<String> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .ok()?;
    let begun = Instant::now();
    loop {
        match child.try_wait().ok()? {
            Some(status) if status.success() => break,
            Some(_) => return None,
            None if begun.elapsed() > patience => {
                let _ = child.kill();
                return None;
            }
            None => std::thread::sleep(Duration::from_millis(50)),
        }
    }
    let mut text = String::new();
    std::io::Read::read_to_string(&mut child.stdout?, &mut text).ok()?;
    Some(text)
}

/// Installs the package; `None` if that can't be done here, which is told.
fn installed() -> Option<PathBuf> {
    let skip = |why: &str| {
        // Not by a macro, whose output the test harness keeps to itself.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: the TypeScript SDK against the embedded network: {why}"
        );
        None
    };
    let short = Duration::from_secs(20);
    if output(Command::new("node").arg("--version"), short).is_none() {
        return skip("there is no Node.js");
    }
    if output(Command::new("npm").arg("--version"), short).is_none() {
        return skip("there is no npm");
    }
    let at = Path::new(env!("CARGO_TARGET_TMPDIR")).join("typescript-client");
    std::fs::create_dir_all(&at).unwrap();
    std::fs::write(
        at.join("package.json"),
        r#"{"private": true, "type": "module"}"#,
    )
    .unwrap();
    std::fs::write(at.join("client.mjs"), SCRIPT).unwrap();
    let mut install = Command::new("npm");
    install
        .args([
            "install",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--loglevel=error",
        ])
        .arg(PACKAGE)
        .current_dir(&at);
    if output(&mut install, INSTALL).is_none() {
        return skip("the npm registry can't be reached");
    }
    Some(at)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_published_typescript_sdk_deploys() {
    let Some(at) = tokio::task::spawn_blocking(installed).await.unwrap() else {
        return;
    };
    let devnet = Devnet::builder()
        .fund("tenant", vec!["100000000uact".parse().unwrap()])
        .build()
        .unwrap();
    let server = Server::builder(devnet.clone()).start().await.unwrap();
    let owner = devnet.account("tenant").unwrap().address().clone();
    let mut node = Command::new("node");
    node.arg("client.mjs")
        .args([
            &server.endpoints().rpc,
            &server.endpoints().grpc,
            &server.endpoints().rest,
        ])
        .env("MNEMONIC", PHRASE)
        .env("OWNER", &*owner.as_str())
        .env("SDL", SDL)
        .current_dir(at);
    let ran = tokio::task::spawn_blocking(move || output(&mut node, Duration::from_secs(60)));
    let text = ran
        .await
        .unwrap()
        .expect("the client fails; it says why above");
    let told: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(told["signatures"], 1, "{told}");
    assert_eq!(told["alike"][0], told["alike"][1], "gRPC and REST differ");
    assert_eq!(told["listed"], 1, "{told}");
    assert_eq!(told["balance"], "95000000", "{told}");
    assert_eq!(told["sequence"], 1, "{told}");
    assert_eq!(told["chain"], "akash-devnet-1", "{told}");
    assert!(
        told["refused"].as_str().unwrap().contains("not found"),
        "{told}"
    );
    assert!(
        told["unmodelled"]
            .as_str()
            .unwrap()
            .contains("unknown service"),
        "{told}"
    );
    // It stands in the ledger, where nothing of the client has a say.
    let dseq: u64 = told["dseq"].as_str().unwrap().parse().unwrap();
    let id = format!("{owner}/{dseq}").parse().unwrap();
    let key = akash_market::query::Key::Deployment(id);
    assert!(devnet.with_ledger(|ledger| ledger.get(&key)).is_some());
}
