//! A manifest against the groups of an SDL: nothing panics, every refusal says why, and a manifest
//! with the SDL's own version always passes.
//!
//! An input is an SDL, a line `---`, and a manifest in JSON.

use akash_sdl::{Manifest, Sdl};

const EXAMPLE: &str = akash_sdl::EXAMPLE;

/// The target.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let (sdl, json) = text.split_once("\n---\n").unwrap_or((EXAMPLE, text));
    let Ok(manifest) = Manifest::from_json(json.as_bytes()) else {
        return;
    };
    let Ok(sdl) = Sdl::parse(sdl) else { return };
    let own = manifest.check();
    let against = manifest.check_against(sdl.groups());
    if manifest.version() == sdl.version() {
        assert_eq!(own, Ok(()));
        assert_eq!(against, Ok(()));
    }
    if let Err(error) = own {
        assert!(!error.to_string().is_empty());
    }
    if let Err(mismatch) = against {
        assert!(!mismatch.differences().is_empty());
        assert!(!mismatch.to_string().is_empty());
    }
    for group in &manifest.groups {
        assert!(manifest.group(&group.name).is_some());
    }
}
