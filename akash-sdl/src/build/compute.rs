//! What one replica needs.

use super::text;
use crate::attribute::Attribute;
use crate::document::{StorageMount, Volume};
use crate::resource::Bytes;

/// A class of storage that outlives its container.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StorageClass {
    /// `default`: whichever the provider chooses.
    Default,
    /// `beta1`: hard disks.
    Beta1,
    /// `beta2`: SSDs.
    Beta2,
    /// `beta3`: NVMe disks.
    Beta3,
}

impl StorageClass {
    /// The word of the SDL.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Beta1 => "beta1",
            Self::Beta2 => "beta2",
            Self::Beta3 => "beta3",
        }
    }
}

/// A volume for [`ServiceBuilder::volume`](super::ServiceBuilder::volume), of 5 MiB to 32 TiB.
///
/// ```
/// use akash_sdl::build::{Builder, ServiceBuilder, StorageClass, VolumeBuilder};
/// use akash_sdl::resource::Bytes;
///
/// let data = VolumeBuilder::persistent("data", Bytes(10 << 30), StorageClass::Beta3);
/// let shm = VolumeBuilder::ram("shm", Bytes(1 << 30));
/// let db = ServiceBuilder::new("db", "postgres:16", "2000uact".parse()?)
///     .volume(data.mount("/var/lib/postgresql/data"))
///     .volume(shm.mount("/dev/shm"))
///     .expose_http(80);
/// let sdl = Builder::new().service("anywhere", db).build()?;
/// assert_eq!(sdl.groups()[0].resources[0].resources.storage.len(), 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct VolumeBuilder {
    pub(super) volume: Volume,
    pub(super) mount: Option<StorageMount>,
}

impl VolumeBuilder {
    fn new(name: &str, size: Bytes, attributes: &[(&str, &str)]) -> Self {
        let attributes = attributes.iter();
        Self {
            volume: Volume {
                name: text(name),
                size: size.into(),
                attributes: attributes
                    .map(|(key, value)| Attribute::new(*key, *value))
                    .collect(),
            },
            mount: None,
        }
    }

    /// A volume that is lost with its container.
    #[must_use]
    pub fn ephemeral(name: &str, size: Bytes) -> Self {
        Self::new(name, size, &[])
    }

    /// A volume that outlives its container. SDL 2.0 wants it mounted.
    #[must_use]
    pub fn persistent(name: &str, size: Bytes, class: StorageClass) -> Self {
        let class = ("class", class.as_str());
        Self::new(name, size, &[class, ("persistent", "true")])
    }

    /// A volume in memory, such as for `/dev/shm`.
    #[must_use]
    pub fn ram(name: &str, size: Bytes) -> Self {
        Self::new(name, size, &[("class", "ram"), ("persistent", "false")])
    }

    /// Mounts it at an absolute path.
    #[must_use]
    pub fn mount(mut self, path: &str) -> Self {
        self.mount.get_or_insert_default().mount = text(path);
        self
    }

    /// Mounts it at an absolute path where it can only be read.
    #[must_use]
    pub fn mount_read_only(mut self, path: &str) -> Self {
        self.mount = Some(StorageMount {
            mount: text(path),
            read_only: true.into(),
        });
        self
    }
}
