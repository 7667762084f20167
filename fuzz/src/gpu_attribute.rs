//! GPU attribute keys: nothing panics, printing and parsing are inverse, and a key the chain finds
//! well formed reads the same for both sides.

use akash_gpu::attribute::{chain, provider};
use akash_gpu::{Catalog, GpuKey, MemorySize, glob, lint};

/// The target.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let (first, second) = text.split_once('\n').unwrap_or((text, ""));
    if let Ok(key) = first.parse::<GpuKey>() {
        assert_eq!(key.to_string(), first);
        assert_eq!(key.check(), Ok(()));
        for shape in key.publishable() {
            assert_eq!(shape.to_string().parse::<GpuKey>(), Ok(shape));
        }
    }
    if let Ok(entry) = provider::parse_key(first) {
        assert!(entry.vendor.is_leasable());
    }
    let matched = glob::matches(first, second);
    assert!(!matched || glob::is_well_formed(first));
    let _ = chain::is_valid_key(first);
    let _ = chain::unit_matches([(first, "true")], [(second, "true")]);
    let _ = MemorySize::from_provider_quantity(second);
    let catalog = Catalog::embedded();
    let _ = catalog.resolve(second);
    let _ = lint::request(catalog, 1, &[first, second]);
    let _ = lint::provider_attributes(catalog, [(first, "true"), (second, first)]);
}
