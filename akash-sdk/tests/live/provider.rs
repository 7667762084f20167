//! A provider's record, its bids and its money.

use crate::life::{bid_on, register};
use crate::stage::{Stage, fee};
use akash_market::action::Action;
use akash_market::bid::BidState;
use akash_market::escrow::{AccountId, Deposit};
use akash_market::lease::CloseReason;
use akash_market::provider::ProviderInfo;
use akash_sdk::chain::{At, QueryExt};
use akash_sdl::num::{Coin, Denom};

pub(crate) async fn a_provider_comes_and_stays(stage: &Stage<'_>) {
    let tenant = stage.tenant(2_000_000).await;
    let [provider] = stage.others(&tenant, 3_000_000).await;
    let owner = provider.address().clone();
    let delete = || Action::DeleteProvider {
        owner: owner.clone(),
    };
    provider
        .refused(delete(), "invalid provider: address not found")
        .await;
    register(&provider).await;
    let record = |host: &str, update: bool| {
        let (owner, host_uri) = (owner.clone(), format!("https://{host}:8443"));
        let attributes = vec![akash_sdl::attribute::Attribute {
            key: "region".to_owned(),
            value: "eu-west".to_owned(),
        }];
        let info = ProviderInfo {
            email: "hello@example.com".to_owned(),
            website: "https://example.com".to_owned(),
        };
        if update {
            Action::UpdateProvider {
                owner,
                host_uri,
                attributes,
                info,
            }
        } else {
            Action::CreateProvider {
                owner,
                host_uri,
                attributes,
                info,
            }
        }
    };
    let again = record("other.example", false);
    provider
        .refused(again, "invalid provider: already exists")
        .await;
    provider.act(record("other.example", true)).await;
    let found = provider
        .client
        .provider(&owner, At::Latest)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(found.host_uri, "https://other.example:8443");
    assert_eq!(found.attributes[0].value, "eu-west");
    assert_eq!(found.info.email, "hello@example.com");
    // No node can do that yet.
    provider.refused(delete(), "NOTIMPLEMENTED").await;

    // A bid that is taken back, with its deposit.
    let sdl = akash_sdl::parse(crate::life::SDL).unwrap();
    let id = tenant.deployment();
    tenant
        .act(Action::CreateDeployment {
            id: id.clone(),
            groups: sdl.groups().to_vec(),
            hash: sdl.version().as_bytes().to_vec(),
            deposit: Deposit::from_balance(Coin::uact(500_000)),
            reclamation_min_window: None,
        })
        .await;
    let order = id.group(1).order(1);
    let bid = order.bid(owner.clone());
    let before = provider.holds(&Denom::UAKT).await;
    let placed = provider.act(bid_on(&provider, &order, None).await).await;
    let held = before - 500_000 - fee(&placed);
    assert_eq!(provider.holds(&Denom::UAKT).await, held);
    let escrow = provider
        .client
        .escrow(&AccountId::Bid(bid.clone()), At::Latest)
        .await;
    assert_eq!(
        escrow.unwrap().unwrap().deposits[0]
            .balance
            .amount()
            .to_string(),
        "500000.000000000000000000"
    );
    provider
        .refused(bid_on(&provider, &order, None).await, "bid exists")
        .await;
    let close = Action::CloseBid {
        id: bid.clone(),
        reason: CloseReason::UNSPECIFIED,
    };
    let closed = provider.act(close).await;
    assert_eq!(
        provider.holds(&Denom::UAKT).await,
        held + 500_000 - fee(&closed)
    );
    let found = provider.client.bid(&bid, At::Latest).await.unwrap();
    assert_eq!(found.unwrap().state, BidState::Closed);
    tenant.act(Action::CloseDeployment { id }).await;
}
