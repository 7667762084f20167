//! A bare ledger as a [`Chain`](super::Chain): no fees, no signatures, no bytes of Cosmos.
//!
//! | question | answer |
//! |---|---|
//! | who may act | the accounts named in [`LocalChain::acting_for`]; nothing is signed |
//! | what a transaction costs | nothing beside what its actions move |
//! | when a block is made | when somebody waits for one ([`Changes::next`](super::Changes::next)), or by [`LocalChain::mine`] |
//! | what others do | whatever [`LocalChain::with_others`] says, block by block |
//! | what is told | every change of the ledger, more than the events of today's chain carry |
//!
//! Workflows, policies and simulations run on it as they do on a network, and the same calls give the same chain.

mod face;
mod follow;
mod state;

use super::{Capabilities, ChainError};
use akash_market::action::Batch;
use akash_market::address::Address;
use akash_market::ledger::Ledger;
use akash_market::time::Block;
use state::State;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A ledger that is read, submitted to and followed as a chain. Clones are handles to the same one.
///
/// What was submitted is remembered as long as a handle lives, not in the ledger: a
/// [`Prepared`](super::Prepared) of an earlier process is no transaction that this one has seen.
///
/// ```
/// use akash_market::action::Action;
/// use akash_market::address::Address;
/// use akash_market::ledger::{Genesis, Ledger};
/// use akash_sdk::chain::local::LocalChain;
/// use akash_sdk::chain::{At, QueryExt, Resolution, Submit, SubmitOptions};
/// use akash_sdl::num::{Coin, Denom};
/// # use futures_util::FutureExt;
///
/// let (alice, bob) = (Address::bech32("akash", &[1; 20])?, Address::bech32("akash", &[2; 20])?);
/// let ledger = Ledger::new(Genesis::default().balance(alice.clone(), Coin::uakt(10)))?;
/// let chain = LocalChain::new(ledger).acting_for([alice.clone()]);
/// # async {
/// let send = Action::Send { from: alice, to: bob.clone(), coins: vec![Coin::uakt(4)] };
/// let prepared = chain.prepare(&send.into(), &SubmitOptions::default()).await?;
/// chain.send(&prepared).await?;
/// chain.mine(1)?;
/// assert!(matches!(chain.resolve(&prepared).await?, Resolution::Included(_)));
/// assert_eq!(chain.balance(&bob, &Denom::UAKT, At::Latest).await?, Coin::uakt(4));
/// # Ok::<(), akash_sdk::chain::ChainError>(())
/// # }.now_or_never().expect("nothing outside is waited for")?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct LocalChain {
    shared: Arc<Mutex<State>>,
}

impl LocalChain {
    /// Lends `ledger` as a chain that acts for nobody yet; its next block follows the ledger's last one.
    ///
    /// The network is called `local`, has Akash's denoms and a block every 6 seconds.
    #[must_use]
    pub fn new(ledger: Ledger) -> Self {
        let capabilities = Capabilities::akash("local", Duration::from_secs(6));
        Self {
            shared: Arc::new(Mutex::new(State::new(ledger, capabilities))),
        }
    }

    /// Acts for these accounts too; whatever they are to sign is done.
    #[must_use]
    pub fn acting_for(self, accounts: impl IntoIterator<Item = Address>) -> Self {
        let mut state = self.state();
        for account in accounts {
            if !state.accounts.contains(&account) {
                state.accounts.push(account);
            }
        }
        drop(state);
        self
    }

    /// Sets what the network says of itself, and with it its name and the time between two blocks.
    #[must_use]
    pub fn with_capabilities(self, capabilities: Capabilities) -> Self {
        self.state().capabilities = capabilities;
        self
    }

    /// Keeps the state of this many past blocks for reads at a height. Default 16; changes are kept for good.
    #[must_use]
    pub fn keep_blocks(self, blocks: usize) -> Self {
        self.state().keep = blocks;
        self
    }

    /// Lets others act: `others` is asked at the beginning of each block, with the state before it, for their batches,
    /// which are done before those that were sent. A batch that is refused leaves no trace.
    ///
    /// A price feed and simulated providers are made of this. `others` must not use the chain it is given to.
    ///
    /// ```
    /// use akash_market::action::Action;
    /// use akash_market::address::Address;
    /// use akash_market::ledger::{Genesis, Ledger};
    /// use akash_sdk::chain::local::LocalChain;
    /// use akash_sdl::num::{Coin, Denom};
    ///
    /// let (alice, bob) = (Address::bech32("akash", &[1; 20])?, Address::bech32("akash", &[2; 20])?);
    /// let ledger = Ledger::new(Genesis::default().balance(alice.clone(), Coin::uakt(10)))?;
    /// let to = bob.clone();
    /// let chain = LocalChain::new(ledger).with_others(move |_ledger, _block| {
    ///     let coins = vec![Coin::uakt(1)];
    ///     vec![Action::Send { from: alice.clone(), to: to.clone(), coins }.into()]
    /// });
    /// chain.mine(3)?;
    /// assert_eq!(chain.with_ledger(|l| l.bank().coin(&bob, &Denom::UAKT)), Coin::uakt(3));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_others(
        self,
        others: impl FnMut(&Ledger, Block) -> Vec<Batch> + Send + 'static,
    ) -> Self {
        self.state().others = Some(Box::new(others));
        self
    }

    /// Makes this many blocks; the first takes what was sent.
    ///
    /// # Errors
    /// [`ChainError::Usage`] if height or time would leave their range.
    pub fn mine(&self, blocks: u32) -> Result<(), ChainError> {
        let mut state = self.state();
        (0..blocks).try_for_each(|_| state.mine())
    }

    /// The newest block.
    #[must_use]
    pub fn block(&self) -> Block {
        self.state().ledger.block()
    }

    /// A look at the ledger as it is now. `look` must not use the chain.
    pub fn with_ledger<T>(&self, look: impl FnOnce(&Ledger) -> T) -> T {
        look(&self.state().ledger)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for LocalChain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("LocalChain")
            .field("chain_id", &state.capabilities.chain_id)
            .field("block", &state.ledger.block())
            .field("accounts", &state.accounts)
            .field("waiting", &state.pool.len())
            .finish_non_exhaustive()
    }
}
