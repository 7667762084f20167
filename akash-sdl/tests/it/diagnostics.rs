//! How diagnostics read, against golden texts.
//!
//! `UPDATE_GOLDEN=1 cargo test -p akash-sdl diagnostics` writes the texts anew.

use std::fs;
use std::path::{Path, PathBuf};

use akash_sdl::Sdl;
use akash_sdl::diagnostic::{Severity, codes, render};

fn documents() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/diagnostics");
    let mut paths: Vec<PathBuf> = fs::read_dir(Path::new(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "yaml"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 18);
    paths
}

#[test]
fn diagnostics_read_as_before() {
    let mut wrong = Vec::new();
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        let shown = match Sdl::parse(&text) {
            Ok(sdl) => render(sdl.warnings(), &text),
            Err(report) => report.render(&text),
        };
        assert!(!shown.is_empty(), "{}", path.display());
        let golden = path.with_extension("txt");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&golden, &shown).unwrap();
        }
        if fs::read_to_string(&golden).unwrap_or_default() != shown {
            wrong.push(format!("{}:\n{shown}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_is_listed() {
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        let found = match Sdl::parse(&text) {
            Ok(sdl) => sdl.warnings().to_vec(),
            Err(report) => report.diagnostics().to_vec(),
        };
        for diagnostic in found {
            assert!(codes::ALL.iter().any(|(code, _)| *code == diagnostic.code));
        }
    }
}

#[test]
fn suggestions_can_be_applied() {
    let mut applied = 0;
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        let Err(report) = Sdl::parse(&text) else {
            continue;
        };
        let errors: Vec<_> = report.errors().collect();
        let [error] = errors.as_slice() else { continue };
        let Some(edit) = &error.suggestion else {
            continue;
        };
        let mut fixed = text.clone();
        fixed.replace_range(
            edit.span.start as usize..edit.span.end as usize,
            &edit.replacement,
        );
        assert!(Sdl::parse(&fixed).is_ok(), "{}:\n{fixed}", path.display());
        applied += 1;
    }
    assert!(applied >= 3, "{applied}");
}

#[test]
fn json_of_a_report() {
    let text = akash_sdl::EXAMPLE.replace("512Mi", "512mi");
    let report = Sdl::parse(&text).unwrap_err();
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json[0]["code"], codes::MEMORY_INVALID);
    assert_eq!(json[0]["severity"], "error");
    assert_eq!(json[0]["line"], 16);
    assert_eq!(json[0]["suggestion"]["replacement"], "512Mi");
    let offset = |key: &str| -> usize {
        let value = json[0]["span"][key].as_u64().unwrap();
        value.try_into().unwrap()
    };
    let (start, end) = (offset("start"), offset("end"));
    assert_eq!(&text[start..end], "512mi");
    assert!(report.errors().all(|e| e.severity == Severity::Error));
}
