//! The story: a service, a signer that asks it, a transfer.

use super::service::{self, Remote};
use akash_market::action::Action;
use akash_sdk::chain::{Resolution, Submit, SubmitOptions};
use akash_sdk::cosmos::Client;
use akash_sdk::devnet::{Devnet, PHRASE};
use akash_sdk::signer::{AKASH_PREFIX, LocalSigner, Signer, keyfile};
use akash_sdl::num::Coin;
use std::env::{VarError, var};
use std::error::Error;

type Failure = Box<dyn Error + Send + Sync>;

/// The key of the service, by what the environment says. Nothing of it is ever printed.
fn key() -> Result<LocalSigner, Failure> {
    match var("AKASH_KEY_FILE") {
        Ok(path) => {
            let text = std::fs::read_to_string(&path).map_err(|e| format!("{path}: {e}"))?;
            let password =
                var("AKASH_KEY_PASSWORD").map_err(|e| format!("AKASH_KEY_PASSWORD: {e}"))?;
            Ok(keyfile::read(&text, password.as_bytes(), AKASH_PREFIX)?)
        }
        Err(VarError::NotPresent) => {
            let words = var("AKASH_MNEMONIC").unwrap_or_else(|_| PHRASE.to_owned());
            Ok(LocalSigner::from_mnemonic(&words.parse()?)?)
        }
        Err(wrong) => Err(format!("AKASH_KEY_FILE: {wrong}").into()),
    }
}

pub(super) async fn run() -> Result<(), Failure> {
    let socket = std::env::temp_dir().join(format!("akash-signer-{}.sock", std::process::id()));
    let service = tokio::spawn(service::serve(socket.clone(), key()?));
    let outcome = transfer(&socket).await;
    service.abort();
    // It may be gone already.
    let _ = std::fs::remove_file(&socket);
    outcome
}

async fn transfer(socket: &std::path::Path) -> Result<(), Failure> {
    let signer = Remote::connect(socket.to_owned()).await?;
    println!(
        "the signer at {} signs for {}",
        socket.display(),
        signer.address()
    );

    let devnet = Devnet::builder().build()?;
    let to = devnet
        .account("tenant2")
        .ok_or("no account tenant2")?
        .address()
        .clone();
    let from = signer.address().clone();
    let client = Client::connect(devnet.clone()).await?.with_signer(signer);
    let coins = vec![Coin::uakt(5_000_000)];
    let batch = Action::Send {
        from,
        to: to.clone(),
        coins,
    }
    .into();
    let prepared = client.prepare(&batch, &SubmitOptions::default()).await?;
    client.send(&prepared).await?;
    devnet.mine(1)?;
    match client.resolve(&prepared).await? {
        Resolution::Included(inclusion) if inclusion.result.is_ok() => {
            println!(
                "5000000uakt went to {to} in block {}",
                inclusion.block.height.0
            );
            Ok(())
        }
        other => Err(format!("the transfer was not done: {other:?}").into()),
    }
}
