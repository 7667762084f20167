//! Between the market's types and the chain's messages, both ways, in one place.
//!
//! [`Wire`] turns a domain value into its message and back; [`action`] does so for whole actions and the `Any` in which
//! transactions carry them, [`event`] for changes and typed events. Nothing outside this module knows both sides.

pub mod action;
mod bme;
mod error;
mod escrow;
pub mod event;
pub(crate) mod grant;
mod id;
mod market;
pub(crate) mod money;
mod oracle;
mod params;
pub mod provider;
mod quantity;
pub mod report;
mod resource;
pub(crate) mod time;

pub use error::ConvertError;

/// A domain type that has a message of its own.
pub trait Wire: Sized {
    /// The message.
    type Message;

    /// The message that says the same.
    fn to_wire(&self) -> Self::Message;

    /// What the message says.
    ///
    /// # Errors
    /// If a part of it means nothing here: a damaged address, a state of a newer release, a number out of range.
    fn from_wire(message: &Self::Message) -> Result<Self, ConvertError>;
}

/// Implements [`Wire`] for a state whose variants have the same names on both sides; anything else is unknown.
macro_rules! same_variants {
    ($domain:ty, $wire:ty { $($variant:ident),* }) => {
        impl $crate::cosmos::convert::Wire for $domain {
            type Message = $crate::cosmos::wire::Enum<$wire>;

            fn to_wire(&self) -> Self::Message {
                match self {
                    $(Self::$variant => <$wire>::$variant,)*
                }
                .into()
            }

            fn from_wire(
                message: &Self::Message,
            ) -> Result<Self, $crate::cosmos::convert::ConvertError> {
                match message.known() {
                    $(Some(<$wire>::$variant) => Ok(Self::$variant),)*
                    #[allow(unreachable_patterns, reason = "some enums have no invalid value")]
                    _ => Err($crate::cosmos::convert::ConvertError::UnknownValue {
                        field: stringify!($domain),
                        value: message.number(),
                    }),
                }
            }
        }
    };
}

pub(crate) use same_variants;

/// Turns a list into messages.
pub(crate) fn to_wires<T: Wire>(items: &[T]) -> Vec<T::Message> {
    items.iter().map(Wire::to_wire).collect()
}

/// Turns messages into a list.
pub(crate) fn from_wires<T: Wire>(items: &[T::Message]) -> Result<Vec<T>, ConvertError> {
    items.iter().map(T::from_wire).collect()
}
