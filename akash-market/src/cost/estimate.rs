//! What a deployment will cost, before it is opened.

use super::{BlockTime, Quote, QuoteError, uakt_for};
use crate::address::Address;
use crate::ledger::{Quirk, Rules};
use crate::matching::{PriceError, order_price};
use crate::params::{BmeParams, DeploymentParams};
use crate::pricing::{PriceRequest, PricingError, PricingStrategy};
use akash_sdl::group::GroupSpec;
use akash_sdl::num::{Coin, Dec, DecCoin, Denom, Int, NumError};
use serde::{Deserialize, Serialize};

/// Prices for one group, from providers that would bid.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupEstimate {
    /// Name of the group.
    pub name: String,
    /// The most the tenant pays for one block.
    pub cap: DecCoin,
    /// Prices at or below the cap for one block, cheapest first.
    pub prices: Vec<DecCoin>,
    /// Prices above the cap: raise it to get these bids.
    pub too_dear: Vec<DecCoin>,
    /// Why the others would not bid.
    pub refusals: Vec<PricingError>,
}

impl GroupEstimate {
    /// The price at a percentile of those within the cap, by the nearest rank: 0 is the cheapest, 50 the median, 100 the
    /// dearest; `None` if nobody would bid.
    #[must_use]
    pub fn percentile(&self, percent: u8) -> Option<&DecCoin> {
        let last = self.prices.len().checked_sub(1)?;
        let rank = last.saturating_mul(usize::from(percent.min(100)));
        // Half of a rank goes up.
        self.prices.get(rank.saturating_add(50) / 100)
    }
}

/// What the groups of a deployment would cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// One for each group, in order.
    pub groups: Vec<GroupEstimate>,
}

impl Estimate {
    /// Asks each strategy, one a provider, what it would bid for each group.
    ///
    /// ```
    /// use akash_market::cost::{BlockTime, Estimate};
    /// use akash_market::pricing::{PricingStrategy, Rates, Scale};
    ///
    /// let sdl = akash_sdl::parse(akash_sdl::EXAMPLE)?;
    /// let owner = "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0".parse()?;
    /// let at = |cpu: &str| -> Result<_, Box<dyn std::error::Error>> {
    ///     let storage = [("ephemeral".to_owned(), "0".parse()?)].into();
    ///     Ok(Scale::new(Rates { cpu: cpu.parse()?, storage, ..Rates::default() })?)
    /// };
    /// let (cheap, dear) = (at("0.001")?, at("0.002")?);
    /// let strategies: [&dyn PricingStrategy; 2] = [&dear, &cheap];
    /// let estimate = Estimate::new(&owner, sdl.groups(), &strategies)?;
    /// let price = estimate.per_block(0)?.expect("somebody bids");
    /// assert!(price.amount() <= estimate.cap()?.amount());
    /// let hour = BlockTime::CONSOLE_API.per_hour(&price)?;
    /// assert!(hour.amount() > price.amount());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// A group that the chain would refuse for its price.
    pub fn new(
        owner: &Address,
        groups: &[GroupSpec],
        strategies: &[&dyn PricingStrategy],
    ) -> Result<Self, PriceError> {
        let estimate = |group: &GroupSpec| -> Result<GroupEstimate, PriceError> {
            let cap = order_price(group)?;
            let (mut prices, mut too_dear, mut refusals) = (Vec::new(), Vec::new(), Vec::new());
            for strategy in strategies {
                match strategy.price(&PriceRequest::new(owner, group)) {
                    Ok(price) if price.denom() == cap.denom() && price.amount() <= cap.amount() => {
                        prices.push(price);
                    }
                    Ok(price) => too_dear.push(price),
                    Err(refusal) => refusals.push(refusal),
                }
            }
            prices.sort_by_key(DecCoin::amount);
            too_dear.sort_by_key(DecCoin::amount);
            Ok(GroupEstimate {
                name: group.name.clone(),
                cap,
                prices,
                too_dear,
                refusals,
            })
        };
        let groups = groups.iter().map(estimate).collect::<Result<_, _>>()?;
        Ok(Self { groups })
    }

    /// The most that all groups cost for one block.
    ///
    /// # Errors
    /// If a sum leaves its range, or the groups' denoms differ, which the chain refuses.
    pub fn cap(&self) -> Result<DecCoin, NumError> {
        sum(self.groups.iter().map(|group| &group.cap))
    }

    /// What all groups cost for one block if each is leased at this percentile of its prices; `None` if nobody would bid
    /// for one of them.
    ///
    /// # Errors
    /// If a sum leaves its range.
    pub fn per_block(&self, percent: u8) -> Result<Option<DecCoin>, NumError> {
        self.rates(percent).map(|rates| sum(&rates)).transpose()
    }

    /// The rate of each group's payment at this percentile; `None` if nobody would bid for one of them.
    #[must_use]
    pub fn rates(&self, percent: u8) -> Option<Vec<DecCoin>> {
        let rates = self.groups.iter().map(|g| g.percentile(percent).cloned());
        rates.collect()
    }
}

fn sum<'c>(coins: impl IntoIterator<Item = &'c DecCoin>) -> Result<DecCoin, NumError> {
    let mut coins = coins.into_iter();
    let Some(first) = coins.next() else {
        return Ok(DecCoin::zero(Denom::UACT));
    };
    coins.try_fold(first.clone(), |sum, coin| sum.add(coin))
}

/// The smallest deposit with which payments at these rates run through `blocks` blocks, as one settlement at the end finds
/// it: the whole units of each rate × blocks (by [`Rules::intended`] the exact sum, rounded up).
///
/// # Errors
/// If a product leaves its range.
pub fn deposit_for<'r>(
    rates: impl IntoIterator<Item = &'r DecCoin>,
    blocks: u32,
    rules: Rules,
) -> Result<Int, NumError> {
    let mut need = Dec::ZERO;
    for rate in rates {
        let due = rate.amount().mul_i64(i64::from(blocks))?;
        let due = if rules.has(Quirk::FractionsDroppedAtSettlement) {
            due.truncate_dec()
        } else {
            due
        };
        need = need.add(due)?;
    }
    Ok(need.ceil()?.truncate_int())
}

/// What has to be at hand to run something for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Funding {
    /// Blocks it is to last.
    pub blocks: u32,
    /// The deposit, not below the smallest that the chain takes.
    pub deposit: Coin,
    /// What has to be minted beyond what is there already; none if enough is.
    pub mint: Option<Quote>,
}

/// Plans a deposit that lasts for `hours`, and the burn of AKT for what of it is missing.
///
/// ```
/// use akash_market::cost::{BlockTime, fund_for};
/// use akash_market::params::{BmeParams, DeploymentParams};
/// use akash_sdl::num::Coin;
/// // 24 hours at 2000 uact a block of 6 s, with 8 ACT in hand and AKT at 1.25 US dollars
/// let plan = fund_for(
///     &["2000uact".parse()?],
///     24,
///     BlockTime::CONSOLE_API,
///     8_000_000,
///     "1.25".parse()?,
///     &DeploymentParams::default(),
///     &BmeParams::default(),
/// )?;
/// assert_eq!(plan.deposit, Coin::uact(28_800_000));
/// let mint = plan.mint.expect("20.8 ACT are missing");
/// assert_eq!(mint.burned, Coin::uakt(16_681_704));
/// assert!(mint.paid.amount_u128() >= Some(20_800_000));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`uakt_for`]; [`QuoteError::Number`] also for a time of more than 2³² blocks.
pub fn fund_for(
    rates: &[DecCoin],
    hours: u32,
    block_time: BlockTime,
    uact_in_hand: u128,
    akt_price: Dec,
    deployment: &DeploymentParams,
    bme: &BmeParams,
) -> Result<Funding, QuoteError> {
    let blocks = block_time.blocks_per_hour()?.mul_i64(i64::from(hours))?;
    let beyond = NumError::OutOfBound {
        op: "blocks",
        limit: "the range is 0 to 2^32 - 1",
    };
    let blocks = blocks.ceil()?.truncate_int().to_u64();
    let blocks = blocks.and_then(|n| u32::try_from(n).ok()).ok_or(beyond)?;
    let minimum = deployment
        .min_deposits
        .iter()
        .find(|c| *c.denom() == Denom::UACT)
        .map_or(Int::ZERO, Coin::amount);
    let need = deposit_for(rates, blocks, Rules::chain())?.max(minimum);
    let deposit = Coin::from_int(Denom::UACT, need)?;
    let in_hand = Int::from(uact_in_hand);
    let mint = if need > in_hand {
        let missing = need.sub(in_hand)?;
        let beyond = NumError::OutOfBound {
            op: "deposit",
            limit: "the range is 0 to 2^128 - 1",
        };
        let missing = missing.to_u128().ok_or(beyond)?;
        Some(uakt_for(missing, akt_price, bme)?)
    } else {
        None
    };
    Ok(Funding {
        blocks,
        deposit,
        mint,
    })
}
