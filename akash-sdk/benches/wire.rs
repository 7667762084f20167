//! Bytes to messages and back, and bytes to JSON, for the largest answers a client reads: a page of
//! bids and a page of deployments.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark"
)]

use akash_market::bid::Bid;
use akash_market::deployment::{Deployment, Group};
use akash_market::escrow::EscrowAccount;
use akash_sdk::cosmos::convert::Wire;
use akash_sdk::cosmos::json;
use akash_sdk::cosmos::wire::akash::deployment::v1beta4::QueryDeploymentsResponse;
use akash_sdk::cosmos::wire::akash::market::v1beta5::QueryBidsResponse;
use akash_sdk::cosmos::wire::{TypeUrl, strict};
use divan::Bencher;
use divan::counter::BytesCount;
use prost::Message;

#[global_allocator]
static ALLOCATIONS: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

/// Encoded answers with 100 entries, from golden data.
trait Page: TypeUrl {
    const FILE: &'static str;
    fn repeat(&mut self);
}

impl Page for QueryBidsResponse {
    const FILE: &'static str = "wire/akash.market.v1beta5.json";
    fn repeat(&mut self) {
        self.bids = self.bids.iter().cycle().take(100).cloned().collect();
    }
}

impl Page for QueryDeploymentsResponse {
    const FILE: &'static str = "wire/akash.deployment.v1beta4.json";
    fn repeat(&mut self) {
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
    let vectors = file["vectors"].as_array().unwrap();
    let full = vectors
        .iter()
        .find(|v| v["type"] == P::FULL_NAME && v["case"] == "full")
        .unwrap();
    let mut page = P::decode(unhex(full["hex"].as_str().unwrap()).as_slice()).unwrap();
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

/// A recorded answer of a real node, its entries repeated to 100.
fn recorded<P: Page>(name: &str) -> Vec<u8> {
    let path = format!(
        "{}/../vectors/chain/query/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let file: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let bytes = unhex(file["response_hex"].as_str().unwrap());
    let mut page = P::decode(bytes.as_slice()).unwrap();
    page.repeat();
    page.encode_to_vec()
}

/// From the bytes of a page to the market's own types, escrow accounts included.
#[divan::bench]
fn bids_into_domain(bencher: Bencher<'_, '_>) {
    let bytes = recorded::<QueryBidsResponse>("067-bids-open");
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench_local(|| {
            let page = QueryBidsResponse::decode(divan::black_box(bytes.as_slice())).unwrap();
            let read =
                |entry: &akash_sdk::cosmos::wire::akash::market::v1beta5::QueryBidResponse| {
                    let bid = Bid::from_wire(&entry.bid).unwrap();
                    (
                        bid,
                        EscrowAccount::from_wire(&entry.escrow_account).unwrap(),
                    )
                };
            page.bids.iter().map(read).collect::<Vec<_>>()
        });
}

/// As [`bids_into_domain`], with deployments and their groups.
#[divan::bench]
fn deployments_into_domain(bencher: Bencher<'_, '_>) {
    let bytes = recorded::<QueryDeploymentsResponse>("132-deployments-all");
    bencher
        .counter(BytesCount::new(bytes.len()))
        .bench_local(|| {
            let page =
                QueryDeploymentsResponse::decode(divan::black_box(bytes.as_slice())).unwrap();
            let read =
            |entry: &akash_sdk::cosmos::wire::akash::deployment::v1beta4::QueryDeploymentResponse| {
                let groups: Vec<Group> =
                    entry.groups.iter().map(|group| Group::from_wire(group).unwrap()).collect();
                let deployment = Deployment::from_wire(&entry.deployment).unwrap();
                let account = EscrowAccount::from_wire(&entry.escrow_account).unwrap();
                (deployment, groups, account)
            };
            page.deployments.iter().map(read).collect::<Vec<_>>()
        });
}
