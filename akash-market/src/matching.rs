//! Who may serve what: the chain's rules for placing a group at a provider, and for the group itself
//! (node x/market, node x/deployment, chain-sdk `go/node/deployment/v1beta4`).
//!
//! The free functions are the chain's own checks, one each, on plain slices; they allocate nothing. [`Profile`] is a
//! provider prepared for many checks, [`Index`] a set of providers that answers "who could serve this group?" without
//! asking them one by one. Where the answer is no, [`mismatches`] says all the reasons.
//!
//! ```
//! use akash_market::matching::{Profile, Mismatch};
//! use akash_sdl::attribute::Attribute;
//! use akash_sdl::group::{GroupSpec, PlacementRequirements};
//!
//! let group = GroupSpec {
//!     name: "west".to_owned(),
//!     requirements: PlacementRequirements {
//!         attributes: vec![Attribute::new("region", "us-west"), Attribute::new("tier", "*")],
//!         ..PlacementRequirements::default()
//!     },
//!     resources: Vec::new(),
//! };
//! let provider = Profile::new([Attribute::new("region", "us-west")], []);
//! // Only the key of a requirement is a pattern: the value `*` is just a star.
//! assert!(!provider.serves(&group));
//! assert!(matches!(provider.mismatches(&group)[..], [Mismatch::Attribute { .. }]));
//! ```

mod attribute;
mod capability;
mod group;
mod index;
mod mismatch;
mod offer;
mod price;
mod profile;
mod requirement;

pub use attribute::{
    AttributeError, any, attribute_matches, subset, validate_attributes,
    validate_provider_attributes,
};
pub use capability::meets_capabilities;
pub(crate) use group::validate_sent_group;
pub use group::{
    GroupError, Part, Quantity, check_deposit_denom, check_settlement_denom, limit, validate_group,
    validate_groups,
};
pub use index::{Condition, Index, Screening};
pub use mismatch::{Mismatch, mismatches};
pub use offer::{DuplicateOffer, offer_fits};
pub use price::{BidPriceError, PriceError, check_bid_price, order_price};
pub use profile::Profile;
pub use requirement::meets_requirements;
