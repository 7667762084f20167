//! One endpoint and what is known of its health.

use super::policy::{Bucket, EndpointPolicy};
use crate::cosmos::transport::{NodeStatus, Transport, TransportError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What is known of an endpoint.
#[derive(Debug, Clone, PartialEq)]
pub struct Health {
    /// Its name.
    pub name: String,
    /// Whether it is asked at all for now.
    pub usable: bool,
    /// Height of its newest block when last heard of; 0 before that.
    pub height: i64,
    /// Smoothed time of its answers; zero before the first.
    pub latency: Duration,
    /// Requests made.
    pub requests: u64,
    /// Requests that failed.
    pub failures: u64,
    /// Why it is not used, or asked last.
    pub problem: Option<TransportError>,
}

#[derive(Debug)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) transport: Arc<dyn Transport>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    in_a_row: u32,
    rests_until: Duration,
    height: i64,
    height_since: Duration,
    latency: Duration,
    requests: u64,
    failures: u64,
    /// Of another network or catching up: not to be asked.
    barred: Option<TransportError>,
    /// Behind the others: to be asked last.
    lags: Option<TransportError>,
    last: Option<TransportError>,
    bucket: Option<Bucket>,
}

/// Whether and when an endpoint is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    /// Now, in its turn.
    Good,
    /// Now, after the good ones.
    Lags,
    /// Not before this time.
    Rests(Duration),
    /// Not at all.
    Barred(TransportError),
}

impl Node {
    pub(super) fn new(
        name: String,
        transport: Arc<dyn Transport>,
        policy: &EndpointPolicy,
    ) -> Self {
        Self {
            name,
            transport,
            state: Mutex::new(State {
                in_a_row: 0,
                rests_until: Duration::ZERO,
                height: 0,
                height_since: Duration::ZERO,
                latency: Duration::ZERO,
                requests: 0,
                failures: 0,
                barred: None,
                lags: None,
                last: None,
                bucket: policy.rate.map(Bucket::new),
            }),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn standing(&self, now: Duration) -> Standing {
        let state = self.state();
        if let Some(barred) = &state.barred {
            Standing::Barred(barred.clone())
        } else if state.rests_until > now {
            Standing::Rests(state.rests_until)
        } else if state.lags.is_some() {
            Standing::Lags
        } else {
            Standing::Good
        }
    }

    pub(super) fn height(&self) -> i64 {
        self.state().height
    }

    /// Notes the height of an answer.
    pub(super) fn saw(&self, height: i64, now: Duration) {
        let mut state = self.state();
        if height > state.height {
            state.height = height;
            state.height_since = now;
        }
    }

    /// How long a request has to wait for the rate limit.
    pub(super) fn take(&self, now: Duration) -> Duration {
        let mut state = self.state();
        state.requests = state.requests.saturating_add(1);
        state
            .bucket
            .as_mut()
            .map_or(Duration::ZERO, |bucket| bucket.take(now))
    }

    pub(super) fn succeeded(&self, took: Duration) {
        let mut state = self.state();
        state.in_a_row = 0;
        state.last = None;
        state.latency = if state.latency.is_zero() {
            took
        } else {
            (state.latency.saturating_mul(7)).saturating_add(took) / 8
        };
    }

    /// Notes a failure; the endpoint rests.
    pub(super) fn failed(
        &self,
        error: &TransportError,
        now: Duration,
        policy: &EndpointPolicy,
        jitter: f64,
    ) {
        let mut state = self.state();
        state.failures = state.failures.saturating_add(1);
        state.in_a_row = state.in_a_row.saturating_add(1);
        let doublings = state.in_a_row.saturating_sub(1).min(16);
        let rest = policy
            .first_rest
            .saturating_mul(1 << doublings)
            .min(policy.longest_rest)
            .mul_f64(jitter);
        let asked = error.retry_after().unwrap_or_default();
        let rest = rest.max(asked.min(policy.longest_retry_after));
        state.rests_until = now.saturating_add(rest);
        state.last = Some(error.clone());
    }

    /// Judges a status: `best` is the greatest height known of any endpoint.
    pub(super) fn judge(
        &self,
        status: &NodeStatus,
        chain_id: Option<&str>,
        best: i64,
        now: Duration,
        policy: &EndpointPolicy,
    ) -> Result<(), TransportError> {
        self.saw(status.height, now);
        let mut state = self.state();
        let behind = |reason: String| TransportError::Behind {
            endpoint: self.name.clone(),
            reason,
        };
        let foreign = chain_id.filter(|expected| *expected != status.chain_id);
        state.barred = if let Some(expected) = foreign {
            Some(TransportError::WrongChain {
                endpoint: self.name.clone(),
                expected: expected.to_owned(),
                found: status.chain_id.clone(),
            })
        } else if status.catching_up {
            Some(behind("it is catching up".to_owned()))
        } else {
            None
        };
        let lag = best.saturating_sub(status.height);
        let still = now.saturating_sub(state.height_since);
        state.lags = if lag > policy.max_lag {
            Some(behind(format!("by {lag} blocks")))
        } else if still > policy.stalled_after {
            Some(behind(format!(
                "its height is {} for {still:?}",
                status.height
            )))
        } else {
            None
        };
        state.barred.clone().map_or(Ok(()), Err)
    }

    pub(super) fn health(&self, now: Duration) -> Health {
        let standing = self.standing(now);
        let state = self.state();
        Health {
            name: self.name.clone(),
            usable: matches!(standing, Standing::Good | Standing::Lags),
            height: state.height,
            latency: state.latency,
            requests: state.requests,
            failures: state.failures,
            problem: state
                .barred
                .clone()
                .or_else(|| state.lags.clone())
                .or_else(|| state.last.clone()),
        }
    }
}
