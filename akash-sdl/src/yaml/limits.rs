//! What a reader may cost.

/// Bounds on what is read, so that no input can exhaust memory or stack.
///
/// They are the only places where the reader refuses what yaml.v3 reads: yaml.v3 has no bound on
/// size, allows 10,000 levels, and counts aliases only. Real SDL files stay below 10 levels and 21 kB.
///
/// ```
/// use akash_sdl::yaml::{self, Limits};
///
/// let limits = Limits { depth: 2, ..Limits::default() };
/// assert!(yaml::parse_with(b"a: {b: 1}", &limits).is_ok());
/// assert!(yaml::parse_with(b"a: {b: {c: 1}}", &limits).is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Longest text in bytes; values above 2^31 - 1 count as that. Default 1 MiB.
    pub size: usize,
    /// Most levels of nested lists and maps, aliases followed; values above 512 count as that, so that
    /// recursive decoding fits a stack of 2 MiB. Default 128.
    pub depth: u32,
    /// Most bytes that decoded `!!binary` values may take together in one decode. Default 16 MiB.
    pub binary: usize,
}

impl Limits {
    /// The limits of [`parse`](super::parse).
    pub const DEFAULT: Self = Self {
        size: 1 << 20,
        depth: 128,
        binary: 16 << 20,
    };

    pub(crate) fn most_bytes(&self) -> usize {
        self.size.min(i32::MAX as usize)
    }

    pub(crate) fn most_levels(&self) -> u32 {
        self.depth.min(512)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
