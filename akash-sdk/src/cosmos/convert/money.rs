use super::{ConvertError, Wire};
use crate::cosmos::wire::cosmos::base::v1beta1 as base;
use crate::cosmos::wire::{Dec as WireDec, Int as WireInt};
use akash_market::address::Address;
use akash_sdl::num::{Coin, Dec, DecCoin, Denom, Int};

pub(super) fn address(text: &str, field: &'static str) -> Result<Address, ConvertError> {
    text.parse()
        .map_err(|source| ConvertError::Address { field, source })
}

pub(super) fn denom(text: &str, field: &'static str) -> Result<Denom, ConvertError> {
    Denom::new(text).map_err(|source| ConvertError::Number { field, source })
}

pub(super) fn int(value: &WireInt, field: &'static str) -> Result<Int, ConvertError> {
    value
        .as_str()
        .parse()
        .map_err(|source| ConvertError::Number { field, source })
}

pub(super) fn dec(value: &WireDec, field: &'static str) -> Result<Dec, ConvertError> {
    Dec::from_scaled_str(value.as_raw()).map_err(|source| ConvertError::Number { field, source })
}

pub(super) fn wire_int(value: Int) -> WireInt {
    // Both sides have 256 bits and canonical text, so nothing is lost.
    value.to_string().parse().unwrap_or_default()
}

pub(crate) fn wire_dec(value: Dec) -> WireDec {
    WireDec::from_raw(&value.to_scaled_string()).unwrap_or_default()
}

impl Wire for Coin {
    type Message = base::Coin;

    fn to_wire(&self) -> base::Coin {
        base::Coin {
            denom: self.denom().as_str().into(),
            amount: wire_int(self.amount()),
        }
    }

    fn from_wire(coin: &base::Coin) -> Result<Self, ConvertError> {
        let field = "amount";
        Self::from_int(denom(&coin.denom, "denom")?, int(&coin.amount, field)?)
            .map_err(|source| ConvertError::Number { field, source })
    }
}

impl Wire for DecCoin {
    type Message = base::DecCoin;

    fn to_wire(&self) -> base::DecCoin {
        base::DecCoin {
            denom: self.denom().as_str().into(),
            amount: wire_dec(self.amount()),
        }
    }

    fn from_wire(coin: &base::DecCoin) -> Result<Self, ConvertError> {
        let field = "amount";
        Self::new(denom(&coin.denom, "denom")?, dec(&coin.amount, field)?)
            .map_err(|source| ConvertError::Number { field, source })
    }
}
