//! The client stack on the embedded network: read, sign, submit, follow.

use akash_market::action::Action;
use akash_market::query::{Entity, Filter, Key, Page};
use akash_market::workflow::fund::FundPlan;
use akash_sdk::chain::{
    At, Chain, Changes, Cursor, Followed, Query, QueryExt, Resolution, Submit, SubmitOptions,
};
use akash_sdk::cosmos::Client;
use akash_sdk::devnet::Devnet;
use akash_sdk::journal::{JobId, MemoryJournal};
use akash_sdk::tenant::Funder;
use akash_sdl::num::{Coin, Denom};
use futures_util::FutureExt;
use std::sync::Arc;

/// The embedded network never waits for anything outside, so that one poll is enough.
fn run<T>(work: impl Future<Output = T>) -> T {
    work.now_or_never()
        .expect("the embedded network does not wait")
}

fn client(devnet: &Devnet, name: &str) -> Client {
    let signer = devnet.account(name).unwrap().signer.clone();
    run(Client::connect(devnet.clone()))
        .unwrap()
        .with_signer(signer)
}

fn send(devnet: &Devnet, amount: u128) -> Action {
    Action::Send {
        from: devnet.account("tenant").unwrap().address().clone(),
        to: devnet.account("tenant2").unwrap().address().clone(),
        coins: vec![Coin::uakt(amount)],
    }
}

#[test]
fn a_transfer_lands_once_and_pays_its_fee() {
    let devnet = Devnet::builder().build().unwrap();
    let client = client(&devnet, "tenant");
    let tenant = devnet.account("tenant").unwrap().address().clone();
    run(async {
        let before = client
            .balance(&tenant, &Denom::UAKT, At::Latest)
            .await
            .unwrap();
        let batch = send(&devnet, 5).into();
        let prepared = client
            .prepare(&batch, &SubmitOptions::default())
            .await
            .unwrap();
        assert_eq!(
            client.resolve(&prepared).await.unwrap(),
            Resolution::Pending
        );
        client.send(&prepared).await.unwrap();
        // The same bytes again are harmless.
        client.send(&prepared).await.unwrap();
        devnet.mine(1).unwrap();
        let Resolution::Included(inclusion) = client.resolve(&prepared).await.unwrap() else {
            panic!("it should stand in a block")
        };
        assert!(inclusion.result.is_ok(), "{inclusion:?}");
        assert!(inclusion.gas_used <= inclusion.gas_wanted);
        let after = client
            .balance(&tenant, &Denom::UAKT, At::Latest)
            .await
            .unwrap();
        let fee = &inclusion.fee[0];
        assert_eq!(
            before.sub(&after).unwrap(),
            fee.add(&Coin::uakt(5)).unwrap()
        );
        // Sent again after it landed: refused, and still one transfer.
        assert!(client.send(&prepared).await.is_err());
    });
}

#[test]
fn a_transaction_that_was_never_sent_can_never_land_after_its_time() {
    let devnet = Devnet::builder().build().unwrap();
    let client = client(&devnet, "tenant");
    run(async {
        let batch = send(&devnet, 5).into();
        let prepared = client
            .prepare(&batch, &SubmitOptions::default())
            .await
            .unwrap();
        devnet.mine(20).unwrap();
        assert_eq!(
            client.resolve(&prepared).await.unwrap(),
            Resolution::Pending
        );
        devnet.mine(1).unwrap();
        assert_eq!(
            client.resolve(&prepared).await.unwrap(),
            Resolution::CanNeverLand
        );
        assert!(client.send(&prepared).await.is_err());
    });
}

#[test]
fn changes_are_followed_without_gap_or_duplicate() {
    let devnet = Devnet::builder().build().unwrap();
    let client = client(&devnet, "tenant");
    run(async {
        let all = client.next(Cursor::START).await.unwrap();
        let Some(Followed::Block(block)) = all.last() else {
            panic!("a block at the end")
        };
        assert_eq!(*block, devnet.block());
        // Nothing new: it waits, which makes a block here.
        let more = client
            .next(Cursor::after_block(block.height.0))
            .await
            .unwrap();
        assert_eq!(devnet.height(), block.height.0 + 1);
        assert!(
            more.iter().any(|f| matches!(f, Followed::Change(_))),
            "a price at least"
        );
        // From inside a block the rest of it follows.
        let Followed::Change(first) = &more[0] else {
            panic!("a change first")
        };
        let rest = client.next(first.cursor).await.unwrap();
        assert_eq!(rest[..], more[1..]);
    });
}

#[test]
fn lists_are_read_page_by_page_from_one_state() {
    let devnet = Devnet::builder().build().unwrap();
    let client = client(&devnet, "tenant");
    run(async {
        let owner = devnet.account("tenant").unwrap().address().clone();
        let filter = Filter::Balances { owner };
        let listing = client
            .list(&filter, &Page::default(), At::Latest)
            .await
            .unwrap();
        assert!(
            matches!(&listing.items[..], [Entity::Balance(coin)] if *coin.denom() == Denom::UAKT)
        );
        let nobody = Key::Provider(devnet.account("tenant").unwrap().address().clone());
        assert_eq!(client.get(&nobody, At::Latest).await.unwrap(), None);
    });
}

#[test]
fn act_is_minted_at_the_oracle_price() {
    let devnet = Devnet::builder().build().unwrap();
    let tenant = devnet.account("tenant").unwrap().address().clone();
    let chain: Arc<dyn Chain> = Arc::new(client(&devnet, "tenant"));
    let funder = Funder::new(Arc::clone(&chain), Arc::new(MemoryJournal::default()));
    run(async {
        let plan = FundPlan {
            owner: tenant.clone(),
            burn: Coin::uakt(100_000_000),
            mint: Denom::UACT,
        };
        let mut run = funder.fund(JobId("fund".to_owned()), plan).await.unwrap();
        let mut shown = 0;
        while run.next().await.unwrap().is_some() {
            shown += 1;
            assert!(shown < 200, "it should end");
        }
        let record = run.ending().unwrap().unwrap();
        // 100 AKT at 1.25 less a spread of 25 basis points.
        assert_eq!(
            record.minted.as_ref().unwrap().coin,
            Coin::uact(125_000_000)
        );
        assert_eq!(record.spread, Coin::uact(312_500));
        let held = chain
            .balance(&tenant, &Denom::UACT, At::Latest)
            .await
            .unwrap();
        assert_eq!(held, Coin::uact(124_687_500));
    });
}
