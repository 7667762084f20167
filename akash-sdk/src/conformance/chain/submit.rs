//! Checks of submitting.

use super::Stage;
use super::act::{
    Purses, block, ensure_purses, height, land, last, paid, prepare, resolve, send, transfer, wait,
};
use crate::chain::{ChainError, Prepared, Rejection, Resolution, SubmitOptions};
use crate::conformance::report::{Checked, Doing, Failure, Stop, ensure};
use akash_market::action::{Action, Batch};
use akash_market::address::Address;
use akash_sdl::num::Coin;

fn is_named(rejection: &Rejection) -> bool {
    rejection.code != 0 && !rejection.codespace.is_empty()
}

pub(super) async fn accounts_are_named(stage: &dyn Stage) -> Checked {
    let named = stage.chain().accounts();
    for account in stage.accounts() {
        ensure(
            named.contains(&account),
            &format!("{account} among the accounts signed for"),
            &named,
        )?;
    }
    Ok(())
}

pub(super) async fn strangers_are_refused(stage: &dyn Stage) -> Checked {
    let [_, to] = stage.accounts();
    let Some(Ok(from)) = to
        .prefix()
        .map(|prefix| Address::bech32(prefix, &[0x5a; 20]))
    else {
        return Err(Stop::Skip("bech32 addresses".to_owned()));
    };
    let coins = vec![Coin::new(stage.denom(), 1)];
    let batch = Action::Send { from, to, coins }.into();
    let answer = stage
        .chain()
        .prepare(&batch, &SubmitOptions::default())
        .await;
    ensure(answer.is_err(), "no transaction without its signer", answer)
}

pub(super) async fn empty_batches_are_refused(stage: &dyn Stage) -> Checked {
    let answer = stage
        .chain()
        .prepare(&Batch::default(), &SubmitOptions::default())
        .await;
    ensure(answer.is_err(), "no transaction without actions", answer)
}

pub(super) async fn trying_changes_nothing(stage: &dyn Stage) -> Checked {
    let before = Purses::of(stage).await?;
    stage
        .chain()
        .simulate(&transfer(stage, 7).into())
        .await
        .doing("simulating a batch")?;
    block(stage).await?;
    ensure_purses(stage, before).await
}

pub(super) async fn preparing_spends_nothing(stage: &dyn Stage) -> Checked {
    let before = Purses::of(stage).await?;
    let prepared = prepare(stage, &transfer(stage, 7).into()).await?;
    let [payer, _] = stage.accounts();
    ensure(
        prepared.payer == payer,
        &format!("{payer} as the payer"),
        &prepared,
    )?;
    let resolution = resolve(stage, &prepared).await?;
    ensure(
        resolution == Resolution::Pending,
        "that it is pending",
        resolution,
    )?;
    block(stage).await?;
    ensure_purses(stage, before).await
}

pub(super) async fn prepared_survives_storage(stage: &dyn Stage) -> Checked {
    let before = Purses::of(stage).await?;
    let prepared = prepare(stage, &transfer(stage, 7).into()).await?;
    let stored =
        serde_json::to_string(&prepared).and_then(|t| serde_json::from_str::<Prepared>(&t));
    let Ok(again) = stored else {
        return ensure(false, "a transaction that can be stored", stored);
    };
    send(stage, &again).await?;
    let inclusion = wait(stage, &prepared).await?;
    let fee = paid(stage, &inclusion.fee);
    ensure_purses(stage, before.after(7, fee)).await
}

pub(super) async fn lands_once(stage: &dyn Stage) -> Checked {
    let before = Purses::of(stage).await?;
    let head = height(stage).await?;
    let prepared = prepare(stage, &transfer(stage, 7).into()).await?;
    send(stage, &prepared).await?;
    send(stage, &prepared).await?;
    let inclusion = wait(stage, &prepared).await?;
    ensure(
        inclusion.id == prepared.id,
        "the transaction's own id",
        &inclusion.id,
    )?;
    ensure(
        inclusion.block.height.0 > head && inclusion.block.height.0 <= height(stage).await?,
        "a block after the transaction was prepared",
        inclusion.block,
    )?;
    ensure(
        matches!(&inclusion.result, Ok(outcomes) if outcomes.len() == 1),
        "one outcome of one action",
        &inclusion.result,
    )?;
    let fee = paid(stage, &inclusion.fee);
    ensure(
        fee <= paid(stage, &prepared.fee),
        &format!("a fee of at most {:?}", prepared.fee),
        &inclusion.fee,
    )?;
    let after = before.after(7, fee);
    ensure_purses(stage, after).await?;
    // Once more, long after: whatever the answer, nothing moves, and it is still known.
    let _whatever = stage.chain().send(&prepared).await;
    block(stage).await?;
    block(stage).await?;
    ensure_purses(stage, after).await?;
    let again = resolve(stage, &prepared).await?;
    ensure(
        again == Resolution::Included(Box::new(inclusion)),
        "the same inclusion as before",
        again,
    )
}

pub(super) async fn lands_again_when_made_anew(stage: &dyn Stage) -> Checked {
    let before = Purses::of(stage).await?;
    let batch = transfer(stage, 7).into();
    let first = land(stage, &batch).await?;
    let second = land(stage, &batch).await?;
    ensure(first.id != second.id, "another id", &second.id)?;
    let fees = paid(stage, &first.fee).saturating_add(paid(stage, &second.fee));
    ensure_purses(stage, before.after(14, fees)).await
}

pub(super) async fn never_sent_never_lands(stage: &dyn Stage) -> Checked {
    let before = Purses::of(stage).await?;
    let options = SubmitOptions {
        valid_for_blocks: Some(3),
        ..SubmitOptions::default()
    };
    let prepared = stage
        .chain()
        .prepare(&transfer(stage, 7).into(), &options)
        .await
        .doing("preparing a batch")?;
    let mut over = false;
    for _ in 0..20 {
        let head = height(stage).await?;
        match resolve(stage, &prepared).await? {
            Resolution::Pending => {}
            Resolution::CanNeverLand => {
                ensure(
                    last(&prepared).is_none_or(|last| height_is_over(head, last)),
                    &format!("that it may land until {:?}", prepared.valid_until),
                    head,
                )?;
                over = true;
                break;
            }
            Resolution::Included(inclusion) => {
                return ensure(
                    false,
                    "a transaction that was never sent in no block",
                    inclusion,
                );
            }
        }
        block(stage).await?;
    }
    ensure(
        over,
        "that it can never land after its time",
        prepared.valid_until,
    )?;
    // Now it is sent after all: too late.
    let _whatever = stage.chain().send(&prepared).await;
    block(stage).await?;
    block(stage).await?;
    let resolution = resolve(stage, &prepared).await?;
    ensure(
        resolution == Resolution::CanNeverLand,
        "that it can never land, still",
        resolution,
    )?;
    ensure_purses(stage, before).await
}

/// A block may have come between reading the head and asking.
const fn height_is_over(head: i64, last: i64) -> bool {
    head.saturating_add(1) >= last
}

pub(super) async fn batches_land_in_order(stage: &dyn Stage) -> Checked {
    let before = Purses::of(stage).await?;
    let mut sent = Vec::new();
    for amount in 1..=4 {
        let prepared = prepare(stage, &transfer(stage, amount).into()).await?;
        send(stage, &prepared).await?;
        sent.push(prepared);
    }
    let mut fees: u128 = 0;
    let mut newest = 0;
    for prepared in &sent {
        let inclusion = wait(stage, prepared).await?;
        ensure(
            inclusion.result.is_ok(),
            "a batch that is done",
            &inclusion.result,
        )?;
        ensure(
            inclusion.block.height.0 >= newest,
            "a block not before that of the batch sent earlier",
            inclusion.block,
        )?;
        newest = inclusion.block.height.0;
        fees = fees.saturating_add(paid(stage, &inclusion.fee));
    }
    ensure_purses(stage, before.after(1 + 2 + 3 + 4, fees)).await
}

pub(super) async fn batches_are_atomic(stage: &dyn Stage) -> Checked {
    let before = Purses::of(stage).await?;
    let both = Batch::new(vec![transfer(stage, 1), transfer(stage, 2)]);
    let inclusion = land(stage, &both).await?;
    ensure(
        matches!(&inclusion.result, Ok(outcomes) if outcomes.len() == 2),
        "two outcomes of two actions",
        &inclusion.result,
    )?;
    let middle = before.after(3, paid(stage, &inclusion.fee));
    ensure_purses(stage, middle).await?;
    let half = Batch::new(vec![
        transfer(stage, 1),
        transfer(stage, middle.first.saturating_add(1)),
    ]);
    let fee = refused(stage, &half).await?;
    ensure_purses(stage, middle.after(0, fee)).await
}

pub(super) async fn unaffordable_is_refused(stage: &dyn Stage) -> Checked {
    let before = Purses::of(stage).await?;
    let batch = transfer(stage, before.first.saturating_add(1)).into();
    let fee = refused(stage, &batch).await?;
    ensure_purses(stage, before.after(0, fee)).await
}

/// Submits a batch that has to be refused, at whatever stage, and says what fee that took.
async fn refused(stage: &dyn Stage, batch: &Batch) -> Checked<u128> {
    let named = |rejection: &Rejection| {
        ensure(
            is_named(rejection),
            "a rejection with codespace and code",
            rejection,
        )
    };
    let prepared = match stage
        .chain()
        .prepare(batch, &SubmitOptions::default())
        .await
    {
        Err(ChainError::Rejected(rejection)) => {
            named(&rejection)?;
            return Ok(0);
        }
        answer => answer.doing("preparing a batch that will be refused")?,
    };
    match stage.chain().send(&prepared).await {
        Err(ChainError::Rejected(rejection)) => {
            named(&rejection)?;
            return Ok(0);
        }
        answer => answer.doing("sending a batch that will be refused")?,
    }
    let inclusion = wait(stage, &prepared).await?;
    match &inclusion.result {
        Err(rejection) => named(rejection)?,
        Ok(outcomes) => ensure(false, "a refusal", outcomes)?,
    }
    Ok(paid(stage, &inclusion.fee))
}

/// Two transactions that are good one by one; together they are more than the account holds.
pub(super) async fn refused_in_a_block_moves_the_fee_only(stage: &dyn Stage) -> Checked {
    let before = Purses::of(stage).await?;
    let most = before.first.saturating_div(10).saturating_mul(6);
    let first = prepare(stage, &transfer(stage, most).into()).await?;
    send(stage, &first).await?;
    let second: Batch = transfer(stage, most).into();
    // Seen from the newest block it is good; a chain that looks further may refuse it already.
    let fee_of_second = refused(stage, &second).await?;
    let inclusion = wait(stage, &first).await?;
    if let Err(rejection) = &inclusion.result {
        return Err(Stop::Fail(Failure::Error {
            doing: "the first of two transfers".to_owned(),
            error: rejection.to_string(),
        }));
    }
    let fees = fee_of_second.saturating_add(paid(stage, &inclusion.fee));
    ensure_purses(stage, before.after(most, fees)).await
}

pub(super) async fn fees_are_capped(stage: &dyn Stage) -> Checked {
    let batch = transfer(stage, 7).into();
    let free = prepare(stage, &batch).await?.fee.iter().all(Coin::is_zero);
    let options = SubmitOptions {
        max_fee: Some(Coin::zero(stage.chain().capabilities().fee_denom)),
        ..SubmitOptions::default()
    };
    let answer = stage.chain().prepare(&batch, &options).await;
    ensure(
        answer.is_ok() == free,
        "no transaction whose fee is above the cap, and any other",
        answer,
    )
}
