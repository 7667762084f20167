//! What a node is: its release and the versions of its modules. A transaction that sets a field a node's release does
//! not know is refused whole, so one finds out first.
//!
//! | asked | by | tells |
//! |---|---|---|
//! | JSON-RPC method `akash`, or `/akash.discovery.v1.Discovery/GetInfo` | [`Transport::discovery`] | release and modules, from 2.1 on |
//! | `/cosmos.base.tendermint.v1beta1.Service/GetNodeInfo` | a query | the release |

use crate::cosmos::transport::{Transport, TransportError};
use crate::cosmos::wire::akash::deployment::v1beta4::MsgCreateDeployment;
use crate::cosmos::wire::akash::discovery::v1::Akash;
use crate::cosmos::wire::akash::market::v1beta5::MsgCreateBid;
use crate::cosmos::wire::cosmos::authz::v1beta1::MsgExec;
use crate::cosmos::wire::cosmos::base::tendermint::v1beta1::{
    GetNodeInfoRequest, GetNodeInfoResponse,
};
use crate::cosmos::wire::google::protobuf::Any;
use crate::cosmos::wire::service::{self, Status};
use prost::Message;
use std::collections::BTreeMap;
use std::fmt;

/// A release of the node, as far as it decides what a node knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Release {
    /// First number.
    pub major: u32,
    /// Second number.
    pub minor: u32,
}

impl Release {
    /// The first release with oracle v2, reclamation, unordered transactions and discovery by query.
    pub const V2_1: Self = Self { major: 2, minor: 1 };

    /// The release in a version such as `v2.0.1` or `2.1.0-rc12`; `None` for other texts.
    #[must_use]
    pub fn parse(version: &str) -> Option<Self> {
        let mut parts = version.strip_prefix('v').unwrap_or(version).split('.');
        let release = Self {
            major: parts.next()?.parse().ok()?,
            minor: parts.next()?.parse().ok()?,
        };
        parts.next().map(|_| release)
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// What a node says of its versions.
///
/// ```
/// use akash_sdk::cosmos::discovery::{NodeVersions, Release};
///
/// let old = NodeVersions::of_release("akashnet-2", "v2.0.1");
/// assert!(old.release() < Some(Release::V2_1));
/// assert!(!old.knows("/akash.market.v1beta5.MsgLeaseStartReclaim"));
/// assert!(old.knows("/akash.market.v1beta5.MsgCreateBid"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeVersions {
    /// Chain id of its network; empty if it did not say.
    pub chain_id: String,
    /// Version of the node, such as `2.1.0`; empty if it did not say.
    pub node_version: String,
    /// Version of each module it lists, such as `market` and `v1beta5`.
    pub modules: BTreeMap<String, String>,
}

/// A message that a node would refuse because its release does not know it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a node of version {node_version} does not know {what}; it would refuse the transaction")]
pub struct UnknownToNode {
    /// Version of the node.
    pub node_version: String,
    /// Message, or field of a message.
    pub what: String,
}

impl NodeVersions {
    /// A node of this version, of whose modules nothing more is known.
    #[must_use]
    pub fn of_release(chain_id: impl Into<String>, node_version: impl Into<String>) -> Self {
        Self {
            chain_id: chain_id.into(),
            node_version: node_version.into(),
            modules: BTreeMap::new(),
        }
    }

    /// Asks a node.
    ///
    /// # Errors
    /// If it tells in neither way.
    pub async fn discover<T: Transport + ?Sized>(transport: &T) -> Result<Self, TransportError> {
        if let Ok(bytes) = transport.discovery().await
            && let Ok(said) = Akash::decode(bytes.as_slice())
            && !said.node_version.is_empty()
        {
            return Ok(Self::from(&said));
        }
        let path = "/cosmos.base.tendermint.v1beta1.Service/GetNodeInfo";
        let request = GetNodeInfoRequest {}.encode_to_vec();
        let answer = transport.unary(path, request, None).await?;
        let info = GetNodeInfoResponse::decode(answer.bytes.as_slice()).map_err(|e| {
            TransportError::Malformed {
                endpoint: path.to_owned(),
                reason: e.to_string(),
            }
        })?;
        let node = info.default_node_info.unwrap_or_default();
        let application = info.application_version.unwrap_or_default();
        Ok(Self::of_release(node.network, application.version))
    }

    /// Its release, if its version tells.
    #[must_use]
    pub fn release(&self) -> Option<Release> {
        Release::parse(&self.node_version)
    }

    /// Whether the node knows a transaction message with this type URL. Of what a node does not tell, it is assumed.
    #[must_use]
    pub fn knows(&self, type_url: &str) -> bool {
        let name = type_url.strip_prefix('/').unwrap_or(type_url);
        let mut parts = name.split('.');
        if let (Some("akash"), Some(module), Some(version)) =
            (parts.next(), parts.next(), parts.next())
            && self
                .modules
                .get(module)
                .is_some_and(|known| known != version)
        {
            return false;
        }
        let Some(release) = self.release() else {
            return true;
        };
        let since_2_1 = name == "akash.market.v1beta5.MsgLeaseStartReclaim"
            || service::transaction(name).is_some_and(|rpc| rpc.status == Status::Since21);
        release >= Release::V2_1 || !since_2_1
    }

    /// Whether the node knows all these messages and the fields that are set in them, those inside `MsgExec` too.
    ///
    /// # Errors
    /// The first thing that it does not know.
    pub fn check(&self, messages: &[Any]) -> Result<(), UnknownToNode> {
        let unknown = |what: String| UnknownToNode {
            node_version: self.node_version.clone(),
            what,
        };
        for message in messages {
            let name = message.type_url.trim_start_matches('/');
            if !self.knows(name) {
                return Err(unknown(name.to_owned()));
            }
            let bytes = message.value.as_slice();
            let old = self
                .release()
                .is_some_and(|release| release < Release::V2_1);
            let field = match name {
                "akash.market.v1beta5.MsgCreateBid" if old => MsgCreateBid::decode(bytes)
                    .is_ok_and(|bid| bid.reclamation_window.is_some())
                    .then_some("reclamation_window"),
                "akash.deployment.v1beta4.MsgCreateDeployment" if old => {
                    MsgCreateDeployment::decode(bytes)
                        .is_ok_and(|deployment| deployment.reclamation.is_some())
                        .then_some("reclamation")
                }
                "cosmos.authz.v1beta1.MsgExec" => {
                    if let Ok(exec) = MsgExec::decode(bytes) {
                        self.check(&exec.msgs)?;
                    }
                    None
                }
                _ => None,
            };
            if let Some(field) = field {
                return Err(unknown(format!("{name}.{field}")));
            }
        }
        Ok(())
    }
}

impl From<&Akash> for NodeVersions {
    fn from(said: &Akash) -> Self {
        // The first version is the newest, whose modules are those of the node.
        let newest = said.supported_versions.first();
        Self {
            chain_id: said.chain_id.clone(),
            node_version: said.node_version.clone(),
            modules: newest
                .map(|version| {
                    let modules = version.modules.iter();
                    modules
                        .map(|m| (m.module.clone(), m.version.clone()))
                        .collect()
                })
                .unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cosmos::wire::{Duration, TypeUrl};

    #[test]
    fn releases_are_read() {
        for (text, release) in [
            ("v2.0.1", Some((2, 0))),
            ("2.1.0-3efe26bf", Some((2, 1))),
            ("2.1.0-rc12", Some((2, 1))),
            ("10.2.3", Some((10, 2))),
            ("2.1", None),
            ("", None),
            ("HEAD", None),
        ] {
            let expected = release.map(|(major, minor)| Release { major, minor });
            assert_eq!(Release::parse(text), expected, "{text}");
        }
    }

    #[test]
    fn an_old_node_is_not_sent_what_it_does_not_know() {
        let old = NodeVersions::of_release("akashnet-2", "v2.0.1");
        let new = NodeVersions::of_release("akashnet-2", "2.1.0");
        let plain = MsgCreateBid::default();
        let reclaimable = MsgCreateBid {
            reclamation_window: Some(Duration {
                seconds: 3600,
                nanos: 0,
            }),
            ..MsgCreateBid::default()
        };
        assert_eq!(old.check(&[plain.to_any()]), Ok(()));
        assert_eq!(new.check(&[reclaimable.to_any()]), Ok(()));
        let refused = old.check(&[reclaimable.to_any()]).unwrap_err();
        assert_eq!(
            refused.what,
            "akash.market.v1beta5.MsgCreateBid.reclamation_window"
        );
        let exec = MsgExec {
            grantee: String::new(),
            msgs: vec![reclaimable.to_any()],
        };
        assert_eq!(old.check(&[exec.to_any()]), Err(refused));
    }

    #[test]
    fn modules_decide_where_they_are_told() {
        let mut node = NodeVersions::of_release("c", "3.0.0");
        node.modules
            .insert("market".to_owned(), "v2beta1".to_owned());
        assert!(!node.knows("/akash.market.v1beta5.MsgCreateBid"));
        assert!(node.knows("/akash.market.v2beta1.MsgCreateBid"));
        assert!(node.knows("/cosmos.bank.v1beta1.MsgSend"));
    }
}
