//! One row a day.

use super::{Figures, Flow};
use crate::time::{Date, Timestamp};
use akash_sdl::num::NumError;
use serde::{Deserialize, Serialize};
use std::fmt;

const DAY: i64 = 86_400;

/// A UTC day: where it ended, and what happened in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// Days since 1970-01-01.
    pub number: i64,
    /// The figures of its last block so far.
    pub end: Figures,
    /// Since the last block of the day before; of the first day, since the first sample.
    pub flow: Flow,
}

/// The date, as in `2026-01-31`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Date::from_days(self.number).fmt(f)
    }
}

/// Figures sampled as time goes on, kept as one row for each UTC day.
///
/// ```
/// use akash_market::metrics::{Figures, Series};
/// use akash_market::time::Timestamp;
/// let mut series = Series::default();
/// for (second, leases) in [(0, 5), (80_000, 7), (90_000, 8), (100_000, 12)] {
///     let mut figures = Figures { leases_ever: leases, ..Figures::default() };
///     figures.at.time = Timestamp::from_secs(second);
///     series.sample(figures)?;
/// }
/// let days: Vec<(String, u64)> = series.days().iter().map(|d| (d.to_string(), d.flow.leases)).collect();
/// assert_eq!(days, [("1970-01-01".to_owned(), 2), ("1970-01-02".to_owned(), 5)]);
/// # Ok::<(), akash_sdl::num::NumError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// Where the last day began.
    begin: Option<Figures>,
    days: Vec<Day>,
}

impl Series {
    /// Takes in the figures of a later block.
    ///
    /// # Errors
    /// If a difference leaves its range.
    pub fn sample(&mut self, figures: Figures) -> Result<(), NumError> {
        let number = day_of(figures.at.time);
        match self.days.pop() {
            Some(last) if last.number == number => {}
            Some(last) => {
                self.begin = Some(last.end.clone());
                self.days.push(last);
            }
            None => {}
        }
        let begin = self.begin.get_or_insert_with(|| figures.clone());
        let flow = figures.since(begin)?;
        self.days.push(Day {
            number,
            end: figures,
            flow,
        });
        Ok(())
    }

    /// The days, oldest first; days without a sample are left out, and their flow belongs to the next.
    #[must_use]
    pub fn days(&self) -> &[Day] {
        &self.days
    }
}

const fn day_of(time: Timestamp) -> i64 {
    time.unix_secs().div_euclid(DAY)
}
