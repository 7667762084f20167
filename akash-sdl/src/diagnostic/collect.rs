//! Gathering diagnostics while a document is read and checked.

use super::path::Paths;
use super::{Diagnostic, Edit, Related, Severity};
use crate::yaml::{Position, Span, Tree};

/// More diagnostics than anyone reads; those behind are dropped, except that an error stays one.
const MOST: usize = 1000;

/// Diagnostics found so far. Positions and paths are filled in at the end.
#[derive(Debug, Default)]
pub(crate) struct Collector {
    found: Vec<Diagnostic>,
    errors: usize,
}

impl Collector {
    pub(crate) const fn errors(&self) -> usize {
        self.errors
    }

    pub(crate) const fn has_errors(&self) -> bool {
        self.errors > 0
    }

    pub(crate) fn error(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
    ) -> Draft<'_> {
        self.errors += 1;
        self.push(code, Severity::Error, span, message.into())
    }

    pub(crate) fn warning(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
    ) -> Draft<'_> {
        self.push(code, Severity::Warning, span, message.into())
    }

    #[cold]
    fn push(
        &mut self,
        code: &'static str,
        severity: Severity,
        span: Span,
        message: String,
    ) -> Draft<'_> {
        let diagnostic = Diagnostic {
            code,
            severity,
            message,
            path: String::new(),
            span,
            position: Position { line: 1, column: 1 },
            related: Vec::new(),
            suggestion: None,
        };
        // one error must be kept for the document to be refused
        let room = self.found.len() < MOST || self.errors == 1 && severity == Severity::Error;
        if room {
            self.found.push(diagnostic);
        }
        Draft {
            diagnostic: if room { self.found.last_mut() } else { None },
        }
    }

    /// The diagnostics in the order of the text, with positions and paths.
    pub(crate) fn finish(mut self, tree: &Tree<'_>) -> Vec<Diagnostic> {
        if self.found.is_empty() {
            return self.found;
        }
        let mut paths = Paths::new(tree);
        for diagnostic in &mut self.found {
            diagnostic.position = tree.position(diagnostic.span.start);
            let missing = core::mem::replace(&mut diagnostic.path, paths.of(diagnostic.span));
            if !missing.is_empty() {
                for key in missing.split('.') {
                    push_key(&mut diagnostic.path, key);
                }
            }
            for related in &mut diagnostic.related {
                related.position = tree.position(related.span.start);
            }
        }
        sort(self.found)
    }

    /// As [`finish`](Self::finish), for a text that gave no tree.
    pub(crate) fn finish_at(mut self, position: Position) -> Vec<Diagnostic> {
        for diagnostic in &mut self.found {
            diagnostic.position = position;
        }
        self.found
    }
}

fn sort(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.sort_by_key(|diagnostic| (diagnostic.span.start, diagnostic.severity));
    // An aliased part is read once for each alias.
    found.dedup();
    found
}

/// A diagnostic that was just made, to add to.
pub(crate) struct Draft<'c> {
    diagnostic: Option<&'c mut Diagnostic>,
}

impl Draft<'_> {
    /// Stands for a diagnostic that is not wanted.
    pub(crate) const fn nothing() -> Self {
        Self { diagnostic: None }
    }

    /// Extends the path by a key that is missing in the text.
    pub(crate) fn missing(mut self, key: &str) -> Self {
        if let Some(diagnostic) = &mut self.diagnostic {
            key.clone_into(&mut diagnostic.path);
        }
        self
    }

    pub(crate) fn related(mut self, span: Span, message: &str) -> Self {
        if let Some(diagnostic) = &mut self.diagnostic {
            diagnostic.related.push(Related {
                span,
                position: Position { line: 1, column: 1 },
                message: message.to_owned(),
            });
        }
        self
    }

    pub(crate) fn suggest(mut self, span: Span, replacement: impl Into<String>) -> Self {
        if let Some(diagnostic) = &mut self.diagnostic {
            diagnostic.suggestion = Some(Edit {
                span,
                replacement: replacement.into(),
            });
        }
        self
    }

    /// Suggests to write the nearest of the known names, if one is near.
    pub(crate) fn suggest_nearest<'n>(
        self,
        span: Span,
        written: &str,
        known: impl IntoIterator<Item = &'n str>,
    ) -> Self {
        // many names are not searched for each of many mistakes
        const MOST: usize = 200;
        if self.diagnostic.is_none() {
            return self;
        }
        match nearest(written, known.into_iter().take(MOST)) {
            Some(name) => self.suggest(span, name),
            None => self,
        }
    }
}

/// The known name that the written one was probably meant to be.
pub(crate) fn nearest<'n>(
    written: &str,
    known: impl IntoIterator<Item = &'n str>,
) -> Option<&'n str> {
    if written.is_empty() || written.len() > 64 {
        return None;
    }
    let length = written.chars().count();
    let most = match length {
        0..=2 => 1,
        3..=6 => 2,
        _ => 3,
    };
    known
        .into_iter()
        .filter(|name| !name.is_empty() && name.len() <= 64)
        .filter(|name| name.chars().count().abs_diff(length) <= most)
        .map(|name| (distance(written, name), name))
        .filter(|(distance, name)| *distance <= most && *distance < name.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Edit distance in characters, case not counted. What stands behind 64 characters counts as nothing.
fn distance(left: &str, right: &str) -> usize {
    const MOST: usize = 64;
    let mut row: [usize; MOST + 1] = core::array::from_fn(|at| at);
    let row = row
        .get_mut(..=right.chars().count().min(MOST))
        .unwrap_or_default();
    for (i, a) in left.chars().map(|c| c.to_ascii_lowercase()).enumerate() {
        let mut diagonal = i;
        let mut before = i + 1;
        let letters = right.chars().map(|c| c.to_ascii_lowercase());
        for (b, cell) in letters.zip(row.iter_mut().skip(1)) {
            let up = *cell;
            let substituted = diagonal + usize::from(a != b);
            before = substituted.min(up + 1).min(before + 1);
            *cell = before;
            diagonal = up;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(usize::MAX)
}

/// Adds a key to a path: `.key`, or `["a key"]` where it is no plain word.
pub(crate) fn push_key(path: &mut String, key: &str) {
    let plain = !key.is_empty()
        && key
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_/<".contains(&b));
    if plain {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(key);
    } else {
        path.push_str(&format!("[{key:?}]"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_names() {
        assert_eq!(nearest("smal", ["small", "large"]), Some("small"));
        assert_eq!(nearest("Image", ["image", "env"]), Some("image"));
        assert_eq!(nearest("web", ["api", "db"]), None);
        assert_eq!(nearest("ab", ["xy"]), None);
    }
}
