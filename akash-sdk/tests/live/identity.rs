//! Who somebody is: certificates and what auditors say.

use crate::life::register;
use crate::stage::{Stage, since_1970};
use akash_market::action::Action;
use akash_market::certificate::CertificateState;
use akash_market::query::{Entity, Filter, Key};
use akash_market::workflow::Settled;
use akash_sdk::chain::{At, Query, QueryExt};
use akash_sdk::identity::certificate::CertificateRequest;
use akash_sdk::tenant::Certificates;

pub(crate) async fn certificates_are_published_listed_and_revoked(stage: &Stage<'_>) {
    let rich = stage.rich().await;
    let [owner] = stage.others(&rich, 1_000_000).await;
    let now = since_1970();
    let begin = i64::try_from(now.as_secs()).unwrap() - 60;
    let made = CertificateRequest {
        serial: u64::try_from(now.as_nanos()).unwrap(),
        not_before: begin,
        not_after: begin + 365 * 86_400,
        dns_names: vec![],
        ip_addresses: vec![],
    }
    .issue(owner.address(), &[9; 32])
    .unwrap();
    let certificates = Certificates::new(owner.sender.clone(), owner.address().clone());
    let published = certificates.publish(&made).await.unwrap();
    assert!(
        matches!(published.settled, Settled::Done { .. }),
        "{published:?}"
    );
    // Once more sends nothing.
    let again = certificates.publish(&made).await.unwrap();
    assert_eq!(again.settled, published.settled);

    let valid = certificates
        .list(Some(CertificateState::Valid))
        .await
        .unwrap();
    let [certificate] = &valid[..] else {
        panic!("{valid:?}")
    };
    assert_eq!(certificate.cert, made.certificate_pem().as_bytes());
    assert_eq!(certificate.pubkey, made.public_key_pem().as_bytes());
    let serial = certificate.serial.clone();
    let key = Key::Certificate {
        owner: owner.address().clone(),
        serial: serial.clone(),
    };
    let found = owner.client.get(&key, At::Latest).await.unwrap();
    assert_eq!(found, Some(Entity::Certificate(certificate.clone())));

    let revoked = certificates.revoke(&serial).await.unwrap();
    assert!(
        matches!(revoked.settled, Settled::Done { .. }),
        "{revoked:?}"
    );
    let valid = certificates
        .list(Some(CertificateState::Valid))
        .await
        .unwrap();
    assert!(valid.is_empty(), "{valid:?}");
    let revoked = certificates
        .list(Some(CertificateState::Revoked))
        .await
        .unwrap();
    assert_eq!(revoked.len(), 1);
    assert_eq!(certificates.list(None).await.unwrap(), revoked);
    let again = Action::RevokeCertificate {
        owner: owner.address().clone(),
        serial,
    };
    owner.refused(again, "certificate already revoked").await;
    let unknown = Action::RevokeCertificate {
        owner: owner.address().clone(),
        serial: "1".to_owned(),
    };
    owner.refused(unknown, "certificate not found").await;
}

pub(crate) async fn attributes_are_confirmed_and_taken_back(stage: &Stage<'_>) {
    let rich = stage.rich().await;
    let [provider, auditor] = stage.others(&rich, 1_000_000).await;
    register(&provider).await;
    let attribute = |key: &str| akash_sdl::attribute::Attribute {
        key: key.to_owned(),
        value: "yes".to_owned(),
    };
    let (owner, by) = (provider.address(), auditor.address());
    auditor
        .act(Action::SignAttributes {
            owner: owner.clone(),
            auditor: by.clone(),
            attributes: vec![attribute("host"), attribute("tier")],
        })
        .await;
    let delete = |keys: &[&str]| Action::DeleteAttributes {
        owner: owner.clone(),
        auditor: by.clone(),
        keys: keys.iter().map(|&key| key.to_owned()).collect(),
    };
    auditor.act(delete(&["host"])).await;
    let filter = Filter::Audits {
        owner: owner.clone(),
    };
    let audits = auditor.client.all(&filter, At::Latest, 10).await.unwrap();
    let [Entity::Audit(audit)] = &audits[..] else {
        panic!("{audits:?}")
    };
    assert_eq!(audit.attributes, [attribute("tier")]);
    let missing = "trying to delete non-existing attribute";
    auditor.refused(delete(&["host"]), missing).await;
    // Without keys everything goes.
    auditor.act(delete(&[])).await;
    let audits = auditor.client.all(&filter, At::Latest, 10).await.unwrap();
    assert!(audits.is_empty(), "{audits:?}");
}
