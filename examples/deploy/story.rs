//! The story, part by part.

mod auction;
mod money;

use crate::args::Args;
use crate::books::{Books, grouped};
use crate::market::{self, Market};
use crate::tell::Teller;
use akash_market::action::{Action, Batch};
use akash_market::address::Address;
use akash_market::cost::uakt_for;
use akash_market::escrow::Deposit;
use akash_market::id::DeploymentId;
use akash_market::matching::order_price;
use akash_market::time::Nanos;
use akash_market::workflow::deploy::{DeployPlan, Patience};
use akash_market::workflow::fund::{FundPlan, FundStep};
use akash_sdk::chain::{At, Chain, Cursor, Inclusion, QueryExt, Resolution, SubmitOptions};
use akash_sdk::cosmos::Client;
use akash_sdk::devnet::Devnet;
use akash_sdk::drive::Progress;
use akash_sdk::gateway::Credentials;
use akash_sdk::journal::{JobId, MemoryJournal};
use akash_sdk::tenant::Funder;
use akash_sdl::Sdl;
use akash_sdl::group::GroupSpec;
use akash_sdl::num::{Coin, Dec, Denom, Int};
use serde_json::json;
use std::sync::Arc;

/// What ends the story early, in words that say what to do.
type Failure = String;

fn words(error: impl std::fmt::Display) -> Failure {
    error.to_string()
}

/// Everything that the parts share.
struct Stage<'a> {
    args: &'a Args,
    teller: &'a Teller,
    devnet: Devnet,
    chain: Arc<dyn Chain>,
    market: Market,
    tenant: Address,
    credentials: Credentials,
}

pub(crate) async fn run(args: &Args, teller: &Teller) -> Result<(), Failure> {
    let text = std::fs::read(&args.file)
        .map_err(|e| format!("{} can't be read: {e}", args.file.display()))?;
    let sdl = request(args, teller, &text)?;
    let stage = open(args, teller).await?;
    let before = stage.devnet.with_ledger(Books::of);
    let began = stage.devnet.issued();
    let result = stage.whole_story(sdl).await;
    stage
        .devnet
        .advance_past(stage.devnet.height())
        .await
        .map_err(words)?;
    stage.settle_down().await?;
    stage.balance(&before, &began).await?;
    result
}

/// Part one: what is asked for.
fn request(args: &Args, teller: &Teller, text: &[u8]) -> Result<Sdl, Failure> {
    let sdl = Sdl::parse(text).map_err(|report| {
        format!(
            "{} is not valid SDL:\n{}",
            args.file.display(),
            report.render(&String::from_utf8_lossy(text))
        )
    })?;
    teller.part("The request");
    for warning in sdl.warnings() {
        teller.tell(
            "warning",
            0,
            json!(warning),
            format!("warning: {}", warning.message),
        );
    }
    for group in sdl.groups() {
        teller.tell("group", 0, json!({ "group": group }), described(group));
    }
    let version = sdl.version();
    teller.tell(
        "request",
        0,
        json!({ "file": args.file, "version": version.to_string(), "groups": sdl.groups().len() }),
        format!(
            "version hash {version} of the manifest ({} bytes)",
            sdl.canonical_json().len()
        ),
    );
    Ok(sdl)
}

fn described(group: &GroupSpec) -> String {
    let mut text = format!("group {}", group.name);
    let wants: Vec<String> = group
        .requirements
        .attributes
        .iter()
        .map(|a| format!("{}={}", a.key, a.value))
        .collect();
    if !wants.is_empty() {
        text.push_str(&format!(" in {}", wants.join(", ")));
    }
    for unit in &group.resources {
        let r = &unit.resources;
        text.push_str(&format!(
            "\n  {} × {} CPU, {} memory, ",
            unit.count, r.cpu.units, r.memory.quantity
        ));
        let volumes: Vec<String> = r
            .storage
            .iter()
            .map(|v| {
                let class = v.attributes.iter().find(|a| a.key == "class");
                format!(
                    "{}{}",
                    v.quantity,
                    class.map_or(String::new(), |c| format!(" {}", c.value))
                )
            })
            .collect();
        text.push_str(&format!("{} storage", volumes.join(" + ")));
        if r.gpu.units > 0 {
            let models: Vec<&str> = r
                .gpu
                .attributes
                .iter()
                .map(|a| {
                    a.key
                        .trim_start_matches("vendor/")
                        .trim_start_matches("nvidia/model/")
                })
                .collect();
            text.push_str(&format!(", {} GPU ({})", r.gpu.units, models.join(" or ")));
        }
        text.push_str(&format!(
            ", at most {} a block each",
            short(unit.price.amount(), unit.price.denom())
        ));
    }
    text
}

/// A decimal amount without the zeros at its end.
fn short(amount: Dec, denom: &Denom) -> String {
    let text = amount.to_string();
    let text = text.trim_end_matches('0').trim_end_matches('.');
    format!("{text} {denom}")
}

/// Micro-units as whole ones, with up to six decimals.
fn in_act(micro: Dec) -> String {
    let whole = micro.quo_i64(1_000_000).unwrap_or(Dec::ZERO).to_string();
    let (digits, decimals) = whole.split_once('.').unwrap_or((&whole, ""));
    let decimals: String = decimals.chars().take(6).collect();
    format!("{digits}.{decimals}")
}

/// Part two: the network and who lives on it.
async fn open<'a>(args: &'a Args, teller: &'a Teller) -> Result<Stage<'a>, Failure> {
    let devnet = market::network().map_err(words)?;
    let account = devnet
        .account("tenant")
        .ok_or("the network has no tenant")?
        .clone();
    let client = Client::connect(devnet.clone()).await.map_err(words)?;
    let chain: Arc<dyn Chain> = Arc::new(client.with_signer(account.signer.clone()));
    let market = Market::open(&devnet).await.map_err(words)?;
    let tenant = account.address().clone();
    let stage = Stage {
        args,
        teller,
        devnet,
        chain,
        market,
        tenant,
        credentials: Credentials::Token(Arc::new(account.signer)),
    };
    stage.adjust_wealth().await?;
    teller.part("The network");
    let (id, height) = (stage.devnet.chain_id(), stage.devnet.height());
    teller.tell(
        "network",
        height,
        json!({ "chain_id": id, "tenant": stage.tenant }),
        format!("{id}, an embedded network; the tenant is {}", stage.tenant),
    );
    for (name, address, about) in stage.market.providers() {
        teller.tell(
            "provider",
            height,
            json!({ "name": name, "address": address, "about": about }),
            format!("provider {name:<10} {about}"),
        );
    }
    Ok(stage)
}

impl Stage<'_> {
    fn height(&self) -> i64 {
        self.devnet.height()
    }

    fn tell(&self, event: &str, data: serde_json::Value, text: impl Into<String>) {
        self.teller.tell(event, self.height(), data, text);
    }

    /// Leaves the tenant with what the command line says, by a transfer to another account.
    async fn adjust_wealth(&self) -> Result<(), Failure> {
        let held = self
            .chain
            .balance(&self.tenant, &Denom::UAKT, At::Latest)
            .await
            .map_err(words)?;
        let fee = Coin::uakt(20_000);
        let Ok(rest) = held.sub(&self.args.akt).and_then(|rest| rest.sub(&fee)) else {
            return Ok(());
        };
        if rest.is_zero() {
            return Ok(());
        }
        let to = self
            .devnet
            .account("tenant2")
            .ok_or("the network has no second tenant")?;
        let send = Action::Send {
            from: self.tenant.clone(),
            to: to.address().clone(),
            coins: vec![rest],
        };
        self.submit(send.into()).await.map(|_| ())
    }

    async fn whole_story(&self, sdl: Sdl) -> Result<(), Failure> {
        let height = self.height();
        let id = DeploymentId::new(self.tenant.clone(), u64::try_from(height).unwrap_or(1));
        let reclamation = sdl.reclamation_min_window().map(Nanos);
        let (groups, manifest) = sdl.into_parts();
        let deposit = match &self.args.deposit {
            Some(deposit) => deposit.clone(),
            None => default_deposit(&groups)?,
        };
        self.fund(&deposit).await?;
        let plan = DeployPlan {
            id: id.clone(),
            groups,
            hash: manifest.version().as_bytes().to_vec(),
            reclamation_min_window: reclamation,
            deposit: Deposit::from_balance(deposit.clone()),
            patience: Patience::default(),
        };
        let leases = self.deploy(plan, &manifest).await?;
        self.wrong_manifest(&leases, &manifest).await?;
        self.look_around(&leases).await?;
        self.pay(&id, &leases, &deposit).await?;
        self.close(&id).await
    }

    /// The tenant turns AKT into ACT.
    async fn fund(&self, deposit: &Coin) -> Result<(), Failure> {
        self.teller
            .part("ACT for AKT, through the burn-mint equilibrium");
        let params = self.chain.params(At::Latest).await.map_err(words)?;
        let price = self
            .devnet
            .with_ledger(|ledger| ledger.fallback().akt_price);
        let price = price.ok_or("there is no AKT price; nothing can be minted")?;
        // The deposit, and half as much for a top-up later.
        let wanted = deposit.amount_u128().and_then(|a| a.checked_add(a / 2));
        let wanted = wanted.ok_or("the deposit is out of range")?;
        let quote = uakt_for(wanted, price, &params.bme).map_err(words)?;
        self.tell(
            "quote",
            json!({ "burned": quote.burned, "paid": quote.paid, "spread": quote.spread }),
            format!(
                "{} uact are needed; at {} USD for one AKT that burns {} uakt (spread {})",
                grouped(Int::from(wanted)),
                short(price, &Denom::USD).trim_end_matches(" usd"),
                grouped(quote.burned.amount()),
                quote.spread
            ),
        );
        let held = self
            .chain
            .balance(&self.tenant, &Denom::UAKT, At::Latest)
            .await
            .map_err(words)?;
        if held.amount() < quote.burned.amount() {
            return Err(format!(
                "too little money: the tenant has {held} and would have to burn {}; \
                 bring more AKT (--akt) or deposit less (--deposit)",
                quote.burned
            ));
        }
        let plan = FundPlan {
            owner: self.tenant.clone(),
            burn: quote.burned.clone(),
            mint: Denom::UACT,
        };
        let funder = Funder::new(Arc::clone(&self.chain), Arc::new(MemoryJournal::default()));
        let mut run = funder
            .fund(JobId("fund".to_owned()), plan)
            .await
            .map_err(words)?;
        while let Some(progress) = run.next().await.map_err(words)? {
            match progress {
                Progress::Step(FundStep::Queued { id, .. }) => {
                    self.tell(
                        "queued",
                        json!({ "id": id.to_string() }),
                        format!("queued as {id}"),
                    );
                }
                Progress::Step(FundStep::Executed { record, .. }) => self.tell(
                    "minted",
                    json!({ "record": record }),
                    format!(
                        "the epoch is worked off: {} minted, {} stays in the vault",
                        record
                            .minted
                            .as_ref()
                            .map(|m| m.coin.to_string())
                            .unwrap_or_default(),
                        record.spread
                    ),
                ),
                other => self.transaction(other),
            }
        }
        match run.ending() {
            Some(Ok(_)) => Ok(()),
            Some(Err(failure)) => Err(failure.to_string()),
            None => Err("funding stopped half-way".to_owned()),
        }
    }

    /// What every driver shows of its transactions.
    fn transaction<S>(&self, progress: Progress<S>) {
        match progress {
            Progress::Sending { id, fee, batch, .. } => {
                let fee: Vec<String> = fee.iter().map(ToString::to_string).collect();
                self.tell(
                    "sending",
                    json!({ "id": id, "fee": fee, "actions": batch.actions.len() }),
                    format!("transaction {id} is sent, fee {}", fee.join(", ")),
                );
            }
            Progress::Included { inclusion, .. } => self.included(&inclusion),
            Progress::Refused { rejection, .. } => self.tell(
                "refused",
                json!({ "rejection": rejection }),
                format!("refused before any block: {rejection}"),
            ),
            Progress::Retrying { reason } => {
                self.tell(
                    "retrying",
                    json!({ "reason": reason }),
                    format!("again: {reason}"),
                );
            }
            _ => {}
        }
    }

    fn included(&self, inclusion: &Inclusion) {
        let verdict = match &inclusion.result {
            Ok(_) => "done".to_owned(),
            Err(rejection) => format!("refused: {rejection}"),
        };
        self.tell(
            "included",
            json!({
                "id": inclusion.id, "block": inclusion.block.height, "gas_used": inclusion.gas_used,
                "gas_wanted": inclusion.gas_wanted, "ok": inclusion.result.is_ok(),
            }),
            format!(
                "in block {}, gas {} of {}: {verdict}",
                inclusion.block.height, inclusion.gas_used, inclusion.gas_wanted
            ),
        );
    }

    /// Has one batch done and says what came of it.
    async fn submit(&self, batch: Batch) -> Result<Inclusion, Failure> {
        let prepared = self
            .chain
            .prepare(&batch, &SubmitOptions::default())
            .await
            .map_err(words)?;
        self.chain.send(&prepared).await.map_err(words)?;
        loop {
            self.chain
                .next(Cursor::after_block(self.height()))
                .await
                .map_err(words)?;
            match self.chain.resolve(&prepared).await.map_err(words)? {
                Resolution::Included(inclusion) => {
                    self.included(&inclusion);
                    if let Err(rejection) = &inclusion.result {
                        return Err(rejection.to_string());
                    }
                    return Ok(*inclusion);
                }
                Resolution::Pending => {}
                Resolution::CanNeverLand => return Err("a transaction was lost".to_owned()),
            }
        }
    }
}

/// Five hundred blocks at the highest price, and not less than five ACT.
fn default_deposit(groups: &[GroupSpec]) -> Result<Coin, Failure> {
    let mut total: u128 = 5_000_000;
    for group in groups {
        let price = order_price(group).map_err(words)?;
        let blocks = price
            .amount()
            .mul_i64(500)
            .and_then(Dec::ceil)
            .map_err(words)?;
        let blocks = blocks
            .truncate_int()
            .to_u128()
            .ok_or("the price is out of range")?;
        total = total
            .checked_add(blocks)
            .ok_or("the price is out of range")?;
    }
    Ok(Coin::uact(total))
}
