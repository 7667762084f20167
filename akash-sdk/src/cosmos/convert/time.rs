use super::ConvertError;
use crate::cosmos::wire::{Duration, Timestamp as WireTimestamp};
use akash_market::time::{Nanos, Timestamp};

const SECOND: i64 = 1_000_000_000;

pub(super) fn nanos(duration: Duration, field: &'static str) -> Result<Nanos, ConvertError> {
    duration
        .as_nanos()
        .map(Nanos)
        .ok_or(ConvertError::Time { field })
}

pub(super) const fn duration(nanos: Nanos) -> Duration {
    Duration::from_nanos(nanos.0)
}

/// Times outside 1677 to 2262 don't fit nanoseconds of 64 bits.
pub(crate) fn timestamp(
    time: WireTimestamp,
    field: &'static str,
) -> Result<Timestamp, ConvertError> {
    time.seconds
        .checked_mul(SECOND)
        .and_then(|ns| ns.checked_add(i64::from(time.nanos)))
        .map(Timestamp)
        .ok_or(ConvertError::Time { field })
}

pub(crate) fn wire_timestamp(time: Timestamp) -> WireTimestamp {
    WireTimestamp {
        seconds: time.0.div_euclid(SECOND),
        nanos: i32::try_from(time.0.rem_euclid(SECOND)).unwrap_or_default(),
    }
}
