//! Matching of attributes, auditors and offers; validity of attributes and groups.

use super::field::{Fields, expected, vectors};
use super::group::{attributes, group, offer};
use super::step::refusal;
use super::{Case, Failure, Work};
use akash_market::address::Address;
use akash_market::audit::AuditRecord;
use akash_market::bid::ResourceOffer;
use akash_market::error::{Code, Error};
use akash_market::matching::{self, GroupError};
use akash_sdl::attribute::Attribute;
use akash_sdl::group::GroupSpec;
use akash_sdl::num::DecCoin;
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
        Ok(AuditRecord {
            owner: owner.clone(),
            auditor: record.parse("auditor")?,
            attributes: attributes(record, "attributes")?,
        })
    };
    value.list("audited").iter().map(one).collect()
}

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
    Group(GroupSpec),
    Groups(Vec<GroupSpec>),
    /// A group with a price that is none, which the types do not let exist.
    NoGroup,
}

impl Question {
    fn read(case: &Value) -> Result<Self, Failure> {
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
            "group_validate" => {
                let units = case.at("group").list("resources");
                if units
                    .iter()
                    .all(|unit| unit.read::<DecCoin>("price").is_ok())
                {
                    Self::Group(wanted()?)
                } else {
                    Self::NoGroup
                }
            }
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
            Self::Attributes(attributes) => match matching::validate_attributes(attributes) {
                Ok(()) => json!({"out": true}),
                Err(error) => json!({"out": false, "error": refusal(&Error::from(error))}),
            },
            Self::Requirements(group, own, audits) => {
                json!({"out": matching::meets_requirements(&group.requirements, own, audits)})
            }
            Self::Capabilities(group, own) => {
                json!({"out": matching::meets_capabilities(group, own)})
            }
            Self::Offer(group, offer) => match matching::offer_fits(group, offer) {
                Ok(fits) => json!({"out": fits}),
                Err(duplicate) => json!({"out": null, "error": refusal(&duplicate.into())}),
            },
            Self::OrderPrice(group) => json!({"out": matching::order_price(group)?}),
            Self::BidPrice(_, None) => json!({"out": false}),
            Self::BidPrice(group, Some(bid)) => {
                let order = matching::order_price(group)?;
                match matching::check_bid_price(&order, bid).map_err(Error::from) {
                    Ok(()) => json!({"out": true}),
                    Err(error @ Error::Panic(_)) => json!({"out": null, "error": refusal(&error)}),
                    Err(_) => json!({"out": false}),
                }
            }
            Self::Group(group) => verdict(matching::validate_group(group)),
            Self::Groups(groups) => verdict(matching::validate_groups(groups)),
            Self::NoGroup => json!({"out": false, "error": {"message": "invalid price object"}}),
        })
    }

    /// A group that cannot exist is refused in fewer words.
    fn agrees(&self, expected: &Value, output: &Value) -> bool {
        if let Self::NoGroup = self {
            let text = expected
                .at("error")
                .some_text("message")
                .unwrap_or_default();
            return expected.at("out") == output.at("out")
                && text.ends_with("invalid price object");
        }
        expected == output
    }
}

fn verdict(result: Result<(), GroupError>) -> Value {
    match result {
        Ok(()) => json!({"out": true}),
        Err(error) => {
            let Code { codespace, code } = error.code();
            let refusal = json!({
                "kind": "error", "codespace": codespace, "code": code, "message": error.chain_text(),
            });
            json!({"out": false, "error": refusal})
        }
    }
}
