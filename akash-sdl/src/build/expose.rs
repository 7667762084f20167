//! Ports of a service and who may reach them.

use super::text;
use crate::document::{Expose, HttpOptions, Target};
use crate::manifest::Protocol;

/// A port for [`ServiceBuilder::expose`](super::ServiceBuilder::expose).
///
/// Without a target nobody in particular is named: other services of the group reach it.
///
/// ```
/// use akash_sdl::build::{Builder, ExposeBuilder, HttpOptionsBuilder, NextCase, ServiceBuilder};
///
/// let web = ServiceBuilder::new("web", "nginx:1.27", "1000uact".parse()?).expose(
///     ExposeBuilder::new(8080)
///         .external(80)
///         .accept("example.com")
///         .http_options(HttpOptionsBuilder::new().max_body_size(8 << 20).next_cases([NextCase::Off]))
///         .to_global(),
/// );
/// let sdl = Builder::new().service("anywhere", web).build()?;
/// let port = &sdl.manifest().groups[0].services[0].expose[0];
/// assert_eq!((port.port, port.external_port), (8080, 80));
/// assert_eq!(port.http_options.next_cases[0], "off");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct ExposeBuilder {
    pub(super) expose: Expose,
}

impl ExposeBuilder {
    /// A TCP port inside the container, from 1 to 65535.
    #[must_use]
    pub fn new(port: u32) -> Self {
        Self {
            expose: Expose {
                port: port.into(),
                ..Expose::default()
            },
        }
    }

    /// The port outside (`as`); 0 means the same as inside.
    #[must_use]
    pub fn external(mut self, port: u32) -> Self {
        self.expose.external_port = port.into();
        self
    }

    /// The transport protocol.
    #[must_use]
    pub fn protocol(mut self, protocol: &Protocol) -> Self {
        self.expose.proto = text(protocol.as_str().to_ascii_lowercase());
        self
    }

    /// Accepts HTTP requests for this host name too.
    #[must_use]
    pub fn accept(mut self, host: &str) -> Self {
        self.expose.accept.make_mut().push(text(host));
        self
    }

    /// Sets the options of the HTTP ingress.
    #[must_use]
    pub fn http_options(mut self, options: HttpOptionsBuilder) -> Self {
        self.expose.http_options = options.options;
        self
    }

    /// Lets the internet reach it.
    #[must_use]
    pub fn to_global(self) -> Self {
        self.to(Target {
            global: true.into(),
            ..Target::default()
        })
    }

    /// Lets a service of the same placement reach it.
    #[must_use]
    pub fn to_service(self, service: &str) -> Self {
        self.to(Target {
            service: text(service),
            ..Target::default()
        })
    }

    /// Lets the internet reach it on a leased IP address that
    /// [`Builder::ip_endpoint`](super::Builder::ip_endpoint) declares.
    #[must_use]
    pub fn to_ip(self, endpoint: &str) -> Self {
        self.to(Target {
            global: true.into(),
            ip: text(endpoint),
            ..Target::default()
        })
    }

    /// Adds a target as it is.
    #[must_use]
    pub fn to(mut self, target: Target) -> Self {
        self.expose.to.push(target);
        self
    }
}

/// Options of the HTTP ingress for [`ExposeBuilder::http_options`]. What is not set has the
/// default that is named with it; 0 means the default too.
#[derive(Debug, Clone, Default)]
pub struct HttpOptionsBuilder {
    options: HttpOptions,
}

impl HttpOptionsBuilder {
    /// All defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Largest request body in bytes: at most 104,857,600; 1,048,576 by default.
    #[must_use]
    pub fn max_body_size(mut self, bytes: u32) -> Self {
        self.options.max_body_size = bytes.into();
        self
    }

    /// Size of the proxy buffer in bytes: at most 1,048,576; the provider's by default.
    #[must_use]
    pub fn proxy_buffer_size(mut self, bytes: u32) -> Self {
        self.options.proxy_buffer_size = bytes.into();
        self
    }

    /// Read timeout in milliseconds: at most 60,000, which is the default.
    #[must_use]
    pub fn read_timeout(mut self, milliseconds: u32) -> Self {
        self.options.read_timeout = milliseconds.into();
        self
    }

    /// Send timeout in milliseconds: at most 60,000, which is the default.
    #[must_use]
    pub fn send_timeout(mut self, milliseconds: u32) -> Self {
        self.options.send_timeout = milliseconds.into();
        self
    }

    /// How many upstreams are tried: 3 by default.
    #[must_use]
    pub fn next_tries(mut self, tries: u32) -> Self {
        self.options.next_tries = tries.into();
        self
    }

    /// How long trying may take, in milliseconds: without bound by default.
    #[must_use]
    pub fn next_timeout(mut self, milliseconds: u32) -> Self {
        self.options.next_timeout = milliseconds.into();
        self
    }

    /// When the next upstream is tried: on errors and timeouts by default.
    /// [`NextCase::Off`] stands alone.
    #[must_use]
    pub fn next_cases(mut self, cases: impl IntoIterator<Item = NextCase>) -> Self {
        let cases = cases.into_iter();
        self.options.next_cases = cases.map(|case| text(case.as_str())).collect();
        self
    }
}

/// When a request goes to the next upstream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NextCase {
    /// An error of the connection.
    Error,
    /// A timeout of the connection.
    Timeout,
    /// Status 403.
    Status403,
    /// Status 404.
    Status404,
    /// Status 429.
    Status429,
    /// Status 500.
    Status500,
    /// Status 502.
    Status502,
    /// Status 503.
    Status503,
    /// Status 504.
    Status504,
    /// Never.
    Off,
}

impl NextCase {
    /// The word of the SDL.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Timeout => "timeout",
            Self::Status403 => "403",
            Self::Status404 => "404",
            Self::Status429 => "429",
            Self::Status500 => "500",
            Self::Status502 => "502",
            Self::Status503 => "503",
            Self::Status504 => "504",
            Self::Off => "off",
        }
    }
}
