use super::money::address;
use super::{ConvertError, Wire};
use crate::cosmos::wire::akash::deployment::v1 as deployment;
use crate::cosmos::wire::akash::escrow::id::v1 as escrow;
use crate::cosmos::wire::akash::market::v1 as market;
use akash_market::escrow::{AccountId, PaymentId};
use akash_market::id::{BidId, Bseq, DeploymentId, Dseq, GroupId, Gseq, LeaseId, OrderId, Oseq};

fn deployment_id(owner: &str, dseq: u64) -> Result<DeploymentId, ConvertError> {
    Ok(DeploymentId {
        owner: address(owner, "owner")?,
        dseq: Dseq(dseq),
    })
}

impl Wire for DeploymentId {
    type Message = deployment::DeploymentId;

    fn to_wire(&self) -> deployment::DeploymentId {
        deployment::DeploymentId {
            owner: self.owner.to_string(),
            dseq: self.dseq.0,
        }
    }

    fn from_wire(id: &deployment::DeploymentId) -> Result<Self, ConvertError> {
        deployment_id(&id.owner, id.dseq)
    }
}

impl Wire for GroupId {
    type Message = deployment::GroupId;

    fn to_wire(&self) -> deployment::GroupId {
        deployment::GroupId {
            owner: self.owner().to_string(),
            dseq: self.deployment.dseq.0,
            gseq: self.gseq.0,
        }
    }

    fn from_wire(id: &deployment::GroupId) -> Result<Self, ConvertError> {
        Ok(Self {
            deployment: deployment_id(&id.owner, id.dseq)?,
            gseq: Gseq(id.gseq),
        })
    }
}

impl Wire for OrderId {
    type Message = market::OrderId;

    fn to_wire(&self) -> market::OrderId {
        market::OrderId {
            owner: self.owner().to_string(),
            dseq: self.group.deployment.dseq.0,
            gseq: self.group.gseq.0,
            oseq: self.oseq.0,
        }
    }

    fn from_wire(id: &market::OrderId) -> Result<Self, ConvertError> {
        Ok(Self {
            group: GroupId {
                deployment: deployment_id(&id.owner, id.dseq)?,
                gseq: Gseq(id.gseq),
            },
            oseq: Oseq(id.oseq),
        })
    }
}

impl Wire for BidId {
    type Message = market::BidId;

    fn to_wire(&self) -> market::BidId {
        market::BidId {
            owner: self.owner().to_string(),
            dseq: self.deployment().dseq.0,
            gseq: self.order.group.gseq.0,
            oseq: self.order.oseq.0,
            provider: self.provider.to_string(),
            bseq: self.bseq.0,
        }
    }

    fn from_wire(id: &market::BidId) -> Result<Self, ConvertError> {
        let market::BidId {
            owner,
            dseq,
            gseq,
            oseq,
            ..
        } = id.clone();
        Ok(Self {
            order: OrderId::from_wire(&market::OrderId {
                owner,
                dseq,
                gseq,
                oseq,
            })?,
            provider: address(&id.provider, "provider")?,
            bseq: Bseq(id.bseq),
        })
    }
}

impl Wire for LeaseId {
    type Message = market::LeaseId;

    fn to_wire(&self) -> market::LeaseId {
        let market::BidId {
            owner,
            dseq,
            gseq,
            oseq,
            provider,
            bseq,
        } = self.bid().to_wire();
        market::LeaseId {
            owner,
            dseq,
            gseq,
            oseq,
            provider,
            bseq,
        }
    }

    fn from_wire(id: &market::LeaseId) -> Result<Self, ConvertError> {
        let market::LeaseId {
            owner,
            dseq,
            gseq,
            oseq,
            provider,
            bseq,
        } = id.clone();
        BidId::from_wire(&market::BidId {
            owner,
            dseq,
            gseq,
            oseq,
            provider,
            bseq,
        })
        .map(Self)
    }
}

impl Wire for AccountId {
    type Message = escrow::Account;

    fn to_wire(&self) -> escrow::Account {
        let (scope, xid) = match self {
            Self::Deployment(id) => (escrow::Scope::Deployment, id.to_string()),
            Self::Bid(id) => (escrow::Scope::Bid, id.to_string()),
        };
        escrow::Account {
            scope: scope.into(),
            xid,
        }
    }

    fn from_wire(id: &escrow::Account) -> Result<Self, ConvertError> {
        let malformed = |_| ConvertError::Text {
            field: "xid",
            text: id.xid.clone(),
            expected: "owner/dseq or owner/dseq/gseq/oseq/provider",
        };
        match id.scope.known() {
            Some(escrow::Scope::Deployment) => {
                id.xid.parse().map(Self::Deployment).map_err(malformed)
            }
            Some(escrow::Scope::Bid) => id.xid.parse().map(Self::Bid).map_err(malformed),
            Some(escrow::Scope::Invalid) | None => Err(ConvertError::UnknownValue {
                field: "scope",
                value: id.scope.number(),
            }),
        }
    }
}

impl Wire for PaymentId {
    type Message = escrow::Payment;

    fn to_wire(&self) -> escrow::Payment {
        let order = self.0.order();
        escrow::Payment {
            aid: AccountId::Deployment(self.0.deployment().clone()).to_wire(),
            xid: format!("{}/{}/{}", order.group.gseq, order.oseq, self.0.provider()),
        }
    }

    fn from_wire(id: &escrow::Payment) -> Result<Self, ConvertError> {
        format!("{}/{}", id.aid.xid, id.xid)
            .parse()
            .map(Self)
            .map_err(|_| ConvertError::Text {
                field: "xid",
                text: id.xid.clone(),
                expected: "gseq/oseq/provider",
            })
    }
}
