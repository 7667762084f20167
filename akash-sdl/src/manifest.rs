//! The manifest: what a tenant sends to the provider, and whose hash stands on the chain.

mod check;
mod compare;
mod json;
mod list;
mod read;

pub use check::ManifestError;
pub(crate) use check::expose_less;
pub use compare::{Difference, ManifestMismatch, ResourcePart};
pub use list::List;
pub use read::ManifestReadError;

use core::fmt;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::Version;
use crate::canonical::write_manifest;
use crate::resource::Resources;

/// Everything a provider needs to run a deployment: a group of services for each placement.
///
/// ```
/// # let text = akash_sdl::EXAMPLE;
/// use akash_sdl::manifest::Manifest;
///
/// let sdl = akash_sdl::parse(text)?;
/// let manifest = sdl.manifest();
/// let json = manifest.to_canonical_json();
/// assert_eq!(akash_sdl::Version::of(json.as_bytes()), sdl.version());
/// assert_eq!(&Manifest::from_json(json.as_bytes())?, manifest);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Manifest {
    /// The groups, in the order of their names when made from an SDL.
    #[serde(deserialize_with = "read::items_or_none")]
    pub groups: Vec<Group>,
}

impl Manifest {
    /// The canonical JSON: the bytes that are hashed and the body that is sent to the provider.
    #[must_use]
    pub fn to_canonical_json(&self) -> String {
        let mut out = String::with_capacity(2048);
        write_manifest(&mut out, &self.groups);
        out
    }

    /// SHA-256 of the canonical JSON: the `hash` that the chain stores for the deployment.
    #[must_use]
    pub fn version(&self) -> Version {
        Version::of(self.to_canonical_json().as_bytes())
    }

    /// The group with this name.
    #[must_use]
    pub fn group(&self, name: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.name == name)
    }
}

/// The services of one placement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Group {
    /// Name of the placement and of the group spec.
    #[serde(deserialize_with = "read::or_default")]
    pub name: String,
    /// The services, sorted by name.
    pub services: List<Service>,
}

/// One service: a container image and how to run it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Service {
    /// Name, a DNS label: lower-case letters, digits and `-`.
    #[serde(deserialize_with = "read::or_default")]
    pub name: String,
    /// Container image.
    #[serde(deserialize_with = "read::or_default")]
    pub image: String,
    /// Entry point in place of the image's.
    pub command: List<String>,
    /// Arguments of the entry point.
    pub args: List<String>,
    /// Environment, each `NAME=value` or `NAME`.
    pub env: List<String>,
    /// What one replica needs; `endpoints` are this service's own.
    #[serde(with = "json::resources")]
    pub resources: Resources,
    /// How many replicas.
    #[serde(deserialize_with = "read::or_default")]
    pub count: u32,
    /// What it listens on, sorted.
    pub expose: List<Expose>,
    /// Storage mounts and other parameters.
    #[serde(
        deserialize_with = "read::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub params: Option<Params>,
    /// Log-in for the image registry.
    #[serde(deserialize_with = "read::optional")]
    pub credentials: Option<Credentials>,
}

/// A port of a service and who may reach it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Expose {
    /// Port inside the container, 1 to 65535.
    #[serde(deserialize_with = "read::or_default")]
    pub port: u32,
    /// Port outside; 0 means the same.
    #[serde(deserialize_with = "read::or_default")]
    pub external_port: u32,
    /// TCP or UDP.
    #[serde(default = "Protocol::unnamed")]
    pub proto: Protocol,
    /// The service that may reach it; empty for any, or when global.
    #[serde(deserialize_with = "read::or_default")]
    pub service: String,
    /// Whether the internet may reach it.
    #[serde(deserialize_with = "read::or_default")]
    pub global: bool,
    /// Host names for HTTP.
    pub hosts: List<String>,
    /// Options of the HTTP ingress.
    #[serde(rename = "httpOptions", deserialize_with = "read::or_default")]
    pub http_options: HttpOptions,
    /// Name of the leased IP; empty for none.
    #[serde(deserialize_with = "read::or_default")]
    pub ip: String,
    /// Number of the leased IP; 0 for none.
    #[serde(deserialize_with = "read::or_default")]
    pub endpoint_sequence_number: u32,
}

impl Expose {
    /// The port outside: `external_port`, or `port` when that is 0.
    #[must_use]
    pub const fn outside_port(&self) -> u32 {
        if self.external_port == 0 {
            self.port
        } else {
            self.external_port
        }
    }

    /// Whether it is reached through the provider's HTTP ingress: global, TCP, outside port 80.
    #[must_use]
    pub fn is_ingress(&self) -> bool {
        self.global && self.proto == Protocol::Tcp && self.outside_port() == 80
    }
}

/// The transport protocol of an exposed port.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Protocol {
    /// TCP.
    #[default]
    Tcp,
    /// UDP.
    Udp,
    /// A text that no valid manifest holds.
    Other(String),
}

impl Protocol {
    /// What a manifest without it says, which is no protocol.
    const fn unnamed() -> Self {
        Self::Other(String::new())
    }

    /// The text in a manifest: `TCP` or `UDP`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Tcp => "TCP",
            Self::Udp => "UDP",
            Self::Other(text) => text,
        }
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Options of the HTTP ingress. Times are milliseconds, sizes bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct HttpOptions {
    /// Largest request body, at most 104,857,600 bytes.
    #[serde(deserialize_with = "read::or_default")]
    pub max_body_size: u32,
    /// Size of the proxy buffer, at most 1,048,576 bytes; 0 leaves it to the provider.
    #[serde(
        deserialize_with = "read::or_default",
        skip_serializing_if = "json::is_zero"
    )]
    pub proxy_buffer_size: u32,
    /// Read timeout, at most 60,000 ms.
    #[serde(deserialize_with = "read::or_default")]
    pub read_timeout: u32,
    /// Send timeout, at most 60,000 ms.
    #[serde(deserialize_with = "read::or_default")]
    pub send_timeout: u32,
    /// How many upstreams are tried.
    #[serde(deserialize_with = "read::or_default")]
    pub next_tries: u32,
    /// How long trying may take, in ms; 0 for no limit.
    #[serde(deserialize_with = "read::or_default")]
    pub next_timeout: u32,
    /// When the next upstream is tried: `error`, `timeout`, status codes, or only `off`.
    #[serde(skip_serializing_if = "json::is_empty")]
    pub next_cases: List<Cow<'static, str>>,
}

/// What an SDL without `http_options` gets: the numbers in the order of the fields, and the cases.
const STANDARD: ([u32; 6], [&str; 2]) =
    ([1_048_576, 0, 60_000, 60_000, 3, 0], ["error", "timeout"]);

impl HttpOptions {
    /// What an SDL without `http_options` gets.
    #[must_use]
    pub fn standard() -> Self {
        let (numbers, cases) = STANDARD;
        let [
            max_body_size,
            proxy_buffer_size,
            read_timeout,
            send_timeout,
            next_tries,
            next_timeout,
        ] = numbers;
        Self {
            max_body_size,
            proxy_buffer_size,
            read_timeout,
            send_timeout,
            next_tries,
            next_timeout,
            next_cases: cases.map(Cow::Borrowed).into_iter().collect(),
        }
    }

    /// Whether these are the [`standard`](Self::standard) ones.
    pub(crate) fn is_standard(&self) -> bool {
        let numbers = [
            self.max_body_size,
            self.proxy_buffer_size,
            self.read_timeout,
            self.send_timeout,
            self.next_tries,
            self.next_timeout,
        ];
        let cases = self.next_cases.iter().map(|case| &**case);
        numbers == STANDARD.0 && cases.eq(STANDARD.1)
    }
}

/// All zero, as a manifest without options reads; see [`HttpOptions::standard`].
impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            max_body_size: 0,
            proxy_buffer_size: 0,
            read_timeout: 0,
            send_timeout: 0,
            next_tries: 0,
            next_timeout: 0,
            next_cases: List::NULL,
        }
    }
}

/// Parameters of a service.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Params {
    /// Where volumes are mounted, sorted by volume name.
    pub storage: List<Mount>,
    /// What the service may read about its own deployment.
    #[serde(
        deserialize_with = "read::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub permissions: Option<Permissions>,
    /// The trusted execution environment it runs in.
    #[serde(
        deserialize_with = "read::optional",
        skip_serializing_if = "Option::is_none"
    )]
    pub tee: Option<Tee>,
}

/// Where a volume is mounted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Mount {
    /// Name of the volume.
    #[serde(deserialize_with = "read::or_default")]
    pub name: String,
    /// Absolute path, as written.
    #[serde(deserialize_with = "read::or_default")]
    pub mount: String,
    /// Whether writing is forbidden.
    #[serde(deserialize_with = "read::or_default")]
    pub read_only: bool,
}

/// What a service may read about its own deployment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Permissions {
    /// `deployment`, `logs`, `events`; not checked.
    #[serde(
        deserialize_with = "read::items_or_none",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub read: Vec<String>,
}

/// A trusted execution environment (AEP-83).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tee {
    /// `cpu` or `cpu-gpu`.
    #[serde(rename = "type", deserialize_with = "read::or_default")]
    pub kind: String,
    /// Whether the workload is attested; true in every manifest made from an SDL.
    #[serde(deserialize_with = "read::or_default")]
    pub attestation: bool,
}

/// A log-in for an image registry. `Debug` hides name and password.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Credentials {
    /// Host of the registry.
    #[serde(deserialize_with = "read::or_default")]
    pub host: String,
    /// E-mail address; always empty from an SDL 2.0.
    #[serde(deserialize_with = "read::or_default")]
    pub email: String,
    /// User name.
    #[serde(deserialize_with = "read::or_default")]
    pub username: String,
    /// Password.
    #[serde(deserialize_with = "read::or_default")]
    pub password: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("host", &self.host)
            .field("email", &self.email)
            .field("username", &"<redacted>")
            .field("password", &"<redacted>")
            .finish()
    }
}
