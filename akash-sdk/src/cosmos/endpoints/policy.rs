use std::time::Duration;

/// How a set of endpoints is used. The defaults suit public nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EndpointPolicy {
    /// How often each endpoint is tried for one read before it fails. Default 3.
    pub tries: u32,
    /// Rest after an endpoint's first failure; doubles with each further one, with jitter. Default 250 ms.
    pub first_rest: Duration,
    /// Longest rest that is of our own choosing. Default 5 s.
    pub longest_rest: Duration,
    /// Longest rest that an endpoint may ask for (`Retry-After`). Default 60 s.
    pub longest_retry_after: Duration,
    /// Longest time of one attempt, whatever the transport's own bound. Default 20 s.
    pub attempt: Duration,
    /// Asks the next endpoint as well when the first has not answered a read for so long, and takes the first answer.
    /// Default: never.
    pub hedge_after: Option<Duration>,
    /// How often all endpoints are asked for their status. Default 30 s.
    pub check_every: Duration,
    /// Longest time of such a check. Default 3 s.
    pub check: Duration,
    /// An endpoint more blocks than this behind the best is asked last. Default 5.
    pub max_lag: i64,
    /// An endpoint whose height stays the same for so long counts as behind. Default 2 min.
    pub stalled_after: Duration,
    /// Requests per second to each endpoint, and how many at once; none for no limit. Default none.
    pub rate: Option<Rate>,
    /// How many endpoints that are up to date must not know a transaction before it counts as not there. Default 2, or
    /// as many as there are.
    pub absent_on: usize,
    /// Seed of the jitter; the same seed gives the same delays.
    pub seed: u64,
}

impl Default for EndpointPolicy {
    fn default() -> Self {
        Self {
            tries: 3,
            first_rest: Duration::from_millis(250),
            longest_rest: Duration::from_secs(5),
            longest_retry_after: Duration::from_secs(60),
            attempt: Duration::from_secs(20),
            hedge_after: None,
            check_every: Duration::from_secs(30),
            check: Duration::from_secs(3),
            max_lag: 5,
            stalled_after: Duration::from_secs(120),
            rate: None,
            absent_on: 2,
            seed: 0,
        }
    }
}

/// A limit of requests: a bucket of `burst` that fills with `per_second`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Requests per second in the long run; at least 1.
    pub per_second: u32,
    /// Requests at once; at least 1.
    pub burst: u32,
}

/// What is left of a [`Rate`].
#[derive(Debug, Clone, Copy)]
pub(in crate::cosmos) struct Bucket {
    rate: Rate,
    /// When it will be full again if nothing more is taken.
    full_at: Duration,
}

impl Bucket {
    pub(in crate::cosmos) const fn new(rate: Rate) -> Self {
        Self {
            rate,
            full_at: Duration::ZERO,
        }
    }

    /// Takes one request; says how long it has to wait until it may be made.
    pub(in crate::cosmos) fn take(&mut self, now: Duration) -> Duration {
        let each = Duration::from_secs(1) / self.rate.per_second.max(1);
        let room = each.saturating_mul(self.rate.burst.max(1));
        self.full_at = self.full_at.max(now).saturating_add(each);
        self.full_at.saturating_sub(room).saturating_sub(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_lets_a_burst_pass_and_then_the_rate() {
        let mut bucket = Bucket::new(Rate {
            per_second: 10,
            burst: 3,
        });
        let ms = Duration::from_millis;
        let now = ms(1000);
        let waits: Vec<Duration> = (0..5).map(|_| bucket.take(now)).collect();
        assert_eq!(waits, [ms(0), ms(0), ms(0), ms(100), ms(200)]);
        // Later the bucket is full again, and no fuller.
        let later = ms(60_000);
        let waits: Vec<Duration> = (0..4).map(|_| bucket.take(later)).collect();
        assert_eq!(waits, [ms(0), ms(0), ms(0), ms(100)]);
    }
}
