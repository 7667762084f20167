use super::ServerError;
use super::backend::Backend;
use super::{Endpoints, Server, clock, control, grpc, http, provider, rest, rpc};
use crate::devnet::Devnet;
use crate::devnet::provider::Populace;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// Describes how an embedded network is served, before it is.
///
/// | setting | default |
/// |---|---|
/// | address | 127.0.0.1 |
/// | ports | any free ones; [`ServerBuilder::usual_ports`] takes a node's |
/// | a block, whatever happens | every second |
/// | a block after a transaction | 20 ms later |
/// | time of blocks | the clock on the wall |
/// | largest request | 4 MiB |
/// | time to read a request | 10 s |
#[derive(Debug, Clone)]
pub struct ServerBuilder {
    devnet: Devnet,
    populace: Option<Populace>,
    address: IpAddr,
    ports: [u16; 4],
    pub(super) interval: Option<Duration>,
    pub(super) after_tx: Option<Duration>,
    pub(super) wall_clock: bool,
    pub(super) limits: http::Limits,
}

impl ServerBuilder {
    pub(super) const fn new(devnet: Devnet) -> Self {
        Self {
            devnet,
            populace: None,
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            ports: [0; 4],
            interval: Some(Duration::from_secs(1)),
            after_tx: Some(Duration::from_millis(20)),
            wall_clock: true,
            limits: http::Limits {
                body: 4 << 20,
                patience: Duration::from_secs(10),
            },
        }
    }

    /// Listens on this address. Beyond loopback everybody who can reach the machine may do everything here, the controls
    /// included.
    #[must_use]
    pub const fn address(mut self, address: IpAddr) -> Self {
        self.address = address;
        self
    }

    /// Serves the status of these providers too, each on a free port of its own: [`Endpoints::providers`].
    #[must_use]
    pub fn providers(mut self, populace: &Populace) -> Self {
        self.populace = Some(populace.clone());
        self
    }

    /// Listens where a node does: JSON-RPC on 26657, gRPC on 9090, REST on 1317; the controls on 26650.
    #[must_use]
    pub const fn usual_ports(self) -> Self {
        self.ports(26_657, 9_090, 1_317, 26_650)
    }

    /// Chooses the ports of JSON-RPC, gRPC, REST gateway and controls; 0 takes any free one.
    #[must_use]
    pub const fn ports(mut self, rpc: u16, grpc: u16, rest: u16, control: u16) -> Self {
        self.ports = [rpc, grpc, rest, control];
        self
    }

    /// Makes a block every so often; `None` makes none without a reason.
    #[must_use]
    pub const fn block_interval(mut self, interval: Option<Duration>) -> Self {
        self.interval = interval;
        self
    }

    /// Makes a block this long after a transaction came, so that others that come meanwhile get into the same one;
    /// `None` leaves transactions to the interval and to the controls.
    #[must_use]
    pub const fn block_after_tx(mut self, delay: Option<Duration>) -> Self {
        self.after_tx = delay;
        self
    }

    /// Whether blocks made here carry the time of the clock on the wall, or the network's virtual time, in which every
    /// block takes as long as the network was told.
    #[must_use]
    pub const fn wall_clock(mut self, follow: bool) -> Self {
        self.wall_clock = follow;
        self
    }

    /// Bounds a request: its body in bytes, and how long it may take to arrive.
    #[must_use]
    pub const fn request_limits(mut self, body: usize, patience: Duration) -> Self {
        self.limits = http::Limits { body, patience };
        self
    }

    /// Listens on all four ports. It serves as long as the [`Server`] lives. Needs a Tokio runtime.
    ///
    /// # Errors
    /// If a port is taken.
    pub async fn start(self) -> Result<Server, ServerError> {
        let [rpc_port, grpc_port, rest_port, control_port] = self.ports;
        let open = async |port| {
            let address = SocketAddr::new(self.address, port);
            let bound = TcpListener::bind(address).await;
            bound.map_err(|source| ServerError::Listen { address, source })
        };
        let listeners = [
            open(rpc_port).await?,
            open(grpc_port).await?,
            open(rest_port).await?,
            open(control_port).await?,
        ];
        let mut addresses = [SocketAddr::new(self.address, 0); 4];
        for (at, listener) in addresses.iter_mut().zip(&listeners) {
            *at = address(listener, *at)?;
        }
        let [rpc_at, grpc_at, rest_at, control_at] = addresses;
        let mut providers = Vec::new();
        let mut statuses = Vec::new();
        if let Some(populace) = &self.populace {
            for (name, host) in populace.hosts() {
                let listener = open(0).await?;
                let at = address(&listener, SocketAddr::new(self.address, 0))?;
                providers.push((host, format!("http://{at}")));
                let service = provider::Service {
                    devnet: self.devnet.clone(),
                    populace: populace.clone(),
                    name: name.to_owned(),
                };
                statuses.push((listener, service));
            }
        }
        let endpoints = Endpoints {
            rpc: format!("http://{rpc_at}"),
            websocket: format!("ws://{rpc_at}/websocket"),
            grpc: format!("http://{grpc_at}"),
            rest: format!("http://{rest_at}"),
            control: format!("http://{control_at}"),
            providers,
        };
        let backend = Backend::new(self.devnet.clone(), rpc_at)?;
        let mut tasks = JoinSet::new();
        let [rpc_in, grpc_in, rest_in, control_in] = listeners;
        tasks.spawn(http::accept(
            rpc_in,
            rpc::Service::new(&backend),
            self.limits,
        ));
        tasks.spawn(http::accept(
            grpc_in,
            grpc::Service::new(&backend),
            self.limits,
        ));
        tasks.spawn(http::accept(
            rest_in,
            rest::Service::new(&backend),
            self.limits,
        ));
        for (listener, service) in statuses {
            tasks.spawn(http::accept(listener, service, self.limits));
        }
        let control = control::Service::new(&backend, endpoints.clone());
        tasks.spawn(http::accept(control_in, control, self.limits));
        tasks.spawn(clock::run(
            Arc::clone(&backend),
            clock::Pace {
                interval: self.interval,
                after_tx: self.after_tx,
                wall_clock: self.wall_clock,
            },
        ));
        Ok(Server::new(self.devnet, endpoints, backend, tasks))
    }
}

/// Where a listener has come to listen.
fn address(listener: &TcpListener, wished: SocketAddr) -> Result<SocketAddr, ServerError> {
    listener.local_addr().map_err(|source| ServerError::Listen {
        address: wished,
        source,
    })
}
