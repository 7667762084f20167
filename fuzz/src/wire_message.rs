//! Every message of the chain, chosen by the first two bytes: what is decoded encodes to bytes that mean the same, prints
//! as JSON that reads back, and is never a panic as an event, an action or a type of the market.

use std::fmt::Debug;
use std::sync::LazyLock;

use akash_market::audit::AuditRecord;
use akash_market::bid::{Bid, ResourceOffer};
use akash_market::bme::{BmeStatus, Record};
use akash_market::deployment::{Deployment, Group};
use akash_market::escrow::{Deposit, EscrowAccount, EscrowPayment};
use akash_market::lease::Lease;
use akash_market::oracle::{AggregatedPrice, PriceHealth};
use akash_market::order::Order;
use akash_market::params::{BmeParams, DeploymentParams, MarketParams, OracleParams};
use akash_market::provider::Provider;
use akash_sdk::cosmos::convert::{Wire, action, event};
use akash_sdk::cosmos::events::decode;
use akash_sdk::cosmos::json;
use akash_sdk::cosmos::transport::{Event, EventAttribute};
use akash_sdk::cosmos::wire::google::protobuf::Any;
use akash_sdk::cosmos::wire::{Descriptor, TypeUrl, descriptors, strict};
use prost::Message;

/// All messages by name.
static ALL: LazyLock<Vec<&Descriptor>> = LazyLock::new(|| {
    let mut all: Vec<_> = descriptors().collect();
    all.sort_by_key(|message| message.full_name);
    all
});

/// The target.
pub fn check(data: &[u8]) {
    let Some(([high, low], bytes)) = data.split_first_chunk() else {
        return;
    };
    let Some(message) = ALL.get(usize::from(u16::from_be_bytes([*high, *low])) % ALL.len()) else {
        return;
    };
    let any = Any {
        type_url: format!("/{}", message.full_name),
        value: bytes.to_vec(),
    };
    let is_strict = strict::check_any(&any.type_url, bytes).is_ok();
    let Ok(encoded) = (message.typed.recode)(bytes) else {
        assert!(!is_strict, "a node takes what is not decoded: {any:?}");
        return;
    };
    let again = (message.typed.recode)(&encoded).expect("what is encoded is decoded");
    assert_eq!(again, encoded);
    assert_eq!((message.typed.encoded_len)(bytes), Ok(encoded.len()));

    if let Ok(value) = json::to_json(message.full_name, &encoded) {
        let read = json::from_json(message.full_name, &value).expect("what is printed is read");
        assert_eq!(json::to_json(message.full_name, &read).as_ref(), Ok(&value));
        // What an Any holds is not decoded before it is printed, and may be written in more than one way, as no quantity may.
        let has_quantities = ["k8s.", "akash.inventory.", "akash.provider.v1."]
            .iter()
            .any(|package| message.full_name.starts_with(package));
        if !has_quantities && !value.to_string().contains("\"@type\"") {
            assert_eq!(read, encoded, "{value}");
        }
        let text = json::to_text(message.full_name, &encoded).expect("as a text too");
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&text).ok(),
            Some(value)
        );
    }
    if let Ok(attributes) = json::event_attributes(message.full_name, &encoded) {
        let told = Event {
            kind: message.full_name.to_owned(),
            attributes: attributes
                .into_iter()
                .map(|(key, value)| EventAttribute { key, value })
                .collect(),
        };
        if let Ok(Some(change)) = decode(&told) {
            let _ = event::to_any(&change);
        }
    }
    if let Ok(action) = action::from_any(&any) {
        let any = action::to_any(&action);
        assert_eq!(action::from_any(&any), Ok(action));
    }
    if let Some((_, convert)) = DOMAIN.iter().find(|(name, _)| *name == message.full_name) {
        convert(&encoded);
    }
}

/// A domain type says the same after a turn through its message.
fn convert<T>(bytes: &[u8])
where
    T: Wire<Message: TypeUrl> + PartialEq + Debug,
{
    let message = T::Message::decode(bytes).expect("it was decoded before");
    if let Ok(value) = T::from_wire(&message) {
        assert_eq!(T::from_wire(&value.to_wire()), Ok(value));
    }
}

macro_rules! domain {
    ($($ty:ty),* $(,)?) => {
        &[ $( (<<$ty as Wire>::Message as TypeUrl>::FULL_NAME, convert::<$ty>), )* ]
    };
}

/// Messages with a domain type of their own. Others of the market are parts of these.
const DOMAIN: &[(&str, crate::Check)] = domain![
    AggregatedPrice,
    AuditRecord,
    Bid,
    BmeParams,
    BmeStatus,
    Deployment,
    DeploymentParams,
    Deposit,
    EscrowAccount,
    EscrowPayment,
    Group,
    Lease,
    MarketParams,
    OracleParams,
    Order,
    PriceHealth,
    Provider,
    Record,
    ResourceOffer,
];
