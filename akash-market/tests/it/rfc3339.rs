//! Times as protobuf JSON writes them.

use akash_market::time::Timestamp;

/// `2023-11-14T22:13:20Z` for whole seconds, otherwise with as few of three, six or nine digits as do.
pub(crate) fn format(time: Timestamp) -> String {
    let (seconds, nanos) = (time.unix_secs(), time.0.rem_euclid(1_000_000_000));
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Days since 1970-01-01 to a civil date, by eras of 400 years that begin in March.
    let z = days + 719_468;
    let (era, doe) = (z.div_euclid(146_097), z.rem_euclid(146_097));
    let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    let digits = format!("{nanos:09}");
    let fraction = match nanos {
        0 => String::new(),
        n if n % 1_000_000 == 0 => format!(".{}", &digits[..3]),
        n if n % 1_000 == 0 => format!(".{}", &digits[..6]),
        _ => format!(".{digits}"),
    };
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
}

/// Reads a time in UTC, with any number of digits of a second.
pub(crate) fn parse(text: &str) -> Timestamp {
    let number = |range: std::ops::Range<usize>| text[range].parse::<i64>().unwrap();
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    let year = year - i64::from(month <= 2);
    let (era, yoe) = (year.div_euclid(400), year.rem_euclid(400));
    let doy = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let days = era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468;
    let seconds = days * 86_400 + number(11..13) * 3_600 + number(14..16) * 60 + number(17..19);
    let fraction = text[19..].trim_matches(&['.', 'Z'][..]);
    let nanos: i64 = format!("{fraction:0<9}").parse().unwrap();
    Timestamp(seconds * 1_000_000_000 + nanos)
}

#[test]
fn times_are_read_and_written() {
    for text in [
        "1970-01-01T00:00:00Z",
        "2000-02-29T23:59:59.120Z",
        "2023-11-14T22:13:20Z",
        "2026-11-22T16:42:19.094746030Z",
    ] {
        assert_eq!(format(parse(text)), text);
    }
}
