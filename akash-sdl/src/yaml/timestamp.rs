//! Dates and times.

use std::fmt;

/// A date, with or without time, as a plain scalar spells it.
///
/// The forms are those of yaml.v3: `2001-12-14`, `2001-12-14T21:59:43.10-05:00` (also with `t`, or with `Z`),
/// and `2001-12-14 21:59:43.10`; month, day, hour, minute and second may have one digit.
///
/// ```
/// use akash_sdl::yaml::{self, Resolved};
///
/// let tree = yaml::parse(b"2001-12-14t21:59:43.10-05:00")?;
/// let Resolved::Timestamp(time) = tree.root().resolve()? else { panic!("not a time") };
/// assert_eq!(time.to_string(), "2001-12-14T21:59:43.1-05:00");
/// # Ok::<(), yaml::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Timestamp {
    /// Year, 0 to 9999.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
    /// Hour, 0 to 23.
    pub hour: u8,
    /// Minute, 0 to 59.
    pub minute: u8,
    /// Second, 0 to 59.
    pub second: u8,
    /// Nanosecond, 0 to 999,999,999; further digits are cut off.
    pub nanosecond: u32,
    /// How far local time is ahead of UTC, in minutes.
    pub offset_minutes: i16,
}

impl Timestamp {
    /// Reads a text; none if it has another form.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let [a, b, c, d, b'-', rest @ ..] = bytes else {
            return None;
        };
        let mut year = 0;
        for digit in [a, b, c, d] {
            year = year * 10 + u16::from(digit_of(*digit)?);
        }
        let mut input = Input(rest);
        let month = input.number(1, 12)?;
        input.expect(b'-')?;
        let day = input.number(1, 31)?;
        if day > days_in(year, month) {
            return None;
        }
        let mut time = Self {
            year,
            month,
            day,
            hour: 0,
            minute: 0,
            second: 0,
            nanosecond: 0,
            offset_minutes: 0,
        };
        let zoned = match input.0 {
            [] => return Some(time),
            [b'T' | b't', rest @ ..] => {
                input.0 = rest;
                true
            }
            [b' ', ..] => {
                while let [b' ', rest @ ..] = input.0 {
                    input.0 = rest;
                }
                false
            }
            _ => return None,
        };
        time.hour = input.number(0, 23)?;
        input.expect(b':')?;
        time.minute = input.number(0, 59)?;
        input.expect(b':')?;
        time.second = input.number(0, 59)?;
        time.nanosecond = input.nanoseconds();
        if zoned {
            time.offset_minutes = input.offset()?;
        }
        input.0.is_empty().then_some(time)
    }

    /// Seconds and nanoseconds of the instant, counted from some fixed day.
    pub(super) fn instant(&self) -> (i64, u32) {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era_days =
            365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        let month = (i64::from(self.month) + 9) % 12;
        let days = era_days + (153 * month + 2) / 5 + i64::from(self.day);
        let minutes =
            i64::from(self.hour) * 60 + i64::from(self.minute) - i64::from(self.offset_minutes);
        (
            days * 86_400 + minutes * 60 + i64::from(self.second),
            self.nanosecond,
        )
    }
}

struct Input<'t>(&'t [u8]);

impl Input<'_> {
    /// One or two digits.
    fn number(&mut self, min: u8, max: u8) -> Option<u8> {
        let (value, rest) = match self.0 {
            [a, b, rest @ ..] if a.is_ascii_digit() && b.is_ascii_digit() => {
                (digit_of(*a)? * 10 + digit_of(*b)?, rest)
            }
            [a, rest @ ..] => (digit_of(*a)?, rest),
            [] => return None,
        };
        self.0 = rest;
        (min..=max).contains(&value).then_some(value)
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        match self.0 {
            [first, rest @ ..] if *first == byte => {
                self.0 = rest;
                Some(())
            }
            _ => None,
        }
    }

    /// `.` or `,` and digits, or nothing.
    fn nanoseconds(&mut self) -> u32 {
        let [b'.' | b',', rest @ ..] = self.0 else {
            return 0;
        };
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return 0;
        }
        let (fraction, rest) = rest.split_at(digits);
        self.0 = rest;
        let digits = fraction
            .iter()
            .filter_map(|&byte| digit_of(byte))
            .chain(std::iter::repeat(0));
        digits
            .take(9)
            .fold(0, |value, digit| value * 10 + u32::from(digit))
    }

    /// `Z`, or sign, two digits, colon, two digits.
    fn offset(&mut self) -> Option<i16> {
        let (sign, hours, minutes, rest) = match self.0 {
            [b'Z', rest @ ..] => {
                self.0 = rest;
                return Some(0);
            }
            [sign @ (b'+' | b'-'), a, b, b':', c, d, rest @ ..] => {
                let two = |a: u8, b: u8| Some(i16::from(digit_of(a)? * 10 + digit_of(b)?));
                (*sign, two(*a, *b)?, two(*c, *d)?, rest)
            }
            _ => return None,
        };
        self.0 = rest;
        // Go takes 24 hours and 60 minutes too.
        if hours > 24 || minutes > 60 {
            return None;
        }
        let offset = hours * 60 + minutes;
        Some(if sign == b'-' { -offset } else { offset })
    }
}

fn digit_of(byte: u8) -> Option<u8> {
    byte.is_ascii_digit().then(|| byte - b'0')
}

const fn days_in(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Timestamp {
    /// RFC 3339, without trailing zeros of the fraction.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            year,
            month,
            day,
            hour,
            minute,
            second,
            nanosecond,
            offset_minutes,
        } = self;
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
        )?;
        if *nanosecond > 0 {
            let fraction = format!("{nanosecond:09}");
            write!(f, ".{}", fraction.trim_end_matches('0'))?;
        }
        if *offset_minutes == 0 {
            return f.write_str("Z");
        }
        let sign = if *offset_minutes < 0 { '-' } else { '+' };
        let offset = offset_minutes.unsigned_abs();
        write!(f, "{sign}{:02}:{:02}", offset / 60, offset % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    #[test]
    fn forms() {
        for (text, expected) in [
            ("2001-12-14", Some("2001-12-14T00:00:00Z")),
            ("2001-1-2", Some("2001-01-02T00:00:00Z")),
            ("2001-1-2T3:4:5Z", Some("2001-01-02T03:04:05Z")),
            (
                "2001-12-14t21:59:43.10-05:00",
                Some("2001-12-14T21:59:43.1-05:00"),
            ),
            (
                "2001-12-14 21:59:43,123456789123",
                Some("2001-12-14T21:59:43.123456789Z"),
            ),
            ("2001-12-14   21:59:43", Some("2001-12-14T21:59:43Z")),
            (
                "2001-12-14T21:59:43+24:60",
                Some("2001-12-14T21:59:43+25:00"),
            ),
            ("2000-02-29", Some("2000-02-29T00:00:00Z")),
            ("1900-02-29", None),
            ("2001-13-01", None),
            ("2001-04-31", None),
            ("2001-12-14T21:59:43", None),
            ("2001-12-14T21:59:43z", None),
            ("2001-12-14 21:59:43Z", None),
            ("2001-12-14 24:00:00", None),
            ("2001-12-14T21:59:43+25:00", None),
            ("2001-12-14 ", None),
            ("2001-12", None),
            ("02001-12-14", None),
        ] {
            assert_eq!(
                Timestamp::parse(text)
                    .map(|time| time.to_string())
                    .as_deref(),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn instants_order_across_zones() {
        let at = |text| Timestamp::parse(text).unwrap().instant();
        assert_eq!(at("2001-12-31T23:00:00-02:00"), at("2002-01-01T01:00:00Z"));
        assert_eq!(at("2004-03-01").0 - at("2004-02-28").0, 2 * 86_400);
        assert_eq!(at("2001-01-01").0 - at("2000-01-01").0, 366 * 86_400);
    }
}
