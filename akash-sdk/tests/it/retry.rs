//! Transactions that got too little gas or offered too small a fee: made anew where nothing was done, within the caps.

use akash_market::action::{Action, Batch};
use akash_market::workflow::Settled;
use akash_sdk::chain::{ChainError, Submit, SubmitOptions};
use akash_sdk::cosmos::tx::{Decoded, GasPrices};
use akash_sdk::cosmos::{Client, FeePolicy, TxPolicy};
use akash_sdk::devnet::Devnet;
use akash_sdk::drive::{DriveError, Sender, Sent};
use akash_sdk::journal::{Entry, JobId, Journal, JournalError, MemoryJournal};
use akash_sdl::num::{Coin, Denom};
use async_trait::async_trait;
use futures_util::FutureExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The fee that the embedded network takes for a unit of gas.
const LEAST: &str = "0.0025uakt";

fn run<T>(work: impl Future<Output = T>) -> T {
    work.now_or_never()
        .expect("the embedded network does not wait")
}

/// A sender with this policy, what it sends and where to look for it.
struct Fixture {
    devnet: Devnet,
    client: Arc<Client>,
    journal: Arc<MemoryJournal>,
    batch: Batch,
}

impl Fixture {
    fn new(change: impl FnOnce(&mut TxPolicy)) -> Self {
        let rich = vec![Coin::uakt(100_000_000)];
        let builder = Devnet::builder().account("giver", rich);
        let devnet = builder
            .account("till", vec![Coin::uakt(1)])
            .build()
            .unwrap();
        let giver = devnet.account("giver").unwrap().clone();
        let mut policy = TxPolicy::default();
        change(&mut policy);
        let client = run(Client::connect(devnet.clone())).unwrap();
        let gift = Action::Send {
            from: giver.address().clone(),
            to: devnet.account("till").unwrap().address().clone(),
            coins: vec![Coin::uakt(7)],
        };
        Self {
            client: Arc::new(client.with_signer(giver.signer).with_policy(policy)),
            devnet,
            journal: Arc::default(),
            batch: gift.into(),
        }
    }

    fn job() -> JobId {
        JobId("gift".to_owned())
    }

    fn send(&self, max_fee: Option<Coin>) -> Result<Sent, DriveError> {
        let mut options = SubmitOptions::default();
        options.max_fee = max_fee;
        let chain: Arc<Client> = Arc::clone(&self.client);
        let journal: Arc<MemoryJournal> = Arc::clone(&self.journal);
        let sender = Sender::new(chain, journal).with_options(options);
        run(sender.send(Self::job(), self.batch.clone()))
    }

    /// What lies in the till beside its first coin.
    fn received(&self) -> u128 {
        let till = self.devnet.account("till").unwrap().address();
        self.devnet.with_ledger(|ledger| {
            let coin = ledger.bank().coin(till, &Denom::UAKT);
            coin.amount_u128().unwrap() - 1
        })
    }

    fn sequence(&self) -> u64 {
        let options = SubmitOptions::default();
        let next = run(self.client.prepare(&self.batch, &options)).unwrap();
        let decoded = Decoded::from_bytes(&next.payload).unwrap();
        decoded.auth_info.signer_infos[0].sequence
    }

    /// Gas limit and fee of each transaction that was journalled.
    fn journalled(&self) -> Vec<(u64, Vec<Coin>)> {
        let entries = run(self.journal.entries(&Self::job())).unwrap();
        let prepared = entries.into_iter().filter_map(|entry| match entry {
            Entry::Prepared { prepared, .. } => Some(prepared),
            _ => None,
        });
        prepared
            .map(|prepared| {
                let decoded = Decoded::from_bytes(&prepared.payload).unwrap();
                (decoded.fee().gas_limit, prepared.fee)
            })
            .collect()
    }
}

fn is_refused(sent: &Sent, code: u32) -> bool {
    matches!(&sent.settled, Settled::Refused(why) if why.codespace == "sdk" && why.code == code)
}

/// Enough for the checks, too little for the transfer.
fn short_of_gas(policy: &mut TxPolicy) {
    policy.gas_adjustment = 0.97;
}

#[test]
fn what_ran_out_of_gas_is_made_anew_with_more() {
    let fixture = Fixture::new(short_of_gas);
    let sent = fixture.send(None).unwrap();
    assert!(matches!(sent.settled, Settled::Done { .. }), "{sent:?}");
    let [(first, first_fee), (second, second_fee)] = fixture.journalled().try_into().unwrap();
    assert!(second > first + first / 4, "{first} then {second}");
    assert!(second_fee[0].amount() > first_fee[0].amount());
    let inclusion = sent.inclusion.unwrap();
    assert_eq!(inclusion.gas_wanted, second);
    assert_eq!(fixture.received(), 7);
    assert_eq!(fixture.sequence(), 2, "both stand in blocks");
    // The job is over: again it sends nothing.
    fixture.send(None).unwrap();
    assert_eq!((fixture.received(), fixture.journalled().len()), (7, 2));
}

#[test]
fn what_ran_out_of_gas_stays_so_if_more_would_cost_too_much() {
    let fixture = Fixture::new(short_of_gas);
    let options = SubmitOptions::default();
    let batch = fixture.batch.clone();
    let fee = run(fixture.client.prepare(&batch, &options)).unwrap().fee;
    let sent = fixture.send(Some(fee[0].clone())).unwrap();
    assert!(is_refused(&sent, 11), "{sent:?}");
    let failed = sent.inclusion.unwrap().result.unwrap_err();
    assert!(failed.is_out_of_gas() && !failed.before_block);
    assert_eq!((fixture.received(), fixture.sequence()), (0, 1));
}

#[test]
fn a_crash_after_running_out_of_gas_does_not_pay_twice() {
    let fixture = Fixture::new(short_of_gas);
    // An earlier run journalled a transaction and sent it.
    let options = SubmitOptions::default();
    let batch = fixture.batch.clone();
    let prepared = run(fixture.client.prepare(&batch, &options)).unwrap();
    let entry = Entry::Prepared {
        job: Fixture::job(),
        intent: akash_market::workflow::Intent(1),
        prepared: prepared.clone(),
    };
    run(fixture.journal.append(&entry)).unwrap();
    run(fixture.client.send(&prepared)).unwrap();
    fixture.devnet.mine(1).unwrap();
    let sent = fixture.send(None).unwrap();
    assert!(matches!(sent.settled, Settled::Done { .. }), "{sent:?}");
    assert_eq!((fixture.received(), fixture.sequence()), (7, 2));
}

/// A journal that stops taking entries after some, as if its program had crashed there.
#[derive(Debug)]
struct Crashing {
    journal: Arc<MemoryJournal>,
    left: AtomicUsize,
}

#[async_trait]
impl Journal for Crashing {
    async fn append(&self, entry: &Entry) -> Result<(), JournalError> {
        let less = |left: usize| left.checked_sub(1);
        let order = Ordering::Relaxed;
        if self.left.fetch_update(order, order, less).is_err() {
            return Err(JournalError::Damaged {
                path: "memory".to_owned(),
                line: 0,
                reason: "crashed".to_owned(),
            });
        }
        self.journal.append(entry).await
    }

    async fn entries(&self, job: &JobId) -> Result<Vec<Entry>, JournalError> {
        self.journal.entries(job).await
    }
}

#[test]
fn a_crash_does_not_raise_twice() {
    // What is raised is not enough: the second transaction runs out of gas too.
    let hopeless = || {
        let mut fixture = Fixture::new(|policy| policy.gas_adjustment = 0.6);
        let [gift] = &fixture.batch.actions[..] else {
            panic!("one gift")
        };
        fixture.batch.actions = vec![gift.clone(); 30];
        fixture
    };
    let whole = hopeless();
    let sent = whole.send(None).unwrap();
    assert!(is_refused(&sent, 11), "{sent:?}");
    assert_eq!(whole.sequence(), 2);
    let entries = run(whole.journal.entries(&Fixture::job())).unwrap().len();
    for left in 0..entries {
        let fixture = hopeless();
        let chain: Arc<Client> = Arc::clone(&fixture.client);
        let journal = Crashing {
            journal: Arc::clone(&fixture.journal),
            left: AtomicUsize::new(left),
        };
        let sender = Sender::new(chain, Arc::new(journal));
        let crashed = run(sender.send(Fixture::job(), fixture.batch.clone()));
        assert!(
            matches!(crashed, Err(DriveError::Journal(_))),
            "{crashed:?}"
        );
        let sent = fixture.send(None).unwrap();
        assert!(is_refused(&sent, 11), "{left}: {sent:?}");
        // Two fees are paid in all, wherever it crashed.
        assert_eq!(fixture.sequence(), 2, "after {left} of {entries} entries");
        assert_eq!(fixture.received(), 0);
    }
}

fn cheap(policy: &mut TxPolicy) {
    policy.fee = FeePolicy::Prices("0.001uakt".parse().unwrap());
}

#[test]
fn a_fee_that_is_too_small_is_raised_to_what_the_node_asks_for() {
    let fixture = Fixture::new(cheap);
    let sent = fixture.send(None).unwrap();
    assert!(matches!(sent.settled, Settled::Done { .. }), "{sent:?}");
    let [_, (gas, fee)] = fixture.journalled().try_into().unwrap();
    let least: GasPrices = LEAST.parse().unwrap();
    assert_eq!(fee, least.fee(gas).unwrap());
    assert_eq!(sent.inclusion.unwrap().fee, fee);
    assert_eq!((fixture.received(), fixture.sequence()), (7, 1));
}

#[test]
fn a_fee_is_raised_no_further_than_allowed() {
    // By the caller, by the policy, by a policy that always pays the same, and at most ten times by itself.
    let cap = || Coin::uakt(150);
    let capped = |policy: &mut TxPolicy| {
        cheap(policy);
        policy.max_fee = Some(cap());
    };
    let fixed = |policy: &mut TxPolicy| policy.fee = FeePolicy::Fixed(vec![Coin::uakt(1)]);
    let tiny = |policy: &mut TxPolicy| {
        policy.fee = FeePolicy::Prices("0.0001uakt".parse().unwrap());
    };
    for (fixture, max_fee) in [
        (Fixture::new(cheap), Some(cap())),
        (Fixture::new(capped), None),
        (Fixture::new(fixed), None),
        (Fixture::new(tiny), None),
    ] {
        let sent = fixture.send(max_fee).unwrap();
        assert!(is_refused(&sent, 13), "{sent:?}");
        assert_eq!(fixture.journalled().len(), 1);
        assert_eq!(
            (fixture.received(), fixture.sequence(), sent.inclusion),
            (0, 0, None)
        );
    }
    // Whoever prepares transactions hears it as an error of its own.
    let fixture = Fixture::new(capped);
    let mut options = SubmitOptions::default();
    options.min_fee = Some(Coin::uakt(200));
    let batch = fixture.batch.clone();
    let refused = run(fixture.client.prepare(&batch, &options)).unwrap_err();
    assert!(
        matches!(&refused, ChainError::FeeAboveCap { fee, cap } if *fee == Coin::uakt(200) && *cap == Coin::uakt(150)),
        "{refused}"
    );
}
