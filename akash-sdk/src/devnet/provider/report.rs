//! Status documents of simulated providers, made from what they have and what the ledger says of their bids and leases.

use super::ProviderSpec;
use akash_market::address::Address;
use akash_market::bid::BidState;
use akash_market::inventory::{ClusterInventory, Inventory};
use akash_market::ledger::Ledger;
use akash_market::metrics::{ProviderReport, Quantities};
use akash_market::query::{Entity, Filter, Key, Page};
use akash_market::time::Timestamp;

impl ProviderSpec {
    /// What the provider with the account `owner` would answer at `seen` if it were asked for its status: active leases and
    /// open bids are placed on its nodes as a provider does it.
    #[must_use]
    pub fn report(&self, owner: &Address, ledger: &Ledger, seen: Timestamp) -> ProviderReport {
        let mut inventory = ClusterInventory::new(self.cluster.clone());
        inventory.set_leased_ips(self.leased_ips);
        let active = place(&mut inventory, ledger, owner, BidState::Active);
        let pending = place(&mut inventory, ledger, owner, BidState::Open);
        ProviderReport {
            owner: owner.clone(),
            host_uri: self.host_uri(),
            seen: Some(seen),
            active,
            pending,
            cluster: inventory.cluster(),
        }
    }
}

/// Reserves what the provider's bids in a state ask for; what they ask for together.
fn place(
    inventory: &mut ClusterInventory,
    ledger: &Ledger,
    owner: &Address,
    state: BidState,
) -> Quantities {
    let filter = Filter::Bids {
        owner: None,
        dseq: None,
        provider: Some(owner.clone()),
        state: Some(state),
    };
    let page = Page {
        after: None,
        limit: u32::MAX,
    };
    let bids = ledger.list(&filter, &page).map_or(Vec::new(), |l| l.items);
    let mut sum = Quantities::default();
    for entity in bids {
        let Entity::Bid(bid) = entity else { continue };
        let id = bid.id.order;
        if let Some(Entity::Order(order)) = ledger.get(&Key::Order(id.clone()))
            && inventory.reserve(&id, &order.spec).is_ok()
        {
            sum = sum.plus(Quantities::of_group(&order.spec));
        }
    }
    sum
}
