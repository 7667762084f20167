//! Points in time and lengths of time as the chain writes them.

use prost::DecodeError;
use prost::bytes::BufMut;
use prost::encoding::{self, WireType};

use super::decode_error;
use super::describe::Kind;
use super::field::{Field, Nested};
use super::input::Input;

/// Seconds of 0001-01-01T00:00:00Z, the first moment the chain knows.
pub(in crate::cosmos) const FIRST_SECOND: i64 = -62_135_596_800;
/// Seconds of 9999-12-31T23:59:59Z, the last.
pub(in crate::cosmos) const LAST_SECOND: i64 = 253_402_300_799;
const NANOS: i64 = 1_000_000_000;

/// google.protobuf.Timestamp: a moment between the years 1 and 9999, UTC.
///
/// The default is the chain's zero time, the beginning of the year 1, which is what the reference
/// writes where no time was set.
///
/// ```
/// use akash_sdk::cosmos::wire::Timestamp;
///
/// assert_eq!(Timestamp::default().seconds, -62_135_596_800);
/// assert!(Timestamp { seconds: 1_700_000_000, nanos: 5 }.is_valid());
/// assert!(!Timestamp { seconds: 0, nanos: 1_000_000_000 }.is_valid());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Seconds since 1970-01-01T00:00:00Z, negative before it.
    pub seconds: i64,
    /// Nanoseconds after that second, 0 to 999 999 999.
    pub nanos: i32,
}

impl Default for Timestamp {
    fn default() -> Self {
        Self {
            seconds: FIRST_SECOND,
            nanos: 0,
        }
    }
}

impl Timestamp {
    /// Whether the chain's decoder accepts it: years 1 to 9999, nanoseconds below one second.
    #[must_use]
    pub const fn is_valid(self) -> bool {
        self.seconds >= FIRST_SECOND
            && self.seconds <= LAST_SECOND
            && self.nanos >= 0
            && (self.nanos as i64) < NANOS
    }

    /// Whether it is the chain's zero time, which stands for "not set".
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.seconds == FIRST_SECOND && self.nanos == 0
    }
}

/// google.protobuf.Duration, within what 64-bit nanoseconds hold (about 292 years).
///
/// ```
/// use akash_sdk::cosmos::wire::Duration;
///
/// assert_eq!(Duration { seconds: 1, nanos: 500_000_000 }.as_nanos(), Some(1_500_000_000));
/// assert_eq!(Duration { seconds: 1, nanos: -1 }.as_nanos(), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Duration {
    /// Whole seconds; negative for a span back in time.
    pub seconds: i64,
    /// Nanoseconds, below one second in magnitude and of the sign of the seconds.
    pub nanos: i32,
}

impl Duration {
    /// Total nanoseconds; `None` if the parts disagree in sign or exceed the chain's range.
    #[must_use]
    pub const fn as_nanos(self) -> Option<i64> {
        let nanos = self.nanos as i64;
        if nanos <= -NANOS
            || nanos >= NANOS
            || (self.seconds > 0 && nanos < 0)
            || (self.seconds < 0 && nanos > 0)
        {
            return None;
        }
        match self.seconds.checked_mul(NANOS) {
            Some(whole) => whole.checked_add(nanos),
            None => None,
        }
    }

    /// From total nanoseconds.
    #[must_use]
    pub const fn from_nanos(nanos: i64) -> Self {
        #[allow(
            clippy::cast_possible_truncation,
            reason = "a remainder by 10^9 fits 32 bits"
        )]
        let part = (nanos % NANOS) as i32;
        Self {
            seconds: nanos / NANOS,
            nanos: part,
        }
    }
}

/// The common shape of both on the wire.
#[derive(Clone, Copy, PartialEq, prost::Message)]
struct Parts {
    #[prost(int64, tag = "1")]
    seconds: i64,
    #[prost(int32, tag = "2")]
    nanos: i32,
}

macro_rules! wire_time {
    ($($ty:ident, $kind:ident, $valid:expr, $refusal:literal;)*) => { $(
        impl Nested for $ty {
            const KIND: Kind = Kind::$kind;

            fn put_one(&self, tag: u32, buf: &mut impl BufMut) {
                let parts = Parts { seconds: self.seconds, nanos: self.nanos };
                encoding::message::encode(tag, &parts, buf);
            }

            fn size_one(&self, tag: u32) -> usize {
                let parts = Parts { seconds: self.seconds, nanos: self.nanos };
                encoding::message::encoded_len(tag, &parts)
            }

            // An occurrence replaces the value: absent parts are zero, not what stood there.
            fn merge_one(
                &mut self,
                wire_type: WireType,
                input: &mut Input<'_>,
            ) -> Result<(), DecodeError> {
                let mut parts = Parts::default();
                input.nested(wire_type, |tag, wire_type, input| match tag {
                    1 => parts.seconds.merge(tag, wire_type, input),
                    2 => parts.nanos.merge(tag, wire_type, input),
                    _ => input.skip(tag, wire_type),
                })?;
                let value = Self { seconds: parts.seconds, nanos: parts.nanos };
                if !$valid(value) {
                    return Err(decode_error(format!(
                        concat!($refusal, ", got {} s and {} ns"),
                        parts.seconds, parts.nanos,
                    )));
                }
                *self = value;
                Ok(())
            }
        }
    )* };
}

wire_time! {
    Timestamp, Time, Timestamp::is_valid,
        "a timestamp must be in the years 1 to 9999 with 0 to 999999999 nanoseconds";
    Duration, Duration, |value: Duration| value.as_nanos().is_some(),
        "a duration must fit 64-bit nanoseconds and its parts must agree in sign";
}
