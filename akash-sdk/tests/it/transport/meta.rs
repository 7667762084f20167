//! A network's facts fetched anew from a mirror of the `net` repository.

use super::server::{self, Reply};
use akash_sdk::cosmos::endpoints::meta::{MAX_LEN, NetworkMeta};
use akash_sdk::cosmos::profile::Profile;
use akash_sdk::cosmos::transport::TransportError;

#[tokio::test]
async fn facts_are_fetched_and_become_a_profile() {
    let mut changed = NetworkMeta::bundled("mainnet").unwrap().clone();
    changed.apis.rpc.truncate(1);
    changed.apis.rpc[0].address = "https://new.example:443/rpc".to_owned();
    let text = serde_json::to_string(&changed).unwrap();
    let base = server::serve(move |request| match request.path.as_str() {
        "/net/main/mainnet/meta.json" => Reply::json(200, &text),
        "/net/main/broken/meta.json" => Reply::json(200, "{\"chain_id\":"),
        "/net/main/huge/meta.json" => Reply::json(200, &" ".repeat(MAX_LEN + 1)),
        _ => Reply::json(404, "404: Not Found"),
    })
    .await;
    let base = format!("http://{base}/net/main");
    let fetched = NetworkMeta::fetch_from(&base, "mainnet").await.unwrap();
    assert_eq!(fetched, changed);
    let profile = Profile::from_meta("mainnet", &fetched);
    assert_eq!(profile.rpc, ["https://new.example:443/rpc"]);

    let refused = async |network| {
        let error = NetworkMeta::fetch_from(&base, network).await;
        error.unwrap_err()
    };
    let (broken, huge, gone) = (
        refused("broken").await,
        refused("huge").await,
        refused("gone").await,
    );
    assert!(
        matches!(broken, TransportError::Malformed { .. }),
        "{broken:?}"
    );
    assert!(matches!(huge, TransportError::TooLarge { .. }), "{huge:?}");
    assert!(
        matches!(gone, TransportError::Status { status: 404, .. }),
        "{gone:?}"
    );
}
