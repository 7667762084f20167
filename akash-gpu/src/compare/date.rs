//! Days, and dates of which only a part is known.

use crate::text;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A day of the Gregorian calendar. The crate has no clock: callers say which day it is.
///
/// ```
/// use akash_gpu::compare::Date;
/// assert!(Date::new(2026, 2, 29).is_none());
/// assert_eq!(Date::new(1970, 1, 2).unwrap().days_since_epoch(), 1);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

const fn days_of(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Date {
    /// A day, if it exists.
    #[must_use]
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        if month < 1 || month > 12 || day < 1 || day > days_of(year, month) {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub fn days_since_epoch(self) -> i32 {
        // Years that begin in March, so that a leap day is the last of its year.
        let early = i32::from(self.month <= 2);
        let year = i32::from(self.year).saturating_sub(early);
        let month = (i32::from(self.month) + 9).rem_euclid(12);
        let of_year = (153 * month + 2) / 5 + i32::from(self.day) - 1;
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }
}

impl Date {
    /// The day so many days after 1970-01-01; `None` outside the years 0 to 9999.
    ///
    /// ```
    /// use akash_gpu::compare::Date;
    /// assert_eq!(Date::from_days_since_epoch(20_474).unwrap().to_string(), "2026-01-21");
    /// ```
    #[must_use]
    pub fn from_days_since_epoch(days: i32) -> Option<Self> {
        if !(-719_528..=2_932_896).contains(&days) {
            return None;
        }
        let day = days + 719_468;
        let era = day.div_euclid(146_097);
        let of_era = day.rem_euclid(146_097);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = era * 400 + year + i32::from(month <= 2);
        Self::new(
            u16::try_from(year).ok()?,
            u8::try_from(month).ok()?,
            u8::try_from(day).ok()?,
        )
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = AsOfError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.parse()? {
            AsOf {
                year,
                month: Some(month),
                day: Some(day),
            } => Ok(Self { year, month, day }),
            AsOf { .. } => Err(AsOfError(text.to_owned())),
        }
    }
}

/// The day of which a fact is, as far as it is known: `2026-01-21`, `2026-04`,
/// `2025 (day unknown)`.
///
/// ```
/// use akash_gpu::compare::{AsOf, Date};
///
/// let month: AsOf = "2026-04".parse().unwrap();
/// let age = month.age(Date::new(2026, 5, 10).unwrap());
/// assert_eq!((age.least, age.most), (10, 39));
/// assert_eq!(age.to_string(), "10 to 39 days");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AsOf {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

/// A text that is no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no date such as `2026-01-21`, `2026-01` or `2026 (day unknown)`")]
pub struct AsOfError(String);

impl AsOf {
    /// A year, a month of it, a day of that.
    #[must_use]
    pub(super) const fn known(year: u16, month: Option<u8>, day: Option<u8>) -> Self {
        Self { year, month, day }
    }

    /// The first day it can be.
    #[must_use]
    pub fn earliest(&self) -> Date {
        Date {
            year: self.year,
            month: self.month.unwrap_or(1),
            day: self.day.unwrap_or(1),
        }
    }

    /// The last day it can be.
    #[must_use]
    pub fn latest(&self) -> Date {
        let month = self.month.unwrap_or(12);
        let day = self.day.unwrap_or_else(|| days_of(self.year, month));
        Date {
            year: self.year,
            month,
            day,
        }
    }

    /// How old it is on a day.
    #[must_use]
    pub fn age(&self, today: Date) -> Age {
        let today = today.days_since_epoch();
        let since = |date: Date| today.saturating_sub(date.days_since_epoch());
        Age {
            least: since(self.latest()),
            most: since(self.earliest()),
        }
    }
}

impl FromStr for AsOf {
    type Err = AsOfError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || AsOfError(text.to_owned());
        let plain = text.strip_suffix(" (day unknown)").unwrap_or(text);
        let mut parts = plain.split('-');
        let number = |part: &str, width: usize| {
            let digits = part.len() == width && part.bytes().all(|b| b.is_ascii_digit());
            part.parse::<u16>()
                .ok()
                .filter(|_| digits)
                .ok_or_else(refuse)
        };
        let short = |part: &str| u8::try_from(number(part, 2)?).map_err(|_| refuse());
        let year = number(parts.next().unwrap_or_default(), 4)?;
        let month = parts.next().map(short).transpose()?;
        let day = parts.next().map(short).transpose()?;
        let unknown = plain != text;
        let known = Self { year, month, day };
        let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1));
        // Only a year is written with the remark, and only with it.
        if first.is_none() || parts.next().is_some() || unknown != month.is_none() {
            return Err(refuse());
        }
        Ok(known)
    }
}

impl fmt::Display for AsOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        match (self.month, self.day) {
            (Some(month), Some(day)) => write!(f, "-{month:02}-{day:02}"),
            (Some(month), None) => write!(f, "-{month:02}"),
            (None, _) => f.write_str(" (day unknown)"),
        }
    }
}

text::serde_as_text!(AsOf);

/// How many days old something is: between `least` and `most`; negative when it lies ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Age {
    /// Days since the last day it can be of.
    pub least: i32,
    /// Days since the first day it can be of.
    pub most: i32,
}

impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.least == self.most {
            write!(f, "{} days", self.most)
        } else {
            write!(f, "{} to {} days", self.least, self.most)
        }
    }
}
