//! Times and durations as JSON text.

use crate::cosmos::wire::{Duration, Timestamp};
use akash_market::time::Date;
use std::str::FromStr;

const NANOS: i128 = 1_000_000_000;
const DAY: i64 = 86_400;

/// A text that is no time or no length of time as the chain writes them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no {wanted}")]
pub struct TimeError {
    text: String,
    wanted: &'static str,
}

/// Reads RFC 3339, such as `2026-11-22T16:42:16.378479086Z`.
impl FromStr for Timestamp {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        parse_time(text).ok_or_else(|| TimeError {
            text: text.to_owned(),
            wanted: "RFC 3339 time of the years 1 to 9999, such as 2026-11-22T16:42:16.5Z",
        })
    }
}

/// Reads decimal numbers with units, such as `86400s` or `1h30m`.
impl FromStr for Duration {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        parse_duration(text).ok_or_else(|| TimeError {
            text: text.to_owned(),
            wanted: "length of time, such as 86400s",
        })
    }
}

/// RFC 3339 in UTC with 0, 3, 6 or 9 decimals; `None` outside the years 1 to 9999.
pub(crate) fn print_time(time: Timestamp) -> Option<String> {
    if !time.is_valid() {
        return None;
    }
    let places = decimals(time.nanos.unsigned_abs());
    Some(format!("{}{places}Z", print_second(time.seconds)))
}

/// Date and time of day of a second since 1970, without a zone.
pub(crate) fn print_second(seconds: i64) -> String {
    let (days, second) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!(
        "{}T{hour:02}:{minute:02}:{second:02}",
        Date::from_days(days)
    )
}

/// Seconds with 0, 3, 6 or 9 decimals and an `s`; `None` outside the chain's range.
pub(super) fn print_duration(span: Duration) -> Option<String> {
    let total = span.as_nanos()?;
    let sign = if total < 0 { "-" } else { "" };
    let total = total.unsigned_abs();
    let nanos = u32::try_from(total % 1_000_000_000).ok()?;
    Some(format!(
        "{sign}{}{}s",
        total / 1_000_000_000,
        decimals(nanos)
    ))
}

/// A point and 3, 6 or 9 digits, or nothing.
fn decimals(nanos: u32) -> String {
    match nanos {
        0 => String::new(),
        nanos if nanos % 1_000_000 == 0 => format!(".{:03}", nanos / 1_000_000),
        nanos if nanos % 1000 == 0 => format!(".{:06}", nanos / 1000),
        nanos => format!(".{nanos:09}"),
    }
}

/// Reads RFC 3339, with any number of decimals (cut to nanoseconds) and any offset.
pub(crate) fn parse_time(text: &str) -> Option<Timestamp> {
    let mut rest = Scanner(text);
    let year = u16::try_from(rest.digits(4)?).ok()?;
    rest.expect('-')?;
    let month = u8::try_from(rest.digits(2)?).ok()?;
    rest.expect('-')?;
    let day = u8::try_from(rest.digits(2)?).ok()?;
    let date = Date::new(year, month, day)?;
    rest.expect('T')?;
    let hour = rest.digits(2)?;
    rest.expect(':')?;
    let minute = rest.digits(2)?;
    rest.expect(':')?;
    let second = rest.digits(2)?;
    let nanos = if rest.expect('.').is_some() {
        rest.fraction()?
    } else {
        0
    };
    let offset = match rest.next()? {
        'Z' => 0,
        sign @ ('+' | '-') => {
            let hours = rest.digits(2)?;
            rest.expect(':')?;
            let minutes = rest.digits(2)?;
            if hours > 23 || minutes > 59 {
                return None;
            }
            let seconds = hours * 3600 + minutes * 60;
            if sign == '+' { seconds } else { -seconds }
        }
        _ => return None,
    };
    let in_range = hour < 24 && minute < 60 && second < 60;
    if !rest.0.is_empty() || !in_range {
        return None;
    }
    let seconds = date.days() * DAY + hour * 3600 + minute * 60 + second - offset;
    let time = Timestamp { seconds, nanos };
    time.is_valid().then_some(time)
}

/// Reads a duration: decimal numbers with units (`h`, `m`, `s`, `ms`, `us`, `ns`), added up.
pub(super) fn parse_duration(text: &str) -> Option<Duration> {
    let (negative, mut rest) = match text.as_bytes() {
        [b'-', ..] => (true, text.strip_prefix('-')?),
        [b'+', ..] => (false, text.strip_prefix('+')?),
        _ => (false, text),
    };
    if rest == "0" {
        return Some(Duration::default());
    }
    if rest.is_empty() {
        return None;
    }
    let mut total = 0_i128;
    while !rest.is_empty() {
        let number = rest
            .find(|c: char| !(c.is_ascii_digit() || c == '.'))
            .unwrap_or(rest.len());
        let (number, after) = rest.split_at_checked(number)?;
        let unit = after
            .find(|c: char| c.is_ascii_digit() || c == '.')
            .unwrap_or(after.len());
        let (unit, after) = after.split_at_checked(unit)?;
        let scale: i128 = match unit {
            "ns" => 1,
            "us" | "\u{b5}s" | "\u{3bc}s" => 1000,
            "ms" => 1_000_000,
            "s" => NANOS,
            "m" => 60 * NANOS,
            "h" => 3600 * NANOS,
            _ => return None,
        };
        let (whole, places) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() && places.is_empty() {
            return None;
        }
        let whole: i128 = if whole.is_empty() {
            0
        } else {
            whole.parse().ok()?
        };
        total = total.checked_add(whole.checked_mul(scale)?)?;
        let mut weight = scale;
        for digit in places.chars() {
            weight /= 10;
            total = total.checked_add(i128::from(digit.to_digit(10)?) * weight)?;
        }
        rest = after;
    }
    let total = i64::try_from(if negative { -total } else { total }).ok()?;
    Some(Duration::from_nanos(total))
}

/// Reads a text from the left.
struct Scanner<'a>(&'a str);

impl Scanner<'_> {
    fn next(&mut self) -> Option<char> {
        let mut rest = self.0.chars();
        let first = rest.next()?;
        self.0 = rest.as_str();
        Some(first)
    }

    fn expect(&mut self, character: char) -> Option<()> {
        self.0 = self.0.strip_prefix(character)?;
        Some(())
    }

    fn digits(&mut self, count: usize) -> Option<i64> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        self.0 = rest;
        digits.parse().ok()
    }

    fn fraction(&mut self) -> Option<i32> {
        let count = self.0.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        let nanos: String = digits.chars().chain("000000000".chars()).take(9).collect();
        if digits.is_empty() {
            None
        } else {
            nanos.parse().ok()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_print_and_parse() {
        for (seconds, nanos, text) in [
            (-62_135_596_800, 0, "0001-01-01T00:00:00Z"),
            (0, 0, "1970-01-01T00:00:00Z"),
            (951_782_400, 500_000_000, "2000-02-29T00:00:00.500Z"),
            (1_700_000_000, 1000, "2023-11-14T22:13:20.000001Z"),
            (
                253_402_300_799,
                999_999_999,
                "9999-12-31T23:59:59.999999999Z",
            ),
        ] {
            let time = Timestamp { seconds, nanos };
            assert_eq!(print_time(time).as_deref(), Some(text));
            assert_eq!(parse_time(text), Some(time));
        }
        let noon = parse_time("2023-11-14T22:13:20Z");
        assert_eq!(parse_time("2023-11-15T00:13:20+02:00"), noon);
        for text in [
            "2023-02-29T00:00:00Z",
            "2023-11-14T24:00:00Z",
            "2023-11-14T22:13:20",
            "2023-11-14 22:13:20Z",
            "2023-11-14T22:13:20.Z",
            "0000-12-31T00:00:00Z",
            "2023-11-14T22:13:20Zx",
            "",
        ] {
            assert_eq!(parse_time(text), None, "{text}");
        }
    }

    #[test]
    fn durations_print_and_parse() {
        for (nanos, text) in [
            (0, "0s"),
            (86_400_000_000_000, "86400s"),
            (1_500_000_000, "1.500s"),
            (-1, "-0.000000001s"),
            (i64::MAX, "9223372036.854775807s"),
            (i64::MIN, "-9223372036.854775808s"),
        ] {
            let span = Duration::from_nanos(nanos);
            assert_eq!(print_duration(span).as_deref(), Some(text));
            assert_eq!(parse_duration(text), Some(span), "{text}");
        }
        assert_eq!(
            parse_duration("1h30m"),
            Some(Duration {
                seconds: 5400,
                nanos: 0
            })
        );
        assert_eq!(
            parse_duration("1.5ms"),
            Some(Duration {
                seconds: 0,
                nanos: 1_500_000
            })
        );
        for text in [
            "",
            "-",
            "1",
            "s",
            ".s",
            "1d",
            "9223372036.854775808s",
            "1s-1s",
            "1..5s",
        ] {
            assert_eq!(parse_duration(text), None, "{text}");
        }
    }
}
