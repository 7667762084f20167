//! What several checks do with a chain.

use super::Stage;
use crate::chain::{At, Inclusion, Prepared, QueryExt, Resolution, SubmitOptions, Validity};
use crate::conformance::report::{Checked, Doing, Failure, Stop, ensure};
use akash_market::action::{Action, Batch};
use akash_market::address::Address;
use akash_market::provider::ProviderInfo;
use akash_sdl::num::Coin;

/// Blocks after which a sent transaction has to be in one.
const PATIENCE: u32 = 40;

/// The newest height.
pub(super) async fn height(stage: &dyn Stage) -> Checked<i64> {
    let head = stage.chain().head().await.doing("reading the head")?;
    Ok(head.block.height.0)
}

pub(super) async fn block(stage: &dyn Stage) -> Checked {
    stage.make_block().await.doing("making a block")
}

/// What an account holds of the stage's denom.
pub(super) async fn held(stage: &dyn Stage, owner: &Address, at: At) -> Checked<u128> {
    let coin = stage
        .chain()
        .balance(owner, &stage.denom(), at)
        .await
        .doing("reading a balance")?;
    coin.amount_u128().ok_or_else(|| {
        Stop::Fail(Failure::Contract {
            expected: "a balance of at most 128 bits".to_owned(),
            found: coin.to_string(),
        })
    })
}

/// A transfer from the first account to the second.
pub(super) fn transfer(stage: &dyn Stage, amount: u128) -> Action {
    let [from, to] = stage.accounts();
    Action::Send {
        from,
        to,
        coins: vec![Coin::new(stage.denom(), amount)],
    }
}

/// A provider record, as good as any.
pub(super) fn provider(owner: &Address) -> Action {
    Action::CreateProvider {
        owner: owner.clone(),
        host_uri: "https://provider.example:8443".to_owned(),
        attributes: Vec::new(),
        info: ProviderInfo::default(),
    }
}

pub(super) async fn prepare(stage: &dyn Stage, batch: &Batch) -> Checked<Prepared> {
    stage
        .chain()
        .prepare(batch, &SubmitOptions::default())
        .await
        .doing("preparing a batch")
}

pub(super) async fn send(stage: &dyn Stage, prepared: &Prepared) -> Checked {
    stage
        .chain()
        .send(prepared)
        .await
        .doing("sending a transaction")
}

pub(super) async fn resolve(stage: &dyn Stage, prepared: &Prepared) -> Checked<Resolution> {
    stage
        .chain()
        .resolve(prepared)
        .await
        .doing("resolving a transaction")
}

/// Makes blocks until the transaction is in one.
pub(super) async fn wait(stage: &dyn Stage, prepared: &Prepared) -> Checked<Inclusion> {
    for _ in 0..PATIENCE {
        match resolve(stage, prepared).await? {
            Resolution::Included(inclusion) => return Ok(*inclusion),
            Resolution::Pending => block(stage).await?,
            Resolution::CanNeverLand => break,
        }
    }
    Err(Stop::Fail(Failure::Contract {
        expected: "a sent transaction in a block".to_owned(),
        found: format!("{:?}", resolve(stage, prepared).await?),
    }))
}

/// Prepares and sends a batch, and waits until it is done.
pub(super) async fn land(stage: &dyn Stage, batch: &Batch) -> Checked<Inclusion> {
    let prepared = prepare(stage, batch).await?;
    send(stage, &prepared).await?;
    let inclusion = wait(stage, &prepared).await?;
    ensure(
        inclusion.result.is_ok(),
        "a batch that is done",
        &inclusion.result,
    )?;
    Ok(inclusion)
}

/// What was paid in the stage's denom.
pub(super) fn paid(stage: &dyn Stage, fee: &[Coin]) -> u128 {
    let denom = stage.denom();
    fee.iter()
        .filter(|coin| *coin.denom() == denom)
        .filter_map(Coin::amount_u128)
        .fold(0, u128::saturating_add)
}

/// What both accounts hold; made to be compared with a later state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Purses {
    pub(super) first: u128,
    pub(super) second: u128,
}

impl Purses {
    pub(super) async fn of(stage: &dyn Stage) -> Checked<Self> {
        let [first, second] = stage.accounts();
        Ok(Self {
            first: held(stage, &first, At::Latest).await?,
            second: held(stage, &second, At::Latest).await?,
        })
    }

    /// After `amount` went from the first to the second and `fee` was paid by the first.
    pub(super) const fn after(self, amount: u128, fee: u128) -> Self {
        Self {
            first: self.first.saturating_sub(amount).saturating_sub(fee),
            second: self.second.saturating_add(amount),
        }
    }
}

/// Makes sure that the purses are as they should be.
pub(super) async fn ensure_purses(stage: &dyn Stage, expected: Purses) -> Checked {
    let found = Purses::of(stage).await?;
    ensure(found == expected, &format!("{expected:?}"), found)
}

/// The last block that a transaction can enter, if it is told as a height.
pub(super) const fn last(prepared: &Prepared) -> Option<i64> {
    match prepared.valid_until {
        Validity::Height(height) => Some(height.0),
        Validity::Time(_) => None,
    }
}
