//! One service of a compose file.

use std::collections::{BTreeMap, BTreeSet};

use super::command;
use super::environment::Environment;
use super::item::{At, Item, Value};
use super::key;
use super::loss::{LossCode, Notes};
use super::model::Service;
use super::options::Options;
use super::port;
use super::resources;
use super::volume::Mounts;

/// Which GPUs a container sees.
const VISIBLE: &str = "NVIDIA_VISIBLE_DEVICES";

/// What services need of the rest of the file.
pub(super) struct Around<'p> {
    pub(super) project: &'p str,
    pub(super) options: &'p Options,
    /// The top-level `volumes`.
    pub(super) volumes: BTreeMap<&'p str, &'p Item>,
    /// The keys of all services.
    pub(super) services: BTreeSet<&'p str>,
}

/// Reads a service; none if it is left out or wrong.
pub(super) fn read(
    name: &str,
    at: At<'_>,
    around: &Around<'_>,
    notes: &mut Notes<'_>,
) -> Option<Service> {
    let options = around.options;
    if !at.is_map() {
        notes.fault(at, "a service is a map with `image` or `build`");
        return None;
    }
    if let Some(profiles) = at.get("profiles") {
        let mut names = profiles.items().filter_map(At::text);
        if !names.any(|name| options.profiles.contains(name)) {
            notes.lose(
                LossCode::ServiceLeftOut,
                profiles,
                "none of these profiles is active: the service is not in the SDL",
            );
            return None;
        }
    }
    let count = resources::count(at, notes);
    if count == 0 {
        notes.lose(
            LossCode::ServiceLeftOut,
            at,
            "a service without replicas is not in the SDL",
        );
        return None;
    }
    let image = image(name, at, around, notes)?;

    let mut environment = Environment::default();
    if let Some(files) = at.get("env_file") {
        environment.read_files(files, options, notes);
    }
    if let Some(variables) = at.get("environment") {
        environment.read(variables, options, notes);
    }
    let mut env = environment.into_vec();
    let visible = env.iter().find(|(name, _)| name == VISIBLE);
    let visible = visible.map(|(_, value)| value.as_str());
    let resources = resources::read(at, visible, options, notes);
    if resources.gpus > 0 && visible.is_some() {
        env.retain(|(name, _)| name != VISIBLE);
        let at = at.get("environment").unwrap_or(at);
        let message =
            format!("{VISIBLE} is the provider's: it names the GPUs that the replica got");
        notes.lose(LossCode::GpuSelection, at, message);
    }

    let mut mounts = Mounts::default();
    if let Some(volumes) = at.get("volumes") {
        mounts.read(volumes, &around.volumes, options, notes);
    }
    if let Some(tmpfs) = at.get("tmpfs") {
        mounts.read_tmpfs(tmpfs, notes);
    }
    if let Some(size) = at.get("shm_size") {
        mounts.read_shm(size, notes);
    }
    let command = at.get("entrypoint").and_then(|entrypoint| {
        let words = command::read(entrypoint, notes)?;
        if words.is_empty() {
            notes.lose(
                LossCode::EntrypointCleared,
                entrypoint,
                "the entry point of the image cannot be cleared: the command becomes its arguments",
            );
            return None;
        }
        Some(words)
    });
    let args = at
        .get("command")
        .and_then(|at| command::read(at, notes))
        .filter(|words| !words.is_empty());
    let service = Service {
        key: name.to_owned(),
        name: String::new(),
        place: at.place(),
        image,
        command,
        args,
        ports: at
            .get("ports")
            .map_or_else(Vec::new, |at| port::published(at, notes)),
        inside: at
            .get("expose")
            .map_or_else(BTreeSet::new, |at| port::inside(at, notes)),
        depends: depends(at, around, notes),
        networks: networks(at, notes),
        mounts: mounts.into_vec(),
        env,
        resources,
        count,
    };
    tell(at, notes);
    Some(service)
}

fn image(name: &str, at: At<'_>, around: &Around<'_>, notes: &mut Notes<'_>) -> Option<String> {
    let options = around.options;
    let given = options.images.get(name).cloned();
    let build = at.get("build");
    let written = at
        .get("image")
        .and_then(At::text)
        .filter(|image| !image.is_empty());
    let Some(build) = build else {
        if given.is_none() && written.is_none() {
            notes.fault(at, "the service has neither `image` nor `build`");
        }
        return given.or_else(|| written.map(str::to_owned));
    };
    if given.is_some() {
        return given;
    }
    // As compose names what it builds.
    let image = written.map_or_else(
        || {
            let image = format!("{}-{name}:latest", around.project).to_lowercase();
            match &options.registry {
                Some(registry) => format!("{}/{image}", registry.trim_end_matches('/')),
                None => image,
            }
        },
        str::to_owned,
    );
    let message = format!(
        "providers build nothing: build the image, push it to a registry as {image:?} or name another one"
    );
    notes.lose(LossCode::Build, build, message);
    Some(image)
}

/// Services that must be there first.
fn depends(at: At<'_>, around: &Around<'_>, notes: &mut Notes<'_>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    if let Some(depends) = at.get("depends_on") {
        let mut waits = false;
        let listed = depends
            .items()
            .filter_map(|item| Some((item.text()?, item)));
        for (name, item) in listed.chain(depends.entries()) {
            if !around.services.contains(name) {
                if item.text_of("required") != Some("false") {
                    notes.fault(item, format!("there is no service {name:?}"));
                }
                continue;
            }
            let condition = item.text_of("condition");
            waits |= condition.is_some_and(|condition| condition != "service_started");
            names.insert(name.to_owned());
        }
        if !names.is_empty() {
            let message = if waits {
                "all services start at once, whatever the state of the others: let this one wait or retry"
            } else {
                "all services start at once: let this one retry until the others answer"
            };
            notes.lose(LossCode::StartOrder, depends, message);
        }
    }
    if let Some(links) = at.get("links") {
        for link in links.items() {
            let text = link.text().unwrap_or("");
            let (name, alias) = text.split_once(':').unwrap_or((text, text));
            if !around.services.contains(name) {
                notes.fault(link, format!("there is no service {name:?}"));
            } else if alias != name {
                let message =
                    format!("service {name:?} is not found as {alias:?}: call it {name:?} here");
                notes.lose(LossCode::Alias, link, message);
            }
            names.insert(name.to_owned());
        }
    }
    names
}

fn networks(at: At<'_>, notes: &mut Notes<'_>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    if let Some(mode) = at.get("network_mode") {
        match mode.text().unwrap_or("") {
            "" | "bridge" | "default" => {}
            "none" => notes.lose(
                LossCode::NetworkMode,
                mode,
                "a service always has the network of its deployment",
            ),
            text => {
                let message = format!(
                    "{text:?} does not exist at a provider: the service has an address of its own; list \
                     the ports it needs under `ports` and `expose`"
                );
                notes.lose(LossCode::NetworkMode, mode, message);
            }
        }
    }
    if let Some(networks) = at.get("networks") {
        let listed = networks
            .items()
            .filter_map(|item| Some((item.text()?, item)));
        for (name, item) in listed.chain(networks.entries()) {
            names.insert(name.to_owned());
            for (key, value) in item.entries() {
                let code = match key {
                    "aliases" => LossCode::Alias,
                    "priority" | "gw_priority" => continue,
                    _ => LossCode::NetworkSetting,
                };
                let message = format!(
                    "{key} is not kept: the provider sets addresses, and services find each other by the \
                     names of services only"
                );
                notes.lose(code, value, message);
            }
        }
    }
    if names.is_empty() {
        names.insert("default".to_owned());
    }
    names
}

/// Tells of the keys that are not read.
fn tell(at: At<'_>, notes: &mut Notes<'_>) {
    for (name, value) in at.entries() {
        let off = value.text() == Some("false") || is_empty(value.item());
        match name {
            _ if off => {}
            "restart" => restart(value.text().unwrap_or(""), value, notes),
            "healthcheck" => {
                if value.text_of("disable") != Some("true") {
                    notes.lose(
                        LossCode::Healthcheck,
                        value,
                        "Akash restarts a container when its process ends, and does not ask for its health",
                    );
                }
            }
            "secrets" | "configs" => {
                for item in value.items() {
                    let source = item.text().or_else(|| item.text_of("source")).unwrap_or("");
                    let message = format!(
                        "Akash brings no files into containers: {source:?} must come by a variable, the \
                         image or a volume"
                    );
                    notes.lose(LossCode::SecretFile, item, message);
                }
            }
            "deploy" => deploy(value, notes),
            "links" => {}
            _ => match key::lost(name) {
                Some((code, message)) => notes.lose(code, value, message),
                None if key::is_read(name) => {}
                None => {
                    let message =
                        format!("{name:?} is no key of a service in the Compose Specification");
                    notes.lose(LossCode::UnknownKey, value, message);
                }
            },
        }
    }
}

const fn is_empty(item: &Item) -> bool {
    match &item.value {
        Value::Null => true,
        Value::Text(_) => false,
        Value::List(items) => items.is_empty(),
        Value::Map(pairs) => pairs.is_empty(),
    }
}

fn restart(policy: &str, at: At<'_>, notes: &mut Notes<'_>) {
    if !matches!(policy, "always" | "unless-stopped") {
        let message = format!(
            "Akash restarts containers whenever they end, not {policy:?}: a job that ends runs again"
        );
        notes.lose(LossCode::Restart, at, message);
    }
}

/// What `deploy` has besides replicas and resources.
fn deploy(at: At<'_>, notes: &mut Notes<'_>) {
    for (name, value) in at.entries() {
        match name {
            "replicas" | "resources" => {}
            "mode" if value.text() == Some("replicated") => {}
            "labels" => notes.lose(LossCode::Metadata, value, "nothing reads labels on Akash"),
            "restart_policy" => {
                if let Some(condition) = value.text_of("condition")
                    && condition != "any"
                {
                    restart(condition, value, notes);
                }
            }
            name if name.starts_with("x-") => {}
            _ => {
                let message = format!(
                    "{name} is of a Swarm: on Akash the provider places replicas, and requirements are \
                     attributes of the placement"
                );
                notes.lose(LossCode::Swarm, value, message);
            }
        }
    }
    if let Some(resources) = at.get("resources") {
        for (_, part) in resources.entries() {
            for (name, value) in part.entries() {
                if !matches!(name, "cpus" | "memory" | "devices") {
                    let message = format!("{name} has no place in an SDL");
                    notes.lose(LossCode::ResourceSetting, value, message);
                }
            }
        }
    }
}
