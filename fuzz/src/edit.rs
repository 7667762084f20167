//! Edits: nothing panics, what comes out reads, and only the place of the change differs.
//!
//! The input is a text, a path and a value, with zero bytes between them.

use akash_sdl::edit;
use akash_sdl::yaml::{self, Kind, Resolved};

/// The target.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let mut parts = text.splitn(3, '\0');
    let (Some(text), Some(path)) = (parts.next(), parts.next()) else {
        return;
    };
    let value = parts.next().unwrap_or_default();
    let Ok(old) = yaml::parse(text.as_bytes()) else {
        assert!(edit::set(text, path, value).is_err());
        return;
    };
    if let Ok(new) = edit::set(text, path, value) {
        let new = yaml::parse(new.as_bytes()).expect("an edited text reads");
        assert_eq!(new.len(), old.len());
        if path.is_empty() {
            assert_eq!(new.root().kind(), Kind::Scalar);
            assert_eq!(new.root().resolve(), Ok(Resolved::Str(value)));
        }
    }
    if let Ok(new) = edit::insert(text, path, value) {
        let tree = yaml::parse(new.as_bytes()).expect("an edited text reads");
        assert!(tree.len() > old.len());
        if let Ok(back) = edit::remove(&new, path) {
            let back = yaml::parse(back.as_bytes()).expect("an edited text reads");
            assert_eq!(back.len(), old.len());
        }
    }
    if let Ok(new) = edit::remove(text, path) {
        assert!(new.len() < text.len());
        let new = yaml::parse(new.as_bytes()).expect("an edited text reads");
        assert!(new.len() < old.len());
    }
}
