//! Figures and status documents read over the ports of a served market are those of its ledger.

use super::{World, world};
use akash_market::certificate::{Certificate, CertificateState};
use akash_market::metrics::{Capacity, Figures, by_model, gpu_utilisation};
use akash_market::provider::Provider;
use akash_market::query::{Entity, Filter};
use akash_market::time::Timestamp;
use akash_sdk::chain::{At, QueryExt};
use akash_sdk::cosmos::Client;
use akash_sdk::cosmos::transport::HttpOptions;
use akash_sdk::cosmos::transport::comet::Comet;
use akash_sdk::devnet::server::Server;
use akash_sdk::gateway::{StatusError, read_status};
use akash_sdk::identity::certificate::CertificateRequest;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

fn leased() -> World {
    let world = world(5);
    for (dseq, name) in [(100, "vllm-80gb"), (200, "two-regions")] {
        let (_, text) = super::EXAMPLES.iter().find(|(n, _)| *n == name).unwrap();
        let mut deployment = world.deploy(dseq, text);
        World::finish(&mut deployment);
        assert!(deployment.ending().unwrap().is_ok());
    }
    world
}

async fn served(world: &World) -> (Server, Client) {
    let server = Server::builder(world.devnet.clone())
        .block_interval(None)
        .block_after_tx(None)
        .wall_clock(false)
        .providers(&world.populace)
        .start()
        .await
        .unwrap();
    let node = Comet::new(&server.endpoints().rpc).unwrap();
    let client = Client::connect(node).await.unwrap();
    (server, client)
}

async fn providers(client: &Client) -> Vec<Provider> {
    let found = client.all(&Filter::Providers, At::Latest, 100).await;
    let found = found.unwrap().into_iter().map(|entity| match entity {
        Entity::Provider(provider) => provider,
        other => panic!("{other:?}"),
    });
    found.collect()
}

#[tokio::test]
async fn figures_of_a_served_market() {
    let world = leased();
    let (server, client) = served(&world).await;
    let (tracker, block) = client.tracker(1_000).await.unwrap();
    let figures = tracker.figures(block).unwrap();
    assert_eq!(figures, world.devnet.with_ledger(Figures::of).unwrap());
    assert_eq!(figures.leases_active, 3);
    assert_eq!(figures.used.gpu, 1);
    // A list that is longer than wanted is told.
    assert!(client.tracker(2).await.is_err());

    let now = block.time;
    let mut reports = Vec::new();
    for provider in providers(&client).await {
        let hosts = &server.endpoints().providers;
        let (_, at) = hosts
            .iter()
            .find(|(host, _)| *host == provider.host_uri)
            .unwrap();
        let options = HttpOptions::default();
        let report = read_status(&provider, &[], Some(at), options, now)
            .await
            .unwrap();
        let name = world.populace.name(&provider.owner).unwrap();
        let own = world.devnet.with_ledger(|l| world.populace.report(name, l));
        assert_eq!(Some(&report), own.as_ref());
        reports.push(report);
    }
    let capacity = Capacity::of(&reports, now);
    assert_eq!((capacity.providers, capacity.active.gpu), (5, 1));
    assert_eq!(gpu_utilisation(&reports, now).used, 1);
    let models = by_model(&reports, now).unwrap();
    let h100 = models.iter().find(|m| m.model.model == "h100").unwrap();
    assert_eq!((h100.total, h100.leased), (16, 1));

    // One that has vanished does not answer.
    world.populace.set_vanished("cedar", true);
    let cedar = providers(&client).await.into_iter();
    let mut cedar = cedar.filter(|p| p.host_uri.contains("cedar"));
    let cedar = cedar.next().unwrap();
    let hosts = &server.endpoints().providers;
    let (_, at) = hosts
        .iter()
        .find(|(host, _)| *host == cedar.host_uri)
        .unwrap();
    let answer = read_status(&cedar, &[], Some(at), HttpOptions::default(), now).await;
    assert!(
        matches!(answer, Err(StatusError::Transport(_))),
        "{answer:?}"
    );
}

/// Puts TLS in front of a port; gives the address.
async fn behind_tls(plain: &str, certificate: &[u8], key: &[u8]) -> String {
    let mut config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from(certificate.to_vec())],
            PrivateKeyDer::try_from(key.to_vec()).unwrap(),
        )
        .unwrap();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let plain = plain.trim_start_matches("http://").to_owned();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, plain) = (acceptor.clone(), plain.clone());
            tokio::spawn(async move {
                if let Ok(mut near) = acceptor.accept(stream).await {
                    let mut far = TcpStream::connect(plain).await.unwrap();
                    let _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
                }
            });
        }
    });
    format!("https://localhost:{port}")
}

#[tokio::test]
async fn a_provider_shows_the_certificate_that_stands_on_the_chain() {
    let world = world(1);
    let (server, client) = served(&world).await;
    let provider = providers(&client).await.remove(0);
    let (_, plain) = &server.endpoints().providers[0];
    let request = CertificateRequest {
        serial: 7,
        not_before: 1_700_000_000,
        not_after: 4_000_000_000,
        dns_names: vec!["localhost".to_owned()],
        ip_addresses: Vec::new(),
    };
    let issued = request.issue(&provider.owner, &[7; 32]).unwrap();
    let at = behind_tls(plain, issued.certificate_der(), issued.private_key_der()).await;
    let on_chain = |state| Certificate {
        owner: provider.owner.clone(),
        serial: "7".to_owned(),
        state,
        cert: issued.certificate_pem().into_bytes(),
        pubkey: issued.public_key_pem().into_bytes(),
    };
    let ask = async |certificates: &[Certificate]| {
        let options = HttpOptions::default();
        read_status(&provider, certificates, Some(&at), options, Timestamp(0)).await
    };
    let report = ask(&[on_chain(CertificateState::Valid)]).await.unwrap();
    assert_eq!(report.owner, provider.owner);
    for refused in [Vec::new(), vec![on_chain(CertificateState::Revoked)]] {
        let answer = ask(&refused).await;
        assert!(
            matches!(answer, Err(StatusError::Transport(_))),
            "{answer:?}"
        );
    }
}
