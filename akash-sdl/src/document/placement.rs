//! `profiles.placement`: where services may run and what may be paid.

use std::borrow::Cow;

use super::cursor::Cursor;
use super::entries::{Entries, Spanned};
use crate::diagnostic::codes;
use crate::num::{Dec, DecCoin, Denom};
use crate::yaml::{Budget, Node, Span};

/// A placement as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Placement {
    /// Attributes a provider must have.
    pub attributes: Entries<Spanned<String>>,
    /// `signedBy.allOf`: auditors that must all have signed the provider's attributes.
    pub all_of: Vec<Spanned<String>>,
    /// `signedBy.anyOf`: auditors of which one must have.
    pub any_of: Vec<Spanned<String>>,
    /// `pricing`: for each compute profile, the most that is paid for a replica and block.
    pub pricing: Entries<Price>,
}

/// A price as written.
#[derive(Debug, Clone)]
pub struct Price {
    /// Where it stands.
    pub span: Span,
    /// Where the denom stands.
    pub denom_span: Span,
    /// The price; none where it is null, which may be so only if it is not used.
    pub price: Option<DecCoin>,
}

impl From<DecCoin> for Price {
    fn from(price: DecCoin) -> Self {
        Self {
            span: Span::default(),
            denom_span: Span::default(),
            price: Some(price),
        }
    }
}

/// Spans do not count.
impl PartialEq for Price {
    fn eq(&self, other: &Self) -> bool {
        self.price == other.price
    }
}

impl Eq for Price {}

impl Placement {
    pub(super) fn read<'t, 'a>(
        cursor: &mut Cursor<'t, 'a>,
        budget: &mut Budget,
        node: Node<'t, 'a>,
        at: Span,
    ) -> Self {
        let mut placement = Self::default();
        let known = &["attributes", "signedBy", "pricing"];
        cursor.fields(
            budget,
            node,
            at,
            known,
            &mut |cursor, budget, name, entry| {
                let (node, at) = (entry.value, entry.key.span());
                match name {
                    "attributes" => cursor.fresh(node, |cursor, budget| {
                        let into = &mut placement.attributes;
                        cursor.entries(budget, node, at, into, |cursor, budget, node, _| {
                            cursor.text(budget, node)
                        });
                    }),
                    "signedBy" => {
                        let known = &["allOf", "anyOf"];
                        cursor.fields(
                            budget,
                            node,
                            at,
                            known,
                            &mut |cursor, budget, name, entry| {
                                let texts = cursor.texts(budget, entry.value).into_vec();
                                match name {
                                    "allOf" => placement.all_of = texts,
                                    _ => placement.any_of = texts,
                                }
                            },
                        );
                    }
                    _ => cursor.entries(budget, node, at, &mut placement.pricing, Price::read),
                }
            },
        );
        placement
    }
}

impl Price {
    fn read<'t, 'a>(
        cursor: &mut Cursor<'t, 'a>,
        budget: &mut Budget,
        node: Node<'t, 'a>,
        at: Span,
    ) -> Self {
        let mut price = Self {
            span: at,
            denom_span: at,
            price: None,
        };
        if !cursor.is_null(node) {
            cursor.enter(budget, node, |cursor, _, node| {
                price.price = cursor.fresh(node, |cursor, budget| {
                    coin(cursor, budget, node, &mut price.span, &mut price.denom_span)
                });
                Ok(())
            });
        }
        price
    }
}

fn coin<'t, 'a>(
    cursor: &mut Cursor<'t, 'a>,
    budget: &mut Budget,
    node: Node<'t, 'a>,
    amount_at: &mut Span,
    denom_at: &mut Span,
) -> Option<DecCoin> {
    let at = *amount_at;
    let mut amount = Spanned::new(Cow::Borrowed(""), at);
    let mut denom = Spanned::new(Cow::Borrowed(""), at);
    let known = &["denom", "amount"];
    cursor.fields(
        budget,
        node,
        at,
        known,
        &mut |cursor, budget, name, entry| {
            let text = cursor.optional_text(budget, entry.value);
            let text = Spanned::new(text.unwrap_or_default(), entry.value.span());
            match name {
                "denom" => denom = text,
                _ => amount = text,
            }
        },
    );
    *amount_at = amount.span;
    *denom_at = denom.span;
    let value = match amount.parse::<Dec>() {
        Ok(value) if in_range(value) => value,
        Ok(_) | Err(_) => {
            let message = if amount.is_empty() {
                "the price has no amount: write one such as 1000 or 0.25".to_owned()
            } else {
                format!(
                    "{:?} is no amount: write digits, and at most 18 behind a point, \
                     such as 1000 or 0.25",
                    amount.value
                )
            };
            let draft = cursor.error(codes::PRICE_INVALID, amount.span, message);
            if amount.is_empty() {
                draft.missing("amount");
            }
            return None;
        }
    };
    if !value.is_positive() {
        let message = "the price must be above zero";
        cursor.error(codes::PRICE_NOT_POSITIVE, amount.span, message);
        return None;
    }
    // the reference reads two signs as none
    if let Some(unsigned) = amount.strip_prefix("--") {
        let message = format!(
            "{:?} is above zero, as its two signs cancel each other: write {unsigned}",
            amount.value
        );
        cursor
            .found
            .warning(codes::PRICE_SIGNS, amount.span, message)
            .suggest(amount.span, unsigned);
    }
    let coin = Denom::new(&denom)
        .ok()
        .and_then(|denom| DecCoin::new(denom, value).ok());
    if coin.is_none() {
        let message = if denom.is_empty() {
            "the price has no denom: write `denom: uact`".to_owned()
        } else {
            format!(
                "{:?} is no denom: write a letter, then 2 to 127 letters, digits or / : . _ -, \
                 such as uact",
                denom.value
            )
        };
        let draft = cursor.error(codes::PRICE_DENOM_INVALID, denom.span, message);
        if denom.is_empty() {
            draft.missing("denom");
        }
    }
    coin
}

/// Whether the scaled integer stays within 315 bits.
fn in_range(value: Dec) -> bool {
    const BITS: u32 = 315;
    const SAFE: u64 = 1 << 60;
    if value <= Dec::from_u64(SAFE) {
        return true;
    }
    // 2^315 / 10^18 lies below 2^256, so only amounts near the end of the range are refused.
    let limit = (0..BITS).try_fold(Dec::SMALLEST, |power, _| power.add(power));
    limit.is_ok_and(|limit| value < limit)
}
