//! The whole market: each quirk with and without, all transitions, what holds whatever is done.

mod atomic;
mod code;
mod figures;
mod foresee;
mod machine;
mod property;
mod quirk;
mod record;
mod steer;
mod transition;

use crate::scenario::stage::group as group_spec;
use akash_market::action::{Action, Batch};
use akash_market::address::Address;
use akash_market::bid::{Bid, BidState};
use akash_market::change::Change;
use akash_market::error::{Code, Error};
use akash_market::escrow::{
    AccountId, Deposit, DepositSource, EscrowAccount, EscrowPayment, PaymentId,
};
use akash_market::id::{BidId, DeploymentId, Height, LeaseId};
use akash_market::lease::{CloseReason, Lease};
use akash_market::ledger::{Genesis, Ledger, Refused, Rules};
use akash_market::provider::{Provider, ProviderInfo};
use akash_market::query::{Entity, Key};
use akash_market::time::{Block, Nanos, Timestamp};
use akash_sdl::num::{Coin, Dec, DecCoin, Denom};

/// Bids cost this much to place.
const BID_DEPOSIT: u128 = 500_000;
/// What every account begins with, in each denom.
const RICH: u128 = 1_000_000_000_000;
const TENANT: u8 = 1;

fn account(number: u8) -> Address {
    Address::bech32("akash", &[number; 20]).unwrap()
}

fn provider(number: u8) -> Address {
    account(100 + number)
}

fn dec(text: &str) -> Dec {
    text.parse().unwrap()
}

fn uact(text: &str) -> DecCoin {
    DecCoin::new(Denom::UACT, dec(text)).unwrap()
}

/// A market with rich accounts 1 to 9 and rich providers 1 to 9, one block each step.
#[derive(Clone)]
struct World {
    ledger: Ledger,
    height: i64,
}

impl World {
    fn new(rules: Rules) -> Self {
        let mut genesis = Genesis::default().rules(rules);
        for number in 1..=9 {
            for owner in [account(number), provider(number)] {
                genesis = genesis
                    .balance(owner.clone(), Coin::uact(RICH))
                    .balance(owner, Coin::uakt(RICH));
            }
            genesis = genesis.provider(Provider {
                owner: provider(number),
                host_uri: "https://example.com:8443".to_owned(),
                attributes: Vec::new(),
                info: ProviderInfo::default(),
            });
        }
        Self {
            ledger: Ledger::new(genesis).unwrap(),
            height: 1,
        }
    }

    fn block(&self) -> Block {
        Block {
            height: Height(self.height),
            time: Timestamp::from_secs(1_700_000_000 + 6 * self.height),
        }
    }

    fn wait(&mut self, blocks: i64) {
        self.height += blocks;
    }

    fn try_all(&mut self, actions: Vec<Action>) -> Result<Vec<Change>, Refused> {
        let block = self.block();
        let result = self.ledger.apply(block, &Batch::new(actions));
        self.ledger.invariants().unwrap();
        result.map(|applied| applied.changes)
    }

    /// Does an action in this block.
    #[track_caller]
    fn act(&mut self, action: Action) -> Vec<Change> {
        self.try_all(vec![action]).unwrap()
    }

    /// Why an action is refused.
    #[track_caller]
    fn refused(&mut self, action: Action) -> Error {
        let before = self.ledger.hash();
        let refused = self.try_all(vec![action]).unwrap_err();
        assert_eq!(self.ledger.hash(), before, "a refusal left a trace");
        refused.error
    }

    /// The code with which an action is refused.
    #[track_caller]
    fn refusal(&mut self, action: Action) -> Code {
        self.refused(action).code()
    }

    fn create(&self, dseq: u64, groups: u32, deposit: u128) -> Action {
        Action::CreateDeployment {
            id: self.id(dseq),
            groups: (1..=groups).map(|n| group_spec(&format!("g{n}"))).collect(),
            hash: vec![1; 32],
            deposit: Deposit::from_balance(Coin::uact(deposit)),
            reclamation_min_window: None,
        }
    }

    /// The same, paid by a grant.
    fn from_grant(mut action: Action) -> Action {
        if let Action::CreateDeployment { deposit, .. } | Action::CreateBid { deposit, .. } =
            &mut action
        {
            deposit.sources = vec![DepositSource::Grant];
        }
        action
    }

    fn id(&self, dseq: u64) -> DeploymentId {
        DeploymentId::new(account(TENANT), dseq)
    }

    fn bid_id(&self, dseq: u64, gseq: u32, number: u8) -> BidId {
        self.id(dseq).group(gseq).order(1).bid(provider(number))
    }

    fn create_bid(id: &BidId, price: &str) -> Action {
        Action::CreateBid {
            id: id.clone(),
            price: uact(price),
            deposit: Deposit::from_balance(Coin::uakt(BID_DEPOSIT)),
            resources_offer: [].into(),
            reclamation_window: None,
        }
    }

    /// Places a bid and makes its lease.
    #[track_caller]
    fn lease(&mut self, dseq: u64, gseq: u32, number: u8, price: &str) -> LeaseId {
        let id = self.bid_id(dseq, gseq, number);
        self.act(Self::create_bid(&id, price));
        self.act(Action::CreateLease { id: id.clone() });
        id.lease()
    }

    fn withdraw(lease: &LeaseId) -> Action {
        Action::WithdrawLease { id: lease.clone() }
    }

    fn close_bid(id: &BidId) -> Action {
        Action::CloseBid {
            id: id.clone(),
            reason: CloseReason::UNSPECIFIED,
        }
    }

    fn add(&self, dseq: u64, coin: Coin) -> Action {
        Action::Deposit {
            signer: account(2),
            id: AccountId::Deployment(self.id(dseq)),
            deposit: Deposit::from_balance(coin),
        }
    }

    /// What an account gained in uact since the beginning; negative when it paid.
    fn gain(&self, who: &Address, denom: &Denom) -> i128 {
        let held = self.ledger.bank().balance(who, denom).to_i128().unwrap();
        held - i128::try_from(RICH).unwrap()
    }

    fn escrow_account(&self, dseq: u64) -> EscrowAccount {
        let id = AccountId::Deployment(self.id(dseq));
        match self.ledger.get(&Key::EscrowAccount(id)) {
            Some(Entity::EscrowAccount(account)) => account,
            other => panic!("{other:?}"),
        }
    }

    fn payment(&self, lease: &LeaseId) -> EscrowPayment {
        match self
            .ledger
            .get(&Key::EscrowPayment(PaymentId(lease.clone())))
        {
            Some(Entity::EscrowPayment(payment)) => payment,
            other => panic!("{other:?}"),
        }
    }

    fn read_bid(&self, id: &BidId) -> Bid {
        match self.ledger.get(&Key::Bid(id.clone())) {
            Some(Entity::Bid(bid)) => bid,
            other => panic!("{other:?}"),
        }
    }

    fn read_lease(&self, id: &LeaseId) -> Lease {
        match self.ledger.get(&Key::Lease(id.clone())) {
            Some(Entity::Lease(lease)) => lease,
            other => panic!("{other:?}"),
        }
    }

    fn stranded(&self, denom: &Denom) -> Dec {
        self.ledger.stranded(denom).unwrap()
    }
}

/// A window of so many hours.
fn hours(count: i64) -> Nanos {
    Nanos::from_secs(count * 3_600)
}

fn is_open(bid: &Bid) -> bool {
    bid.state == BidState::Open
}
