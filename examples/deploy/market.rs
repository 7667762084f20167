//! The providers of the story: who they are, and what they did.

use akash_market::address::Address;
use akash_market::workflow::bid::BidStep;
use akash_sdk::devnet::provider::{Populace, ProviderSpec, populate, stock};
use akash_sdk::devnet::{Devnet, DevnetError};
use akash_sdk::drive::{DriveError, Progress};
use akash_sdk::gateway::Gateways;
use std::sync::Arc;

/// How many providers live on the network.
const PROVIDERS: usize = 8;

/// The simulated providers, seen from outside.
#[derive(Debug)]
pub(crate) struct Market {
    populace: Populace,
    specs: Vec<ProviderSpec>,
}

/// A network on which providers live.
pub(crate) fn network() -> Result<Devnet, DevnetError> {
    Devnet::builder()
        .provider_accounts(&stock(PROVIDERS))
        .build()
}

impl Market {
    pub(crate) async fn open(devnet: &Devnet) -> Result<Self, DriveError> {
        let specs = stock(PROVIDERS);
        Ok(Self {
            populace: populate(devnet, specs.clone()).await?,
            specs,
        })
    }

    pub(crate) fn gateways(&self) -> Arc<dyn Gateways> {
        Arc::new(self.populace.gateways())
    }

    /// Names, accounts and what each one is, in words.
    pub(crate) fn providers(&self) -> Vec<(String, Address, String)> {
        self.populace
            .providers()
            .map(|(name, owner)| {
                let spec = self.specs.iter().find(|spec| spec.name == name);
                (
                    name.to_owned(),
                    owner.clone(),
                    spec.map(about).unwrap_or_default(),
                )
            })
            .collect()
    }

    pub(crate) fn name(&self, owner: &Address) -> String {
        self.populace
            .name(owner)
            .map_or_else(|| owner.to_string(), str::to_owned)
    }

    pub(crate) fn vanish(&self, owner: &Address) {
        if let Some(name) = self.populace.name(owner) {
            self.populace.set_vanished(name, true);
        }
    }

    /// What the providers decided since this was asked last: who, in words, and the step itself.
    pub(crate) fn news(&self) -> Vec<(String, String, BidStep)> {
        self.populace
            .take_log()
            .into_iter()
            .filter_map(|(owner, progress)| match progress {
                Progress::Step(step) => {
                    in_words(&step).map(|text| (self.name(&owner), text, step.clone()))
                }
                _ => None,
            })
            .collect()
    }
}

/// What a provider is: where, how confirmed, with which GPUs and volumes.
fn about(spec: &ProviderSpec) -> String {
    let region = spec.attributes.iter().find(|a| a.key == "region");
    let mut parts = vec![region.map_or_else(String::new, |a| a.value.clone())];
    parts.push(
        if spec.audited {
            "audited"
        } else {
            "not audited"
        }
        .to_owned(),
    );
    parts.push(format!("{} nodes", spec.cluster.nodes.len()));
    let mut cards: Vec<String> = Vec::new();
    for node in &spec.cluster.nodes {
        if let Some(card) = node.cards.first() {
            let text = format!("{} × {} {}", node.cards.len(), card.name, card.memory_size);
            if !cards.contains(&text) {
                cards.push(text);
            }
        }
    }
    if !cards.is_empty() {
        parts.push(cards.join(" + "));
    }
    let classes: Vec<&str> = spec
        .cluster
        .pools
        .iter()
        .map(|pool| pool.class.as_str())
        .collect();
    if !classes.is_empty() {
        parts.push(classes.join(" + "));
    }
    if spec.leased_ips.is_some() {
        parts.push("leases IPs".to_owned());
    }
    parts.join(", ")
}

/// What a provider did; `None` for what the tenant's side tells already.
fn in_words(step: &BidStep) -> Option<String> {
    Some(match step {
        BidStep::Declined { order, reason } => {
            format!("does not bid on group {}: {reason}", order.group.gseq)
        }
        BidStep::Lost { bid, stuck: true } => format!(
            "lost group {} and its deposit is still locked, so it closes its bid",
            bid.order.group.gseq
        ),
        BidStep::Lost { bid, stuck: false } => {
            format!(
                "lost group {} and has its deposit back",
                bid.order.group.gseq
            )
        }
        BidStep::Closed { bid, .. } => {
            format!(
                "closed its bid on group {} and has its deposit back",
                bid.order.group.gseq
            )
        }
        BidStep::Withdrawn { amount, .. } => format!("withdraws {amount}"),
        BidStep::LeaseEnded { lease, .. } => {
            format!("gives back what served group {}", lease.order().group.gseq)
        }
        BidStep::Bid { .. } | BidStep::Won { .. } => return None,
        other => format!("{other:?}"),
    })
}
