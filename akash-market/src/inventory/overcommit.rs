//! Selling more than there is.

use akash_sdl::group::ResourceUnit;
use akash_sdl::resource::{Bytes, MilliCpu};

/// What a replica is counted as when a resource is over-committed by `factor`: unchanged up to factor 1, else
/// `value × (1 / factor)` in IEEE double, rounded half away from zero, at least 1, as chain-sdk `go/sdl/util` does.
///
/// ```
/// use akash_market::inventory::committed;
/// assert_eq!(committed(1000, 1.5), 667);
/// assert_eq!(committed(0, 2.0), 1); // also of nothing
/// assert_eq!(committed(1000, 0.5), 1000);
/// ```
#[must_use]
pub fn committed(value: u64, factor: f64) -> u64 {
    if factor <= 1.0 || factor.is_nan() {
        return value;
    }
    let scaled = (value as f64 * (1.0 / factor)).round();
    #[allow(
        clippy::cast_possible_truncation,
        reason = "a whole number from 0 to 2^64; the cast saturates"
    )]
    let scaled = scaled as u64;
    scaled.max(1)
}

/// By how much each resource is over-committed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overcommit {
    /// Factor for CPU.
    pub cpu: f64,
    /// Factor for memory.
    pub memory: f64,
    /// Factor for every volume.
    pub storage: f64,
    /// Factor for GPUs; the reference leaves it at "unchanged".
    pub gpu: f64,
}

impl Overcommit {
    /// Nothing is over-committed.
    pub const NONE: Self = Self {
        cpu: 1.0,
        memory: 1.0,
        storage: 1.0,
        gpu: 0.0,
    };

    /// The factors of the reference's flags in percent. Its division is integral: 0 to 99 percent change nothing, 100
    /// to 199 percent double.
    #[must_use]
    pub fn from_percent(cpu: u32, memory: u32, storage: u32) -> Self {
        let factor = |percent: u32| f64::from(1_u32.saturating_add(percent / 100));
        Self {
            cpu: factor(cpu),
            memory: factor(memory),
            storage: factor(storage),
            gpu: 0.0,
        }
    }

    /// Whether nothing changes.
    #[must_use]
    pub fn is_none(&self) -> bool {
        [self.cpu, self.memory, self.storage, self.gpu]
            .into_iter()
            .all(|f| f <= 1.0 || f.is_nan())
    }

    /// The units with committed quantities, which are also what the bid offers.
    #[must_use]
    pub fn apply(&self, units: &[ResourceUnit]) -> Vec<ResourceUnit> {
        let mut units = units.to_vec();
        if self.is_none() {
            return units;
        }
        for unit in &mut units {
            let resources = &mut unit.resources;
            resources.cpu.units = MilliCpu(committed(resources.cpu.units.0, self.cpu));
            resources.memory.quantity = Bytes(committed(resources.memory.quantity.0, self.memory));
            resources.gpu.units = committed(resources.gpu.units, self.gpu);
            for volume in &mut resources.storage {
                volume.quantity = Bytes(committed(volume.quantity.0, self.storage));
            }
        }
        units
    }
}

impl Default for Overcommit {
    fn default() -> Self {
        Self::NONE
    }
}
