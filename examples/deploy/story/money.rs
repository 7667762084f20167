//! Escrow while the workload runs, the end, and the books.

use super::{Failure, Stage, in_act, short, words};
use crate::books::{Books, compare};
use akash_market::action::Action;
use akash_market::change::Change;
use akash_market::cost::{BlockTime, runway};
use akash_market::escrow::{AccountId, Deposit, PaymentId};
use akash_market::id::{DeploymentId, LeaseId};
use akash_market::ledger::Rules;
use akash_market::query::{Entity, Filter};
use akash_sdk::chain::{At, Inclusion, QueryExt};
use akash_sdk::devnet::Devnet;
use akash_sdl::num::{Coin, Denom, Int};
use serde_json::json;
use std::collections::BTreeMap;

impl Stage<'_> {
    /// Escrow over some blocks, with a top-up.
    pub(super) async fn pay(
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

    pub(super) async fn close(&self, id: &DeploymentId) -> Result<(), Failure> {
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
    pub(super) async fn settle_down(&self) -> Result<(), Failure> {
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
    pub(super) async fn balance(
        &self,
        before: &Books,
        began: &BTreeMap<Denom, Int>,
    ) -> Result<(), Failure> {
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
