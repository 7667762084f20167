//! Matching of attributes, auditors and offers; validity of attributes and groups.

use super::field::{Fields, expected, only, vectors};
use super::group::{attributes, group, offer};
use super::step::refusal;
use super::{Case, Failure, Work};
use akash_market::address::Address;
use akash_market::audit::AuditRecord;
use akash_market::bid::ResourceOffer;
use akash_market::error::{DeploymentError, Error, Panic};
use akash_market::matching::{self, PriceError};
use akash_sdl::attribute::Attribute;
use akash_sdl::group::GroupSpec;
use akash_sdl::num::{DecCoin, Denom, NumError};
use serde_json::{Value, json};

pub(super) fn cases(file: &Value) -> Result<Vec<Case>, Failure> {
    let case = |case: &Value| {
        let expected = expected(case, &["out", "error"]);
        Case::of(case.at("id").clone(), expected, Question::read(case))
    };
    Ok(vectors(file, "vectors")?.iter().map(case).collect())
}

/// What an auditor signed of a provider.
pub(super) fn audits(value: &Value) -> Result<Vec<AuditRecord>, Failure> {
    // Whose records they are is no question: those of the provider that is asked about.
    let owner = Address::bech32("akash", &[7; 20])?;
    let one = |record: &Value| -> Result<AuditRecord, Failure> {
        only(record, &[&["auditor", "attributes"]])?;
        Ok(AuditRecord {
            owner: owner.clone(),
            auditor: record.parse("auditor")?,
            attributes: attributes(record, "attributes")?,
        })
    };
    value.list("audited").iter().map(one).collect()
}

const MEMBERS: [&str; 12] = [
    "id",
    "kind",
    "a",
    "b",
    "group",
    "groups",
    "provider_attributes",
    "audited",
    "offer",
    "bid_price",
    "out",
    "error",
];

enum Question {
    Subset(Vec<Attribute>, Vec<Attribute>),
    Any(Vec<Attribute>, Vec<Attribute>),
    Attributes(Vec<Attribute>),
    Requirements(GroupSpec, Vec<Attribute>, Vec<AuditRecord>),
    Capabilities(GroupSpec, Vec<Attribute>),
    Offer(GroupSpec, Vec<ResourceOffer>),
    OrderPrice(GroupSpec),
    /// The bid's price, if it is one at all: positive and of a denom.
    BidPrice(GroupSpec, Option<DecCoin>),
    Group(Priced),
    Groups(Vec<GroupSpec>),
}

impl Question {
    fn read(case: &Value) -> Result<Self, Failure> {
        only(case, &[&MEMBERS])?;
        let wanted = || group(case.at("group"));
        let own = || attributes(case, "provider_attributes");
        let (a, b) = (attributes(case, "a")?, attributes(case, "b")?);
        Ok(match case.text("kind")? {
            "attributes_subset" => Self::Subset(a, b),
            "attributes_any" => Self::Any(a, b),
            "attributes_validate" => Self::Attributes(a),
            "requirements" => Self::Requirements(wanted()?, own()?, audits(case)?),
            "resources" => Self::Capabilities(wanted()?, own()?),
            "offer" => Self::Offer(wanted()?, offer(case)?),
            "price" => Self::OrderPrice(wanted()?),
            "bid_price" => Self::BidPrice(wanted()?, case.read("bid_price").ok()),
            "group_validate" => Self::Group(Priced::read(case.at("group"))?),
            "groups_validate" => {
                let groups = case.list("groups").iter().map(group);
                Self::Groups(groups.collect::<Result<_, _>>()?)
            }
            other => return Err(format!("there is no question `{other}`").into()),
        })
    }
}

impl Work for Question {
    fn output(&self) -> Result<Value, Failure> {
        Ok(match self {
            Self::Subset(a, b) => json!({"out": matching::subset(a, b)}),
            Self::Any(a, b) => json!({"out": matching::any(a, b)}),
            Self::Attributes(attributes) => {
                verdict(matching::validate_attributes(attributes).map_err(Error::from))
            }
            Self::Requirements(group, own, audits) => {
                json!({"out": matching::meets_requirements(&group.requirements, own, audits)})
            }
            Self::Capabilities(group, own) => {
                json!({"out": matching::meets_capabilities(group, own)})
            }
            Self::Offer(group, offer) => match matching::offer_fits(group, offer) {
                Ok(fits) => json!({"out": fits}),
                Err(duplicate) => refused(&duplicate.into()),
            },
            Self::OrderPrice(group) => match order_price(group)? {
                Ok(price) => json!({"out": price}),
                Err(stumbled) => refused(&stumbled),
            },
            Self::BidPrice(_, None) => json!({"out": false}),
            Self::BidPrice(group, Some(bid)) => {
                let checked = order_price(group)?
                    .and_then(|order| Ok(matching::check_bid_price(&order, bid)?));
                match checked {
                    Ok(()) => json!({"out": true}),
                    Err(stumbled @ Error::Panic(_)) => refused(&stumbled),
                    Err(_) => json!({"out": false}),
                }
            }
            Self::Group(priced) => verdict(priced.validate()),
            Self::Groups(groups) => verdict(matching::validate_groups(groups).map_err(Error::from)),
        })
    }
}

/// A group in which the prices from some unit on may be no coins, which the types do not let exist:
/// they are zero here.
struct Priced {
    group: GroupSpec,
    is_broken: bool,
}

impl Priced {
    fn read(value: &Value) -> Result<Self, Failure> {
        let mut value = value.clone();
        let units = value.get_mut("resources").and_then(Value::as_array_mut);
        let (mut denom, mut is_broken) = (Denom::UACT, false);
        for unit in units.into_iter().flatten() {
            match unit.read::<DecCoin>("price") {
                Ok(price) if !is_broken => denom = price.denom().clone(),
                _ => {
                    is_broken = true;
                    if let Some(price) = unit.get_mut("price") {
                        *price = json!({"denom": denom, "amount": "0"});
                    }
                }
            }
        }
        let group = group(&value)?;
        Ok(Self { group, is_broken })
    }

    /// Prices are looked at last, one after the other.
    fn validate(&self) -> Result<(), Error> {
        matching::validate_group(&self.group)?;
        if self.is_broken {
            let reason = format!("group {}: error: invalid price object", self.group.name);
            return Err(DeploymentError::InvalidGroup {
                reason: reason.into(),
            }
            .into());
        }
        Ok(())
    }
}

/// The price of an order, or how the chain stumbles over it.
fn order_price(group: &GroupSpec) -> Result<Result<DecCoin, Error>, Failure> {
    Ok(match matching::order_price(group) {
        Ok(price) => Ok(price),
        Err(PriceError::Sum { source, .. }) => Err(match source {
            NumError::DenomMismatch { left, right } => Panic::DecCoinDenoms { left, right }.into(),
            source => source.into(),
        }),
        Err(error) => return Err(error.into()),
    })
}

fn verdict(result: Result<(), Error>) -> Value {
    match result {
        Ok(()) => json!({"out": true}),
        Err(error) => refused(&error),
    }
}

/// What is refused; where the chain stumbles, it has no answer.
fn refused(error: &Error) -> Value {
    let out = match error {
        Error::Panic(_) => Value::Null,
        _ => false.into(),
    };
    json!({"out": out, "error": refusal(error)})
}
