//! Transactions through a client and a sender on the embedded network: one writer an account, nothing twice, nothing lost.

use akash_market::action::{Action, Outcome};
use akash_market::address::Address;
use akash_market::workflow::Settled;
use akash_sdk::chain::{
    At, ChainError, Prepared, QueryExt, Resolution, Submit, SubmitOptions, Validity,
};
use akash_sdk::cosmos::convert::action::to_any;
use akash_sdk::cosmos::transport::{Answer, CheckTx, Exchange, Request, Transport, TransportError};
use akash_sdk::cosmos::tx::{Decoded, TxHash, adjusted_gas};
use akash_sdk::cosmos::wire::TypeUrl;
use akash_sdk::cosmos::wire::cosmos::authz::v1beta1::{GenericAuthorization, Grant, MsgGrant};
use akash_sdk::cosmos::wire::cosmos::feegrant::v1beta1::{
    BasicAllowance, MsgGrantAllowance, MsgRevokeAllowance,
};
use akash_sdk::cosmos::wire::google::protobuf::Any;
use akash_sdk::cosmos::{Client, FeePolicy, TxPolicy};
use akash_sdk::devnet::{DevAccount, Devnet};
use akash_sdk::drive::{DriveError, Sender, Sent};
use akash_sdk::journal::{JobId, Journal, MemoryJournal};
use akash_sdl::num::{Coin, Denom};
use async_trait::async_trait;
use futures_util::FutureExt;
use futures_util::future::join_all;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

fn run<T>(work: impl Future<Output = T>) -> T {
    work.now_or_never()
        .expect("the embedded network does not wait")
}

/// A network with `n` rich accounts and one that receives.
fn network(n: usize) -> (Devnet, Vec<DevAccount>, Address) {
    let mut builder = Devnet::builder().account("till", vec![Coin::uakt(1)]);
    for number in 0..n {
        let funds = vec![Coin::uakt(100_000_000), Coin::uact(100_000_000)];
        builder = builder.account(format!("rich{number}"), funds);
    }
    let devnet = builder.build().unwrap();
    let rich = (0..n)
        .map(|number| devnet.account(&format!("rich{number}")).unwrap().clone())
        .collect();
    let till = devnet.account("till").unwrap().address().clone();
    (devnet, rich, till)
}

fn gift(from: &DevAccount, to: &Address, amount: u128) -> Action {
    Action::Send {
        from: from.address().clone(),
        to: to.clone(),
        coins: vec![Coin::uakt(amount)],
    }
}

async fn held(client: &Client, owner: &Address) -> u128 {
    let coin = client.balance(owner, &Denom::UAKT, At::Latest).await;
    coin.unwrap().amount().to_string().parse().unwrap()
}

fn is_done(sent: &Sent) -> bool {
    matches!(sent.settled, Settled::Done { .. })
}

async fn client(node: impl Transport + 'static, accounts: &[DevAccount]) -> Client {
    let mut client = Client::connect(node).await.unwrap();
    for account in accounts {
        client = client.with_signer(account.signer.clone());
    }
    client
}

fn sender(client: Client) -> Sender {
    Sender::new(Arc::new(client), Arc::new(MemoryJournal::default()))
}

fn job(name: impl std::fmt::Display) -> JobId {
    JobId(format!("{name}"))
}

/// What a node does with transactions.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Loss {
    None,
    /// The connection breaks before it has them, so often.
    Before(usize),
    /// It takes them and the answer is lost, so often.
    After(usize),
    /// It says that it has them and forgets them, up to this height.
    Forgets(i64),
    /// It has just been started and can't simulate yet, so often.
    Starts(usize),
}

/// A node that loses something, and counts the codes it gives.
#[derive(Debug)]
struct Node {
    inner: Devnet,
    /// Whether others get their turn at each call, and a block is made only when all wait.
    takes_time: bool,
    loss: Mutex<Loss>,
    codes: Mutex<Vec<u32>>,
    sent: Mutex<BTreeSet<TxHash>>,
}

impl Node {
    fn new(inner: &Devnet, loss: Loss) -> Arc<Self> {
        Self::make(inner, loss, false)
    }

    /// One with which jobs really run at the same time.
    fn slow(inner: &Devnet) -> Arc<Self> {
        Self::make(inner, Loss::None, true)
    }

    fn make(inner: &Devnet, loss: Loss, takes_time: bool) -> Arc<Self> {
        Arc::new(Self {
            inner: inner.clone(),
            takes_time,
            loss: Mutex::new(loss),
            codes: Mutex::default(),
            sent: Mutex::default(),
        })
    }

    fn lost() -> TransportError {
        TransportError::Unreachable {
            endpoint: "node".to_owned(),
            reason: "on purpose".to_owned(),
        }
    }
}

#[async_trait]
impl Exchange for Node {
    async fn exchange(&self, request: Request<'_>) -> Result<Answer, TransportError> {
        if self.takes_time {
            let waits = matches!(request, Request::WaitForBlock(_));
            for _ in 0..if waits { 500 } else { 1 } {
                tokio::task::yield_now().await;
            }
        }
        let loss = *self.loss.lock().unwrap();
        if let (Loss::Starts(left @ 1..), Request::Unary { path, .. }) = (loss, &request)
            && path.ends_with("/Simulate")
        {
            *self.loss.lock().unwrap() = Loss::Starts(left - 1);
            return Err(TransportError::Query {
                path: path.to_string(),
                code: 12,
                message: "unknown query path: unknown request".to_owned(),
            });
        }
        let Request::Broadcast(tx) = &request else {
            return self.inner.call(request).await;
        };
        self.sent.lock().unwrap().insert(TxHash::of(tx));
        match loss {
            Loss::Before(left) if left > 0 => {
                *self.loss.lock().unwrap() = Loss::Before(left - 1);
                return Err(Self::lost());
            }
            Loss::After(left) if left > 0 => {
                *self.loss.lock().unwrap() = Loss::After(left - 1);
                self.inner.call(request).await?;
                return Err(Self::lost());
            }
            Loss::Forgets(until) if self.inner.height() < until => {
                return Ok(Answer::Broadcast(CheckTx {
                    hash: TxHash::of(tx),
                    codespace: String::new(),
                    code: 0,
                    log: String::new(),
                }));
            }
            _ => {}
        }
        let answer = self.inner.call(request).await?;
        if let Answer::Broadcast(checked) = &answer {
            self.codes.lock().unwrap().push(checked.code);
        }
        Ok(answer)
    }
}

#[tokio::test]
async fn several_accounts_send_side_by_side_and_each_in_order() {
    let (devnet, rich, till) = network(6);
    let node = Node::slow(&devnet);
    let sender = sender(client(Arc::clone(&node), &rich).await);
    let jobs = rich.iter().flat_map(|account| {
        (0..5).map(|number| {
            let name = format!("{}/{number}", account.name);
            let sent = sender.send(job(&name), gift(account, &till, 1).into());
            async move { sent.await.unwrap() }
        })
    });
    let before = devnet.height();
    let sent = join_all(jobs).await;
    assert!(sent.iter().all(is_done));
    let ids: BTreeSet<_> = sent
        .iter()
        .map(|sent| sent.inclusion.as_ref().unwrap().id.clone())
        .collect();
    assert_eq!(ids.len(), 30, "each has a transaction of its own");
    assert_eq!(
        *node.codes.lock().unwrap(),
        [0; 30],
        "none was refused for its sequence"
    );
    assert!(devnet.height() - before <= 3, "they went side by side");
    let reader = client(devnet, &[]).await;
    assert_eq!(held(&reader, &till).await, 1 + 30);
}

#[tokio::test]
async fn two_writers_of_one_account_recover() {
    let (devnet, rich, till) = network(1);
    let one = sender(client(Node::slow(&devnet), &rich).await);
    let two = sender(client(Node::slow(&devnet), &rich).await);
    let jobs = (0..6).map(|number| {
        let writer = if number % 2 == 0 { &one } else { &two };
        // Different ones: the same batch with the same number is the same transaction, whoever signs it.
        writer.send(job(number), gift(&rich[0], &till, 1 + number).into())
    });
    for sent in join_all(jobs).await {
        assert!(is_done(&sent.unwrap()));
    }
    let reader = client(devnet, &[]).await;
    assert_eq!(held(&reader, &till).await, 1 + 21);
}

#[test]
fn a_sequence_mismatch_names_both_numbers_and_is_learnt_from() {
    let (devnet, rich, till) = network(1);
    run(async {
        let (one, two) = (
            client(devnet.clone(), &rich).await,
            client(devnet.clone(), &rich).await,
        );
        let options = SubmitOptions::default();
        let action = |amount| gift(&rich[0], &till, amount).into();
        let stale = two.prepare(&action(10), &options).await.unwrap();
        for amount in 1..4 {
            let prepared = one.prepare(&action(amount), &options).await.unwrap();
            one.send(&prepared).await.unwrap();
        }
        let error = two.send(&stale).await.unwrap_err();
        let ChainError::SequenceMismatch { expected, got } = error else {
            panic!("{error:?}")
        };
        assert_eq!((expected, got), (3, 0));
        // Nothing of it is in a block yet: only the node's words tell.
        let next = two.prepare(&action(20), &options).await.unwrap();
        two.send(&next).await.unwrap();
        devnet.mine(1).unwrap();
        assert_eq!(held(&two, &till).await, 1 + 6 + 20);
    });
}

#[test]
fn lost_answers_cost_nothing_twice() {
    for loss in [
        Loss::None,
        Loss::Before(1),
        Loss::Before(4),
        Loss::After(1),
        Loss::After(4),
    ] {
        let (devnet, rich, till) = network(1);
        let node = Node::new(&devnet, loss);
        let sender = run(async { sender(client(Arc::clone(&node), &rich).await) });
        let sent = run(sender.send(job("gift"), gift(&rich[0], &till, 7).into())).unwrap();
        assert!(is_done(&sent), "{loss:?}");
        assert_eq!(
            node.sent.lock().unwrap().len(),
            1,
            "the same bytes: {loss:?}"
        );
        let reader = run(client(devnet, &[]));
        assert_eq!(run(held(&reader, &till)), 1 + 7, "{loss:?}");
    }
}

#[test]
fn what_can_never_land_is_signed_anew() {
    let (devnet, rich, till) = network(1);
    let node = Node::new(&devnet, Loss::Forgets(devnet.height() + 25));
    let sender = run(async { sender(client(Arc::clone(&node), &rich).await) });
    let sent = run(sender.send(job("gift"), gift(&rich[0], &till, 7).into())).unwrap();
    assert!(is_done(&sent));
    assert_eq!(node.sent.lock().unwrap().len(), 2, "one lost, one for it");
    let reader = run(client(devnet.clone(), &[]));
    assert_eq!(run(held(&reader, &till)), 1 + 7);

    // A node that forgets for ever is told of, after three transactions.
    let node = Node::new(&devnet, Loss::Forgets(i64::MAX));
    let sender = run(async { self::sender(client(Arc::clone(&node), &rich).await) });
    let sent = run(sender.send(job("gift"), gift(&rich[0], &till, 7).into())).unwrap();
    assert_eq!(sent.settled, Settled::NeverLanded);
    assert_eq!(sent.inclusion, None);
}

/// A node that the program dies at: with one of its calls everything stops for ever.
#[derive(Debug)]
struct Deadly {
    inner: Devnet,
    left: AtomicUsize,
    /// Whether the call is still made.
    after: bool,
}

#[async_trait]
impl Exchange for Deadly {
    async fn exchange(&self, request: Request<'_>) -> Result<Answer, TransportError> {
        if self.left.fetch_sub(1, Ordering::SeqCst) == 0 {
            if self.after {
                self.inner.call(request).await?;
            }
            return std::future::pending().await;
        }
        self.inner.call(request).await
    }
}

#[test]
fn a_crash_at_any_call_sends_each_batch_once() {
    let mut crashes = 0;
    for after in [false, true] {
        let mut calls = 0;
        loop {
            let (devnet, rich, till) = network(1);
            let journal: Arc<dyn Journal> = Arc::new(MemoryJournal::default());
            let deadly = Deadly {
                inner: devnet.clone(),
                left: AtomicUsize::new(calls),
                after,
            };
            let batch = || gift(&rich[0], &till, 7).into();
            let first = async {
                let chain = Arc::new(client(deadly, &rich).await);
                let sender = Sender::new(chain, Arc::clone(&journal));
                sender.send(job("gift"), batch()).await.unwrap()
            };
            let survived = first.now_or_never().is_some();
            crashes += usize::from(!survived);
            // Meanwhile the network goes on.
            devnet.mine(u32::try_from(calls % 3 * 15).unwrap()).unwrap();
            run(async {
                let chain = Arc::new(client(devnet.clone(), &rich).await);
                let sender = Sender::new(chain, Arc::clone(&journal));
                assert!(is_done(&sender.send(job("gift"), batch()).await.unwrap()));
                let reader = client(devnet, &[]).await;
                assert_eq!(held(&reader, &till).await, 1 + 7, "died at call {calls}");
            });
            if survived {
                break;
            }
            calls += 1;
        }
    }
    assert!(crashes > 12, "{crashes}");
}

#[test]
fn a_node_that_starts_has_refused_nothing() {
    let (devnet, rich, till) = network(1);
    let node = Node::new(&devnet, Loss::Starts(3));
    run(async {
        let sender = sender(client(node.clone(), &rich).await);
        let sent = sender.send(job("gift"), gift(&rich[0], &till, 7).into());
        assert!(is_done(&sent.await.unwrap()));
    });
    assert_eq!(*node.loss.lock().unwrap(), Loss::Starts(0));
}

#[test]
fn a_job_belongs_to_its_batch() {
    let (devnet, rich, till) = network(1);
    run(async {
        let sender = sender(client(devnet, &rich).await);
        let first = sender.send(job(1), gift(&rich[0], &till, 1).into()).await;
        assert!(is_done(&first.unwrap()));
        let other = sender.send(job(1), gift(&rich[0], &till, 2).into()).await;
        assert!(matches!(other, Err(DriveError::Usage(_))), "{other:?}");
    });
}

/// Sends and gives the refusal or the outcomes.
async fn through(client: &Client, devnet: &Devnet, prepared: &Prepared) -> Vec<Outcome> {
    client.send(prepared).await.unwrap();
    devnet.mine(1).unwrap();
    let Resolution::Included(inclusion) = client.resolve(prepared).await.unwrap() else {
        panic!("it should stand in a block")
    };
    inclusion.result.unwrap()
}

fn policy(change: impl FnOnce(&mut TxPolicy)) -> TxPolicy {
    let mut policy = TxPolicy::default();
    change(&mut policy);
    policy
}

#[test]
fn fees_follow_their_policy() {
    let (devnet, rich, till) = network(1);
    run(async {
        let batch = gift(&rich[0], &till, 1).into();
        let mut options = SubmitOptions::default();
        options.memo = "a note".to_owned();
        let fixed = vec![Coin::uakt(4_321)];
        for (policy, price) in [
            (policy(|p| p.gas_adjustment = 2.0), Some("0.025uakt")),
            (policy(|p| p.gas_adjustment = 1.1), Some("0.025uakt")),
            (
                policy(|p| p.fee = FeePolicy::NodeMinimum),
                Some("0.0025uakt"),
            ),
            (policy(|p| p.fee = FeePolicy::Fixed(fixed.clone())), None),
        ] {
            let client = client(devnet.clone(), &rich)
                .await
                .with_policy(policy.clone());
            let used = client.simulate(&batch).await.unwrap().gas_used;
            let prepared = client.prepare(&batch, &options).await.unwrap();
            let decoded = Decoded::from_bytes(&prepared.payload).unwrap();
            let limit = decoded.fee().gas_limit;
            // The note costs gas too.
            assert!(limit > adjusted_gas(used, policy.gas_adjustment), "{limit}");
            assert!(limit < adjusted_gas(used, policy.gas_adjustment * 1.05));
            let wanted = match price {
                Some(price) => price
                    .parse::<akash_sdk::cosmos::tx::GasPrices>()
                    .unwrap()
                    .fee(limit)
                    .unwrap(),
                None => fixed.clone(),
            };
            assert_eq!(prepared.fee, wanted);
            assert_eq!(decoded.body.memo, "a note");
            let before = held(&client, rich[0].address()).await;
            through(&client, &devnet, &prepared).await;
            let paid: u128 = wanted[0].amount().to_string().parse().unwrap();
            assert_eq!(held(&client, rich[0].address()).await, before - paid - 1);
        }
        let mut capped = options.clone();
        capped.max_fee = Some(Coin::uakt(10));
        let client = client(devnet, &rich).await;
        let refused = client.prepare(&batch, &capped).await.unwrap_err();
        assert!(
            matches!(refused, ChainError::FeeAboveCap { .. }),
            "{refused}"
        );
    });
}

#[test]
fn past_its_height_a_transaction_can_never_land() {
    let (devnet, rich, till) = network(1);
    run(async {
        let client = client(devnet.clone(), &rich).await;
        let mut options = SubmitOptions::default();
        options.valid_for_blocks = Some(3);
        let batch = gift(&rich[0], &till, 1).into();
        let prepared = client.prepare(&batch, &options).await.unwrap();
        let Validity::Height(last) = prepared.valid_until else {
            panic!("{:?}", prepared.valid_until)
        };
        assert_eq!(last.0, devnet.height() + 3);
        devnet.mine(3).unwrap();
        assert_eq!(
            client.resolve(&prepared).await.unwrap(),
            Resolution::Pending
        );
        devnet.mine(1).unwrap();
        assert_eq!(
            client.resolve(&prepared).await.unwrap(),
            Resolution::CanNeverLand
        );
        let late = client.send(&prepared).await.unwrap_err();
        assert!(late.is_code("sdk", 30), "{late}");
        assert_eq!(held(&client, &till).await, 1);
    });
}

#[test]
fn another_account_pays_the_fee() {
    let (devnet, rich, till) = network(2);
    let (granter, poor) = (&rich[0], &rich[1]);
    run(async {
        let options = SubmitOptions::default();
        let paid = policy(|p| p.granter = Some(granter.address().clone()));
        let grantee = client(devnet.clone(), &rich[1..]).await.with_policy(paid);
        let batch = gift(poor, &till, 5).into();
        let refused = grantee.prepare(&batch, &options).await.unwrap_err();
        assert!(
            matches!(&refused, ChainError::Rejected(r) if r.log.contains("fee-grant not found")),
            "{refused:?}"
        );
        let owner = client(devnet.clone(), &rich[..1]).await;
        let allowance = MsgGrantAllowance {
            granter: granter.address().to_string(),
            grantee: poor.address().to_string(),
            allowance: Some(BasicAllowance::default().to_any()),
        };
        let messages = vec![allowance.to_any()];
        let granted = owner.prepare_messages(messages, &options).await.unwrap();
        through(&owner, &devnet, &granted).await;

        let before = (
            held(&owner, granter.address()).await,
            held(&owner, poor.address()).await,
        );
        let prepared = grantee.prepare(&batch, &options).await.unwrap();
        assert_eq!(prepared.payer, *granter.address());
        let fee: u128 = prepared.fee[0].amount().to_string().parse().unwrap();
        through(&grantee, &devnet, &prepared).await;
        let after = (
            held(&owner, granter.address()).await,
            held(&owner, poor.address()).await,
        );
        assert_eq!(after, (before.0 - fee, before.1 - 5));

        let revoke = MsgRevokeAllowance {
            granter: granter.address().to_string(),
            grantee: poor.address().to_string(),
        };
        let revoked = owner
            .prepare_messages(vec![revoke.to_any()], &options)
            .await;
        through(&owner, &devnet, &revoked.unwrap()).await;
        assert!(grantee.prepare(&batch, &options).await.is_err());
    });
}

#[test]
fn one_account_acts_for_another() {
    let (devnet, rich, till) = network(2);
    let (granter, grantee) = (&rich[0], &rich[1]);
    let mint = Action::BurnMint {
        owner: granter.address().clone(),
        to: granter.address().clone(),
        coins_to_burn: Coin::uakt(20_000_000),
        denom_to_mint: Denom::UACT,
    };
    let gift = gift(granter, &till, 5);
    run(async {
        let options = SubmitOptions::default();
        let owner = client(devnet.clone(), &rich[..1]).await;
        let permit = |action: &Action| -> Any {
            let authorization = GenericAuthorization {
                msg: to_any(action).type_url,
            };
            MsgGrant {
                granter: granter.address().to_string(),
                grantee: grantee.address().to_string(),
                grant: Grant {
                    authorization: Some(authorization.to_any()),
                    expiration: None,
                },
            }
            .to_any()
        };
        let messages = vec![permit(&gift), permit(&mint)];
        let granted = owner.prepare_messages(messages, &options).await.unwrap();
        through(&owner, &devnet, &granted).await;

        let client = client(devnet.clone(), &rich[1..])
            .await
            .acting_for(granter.address().clone(), grantee.address().clone());
        let before = held(&owner, granter.address()).await;
        let batch = akash_market::action::Batch::new(vec![gift, mint]);
        let prepared = client.prepare(&batch, &options).await.unwrap();
        assert_eq!(prepared.payer, *grantee.address());
        let outcomes = through(&client, &devnet, &prepared).await;
        assert!(
            matches!(outcomes[..], [Outcome::Done, Outcome::Queued { .. }]),
            "{outcomes:?}"
        );
        let after = held(&owner, granter.address()).await;
        assert_eq!(after, before - 5 - 20_000_000);

        // Without the permission it is refused.
        let close = Action::CloseDeployment {
            id: akash_market::id::DeploymentId::new(granter.address().clone(), 1),
        };
        let refused = client.prepare(&close.into(), &options).await.unwrap_err();
        assert!(
            matches!(&refused, ChainError::Rejected(r) if r.log.contains("authorization not found")),
            "{refused:?}"
        );
        // There is no permission for what no node knows.
        let authorization = GenericAuthorization {
            msg: "/foo.Bar".to_owned(),
        };
        let grant = MsgGrant {
            granter: granter.address().to_string(),
            grantee: grantee.address().to_string(),
            grant: Grant {
                authorization: Some(authorization.to_any()),
                expiration: None,
            },
        };
        let refused = owner.prepare_messages(vec![grant.to_any()], &options).await;
        assert!(
            matches!(&refused, Err(ChainError::Rejected(r)) if r.log.contains("/foo.Bar doesn't exist.: invalid type")),
            "{refused:?}"
        );
    });
}

#[tokio::test]
async fn unordered_transactions_of_one_account_share_a_block() {
    let (devnet, rich, till) = network(2);
    let free = policy(|p| p.unordered = Some(Duration::from_secs(60)));
    let account = client(Node::slow(&devnet), &rich).await.with_policy(free);
    let sender = sender(account);
    let jobs = (0..8).map(|n| sender.send(job(n), gift(&rich[0], &till, 1).into()));
    let sent = join_all(jobs).await;
    let blocks: BTreeSet<_> = sent
        .iter()
        .map(|sent| {
            sent.as_ref()
                .unwrap()
                .inclusion
                .as_ref()
                .unwrap()
                .block
                .height
        })
        .collect();
    assert_eq!(blocks.len(), 1);
    let numbered = client(devnet.clone(), &rich).await;
    assert_eq!(held(&numbered, &till).await, 1 + 8);
    // No sequence was used.
    let options = SubmitOptions::default();
    let batch = gift(&rich[0], &till, 1).into();
    let prepared = numbered.prepare(&batch, &options).await.unwrap();
    let decoded = Decoded::from_bytes(&prepared.payload).unwrap();
    assert_eq!(decoded.auth_info.signer_infos[0].sequence, 0);

    // Each could be done, but not both: one is done, the other refused in its block.
    let most = held(&numbered, rich[1].address()).await - 1_000_000;
    let both = ["a", "b"].map(|name| sender.send(job(name), gift(&rich[1], &till, most).into()));
    let [a, b] = join_all(both).await.try_into().unwrap();
    let (done, refused) = match (a.unwrap(), b.unwrap()) {
        (a, b) if is_done(&a) => (a, b),
        (a, b) => (b, a),
    };
    assert!(is_done(&done));
    let Settled::Refused(refusal) = &refused.settled else {
        panic!("{refused:?}")
    };
    assert!(refusal.is("sdk", 5), "{refusal}");
    let inclusion = refused.inclusion.unwrap();
    assert!(inclusion.gas_used > 0 && !inclusion.result.unwrap_err().before_block);
}

#[test]
fn an_unordered_transaction_ends_with_its_time() {
    let (devnet, rich, till) = network(1);
    run(async {
        let free = policy(|p| p.unordered = Some(Duration::from_secs(30)));
        let client = client(devnet.clone(), &rich).await.with_policy(free);
        let batch = gift(&rich[0], &till, 1).into();
        let options = SubmitOptions::default();
        let prepared = client.prepare(&batch, &options).await.unwrap();
        assert!(matches!(prepared.valid_until, Validity::Time(_)));
        assert_eq!(
            client.resolve(&prepared).await.unwrap(),
            Resolution::Pending
        );
        devnet.mine(10).unwrap();
        assert_eq!(
            client.resolve(&prepared).await.unwrap(),
            Resolution::CanNeverLand
        );
        let late = client.send(&prepared).await.unwrap_err();
        assert!(late.is_code("sdk", 42), "{late}");
    });
}
