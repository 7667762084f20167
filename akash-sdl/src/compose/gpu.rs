//! GPUs: `deploy.resources.reservations.devices`, `gpus`, `runtime`.

use super::item::At;
use super::loss::{LossCode, Notes};

/// Most GPUs of a replica on the chain.
const MOST: u64 = 24;

/// Reads a list of devices (or `all`) and gives the number of GPUs.
pub(super) fn devices(at: At<'_>, implied: bool, notes: &mut Notes<'_>) -> u64 {
    if implied && let Some(text) = at.text() {
        return match text {
            "all" => all(at, notes),
            _ => count(at, text, notes),
        };
    }
    let mut gpus = 0_u64;
    if !at.is_list() {
        notes.fault(at, "devices is a list of maps");
    }
    for device in at.items() {
        gpus = gpus.saturating_add(self::device(device, implied, notes));
    }
    if gpus > MOST {
        let message = format!("a replica has at most {MOST} GPUs: {MOST} instead of {gpus}");
        notes.lose(LossCode::ResourcesRange, at, message);
        gpus = MOST;
    }
    gpus
}

fn device(at: At<'_>, implied: bool, notes: &mut Notes<'_>) -> u64 {
    let driver = at.text_of("driver").unwrap_or("");
    let is_gpu = implied
        || driver == "nvidia"
        || at.get("capabilities").is_some_and(|capabilities| {
            // A list of texts, or of lists in older files.
            capabilities.items().any(|item| {
                item.text() == Some("gpu") || item.items().any(|inner| inner.text() == Some("gpu"))
            })
        });
    if !is_gpu || !matches!(driver, "" | "nvidia" | "cdi") {
        let message = "of the devices, Akash has GPUs of nvidia only";
        notes.lose(LossCode::Device, at, message);
        return 0;
    }
    if let Some(settings) = at.get("options") {
        notes.lose(
            LossCode::GpuSelection,
            settings,
            "options of the GPU driver are not kept",
        );
    }
    if let Some(ids) = at.get("device_ids") {
        let number = u64::try_from(ids.items().count()).unwrap_or(MOST);
        let message = format!(
            "which GPUs of a machine these are says nothing at a provider: {number} of any kind that the \
             options name"
        );
        notes.lose(LossCode::GpuSelection, ids, message);
        return number;
    }
    match at.get("count") {
        None => all(at, notes),
        Some(written) => match written.text() {
            Some("all" | "-1") => all(written, notes),
            Some(text) => count(written, text, notes),
            None => {
                notes.fault(written, "count is a number or `all`");
                0
            }
        },
    }
}

fn count(at: At<'_>, text: &str, notes: &mut Notes<'_>) -> u64 {
    match text.parse::<u64>() {
        Ok(count) => count,
        Err(_) => {
            notes.fault(
                at,
                format!("{text:?} is no number of GPUs: write 1, or `all`"),
            );
            0
        }
    }
}

fn all(at: At<'_>, notes: &mut Notes<'_>) -> u64 {
    notes.lose(
        LossCode::GpuCount,
        at,
        "all GPUs of a machine cannot be asked for: one is; write a number for more",
    );
    1
}

/// The number of GPUs that `runtime: nvidia` means.
pub(super) fn runtime(at: At<'_>, visible: Option<&str>, notes: &mut Notes<'_>) -> u64 {
    let ids = visible.filter(|text| !matches!(*text, "" | "all" | "none" | "void"));
    match (visible, ids) {
        (Some("none" | "void"), _) => 0,
        (_, Some(ids)) => u64::try_from(ids.split(',').count())
            .unwrap_or(MOST)
            .min(MOST),
        _ => all(at, notes),
    }
}
