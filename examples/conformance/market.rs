//! Deployments, orders, bids and leases, with their escrow.

use super::accounts::{Accounts, deposit};
use super::field::{Fields, only, vectors};
use super::group::offer;
use super::step::{self, World};
use super::{Case, Failure};
use akash_market::action::{Action, Batch};
use akash_market::address::Address;
use akash_market::escrow::AccountId;
use akash_market::id::{BidId, DeploymentId, Height};
use akash_market::lease::CloseReason;
use akash_market::ledger::{Applied, Ledger, Refused};
use akash_market::provider::{Provider, ProviderInfo};
use akash_market::query::{Entity, Filter, Key, Page};
use akash_market::time::{Block, Nanos, Timestamp};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

pub(super) fn cases(file: &Value) -> Result<Vec<Case>, Failure> {
    Ok(step::cases::<Market>(vectors(file, "vectors")?))
}

#[derive(Clone)]
struct Market {
    accounts: Accounts,
    ledger: Ledger,
}

impl World for Market {
    const RESULTS: &'static [&'static str] = &["error", "events", "state"];
    const INPUTS: &'static [&'static str] = &[
        "height", "time_s", "msg", "owner", "provider", "dseq", "gseq", "oseq", "groups", "hash",
        "deposit", "sources", "window_s", "offer", "price", "reason", "signer",
    ];
    type Step = (Block, Batch);
    type Done = Result<Applied, Refused>;

    fn new(vector: &Value) -> Result<Self, Failure> {
        only(
            vector,
            &[&[
                "name",
                "category",
                "addresses",
                "balances",
                "providers",
                "order_max_bids",
                "steps",
            ]],
        )?;
        let accounts = Accounts::of(vector)?;
        let mut genesis = accounts.genesis(vector)?;
        let providers = vector.at("providers");
        for name in providers.as_object().into_iter().flat_map(Map::keys) {
            genesis = genesis.provider(Provider {
                owner: accounts.get(name)?,
                host_uri: "https://example.com".to_owned(),
                attributes: providers.read(name)?,
                info: ProviderInfo::default(),
            });
        }
        genesis.params.market.order_max_bids = vector.read("order_max_bids")?;
        Ok(Self {
            ledger: Ledger::new(genesis)?,
            accounts,
        })
    }

    fn read(&self, step: &Value) -> Result<Self::Step, Failure> {
        let block = Block {
            height: Height(step.read("height")?),
            time: Timestamp::from_secs(step.read("time_s")?),
        };
        Ok((block, Batch::from(self.action(step)?)))
    }

    fn take(&mut self, (block, batch): &Self::Step) -> Result<Self::Done, Failure> {
        Ok(self.ledger.apply(*block, batch))
    }

    fn tell(&self, done: &Self::Done) -> Result<Map<String, Value>, Failure> {
        let mut told = Map::new();
        match done {
            Ok(applied) => {
                let events = step::events(&applied.changes)?;
                if !events.is_empty() {
                    told.insert("events".to_owned(), events.into());
                }
            }
            Err(refused) => {
                told.insert("error".to_owned(), step::refusal(&refused.error));
            }
        }
        Ok(told)
    }

    fn state(&self) -> Result<Value, Failure> {
        let Objects {
            deployments,
            orders,
            bids,
            leases,
            accounts,
            payments,
        } = self.objects()?;
        Ok(json!({
            "balances": self.accounts.balances(&self.ledger),
            "bids": bids,
            "deployments": deployments,
            "escrow_accounts": accounts,
            "escrow_payments": payments,
            "leases": leases,
            "orders": orders,
        }))
    }
}

/// Everything that is stored, a row an object.
#[derive(Default)]
struct Objects {
    deployments: Vec<Value>,
    orders: Vec<Value>,
    bids: Vec<Value>,
    leases: Vec<Value>,
    accounts: Vec<Value>,
    payments: Vec<Value>,
}

impl Market {
    fn deployment(&self, step: &Value) -> Result<DeploymentId, Failure> {
        let owner = self.accounts.named(step, "owner")?;
        Ok(DeploymentId::new(owner, step.read("dseq")?))
    }

    fn bid(&self, step: &Value) -> Result<BidId, Failure> {
        let group = self.deployment(step)?.group(step.count("gseq")?);
        let provider = self.accounts.named(step, "provider")?;
        Ok(group.order(step.count("oseq")?).bid(provider))
    }

    fn action(&self, step: &Value) -> Result<Action, Failure> {
        let group =
            || -> Result<_, Failure> { Ok(self.deployment(step)?.group(step.count("gseq")?)) };
        let lease = || -> Result<_, Failure> { Ok(self.bid(step)?.lease()) };
        let reason = || -> Result<_, Failure> { Ok(CloseReason(step.read("reason")?)) };
        let window = || -> Result<_, Failure> {
            let seconds: Option<i64> = step.read("window_s")?;
            Ok(seconds.map(Nanos::from_secs))
        };
        Ok(match step.text("msg")? {
            "create_deployment" => Action::CreateDeployment {
                id: self.deployment(step)?,
                groups: step
                    .list("groups")
                    .iter()
                    .map(super::group::group)
                    .collect::<Result<_, _>>()?,
                hash: hash(step)?,
                deposit: deposit(step, "deposit")?,
                reclamation_min_window: window()?,
            },
            "update_deployment" => Action::UpdateDeployment {
                id: self.deployment(step)?,
                hash: hash(step)?,
            },
            "close_deployment" => Action::CloseDeployment {
                id: self.deployment(step)?,
            },
            "close_group" => Action::CloseGroup { id: group()? },
            "pause_group" => Action::PauseGroup { id: group()? },
            "start_group" => Action::StartGroup { id: group()? },
            "create_bid" => Action::CreateBid {
                id: self.bid(step)?,
                price: step.read("price")?,
                deposit: deposit(step, "deposit")?,
                resources_offer: offer(step)?.into(),
                reclamation_window: window()?,
            },
            "close_bid" => Action::CloseBid {
                id: self.bid(step)?,
                reason: reason()?,
            },
            "create_lease" => Action::CreateLease {
                id: self.bid(step)?,
            },
            "close_lease" => Action::CloseLease { id: lease()? },
            "withdraw_lease" => Action::WithdrawLease { id: lease()? },
            "lease_start_reclaim" => Action::StartReclaim {
                id: lease()?,
                reason: reason()?,
            },
            "account_deposit" => Action::Deposit {
                signer: self.accounts.named(step, "signer")?,
                id: AccountId::Deployment(self.deployment(step)?),
                deposit: deposit(step, "deposit")?,
            },
            other => return Err(format!("there is no message `{other}`").into()),
        })
    }

    fn list(&self, filter: &Filter) -> Result<Vec<Entity>, Failure> {
        let page = Page {
            after: None,
            limit: 10_000,
        };
        Ok(self.ledger.list(filter, &page)?.items)
    }

    /// Accounts are listed with bids first, as they are stored.
    fn objects(&self) -> Result<Objects, Failure> {
        let mut all = Objects::default();
        let mut ids = Vec::new();
        let owners: BTreeSet<_> = self.accounts.iter().map(|(_, address)| address).collect();
        let bids = |owner| Filter::Bids {
            owner,
            dseq: None,
            provider: None,
            state: None,
        };
        let deployments = |owner| Filter::Deployments {
            owner,
            dseq: None,
            state: None,
        };
        let orders = |owner| Filter::Orders {
            owner,
            dseq: None,
            state: None,
        };
        let leases = |owner| Filter::Leases {
            owner,
            dseq: None,
            provider: None,
            state: None,
        };
        let filters: [&dyn Fn(Option<Address>) -> Filter; 4] =
            [&bids, &deployments, &orders, &leases];
        for filter in filters {
            // With an owner a list has the order of ids; without, that of states comes first.
            for &owner in &owners {
                for entity in self.list(&filter(Some(owner.clone())))? {
                    self.sort_in(entity, &mut all, &mut ids)?;
                }
            }
        }
        for id in ids {
            if let Some(account) = self.ledger.get(&Key::EscrowAccount(id)) {
                all.accounts.push(escrow_row(&account)?);
            }
        }
        Ok(all)
    }

    /// Adds the row of an object to the others of its type, and its escrow account to the ids.
    fn sort_in(
        &self,
        entity: Entity,
        all: &mut Objects,
        ids: &mut Vec<AccountId>,
    ) -> Result<(), Failure> {
        match entity {
            Entity::Bid(bid) => {
                all.bids
                    .push(json!([bid.id, bid.state, bid.price.to_string()]));
                ids.push(AccountId::Bid(bid.id));
            }
            Entity::Deployment { deployment, groups } => {
                let groups: Vec<_> = groups
                    .iter()
                    .map(|group| json!([group.id.gseq, group.state]))
                    .collect();
                all.deployments.push(json!({
                    "id": deployment.id, "state": deployment.state, "groups": groups,
                }));
                ids.push(AccountId::Deployment(deployment.id.clone()));
                let deployment = deployment.id;
                for payment in self.list(&Filter::EscrowPayments { deployment })? {
                    all.payments.push(escrow_row(&payment)?);
                }
            }
            Entity::Order(order) => {
                all.orders
                    .push(json!([order.id, order.state, order.created_at]));
            }
            Entity::Lease(lease) => {
                let reclamation = lease.reclamation.map(|reclamation| {
                    json!({
                        "deadline": reclamation.deadline,
                        "reason": reclamation.reason,
                        "started_at": reclamation.started_at,
                        "window_s": reclamation.window.0 / 1_000_000_000,
                    })
                });
                all.leases.push(json!([
                    lease.id,
                    lease.state,
                    lease.closed_on,
                    lease.reason,
                    reclamation
                ]));
            }
            other => return Err(format!("{other:?} was not asked for").into()),
        }
        Ok(())
    }
}

fn escrow_row(entity: &Entity) -> Result<Value, Failure> {
    match entity {
        Entity::EscrowAccount(account) => Ok(json!([account.id, account.state, account.funds])),
        Entity::EscrowPayment(payment) => Ok(json!([
            payment.id.to_string(),
            payment.state,
            payment.balance.amount(),
            payment.unsettled.amount(),
            payment.withdrawn.amount(),
        ])),
        other => Err(format!("{other:?} is no object of the escrow").into()),
    }
}

/// The text, padded with zero bytes.
fn hash(step: &Value) -> Result<Vec<u8>, Failure> {
    let mut hash = step.text("hash")?.as_bytes().to_vec();
    hash.resize(32, 0);
    Ok(hash)
}
