use super::book::Candidate;
use crate::address::Address;
use akash_sdl::attribute::Attribute;
use akash_sdl::num::{Dec, DecCoin};
use serde::{Deserialize, Serialize};
use std::fmt::{self, Debug};

/// How good a bid is: lower is better. Stock policies use the price per block.
pub type Score = Dec;

/// Why a bid was left.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// It costs more than the cap.
    TooExpensive {
        /// The price for one block.
        price: DecCoin,
        /// The cap.
        cap: DecCoin,
    },
    /// None of the wanted auditors has signed the provider's attributes.
    NotAudited {
        /// The auditors that would do.
        auditors: Vec<Address>,
    },
    /// The provider lacks an attribute.
    MissingAttribute {
        /// Its key.
        key: String,
        /// The wanted value.
        value: String,
    },
    /// The provider is on the list of those to avoid.
    Denied,
    /// The provider is not on the list of those allowed.
    NotAllowed,
    /// The bid does not say which resources would serve the order, or not all of them.
    IncompleteOffer {
        /// Units of the order that the offer does not cover.
        units: Vec<u32>,
    },
    /// A reason of one's own.
    Other {
        /// In words.
        text: String,
    },
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooExpensive { price, cap } => {
                write!(f, "costs {price} a block, the cap is {cap}")
            }
            Self::NotAudited { auditors } if auditors.is_empty() => f.write_str("is not audited"),
            Self::NotAudited { auditors } => {
                f.write_str("is not audited by ")?;
                for (i, auditor) in auditors.iter().enumerate() {
                    write!(f, "{}{auditor}", if i == 0 { "" } else { " or " })?;
                }
                Ok(())
            }
            Self::MissingAttribute { key, value } => write!(f, "does not declare {key}={value}"),
            Self::Denied => f.write_str("is on the list of providers to avoid"),
            Self::NotAllowed => f.write_str("is not on the list of allowed providers"),
            Self::IncompleteOffer { units } => {
                write!(
                    f,
                    "does not offer resources for units {units:?} of the order"
                )
            }
            Self::Other { text } => f.write_str(text),
        }
    }
}

/// What a policy says of a bid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It would do, and this is how good it is.
    Take(Score),
    /// It would not do.
    Leave(Reason),
}

/// Judges bids. One decision, no state, no I/O: what it may look at is in the [`Candidate`].
///
/// ```
/// use akash_market::auction::{BidPolicy, Candidate, Reason, Verdict};
///
/// /// Takes bids of providers whose host lies under one domain.
/// #[derive(Debug)]
/// struct OurHosts;
///
/// impl BidPolicy for OurHosts {
///     fn name(&self) -> String {
///         "our hosts".to_owned()
///     }
///     fn judge(&self, candidate: &Candidate<'_>) -> Verdict {
///         match candidate.provider {
///             Some(p) if p.host_uri.ends_with(".example.com") => {
///                 Verdict::Take(candidate.bid.price.amount())
///             }
///             _ => Verdict::Leave(Reason::Other { text: "is not ours".to_owned() }),
///         }
///     }
/// }
/// ```
pub trait BidPolicy: Debug + Send + Sync {
    /// A short name for logs and tables.
    fn name(&self) -> String;

    /// Whether this bid would do, and how well.
    fn judge(&self, candidate: &Candidate<'_>) -> Verdict;
}

impl<T: BidPolicy + ?Sized> BidPolicy for &T {
    fn name(&self) -> String {
        (**self).name()
    }
    fn judge(&self, candidate: &Candidate<'_>) -> Verdict {
        (**self).judge(candidate)
    }
}

impl<T: BidPolicy + ?Sized> BidPolicy for Box<T> {
    fn name(&self) -> String {
        (**self).name()
    }
    fn judge(&self, candidate: &Candidate<'_>) -> Verdict {
        (**self).judge(candidate)
    }
}

/// Takes every bid; the lowest price is the best.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cheapest;

impl BidPolicy for Cheapest {
    fn name(&self) -> String {
        "cheapest".to_owned()
    }
    fn judge(&self, candidate: &Candidate<'_>) -> Verdict {
        Verdict::Take(candidate.bid.price.amount())
    }
}

/// Leaves bids above a price for one block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaxPrice(pub DecCoin);

impl BidPolicy for MaxPrice {
    fn name(&self) -> String {
        format!("at most {}", self.0)
    }
    fn judge(&self, candidate: &Candidate<'_>) -> Verdict {
        let price = &candidate.bid.price;
        if price.denom() == self.0.denom() && price.amount() <= self.0.amount() {
            Verdict::Take(price.amount())
        } else {
            Verdict::Leave(Reason::TooExpensive {
                price: price.clone(),
                cap: self.0.clone(),
            })
        }
    }
}

/// Leaves bids of providers that no wanted auditor has signed; with no auditors named, any auditor will do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audited {
    /// Auditors that will do.
    pub by: Vec<Address>,
}

impl BidPolicy for Audited {
    fn name(&self) -> String {
        "audited".to_owned()
    }
    fn judge(&self, candidate: &Candidate<'_>) -> Verdict {
        let signed = candidate.audits.iter().any(|record| {
            !record.attributes.is_empty()
                && (self.by.is_empty() || self.by.contains(&record.auditor))
        });
        if signed {
            Verdict::Take(candidate.bid.price.amount())
        } else {
            Verdict::Leave(Reason::NotAudited {
                auditors: self.by.clone(),
            })
        }
    }
}

/// Leaves bids of providers that lack one of these attributes (same key, same value).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithAttributes(pub Vec<Attribute>);

impl BidPolicy for WithAttributes {
    fn name(&self) -> String {
        let pairs: Vec<String> = self
            .0
            .iter()
            .map(|a| format!("{}={}", a.key, a.value))
            .collect();
        format!("with {}", pairs.join(", "))
    }
    fn judge(&self, candidate: &Candidate<'_>) -> Verdict {
        let has = |wanted: &&Attribute| {
            candidate
                .provider
                .is_some_and(|provider| provider.attributes.contains(wanted))
        };
        match self.0.iter().find(|wanted| !has(wanted)) {
            None => Verdict::Take(candidate.bid.price.amount()),
            Some(missing) => Verdict::Leave(Reason::MissingAttribute {
                key: missing.key.clone(),
                value: missing.value.clone(),
            }),
        }
    }
}

/// Leaves bids of these providers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DenyProviders(pub Vec<Address>);

impl BidPolicy for DenyProviders {
    fn name(&self) -> String {
        format!("without {} providers", self.0.len())
    }
    fn judge(&self, candidate: &Candidate<'_>) -> Verdict {
        if self.0.contains(&candidate.bid.id.provider) {
            Verdict::Leave(Reason::Denied)
        } else {
            Verdict::Take(candidate.bid.price.amount())
        }
    }
}

/// Leaves bids of all other providers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnlyProviders(pub Vec<Address>);

impl BidPolicy for OnlyProviders {
    fn name(&self) -> String {
        format!("only {} providers", self.0.len())
    }
    fn judge(&self, candidate: &Candidate<'_>) -> Verdict {
        if self.0.contains(&candidate.bid.id.provider) {
            Verdict::Take(candidate.bid.price.amount())
        } else {
            Verdict::Leave(Reason::NotAllowed)
        }
    }
}

/// Leaves bids whose offer does not cover every unit of the order; the chain accepts them (node x/market).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequireOffer;

impl BidPolicy for RequireOffer {
    fn name(&self) -> String {
        "with a complete offer".to_owned()
    }
    fn judge(&self, candidate: &Candidate<'_>) -> Verdict {
        let offer = &candidate.bid.resources_offer;
        let units: Vec<u32> = candidate
            .order
            .spec
            .resources
            .iter()
            .map(|unit| unit.resources.id)
            .filter(|id| !offer.iter().any(|part| part.resources.id == *id))
            .collect();
        if units.is_empty() {
            Verdict::Take(candidate.bid.price.amount())
        } else {
            Verdict::Leave(Reason::IncompleteOffer { units })
        }
    }
}

/// Takes what all of these take, with the score of the last; leaves with the reason of the first that leaves.
#[derive(Debug, Default)]
pub struct AllOf(pub Vec<Box<dyn BidPolicy>>);

impl BidPolicy for AllOf {
    fn name(&self) -> String {
        let names: Vec<String> = self.0.iter().map(BidPolicy::name).collect();
        names.join(", ")
    }
    fn judge(&self, candidate: &Candidate<'_>) -> Verdict {
        let mut verdict = Verdict::Take(candidate.bid.price.amount());
        for policy in &self.0 {
            verdict = policy.judge(candidate);
            if matches!(verdict, Verdict::Leave(_)) {
                break;
            }
        }
        verdict
    }
}
