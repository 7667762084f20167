//! Diagnostics for [`miette`]'s reports (feature `miette`).
//!
//! [`miette`]: https://docs.rs/miette

use core::fmt;

use miette::{LabeledSpan, SourceSpan};

use super::{Diagnostic, Report, Severity};
use crate::yaml::Span;

fn source_span(span: Span) -> SourceSpan {
    let offset = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    let start = offset(span.start);
    SourceSpan::from((start, offset(span.end).saturating_sub(start)))
}

impl miette::Diagnostic for Diagnostic {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let edit = self.suggestion.as_ref()?;
        Some(Box::new(format!("write `{}`", edit.replacement.trim())))
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let path = (!self.path.is_empty()).then(|| self.path.clone());
        let own = LabeledSpan::new_primary_with_span(path, source_span(self.span));
        let related = self.related.iter().map(|related| {
            LabeledSpan::new_with_span(Some(related.message.clone()), source_span(related.span))
        });
        Some(Box::new(core::iter::once(own).chain(related)))
    }
}

/// All that was found, each as a related diagnostic. Give it the text that was parsed with
/// `miette::Report::new(report).with_source_code(text)`.
impl miette::Diagnostic for Report {
    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn miette::Diagnostic> + 'a>> {
        let all = self.diagnostics().iter();
        Some(Box::new(
            all.map(|diagnostic| diagnostic as &dyn miette::Diagnostic),
        ))
    }
}

#[cfg(test)]
mod tests {
    use miette::Diagnostic as _;

    #[test]
    fn a_report_tells_code_place_and_help() {
        let text = crate::EXAMPLE.replace("512Mi", "512mi");
        let report = crate::parse(&text).unwrap_err();
        let all: Vec<_> = report.related().unwrap().collect();
        let [one] = all.as_slice() else {
            panic!("{report}")
        };
        assert_eq!(one.code().unwrap().to_string(), "sdl.memory.invalid");
        assert_eq!(one.severity(), Some(miette::Severity::Error));
        assert_eq!(one.help().unwrap().to_string(), "write `512Mi`");
        let labels: Vec<_> = one.labels().unwrap().collect();
        assert_eq!(labels[0].len(), 5);
        assert_eq!(&text[labels[0].offset()..][..5], "512mi");
        let label = labels[0].label().unwrap();
        assert_eq!(label, "profiles.compute.small.resources.memory.size");
    }
}
