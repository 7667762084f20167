//! Rules for ids.

use crate::error::{Error, SdkError};
use crate::id::{BidId, DeploymentId, GroupId, LeaseId, OrderId};

/// What is wrong with an id, and the names of the ids it is nested in, outermost last.
enum Fault {
    Sequence(String),
    Conflict(String),
}

impl Fault {
    fn within(self, outer: &str) -> Self {
        match self {
            Self::Sequence(text) => Self::Sequence(format!("{outer}: {text}")),
            Self::Conflict(text) => Self::Conflict(format!("{outer}: {text}")),
        }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Sdk(match fault {
            Fault::Sequence(context) => SdkError::InvalidSequence {
                context: context.into(),
            },
            Fault::Conflict(context) => SdkError::Conflict {
                context: context.into(),
            },
        })
    }
}

fn not_zero(number: u64, context: &str) -> Result<(), Fault> {
    if number == 0 {
        return Err(Fault::Sequence(context.to_owned()));
    }
    Ok(())
}

pub(super) fn deployment(id: &DeploymentId) -> Result<(), Error> {
    Ok(deployment_parts(id)?)
}

pub(super) fn group(id: &GroupId) -> Result<(), Error> {
    Ok(group_parts(id)?)
}

pub(super) fn bid(id: &BidId) -> Result<(), Error> {
    order_parts(&id.order).map_err(|f| f.within("BidID: Invalid OrderID"))?;
    if id.owner() == &id.provider {
        return Err(Fault::Conflict("BidID: self-bid".to_owned()).into());
    }
    if id.bseq.0 != 0 {
        return Err(Fault::Conflict("BidID: invalid bseq".to_owned()).into());
    }
    Ok(())
}

pub(super) fn lease(id: &LeaseId) -> Result<(), Error> {
    order_parts(id.order()).map_err(|f| f.within("LeaseID: Invalid OrderID"))?;
    if id.owner() == id.provider() {
        return Err(Fault::Conflict("LeaseID: self-bid".to_owned()).into());
    }
    if id.bid().bseq.0 != 0 {
        return Err(Fault::Conflict("LeaseID: invalid bseq".to_owned()).into());
    }
    Ok(())
}

fn deployment_parts(id: &DeploymentId) -> Result<(), Fault> {
    not_zero(id.dseq.0, "DeploymentID: Invalid Deployment Sequence")
}

fn group_parts(id: &GroupId) -> Result<(), Fault> {
    deployment_parts(&id.deployment).map_err(|f| f.within("GroupID: Invalid DeploymentID"))?;
    not_zero(id.gseq.0.into(), "GroupID: Invalid Group Sequence")
}

fn order_parts(id: &OrderId) -> Result<(), Fault> {
    group_parts(&id.group).map_err(|f| f.within("OrderID: Invalid GroupID"))?;
    not_zero(id.oseq.0.into(), "OrderID: Invalid Order Sequence")
}
