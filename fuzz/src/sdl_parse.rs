//! SDL: nothing panics, spans lie inside the text, and what is accepted makes a manifest that a
//! provider takes and that reads back to the same version.

use akash_sdl::{Manifest, Sdl};

/// The target.
pub fn check(data: &[u8]) {
    let result = Sdl::parse(data);
    let diagnostics = match &result {
        Ok(sdl) => {
            assert_eq!(sdl.manifest().check(), Ok(()));
            assert_eq!(sdl.manifest().check_against(sdl.groups()), Ok(()));
            let read = Manifest::from_json(sdl.canonical_json().as_bytes());
            assert_eq!(
                read.map(|manifest| manifest.version()).ok(),
                Some(sdl.version())
            );
            sdl.warnings()
        }
        Err(report) => {
            assert!(report.errors().next().is_some());
            report.diagnostics()
        }
    };
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    for diagnostic in diagnostics {
        assert!(
            text.get(diagnostic.span.start as usize..diagnostic.span.end as usize)
                .is_some()
        );
    }
    let _ = akash_sdl::diagnostic::render(diagnostics, text);
}
