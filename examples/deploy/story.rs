//! The story, part by part.

use crate::args::Args;
use crate::books::{Books, compare, grouped};
use crate::market::{self, Market};
use crate::tell::Teller;
use akash_market::action::{Action, Batch};
use akash_market::address::Address;
use akash_market::auction::{BidPolicy, Ranking};
use akash_market::change::Change;
use akash_market::cost::{BlockTime, runway, uakt_for};
use akash_market::escrow::{AccountId, Deposit, PaymentId};
use akash_market::id::{DeploymentId, LeaseId};
use akash_market::ledger::Rules;
use akash_market::matching::order_price;
use akash_market::query::{Entity, Filter};
use akash_market::time::Nanos;
use akash_market::workflow::deploy::{DeployPlan, DeployStep, Patience};
use akash_market::workflow::fund::{FundPlan, FundStep};
use akash_sdk::chain::{At, Chain, Cursor, Inclusion, QueryExt, Resolution, SubmitOptions};
use akash_sdk::cosmos::Client;
use akash_sdk::devnet::Devnet;
use akash_sdk::drive::Progress;
use akash_sdk::gateway::Credentials;
use akash_sdk::journal::{JobId, MemoryJournal};
use akash_sdk::tenant::{Deployer, Funder};
use akash_sdl::Sdl;
use akash_sdl::group::GroupSpec;
use akash_sdl::num::{Coin, Dec, Denom, Int};
use serde_json::json;
use std::collections::BTreeMap;
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

    /// From the deployment's transaction to running leases.
    async fn deploy(
        &self,
        plan: DeployPlan,
        manifest: &akash_sdl::manifest::Manifest,
    ) -> Result<Vec<LeaseId>, Failure> {
        self.teller.part("The auction");
        let gateways = self.market.gateways();
        let journal = Arc::new(MemoryJournal::default());
        let deployer = Deployer::new(
            Arc::clone(&self.chain),
            gateways,
            journal,
            self.credentials.clone(),
        );
        let policy: Arc<dyn BidPolicy> = Arc::clone(&self.args.policy);
        let mut run = deployer
            .deploy(plan, manifest.clone(), policy)
            .await
            .map_err(words)?;
        while let Some(progress) = run.next().await.map_err(words)? {
            self.bidders();
            match progress {
                Progress::Step(step) => self.step(step),
                other => self.transaction(other),
            }
        }
        match run.ending() {
            Some(Ok(leases)) => Ok(leases.to_vec()),
            Some(Err(failure)) => Err(failure.to_string()),
            None => Err("the deployment stopped half-way".to_owned()),
        }
    }

    fn step(&self, step: DeployStep) {
        let data = json!({ "step": step });
        match step {
            DeployStep::Opened { id, .. } => {
                self.tell("opened", data, format!("deployment {} is open", id.dseq));
            }
            DeployStep::BidSeen { bid } => self.tell(
                "bid",
                data,
                format!(
                    "group {}: {} bids {}",
                    bid.id.order.group.gseq,
                    self.name(&bid.id.provider),
                    short(bid.price.amount(), bid.price.denom())
                ),
            ),
            DeployStep::Chosen {
                bid,
                policy,
                ranking,
            } => {
                let text = self.why(&bid.id.provider, &policy, &ranking);
                self.tell(
                    "chosen",
                    data,
                    format!("group {}: {text}", bid.id.order.group.gseq),
                );
                if self.args.vanish {
                    let name = self.name(&bid.id.provider);
                    self.market.vanish(&bid.id.provider);
                    let data = json!({ "provider": name });
                    self.tell(
                        "vanished",
                        data,
                        format!("{name} disappears before the manifest"),
                    );
                }
            }
            DeployStep::Leased { leases, .. } => {
                self.teller.part("The lease");
                for lease in &leases {
                    let name = self.name(lease.provider());
                    let order = lease.order();
                    let text = format!(
                        "leased to {name}: deployment {}, group {}, order {}, provider {}",
                        order.group.deployment.dseq,
                        order.group.gseq,
                        order.oseq,
                        lease.provider()
                    );
                    self.tell("leased", data.clone(), text);
                }
            }
            DeployStep::ManifestAccepted { lease } => self.tell(
                "manifest",
                data,
                format!(
                    "{} checked the manifest's hash and took it",
                    self.name(lease.provider())
                ),
            ),
            DeployStep::ProviderSilent { lease, reason } => self.tell(
                "silent",
                data,
                format!("{} does not answer: {reason}", self.name(lease.provider())),
            ),
            DeployStep::Status {
                lease,
                ready,
                summary,
            } => self.tell(
                "status",
                data,
                format!(
                    "{}: {summary}{}",
                    self.name(lease.provider()),
                    if ready { ", ready" } else { "" }
                ),
            ),
            DeployStep::Closing { failure } => {
                self.tell(
                    "closing",
                    data,
                    format!("it failed ({failure}); closing, so that deposits go back"),
                );
            }
            DeployStep::Closed { .. } => self.tell("closed", data, "the deployment is closed"),
            other => self.tell("step", data, format!("{other:?}")),
        }
    }

    fn why(&self, provider: &Address, policy: &str, ranking: &Ranking) -> String {
        let mut text = format!(
            "{} is chosen by the policy \"{policy}\"",
            self.name(provider)
        );
        for other in ranking.accepted.iter().skip(1) {
            text.push_str(&format!(
                "\n  {} would do as well, at {}",
                self.name(&other.bid.id.provider),
                short(other.bid.price.amount(), other.bid.price.denom())
            ));
        }
        for left in &ranking.rejected {
            text.push_str(&format!(
                "\n  {} {}",
                self.name(&left.id.provider),
                left.reason
            ));
        }
        text
    }

    /// What the providers did since they were last asked.
    fn bidders(&self) {
        for (name, line, data) in self.market.news() {
            self.tell(
                "provider_step",
                json!({ "provider": name, "step": data }),
                format!("{name} {line}"),
            );
        }
    }

    fn name(&self, provider: &Address) -> String {
        self.market.name(provider)
    }

    /// A manifest with another hash is refused.
    async fn wrong_manifest(
        &self,
        leases: &[LeaseId],
        manifest: &akash_sdl::manifest::Manifest,
    ) -> Result<(), Failure> {
        let Some(lease) = leases.first() else {
            return Ok(());
        };
        // The same manifest with one letter more in each image: it fits the groups, and has another hash.
        let mut other = manifest.clone();
        for group in &mut other.groups {
            for service in group.services.make_mut() {
                service.image.push('x');
            }
        }
        let provider = self
            .chain
            .provider(lease.provider(), At::Latest)
            .await
            .map_err(words)?
            .ok_or("the provider is gone")?;
        let gateway = self
            .market
            .gateways()
            .open(&provider, &self.credentials)
            .await
            .map_err(words)?;
        match gateway.send_manifest(lease.deployment(), &other).await {
            Err(refusal) => {
                self.tell(
                    "wrong_manifest",
                    json!({ "refusal": refusal.to_string() }),
                    format!("a manifest with another hash is refused: {refusal}"),
                );
                Ok(())
            }
            Ok(()) => Err("a provider took a manifest whose hash is not on the chain".to_owned()),
        }
    }

    /// Status and logs of the running workload.
    async fn look_around(&self, leases: &[LeaseId]) -> Result<(), Failure> {
        self.teller.part("The workload");
        for lease in leases {
            let provider = self
                .chain
                .provider(lease.provider(), At::Latest)
                .await
                .map_err(words)?
                .ok_or("the provider is gone")?;
            let gateway = self
                .market
                .gateways()
                .open(&provider, &self.credentials)
                .await
                .map_err(words)?;
            let status = gateway.status(lease).await.map_err(words)?;
            for service in status.services.values() {
                self.tell(
                    "service",
                    json!({ "lease": lease, "service": service }),
                    format!(
                        "{}: {} {}/{} {}",
                        self.name(lease.provider()),
                        service.name,
                        service.available,
                        service.total,
                        service.uris.join(" ")
                    ),
                );
            }
            for line in gateway.logs(lease, None, 3).await.map_err(words)? {
                self.tell(
                    "log",
                    json!(line),
                    format!("  [{}] {}", line.name, line.message),
                );
            }
        }
        Ok(())
    }

    /// Escrow over some blocks, with a top-up.
    async fn pay(
        &self,
        id: &DeploymentId,
        leases: &[LeaseId],
        deposit: &Coin,
    ) -> Result<(), Failure> {
        self.teller.part("Escrow");
        self.escrow(id, leases).await?;
        let top_up = Coin::from_int(
            deposit.denom().clone(),
            Int::from(deposit.amount_u128().unwrap_or_default() / 4),
        )
        .map_err(words)?;
        let action = Action::Deposit {
            signer: self.tenant.clone(),
            id: AccountId::Deployment(id.clone()),
            deposit: Deposit::from_balance(top_up.clone()),
        };
        self.submit(action.into()).await?;
        self.tell(
            "top_up",
            json!({ "amount": top_up }),
            format!("topped up by {top_up}"),
        );
        for _ in 0..12 {
            self.devnet
                .advance_past(self.height())
                .await
                .map_err(words)?;
            self.bidders();
        }
        self.escrow(id, leases).await
    }

    async fn escrow(&self, id: &DeploymentId, leases: &[LeaseId]) -> Result<(), Failure> {
        let account = self
            .chain
            .escrow(&AccountId::Deployment(id.clone()), At::Latest)
            .await
            .map_err(words)?
            .ok_or("the deployment has no escrow account")?;
        let filter = Filter::EscrowPayments {
            deployment: id.clone(),
        };
        let payments: Vec<_> = self
            .chain
            .all(&filter, At::Latest, 100)
            .await
            .map_err(words)?
            .into_iter()
            .filter_map(|entity| match entity {
                Entity::EscrowPayment(payment) => Some(payment),
                _ => None,
            })
            .collect();
        let left = runway(&account, &payments, Rules::chain());
        let blocks = left.blocks_left(self.devnet.block().height);
        let hours = blocks.map(|blocks| {
            // Blocks take six seconds here.
            let minutes = blocks / 10;
            format!("{} h {} min", minutes / 60, minutes % 60)
        });
        let funds: Vec<String> = account
            .funds
            .iter()
            .map(|f| short(f.amount, &f.denom))
            .collect();
        self.tell(
            "escrow",
            json!({ "account": account, "blocks_left": blocks }),
            format!(
                "settled at {}: {} left, enough for {} blocks ({})",
                account.settled_at,
                funds.join(", "),
                blocks.map_or_else(|| "any number of".to_owned(), |b| b.to_string()),
                hours.unwrap_or_else(|| "for ever".to_owned())
            ),
        );
        for lease in leases {
            let Some(payment) = payments.iter().find(|p| p.id == PaymentId(lease.clone())) else {
                continue;
            };
            let hourly = BlockTime::CONSOLE_API
                .per_hour(&payment.rate)
                .map_err(words)?;
            self.tell(
                "payment",
                json!({ "payment": payment }),
                format!(
                    "  {} earns {} a block ({} ACT an hour), withdrawn so far {}",
                    self.name(lease.provider()),
                    short(payment.rate.amount(), payment.rate.denom()),
                    in_act(hourly.amount()),
                    payment.withdrawn
                ),
            );
        }
        Ok(())
    }

    async fn close(&self, id: &DeploymentId) -> Result<(), Failure> {
        self.teller.part("The end");
        let inclusion = self
            .submit(Action::CloseDeployment { id: id.clone() }.into())
            .await?;
        self.tell("closed", json!({ "id": id }), "the deployment is closed");
        self.money(&inclusion);
        Ok(())
    }

    fn money(&self, inclusion: &Inclusion) {
        for change in &inclusion.changes {
            if let Change::LeaseClosed { id, .. } = change {
                self.tell(
                    "lease_closed",
                    json!({ "lease": id }),
                    format!(
                        "the lease with {} is closed and paid",
                        self.name(id.provider())
                    ),
                );
            }
        }
    }

    /// Waits until the providers have closed what they still have to close.
    async fn settle_down(&self) -> Result<(), Failure> {
        for _ in 0..6 {
            self.bidders();
            self.devnet
                .advance_past(self.height())
                .await
                .map_err(words)?;
        }
        self.bidders();
        Ok(())
    }

    /// The table in which all money is accounted for.
    async fn balance(&self, before: &Books, began: &BTreeMap<Denom, Int>) -> Result<(), Failure> {
        self.teller.part("The books");
        let after = self.devnet.with_ledger(Books::of);
        let minted = self.minted_since(began);
        let providers = self.market.providers();
        let mut names = vec![("tenant".to_owned(), self.tenant.clone())];
        for account in self
            .devnet
            .accounts()
            .iter()
            .filter(|a| *a.address() != self.tenant)
        {
            if !providers
                .iter()
                .any(|(_, owner, _)| owner == account.address())
            {
                names.push((account.name.clone(), account.address().clone()));
            }
        }
        for (name, owner, _) in &providers {
            names.push((format!("provider {name}"), owner.clone()));
        }
        self.devnet.with_ledger(|ledger| {
            let modules = ledger.modules();
            for (name, address) in [
                ("escrow module", &modules.escrow),
                ("burn-mint vault", &modules.bme),
                ("fee collector", &modules.fee_collector),
            ] {
                names.push((name.to_owned(), address.clone()));
            }
        });
        let (lines, data, right) = compare(before, &after, &names, &minted);
        self.teller.table("books", self.height(), data, &lines);
        if !right {
            return Err("the books don't balance; please report this".to_owned());
        }
        let kept = after_escrow(&self.devnet);
        if kept.is_empty() {
            self.tell(
                "books_end",
                json!({}),
                "every deposit is back where it belongs",
            );
            return Ok(());
        }
        Err(format!(
            "the escrow module still holds {}; please report this",
            kept.join(", ")
        ))
    }

    /// What came into being less what was burned since then.
    fn minted_since(&self, began: &BTreeMap<Denom, Int>) -> BTreeMap<Denom, Int> {
        let mut issued = self.devnet.issued();
        for (denom, before) in began {
            let sum = issued.entry(denom.clone()).or_insert(Int::ZERO);
            *sum = sum.sub(*before).unwrap_or(*sum);
        }
        issued
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

/// What the escrow module holds, if anything.
fn after_escrow(devnet: &Devnet) -> Vec<String> {
    devnet.with_ledger(|ledger| {
        let escrow = &ledger.modules().escrow;
        ledger
            .bank()
            .coins(escrow)
            .filter(|c| !c.is_zero())
            .map(|c| c.to_string())
            .collect()
    })
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
