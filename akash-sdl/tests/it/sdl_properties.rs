//! What holds for any text: no panic, spans inside the text, a manifest that a provider takes.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use akash_sdl::diagnostic::{Diagnostic, codes};
use akash_sdl::yaml::Position;
use akash_sdl::{Manifest, Sdl, canonical};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Documents that the reference takes.
static DOCUMENTS: LazyLock<Vec<String>> = LazyLock::new(|| documents(&["sdl/valid"]));

/// Documents of all kinds, those that are refused or surprising among them.
static SPECIMENS: LazyLock<Vec<String>> =
    LazyLock::new(|| documents(&["sdl/valid", "sdl/invalid", "sdl/extra", "diagnostics"]));

fn documents(folders: &[&str]) -> Vec<String> {
    let vectors = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors"));
    let mut documents: Vec<String> = folders
        .iter()
        .flat_map(|folder| fs::read_dir(vectors.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "yaml"))
        // some are no UTF-8, which is part of what they show
        .filter_map(|path| fs::read_to_string(path).ok())
        .filter(|text| text.len() < 3000)
        .collect();
    documents.sort();
    documents
}

/// A change of a document: what is put in, where, and how many bytes it replaces.
fn change() -> impl Strategy<Value = (String, Index, usize)> {
    const PIECES: &[&str] = &[
        "",
        "-",
        ":",
        " ",
        "\n",
        "  ",
        "- ",
        "{",
        "}",
        "[",
        "]",
        "~",
        "null",
        "*a",
        "&a ",
        "<<: ",
        "\"",
        "'",
        "#",
        "0",
        "-1",
        "1e9",
        "99999999999",
        "true",
        "ram",
        "ip: a",
        "!!binary ",
        "é",
        "\u{2028}",
        "count: 0",
        "size: 1Gi\n",
        "amd:\n",
        "default",
    ];
    (
        select(PIECES).prop_map(str::to_owned),
        any::<Index>(),
        0usize..12,
    )
}

fn apply(text: &str, changes: &[(String, Index, usize)]) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for (piece, at, length) in changes {
        let at = at.index(chars.len() + 1);
        let end = (at + length).min(chars.len());
        chars.splice(at..end, piece.chars());
    }
    chars.into_iter().collect()
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let result = Sdl::parse(text);
    let diagnostics = match &result {
        Ok(sdl) => {
            prop_assert_eq!(sdl.manifest().check(), Ok(()));
            let wraps = |warning: &Diagnostic| warning.code == codes::COUNT_WRAPS;
            if !sdl.warnings().iter().any(wraps) {
                prop_assert_eq!(sdl.manifest().check_against(sdl.groups()), Ok(()));
            }
            let read = Manifest::from_json(sdl.canonical_json().as_bytes()).unwrap();
            prop_assert_eq!(read.version(), sdl.version());
            sdl.warnings()
        }
        Err(report) => {
            prop_assert!(report.errors().next().is_some());
            prop_assert!(!report.render(text).is_empty());
            report.diagnostics()
        }
    };
    let strict = Sdl::parse_strict(text);
    prop_assert!(result.is_ok() || strict.is_err());
    let strict = match &strict {
        Ok(sdl) => sdl.warnings(),
        Err(report) => report.diagnostics(),
    };
    let again = match Sdl::parse(text) {
        Ok(sdl) => sdl.warnings().to_vec(),
        Err(report) => report.diagnostics().to_vec(),
    };
    prop_assert_eq!(diagnostics, again.as_slice());
    for diagnostic in diagnostics.iter().chain(strict) {
        prop_assert!(codes::ALL.iter().any(|(code, _)| *code == diagnostic.code));
        let spans = core::iter::once(diagnostic.span)
            .chain(diagnostic.related.iter().map(|related| related.span))
            .chain(diagnostic.suggestion.iter().map(|edit| edit.span));
        for span in spans {
            // none where the start is behind the end, or either of them inside a character
            let inside = text.get(span.start as usize..span.end as usize);
            prop_assert!(inside.is_some(), "{:?} of {}", span, diagnostic);
        }
        let places = core::iter::once((diagnostic.span, diagnostic.position)).chain(
            diagnostic
                .related
                .iter()
                .map(|related| (related.span, related.position)),
        );
        for (span, position) in places {
            prop_assert_eq!(position, Position::of(text, span.start), "{}", diagnostic);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn changed_documents(document: Index, changes in proptest::collection::vec(change(), 1..4)) {
        let document: &String = document.get(DOCUMENTS.as_slice());
        check(&apply(document, &changes))?;
    }

    #[test]
    fn changed_specimens(document: Index, changes in proptest::collection::vec(change(), 1..6)) {
        let document: &String = document.get(SPECIMENS.as_slice());
        check(&apply(document, &changes))?;
    }

    #[test]
    fn mixed_lines(lines in proptest::collection::vec((any::<Index>(), any::<Index>()), 0..40)) {
        let line = |(document, line): &(Index, Index)| {
            let document: &String = document.get(SPECIMENS.as_slice());
            let lines: Vec<&str> = document.split_inclusive('\n').collect();
            lines.get(line.index(lines.len().max(1))).copied().unwrap_or_default().to_owned()
        };
        check(&lines.iter().map(line).collect::<String>())?;
    }

    #[test]
    fn any_text(text in "([ -~\n]|\\PC|[\r\u{85}\u{2028}\u{feff}]){0,120}") {
        check(&text)?;
    }

    #[test]
    fn comments_and_blank_lines_do_not_count(document: Index, comment in "[ -~]{0,20}") {
        let text = document.get(DOCUMENTS.as_slice());
        // where a block text stands, lines count
        prop_assume!(!text.contains('|') && !text.contains('>') && !text.starts_with('{'));
        let commented: String = text.lines().flat_map(|line| [line, "\n# ", &comment, "\n\n"]).collect();
        let (plain, commented) = (Sdl::parse(text).unwrap(), Sdl::parse(&commented));
        let commented = commented.map_err(|report| TestCaseError::fail(report.to_string()))?;
        prop_assert_eq!(plain.version(), commented.version());
        prop_assert_eq!(canonical::groups_json(plain.groups()), canonical::groups_json(commented.groups()));
    }

    #[test]
    fn prices_and_attributes_do_not_change_the_version(amount in 1u32..10_000_000, region in "[a-z]{1,12}") {
        let attributes = format!("anywhere:\n      attributes:\n        region: x{region}\n      pricing");
        let text = akash_sdl::EXAMPLE
            .replace("amount: 1000", &format!("amount: {amount}"))
            .replace("anywhere:\n      pricing", &attributes);
        let sdl = Sdl::parse(&text).unwrap();
        prop_assert_eq!(sdl.version(), Sdl::parse(akash_sdl::EXAMPLE).unwrap().version());
        prop_assert_eq!(sdl.groups()[0].requirements.attributes.len(), 1);
    }
}

#[test]
fn every_prefix_of_a_document() {
    for text in DOCUMENTS.iter().step_by(90) {
        for end in 0..text.len() {
            if let Some(prefix) = text.get(..end) {
                check(prefix).unwrap();
            }
        }
    }
}

/// Documents that would take minutes if any step were quadratic in their names.
#[test]
fn large_documents() {
    let names = || (0..5_000).rev().map(|i| format!("s{i:05}"));
    let lines = |line: &dyn Fn(&str) -> String| names().map(|name| line(&name)).collect::<String>();
    let spare = lines(&|name| format!("  {name}: {{image: x}}\n"));
    let text = akash_sdl::EXAMPLE.replace("services:\n", &format!("services:\n{spare}"));
    assert!(Sdl::parse(&text).is_ok());

    let unknown = lines(&|name| format!("  {name}: {{anywhere: {{profile: small, count: 1}}}}\n"));
    let text = akash_sdl::EXAMPLE.replace("deployment:\n", &format!("deployment:\n{unknown}"));
    assert!(Sdl::parse(&text).is_err());

    let volumes = lines(&|name| format!("          - {{name: {name}, size: 5Mi}}\n"));
    let text = akash_sdl::EXAMPLE.replace("          size: 1Gi\n", &volumes);
    let sdl = Sdl::parse(&text).unwrap();
    assert_eq!(sdl.groups()[0].resources[0].resources.storage.len(), 5_000);

    let sections = lines(&|name| format!("{name}: 1\n"));
    assert!(Sdl::parse(format!("{}{sections}", akash_sdl::EXAMPLE)).is_err());
}
