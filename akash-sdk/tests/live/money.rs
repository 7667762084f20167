//! Whose coins: mint and burn, grants of fees and deposits, acting for another, many at once.

use crate::stage::{Party, Stage, fee, fresh};
use akash_market::action::{Action, Batch};
use akash_market::escrow::{AccountId, Deposit, DepositSource};
use akash_market::grant::GrantScope;
use akash_market::id::DeploymentId;
use akash_market::lease::CloseReason;
use akash_market::oracle::PairId;
use akash_market::query::{Entity, Filter, Key};
use akash_market::workflow::fund::{FundFailure, FundPlan, FundStep};
use akash_sdk::chain::{At, ChainError, Inclusion, Query, QueryExt, Submit, SubmitOptions};
use akash_sdk::cosmos::convert::action::to_any;
use akash_sdk::cosmos::wire::TypeUrl;
use akash_sdk::cosmos::wire::cosmos::authz::v1beta1::{GenericAuthorization, Grant, MsgGrant};
use akash_sdk::cosmos::wire::cosmos::feegrant::v1beta1::{
    BasicAllowance, MsgGrantAllowance, MsgRevokeAllowance,
};
use akash_sdk::drive::Progress;
use akash_sdk::journal::{JobId, MemoryJournal};
use akash_sdk::tenant::Funder;
use akash_sdl::num::{Coin, Denom};
use futures_util::future::join_all;
use std::sync::Arc;
use std::time::Duration;

const AKT: u128 = 1_000_000;

/// Runs a funding to its end; gives that and the fees it cost.
async fn fund(party: &Party, burn: Coin, mint: Denom) -> (Result<(Coin, Coin), FundFailure>, u128) {
    let plan = FundPlan {
        owner: party.address().clone(),
        burn,
        mint,
    };
    let funder = Funder::new(party.client.clone(), Arc::new(MemoryJournal::default()));
    let mut run = funder.fund(JobId("fund".to_owned()), plan).await.unwrap();
    let (mut queued, mut fees) = (false, 0);
    while let Some(progress) = run.next().await.unwrap() {
        match progress {
            Progress::Included { inclusion, .. } => fees += fee(&inclusion),
            Progress::Step(FundStep::Queued { .. }) => queued = true,
            _ => {}
        }
    }
    assert!(queued);
    let ending = run.ending().unwrap().map_err(Clone::clone);
    let ending = ending.map(|record| {
        let paid = record
            .minted
            .clone()
            .or_else(|| record.remint_credit_issued.clone());
        (paid.unwrap().coin, record.spread.clone())
    });
    (ending, fees)
}

/// To the end of the epoch and back; and a request that is too small.
pub(crate) async fn akt_becomes_act_and_back(stage: &Stage<'_>) {
    let rich = stage.rich().await;
    stage.post_price().await;
    let [party] = stage.others(&rich, 32 * AKT).await;
    let pair = Key::Price(PairId::akt_usd());
    let twap = match party.client.get(&pair, At::Latest).await.unwrap() {
        Some(Entity::Price {
            price: Some(price), ..
        }) => price.twap,
        other => panic!("{other:?}"),
    };
    let (minted, fees) = fund(&party, Coin::uakt(30 * AKT + 1), Denom::UACT).await;
    let (minted, spread) = minted.unwrap();
    let got = party.holds(&Denom::UACT).await;
    assert_eq!(
        minted.amount_u128().unwrap(),
        got + spread.amount_u128().unwrap()
    );
    let exact = twap.mul_i64(30_000_001).unwrap();
    assert_eq!(
        minted.amount().to_string(),
        exact.to_string().split('.').next().unwrap()
    );
    let left = party.holds(&Denom::UAKT).await;
    assert_eq!(left, 2 * AKT - 1 - fees);

    let (burned, fees) = fund(&party, Coin::uact(10 * AKT), Denom::UAKT).await;
    let (back, spread) = burned.unwrap();
    assert_eq!(party.holds(&Denom::UACT).await, got - 10 * AKT);
    let back = back.amount_u128().unwrap() - spread.amount_u128().unwrap();
    assert_eq!(party.holds(&Denom::UAKT).await, left + back - fees);

    let before = party.holds(&Denom::UAKT).await;
    let (refused, fees) = fund(&party, Coin::uakt(AKT), Denom::UACT).await;
    assert!(
        matches!(refused, Err(FundFailure::Canceled { .. })),
        "{refused:?}"
    );
    // The coins are back.
    assert_eq!(party.holds(&Denom::UAKT).await, before - fees);
}

fn gift(from: &Party, to: &Party, amount: u128) -> Action {
    Action::Send {
        from: from.address().clone(),
        to: to.address().clone(),
        coins: vec![Coin::uakt(amount)],
    }
}

pub(crate) async fn another_account_pays_the_fee(stage: &Stage<'_>) {
    let rich = stage.rich().await;
    let [granter, poor] = stage.others(&rich, AKT).await;
    let mut policy = stage.policy();
    policy.granter = Some(granter.address().clone());
    let client = stage.client().await.with_policy(policy);
    let poor = Party::new(client.with_signer(poor.signer.clone()), poor.signer);
    poor.refused(gift(&poor, &rich, 5), "fee-grant not found")
        .await;
    let allow = MsgGrantAllowance {
        granter: granter.address().to_string(),
        grantee: poor.address().to_string(),
        allowance: Some(BasicAllowance::default().to_any()),
    };
    granter.messages(vec![allow.to_any()]).await;
    let before = granter.holds(&Denom::UAKT).await;
    let sent = poor.act(gift(&poor, &rich, 5)).await;
    assert_eq!(granter.holds(&Denom::UAKT).await, before - fee(&sent));
    assert_eq!(poor.holds(&Denom::UAKT).await, AKT - 5);
    let revoke = MsgRevokeAllowance {
        granter: granter.address().to_string(),
        grantee: poor.address().to_string(),
    };
    granter.messages(vec![revoke.to_any()]).await;
    poor.refused(gift(&poor, &rich, 5), "fee-grant not found")
        .await;
}

/// A deployment and the top-up of another one's, out of a grant.
pub(crate) async fn another_account_pays_the_deposit(stage: &Stage<'_>) {
    let tenant = stage.tenant(5_000_000).await;
    let [grantee] = stage.others(&tenant, AKT).await;
    let granted = |amount| Deposit {
        amount: Coin::uact(amount),
        sources: vec![DepositSource::Grant, DepositSource::Balance],
    };
    let sdl = akash_sdl::parse(crate::life::SDL).unwrap();
    let create = |id: &DeploymentId| Action::CreateDeployment {
        id: id.clone(),
        groups: sdl.groups().to_vec(),
        hash: sdl.version().as_bytes().to_vec(),
        deposit: granted(1_000_000),
        reclamation_min_window: None,
    };
    let id = grantee.deployment();
    let grant = Action::GrantDeposit {
        granter: tenant.address().clone(),
        grantee: grantee.address().clone(),
        scopes: vec![GrantScope::Deployment],
        spend_limits: vec![Coin::uact(1_500_000)],
        expires: None,
    };
    tenant.act(grant).await;
    let filter = Filter::Grants {
        grantee: grantee.address().clone(),
    };
    let left = async || {
        let grants = grantee.client.all(&filter, At::Latest, 10).await.unwrap();
        let limits = grants.into_iter().map(|grant| match grant {
            Entity::Grant(grant) => grant.spend_limits,
            other => panic!("{other:?}"),
        });
        limits.flatten().collect::<Vec<_>>()
    };
    assert_eq!(left().await, [Coin::uact(1_500_000)]);
    let before = tenant.holds(&Denom::UACT).await;
    grantee.act(create(&id)).await;
    assert_eq!(left().await, [Coin::uact(500_000)]);
    assert_eq!(tenant.holds(&Denom::UACT).await, before - 1_000_000);
    let top_up = |amount| Action::Deposit {
        signer: grantee.address().clone(),
        id: AccountId::Deployment(id.clone()),
        deposit: granted(amount),
    };
    // More than is granted, and nothing of one's own.
    let refusal = grantee.attempt(top_up(600_000)).await.unwrap_err();
    assert!(refusal.log.contains("insufficient"), "{refusal}");
    // The whole rest: the grant is gone.
    grantee.act(top_up(500_000)).await;
    assert!(left().await.is_empty());
    let escrow = grantee
        .client
        .escrow(&AccountId::Deployment(id.clone()), At::Latest)
        .await;
    let depositors = escrow.unwrap().unwrap().deposits;
    assert!(
        depositors
            .iter()
            .all(|one| one.owner == *tenant.address() && one.source == DepositSource::Grant),
        "{depositors:?}"
    );
    grantee.act(Action::CloseDeployment { id }).await;
    // It comes back to who gave it, and may be spent again.
    assert_eq!(tenant.holds(&Denom::UACT).await, before);
    let revoke = Action::RevokeDepositGrant {
        granter: tenant.address().clone(),
        grantee: grantee.address().clone(),
    };
    assert_eq!(left().await, [Coin::uact(1_500_000)]);
    tenant.act(revoke.clone()).await;
    tenant.refused(revoke, "authorization not found").await;
}

pub(crate) async fn one_account_acts_for_another(stage: &Stage<'_>) {
    let rich = stage.rich().await;
    let [granter, grantee] = stage.others(&rich, AKT).await;
    let gift = gift(&granter, &rich, 5);
    let permit = MsgGrant {
        granter: granter.address().to_string(),
        grantee: grantee.address().to_string(),
        grant: Grant {
            authorization: Some(
                GenericAuthorization {
                    msg: to_any(&gift).type_url,
                }
                .to_any(),
            ),
            expiration: None,
        },
    };
    granter.messages(vec![permit.to_any()]).await;
    let client = stage.client().await.with_signer(grantee.signer.clone());
    let (for_whom, by) = (granter.address().clone(), grantee.address().clone());
    let agent = Party::new(client.acting_for(for_whom, by), grantee.signer.clone());
    let before = granter.holds(&Denom::UAKT).await;
    let Inclusion { result, .. } = agent.done(Batch::new(vec![gift.clone(), gift])).await;
    assert_eq!(result.unwrap().len(), 2);
    assert_eq!(granter.holds(&Denom::UAKT).await, before - 10);
    let close = Action::CloseBid {
        id: DeploymentId::new(rich.address().clone(), 1)
            .group(1)
            .order(1)
            .bid(granter.address().clone()),
        reason: CloseReason::UNSTABLE,
    };
    agent.refused(close, "authorization not found").await;
}

/// Unordered transactions of one account, and numbered ones that wait for each other.
pub(crate) async fn many_go_at_once(stage: &Stage<'_>) {
    let rich = stage.rich().await;
    let [busy, till] = stage.others(&rich, AKT).await;
    let mut policy = stage.policy();
    policy.unordered = Some(Duration::from_secs(60));
    let client = stage.client().await.with_policy(policy);
    let unordered = Party::new(client.with_signer(busy.signer.clone()), busy.signer.clone());
    for party in [&unordered, &busy] {
        let before = till.holds(&Denom::UAKT).await;
        let gifts = (1..=8).map(|amount| party.act(gift(party, &till, amount)));
        let blocks: Vec<i64> = join_all(gifts)
            .await
            .into_iter()
            .map(|inclusion| inclusion.block.height.0)
            .collect();
        assert_eq!(till.holds(&Denom::UAKT).await, before + 36, "{blocks:?}");
    }
    // One that is sent again lands once.
    let batch = gift(&unordered, &till, u128::from(fresh() % 1_000)).into();
    let prepared = unordered
        .client
        .prepare(&batch, &SubmitOptions::default())
        .await
        .unwrap();
    let before = till.holds(&Denom::UAKT).await;
    unordered.client.send(&prepared).await.unwrap();
    // It is refused if a block has it by now.
    let again = unordered.client.send(&prepared).await;
    assert!(
        matches!(again, Ok(()) | Err(ChainError::Rejected(_))),
        "{again:?}"
    );
    unordered.blocks(3).await;
    let Action::Send { coins, .. } = &batch.actions[0] else {
        panic!("{batch:?}")
    };
    let gift = coins[0].amount_u128().unwrap();
    assert_eq!(till.holds(&Denom::UAKT).await, before + gift);
}
