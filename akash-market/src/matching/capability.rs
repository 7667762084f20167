//! Resource units against the capabilities a provider declares about itself.

use akash_gpu::attribute::chain;
use akash_sdl::attribute::Attribute;
use akash_sdl::group::GroupSpec;
use akash_sdl::resource::{Gpu, Storage};

/// Whether a provider's own attributes declare the storage and GPUs that a group asks for.
///
/// Each volume with attributes needs one group of `capabilities/storage/<group>/<name>` attributes that covers them.
/// Of the GPU attributes of a unit any one that the provider declares under `capabilities/gpu/` suffices; units that
/// name none pass. Quantities, CPU and memory are not looked at.
///
/// ```
/// use akash_market::matching::meets_capabilities;
/// use akash_sdl::attribute::Attribute;
/// # use akash_sdl::group::{GroupSpec, ResourceUnit};
/// # use akash_sdl::num::{DecCoin, Denom};
/// # use akash_sdl::resource::{Gpu, Resources};
/// # let mut group = GroupSpec { name: "g".into(), requirements: Default::default(), resources: vec![ResourceUnit {
/// #     resources: Resources::default(), count: 1, price: DecCoin::zero(Denom::UACT) }] };
/// group.resources[0].resources.gpu =
///     Gpu { units: 1, attributes: vec![Attribute::new("vendor/nvidia/model/h100", "true")] };
/// let own = [Attribute::new("capabilities/gpu/vendor/nvidia/model/h100", "true")];
/// assert!(meets_capabilities(&group, &own));
/// assert!(!meets_capabilities(&group, &[]));
/// ```
#[must_use]
pub fn meets_capabilities(group: &GroupSpec, own: &[Attribute]) -> bool {
    group.resources.iter().all(|unit| {
        unit.resources
            .storage
            .iter()
            .all(|volume| volume_is_offered(volume, own))
            && gpu_is_offered(&unit.resources.gpu, own)
    })
}

/// Group label and name of a storage capability, or `None` if the key is none: it starts with the *text*
/// `capabilities/storage` and has exactly three parts behind `capabilities/`.
pub(super) fn storage_capability(key: &str) -> Option<(&str, &str)> {
    let rest = key.strip_prefix("capabilities/")?;
    if !rest.starts_with("storage") {
        return None;
    }
    let (_, rest) = rest.split_once('/')?;
    let (label, name) = rest.split_once('/')?;
    (!name.contains('/')).then_some((label, name))
}

fn volume_is_offered(volume: &Storage, own: &[Attribute]) -> bool {
    let wanted = &volume.attributes;
    let Some(first) = wanted.first() else {
        return true;
    };
    // Any group that covers all attributes covers the first: only the labels that do are tried.
    own.iter().any(|candidate| {
        storage_capability(&candidate.key).is_some_and(|(label, name)| {
            matches(first, name, &candidate.value)
                && wanted.iter().skip(1).all(|w| is_in_group(w, label, own))
        })
    })
}

fn is_in_group(wanted: &Attribute, label: &str, own: &[Attribute]) -> bool {
    own.iter().any(|o| {
        storage_capability(&o.key)
            .is_some_and(|(l, name)| l == label && matches(wanted, name, &o.value))
    })
}

fn matches(wanted: &Attribute, name: &str, value: &str) -> bool {
    wanted.value == value && akash_gpu::glob::matches(&wanted.key, name)
}

fn gpu_is_offered(gpu: &Gpu, own: &[Attribute]) -> bool {
    gpu.units == 0
        || chain::unit_matches(
            gpu.attributes.iter().map(|a| (&*a.key, &*a.value)),
            own.iter().map(|a| (&*a.key, &*a.value)),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn storage_capability_keys() {
        assert_eq!(
            storage_capability("capabilities/storage/1/class"),
            Some(("1", "class"))
        );
        assert_eq!(
            storage_capability("capabilities/storagex/1/class"),
            Some(("1", "class"))
        );
        assert_eq!(storage_capability("capabilities/storage/1"), None);
        assert_eq!(storage_capability("capabilities/storage/1/class/x"), None);
        assert_eq!(storage_capability("capabilities/storage"), None);
        assert_eq!(storage_capability("storage/1/class"), None);
        assert_eq!(storage_capability("capabilities/storage//"), Some(("", "")));
    }
}
