//! Checks of following.

use super::Stage;
use super::act::{block, height, land, provider, transfer};
use crate::chain::{Cursor, Followed, Observed};
use crate::conformance::report::{Checked, Doing, Stop, ensure};
use akash_market::change::Change;
use futures_util::future::join;

/// Cursors that are tried one by one.
const TRIED: usize = 64;

/// Answers that a walk to a height may take.
const ANSWERS: u32 = 1_000;

/// The place after an item.
const fn place(item: &Followed) -> Cursor {
    match item {
        Followed::Change(observed) => observed.cursor,
        Followed::Block(block) => Cursor::after_block(block.height.0),
        Followed::Gap { to, .. } => Cursor::after_block(*to),
    }
}

/// All that happened after a cursor up to and including the block at `to`.
async fn walk(stage: &dyn Stage, after: Cursor, to: i64) -> Checked<Vec<Followed>> {
    let mut items = Vec::new();
    let mut cursor = after;
    for _ in 0..ANSWERS {
        if cursor >= Cursor::after_block(to) {
            return Ok(items);
        }
        let answer = stage
            .chain()
            .next(cursor)
            .await
            .doing("following the chain")?;
        let Some(end) = answer.last() else {
            ensure(false, "an answer that is not empty", cursor)?;
            break;
        };
        ensure(
            matches!(end, Followed::Block(_) | Followed::Gap { .. }),
            "an answer that ends with a block or a gap",
            end,
        )?;
        let next = place(end);
        ensure(next > cursor, &format!("an end after {cursor:?}"), next)?;
        cursor = next;
        items.extend(
            answer
                .into_iter()
                .filter(|item| place(item) <= Cursor::after_block(to)),
        );
    }
    Err(Stop::Skip(format!(
        "a way to block {to} within {ANSWERS} answers"
    )))
}

/// Lets something happen and gives the whole stream up to the newest block.
async fn story(stage: &dyn Stage) -> Checked<(Vec<Followed>, i64)> {
    land(stage, &transfer(stage, 7).into()).await?;
    block(stage).await?;
    let to = height(stage).await?;
    Ok((walk(stage, Cursor::START, to).await?, to))
}

pub(super) async fn answers_end_with_a_block(stage: &dyn Stage) -> Checked {
    let (items, to) = story(stage).await?;
    ensure(
        matches!(items.last(), Some(Followed::Block(block)) if block.height.0 == to),
        &format!("the newest block {to} at the end"),
        items.last(),
    )
}

pub(super) async fn cursors_increase(stage: &dyn Stage) -> Checked {
    let (items, _) = story(stage).await?;
    let mut before = Cursor::START;
    for item in &items {
        let now = place(item);
        ensure(now > before, &format!("a cursor after {before:?}"), now)?;
        before = now;
    }
    Ok(())
}

pub(super) async fn blocks_follow_each_other(stage: &dyn Stage) -> Checked {
    let (items, _) = story(stage).await?;
    let mut next: Option<i64> = None;
    let mut changes: Vec<&Observed> = Vec::new();
    for item in &items {
        match item {
            Followed::Change(observed) => changes.push(observed),
            Followed::Block(block) => {
                let height = block.height.0;
                ensure(
                    next.is_none_or(|next| next == height),
                    &format!("block {next:?}, or a gap that is told"),
                    block,
                )?;
                for observed in changes.drain(..) {
                    ensure(
                        observed.block == *block && observed.cursor.height == height,
                        &format!("changes of {block:?} before its end"),
                        observed,
                    )?;
                }
                next = Some(height.saturating_add(1));
            }
            Followed::Gap { from, to } => {
                ensure(
                    from <= to && changes.is_empty() && next.is_none_or(|next| next == *from),
                    &format!("a gap between blocks, from {next:?}"),
                    item,
                )?;
                next = Some(to.saturating_add(1));
            }
        }
    }
    ensure(
        changes.is_empty(),
        "no change after the last block",
        changes,
    )
}

pub(super) async fn resumes_from_any_cursor(stage: &dyn Stage) -> Checked {
    let (items, to) = story(stage).await?;
    // The end is what a follower lives at.
    let skip = items.len().saturating_sub(TRIED);
    for (index, item) in items.iter().enumerate().skip(skip) {
        let cursor = place(item);
        let rest = walk(stage, cursor, to).await?;
        let expected = items.get(index.saturating_add(1)..).unwrap_or_default();
        ensure(
            rest == expected,
            &format!("after {cursor:?} exactly {expected:?}"),
            rest,
        )?;
    }
    Ok(())
}

pub(super) async fn waits_for_a_block(stage: &dyn Stage) -> Checked {
    let head = height(stage).await?;
    let (answer, made) = join(
        stage.chain().next(Cursor::after_block(head)),
        stage.make_block(),
    )
    .await;
    made.doing("making a block")?;
    let items = answer.doing("waiting for a block")?;
    ensure(
        matches!(items.last(), Some(Followed::Block(block)) if block.height.0 > head),
        &format!("a block above {head} at the end"),
        &items,
    )?;
    ensure(
        items.iter().all(|item| place(item).height > head),
        &format!("nothing of block {head} or before"),
        &items,
    )
}

pub(super) async fn what_landed_is_told_once(stage: &dyn Stage) -> Checked {
    let [_, owner] = stage.accounts();
    let start = Cursor::after_block(height(stage).await?);
    let inclusion = land(stage, &provider(&owner).into()).await?;
    let created = Change::ProviderCreated {
        owner: owner.clone(),
    };
    ensure(
        inclusion.changes.contains(&created),
        &format!("{created:?} among the transaction's changes"),
        &inclusion.changes,
    )?;
    let at = inclusion.block.height.0;
    let told: Vec<_> = walk(stage, start, at)
        .await?
        .into_iter()
        .filter(|item| matches!(item, Followed::Change(observed) if observed.change == created))
        .collect();
    ensure(
        matches!(&told[..], [one] if place(one).height == at),
        &format!("{created:?} once, in block {at}"),
        told,
    )
}
