//! A document for each code, which is [`EXAMPLE`] with some parts written otherwise.

mod compute;
mod expose;
mod placement;
mod service;
mod strict;
mod text;

use std::collections::BTreeSet;

use akash_sdl::diagnostic::{Diagnostic, codes};
use akash_sdl::{EXAMPLE, Sdl};

type Edits = &'static [(&'static str, &'static str)];

/// Edits of [`EXAMPLE`] by code.
const DOCUMENTS: [&[(&str, Edits)]; 6] = [
    compute::DOCUMENTS,
    expose::DOCUMENTS,
    placement::DOCUMENTS,
    service::DOCUMENTS,
    strict::DOCUMENTS,
    text::DOCUMENTS,
];

/// What only one code is about, besides those that cannot stand alone.
fn document(code: &str) -> String {
    if code == codes::YAML_LIMIT {
        let nested = format!("include: {}\nservices:\n", "[".repeat(20_000));
        return EXAMPLE.replacen("services:\n", &nested, 1);
    }
    let (_, edits) = DOCUMENTS
        .iter()
        .copied()
        .flatten()
        .find(|(name, _)| *name == code)
        .unwrap_or_else(|| panic!("{code} has no document"));
    let mut text = EXAMPLE.to_owned();
    for (from, to) in *edits {
        assert!(text.contains(from), "{code}: {from:?}");
        text = text.replacen(from, to, 1);
    }
    text
}

fn found(text: &str, strict: bool) -> Vec<Diagnostic> {
    let read = if strict {
        Sdl::parse_strict(text)
    } else {
        Sdl::parse(text)
    };
    match read {
        Ok(sdl) => sdl.warnings().to_vec(),
        Err(report) => report.diagnostics().to_vec(),
    }
}

#[test]
fn every_code_has_a_document_that_causes_it_and_nothing_else() {
    let mut wrong = Vec::new();
    for (code, example) in codes::EXAMPLES {
        let text = document(code);
        if !text.contains(example) {
            wrong.push(format!(
                "{code}: the document lacks its example {example:?}"
            ));
        }
        let strict = code.starts_with("sdl.strict.");
        let codes: BTreeSet<&str> = found(&text, strict)
            .iter()
            .filter(|d| !strict || d.severity == akash_sdl::diagnostic::Severity::Error)
            .map(|d| d.code)
            .collect();
        if codes != BTreeSet::from([*code]) {
            wrong.push(format!("{code}: {codes:?}\n{:?}", found(&text, strict)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_is_in_the_docs_with_its_example_and_severity() {
    assert_eq!(codes::ALL.len(), codes::EXAMPLES.len());
    for ((code, meaning), (same, example)) in codes::ALL.iter().zip(codes::EXAMPLES) {
        assert_eq!(code, same);
        assert!(!example.is_empty());
        let strict = code.starts_with("sdl.strict.");
        let found = found(&document(code), strict);
        let diagnostic = found.iter().find(|d| d.code == *code).unwrap();
        let warning = diagnostic.severity == akash_sdl::diagnostic::Severity::Warning;
        assert_eq!(meaning.trim().starts_with("Warning: "), warning, "{code}");
        assert!(!diagnostic.message.is_empty() && diagnostic.position.line > 0);
    }
}
