//! Bytes to messages and back, into the market's own types and into JSON, for the largest answers a client reads: a page
//! of 100 bids of 1.3 kB each, and one of 100 deployments.
//!
//! On one core of a 2-core cloud machine with other work on it, the fastest runs decode the bids at 613 MB/s with 17
//! allocations each, one for each address and list, and the deployments at 503 MB/s with 19; without counting allocations,
//! as is done here, at 615 and 512 MB/s. They encode them at 660 and 520 MB/s. Into domain types, bids come at 237 MB/s and
//! deployments at 168 MB/s.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark"
)]

use akash_market::bid::Bid;
use akash_market::deployment::{Deployment, Group};
use akash_market::escrow::{AccountId, EscrowAccount};
use akash_market::id::{BidId, DeploymentId};
use akash_sdk::cosmos::convert::Wire;
use akash_sdk::cosmos::json;
use akash_sdk::cosmos::wire::akash::base::deposit::v1::Source;
use akash_sdk::cosmos::wire::akash::deployment::v1::DeploymentState;
use akash_sdk::cosmos::wire::akash::deployment::v1beta4::{
    GroupState, QueryDeploymentResponse, QueryDeploymentsResponse,
};
use akash_sdk::cosmos::wire::akash::escrow::types::v1::{Account, State};
use akash_sdk::cosmos::wire::akash::market::v1beta5::{
    BidState, QueryBidResponse, QueryBidsResponse,
};
use akash_sdk::cosmos::wire::{TypeUrl, strict};
use divan::Bencher;
use divan::counter::BytesCount;
use prost::Message;

#[global_allocator]
static ALLOCATIONS: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

/// Answers with 100 entries, from golden data.
trait Page: TypeUrl {
    const FILE: &'static str;
    /// Takes the entries of another answer.
    fn extend(&mut self, other: Self);
    /// Repeats the entries. Random values become those that mean something.
    fn repeat(&mut self);
}

fn open(account: &mut Account, id: &AccountId) {
    account.id = id.to_wire();
    account.state.state = State::Open.into();
    for deposit in &mut account.state.deposits {
        deposit.source = Source::Balance.into();
    }
}

impl Page for QueryBidsResponse {
    const FILE: &'static str = "wire/akash.market.v1beta5.json";

    fn extend(&mut self, other: Self) {
        self.bids.extend(other.bids);
    }

    fn repeat(&mut self) {
        for entry in &mut self.bids {
            entry.bid.state = BidState::Open.into();
            let id = AccountId::Bid(BidId::from_wire(&entry.bid.id).unwrap());
            open(&mut entry.escrow_account, &id);
        }
        self.bids = self.bids.iter().cycle().take(100).cloned().collect();
    }
}

impl Page for QueryDeploymentsResponse {
    const FILE: &'static str = "wire/akash.deployment.v1beta4.json";

    fn extend(&mut self, other: Self) {
        self.deployments.extend(other.deployments);
    }

    fn repeat(&mut self) {
        for entry in &mut self.deployments {
            entry.deployment.state = DeploymentState::Active.into();
            for group in &mut entry.groups {
                group.state = GroupState::Open.into();
            }
            let id = DeploymentId::from_wire(&entry.deployment.id).unwrap();
            open(&mut entry.escrow_account, &AccountId::Deployment(id));
        }
        self.deployments = self.deployments.iter().cycle().take(100).cloned().collect();
    }
}

fn unhex(text: &str) -> Vec<u8> {
    text.as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

fn page<P: Page>() -> P {
    let path = format!("{}/../vectors/{}", env!("CARGO_MANIFEST_DIR"), P::FILE);
    let file: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut page = P::default();
    for vector in file["vectors"].as_array().unwrap() {
        if vector["type"] == P::FULL_NAME
            && (vector["case"] == "typical" || vector["case"] == "full")
        {
            page.extend(P::decode(unhex(vector["hex"].as_str().unwrap()).as_slice()).unwrap());
        }
    }
    page.repeat();
    page
}

#[divan::bench(types = [QueryBidsResponse, QueryDeploymentsResponse])]
fn decode<P: Page>(bencher: Bencher<'_, '_>) {
    let bytes = page::<P>().encode_to_vec();
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench_local(|| P::decode(divan::black_box(bytes.as_slice())).unwrap());
}

#[divan::bench(types = [QueryBidsResponse, QueryDeploymentsResponse])]
fn encode<P: Page>(bencher: Bencher<'_, '_>) {
    let page = page::<P>();
    bencher
        .counter(BytesCount::new(page.encoded_len()))
        .bench_local(|| divan::black_box(&page).encode_to_vec());
}

#[divan::bench(types = [QueryBidsResponse, QueryDeploymentsResponse])]
fn print_json<P: Page>(bencher: Bencher<'_, '_>) {
    let bytes = page::<P>().encode_to_vec();
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench_local(|| json::to_text(P::FULL_NAME, divan::black_box(&bytes)).unwrap());
}

#[divan::bench(types = [QueryBidsResponse, QueryDeploymentsResponse])]
fn read_json<P: Page>(bencher: Bencher<'_, '_>) {
    let bytes = page::<P>().encode_to_vec();
    let value = json::to_json(P::FULL_NAME, &bytes).unwrap();
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench_local(|| json::from_json(P::FULL_NAME, divan::black_box(&value)).unwrap());
}

#[divan::bench(types = [QueryBidsResponse, QueryDeploymentsResponse])]
fn check<P: Page>(bencher: Bencher<'_, '_>) {
    let bytes = page::<P>().encode_to_vec();
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench_local(|| strict::check_any(P::TYPE_URL, divan::black_box(&bytes)).unwrap());
}

fn bid(entry: &QueryBidResponse) -> (Bid, EscrowAccount) {
    (
        Bid::from_wire(&entry.bid).unwrap(),
        EscrowAccount::from_wire(&entry.escrow_account).unwrap(),
    )
}

/// From the bytes of a page to the market's own types, escrow accounts included.
#[divan::bench]
fn bids_into_domain(bencher: Bencher<'_, '_>) {
    let bytes = page::<QueryBidsResponse>().encode_to_vec();
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench_local(|| {
            let page = QueryBidsResponse::decode(divan::black_box(bytes.as_slice())).unwrap();
            page.bids.iter().map(bid).collect::<Vec<_>>()
        });
}

fn deployment(entry: &QueryDeploymentResponse) -> (Deployment, Vec<Group>, EscrowAccount) {
    (
        Deployment::from_wire(&entry.deployment).unwrap(),
        entry
            .groups
            .iter()
            .map(|group| Group::from_wire(group).unwrap())
            .collect(),
        EscrowAccount::from_wire(&entry.escrow_account).unwrap(),
    )
}

/// As [`bids_into_domain`], with deployments and their groups.
#[divan::bench]
fn deployments_into_domain(bencher: Bencher<'_, '_>) {
    let bytes = page::<QueryDeploymentsResponse>().encode_to_vec();
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench_local(|| {
            let page =
                QueryDeploymentsResponse::decode(divan::black_box(bytes.as_slice())).unwrap();
            page.deployments.iter().map(deployment).collect::<Vec<_>>()
        });
}

/// From the market's own types to the bytes of bids.
#[divan::bench]
fn bids_from_domain(bencher: Bencher<'_, '_>) {
    let page = page::<QueryBidsResponse>();
    let bids: Vec<Bid> = page.bids.iter().map(|entry| bid(entry).0).collect();
    let bytes: usize = bids.iter().map(|bid| bid.to_wire().encoded_len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        divan::black_box(&bids)
            .iter()
            .map(|bid| bid.to_wire().encode_to_vec())
            .collect::<Vec<_>>()
    });
}
