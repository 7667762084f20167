//! Providers, audit records, certificates, grants, transfers, parameters, lists.

use super::{World, account, provider};
use akash_market::action::Action;
use akash_market::error::Code;
use akash_market::escrow::{Deposit, DepositSource};
use akash_market::grant::GrantScope;
use akash_market::ledger::Rules;
use akash_market::params::ParamsChange;
use akash_market::provider::ProviderInfo;
use akash_market::query::{Entity, Filter, Key, Page};
use akash_market::time::Timestamp;
use akash_sdl::attribute::Attribute;
use akash_sdl::num::{Coin, Denom};

fn world() -> World {
    World::new(Rules::chain())
}

#[test]
fn providers() {
    let mut world = world();
    let create = |number: u8, uri: &str, key: &str| Action::CreateProvider {
        owner: account(number),
        host_uri: uri.to_owned(),
        attributes: vec![Attribute::new(key, "x")],
        info: ProviderInfo::default(),
    };
    assert_eq!(
        world.refusal(create(1, "http://foo", "region")),
        Code::new("provider", 1)
    );
    assert_eq!(
        world.refusal(create(1, "foo", "region")),
        Code::new("provider", 2)
    );
    assert_eq!(
        world.refusal(create(1, "https://foo", "region*")),
        Code::new("akash", 2)
    );
    world.act(create(1, "https://foo", "region"));
    assert_eq!(
        world.refusal(create(1, "https://foo", "region")),
        Code::new("provider", 4)
    );
    let update = |number: u8| Action::UpdateProvider {
        owner: account(number),
        host_uri: "https://bar".to_owned(),
        attributes: Vec::new(),
        info: ProviderInfo::default(),
    };
    assert_eq!(world.refusal(update(2)), Code::new("provider", 3));
    world.act(update(1));
    let Some(Entity::Provider(record)) = world.ledger.get(&Key::Provider(account(1))) else {
        panic!()
    };
    assert_eq!(
        (record.host_uri.as_str(), record.attributes.len()),
        ("https://bar", 0)
    );
    let delete = Action::DeleteProvider { owner: account(1) };
    assert_eq!(world.refusal(delete), Code::new("provider", 10));
}

#[test]
fn audits() {
    let mut world = world();
    let (owner, auditor) = (account(1), account(2));
    let sign = |pairs: &[(&str, &str)]| Action::SignAttributes {
        owner: owner.clone(),
        auditor: auditor.clone(),
        attributes: pairs.iter().map(|(k, v)| Attribute::new(*k, *v)).collect(),
    };
    let delete = |keys: &[&str]| Action::DeleteAttributes {
        owner: owner.clone(),
        auditor: auditor.clone(),
        keys: keys.iter().map(|k| (*k).to_owned()).collect(),
    };
    let read = |world: &World| match world.ledger.get(&Key::Audit {
        owner: owner.clone(),
        auditor: auditor.clone(),
    }) {
        Some(Entity::Audit(record)) => record
            .attributes
            .iter()
            .map(|a| format!("{}={}", a.key, a.value))
            .collect::<Vec<_>>(),
        None => Vec::new(),
        other => panic!("{other:?}"),
    };
    assert_eq!(world.refusal(delete(&[])), Code::new("audit", 1));
    world.act(sign(&[("b", "1"), ("c", "1")]));
    world.act(sign(&[("a", "1"), ("b", "2")]));
    assert_eq!(read(&world), ["a=1", "b=2", "c=1"]);
    assert_eq!(world.refusal(delete(&["a", "x"])), Code::new("audit", 3));
    world.act(delete(&["a", "c"]));
    assert_eq!(read(&world), ["b=2"]);
    world.act(delete(&["b"]));
    assert_eq!(world.refusal(delete(&["b"])), Code::new("audit", 1));
    // A first record is kept as it came, sorted; only what is merged into it has each key once.
    world.act(sign(&[("b", "2"), ("a", "1"), ("b", "1")]));
    assert_eq!(read(&world), ["a=1", "b=2", "b=1"]);
    world.act(sign(&[]));
    assert_eq!(read(&world), ["a=1", "b=1"]);
}

#[test]
fn certificates() {
    let mut world = world();
    let create = |serial: &str| Action::CreateCertificate {
        owner: account(1),
        serial: serial.to_owned(),
        cert: vec![1],
        pubkey: vec![2],
    };
    let revoke = |serial: &str| Action::RevokeCertificate {
        owner: account(1),
        serial: serial.to_owned(),
    };
    assert_eq!(world.refusal(revoke("x")), Code::new("cert", 5));
    assert_eq!(world.refusal(revoke("7")), Code::new("cert", 1));
    for serial in ["10", "9", "7"] {
        world.act(create(serial));
    }
    assert_eq!(world.refusal(create("7")), Code::new("cert", 3));
    world.act(revoke("+07"));
    assert_eq!(world.refusal(revoke("7")), Code::new("cert", 4));
    assert_eq!(world.refusal(revoke("-7")), Code::new("cert", 1));
    assert_eq!(world.refusal(create("7")), Code::new("cert", 3));
    let filter = Filter::Certificates {
        owner: account(1),
        state: None,
    };
    let items = world.ledger.list(&filter, &Page::default()).unwrap().items;
    let serials: Vec<String> = items
        .into_iter()
        .map(|entity| match entity {
            Entity::Certificate(c) => c.serial,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(serials, ["7", "9", "10"]);
}

#[test]
fn transfers() {
    let mut world = world();
    let send = |to, coins| Action::Send {
        from: account(1),
        to,
        coins,
    };
    world.act(send(account(2), vec![Coin::uakt(5)]));
    assert_eq!(world.gain(&account(2), &Denom::UAKT), 5);
    let escrow = world.ledger.modules().escrow.clone();
    for (to, coins, code) in [
        (account(2), vec![Coin::uact(5)], Code::new("bank", 5)),
        (account(2), vec![Coin::uakt(0)], Code::new("sdk", 10)),
        (account(2), Vec::new(), Code::new("sdk", 10)),
        (account(2), vec![Coin::uakt(u128::MAX)], Code::new("sdk", 5)),
        (escrow, vec![Coin::uakt(5)], Code::new("sdk", 4)),
    ] {
        assert_eq!(world.refusal(send(to, coins)), code);
    }
    let fee = [Coin::uakt(7)];
    let block = world.block();
    world.ledger.charge_fee(block, &account(1), &fee).unwrap();
    let collector = &world.ledger.modules().fee_collector;
    assert_eq!(
        world.ledger.bank().coin(collector, &Denom::UAKT),
        Coin::uakt(7)
    );
}

#[test]
fn grants_end_and_grow_back() {
    let mut world = world();
    let grant = |granter: u8, amount: u128, expires| Action::GrantDeposit {
        granter: account(granter),
        grantee: account(1),
        scopes: vec![GrantScope::Deployment],
        spend_limits: vec![Coin::uact(amount)],
        expires,
    };
    let end = Timestamp::from_secs(world.block().time.unix_secs() + 60);
    world.act(grant(3, 600_000, None));
    world.act(grant(4, 900_000, Some(end)));
    let past = Some(Timestamp::from_secs(1));
    assert_eq!(world.refusal(grant(5, 1, past)), Code::new("authz", 3));
    assert_eq!(world.refusal(grant(1, 1, None)), Code::new("authz", 7));
    let Action::CreateDeployment {
        id, groups, hash, ..
    } = world.create(1, 1, 1)
    else {
        panic!()
    };
    world.act(Action::CreateDeployment {
        id,
        groups,
        hash,
        deposit: Deposit {
            amount: Coin::uact(1_000_000),
            sources: vec![DepositSource::Grant, DepositSource::Balance],
        },
        reclamation_min_window: None,
    });
    assert_eq!(world.gain(&account(3), &Denom::UACT), -600_000);
    assert_eq!(world.gain(&account(4), &Denom::UACT), -400_000);
    // In the block with which a grant ends it is still there, but can't be stored anew: what came from it can't go back.
    world.wait(10);
    assert_eq!(world.block().time, end);
    let close = Action::CloseDeployment { id: world.id(1) };
    assert_eq!(
        world.refused(close.clone()).to_string(),
        "expiration must be after the current block time (2023-11-14T22:14:26Z), got 2023-11-14T22:14:26Z: \
         expiration time of authorization should be more than current time"
    );
    world.wait(1);
    world.act(close);
    assert_eq!(world.gain(&account(3), &Denom::UACT), 0);
    assert_eq!(world.gain(&account(4), &Denom::UACT), 0);
    let filter = Filter::Grants {
        grantee: account(1),
    };
    let items = world.ledger.list(&filter, &Page::default()).unwrap().items;
    assert!(
        matches!(&items[..], [Entity::Grant(g)] if g.spend_limits == [Coin::uact(600_000)]),
        "{items:?}"
    );
    let revoke = |granter| Action::RevokeDepositGrant {
        granter: account(granter),
        grantee: account(1),
    };
    world.act(revoke(3));
    assert_eq!(world.refusal(revoke(3)), Code::new("authz", 2));
}

#[test]
fn only_governance_changes_parameters() {
    let mut world = world();
    let mut params = world.ledger.params().market.clone();
    params.order_max_bids = 0;
    let update = |authority, params| Action::UpdateParams {
        authority,
        params: Box::new(ParamsChange::Market(params)),
    };
    let gov = world.ledger.modules().gov.clone();
    // The form is looked at first.
    for anyone in [account(1), gov.clone()] {
        let refused = world.refused(update(anyone, params.clone()));
        assert_eq!(refused.code(), Code::LOST);
        assert_eq!(
            refused.to_string(),
            "parameter invalid: order max bids too low"
        );
    }
    params.order_max_bids = 500;
    assert_eq!(
        world.refusal(update(account(1), params.clone())),
        Code::new("gov", 13)
    );
    world.act(update(gov, params));
    assert_eq!(world.ledger.params().market.order_max_bids, 500);
}

#[test]
fn payments_stand_in_the_order_of_their_texts() {
    let mut world = world();
    for dseq in [2, 12, 1] {
        world.act(world.create(dseq, 10, 5_000_000));
        for gseq in [2, 10, 1] {
            world.lease(dseq, gseq, 3, "10");
        }
    }
    let texts: Vec<String> = world
        .ledger
        .escrow_payments()
        .map(|p| p.id.to_string())
        .collect();
    let mut sorted = texts.clone();
    sorted.sort();
    assert_eq!(texts, sorted);
    assert_eq!(
        (texts.len(), world.ledger.escrow_accounts().count()),
        (9, 12)
    );
}

#[test]
fn pages_join_to_the_whole_list() {
    let mut world = world();
    for dseq in [3, 1, 20, 100] {
        world.act(world.create(dseq, 2, 500_000));
        for number in [1, 2, 3] {
            world.act(World::create_bid(&world.bid_id(dseq, 1, number), "10"));
        }
    }
    world.act(Action::CreateLease {
        id: world.bid_id(20, 1, 2),
    });
    world.act(Action::CloseDeployment { id: world.id(1) });
    let owner = Some(account(1));
    for filter in [
        Filter::Deployments {
            owner: None,
            dseq: None,
            state: None,
        },
        Filter::Deployments {
            owner: owner.clone(),
            dseq: None,
            state: None,
        },
        Filter::Orders {
            owner: None,
            dseq: None,
            state: None,
        },
        Filter::Orders {
            owner: owner.clone(),
            dseq: None,
            state: None,
        },
        Filter::Bids {
            owner: None,
            dseq: None,
            provider: None,
            state: None,
        },
        Filter::Bids {
            owner: owner.clone(),
            dseq: None,
            provider: None,
            state: None,
        },
        Filter::Bids {
            owner: None,
            dseq: None,
            provider: Some(provider(2)),
            state: None,
        },
        Filter::Leases {
            owner: None,
            dseq: None,
            provider: None,
            state: None,
        },
        Filter::Leases {
            owner,
            dseq: None,
            provider: None,
            state: None,
        },
        Filter::Providers,
        Filter::Balances { owner: account(1) },
    ] {
        let whole = world.ledger.list(&filter, &Page::default()).unwrap();
        assert!(
            whole.next.is_none() && !whole.items.is_empty(),
            "{filter:?}"
        );
        for limit in 1..4 {
            let (mut joined, mut page) = (Vec::new(), Page { after: None, limit });
            loop {
                let part = world.ledger.list(&filter, &page).unwrap();
                joined.extend(part.items);
                page.after = part.next;
                if page.after.is_none() {
                    break;
                }
            }
            assert_eq!(joined, whole.items, "{filter:?}");
        }
    }
    let foreign = Page {
        after: Some(b"x".to_vec()),
        limit: 1,
    };
    assert!(world.ledger.list(&Filter::Providers, &foreign).is_err());
}
