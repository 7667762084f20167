//! Scalars as the node's JSON has them.

use crate::cosmos::convert;
use crate::cosmos::json;
use akash_market::time::Timestamp;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::{self, Deserialize, Deserializer, Visitor};
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

/// A whole number, written as a number or as text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Number<T>(pub(super) T);

impl<'de, T> Deserialize<'de> for Number<T>
where
    T: FromStr + TryFrom<i64> + TryFrom<u64>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Whole<T>(PhantomData<T>);

        impl<T> Visitor<'_> for Whole<T>
        where
            T: FromStr + TryFrom<i64> + TryFrom<u64>,
        {
            type Value = Number<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number in its range, as a number or as text")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                text.parse()
                    .map(Number)
                    .map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Self::Value, E> {
                T::try_from(number)
                    .map(Number)
                    .map_err(|_| E::invalid_value(de::Unexpected::Unsigned(number), &self))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Self::Value, E> {
                T::try_from(number)
                    .map(Number)
                    .map_err(|_| E::invalid_value(de::Unexpected::Signed(number), &self))
            }
        }

        deserializer.deserialize_any(Whole(PhantomData))
    }
}

/// Bytes in base64; `null` stands for none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Base64(pub(super) Vec<u8>);

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Option::<Text<'de>>::deserialize(deserializer)?;
        let text = text.as_ref().map_or("", |text| text.0.as_ref());
        STANDARD.decode(text).map(Self).map_err(de::Error::custom)
    }
}

/// A text, borrowed where it can be.
#[derive(serde::Deserialize)]
struct Text<'a>(#[serde(borrow)] std::borrow::Cow<'a, str>);

/// A moment in RFC 3339.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Time(pub(super) Timestamp);

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        json::parse_time(&text)
            .and_then(|time| convert::time::timestamp(time, "time").ok())
            .map(Self)
            .ok_or_else(|| {
                let excerpt: String = text.chars().take(64).collect();
                de::Error::custom(format!("{excerpt:?} is no time from 1677 to 2262"))
            })
    }
}

/// A value where `null` stands for its default.
pub(super) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Option::<T>::deserialize(deserializer).map(Option::unwrap_or_default)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_as_text_or_not() {
        for text in ["7", "\"7\""] {
            assert_eq!(serde_json::from_str::<Number<i64>>(text).unwrap().0, 7);
        }
        assert_eq!(serde_json::from_str::<Number<i64>>("-7").unwrap().0, -7);
        assert_eq!(
            serde_json::from_str::<Number<u64>>("\"18446744073709551615\"")
                .unwrap()
                .0,
            u64::MAX
        );
        for text in ["-1", "\"\"", "7.5", "\"x\"", "null", "5000000000"] {
            assert!(serde_json::from_str::<Number<u32>>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn bytes_are_base64() {
        assert_eq!(serde_json::from_str::<Base64>("\"aGk=\"").unwrap().0, b"hi");
        assert_eq!(
            serde_json::from_str::<Base64>("\"aGk\\u003d\"").unwrap().0,
            b"hi"
        );
        assert!(serde_json::from_str::<Base64>("null").unwrap().0.is_empty());
        for text in ["\"aGk\"", "\"a?==\"", "7"] {
            assert!(serde_json::from_str::<Base64>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn times_are_read() {
        let time: Time = serde_json::from_str("\"2026-11-22T16:42:17.284029098Z\"").unwrap();
        assert_eq!(time.0, Timestamp(1_795_365_737_284_029_098));
        assert!(serde_json::from_str::<Time>("\"yesterday\"").is_err());
        assert!(serde_json::from_str::<Time>("\"0001-01-01T00:00:00Z\"").is_err());
    }
}
