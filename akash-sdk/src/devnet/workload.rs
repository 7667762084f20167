//! What runs at a simulated provider: replicas that come up block by block, and what they write.

use crate::gateway::{ForwardedPort, LeaseStatus, LogLine, ServiceStatus};
use akash_market::id::LeaseId;
use akash_sdl::manifest::{Group, Service};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Blocks after which a service writes a line again.
const BEAT: i64 = 5;
/// First of the ports that stand for a container's on the outside.
const FIRST_NODE_PORT: u32 = 30_000;

/// The workload of one lease.
#[derive(Debug, Clone)]
pub(super) struct Workload {
    lease: LeaseId,
    group: Group,
    /// Domain of the provider.
    domain: String,
    /// Height at which the manifest was taken.
    since: i64,
}

impl Workload {
    pub(super) const fn new(lease: LeaseId, group: Group, domain: String, since: i64) -> Self {
        Self {
            lease,
            group,
            domain,
            since,
        }
    }

    /// Takes a newer manifest; replicas that run go on.
    pub(super) fn update(&mut self, group: Group) {
        self.group = group;
    }

    pub(super) fn status(&self, height: i64) -> LeaseStatus {
        let mut status = LeaseStatus::default();
        for service in &self.group.services {
            let ready = (0..service.count).filter(|r| self.started(service, *r) <= height);
            let mut uris = Vec::new();
            let mut ports = Vec::new();
            for expose in service.expose.iter().filter(|e| e.global) {
                if expose.is_ingress() {
                    uris.extend(expose.hosts.iter().cloned());
                    let own = format!("{}.ingress.{}", self.label(&service.name), self.domain);
                    if !uris.contains(&own) {
                        uris.push(own);
                    }
                    continue;
                }
                // A leased address is the tenant's own: its ports stay as they are.
                let (host, external_port) = if expose.ip.is_empty() {
                    (
                        self.domain.clone(),
                        self.node_port(&service.name, expose.port),
                    )
                } else {
                    (
                        format!("{}.ip.{}", expose.ip, self.domain),
                        expose.outside_port(),
                    )
                };
                ports.push(ForwardedPort {
                    host,
                    port: expose.port,
                    external_port,
                    proto: expose.proto.to_string(),
                    name: service.name.clone(),
                });
            }
            if !ports.is_empty() {
                status.forwarded_ports.insert(service.name.clone(), ports);
            }
            let state = ServiceStatus {
                name: service.name.clone(),
                available: u32::try_from(ready.count()).unwrap_or(u32::MAX),
                total: service.count,
                uris,
            };
            status.services.insert(service.name.clone(), state);
        }
        status
    }

    /// All lines up to now, oldest first.
    pub(super) fn logs(&self, height: i64, only: Option<&str>, tail: usize) -> Vec<LogLine> {
        let mut lines: BTreeMap<i64, Vec<LogLine>> = BTreeMap::new();
        for service in &self.group.services {
            if only.is_some_and(|only| only != service.name) {
                continue;
            }
            for replica in 0..service.count {
                let name = format!("{}-{replica}", service.name);
                let started = self.started(service, replica);
                for (at, message) in written(service, self.since, started, height) {
                    let line = LogLine {
                        name: name.clone(),
                        message,
                    };
                    lines.entry(at).or_default().push(line);
                }
            }
        }
        let lines: Vec<LogLine> = lines.into_values().flatten().collect();
        let skip = lines.len().saturating_sub(tail);
        lines.into_iter().skip(skip).collect()
    }

    /// Height at which a replica can be used: images with GPUs are large, and replicas come up one after the other.
    fn started(&self, service: &Service, replica: u32) -> i64 {
        let pull = if service.resources.gpu.units > 0 {
            3
        } else {
            1
        };
        self.since
            .saturating_add(pull)
            .saturating_add(i64::from(replica))
    }

    /// A name that no other service of any lease has.
    fn label(&self, service: &str) -> String {
        let digest = Sha256::digest(format!("{}/{service}", self.lease));
        digest
            .iter()
            .take(10)
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    fn node_port(&self, service: &str, port: u32) -> u32 {
        let digest = Sha256::digest(format!("{}/{service}/{port}", self.lease));
        let number = digest.iter().take(2).fold(0, |n: u32, b| {
            n.wrapping_mul(256).wrapping_add(u32::from(*b))
        });
        FIRST_NODE_PORT.saturating_add(number % 2768)
    }
}

/// What one replica has written by now: height and line.
fn written(service: &Service, since: i64, started: i64, height: i64) -> Vec<(i64, String)> {
    let mut lines = vec![(since, format!("pulling image {}", service.image))];
    if started <= height {
        lines.push((
            started,
            format!("started container {} of {}", service.name, service.image),
        ));
        let gpus = service.resources.gpu.units;
        if gpus > 0 {
            lines.push((started, format!("{gpus} GPU(s) visible to CUDA")));
        }
        for expose in &service.expose {
            lines.push((
                started,
                format!("listening on 0.0.0.0:{}/{}", expose.port, expose.proto),
            ));
        }
        let mut beat = started.saturating_add(BEAT);
        while beat <= height {
            let up = beat.saturating_sub(started);
            let line = match service.expose.iter().find(|e| e.is_ingress()) {
                Some(_) => format!("GET /healthz 200 (up for {up} blocks)"),
                None => format!("healthy (up for {up} blocks)"),
            };
            lines.push((beat, line));
            beat = beat.saturating_add(BEAT);
        }
    }
    lines
}
