//! `volumes`, `tmpfs` and `shm_size`.

use std::collections::{BTreeMap, BTreeSet};

use super::item::{At, Item, Place};
use super::loss::{LossCode, Notes};
use super::model::{Mount, MountKind, Service};
use super::options::Options;
use super::size;
use crate::resource::Bytes;

/// Memory of a mount in memory whose size is not written.
const TMPFS: Bytes = Bytes(64 << 20);

/// Sizes of one volume on the chain.
const LEAST: Bytes = Bytes(5 << 20);
const MOST: Bytes = Bytes(32 << 40);

/// What a service mounts; a later mount at the same place replaces an earlier one.
#[derive(Debug, Default)]
pub(super) struct Mounts {
    mounts: Vec<Mount>,
    targets: BTreeSet<String>,
}

impl Mounts {
    pub(super) fn into_vec(self) -> Vec<Mount> {
        self.mounts
    }

    fn add(&mut self, mount: Mount) {
        if !self.targets.insert(mount.target.clone()) {
            self.mounts.retain(|known| known.target != mount.target);
        }
        self.mounts.push(mount);
    }

    /// Reads `volumes` of a service. `declared` is the top-level `volumes`.
    pub(super) fn read(
        &mut self,
        at: At<'_>,
        declared: &BTreeMap<&str, &Item>,
        options: &Options,
        notes: &mut Notes<'_>,
    ) {
        if !at.is_list() {
            notes.fault(at, "volumes is a list");
        }
        for item in at.items() {
            let written = match item.text() {
                Some(text) => Some(Written::short(text)),
                None => Written::long(item),
            };
            let Some(written) = written else {
                notes.fault(
                    item,
                    "a volume is written name:/path, or as a map with type, source and target",
                );
                continue;
            };
            self.volume(item, &written, declared, options, notes);
        }
    }

    fn volume(
        &mut self,
        item: At<'_>,
        written: &Written<'_>,
        declared: &BTreeMap<&str, &Item>,
        options: &Options,
        notes: &mut Notes<'_>,
    ) {
        let target = written.target;
        if !target.starts_with('/') {
            let message = format!("{target:?} is no absolute path in the container");
            notes.fault(item, message);
            return;
        }
        match (written.kind, written.source) {
            ("tmpfs", _) => {
                let size = written.size.map(|text| (text, size::bytes(text)));
                match size {
                    Some((text, None)) => notes.fault(item, format!("{text:?} is no size")),
                    Some((_, size)) => self.ram(item, target, size, notes),
                    None => self.ram(item, target, None, notes),
                }
            }
            ("volume", None) => {
                let message = format!(
                    "{target} is part of the container's own storage and lost with it: name the volume \
                     to keep it"
                );
                notes.lose(LossCode::VolumeAnonymous, item, message);
            }
            ("volume", Some(source)) => {
                if let Some(detail) = written.detail {
                    let message =
                        format!("{detail} of a volume is not kept: it is mounted whole, as it is");
                    notes.lose(LossCode::VolumeOption, item, message);
                }
                if !declared.contains_key(source) {
                    let message =
                        format!("volume {source:?} is not declared under the top-level `volumes`");
                    notes.fault(item, message);
                    return;
                }
                self.add(Mount {
                    place: item.place(),
                    source: Some(source.to_owned()),
                    size: options
                        .volumes
                        .get(source)
                        .copied()
                        .unwrap_or(options.volume),
                    kind: MountKind::Persistent,
                    target: target.to_owned(),
                    read_only: written.read_only,
                });
            }
            ("bind", source) => {
                let source = source.unwrap_or("");
                if source.ends_with("docker.sock") || source.ends_with("podman.sock") {
                    let message = "a provider has no container engine for tenants: what needs the socket \
                                   does not work on Akash";
                    notes.lose(LossCode::DockerSocket, item, message);
                } else {
                    let message = format!(
                        "{source:?} of the host does not exist at a provider: put the files into the image, \
                         or into a named volume at {target}"
                    );
                    notes.lose(LossCode::BindMount, item, message);
                }
            }
            (kind, _) => {
                let message = format!("Akash has no mounts of type {kind:?}");
                notes.lose(LossCode::VolumeOption, item, message);
            }
        }
    }

    /// Reads `tmpfs`: a path with options, or a list of them.
    pub(super) fn read_tmpfs(&mut self, at: At<'_>, notes: &mut Notes<'_>) {
        for item in at.items() {
            let text = item.text().unwrap_or("");
            let (target, settings) = text.split_once(':').unwrap_or((text, ""));
            if !target.starts_with('/') {
                notes.fault(item, "a mount in memory is written /path or /path:size=64m");
                continue;
            }
            let written = settings
                .split(',')
                .find_map(|text| text.strip_prefix("size="));
            let size = written.and_then(size::bytes);
            if written.is_some() && size.is_none() {
                notes.fault(item, format!("{:?} is no size", written.unwrap_or("")));
                continue;
            }
            self.ram(item, target, size, notes);
        }
    }

    /// Reads `shm_size`.
    pub(super) fn read_shm(&mut self, at: At<'_>, notes: &mut Notes<'_>) {
        match at.text().and_then(size::bytes) {
            Some(size) => self.ram(at, "/dev/shm", Some(size), notes),
            None => notes.fault(at, "shm_size is a size such as 1gb"),
        }
    }

    fn ram(&mut self, at: At<'_>, target: &str, size: Option<Bytes>, notes: &mut Notes<'_>) {
        let size = size.filter(|size| size.0 > 0).unwrap_or_else(|| {
            let message =
                format!("no size is written for {target} in memory: {TMPFS} are asked for");
            notes.lose(LossCode::TmpfsSize, at, message);
            TMPFS
        });
        self.add(Mount {
            place: at.place(),
            source: None,
            size: ranged(size, &at.place(), notes),
            kind: MountKind::Ram,
            target: target.to_owned(),
            read_only: false,
        });
    }
}

/// The size within what the chain takes.
fn ranged(size: Bytes, place: &Place, notes: &mut Notes<'_>) -> Bytes {
    let within = size.clamp(LEAST, MOST);
    if within != size {
        let message = format!("a volume holds {LEAST} to {MOST}: {within} instead of {size}");
        notes.lose_at(LossCode::ResourcesRange, place, message);
    }
    within
}

/// A volume as written.
struct Written<'t> {
    kind: &'t str,
    source: Option<&'t str>,
    target: &'t str,
    read_only: bool,
    size: Option<&'t str>,
    /// A detail that is not kept.
    detail: Option<&'static str>,
}

impl<'t> Written<'t> {
    /// `[SOURCE:]TARGET[:MODE]`
    fn short(text: &'t str) -> Self {
        // A drive letter of Windows is part of the source.
        let bytes = text.as_bytes();
        let drive = bytes.first().is_some_and(u8::is_ascii_alphabetic)
            && bytes.get(1) == Some(&b':')
            && matches!(bytes.get(2), Some(b'\\' | b'/'))
            && text.get(2..).is_some_and(|rest| rest.contains(':'));
        let search = text.get(if drive { 2 } else { 0 }..).unwrap_or(text);
        let (source, rest) = match search.split_once(':') {
            None => (None, text),
            Some((before, rest)) => {
                let end = before.len() + if drive { 2 } else { 0 };
                (text.get(..end), rest)
            }
        };
        let (target, mode) = rest.split_once(':').unwrap_or((rest, ""));
        let is_path = source.is_some_and(|source| {
            drive || source.starts_with(['.', '/', '~', '\\']) || source.contains('/')
        });
        let mut modes = mode.split(',');
        Self {
            kind: if is_path { "bind" } else { "volume" },
            source: source.filter(|source| !source.is_empty()),
            target,
            read_only: modes.any(|mode| mode == "ro"),
            size: None,
            detail: None,
        }
    }

    /// A map with `type`, `source`, `target`, `read_only`, `tmpfs`.
    fn long(at: At<'t>) -> Option<Self> {
        if !at.is_map() {
            return None;
        }
        let volume = at.map_of("volume");
        let detail = volume.and_then(|volume| {
            volume.text_of("subpath").map(|_| "subpath").or_else(|| {
                volume
                    .text_of("nocopy")
                    .filter(|text| *text == "true")
                    .map(|_| "nocopy")
            })
        });
        Some(Self {
            kind: at.text_of("type").unwrap_or("volume"),
            source: at.text_of("source").filter(|source| !source.is_empty()),
            target: at.text_of("target")?,
            read_only: at.text_of("read_only") == Some("true"),
            size: at.map_of("tmpfs").and_then(|tmpfs| tmpfs.text_of("size")),
            detail,
        })
    }
}

/// Tells what many mounts of one volume mean, and which sizes are assumed.
pub(super) fn tell(services: &[Service], options: &Options, notes: &mut Notes<'_>) {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    for service in services {
        for mount in &service.mounts {
            let Some(source) = mount.source.as_deref() else {
                continue;
            };
            match first.get(source) {
                Some(other) => {
                    let message = format!(
                        "volume {source:?} is not shared with service {other:?}: each service has a volume \
                         of its own on Akash"
                    );
                    notes.lose_at(LossCode::VolumeShared, &mount.place, message);
                }
                None => {
                    first.insert(source, &service.key);
                    if !options.volumes.contains_key(source) {
                        let message = format!(
                            "no size is written for volume {source:?}: {} of class {} are asked for",
                            mount.size, options.volume_class
                        );
                        notes.lose_at(LossCode::VolumeSize, &mount.place, message);
                    }
                }
            }
            if service.count > 1 {
                let message = format!(
                    "each of the {} replicas has a volume {source:?} of its own",
                    service.count
                );
                notes.lose_at(LossCode::VolumeReplicas, &mount.place, message);
            }
        }
    }
}

/// Tells of drivers and options of the top-level `volumes`.
pub(super) fn tell_declared(at: At<'_>, notes: &mut Notes<'_>) {
    for (name, volume) in at.entries() {
        for (key, value) in volume.entries() {
            match key {
                "driver" if value.text() == Some("local") => {}
                "external" if value.text() == Some("false") => {}
                "driver" | "driver_opts" | "external" => {
                    let message = format!(
                        "volume {name:?} is a new, empty volume of the provider: its data and its driver \
                         are not taken along"
                    );
                    notes.lose(LossCode::VolumeDriver, value, message);
                }
                _ => {}
            }
        }
    }
}
