//! Checks of reading.

use super::Stage;
use super::act::{block, height, held, land, provider, transfer};
use crate::chain::{At, ChainError, QueryExt};
use crate::conformance::report::{Checked, Doing, Stop, ensure};
use akash_market::id::{DeploymentId, Height};
use akash_market::query::{Filter, Key, Page};
use akash_sdl::num::Denom;

pub(super) async fn head_names_the_network(stage: &dyn Stage) -> Checked {
    let head = stage.chain().head().await.doing("reading the head")?;
    let name = stage.chain().capabilities().chain_id;
    ensure(
        head.chain_id == name,
        &format!("the network {name} of the capabilities"),
        &head.chain_id,
    )
}

pub(super) async fn head_grows(stage: &dyn Stage) -> Checked {
    let read = async || stage.chain().head().await.doing("reading the head");
    let mut before = read().await?.block;
    for _ in 0..3 {
        block(stage).await?;
        let after = read().await?.block;
        ensure(
            after.height > before.height && after.time >= before.time,
            &format!("a block after {before:?}"),
            after,
        )?;
        before = after;
    }
    Ok(())
}

pub(super) async fn unknown_objects_are_none(stage: &dyn Stage) -> Checked {
    let [first, second] = stage.accounts();
    let deployment = DeploymentId::new(first, 4_000_000_000);
    let group = deployment.group(1);
    let order = group.order(1);
    let bid = order.bid(second.clone());
    let lease = bid.lease();
    for key in [
        Key::Deployment(deployment),
        Key::Group(group),
        Key::Order(order),
        Key::Bid(bid),
        Key::Lease(lease),
        Key::Provider(second),
    ] {
        match stage.chain().get(&key, At::Latest).await {
            Err(ChainError::Unsupported { .. }) => {}
            answer => {
                let found = answer.doing("reading an object that is not there")?;
                ensure(found.is_none(), &format!("nothing under {key:?}"), found)?;
            }
        }
    }
    Ok(())
}

pub(super) async fn balances_are_read(stage: &dyn Stage) -> Checked {
    for owner in stage.accounts() {
        let held = held(stage, &owner, At::Latest).await?;
        ensure(held >= 1_000_000, "a funded account", held)?;
    }
    Ok(())
}

pub(super) async fn unheld_coins_are_zero(stage: &dyn Stage) -> Checked {
    let [owner, _] = stage.accounts();
    let Ok(denom) = Denom::new("unheld") else {
        return Err(Stop::Skip("denoms of this form".to_owned()));
    };
    let coin = stage
        .chain()
        .balance(&owner, &denom, At::Latest)
        .await
        .doing("reading the balance of a coin that nobody holds")?;
    ensure(
        coin.is_zero() && *coin.denom() == denom,
        "a balance of 0unheld",
        coin,
    )
}

pub(super) async fn what_was_written_is_read(stage: &dyn Stage) -> Checked {
    let [_, to] = stage.accounts();
    let before = held(stage, &to, At::Latest).await?;
    let inclusion = land(stage, &transfer(stage, 7).into()).await?;
    let after = held(stage, &to, At::AtLeast(inclusion.block.height)).await?;
    ensure(
        after == before.saturating_add(7),
        "the state of the transaction's block or a later one",
        after,
    )
}

pub(super) async fn past_states_stay(stage: &dyn Stage) -> Checked {
    let [_, to] = stage.accounts();
    let past = height(stage).await?;
    let before = held(stage, &to, At::Exactly(Height(past))).await?;
    let inclusion = land(stage, &transfer(stage, 7).into()).await?;
    let now = held(stage, &to, At::Exactly(inclusion.block.height)).await?;
    ensure(
        now == before.saturating_add(7),
        "the transfer in the state of its block",
        now,
    )?;
    let denom = stage.denom();
    match stage
        .chain()
        .balance(&to, &denom, At::Exactly(Height(past)))
        .await
    {
        // A chain may forget, but not tell another state.
        Err(ChainError::HeightUnavailable { reason, .. }) => Err(Stop::Skip(reason)),
        answer => {
            let again = answer.doing("reading a past balance")?.amount_u128();
            ensure(again == Some(before), &format!("{before} as before"), again)
        }
    }
}

pub(super) async fn future_states_are_unavailable(stage: &dyn Stage) -> Checked {
    let [owner, _] = stage.accounts();
    let far = Height(height(stage).await?.saturating_add(1_000_000));
    for at in [At::Exactly(far), At::AtLeast(far)] {
        let answer = stage.chain().balance(&owner, &stage.denom(), at).await;
        ensure(
            matches!(
                answer,
                Err(ChainError::HeightUnavailable { .. }
                    | ChainError::Timeout { .. }
                    | ChainError::Unsupported { .. })
            ),
            &format!("that {at:?} is unavailable"),
            answer,
        )?;
    }
    Ok(())
}

pub(super) async fn pages_make_up_the_list(stage: &dyn Stage) -> Checked {
    for owner in stage.accounts() {
        land(stage, &provider(&owner).into()).await?;
    }
    let list = async |page: Page, at: At| {
        stage
            .chain()
            .list(&Filter::Providers, &page, at)
            .await
            .doing("listing providers")
    };
    let whole = list(Page::default(), At::Latest).await?;
    let at = At::Exactly(whole.at.height);
    ensure(whole.items.len() >= 2, "the two providers", &whole.items)?;
    let mut pieces = Vec::new();
    let mut page = Page {
        after: None,
        limit: 1,
    };
    // One page more than items: the last may be empty.
    for _ in 0..=whole.items.len() {
        let piece = list(page.clone(), at).await?;
        ensure(
            piece.items.len() <= 1 && piece.at == whole.at,
            &format!("a page of one item at {:?}", whole.at),
            &piece,
        )?;
        pieces.extend(piece.items);
        page.after = piece.next;
        if page.after.is_none() || (whole.next.is_some() && pieces.len() == whole.items.len()) {
            break;
        }
    }
    ensure(
        whole.next.is_some() || page.after.is_none(),
        "pages that come to an end",
        page.after,
    )?;
    ensure(
        pieces == whole.items,
        "the same items in the same order, page by page",
        pieces,
    )
}
