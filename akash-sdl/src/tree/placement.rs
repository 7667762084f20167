//! `profiles.placement` and `deployment` as plain values.

use std::borrow::Cow;

use super::{Map, Node};
use crate::document::{Placement, Price, ServiceDeployment};

pub(super) fn placement(placement: &Placement) -> Node<'_> {
    let mut map = Map::default();
    if !placement.attributes.is_empty() {
        let attributes = Node::map(&placement.attributes, |value| Node::text(&value.value));
        map.put("attributes", attributes);
    }
    let mut signed_by = Map::default();
    for (key, auditors) in [("allOf", &placement.all_of), ("anyOf", &placement.any_of)] {
        if !auditors.is_empty() {
            signed_by.put(key, Node::texts(auditors));
        }
    }
    if !signed_by.0.is_empty() {
        map.put("signedBy", signed_by.into());
    }
    if !placement.pricing.is_empty() {
        map.put("pricing", Node::map(&placement.pricing, price));
    }
    map.into()
}

fn price(price: &Price) -> Node<'_> {
    let Some(price) = &price.price else {
        return Node::Null;
    };
    let mut amount = price.amount().to_string();
    amount.truncate(amount.trim_end_matches('0').trim_end_matches('.').len());
    Node::Map(vec![
        ("denom", Node::text(price.denom().as_str())),
        ("amount", Node::Text(Cow::Owned(amount))),
    ])
}

pub(super) fn deployment(deployment: &ServiceDeployment) -> Node<'_> {
    Node::Map(vec![
        ("profile", Node::text(&deployment.profile.value)),
        ("count", Node::Number(deployment.count.value.into())),
    ])
}
