//! Templates: nothing panics, and values change no structure and are not shown where they are
//! secret.
//!
//! The input is a template and values for its variables, with zero bytes between them.

use akash_sdl::template::{Template, Values};
use akash_sdl::yaml::{self, Node};

fn same_shape(left: Node<'_, '_>, right: Node<'_, '_>) {
    assert_eq!(left.kind(), right.kind());
    assert_eq!(left.children().len(), right.children().len());
    for (left, right) in left.children().zip(right.children()) {
        same_shape(left, right);
    }
}

/// The target.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let mut parts = text.split('\0');
    let Ok(template) = Template::parse(parts.next().unwrap_or_default()) else {
        return;
    };
    let values: Values = template
        .variables()
        .iter()
        .map(|variable| (variable.name.as_str(), parts.next().unwrap_or("~")))
        .collect();
    let Ok(filled) = template.fill(&values) else {
        return;
    };
    let before = yaml::parse(template.text().as_bytes()).expect("a template reads");
    for text in [filled.text(), filled.masked()] {
        let after = yaml::parse(text.as_bytes()).expect("a filled template reads");
        same_shape(before.root(), after.root());
    }
    if let Err(report) = filled.parse() {
        assert!(report.errors().next().is_some());
        let shown = filled.masked();
        for diagnostic in report.diagnostics() {
            let span = diagnostic.span.start as usize..diagnostic.span.end as usize;
            assert!(shown.get(span).is_some());
        }
        let _ = report.render(shown);
    }
}
