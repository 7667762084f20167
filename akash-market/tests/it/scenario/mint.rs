//! Burn, mint and the price they follow.

use super::stage::{Play, Stage};
use akash_market::action::Action;
use akash_market::bme::{CancelReason, MintStatus, RecordState};
use akash_market::params::{BmeParams, ParamsChange};
use akash_sdl::num::{Coin, Denom};

fn executed(state: &RecordState) -> bool {
    matches!(state, RecordState::Executed(_))
}

fn set(stage: &mut impl Stage, params: BmeParams) {
    let authority = stage.gov();
    stage.govern(Action::UpdateParams {
        authority,
        params: Box::new(ParamsChange::Bme(params)),
    });
}

pub(crate) fn mint_and_burn_epochs(stage: &mut impl Stage) {
    // One record of each queue for each epoch.
    let params = BmeParams {
        max_endblocker_records: 1,
        ..BmeParams::default()
    };
    set(stage, params);
    assert_eq!(stage.minting(), Some(MintStatus::Healthy));
    let mint = stage.mint("tenant", 20_000_000);
    let other = stage.mint("tenant2", 20_000_000);
    let mints = [stage.queued(mint), stage.queued(other)];
    assert_eq!(
        (stage.gain("tenant"), stage.gain("tenant2")),
        (0, 0),
        "only queued"
    );
    let done = |stage: &dyn Stage| {
        mints
            .iter()
            .filter(|id| executed(&stage.record(id)))
            .count()
    };
    let mut waited = 0;
    while done(stage) == 0 {
        stage.pass(1);
        waited += 1;
        assert!(waited <= 10, "an epoch has ten blocks");
    }
    assert_eq!(done(stage), 1, "one record an epoch");
    stage.pass(10);
    assert_eq!(done(stage), 2);
    // 20 AKT at 1.25 are 25 ACT, less 25 basis points.
    assert_eq!(stage.gain("tenant"), 24_937_500);
    assert_eq!(stage.gain("tenant2"), 24_937_500);
    let small = stage.mint("tenant", 7_000_000);
    let small = stage.queued(small);
    let before = stage.held("p3", &Denom::UAKT);
    let burn = stage.burn("p3", 10_000_000);
    let burn = stage.queued(burn);
    stage.pass(11);
    // Less than ten ACT are not minted.
    assert!(matches!(
        stage.record(&small),
        RecordState::Canceled {
            reason: CancelReason::MinimumMint,
            ..
        }
    ));
    assert!(executed(&stage.record(&burn)));
    let gained = stage.held("p3", &Denom::UAKT) + 1_000_000 - before;
    assert!(
        (8_900_000..=9_000_000).contains(&gained),
        "8 AKT less a fee: {gained}"
    );
}

pub(crate) fn breaker_trip_and_recovery(stage: &mut impl Stage) {
    assert_eq!(stage.minting(), Some(MintStatus::Healthy));
    // 700 ACT are out; a million AKT at 0.0005 are worth 500.
    stage.price(Some("0.0005"));
    stage.pass(8);
    assert_eq!(stage.minting(), Some(MintStatus::HaltCr));
    let mint = stage.mint("tenant", 100_000_000);
    stage.refused(mint.clone(), ("bme", 6), "circuit breaker is active");
    // The way back stays open.
    let burn = stage.burn("tenant", 1_000_000);
    let burn = stage.queued(burn);
    stage.pass(11);
    assert!(executed(&stage.record(&burn)));
    stage.price(Some("1.25"));
    stage.pass(8);
    assert_eq!(stage.minting(), Some(MintStatus::Healthy));
    let id = stage.queued(mint);
    stage.pass(21);
    assert!(executed(&stage.record(&id)));
}

pub(crate) fn retry_then_cancel(stage: &mut impl Stage) {
    let held = stage.gain("tenant");
    // Stale already when the first epoch comes: the last burn epoch was just worked off.
    while stage.now().height.0 % 10 != 1 {
        stage.pass(1);
    }
    let burn = stage.burn("tenant", 1_000_000);
    let id = stage.queued(burn);
    stage.price(None);
    // Without a price every epoch is a failed try; the third cancels and gives the coins back.
    let attempts = |stage: &dyn Stage| match stage.record(&id) {
        RecordState::Pending { attempts, .. } => Some(attempts),
        RecordState::Canceled {
            reason,
            coins_to_burn,
            ..
        } => {
            assert_eq!(reason, CancelReason::MaxAttempts);
            assert_eq!(coins_to_burn, Coin::uact(1_000_000));
            None
        }
        RecordState::Executed(_) => panic!("there is no price"),
    };
    let mut seen = Vec::new();
    for _ in 0..40 {
        if seen.last() != Some(&attempts(stage)) {
            seen.push(attempts(stage));
        }
        stage.pass(1);
    }
    assert_eq!(seen, [Some(0), Some(1), Some(2), None]);
    assert_eq!(stage.gain("tenant"), held);
}

pub(crate) fn oracle_stale_and_recovery(stage: &mut impl Stage) {
    stage.price(None);
    // 30 seconds without a report.
    stage.pass(7);
    let mint = stage.mint("tenant", 20_000_000);
    stage.refused(mint.clone(), ("oracle.v2", 4), "price stalled");
    assert_eq!(stage.minting(), None);
    stage.price(Some("1.5"));
    stage.pass(3);
    assert_eq!(stage.minting(), Some(MintStatus::Healthy));
    let id = stage.queued(mint);
    stage.pass(21);
    assert!(executed(&stage.record(&id)));
    assert_eq!(stage.gain("tenant"), 29_925_000);
}
