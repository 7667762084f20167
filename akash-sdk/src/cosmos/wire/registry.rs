//! All messages by name.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::describe::Descriptor;
use super::{akash, cosmos, google, k8s, tendermint};

/// The messages of one package or topic.
type Messages = &'static [fn() -> &'static Descriptor];

static SOURCES: &[Messages] = &[
    akash::audit::v1::MESSAGES,
    akash::base::attributes::v1::MESSAGES,
    akash::base::deposit::v1::MESSAGES,
    akash::base::offchain::sign::v1::MESSAGES,
    akash::base::resources::v1beta4::MESSAGES,
    akash::bme::v1::event::MESSAGES,
    akash::bme::v1::genesis::MESSAGES,
    akash::bme::v1::msg::MESSAGES,
    akash::bme::v1::params::MESSAGES,
    akash::bme::v1::query::MESSAGES,
    akash::bme::v1::state::MESSAGES,
    akash::cert::v1::MESSAGES,
    akash::deployment::v1::MESSAGES,
    akash::deployment::v1beta4::MESSAGES,
    akash::discovery::v1::MESSAGES,
    akash::downtimedetector::v1beta1::MESSAGES,
    akash::epochs::v1beta1::MESSAGES,
    akash::escrow::id::v1::MESSAGES,
    akash::escrow::types::v1::MESSAGES,
    akash::escrow::v1::MESSAGES,
    akash::inventory::v1::MESSAGES,
    akash::manifest::v2beta3::MESSAGES,
    akash::market::v1::MESSAGES,
    akash::market::v1beta5::MESSAGES,
    akash::oracle::v1::MESSAGES,
    akash::oracle::v2::MESSAGES,
    akash::provider::lease::v1::MESSAGES,
    akash::provider::v1::MESSAGES,
    akash::provider::v1beta4::MESSAGES,
    akash::take::v1::MESSAGES,
    akash::wasm::v1::MESSAGES,
    cosmos::auth::v1beta1::MESSAGES,
    cosmos::authz::v1beta1::MESSAGES,
    cosmos::bank::v1beta1::MESSAGES,
    cosmos::base::abci::v1beta1::MESSAGES,
    cosmos::base::node::v1beta1::MESSAGES,
    cosmos::base::query::v1beta1::MESSAGES,
    cosmos::base::tendermint::v1beta1::MESSAGES,
    cosmos::base::v1beta1::MESSAGES,
    cosmos::crypto::ed25519::MESSAGES,
    cosmos::crypto::multisig::MESSAGES,
    cosmos::crypto::multisig::v1beta1::MESSAGES,
    cosmos::crypto::secp256k1::MESSAGES,
    cosmos::distribution::v1beta1::MESSAGES,
    cosmos::feegrant::v1beta1::MESSAGES,
    cosmos::gov::v1::gov::MESSAGES,
    cosmos::gov::v1::query::MESSAGES,
    cosmos::gov::v1::tx::MESSAGES,
    cosmos::mint::v1beta1::MESSAGES,
    cosmos::slashing::v1beta1::MESSAGES,
    cosmos::staking::v1beta1::query::MESSAGES,
    cosmos::staking::v1beta1::staking::MESSAGES,
    cosmos::staking::v1beta1::tx::MESSAGES,
    cosmos::tx::signing::v1beta1::MESSAGES,
    cosmos::tx::v1beta1::MESSAGES,
    cosmos::upgrade::v1beta1::MESSAGES,
    cosmos::vesting::v1beta1::MESSAGES,
    google::protobuf::MESSAGES,
    k8s::MESSAGES,
    tendermint::abci::MESSAGES,
    tendermint::crypto::MESSAGES,
    tendermint::p2p::MESSAGES,
    tendermint::types::MESSAGES,
    tendermint::version::MESSAGES,
];

static BY_NAME: LazyLock<BTreeMap<&'static str, &'static Descriptor>> = LazyLock::new(|| {
    descriptors()
        .map(|message| (message.full_name, message))
        .collect()
});

/// The fields of the message with this full name (no leading slash).
///
/// ```
/// use akash_sdk::cosmos::wire;
///
/// let bid = wire::descriptor("akash.market.v1.BidID").expect("a message of the chain");
/// assert_eq!(bid.fields[1].name, "dseq");
/// assert!(wire::descriptor("akash.market.v1.Nothing").is_none());
/// ```
#[must_use]
pub fn descriptor(full_name: &str) -> Option<&'static Descriptor> {
    BY_NAME.get(full_name).copied()
}

/// All messages.
pub fn descriptors() -> impl Iterator<Item = &'static Descriptor> {
    SOURCES
        .iter()
        .flat_map(|source| source.iter())
        .map(|message| message())
}
