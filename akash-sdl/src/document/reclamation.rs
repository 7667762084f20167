//! `reclamation`: how long a provider must wait before it takes a workload down.

use super::cursor::Cursor;
use super::entries::Spanned;
use crate::diagnostic::codes;
use crate::yaml::{Budget, Node, Span};

/// The notice a provider must give before it reclaims the resources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reclamation {
    /// The least notice in nanoseconds, above 0.
    pub min_window: Spanned<i64>,
}

impl Reclamation {
    pub(super) fn read<'t, 'a>(
        cursor: &mut Cursor<'t, 'a>,
        budget: &mut Budget,
        node: Node<'t, 'a>,
        at: Span,
    ) -> Option<Self> {
        let mut text = Spanned::new(String::new(), at);
        cursor.fields(
            budget,
            node,
            at,
            &["min_window"],
            &mut |cursor, budget, _, entry| {
                text = cursor.text(budget, entry.value);
            },
        );
        match parse_duration(&text) {
            Some(window) if window > 0 => Some(Self {
                min_window: Spanned::new(window, text.span),
            }),
            _ => {
                let message = if text.is_empty() {
                    "reclamation needs a min_window, such as 24h".to_owned()
                } else {
                    format!(
                        "{:?} is not a length of time above 0: write a number and h, m, s or ms, \
                         such as 24h or 1h30m",
                        text.value
                    )
                };
                cursor.error(codes::RECLAMATION_WINDOW, text.span, message);
                None
            }
        }
    }
}

/// Reads a length of time as Go's `time.ParseDuration` does, in nanoseconds.
pub(crate) fn parse_duration(text: &str) -> Option<i64> {
    let (negative, mut rest) = match text.strip_prefix(['-', '+']) {
        Some(rest) => (text.starts_with('-'), rest),
        None => (false, text),
    };
    if rest == "0" {
        return Some(0);
    }
    if rest.is_empty() {
        return None;
    }
    let mut total = 0u64;
    while !rest.is_empty() {
        let whole_end = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        let (whole, after) = rest.split_at_checked(whole_end)?;
        let (fraction, after) = match after.strip_prefix('.') {
            Some(after) => {
                let end = after
                    .find(|c: char| !c.is_ascii_digit())
                    .unwrap_or(after.len());
                after.split_at_checked(end)?
            }
            None => ("", after),
        };
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let unit_end = after
            .find(|c: char| c == '.' || c.is_ascii_digit())
            .unwrap_or(after.len());
        let (unit, after) = after.split_at_checked(unit_end)?;
        let unit: u64 = match unit {
            "ns" => 1,
            "us" | "µs" | "μs" => 1_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            _ => return None,
        };
        total = total
            .checked_add(component(whole, fraction, unit)?)
            .filter(|total| *total <= LIMIT)?;
        rest = after;
    }
    if negative {
        return 0i64.checked_sub_unsigned(total);
    }
    i64::try_from(total).ok()
}

/// 2^63, which only a negative length reaches.
const LIMIT: u64 = 1 << 63;

/// One number with its unit, cut to whole nanoseconds.
fn component(whole: &str, fraction: &str, unit: u64) -> Option<u64> {
    let whole: u64 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok().filter(|whole| *whole <= LIMIT)?
    };
    let mut value = whole.checked_mul(unit).filter(|value| *value <= LIMIT)?;
    let (mut digits, mut scale) = (0u64, 1f64);
    for digit in fraction.bytes() {
        // further digits do not count once they no longer fit
        if digits > (LIMIT - 1) / 10 {
            break;
        }
        let next = digits * 10 + u64::from(digit - b'0');
        if next > LIMIT {
            break;
        }
        digits = next;
        scale *= 10.0;
    }
    if digits > 0 {
        #[allow(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the reference computes fractions in double arithmetic; below one unit of time"
        )]
        let part = (digits as f64 * (unit as f64 / scale)) as u64;
        value = value.checked_add(part).filter(|value| *value <= LIMIT)?;
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::parse_duration;

    #[test]
    fn durations() {
        for (text, ns) in [
            ("1h30m", 5_400_000_000_000),
            ("1.5h", 5_400_000_000_000),
            ("+3m", 180_000_000_000),
            ("-3s", -3_000_000_000),
            ("1.5ns", 1),
            (".5s", 500_000_000),
            ("1µs1μs1us", 3000),
            ("0", 0),
            ("9223372036854775807ns", i64::MAX),
            ("-9223372036854775808ns", i64::MIN),
        ] {
            assert_eq!(parse_duration(text), Some(ns), "{text}");
        }
        for text in [
            "",
            "+",
            "1",
            "1d",
            "h",
            ".h",
            "1h ",
            " 1h",
            "1h-1m",
            "9223372036854775808ns",
            "3000000h",
            "1e3s",
            "1H",
        ] {
            assert_eq!(parse_duration(text), None, "{text}");
        }
    }
}
