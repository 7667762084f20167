use super::resource::arc_group;
use super::time::{duration, nanos};
use super::{ConvertError, Wire, from_wires, same_variants, to_wires};
use crate::cosmos::wire::akash::deployment::v1 as deployment;
use crate::cosmos::wire::akash::deployment::v1beta4 as group;
use crate::cosmos::wire::akash::market::v1 as lease;
use crate::cosmos::wire::akash::market::v1beta5 as market;
use crate::cosmos::wire::{Duration, Enum};
use akash_market::bid::{Bid, BidState, ResourceOffer};
use akash_market::deployment::{Deployment, DeploymentState, Group, GroupState};
use akash_market::id::{BidId, DeploymentId, GroupId, Height, LeaseId, OrderId};
use akash_market::lease::{CloseReason, Lease, LeaseState, Reclamation};
use akash_market::order::{Order, OrderState};
use akash_market::time::Nanos;
use akash_sdl::num::DecCoin;

same_variants!(
    DeploymentState,
    deployment::DeploymentState { Active, Closed }
);
same_variants!(
    GroupState,
    group::GroupState {
        Open,
        Paused,
        InsufficientFunds,
        Closed
    }
);
same_variants!(
    OrderState,
    market::OrderState {
        Open,
        Active,
        Closed
    }
);
same_variants!(
    BidState,
    market::BidState {
        Open,
        Active,
        Lost,
        Closed
    }
);
same_variants!(
    LeaseState,
    lease::LeaseState {
        Active,
        InsufficientFunds,
        Closed,
        Reclaiming
    }
);

pub(super) fn min_window(
    reclamation: Option<&deployment::DeploymentReclamation>,
) -> Result<Option<Nanos>, ConvertError> {
    reclamation
        .map(|r| nanos(r.min_window, "reclamation.min_window"))
        .transpose()
}

pub(super) fn reclamation(window: Option<Nanos>) -> Option<deployment::DeploymentReclamation> {
    window.map(|w| deployment::DeploymentReclamation {
        min_window: duration(w),
    })
}

pub(super) fn window(window: Option<Duration>) -> Result<Option<Nanos>, ConvertError> {
    window.map(|w| nanos(w, "reclamation_window")).transpose()
}

/// Every number is a reason: providers choose their own inside their range.
impl Wire for CloseReason {
    type Message = Enum<lease::LeaseClosedReason>;

    fn to_wire(&self) -> Self::Message {
        Enum::from_number(self.0)
    }

    fn from_wire(reason: &Self::Message) -> Result<Self, ConvertError> {
        Ok(Self(reason.number()))
    }
}

impl Wire for Deployment {
    type Message = deployment::Deployment;

    fn to_wire(&self) -> deployment::Deployment {
        deployment::Deployment {
            id: self.id.to_wire(),
            state: self.state.to_wire(),
            hash: self.hash.clone(),
            created_at: self.created_at.0,
            reclamation: reclamation(self.reclamation_min_window),
        }
    }

    fn from_wire(message: &deployment::Deployment) -> Result<Self, ConvertError> {
        Ok(Self {
            id: DeploymentId::from_wire(&message.id)?,
            state: DeploymentState::from_wire(&message.state)?,
            hash: message.hash.clone(),
            created_at: Height(message.created_at),
            reclamation_min_window: min_window(message.reclamation.as_ref())?,
        })
    }
}

impl Wire for Group {
    type Message = group::Group;

    fn to_wire(&self) -> group::Group {
        group::Group {
            id: self.id.to_wire(),
            state: self.state.to_wire(),
            group_spec: self.spec.to_wire(),
            created_at: self.created_at.0,
        }
    }

    fn from_wire(message: &group::Group) -> Result<Self, ConvertError> {
        Ok(Self {
            id: GroupId::from_wire(&message.id)?,
            state: GroupState::from_wire(&message.state)?,
            spec: arc_group(&message.group_spec)?,
            created_at: Height(message.created_at),
        })
    }
}

impl Wire for Order {
    type Message = market::Order;

    fn to_wire(&self) -> market::Order {
        market::Order {
            id: self.id.to_wire(),
            state: self.state.to_wire(),
            spec: self.spec.to_wire(),
            created_at: self.created_at.0,
            reclamation: reclamation(self.reclamation_min_window),
        }
    }

    fn from_wire(order: &market::Order) -> Result<Self, ConvertError> {
        Ok(Self {
            id: OrderId::from_wire(&order.id)?,
            state: OrderState::from_wire(&order.state)?,
            spec: arc_group(&order.spec)?,
            created_at: Height(order.created_at),
            reclamation_min_window: min_window(order.reclamation.as_ref())?,
        })
    }
}

impl Wire for Bid {
    type Message = market::Bid;

    fn to_wire(&self) -> market::Bid {
        market::Bid {
            id: self.id.to_wire(),
            state: self.state.to_wire(),
            price: self.price.to_wire(),
            created_at: self.created_at.0,
            resources_offer: to_wires(&self.resources_offer),
            reclamation_window: self.reclamation_window.map(duration),
        }
    }

    fn from_wire(bid: &market::Bid) -> Result<Self, ConvertError> {
        Ok(Self {
            id: BidId::from_wire(&bid.id)?,
            state: BidState::from_wire(&bid.state)?,
            price: DecCoin::from_wire(&bid.price)?,
            created_at: Height(bid.created_at),
            resources_offer: from_wires::<ResourceOffer>(&bid.resources_offer)?.into(),
            reclamation_window: window(bid.reclamation_window)?,
        })
    }
}

impl Wire for Reclamation {
    type Message = lease::Reclamation;

    fn to_wire(&self) -> lease::Reclamation {
        lease::Reclamation {
            window: duration(self.window),
            started_at: self.started_at.0,
            deadline: self.deadline,
            reason: self.reason.to_wire(),
        }
    }

    fn from_wire(reclamation: &lease::Reclamation) -> Result<Self, ConvertError> {
        Ok(Self {
            window: nanos(reclamation.window, "reclamation.window")?,
            started_at: Height(reclamation.started_at),
            deadline: reclamation.deadline,
            reason: CloseReason::from_wire(&reclamation.reason)?,
        })
    }
}

impl Wire for Lease {
    type Message = lease::Lease;

    fn to_wire(&self) -> lease::Lease {
        lease::Lease {
            id: self.id.to_wire(),
            state: self.state.to_wire(),
            price: self.price.to_wire(),
            created_at: self.created_at.0,
            closed_on: self.closed_on.0,
            reason: self.reason.to_wire(),
            reclamation: self.reclamation.as_ref().map(Wire::to_wire),
        }
    }

    fn from_wire(message: &lease::Lease) -> Result<Self, ConvertError> {
        Ok(Self {
            id: LeaseId::from_wire(&message.id)?,
            state: LeaseState::from_wire(&message.state)?,
            price: DecCoin::from_wire(&message.price)?,
            created_at: Height(message.created_at),
            closed_on: Height(message.closed_on),
            reason: CloseReason::from_wire(&message.reason)?,
            reclamation: message
                .reclamation
                .as_ref()
                .map(Reclamation::from_wire)
                .transpose()?,
        })
    }
}
