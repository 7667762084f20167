use super::money::{address, dec, denom, wire_dec};
use super::{ConvertError, Wire, from_wires, same_variants, to_wires};
use crate::cosmos::wire::akash::base::deposit::v1 as deposit;
use crate::cosmos::wire::akash::escrow::types::v1 as escrow;
use akash_market::escrow::{
    AccountId, Deposit, DepositSource, Depositor, EscrowAccount, EscrowPayment, EscrowState, Fund,
    PaymentId,
};
use akash_market::id::Height;
use akash_sdl::num::{Coin, DecCoin};

same_variants!(
    EscrowState,
    escrow::State {
        Open,
        Closed,
        Overdrawn
    }
);
same_variants!(DepositSource, deposit::Source { Balance, Grant });

impl Wire for Deposit {
    type Message = deposit::Deposit;

    fn to_wire(&self) -> deposit::Deposit {
        deposit::Deposit {
            amount: self.amount.to_wire(),
            sources: to_wires(&self.sources),
        }
    }

    fn from_wire(message: &deposit::Deposit) -> Result<Self, ConvertError> {
        Ok(Self {
            amount: Coin::from_wire(&message.amount)?,
            sources: from_wires(&message.sources)?,
        })
    }
}

impl Wire for Depositor {
    type Message = escrow::Depositor;

    fn to_wire(&self) -> escrow::Depositor {
        escrow::Depositor {
            owner: self.owner.to_string(),
            height: self.height.0,
            source: self.source.to_wire(),
            balance: self.balance.to_wire(),
        }
    }

    fn from_wire(depositor: &escrow::Depositor) -> Result<Self, ConvertError> {
        Ok(Self {
            owner: address(&depositor.owner, "deposits.owner")?,
            height: Height(depositor.height),
            source: DepositSource::from_wire(&depositor.source)?,
            balance: DecCoin::from_wire(&depositor.balance)?,
        })
    }
}

impl Wire for Fund {
    type Message = escrow::Balance;

    fn to_wire(&self) -> escrow::Balance {
        escrow::Balance {
            denom: self.denom.as_str().into(),
            amount: wire_dec(self.amount),
        }
    }

    fn from_wire(fund: &escrow::Balance) -> Result<Self, ConvertError> {
        Ok(Self {
            denom: denom(&fund.denom, "funds.denom")?,
            amount: dec(&fund.amount, "funds.amount")?,
        })
    }
}

impl Wire for EscrowAccount {
    type Message = escrow::Account;

    fn to_wire(&self) -> escrow::Account {
        escrow::Account {
            id: self.id.to_wire(),
            state: escrow::AccountState {
                owner: self.owner.to_string(),
                state: self.state.to_wire(),
                transferred: to_wires(&self.transferred),
                settled_at: self.settled_at.0,
                funds: to_wires(&self.funds),
                deposits: to_wires(&self.deposits),
            },
        }
    }

    fn from_wire(account: &escrow::Account) -> Result<Self, ConvertError> {
        let escrow::Account { id, state } = account;
        Ok(Self {
            id: AccountId::from_wire(id)?,
            owner: address(&state.owner, "owner")?,
            state: EscrowState::from_wire(&state.state)?,
            transferred: from_wires(&state.transferred)?.into(),
            settled_at: Height(state.settled_at),
            funds: from_wires(&state.funds)?.into(),
            deposits: from_wires(&state.deposits)?.into(),
        })
    }
}

impl Wire for EscrowPayment {
    type Message = escrow::Payment;

    fn to_wire(&self) -> escrow::Payment {
        escrow::Payment {
            id: self.id.to_wire(),
            state: escrow::PaymentState {
                owner: self.owner.to_string(),
                state: self.state.to_wire(),
                rate: self.rate.to_wire(),
                balance: self.balance.to_wire(),
                unsettled: self.unsettled.to_wire(),
                withdrawn: self.withdrawn.to_wire(),
            },
        }
    }

    fn from_wire(payment: &escrow::Payment) -> Result<Self, ConvertError> {
        let escrow::Payment { id, state } = payment;
        Ok(Self {
            id: PaymentId::from_wire(id)?,
            owner: address(&state.owner, "owner")?,
            state: EscrowState::from_wire(&state.state)?,
            rate: DecCoin::from_wire(&state.rate)?,
            balance: DecCoin::from_wire(&state.balance)?,
            unsettled: DecCoin::from_wire(&state.unsettled)?,
            withdrawn: Coin::from_wire(&state.withdrawn)?,
        })
    }
}
