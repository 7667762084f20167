//! Every code that the chain's modules register: raised by the ledger, or known never to come, and why.

use super::{TENANT, World, account, dec, provider, uact};
use akash_market::action::Action;
use akash_market::bme::MintStatus;
use akash_market::error::Error;
use akash_market::escrow::{AccountId, Deposit, DepositSource, PaymentId};
use akash_market::grant::GrantScope;
use akash_market::id::{BidId, Bseq, DeploymentId};
use akash_market::lease::CloseReason;
use akash_market::ledger::{EscrowOperation, Rules};
use akash_market::oracle::PairId;
use akash_market::params::ParamsChange;
use akash_market::provider::ProviderInfo;
use akash_market::time::Nanos;
use akash_sdl::attribute::Attribute;
use akash_sdl::num::{Coin, Denom};
use std::collections::BTreeMap;

/// How many codes each module registers; they are numbered from 1 (`bme` skips 1 and 4).
const REGISTERED: [(&str, u32); 8] = [
    ("deployment", 26),
    ("market", 41),
    ("escrow", 18),
    ("provider", 10),
    ("audit", 3),
    ("cert", 9),
    ("bme", 17),
    ("oracle.v2", 7),
];

const NOWHERE: &str = "no handler raises it";
const LOST: &str = "the chain wraps it so that `undefined` 1 arrives";
const TYPED: &str = "a text that is no address never becomes an action; a node answers sdk 7";
const STATES: &str = "no sequence of messages leads to states in which it could be raised";
const QUEUE: &str = "only inside the queue, where it makes a request wait or be cancelled";
const SDK: &str = "the embedded network of akash-sdk answers it, which reads the bytes";

/// Codes that no action on a ledger gets for an answer.
const NEVER: &[(&str, &[u32], &str)] = &[
    ("deployment", &[1, 2, 6, 8, 12, 18, 19], NOWHERE),
    ("deployment", &[11, 22], LOST),
    ("deployment", &[13], STATES),
    (
        "deployment",
        &[21],
        "ids are read from paths by clients only",
    ),
    (
        "deployment",
        &[23],
        "the hook of a bid's account raises it, and its callers drop it",
    ),
    ("deployment", &[25], "the handler wraps it in deployment 7"),
    ("market", &[1], TYPED),
    ("market", &[2], "sdk 36 comes before it"),
    ("market", &[3, 4, 14, 26, 27, 34], NOWHERE),
    ("market", &[9, 11, 16, 17, 20, 25], STATES),
    ("market", &[28, 29], LOST),
    (
        "market",
        &[31],
        "sdk 36 comes before it, and for too many bids the code is lost",
    ),
    (
        "market",
        &[36],
        "a lease that is being reclaimed is not active: market 10 comes before it",
    ),
    ("escrow", &[10, 11, 13, 14, 18], NOWHERE),
    ("escrow", &[12, 15], SDK),
    ("provider", &[5], TYPED),
    (
        "provider",
        &[6],
        "the codes of attributes arrive instead: akash 1 and 2",
    ),
    ("provider", &[7, 9], NOWHERE),
    ("audit", &[2], TYPED),
    ("cert", &[2], TYPED),
    ("cert", &[6, 7], SDK),
    ("cert", &[8, 9], NOWHERE),
    ("bme", &[2], "parameters are refused without a code"),
    ("bme", &[5, 11], NOWHERE),
    ("bme", &[7, 12, 13, 14, 15, 16, 17], QUEUE),
    ("bme", &[1, 4], "not registered"),
    ("oracle.v2", &[1, 2, 3, 5, 6, 7], NOWHERE),
];

type Found = BTreeMap<(&'static str, u32), Error>;

fn note(found: &mut Found, error: Error) {
    let code = error.code();
    found.insert((code.codespace, code.code), error);
}

fn refused(found: &mut Found, world: &mut World, action: Action) {
    let error = world.refused(action);
    note(found, error);
}

fn deployments(found: &mut Found) {
    let mut world = World::new(Rules::chain());
    let create = |edit: &dyn Fn(&mut Action)| {
        let mut action = World::new(Rules::chain()).create(7, 2, 1_000_000);
        edit(&mut action);
        action
    };
    macro_rules! edited {
        ($($field:ident),+ => $body:expr) => {
            create(&|action| {
                if let Action::CreateDeployment { $($field),+, .. } = action {
                    $body
                }
            })
        };
    }
    world.act(world.create(1, 1, 1_000_000));
    let again = world.create(1, 1, 1_000_000);
    refused(found, &mut world, again);
    for action in [
        edited!(groups => groups.clear()),
        edited!(hash => hash.clear()),
        edited!(hash => hash.truncate(31)),
        edited!(deposit => deposit.amount = Coin::uact(1)),
        edited!(reclamation_min_window => *reclamation_min_window = Some(Nanos(-1))),
        Action::CloseDeployment { id: world.id(9) },
        Action::CloseGroup {
            id: world.id(1).group(9),
        },
        Action::StartGroup {
            id: world.id(1).group(1),
        },
    ] {
        refused(found, &mut world, action);
    }
    world.act(Action::PauseGroup {
        id: world.id(1).group(1),
    });
    let pause = Action::PauseGroup {
        id: world.id(1).group(1),
    };
    refused(found, &mut world, pause);
    world.wait(1);
    world.act(Action::CloseDeployment { id: world.id(1) });
    for action in [
        Action::CloseDeployment { id: world.id(1) },
        Action::CloseGroup {
            id: world.id(1).group(1),
        },
    ] {
        refused(found, &mut world, action);
    }
    // Another denom gets as far as its price if governance lets it be deposited.
    let other = Denom::new("uother").unwrap();
    let mut params = world.ledger.params().deployment.clone();
    params.min_deposits.push(Coin::zero(other.clone()));
    let gov = world.ledger.modules().gov.clone();
    world.act(Action::UpdateParams {
        authority: gov,
        params: Box::new(ParamsChange::Deployment(params)),
    });
    let foreign = edited!(groups, deposit => {
        deposit.amount = Coin::zero(other.clone());
        for unit in groups.iter_mut().flat_map(|group| &mut group.resources) {
            unit.price = akash_sdl::num::DecCoin::new(other.clone(), dec("1")).unwrap();
        }
    });
    refused(found, &mut world, foreign);
}

fn markets(found: &mut Found) {
    let mut world = World::new(Rules::chain());
    world.act(world.create(1, 2, 1_000_000));
    let id = world.bid_id(1, 1, 1);
    let other = world.bid_id(1, 1, 2);
    let bid = |id: &BidId| World::create_bid(id, "1");
    let window = |window| {
        let mut action = World::create_bid(&World::new(Rules::chain()).bid_id(1, 2, 3), "1");
        if let Action::CreateBid {
            reclamation_window, ..
        } = &mut action
        {
            *reclamation_window = window;
        }
        action
    };
    let mut stranger = bid(&id.order.bid(account(5)));
    let close = |id: &BidId, reason| Action::CloseBid {
        id: id.clone(),
        reason: CloseReason(reason),
    };
    for action in [
        bid(&world.bid_id(9, 1, 1)),
        World::create_bid(&id, "0"),
        World::create_bid(&id, "100000000"),
        stranger.clone(),
        window(Some(Nanos(1))),
        close(&id, 10_000),
        close(&id, 1),
        Action::CreateLease { id: id.clone() },
        World::withdraw(&id.lease()),
    ] {
        refused(found, &mut world, action);
    }
    if let Action::CreateBid {
        id: stranger,
        resources_offer,
        ..
    } = &mut stranger
    {
        *stranger = id.clone();
        *resources_offer = [akash_market::bid::ResourceOffer {
            resources: akash_sdl::resource::Resources::default(),
            count: 1,
        }]
        .into();
    }
    refused(found, &mut world, stranger);
    for id in [&id, &other] {
        world.act(bid(id));
    }
    refused(found, &mut world, bid(&id));
    world.act(Action::CreateLease { id: id.clone() });
    for action in [
        Action::CreateLease { id: other.clone() },
        bid(&world.bid_id(1, 1, 3)),
        close(&other, 10_000),
        Action::StartReclaim {
            id: id.lease(),
            reason: CloseReason(10_000),
        },
    ] {
        refused(found, &mut world, action);
    }
    world.wait(1);
    world.act(close(&id, 10_000));
    for action in [close(&id, 10_000), Action::CloseLease { id: id.lease() }] {
        refused(found, &mut world, action);
    }
    // Bids that lost only by the fault of the chain stay open without an open order.
    let mut world = World::new(Rules::chain());
    world.act(world.create(1, 1, 1_000_000));
    let ids: Vec<BidId> = (1..=3).map(|n| world.bid_id(1, 1, n)).collect();
    for id in &ids {
        world.act(bid(id));
    }
    world.act(Action::CreateLease { id: ids[0].clone() });
    let stuck = ids.iter().find(|id| super::is_open(&world.read_bid(id)));
    let lease = Action::CreateLease {
        id: stuck.unwrap().clone(),
    };
    refused(found, &mut world, lease);
}

fn reclamations(found: &mut Found) {
    let mut world = World::new(Rules::chain());
    let mut create = world.create(1, 1, 1_000_000);
    if let Action::CreateDeployment {
        reclamation_min_window,
        ..
    } = &mut create
    {
        *reclamation_min_window = Some(super::hours(2));
    }
    world.act(create);
    let id = world.bid_id(1, 1, 1);
    let with = |window| {
        let mut bid = World::create_bid(&id, "1");
        if let Action::CreateBid {
            reclamation_window, ..
        } = &mut bid
        {
            *reclamation_window = window;
        }
        bid
    };
    refused(found, &mut world, with(None));
    refused(found, &mut world, with(Some(super::hours(1))));
    world.act(with(Some(super::hours(2))));
    world.act(Action::CreateLease { id: id.clone() });
    refused(found, &mut world, World::close_bid(&id));
    world.act(Action::StartReclaim {
        id: id.lease(),
        reason: CloseReason::UNSPECIFIED,
    });
    refused(found, &mut world, World::close_bid(&id));
    // A requirement that the provider does not meet.
    let mut create = world.create(2, 1, 1_000_000);
    if let Action::CreateDeployment { groups, .. } = &mut create {
        groups[0].requirements.attributes = vec![Attribute::new("region", "moon")];
    }
    world.act(create);
    let moon = World::create_bid(&world.bid_id(2, 1, 1), "1");
    refused(found, &mut world, moon);
}

fn escrows(found: &mut Found) {
    let mut world = World::new(Rules::chain());
    world.act(world.create(1, 2, 500_000));
    let lease = world.lease(1, 1, 1, "300000");
    let account_id = AccountId::Deployment(world.id(1));
    let payment = PaymentId(world.bid_id(1, 2, 2).lease());
    let open = |id: &PaymentId, rate| EscrowOperation::CreatePayment {
        id: id.clone(),
        owner: provider(2),
        rate,
    };
    let other = akash_sdl::num::DecCoin::new(Denom::new("uother").unwrap(), dec("1")).unwrap();
    let block = world.block();
    for operation in [
        EscrowOperation::Create {
            id: account_id,
            owner: account(TENANT),
            deposit: None,
        },
        open(&payment, other),
        open(&payment, uact("0")),
        open(&PaymentId(lease.clone()), uact("1")),
        EscrowOperation::Withdraw {
            id: payment.clone(),
        },
    ] {
        note(found, world.ledger.escrow(block, &operation).unwrap_err());
    }
    for action in [
        world.add(9, Coin::uact(1)),
        world.add(1, Coin::uact(0)),
        Action::GrantDeposit {
            granter: account(2),
            grantee: account(1),
            scopes: vec![GrantScope::Bid, GrantScope::Bid],
            spend_limits: Vec::new(),
            expires: None,
        },
    ] {
        refused(found, &mut world, action);
    }
    let second = world.bid_id(1, 2, 2);
    world.act(World::create_bid(&second, "1"));
    world.wait(5);
    let late = Action::CreateLease { id: second };
    refused(found, &mut world, late);
    world.act(World::withdraw(&lease));
    refused(found, &mut world, World::withdraw(&lease));
    world.wait(1);
    world.act(world.add(1, Coin::uact(5_000_000)));
    let closed = world.add(1, Coin::uact(1));
    refused(found, &mut world, closed);
}

fn records(found: &mut Found) {
    let mut world = World::new(Rules::chain());
    let record = |owner, uri: &str, website: &str| Action::CreateProvider {
        owner,
        host_uri: uri.to_owned(),
        attributes: Vec::new(),
        info: ProviderInfo {
            email: String::new(),
            website: website.to_owned(),
        },
    };
    let (uri, new) = ("https://a.example", account(8));
    let sign = Action::SignAttributes {
        owner: new.clone(),
        auditor: account(7),
        attributes: vec![Attribute::new("a", "1")],
    };
    let unsign = |key: &str| Action::DeleteAttributes {
        owner: account(8),
        auditor: account(7),
        keys: vec![key.to_owned()],
    };
    let certificate = |serial: &str| Action::CreateCertificate {
        owner: account(1),
        serial: serial.to_owned(),
        cert: vec![1],
        pubkey: vec![2],
    };
    let revoke = Action::RevokeCertificate {
        owner: account(1),
        serial: "7".to_owned(),
    };
    for action in [
        record(new.clone(), "http://a.example", ""),
        record(new.clone(), "a.example", ""),
        record(new.clone(), uri, ":"),
        record(provider(1), uri, ""),
        Action::DeleteProvider { owner: new },
        Action::DeleteProvider { owner: provider(1) },
        unsign("a"),
        certificate("x"),
        revoke.clone(),
    ] {
        refused(found, &mut world, action);
    }
    world.act(sign);
    refused(found, &mut world, unsign("b"));
    world.act(certificate("7"));
    refused(found, &mut world, certificate("7"));
    world.act(revoke.clone());
    refused(found, &mut world, revoke);
}

fn money(found: &mut Found) {
    let mut world = World::new(Rules::chain());
    let mint = |to, coin: Coin, denom: &str| Action::BurnMint {
        owner: account(1),
        to,
        coins_to_burn: coin,
        denom_to_mint: Denom::new(denom).unwrap(),
    };
    let fund = |source| Action::FundVault {
        authority: akash_market::bank::Modules::new("akash").unwrap().gov,
        amount: Coin::uakt(1),
        source,
    };
    let nobody = akash_market::address::Address::bech32("akash", &[77; 20]).unwrap();
    for action in [
        mint(account(2), Coin::uakt(1), "uact"),
        mint(account(1), Coin::uakt(0), "uact"),
        mint(account(1), Coin::uakt(1), "uakt"),
        mint(account(1), Coin::uakt(1), "uact"),
        fund(nobody),
    ] {
        refused(found, &mut world, action);
    }
    // With a price but nothing in the vault there is no collateral.
    let mut params = world.ledger.params().oracle.clone();
    params.sources = vec![account(3)];
    world.act(Action::UpdateParams {
        authority: world.ledger.modules().gov.clone(),
        params: Box::new(ParamsChange::Oracle(params)),
    });
    world.act(Action::AddPrice {
        signer: account(3),
        pair: PairId::akt_usd(),
        price: dec("1"),
        timestamp: world.block().time,
    });
    for _ in 0..2 {
        let block = world.block();
        world.ledger.end_block(block);
        world.wait(1);
    }
    assert_eq!(world.ledger.bme().status(), MintStatus::HaltCr);
    let halted = mint(account(1), Coin::uakt(1), "uact");
    refused(found, &mut world, halted);
}

#[test]
fn every_registered_code_is_raised_or_known_never_to_come() {
    let mut found = Found::new();
    deployments(&mut found);
    markets(&mut found);
    reclamations(&mut found);
    escrows(&mut found);
    records(&mut found);
    money(&mut found);
    for (codespace, count) in REGISTERED {
        for code in 1..=count {
            let why = NEVER
                .iter()
                .find(|(space, codes, _)| *space == codespace && codes.contains(&code));
            let raised = found.get(&(codespace, code));
            assert!(
                why.is_none() != raised.is_none(),
                "{codespace} {code}: raised {raised:?}, never {why:?}"
            );
        }
    }
}

/// The codes of the layers below: ids, sources of deposits, attributes, authority.
#[test]
fn codes_of_the_layers_below() {
    let mut found = Found::new();
    let mut world = World::new(Rules::chain());
    world.act(world.create(1, 1, 1_000_000));
    let mut own = world.bid_id(1, 1, 1);
    own.provider = account(TENANT);
    let mut numbered = world.bid_id(1, 1, 1);
    numbered.bseq = Bseq(1);
    let keyed = |keys: &[&str]| Action::UpdateProvider {
        owner: provider(1),
        host_uri: "https://a.example".to_owned(),
        attributes: keys.iter().map(|key| Attribute::new(*key, "1")).collect(),
        info: ProviderInfo::default(),
    };
    let mut sourceless = world.create(2, 1, 1_000_000);
    if let Action::CreateDeployment { deposit, .. } = &mut sourceless {
        deposit.sources = vec![DepositSource::Balance, DepositSource::Balance];
    }
    let rich = Deposit::from_balance(Coin::uakt(i64::MAX.unsigned_abs().into()));
    for (action, code) in [
        (
            Action::CloseDeployment {
                id: DeploymentId::new(account(1), 0),
            },
            ("sdk", 3),
        ),
        (World::create_bid(&own, "1"), ("sdk", 36)),
        (World::create_bid(&numbered, "1"), ("sdk", 36)),
        (keyed(&["ab", "ab"]), ("akash", 1)),
        (keyed(&["!"]), ("akash", 2)),
        (sourceless, ("akash", 4)),
        (
            Action::Deposit {
                signer: account(2),
                id: AccountId::Deployment(world.id(1)),
                deposit: rich,
            },
            ("undefined", 1),
        ),
        (
            Action::FundVault {
                authority: account(1),
                amount: Coin::uakt(1),
                source: account(1),
            },
            ("gov", 13),
        ),
        (
            Action::AddPrice {
                signer: account(3),
                pair: PairId::akt_usd(),
                price: dec("1"),
                timestamp: world.block().time,
            },
            ("sdk", 4),
        ),
        (
            Action::Send {
                from: account(1),
                to: account(2),
                coins: vec![Coin::uakt(u128::MAX)],
            },
            ("sdk", 5),
        ),
        (
            Action::Send {
                from: account(1),
                to: account(2),
                coins: Vec::new(),
            },
            ("sdk", 10),
        ),
    ] {
        let error = world.refused(action);
        let found_code = error.code();
        assert_eq!((found_code.codespace, found_code.code), code, "{error}");
        note(&mut found, error);
    }
    assert_eq!(found.len(), 10);
}
