//! The market on a node that somebody else runs: every scene through signed transactions, over each transport.
//!
//! | variable | |
//! |---|---|
//! | `AKASH_RPC` | CometBFT JSON-RPC of the node, such as `http://127.0.0.1:26657` |
//! | `AKASH_MNEMONIC` | a wallet whose first account owns at least 200 AKT for each run; all others who act are new accounts of it |
//! | `AKASH_REST`, `AKASH_GRPC` | the node's REST gateway and gRPC; left out if they are not given |
//! | `AKASH_DENOM_PRICE` | gas price, such as `0.025uakt` (the default) |
//! | `AKASH_ORACLE_MNEMONIC` | for a network of your own: the wallet whose first account is a price source, which then posts 1.25 dollars |
//! | `AKASH_RESTART` | for a node of your own: a command that kills it and starts it again |
//!
//! Without the first two the live part is skipped, which is told. The same scenes always run on the embedded network.
//! The scenes take turns, because they share an account: `cargo test -p akash-sdk --test live on_a_node`.
#![cfg(feature = "websocket")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod driver;
mod follow;
mod identity;
mod life;
mod money;
mod provider;
mod read;
mod stage;
#[path = "../it/local/willing.rs"]
mod willing;

/// Two tests for each scene: on the node that the environment names, and on the embedded network.
macro_rules! scenes {
    ($($module:ident: $($scene:ident),+;)+) => {
        mod on_a_node {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $scene() {
                    crate::stage::on_a_node(stringify!($scene), crate::$module::$scene).await;
                }
            )+)+
        }

        #[cfg(feature = "devnet-server")]
        mod embedded {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $scene() {
                    crate::stage::embedded(stringify!($scene), crate::$module::$scene).await;
                }
            )+)+
        }
    };
}

scenes! {
    driver: a_tenant_and_a_provider_find_each_other;
    follow: every_event_comes_once_while_the_connection_breaks;
    identity: certificates_are_published_listed_and_revoked, attributes_are_confirmed_and_taken_back;
    life: a_deployment_lives, groups_stop_and_go_on, a_provider_reclaims;
    money: akt_becomes_act_and_back, another_account_pays_the_fee, another_account_pays_the_deposit,
        one_account_acts_for_another, many_go_at_once;
    provider: a_provider_comes_and_stays;
    read: transports_answer_alike;
}
