//! CPU, memory, GPUs and replicas.

use super::gpu;
use super::item::At;
use super::loss::{LossCode, Notes};
use super::model::Resources;
use super::options::Options;
use super::size;
use crate::resource::{Bytes, MilliCpu};

const CPU: (MilliCpu, MilliCpu) = (MilliCpu(10), MilliCpu(384_000));
const MEMORY: (Bytes, Bytes) = (Bytes(1 << 20), Bytes(2 << 40));

/// Reads what a replica of a service needs.
pub(super) fn read(
    service: At<'_>,
    visible: Option<&str>,
    options: &Options,
    notes: &mut Notes<'_>,
) -> Resources {
    let deploy = service.get("deploy");
    let wanted = deploy.as_ref().and_then(|deploy| deploy.get("resources"));
    let limits = wanted.as_ref().and_then(|wanted| wanted.get("limits"));
    let reserved = wanted
        .as_ref()
        .and_then(|wanted| wanted.get("reservations"));

    let cpu = quantity(
        [
            limits.as_ref().and_then(|limits| limits.get("cpus")),
            service.get("cpus"),
            reserved.as_ref().and_then(|reserved| reserved.get("cpus")),
        ],
        size::cpus,
        "a number of CPUs, such as 0.5",
        notes,
    );
    let memory = quantity(
        [
            limits.as_ref().and_then(|limits| limits.get("memory")),
            service.get("mem_limit"),
            reserved
                .as_ref()
                .and_then(|reserved| reserved.get("memory"))
                .or_else(|| service.get("mem_reservation")),
        ],
        size::bytes,
        "a size, such as 512m",
        notes,
    );
    let assumed = match (cpu, memory) {
        (None, None) => Some(format!(
            "{} CPU and {} of memory",
            options.cpu, options.memory
        )),
        (None, Some(_)) => Some(format!("{} CPU", options.cpu)),
        (Some(_), None) => Some(format!("{} of memory", options.memory)),
        (Some(_), Some(_)) => None,
    };
    if let Some(assumed) = assumed {
        let message =
            format!("no limit is written for all that a replica needs: {assumed} are asked for");
        notes.lose(LossCode::ResourcesAssumed, service, message);
    }

    let mut gpus = 0;
    if let Some(devices) = reserved
        .as_ref()
        .and_then(|reserved| reserved.get("devices"))
    {
        gpus = gpu::devices(devices, false, notes);
    }
    if let Some(all) = service.get("gpus") {
        gpus = gpu::devices(all, true, notes).max(gpus);
    }
    if let Some(runtime) = service.get("runtime") {
        match runtime.text().unwrap_or("") {
            "runc" => {}
            "nvidia" if gpus > 0 => {}
            "nvidia" => gpus = gpu::runtime(runtime, visible, notes),
            _ => {
                let message = "the provider chooses the container runtime";
                notes.lose(LossCode::Engine, runtime, message);
            }
        }
    }
    Resources {
        cpu: ranged(cpu.unwrap_or(options.cpu), CPU, "CPUs", service, notes),
        arch: arch(service, notes),
        memory: ranged(
            memory.unwrap_or(options.memory),
            MEMORY,
            "memory",
            service,
            notes,
        ),
        gpus,
    }
}

/// The first quantity that is written and above 0 (which means no limit).
fn quantity<T: Copy + PartialEq + Default>(
    written: [Option<At<'_>>; 3],
    parse: fn(&str) -> Option<T>,
    form: &str,
    notes: &mut Notes<'_>,
) -> Option<T> {
    let mut chosen = None;
    for (index, at) in written.into_iter().enumerate() {
        let Some(at) = at else { continue };
        match at.text().and_then(parse) {
            None => notes.fault(at, format!("this is {form}")),
            Some(value) if value == T::default() => {}
            Some(value) => match chosen {
                None => chosen = Some(value),
                Some(limit) if limit == value => {}
                Some(_) if index == 2 => notes.lose(
                    LossCode::Reservation,
                    at,
                    "an SDL has one quantity, reserved and limit at once: it is the limit",
                ),
                Some(_) => notes.fault(at, "the same limit is written twice with different values"),
            },
        }
    }
    chosen
}

fn ranged<T: Ord + Copy + core::fmt::Display>(
    value: T,
    (least, most): (T, T),
    what: &str,
    at: At<'_>,
    notes: &mut Notes<'_>,
) -> T {
    let within = value.clamp(least, most);
    if within != value {
        let message =
            format!("a replica has {least} to {most} of {what}: {within} instead of {value}");
        notes.lose(LossCode::ResourcesRange, at, message);
    }
    within
}

/// The architecture that `platform` names.
fn arch(service: At<'_>, notes: &mut Notes<'_>) -> Option<&'static str> {
    let at = service.get("platform")?;
    match at.text().unwrap_or("") {
        "linux/amd64" | "linux/x86_64" | "amd64" | "linux" => None,
        "linux/arm64" | "linux/arm64/v8" | "linux/aarch64" | "arm64" => Some("arm64"),
        other => {
            let message = format!("Akash has linux/amd64 and linux/arm64, not {other:?}");
            notes.lose(LossCode::Platform, at, message);
            None
        }
    }
}

/// How many replicas.
pub(super) fn count(service: At<'_>, notes: &mut Notes<'_>) -> u32 {
    let deploy = service.get("deploy");
    let replicas = deploy.as_ref().and_then(|deploy| deploy.get("replicas"));
    let Some(at) = replicas.or_else(|| service.get("scale")) else {
        return 1;
    };
    match at.text().and_then(|text| text.parse().ok()) {
        Some(count) => count,
        None => {
            notes.fault(at, "a number of replicas belongs here");
            1
        }
    }
}
