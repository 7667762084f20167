//! Which of the chain's faults an intended action would run into, what that costs whom, and the way around.
//!
//! [`foresee`] tries a batch on copies of a ledger: by its rules, and without each quirk. What comes out differently
//! is named, with the action that is to blame, what each loser loses, and advice. Faults that an action only prepares
//! (a number that collides, a rate with a fraction) are told apart by [`When`].
//!
//! | quirk | advice |
//! |---|---|
//! | [`LeaseCreationDropsAccruedEarnings`](Quirk::LeaseCreationDropsAccruedEarnings) | withdraw first, or lease all groups in one batch |
//! | [`OnlyFirstLoserReleased`](Quirk::OnlyFirstLoserReleased) | close these bids yourself |
//! | [`SecondSettlementIgnoresPayments`](Quirk::SecondSettlementIgnoresPayments) | settle a deployment once in a block |
//! | [`DseqPrefixCollision`](Quirk::DseqPrefixCollision) | choose another dseq |
//! | [`FractionsDroppedAtSettlement`](Quirk::FractionsDroppedAtSettlement) | agree on whole rates |
//! | [`BidLimitOffByOne`](Quirk::BidLimitOffByOne) | don't count on the last place |
//! | [`ClosedDeploymentRestarts`](Quirk::ClosedDeploymentRestarts) | open a new deployment |
//! | [`HandlerPanics`](Quirk::HandlerPanics) | mend the input |
//! | [`FallbackFreezesAccount`](Quirk::FallbackFreezesAccount) | deposit uact |
//! | [`RenewedGrantEndsEarly`](Quirk::RenewedGrantEndsEarly) | grant again after the earlier end |
//! | [`EndingGrantBlocksRefund`](Quirk::EndingGrantBlocksRefund) | send it in a later block |
//!
//! The workflows that [deploy](crate::workflow::deploy) and [bid](crate::workflow::bid) follow this advice by themselves on
//! F1, F2, F3, F4 and F7, and say so in their steps.
//!
//! A program on a live chain copies what it has read into a ledger of its own, or uses the parts that need none:
//! [`dseq_collisions`], [`free_dseq`], [`dropped_by_lease`].

mod advice;
mod differ;
mod dseq;
mod earnings;
mod later;
mod stake;

pub use advice::Advice;
pub use dseq::{dseq_collisions, free_dseq};
pub use earnings::dropped_by_lease;
pub use stake::Stake;

use crate::action::Batch;
use crate::ledger::{Ledger, Quirk};
use crate::time::Block;
use serde::{Deserialize, Serialize};
use std::fmt;

/// When a foreseen quirk shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// It struck before, and what the batch touches still suffers from it.
    Already,
    /// The batch itself comes out differently.
    Now,
    /// The batch comes out as meant, but what it makes will run into the quirk.
    Later,
}

/// A quirk that a batch would run into.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foreseen {
    /// Which.
    pub quirk: Quirk,
    /// With the batch, or because of what it makes.
    pub when: When,
    /// Index of the first action of the batch that is to blame.
    pub action: usize,
    /// What it costs whom, compared with the same batch without the quirk; of what can be said now.
    pub stakes: Vec<Stake>,
    /// The way around.
    pub advice: Advice,
}

/// One sentence, such as `F2 only_first_loser_released: close 3 bids yourself; …`.
impl fmt::Display for Foreseen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.quirk.fault(), self.quirk, self.advice)?;
        for (n, stake) in self.stakes.iter().enumerate() {
            let lead = if n == 0 { "; at stake: " } else { ", " };
            write!(f, "{lead}{} of {}", stake.amount, stake.owner)?;
        }
        Ok(())
    }
}

/// The quirks in force that a batch would run into if it were applied to the ledger in this block.
///
/// Those of [`When::Now`] are there exactly when the ledger does otherwise than by [`Rules::intended`]. Nothing
/// changes: the batch is tried on copies, which costs a copy of the ledger for each quirk when there is something to
/// tell, and two otherwise.
///
/// [`Rules::intended`]: crate::ledger::Rules::intended
///
/// ```
/// use akash_market::action::{Action, Batch};
/// use akash_market::address::Address;
/// use akash_market::foresee::foresee;
/// use akash_market::id::Height;
/// use akash_market::ledger::{Genesis, Ledger};
/// use akash_market::time::Block;
/// use akash_sdl::num::Coin;
///
/// let (alice, bob) = (Address::bech32("akash", &[1; 20])?, Address::bech32("akash", &[2; 20])?);
/// let ledger = Ledger::new(Genesis::default().balance(alice.clone(), Coin::uakt(10)))?;
/// let send = Action::Send { from: alice, to: bob, coins: vec![Coin::uakt(4)] };
/// let block = Block { height: Height(1), ..Block::default() };
/// assert!(foresee(&ledger, block, &Batch::from(send)).is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn foresee(ledger: &Ledger, block: Block, batch: &Batch) -> Vec<Foreseen> {
    let mut found = differ::now(ledger, block, batch);
    found.extend(later::later(ledger, block, batch));
    found.sort_by_key(|f| (f.action, f.when, f.quirk));
    found
}
