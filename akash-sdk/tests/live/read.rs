//! What nodes answer does not depend on how they are asked.

use crate::stage::Stage;
use akash_market::id::Height;
use akash_market::query::{Filter, Key};
use akash_sdk::chain::{At, Query, QueryExt};
use akash_sdk::cosmos::Client;
use akash_sdk::cosmos::transport::comet::Comet;
use akash_sdk::cosmos::transport::{Transport, TransportError};
use akash_sdk::cosmos::wire::service::{Status, rpcs};

/// The bytes of an answer, or a node's refusal without what the way of asking adds to it.
async fn ask(transport: &dyn Transport, path: &str, height: i64) -> Result<Vec<u8>, String> {
    match transport.unary(path, Vec::new(), Some(height)).await {
        Ok(answer) => Ok(answer.bytes),
        Err(TransportError::Query { code: 12, .. }) => Err("unknown".to_owned()),
        Err(TransportError::Query { message, .. }) => Err(message),
        Err(error) => panic!("{path}: {error}"),
    }
}

/// Every query of the Akash modules without any field set, and the domain's objects and lists.
pub(crate) async fn transports_answer_alike(stage: &Stage<'_>) {
    let plain = Comet::new(&stage.node.rpc).unwrap();
    let height = plain.status().await.unwrap().height - 1;
    let akash = |path: &str| path.starts_with("/akash.") && !path.contains("discovery");
    let served = [Status::Live, Status::Since21];
    // Without the fields that the REST route names there is no such route.
    let queries = rpcs().filter(|rpc| {
        let free = rpc.rest.is_some_and(|rest| !rest.path.contains('{'));
        akash(rpc.path) && free && !rpc.is_transaction() && served.contains(&rpc.status)
    });
    let (mut answered, mut refused) = (0, 0);
    for rpc in queries {
        let one = ask(&plain, rpc.path, height).await;
        let other = ask(&*stage.transport, rpc.path, height).await;
        match (one, other) {
            (Ok(one), Ok(other)) => {
                assert_eq!(one, other, "{}", rpc.path);
                answered += 1;
            }
            (Err(one), Err(other)) => {
                assert!(
                    one.contains(&other) || other.contains(&one),
                    "{}: {one} | {other}",
                    rpc.path
                );
                refused += 1;
            }
            (one, other) => panic!("{}: {one:?} | {other:?}", rpc.path),
        }
    }
    assert!(answered > 15, "{answered} answered, {refused} refused");

    let at = At::Exactly(Height(height));
    let (one, other) = (Client::connect(plain).await.unwrap(), stage.client().await);
    let rich = stage.rich().await.address().clone();
    let pair = akash_market::oracle::PairId::akt_usd();
    for key in [Key::Params, Key::Vault, Key::Price(pair)] {
        let answers = (
            one.get(&key, at).await.unwrap(),
            other.get(&key, at).await.unwrap(),
        );
        assert_eq!(answers.0, answers.1);
    }
    let owner = Some(rich.clone());
    let (dseq, state, provider) = (None, None, None);
    for filter in [
        Filter::Deployments {
            owner: owner.clone(),
            dseq,
            state,
        },
        Filter::Orders {
            owner: owner.clone(),
            dseq,
            state: None,
        },
        Filter::Bids {
            owner: owner.clone(),
            dseq,
            provider: provider.clone(),
            state: None,
        },
        Filter::Leases {
            owner: owner.clone(),
            dseq,
            provider,
            state: None,
        },
        Filter::Providers,
        Filter::BurnMints { source: owner },
        Filter::Balances { owner: rich },
    ] {
        let all = one.all(&filter, at, 10_000).await.unwrap();
        assert_eq!(
            other.all(&filter, at, 10_000).await.unwrap(),
            all,
            "{filter:?}"
        );
    }
}
