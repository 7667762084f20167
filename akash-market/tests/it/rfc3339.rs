//! Times as protobuf JSON writes them.

use akash_market::time::{Date, Timestamp};

/// `2023-11-14T22:13:20Z` for whole seconds, otherwise with as few of three, six or nine digits as do.
pub(crate) fn format(time: Timestamp) -> String {
    let (seconds, nanos) = (time.unix_secs(), time.0.rem_euclid(1_000_000_000));
    let second = seconds.rem_euclid(86_400);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    let digits = format!("{nanos:09}");
    let fraction = match nanos {
        0 => String::new(),
        n if n % 1_000_000 == 0 => format!(".{}", &digits[..3]),
        n if n % 1_000 == 0 => format!(".{}", &digits[..6]),
        _ => format!(".{digits}"),
    };
    let date = time.date();
    format!("{date}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
}

/// Reads a time in UTC, with any number of digits of a second.
pub(crate) fn parse(text: &str) -> Timestamp {
    fn number<T: std::str::FromStr>(text: &str) -> T {
        text.parse().ok().unwrap()
    }
    let date = Date::new(
        number(&text[..4]),
        number(&text[5..7]),
        number(&text[8..10]),
    )
    .unwrap();
    let clock = |from: usize| number::<i64>(&text[from..from + 2]);
    let seconds = date.days() * 86_400 + clock(11) * 3_600 + clock(14) * 60 + clock(17);
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
