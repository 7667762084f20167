//! Resource units: a compute profile, a placement and a price put together.

use akash_gpu::lint::{self, Problem};
use akash_gpu::{Catalog, GpuKey};

use std::collections::BTreeMap;

use super::Checker;
use crate::diagnostic::codes;
use crate::document::{
    ComputeProfile, ComputeResources, Dialect, Entries, Named, Placement, Service,
    ServiceDeployment, Spanned, StorageMount, Volume,
};
use crate::num::{Dec, DecCoin, Denom};
use crate::order;
use crate::resource::{Gpu, Memory, Resources, Storage};
use crate::yaml::Span;

/// What the chain allows for one replica (chain-sdk `validation_config.go`).
const CPU: core::ops::RangeInclusive<u64> = 10..=384_000;
const MEMORY: core::ops::RangeInclusive<u64> = 1_048_576..=2_199_023_255_552;
const STORAGE: core::ops::RangeInclusive<u64> = 5_242_880..=35_184_372_088_832;
const MAX_GPU: u64 = 24;
const MAX_PRICE: u64 = 10_000_000;

/// What a service in a placement refers to.
pub(super) struct Used<'d> {
    pub(super) deployment: &'d ServiceDeployment,
    pub(super) placement: &'d Named<Placement>,
    pub(super) profile: &'d Named<ComputeProfile>,
    pub(super) price: &'d DecCoin,
    pub(super) resources: Resources,
    /// The trusted execution environment that the service wants.
    pub(super) tee: Option<&'d Spanned<String>>,
}

/// The parts of [`Used`] that exist.
#[derive(Clone, Copy)]
pub(super) struct Found<'d> {
    placement: Option<&'d Named<Placement>>,
    profile: Option<&'d Named<ComputeProfile>>,
    price: Option<&'d DecCoin>,
}

impl<'d> Checker<'d> {
    /// Looks up what a service in a placement refers to.
    pub(super) fn used(
        &mut self,
        placement: &'d Spanned<String>,
        deployment: &'d ServiceDeployment,
    ) -> Found<'d> {
        let document = self.document;
        let wanted = &deployment.profile;
        let profile = document.compute.entry(wanted);
        if profile.is_none() {
            let message = if wanted.is_empty() {
                "the deployment names no compute profile: write `profile:` and its name".to_owned()
            } else {
                format!("no compute profile is named {:?}", wanted.value)
            };
            self.error(codes::DEPLOYMENT_PROFILE_UNKNOWN, wanted.span, message)
                .suggest_nearest(wanted.span, wanted, document.compute.names());
        }
        if placement.is_empty() {
            let message = "the placement has no name: give it one";
            self.error(codes::GROUP_NAME_EMPTY, placement.span, message);
        }
        let place = document.placement.entry(placement);
        if place.is_none() {
            let message = format!("no placement is named {:?}", placement.value);
            self.error(codes::DEPLOYMENT_PLACEMENT_UNKNOWN, placement.span, message)
                .suggest_nearest(placement.span, placement, document.placement.names());
        }
        let mut price = None;
        if let (Some(place), Some(profile)) = (place, profile) {
            let entry = place.value.pricing.entry(&profile.name);
            price = entry.and_then(|entry| entry.value.price.as_ref());
            match (entry, price) {
                (Some(entry), Some(coin)) => {
                    let (amount_at, denom_at) = (entry.value.span, entry.value.denom_span);
                    self.price(coin, amount_at, denom_at);
                }
                (Some(entry), None)
                    if self.is_broken(entry.value.span)
                        || self.is_broken(entry.value.denom_span) => {}
                (entry, _) => {
                    let span = entry.map_or(place.name.span, |entry| entry.name.span);
                    let message = format!(
                        "the placement {:?} has no price for the compute profile {:?}, \
                         which is used in it",
                        place.name.value, profile.name.value
                    );
                    self.error(codes::PRICE_MISSING, span, message)
                        .related(wanted.span, "used here");
                }
            }
        }
        Found {
            placement: place,
            profile,
            price,
        }
    }

    fn price(&mut self, coin: &'d DecCoin, amount_at: Span, denom_at: Span) {
        if coin.amount() > Dec::from_u64(MAX_PRICE) {
            let message = format!(
                "the price {} is above the limit of {MAX_PRICE} for a replica and block",
                coin.amount()
            );
            self.error(codes::PRICE_RANGE, amount_at, message);
        }
        match self.denom {
            None => {
                self.denom = Some((coin.denom(), denom_at));
                if *coin.denom() != Denom::UACT {
                    let message = format!(
                        "the chain accepts prices of new deployments in uact only, not in {}",
                        coin.denom()
                    );
                    self.found
                        .warning(codes::PRICE_DENOM_NOT_ACCEPTED, denom_at, message)
                        .suggest(denom_at, "uact");
                }
            }
            Some((first, first_at)) if first != coin.denom() => {
                let message = format!(
                    "this price is in {}, another in {first}: all must be in one denom",
                    coin.denom()
                );
                self.error(codes::PRICE_DENOM_MIXED, denom_at, message)
                    .related(first_at, "another denom here");
            }
            Some(_) => {}
        }
    }

    /// Rules about a service together with its compute profile; none where parts are missing.
    pub(super) fn placed(
        &mut self,
        name: &'d Spanned<String>,
        service: &'d Service,
        deployment: &'d ServiceDeployment,
        found: Found<'d>,
    ) -> Option<Used<'d>> {
        let profile = found.profile?;
        let resources = self.resources(profile);
        let written = profile.value.resources.as_ref();
        let volumes = written.map(|written| written.storage.as_slice());
        let params = service.params.as_ref();
        let mounts = params.and_then(|params| params.storage.as_ref());
        if let Some(volumes) = volumes {
            match mounts {
                Some(mounts) if !mounts.is_empty() => {
                    self.mounts(mounts, volumes);
                    self.mounted_nowhere(volumes, Some(mounts));
                }
                _ => self.unmounted(name, volumes),
            }
        }
        let tee = params
            .map(|params| &params.tee)
            .filter(|tee| !tee.is_empty());
        if let Some(tee) = tee
            && tee.value == "cpu-gpu"
            && resources.as_ref().is_some_and(|unit| unit.gpu.units == 0)
        {
            let message = format!(
                "tee cpu-gpu needs a GPU, and the compute profile {:?} asks for none",
                profile.name.value
            );
            self.error(codes::TEE_WITHOUT_GPU, tee.span, message)
                .related(profile.name.span, "without a GPU here");
        }
        Some(Used {
            deployment,
            placement: found.placement?,
            profile,
            price: found.price?,
            resources: resources?,
            tee,
        })
    }

    fn mounts(&mut self, mounts: &'d Entries<StorageMount>, volumes: &'d [Volume]) {
        let dialect = self.document.language.dialect;
        let by_name = volumes
            .iter()
            .rev()
            .map(|volume| (volume.name.as_str(), volume));
        let by_name: BTreeMap<&str, &Volume> = by_name.collect();
        let mut paths: BTreeMap<&str, Span> = BTreeMap::new();
        for entry in mounts {
            let path = &entry.value.mount;
            match by_name.get(entry.name.as_str()) {
                None => {
                    let message =
                        format!("the compute profile has no volume {:?}", entry.name.value);
                    let names = volumes.iter().map(|volume| volume.name.as_str());
                    self.error(codes::MOUNT_VOLUME_UNKNOWN, entry.name.span, message)
                        .suggest_nearest(entry.name.span, &entry.name, names);
                }
                Some(volume)
                    if dialect == Dialect::V2_1
                        && entry.value.read_only.value
                        && volume.class() == Some("ram") =>
                {
                    let span = entry.value.read_only.span;
                    let message = "a ram volume cannot be mounted read-only: it starts empty";
                    self.error(codes::MOUNT_RAM_READ_ONLY, span, message)
                        .suggest(span, "false");
                }
                Some(_) => {}
            }
            if !path.starts_with('/') {
                let message = if path.is_empty() {
                    "the volume has no mount: write an absolute path such as /data".to_owned()
                } else {
                    format!(
                        "the mount {:?} is not absolute: begin it with /",
                        path.value
                    )
                };
                let draft = self.error(codes::MOUNT_NOT_ABSOLUTE, path.span, message);
                if !path.is_empty() {
                    draft.suggest(path.span, format!("/{}", path.value));
                }
            }
            match paths.get(path.as_str()).copied() {
                Some(first) if !path.is_empty() => {
                    let message = format!("two volumes are mounted at {:?}", path.value);
                    self.error(codes::MOUNT_TWICE, path.span, message)
                        .related(first, "mounted here too");
                }
                _ => {
                    paths.insert(path, path.span);
                }
            }
        }
    }

    /// Warns of persistent volumes without a mount where the rules let them pass.
    fn mounted_nowhere(
        &mut self,
        volumes: &'d [Volume],
        mounts: Option<&'d Entries<StorageMount>>,
    ) {
        if self.found.has_errors() {
            return;
        }
        for volume in volumes.iter().filter(|volume| volume.is_persistent()) {
            let name = &volume.name;
            if mounts.is_none_or(|mounts| mounts.get(name).is_none()) {
                let message = format!(
                    "the persistent volume {:?} is paid for but mounted nowhere: name it under \
                     params, storage with a mount",
                    name.value
                );
                self.found.warning(codes::MOUNT_NOWHERE, name.span, message);
            }
        }
    }

    /// SDL 2.0 wants a mount as soon as a volume is persistent.
    fn unmounted(&mut self, name: &'d Spanned<String>, volumes: &'d [Volume]) {
        if self.document.language.dialect != Dialect::V2_0 {
            self.mounted_nowhere(volumes, None);
            return;
        }
        if let Some(volume) = volumes.iter().find(|volume| volume.is_persistent()) {
            let message = format!(
                "the persistent volume {:?} is not mounted: write params, storage, {:?} and a mount",
                volume.name.value, volume.name.value
            );
            self.error(codes::MOUNT_MISSING, name.span, message)
                .missing("params")
                .related(volume.name.span, "persistent here");
        }
    }

    /// The resources of a compute profile, checked once; none where parts are missing.
    fn resources(&mut self, profile: &'d Named<ComputeProfile>) -> Option<Resources> {
        let at = self.document.compute.position(&profile.name)?;
        let known = self.complete.get(at).copied().flatten();
        let complete = known.unwrap_or_else(|| self.check_resources(profile).is_some());
        if let Some(slot) = self.complete.get_mut(at) {
            *slot = Some(complete);
        }
        if complete {
            resources(profile.value.resources.as_ref()?)
        } else {
            None
        }
    }

    /// None where parts are missing.
    fn check_resources(&mut self, profile: &'d Named<ComputeProfile>) -> Option<()> {
        let at = profile.name.span;
        let Some(written) = &profile.value.resources else {
            let message = "the compute profile has no resources: write cpu, memory and storage";
            self.error(codes::COMPUTE_RESOURCES_MISSING, at, message)
                .missing("resources");
            return None;
        };
        match &written.cpu {
            None => {
                let message = "the compute profile has no cpu: write `cpu: {units: 1}`";
                self.error(codes::CPU_MISSING, at, message)
                    .missing("resources.cpu");
            }
            Some(cpu) if !CPU.contains(&cpu.units.0) => {
                let message = format!(
                    "{} thousandths of a CPU are out of range: 10 to 384000 are allowed",
                    cpu.units.0
                );
                self.error(codes::CPU_RANGE, cpu.span, message);
            }
            Some(cpu) if cpu.attributes.len() > 1 => {
                let message = "the attribute \"arch\" is given twice; give it once";
                self.error(codes::ATTRIBUTE_TWICE, cpu.span, message);
            }
            Some(_) => {}
        }
        match &written.memory {
            None => {
                let message = "the compute profile has no memory: write `memory: {size: 512Mi}`";
                self.error(codes::MEMORY_MISSING, at, message)
                    .missing("resources.memory");
            }
            Some(memory) if !MEMORY.contains(&memory.0) => {
                let message = format!(
                    "{} bytes of memory are out of range: 1Mi to 2Ti are allowed",
                    memory.0
                );
                self.error(codes::MEMORY_RANGE, memory.span, message);
            }
            Some(_) => {}
        }
        if let Some(gpu) = &written.gpu {
            self.check_gpu(gpu);
        }
        self.check_storage(profile, &written.storage);
        written.cpu.as_ref().and(written.memory.as_ref()).map(drop)
    }

    fn check_gpu(&mut self, gpu: &Spanned<Gpu>) {
        if gpu.units > MAX_GPU {
            let message = format!(
                "{} GPUs are too many: at most {MAX_GPU} are allowed",
                gpu.units
            );
            self.error(codes::GPU_RANGE, gpu.span, message);
        }
        if gpu.units == 0 && !gpu.attributes.is_empty() {
            let message = "GPU models are named but no GPU is asked for: write `units: 1`";
            self.error(codes::GPU_ATTRIBUTES_WITHOUT_UNITS, gpu.span, message);
        }
        self.unlikely_gpu(gpu);
    }

    /// Warns of GPUs that no provider is likely to have.
    fn unlikely_gpu(&mut self, gpu: &Spanned<Gpu>) {
        // longer lists are hardly written by hand, and the time grows with their square
        const MOST: usize = 32;
        let models = gpu.attributes.len();
        if gpu.units == 0 || models == 0 || models > MOST || self.found.has_errors() {
            return;
        }
        let keys: Vec<&str> = gpu.attributes.iter().map(|a| a.key.as_str()).collect();
        let findings = lint::request(Catalog::embedded(), gpu.units, &keys);
        let below = keys.iter().any(|key| key.contains("/ram/0Gi"));
        let never = findings
            .iter()
            .any(|finding| finding.problem == Problem::NeverBid);
        for finding in findings {
            let told = match finding.problem {
                Problem::EmptyModel | Problem::TooManyUnits { .. } => true,
                // said where the memory stands
                Problem::NeverBid | Problem::Unreadable(_) => below,
                _ => false,
            };
            if told || finding.severity() < lint::Severity::Warning {
                continue;
            }
            let mut message = match &finding.key {
                Some(key) => format!("{key}: {}", finding.problem),
                None => finding.problem.to_string(),
            };
            if let Some(meant) = finding.suggestions.first() {
                message.push_str(&format!("; {meant} may be meant"));
            }
            let code = if never {
                codes::GPU_NEVER
            } else {
                codes::GPU_UNLIKELY
            };
            // Where the model stands, which is known unless the document was made in code.
            let key = finding.key.as_deref();
            let at = keys.iter().position(|known| Some(*known) == key);
            let spans = self.models.get(&gpu.span.start);
            let model = spans.zip(at).and_then(|(spans, at)| spans.get(at));
            let span = *model.unwrap_or(&gpu.span);
            let draft = self.found.warning(code, span, message);
            if let (Some(_), Some(meant)) = (model, meant_model(&finding)) {
                draft.suggest(span, meant);
            }
        }
    }

    fn check_storage(&mut self, profile: &Named<ComputeProfile>, volumes: &'d [Volume]) {
        if volumes.is_empty() {
            let message = "the compute profile has no storage: write `storage: {size: 1Gi}`";
            self.error(codes::STORAGE_MISSING, profile.name.span, message)
                .missing("resources.storage");
        }
        for volume in volumes {
            if !STORAGE.contains(&volume.size.0) {
                let message = format!(
                    "{} bytes of storage are out of range: 5Mi to 32Ti are allowed",
                    volume.size.0
                );
                self.error(codes::STORAGE_RANGE, volume.size.span, message);
            }
        }
        self.reversed(volumes);
    }

    /// Warns where volumes of equal size come out in another order than written.
    fn reversed(&mut self, volumes: &'d [Volume]) {
        const MOST: usize = 100;
        let volumes = volumes.get(..MOST).unwrap_or(volumes);
        for (at, volume) in volumes.iter().enumerate() {
            let tied = |other: &&Volume| {
                other.size.value == volume.size.value
                    && !other.is_persistent()
                    && other.attribute("persistent") == volume.attribute("persistent")
            };
            if volume.is_persistent() {
                continue;
            }
            if let Some(first) = volumes.iter().take(at).find(tied) {
                let span = volume.name.span;
                let message = "volumes of equal size that are not persistent come out in reverse: \
                               the order is part of the version hash";
                self.found
                    .warning(codes::STORAGE_ORDER_REVERSED, span, message)
                    .related(first.name.span, "as large as this one");
                return;
            }
        }
    }
}

/// What a complete compute profile asks for, its volumes in the chain's order.
fn resources(written: &ComputeResources) -> Option<Resources> {
    let (cpu, memory) = (written.cpu.as_ref()?, written.memory.as_ref()?);
    let gpu = written.gpu.as_ref();
    let volumes = written.storage.iter().map(|volume| Storage {
        name: volume.name.value.clone(),
        quantity: volume.size.value,
        attributes: volume.attributes.clone(),
    });
    let mut storage: Vec<Storage> = volumes.collect();
    order::sort_stable(&mut storage, volume_less);
    Some(Resources {
        id: 0,
        cpu: cpu.value.clone(),
        memory: Memory {
            quantity: memory.value,
            attributes: Vec::new(),
        },
        storage,
        gpu: gpu.map_or_else(Gpu::default, |gpu| gpu.value.clone()),
        endpoints: Vec::new(),
    })
}

/// The model to write instead, where only that is to change.
fn meant_model(finding: &lint::Finding) -> Option<&str> {
    let mut written: GpuKey = finding.key.as_deref()?.parse().ok()?;
    let meant = finding.suggestions.first()?;
    written.model.clone_from(&meant.model);
    (written == *meant).then_some(&*meant.model)
}

/// The reference's comparison of volumes, which is no strict order: of two volumes of equal size
/// that are not persistent, each comes before the other.
fn volume_less(left: &Storage, right: &Storage) -> bool {
    if left.quantity != right.quantity {
        return left.quantity < right.quantity;
    }
    let persistent = |volume: &'_ Storage| -> Option<bool> {
        volume
            .attributes
            .iter()
            .find(|attribute| attribute.key == "persistent")
            .map(|attribute| attribute.value == "true")
    };
    match (persistent(left), persistent(right)) {
        (None, Some(_)) | (Some(false), Some(true)) => true,
        (Some(_), None) => false,
        (left, _) if left != Some(true) => true,
        (_, right) if right != Some(true) => false,
        _ => left.name < right.name,
    }
}
