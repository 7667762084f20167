use super::Timestamp;
use std::fmt;

/// A day of the Gregorian calendar in UTC.
///
/// ```
/// use akash_market::time::{Date, Timestamp};
/// let date = Timestamp::from_secs(951_782_400).date();
/// assert_eq!((date.year(), date.month(), date.day()), (2000, 2, 29));
/// assert_eq!(date.to_string(), "2000-02-29");
/// assert_eq!(Date::new(2000, 2, 29), Some(date));
/// assert_eq!(Date::new(1900, 2, 29), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i64,
    month: u8,
    day: u8,
}

const DAYS_OF_ERA: i64 = 146_097;
/// From 0000-03-01 to 1970-01-01: years that begin in March have the leap day at their end.
const EPOCH: i64 = 719_468;

impl Date {
    /// A date, if the year 0 to 9999 has that month with that day.
    #[must_use]
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let last = match month {
            4 | 6 | 9 | 11 => 30,
            2 if year.is_multiple_of(4)
                && (!year.is_multiple_of(100) || year.is_multiple_of(400)) =>
            {
                29
            }
            2 => 28,
            1..=12 => 31,
            _ => return None,
        };
        if year > 9999 || day == 0 || day > last {
            return None;
        }
        Some(Self {
            year: year as i64,
            month,
            day,
        })
    }

    /// The date that many days after 1970-01-01.
    #[must_use]
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a month is at most 12, a day at most 31"
    )]
    pub const fn from_days(days: i64) -> Self {
        let days = days.saturating_add(EPOCH);
        let (era, of_era) = (days.div_euclid(DAYS_OF_ERA), days.rem_euclid(DAYS_OF_ERA));
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let month = if from_march < 10 {
            from_march + 3
        } else {
            from_march - 9
        };
        Self {
            year: year_of_era + era * 400 + (month <= 2) as i64,
            month: month as u8,
            day: (of_year - (153 * from_march + 2) / 5 + 1) as u8,
        }
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub const fn days(self) -> i64 {
        let (month, day) = (self.month as i64, self.day as i64);
        let year = self.year - (month <= 2) as i64;
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let from_march = if month > 2 { month - 3 } else { month + 9 };
        let of_year = (153 * from_march + 2) / 5 + day - 1;
        let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
        era.saturating_mul(DAYS_OF_ERA)
            .saturating_add(of_era - EPOCH)
    }

    /// The year, counted through 0.
    #[must_use]
    pub const fn year(self) -> i64 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }
}

impl Timestamp {
    /// The day this point is in.
    #[must_use]
    pub const fn date(self) -> Date {
        Date::from_days(self.unix_secs().div_euclid(86_400))
    }
}

/// As in `2026-01-31`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_known_dates() {
        for (days, text) in [
            (0, "1970-01-01"),
            (-1, "1969-12-31"),
            (11_016, "2000-02-29"),
            (11_017, "2000-03-01"),
            (20_454, "2026-01-01"),
            (-719_468, "0000-03-01"),
        ] {
            let date = Date::from_days(days);
            assert_eq!((date.to_string().as_str(), date.days()), (text, days));
        }
    }

    #[test]
    fn each_day_of_eight_centuries_follows_the_day_before() {
        let mut date = Date::new(1600, 1, 1).unwrap();
        for days in date.days()..=Date::new(2400, 12, 31).unwrap().days() {
            assert_eq!((date, date.days()), (Date::from_days(days), days));
            let year = u16::try_from(date.year).unwrap();
            date = Date::new(year, date.month, date.day + 1)
                .or_else(|| Date::new(year, date.month + 1, 1))
                .or_else(|| Date::new(year + 1, 1, 1))
                .unwrap();
        }
    }

    #[test]
    fn the_ends_of_the_range_are_dates() {
        for days in [i64::MIN, i64::MAX] {
            let date = Date::from_days(days);
            assert!((1..=12).contains(&date.month) && (1..=31).contains(&date.day));
            let _ = date.days();
        }
    }
}
