//! Deployments, orders, bids, leases and escrow together against runs of the reference's message servers.

use crate::escrow::balances;
use crate::matching::group;
use crate::vectors::{self, Names};
use akash_market::action::{Action, Batch};
use akash_market::address::Address;
use akash_market::bid::ResourceOffer;
use akash_market::change::Change;
use akash_market::escrow::AccountId;
use akash_market::id::{BidId, DeploymentId, Height};
use akash_market::lease::CloseReason;
use akash_market::ledger::{Genesis, Ledger};
use akash_market::provider::{Provider, ProviderInfo};
use akash_market::query::{Entity, Filter, Key, Page};
use akash_market::time::{Block, Nanos, Timestamp};
use akash_sdl::num::{Coin, DecCoin};
use akash_sdl::resource::Resources;
use serde_json::{Value, json};

struct Run {
    names: Names,
    ledger: Ledger,
    owner: Address,
}

impl Run {
    fn new(vector: &Value) -> Self {
        let names = Names::new(&vector["addresses"]);
        let mut genesis = Genesis::default();
        for entry in vector["balances"].as_array().unwrap() {
            for coin in entry["coins"].as_array().unwrap() {
                genesis = genesis.balance(names.get(&entry["account"]), vectors::parse(coin));
            }
        }
        for (name, attributes) in vector["providers"].as_object().unwrap() {
            genesis = genesis.provider(Provider {
                owner: names.get(&json!(name)),
                host_uri: "https://example.com".to_owned(),
                attributes: vectors::parse(attributes),
                info: ProviderInfo::default(),
            });
        }
        genesis.params.market.order_max_bids = vectors::parse(&vector["order_max_bids"]);
        Self {
            owner: names.get(&json!("owner")),
            ledger: Ledger::new(genesis).unwrap(),
            names,
        }
    }

    fn deployment(&self, step: &Value) -> DeploymentId {
        DeploymentId::new(
            self.names.get(&step["owner"]),
            vectors::parse(&step["dseq"]),
        )
    }

    fn bid(&self, step: &Value) -> BidId {
        self.deployment(step)
            .group(sequence(&step["gseq"]))
            .order(sequence(&step["oseq"]))
            .bid(self.names.get(&step["provider"]))
    }

    fn action(&self, step: &Value) -> Action {
        let group_id = || self.deployment(step).group(vectors::parse(&step["gseq"]));
        let window = || {
            step.get("window_s")
                .map(|s| Nanos::from_secs(vectors::parse(s)))
        };
        let reason = || CloseReason(vectors::parse(&step["reason"]));
        match step["msg"].as_str().unwrap() {
            "create_deployment" => Action::CreateDeployment {
                id: self.deployment(step),
                groups: step["groups"]
                    .as_array()
                    .map(|groups| groups.iter().map(|g| group(g).unwrap()).collect())
                    .unwrap_or_default(),
                hash: hash(step),
                deposit: Names::deposit(&step["deposit"], sources(step)),
                reclamation_min_window: window(),
            },
            "update_deployment" => Action::UpdateDeployment {
                id: self.deployment(step),
                hash: hash(step),
            },
            "close_deployment" => Action::CloseDeployment {
                id: self.deployment(step),
            },
            "close_group" => Action::CloseGroup { id: group_id() },
            "pause_group" => Action::PauseGroup { id: group_id() },
            "start_group" => Action::StartGroup { id: group_id() },
            "create_bid" => Action::CreateBid {
                id: self.bid(step),
                price: vectors::price(&step["price"]),
                deposit: Names::deposit(&step["deposit"], sources(step)),
                resources_offer: step["offer"]
                    .as_array()
                    .map(|offer| offer.iter().map(resource_offer).collect())
                    .unwrap_or_default(),
                reclamation_window: window(),
            },
            "close_bid" => Action::CloseBid {
                id: self.bid(step),
                reason: reason(),
            },
            "create_lease" => Action::CreateLease { id: self.bid(step) },
            "close_lease" => Action::CloseLease {
                id: self.bid(step).lease(),
            },
            "withdraw_lease" => Action::WithdrawLease {
                id: self.bid(step).lease(),
            },
            "lease_start_reclaim" => Action::StartReclaim {
                id: self.bid(step).lease(),
                reason: reason(),
            },
            "account_deposit" => Action::Deposit {
                signer: self.names.get(&step["signer"]),
                id: AccountId::Deployment(self.deployment(step)),
                deposit: Names::deposit(&step["deposit"], sources(step)),
            },
            other => panic!("{other}"),
        }
    }

    /// Error or events of a step, in the form of the vectors.
    fn step(&mut self, step: &Value) -> (Option<Value>, Vec<Value>) {
        let block = Block {
            height: Height(vectors::parse(&step["height"])),
            time: Timestamp::from_secs(vectors::parse(&step["time_s"])),
        };
        let batch = Batch::from(self.action(step));
        match self.ledger.apply(block, &batch) {
            Ok(applied) => (None, applied.changes.iter().filter_map(event).collect()),
            Err(refused) => (Some(vectors::error(&refused.error)), Vec::new()),
        }
    }

    fn list(&self, filter: &Filter) -> Vec<Entity> {
        let page = Page {
            after: None,
            limit: 10_000,
        };
        self.ledger.list(filter, &page).unwrap().items
    }

    fn state(&self) -> Value {
        let owner = Some(self.owner.clone());
        let mut ids = Vec::new();
        let mut bids = Vec::new();
        for entity in self.list(&Filter::Bids {
            owner: owner.clone(),
            dseq: None,
            provider: None,
            state: None,
        }) {
            let Entity::Bid(bid) = entity else { panic!() };
            ids.push(AccountId::Bid(bid.id.clone()));
            bids.push(json!([bid.id, bid.state, bid.price.to_string()]));
        }
        let mut deployments = Vec::new();
        let mut payments = Vec::new();
        for entity in self.list(&Filter::Deployments {
            owner: owner.clone(),
            dseq: None,
            state: None,
        }) {
            let Entity::Deployment { deployment, groups } = entity else {
                panic!()
            };
            let groups: Vec<Value> = groups.iter().map(|g| json!([g.id.gseq, g.state])).collect();
            ids.push(AccountId::Deployment(deployment.id.clone()));
            deployments.push(json!({
                "id": deployment.id, "state": deployment.state, "groups": groups
            }));
            payments.extend(self.list(&Filter::EscrowPayments {
                deployment: deployment.id,
            }));
        }
        let orders: Vec<Value> = self
            .list(&Filter::Orders {
                owner: owner.clone(),
                dseq: None,
                state: None,
            })
            .into_iter()
            .map(|entity| match entity {
                Entity::Order(o) => json!([o.id, o.state, o.created_at]),
                other => panic!("{other:?}"),
            })
            .collect();
        let leases: Vec<Value> = self
            .list(&Filter::Leases {
                owner,
                dseq: None,
                provider: None,
                state: None,
            })
            .into_iter()
            .map(|entity| match entity {
                Entity::Lease(l) => json!([
                    l.id,
                    l.state,
                    l.closed_on,
                    l.reason,
                    l.reclamation.map(|r| json!({
                        "deadline": r.deadline, "reason": r.reason, "started_at": r.started_at,
                        "window_s": r.window.0 / 1_000_000_000,
                    }))
                ]),
                other => panic!("{other:?}"),
            })
            .collect();
        let accounts: Vec<Value> = ids
            .into_iter()
            .map(|id| match self.ledger.get(&Key::EscrowAccount(id)) {
                Some(Entity::EscrowAccount(a)) => json!([a.id, a.state, a.funds]),
                other => panic!("{other:?}"),
            })
            .collect();
        let payments: Vec<Value> = payments
            .into_iter()
            .map(|entity| match entity {
                Entity::EscrowPayment(p) => {
                    json!([
                        p.id.to_string(),
                        p.state,
                        p.balance.amount(),
                        p.unsettled.amount(),
                        p.withdrawn.amount()
                    ])
                }
                other => panic!("{other:?}"),
            })
            .collect();
        json!({
            "balances": balances(&self.ledger, &self.names),
            "bids": bids,
            "deployments": deployments,
            "escrow_accounts": accounts,
            "escrow_payments": payments,
            "leases": leases,
            "orders": orders,
        })
    }
}

fn sources(step: &Value) -> &Value {
    static NONE: Value = Value::Array(Vec::new());
    match &step["sources"] {
        Value::Null => &NONE,
        sources => sources,
    }
}

/// Absent means 0.
fn sequence(value: &Value) -> u32 {
    vectors::parse::<Option<u32>>(value).unwrap_or_default()
}

fn hash(step: &Value) -> Vec<u8> {
    let mut hash = step["hash"].as_str().unwrap().as_bytes().to_vec();
    hash.resize(32, 0);
    hash
}

fn resource_offer(offer: &Value) -> ResourceOffer {
    ResourceOffer {
        resources: Resources {
            id: vectors::parse(&offer["id"]),
            ..Resources::default()
        },
        count: vectors::parse(&offer["count"]),
    }
}

/// The chain's event of a change, if it has one.
fn event(change: &Change) -> Option<Value> {
    let (kind, attributes) = match change {
        Change::DeploymentCreated { id, hash, .. } => (
            "deployment.v1.EventDeploymentCreated",
            json!({"id": deployment_id(id), "hash": base64(hash)}),
        ),
        Change::DeploymentUpdated { id, hash } => (
            "deployment.v1.EventDeploymentUpdated",
            json!({"id": deployment_id(id), "hash": base64(hash)}),
        ),
        Change::DeploymentClosed { id } => (
            "deployment.v1.EventDeploymentClosed",
            json!({"id": deployment_id(id)}),
        ),
        Change::GroupStarted { id } => (
            "deployment.v1.EventGroupStarted",
            json!({"id": group_id(id)}),
        ),
        Change::GroupPaused { id } => (
            "deployment.v1.EventGroupPaused",
            json!({"id": group_id(id)}),
        ),
        Change::GroupClosed { id, .. } => (
            "deployment.v1.EventGroupClosed",
            json!({"id": group_id(id)}),
        ),
        Change::OrderCreated { id } => ("market.v1.EventOrderCreated", json!({"id": order_id(id)})),
        Change::OrderClosed { id } => ("market.v1.EventOrderClosed", json!({"id": order_id(id)})),
        Change::BidCreated { id, price } => (
            "market.v1.EventBidCreated",
            json!({"id": bid_id(id), "price": dec_coin(price)}),
        ),
        Change::BidClosed { id } => ("market.v1.EventBidClosed", json!({"id": bid_id(id)})),
        Change::LeaseCreated { id, price } => (
            "market.v1.EventLeaseCreated",
            json!({"id": bid_id(id.bid()), "price": dec_coin(price)}),
        ),
        Change::LeaseClosed { id, reason, .. } => (
            "market.v1.EventLeaseClosed",
            json!({"id": bid_id(id.bid()), "reason": reason_text(*reason)}),
        ),
        Change::LeaseReclaimStarted {
            id,
            reason,
            deadline,
        } => (
            "market.v1.EventLeaseReclaimStarted",
            json!({"id": bid_id(id.bid()), "reason": reason_text(*reason), "deadline": deadline.to_string()}),
        ),
        _ => return None,
    };
    Some(json!({"type": format!("akash.{kind}"), "attributes": attributes}))
}

fn deployment_id(id: &DeploymentId) -> Value {
    json!({"owner": id.owner, "dseq": id.dseq.to_string()})
}

fn group_id(id: &akash_market::id::GroupId) -> Value {
    let mut value = deployment_id(&id.deployment);
    value["gseq"] = json!(id.gseq);
    value
}

fn order_id(id: &akash_market::id::OrderId) -> Value {
    let mut value = group_id(&id.group);
    value["oseq"] = json!(id.oseq);
    value
}

fn bid_id(id: &BidId) -> Value {
    let mut value = order_id(&id.order);
    value["provider"] = json!(id.provider);
    value["bseq"] = json!(id.bseq);
    value
}

fn dec_coin(coin: &DecCoin) -> Value {
    json!({"denom": coin.denom(), "amount": coin.amount()})
}

fn reason_text(reason: CloseReason) -> Value {
    match reason.0 {
        1 => json!("lease_closed_owner"),
        10_000 => json!("lease_closed_reason_unstable"),
        10_001 => json!("lease_closed_reason_decommission"),
        10_002 => json!("lease_closed_reason_unspecified"),
        10_003 => json!("lease_closed_reason_manifest_timeout"),
        20_000 => json!("lease_closed_reason_insufficient_funds"),
        other => json!(other),
    }
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let word = (0..3).fold(0_u32, |w, i| {
            w << 8 | u32::from(*chunk.get(i).unwrap_or(&0))
        });
        for place in 0..4 {
            let digit = DIGITS[(word >> (18 - 6 * place) & 63) as usize];
            text.push(if place > chunk.len() {
                '='
            } else {
                digit.into()
            });
        }
    }
    text
}

#[test]
fn every_step_equals_the_reference() {
    let mut steps = 0;
    let files = ["market/market.json", "market/random.json"];
    for vector in files.into_iter().flat_map(vectors::load) {
        let name = vector["name"].as_str().unwrap();
        let mut run = Run::new(&vector);
        let supply: Vec<Coin> = run.ledger.bank().supplies().collect();
        let mut shown: Option<Value> = None;
        for (index, step) in vector["steps"].as_array().unwrap().iter().enumerate() {
            let (error, events) = run.step(step);
            assert_eq!(
                error.as_ref(),
                step.get("error"),
                "{name}, step {index}: {step}"
            );
            let expected = step["events"].as_array().cloned().unwrap_or_default();
            assert_eq!(events, expected, "{name}, events of step {index}: {step}");
            if let Some(state) = step.get("state") {
                shown = Some(state.clone());
            }
            if let Some(expected) = &shown {
                assert_eq!(
                    &run.state(),
                    expected,
                    "{name}, state after step {index}: {step}"
                );
            }
            run.ledger.invariants().unwrap();
            steps += 1;
        }
        assert_eq!(run.ledger.bank().supplies().collect::<Vec<_>>(), supply);
    }
    assert!(steps > 1_400, "{steps}");
}
