//! The SDL document.

use std::collections::BTreeSet;

use super::command::escape;
use super::exposure::{self, Exposed};
use super::loss::Notes;
use super::model::{Mount, MountKind, Service, Transport};
use super::name;
use super::network;
use super::options::Options;
use crate::attribute::Attribute;
use crate::document::{
    self, ComputeProfile, ComputeResources, Dialect, Document, Entries, Expose, HttpOptions,
    IpEndpoint, Language, Params, Placement, Price, ServiceDeployment, Spanned, StorageMount,
    Target, Volume,
};
use crate::manifest::List;
use crate::resource::{Bytes, Cpu, Gpu};
use crate::yaml::Span;

const fn at<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Span::new(0, 0))
}

fn text(value: impl Into<String>) -> Spanned<String> {
    at(value.into())
}

/// Puts the services together; none if nothing would be reachable.
#[allow(clippy::needless_pass_by_value, reason = "the services end here")]
pub(super) fn document(
    services: Vec<Service>,
    options: &Options,
    notes: &mut Notes<'_>,
) -> Option<Document> {
    let inside = network::read(&services, notes);
    let mut document = Document {
        language: Language {
            text: text("2.1"),
            dialect: Dialect::V2_1,
        },
        include: Vec::new(),
        services: Entries::default(),
        compute: Entries::default(),
        placement: Entries::default(),
        deployment: Entries::default(),
        endpoints: Entries::default(),
        reclamation: None,
    };
    let mut placement = Placement {
        any_of: options.signed_by_any.iter().map(text).collect(),
        ..Placement::default()
    };
    for (key, value) in &options.attributes {
        placement.attributes.insert(key, text(value));
    }
    let mut any_global = false;
    for (service, used) in services.iter().zip(&inside) {
        let exposed = exposure::read(service, used, options, notes);
        any_global |= exposed.iter().any(|exposed| exposed.global);
        add(service, &exposed, options, &mut document);
        let price = options.prices.get(&service.key).unwrap_or(&options.price);
        let price = Price {
            span: Span::default(),
            denom_span: Span::default(),
            price: Some(price.clone()),
        };
        placement.pricing.insert(&service.name, price);
    }
    // A port that is wrong may be the one that is missing.
    if !any_global && !notes.has_faults() {
        let place = services.first()?.place.clone();
        let message = "no port is for the internet, and providers take no deployment without one: publish \
                       one under `ports`, or name one in the options";
        notes.fault_at(place.span, "services".to_owned(), message.to_owned());
        return None;
    }
    if let Some(ip) = &options.leased_ip {
        document
            .endpoints
            .insert(ip, IpEndpoint { kind: text("ip") });
    }
    document.placement.insert(&options.placement, placement);
    Some(document)
}

/// Adds a service, its profile and its deployment.
fn add(service: &Service, exposed: &[Exposed], options: &Options, document: &mut Document) {
    let (storage, params) = storage(&service.mounts, options);
    let words = |words: &Option<Vec<String>>| match words {
        None => List::NULL,
        Some(words) => words.iter().map(|word| text(escape(word))).collect(),
    };
    let env = if service.env.is_empty() {
        List::NULL
    } else {
        let variables = service.env.iter();
        variables
            .map(|(name, value)| text(format!("{name}={}", escape(value))))
            .collect()
    };
    let written = document::Service {
        image: text(&service.image),
        command: words(&service.command),
        args: words(&service.args),
        env,
        expose: exposed
            .iter()
            .map(|exposed| expose(exposed, options))
            .collect(),
        dependencies: Vec::new(),
        params,
        credentials: None,
    };
    document.services.insert(&service.name, written);

    let resources = &service.resources;
    let arch = resources.arch.map(|arch| Attribute::new("arch", arch));
    let mut gpu = Gpu {
        units: resources.gpus,
        attributes: Vec::new(),
    };
    if gpu.units > 0 {
        let models = options.gpu_models.iter().map(String::as_str);
        gpu.attributes = models
            .map(|model| Attribute::new(format!("vendor/nvidia/model/{model}"), "true"))
            .collect();
        if gpu.attributes.is_empty() {
            gpu.attributes
                .push(Attribute::new("vendor/nvidia/model/*", "true"));
        }
    }
    let resources = ComputeResources {
        cpu: Some(at(Cpu {
            units: resources.cpu,
            attributes: arch.into_iter().collect(),
        })),
        memory: Some(at(resources.memory)),
        storage,
        gpu: (gpu.units > 0).then(|| at(gpu)),
    };
    let profile = ComputeProfile {
        resources: Some(resources),
    };
    document.compute.insert(&service.name, profile);
    let mut placements = Entries::default();
    let deployment = ServiceDeployment {
        profile: text(&service.name),
        count: at(service.count),
    };
    placements.insert(&options.placement, deployment);
    document.deployment.insert(&service.name, placements);
}

fn expose(exposed: &Exposed, options: &Options) -> Expose {
    let target = |service: &str, global: bool, ip: &str| Target {
        span: Span::default(),
        service: text(service),
        global: at(global),
        ip: text(ip),
    };
    let ip = options.leased_ip.as_deref().unwrap_or("");
    let global = exposed.global.then(|| target("", true, ip));
    let users = exposed.users.iter().map(|user| target(user, false, ""));
    Expose {
        span: Span::default(),
        port: at(exposed.inside.into()),
        external_port: at(exposed.outside.into()),
        proto: text(match exposed.transport {
            Transport::Tcp => "",
            Transport::Udp => "udp",
        }),
        accept: List::NULL,
        to: global.into_iter().chain(users).collect(),
        http_options: HttpOptions::default(),
    }
}

/// The container's own storage and its volumes, and where they are mounted.
fn storage(mounts: &[Mount], options: &Options) -> (Vec<Volume>, Option<Params>) {
    let mut volumes = vec![volume("default", options.storage, Vec::new())];
    let mut targets: Entries<StorageMount> = Entries::default();
    let mut taken = BTreeSet::from(["default".to_owned()]);
    for mount in mounts {
        let base = match &mount.source {
            Some(source) => name::label(source),
            None => name::label(mount.target.rsplit('/').next().unwrap_or("ram")),
        };
        let name = name::unique(&base, &mut taken);
        let (class, persistent) = match mount.kind {
            MountKind::Persistent => (options.volume_class.as_str(), "true"),
            MountKind::Ram => ("ram", "false"),
        };
        let attributes = vec![
            Attribute::new("class", class),
            Attribute::new("persistent", persistent),
        ];
        volumes.push(volume(&name, mount.size, attributes));
        let target = StorageMount {
            mount: text(&mount.target),
            read_only: at(mount.read_only && mount.kind == MountKind::Persistent),
        };
        targets.insert(&name, target);
    }
    let params = (!targets.is_empty()).then(|| Params {
        storage: Some(targets),
        permissions: None,
        tee: Spanned::default(),
    });
    (volumes, params)
}

fn volume(name: &str, size: Bytes, attributes: Vec<Attribute>) -> Volume {
    Volume {
        name: text(name),
        size: at(size),
        attributes,
    }
}
