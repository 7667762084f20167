//! Manifest JSON: nothing panics, what is read is written as canonical JSON, and that reads back to
//! the same manifest, text and version, unless a service has no volume: the chain writes an empty list
//! as none, and takes none for a mistake.

use akash_sdl::{Manifest, Version};
use serde_json::Value;

/// The target.
pub fn check(data: &[u8]) {
    let Ok(manifest) = Manifest::from_json(data) else {
        return;
    };
    let text = manifest.to_canonical_json();
    let mut services = manifest.groups.iter().flat_map(|group| &group.services);
    let has_volumes = services.all(|service| !service.resources.storage.is_empty());
    match Manifest::from_json(text.as_bytes()) {
        Ok(read) => {
            assert_eq!(read.to_canonical_json(), text);
            assert_eq!(read.version(), manifest.version());
        }
        Err(error) => assert!(!has_volumes, "canonical JSON reads: {error}"),
    }
    assert_eq!(Version::of(text.as_bytes()), manifest.version());

    // Another writer with sorted keys and no white space, and Go's escapes for HTML.
    let value: Value = serde_json::from_str(&text).expect("canonical JSON is JSON");
    let mut other = String::new();
    for c in value.to_string().chars() {
        match c {
            '<' => other.push_str("\\u003c"),
            '>' => other.push_str("\\u003e"),
            '&' => other.push_str("\\u0026"),
            '\u{2028}' => other.push_str("\\u2028"),
            '\u{2029}' => other.push_str("\\u2029"),
            c => other.push(c),
        }
    }
    assert_eq!(other, text);
    let _ = manifest.check();
}
