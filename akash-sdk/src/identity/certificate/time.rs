//! Times in certificates.

use super::der::{self, Element};
use crate::cosmos::json::parse_time;
use akash_market::time::Date;

/// A time: with two digits of the year up to 2049, with four after. Years 1950 to 9999.
pub(super) fn write(seconds: i64) -> Option<Vec<u8>> {
    let date = Date::from_days(seconds.div_euclid(86_400));
    let second = seconds.rem_euclid(86_400);
    let rest = format!(
        "{:02}{:02}{:02}{:02}{:02}Z",
        date.month(),
        date.day(),
        second / 3600,
        second / 60 % 60,
        second % 60
    );
    match date.year() {
        year @ 1950..=2049 => Some(der::tlv(
            der::UTC_TIME,
            format!("{:02}{rest}", year % 100).as_bytes(),
        )),
        year @ 2050..=9999 => Some(der::tlv(
            der::GENERALIZED_TIME,
            format!("{year:04}{rest}").as_bytes(),
        )),
        _ => None,
    }
}

/// Reads a time as the reference does: seconds may be missing where the year has two digits, and another zone than UTC
/// may be named.
pub(super) fn read(element: &Element<'_>) -> Option<i64> {
    let text = std::str::from_utf8(element.contents).ok()?;
    if !text.is_ascii() {
        return None;
    }
    let (year, rest) = match element.tag {
        der::UTC_TIME => {
            let (year, rest) = text.split_at_checked(2)?;
            let century = if digits(year)? < 50 { "20" } else { "19" };
            (format!("{century}{year}"), rest)
        }
        der::GENERALIZED_TIME => {
            let (year, rest) = text.split_at_checked(4)?;
            digits(year)?;
            (year.to_owned(), rest)
        }
        _ => return None,
    };
    let at = rest.find(|c: char| !c.is_ascii_digit())?;
    let (clock, zone) = rest.split_at_checked(at)?;
    let seconds = match (clock.len(), element.tag) {
        (10, _) => clock.get(8..)?,
        (8, der::UTC_TIME) => "00",
        _ => return None,
    };
    let zone = match zone.as_bytes() {
        b"Z" => "Z".to_owned(),
        // The zone of no distance is written Z.
        b"+0000" | b"-0000" => return None,
        [b'+' | b'-', _, _, _, _] => format!("{}:{}", zone.get(..3)?, zone.get(3..)?),
        _ => return None,
    };
    let text = format!(
        "{year}-{}-{}T{}:{}:{seconds}{zone}",
        clock.get(..2)?,
        clock.get(2..4)?,
        clock.get(4..6)?,
        clock.get(6..8)?,
    );
    parse_time(&text).map(|time| time.seconds)
}

fn digits(text: &str) -> Option<u32> {
    text.bytes().all(|b| b.is_ascii_digit()).then_some(())?;
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::certificate::der::Reader;

    fn parsed(tag: u8, text: &str) -> Option<i64> {
        read(&Reader(&der::tlv(tag, text.as_bytes())).next().unwrap())
    }

    #[test]
    fn what_is_written_is_read() {
        for seconds in [
            -631_152_000,
            -1,
            0,
            951_782_400,
            2_524_607_999,
            2_524_608_000,
            253_402_300_799,
        ] {
            let bytes = write(seconds).unwrap();
            assert_eq!(read(&Reader(&bytes).next().unwrap()), Some(seconds));
        }
        assert_eq!(write(-631_152_001), None);
        assert_eq!(write(253_402_300_800), None);
    }

    #[test]
    fn other_forms() {
        assert_eq!(parsed(der::UTC_TIME, "7001010000Z"), Some(0));
        assert_eq!(parsed(der::UTC_TIME, "700101010000+0100"), Some(0));
        assert_eq!(
            parsed(der::GENERALIZED_TIME, "19691231230000-0100"),
            Some(0)
        );
        for text in [
            "",
            "Z",
            "700101000000",
            "700101000000+0000",
            "700132000000Z",
            "700101240000Z",
            "700101000060Z",
            "7a0101000000Z",
            "700101000000z",
            "700229000000Z",
            "700101000000+01",
            "700101é000Z",
        ] {
            assert_eq!(parsed(der::UTC_TIME, text), None, "{text}");
        }
        for text in [
            "197001010000Z",
            "700101000000Z",
            "19700101000000.5Z",
            "+970010100000Z",
        ] {
            assert_eq!(parsed(der::GENERALIZED_TIME, text), None, "{text}");
        }
        assert_eq!(parsed(der::INTEGER, "700101000000Z"), None);
    }
}
