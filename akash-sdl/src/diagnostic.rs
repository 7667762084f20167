//! What is wrong or surprising in an SDL, where it stands, and what would be right.

pub mod codes;
mod collect;
#[cfg(feature = "miette")]
mod miette;
mod path;
mod render;

pub(crate) use collect::{Collector, Draft, nearest, push_key};

use core::fmt;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::yaml::{Position, Span};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The document is refused.
    Error,
    /// The document is taken, but it means something that was hardly meant.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// A change of the text that would help: what stands in `span` becomes `replacement`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Which bytes are replaced; empty to insert.
    pub span: Span,
    /// The new text.
    pub replacement: String,
}

/// Another place that belongs to a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// Which bytes.
    pub span: Span,
    /// Line and column where they start.
    pub position: Position,
    /// What the place has to do with it, such as "first used here".
    pub message: String,
}

/// One thing that is wrong or surprising in an SDL.
///
/// ```
/// let report = akash_sdl::parse("version: \"2.0\"\n").unwrap_err();
/// let diagnostic = report.errors().next().unwrap();
/// assert_eq!(diagnostic.code, akash_sdl::diagnostic::codes::DEPLOYMENT_EMPTY);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// A stable name of the rule, one of [`codes`].
    pub code: &'static str,
    /// Whether the document is refused.
    pub severity: Severity,
    /// A sentence that says what is wrong and what would be right.
    pub message: String,
    /// Where in the document, such as `services.web.expose[0].port`; empty for the whole of it.
    pub path: String,
    /// Which bytes of the text.
    pub span: Span,
    /// Line and column where they start.
    pub position: Position,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// A change of the text that would help.
    pub suggestion: Option<Edit>,
}

impl std::error::Error for Diagnostic {}

/// `error[sdl.service.image_missing] 4:3 services.web: the service has no image`
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}] {}", self.severity, self.code, self.position)?;
        if !self.path.is_empty() {
            write!(f, " {}", self.path)?;
        }
        write!(f, ": {}", self.message)
    }
}

struct SpanJson(Span);

impl Serialize for SpanJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Span", 2)?;
        out.serialize_field("start", &self.0.start)?;
        out.serialize_field("end", &self.0.end)?;
        out.end()
    }
}

impl Serialize for Edit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Edit", 2)?;
        out.serialize_field("span", &SpanJson(self.span))?;
        out.serialize_field("replacement", &self.replacement)?;
        out.end()
    }
}

impl Serialize for Related {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Related", 4)?;
        out.serialize_field("span", &SpanJson(self.span))?;
        out.serialize_field("line", &self.position.line)?;
        out.serialize_field("column", &self.position.column)?;
        out.serialize_field("message", &self.message)?;
        out.end()
    }
}

impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Diagnostic", 9)?;
        out.serialize_field("code", self.code)?;
        out.serialize_field(
            "severity",
            match self.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
        )?;
        out.serialize_field("message", &self.message)?;
        out.serialize_field("path", &self.path)?;
        out.serialize_field("span", &SpanJson(self.span))?;
        out.serialize_field("line", &self.position.line)?;
        out.serialize_field("column", &self.position.column)?;
        out.serialize_field("related", &self.related)?;
        out.serialize_field("suggestion", &self.suggestion)?;
        out.end()
    }
}

/// Everything found in a document that was refused: at least one error, and the warnings.
///
/// `Display` gives a line for each; [`render`](Self::render) shows the lines of the document too.
/// As JSON (`serde`) it is a list of diagnostics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    pub(crate) const fn new(diagnostics: Vec<Diagnostic>) -> Self {
        Self { diagnostics }
    }

    /// Errors and warnings in the order of the text.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The errors in the order of the text.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The warnings in the order of the text.
    pub fn warnings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == Severity::Warning)
    }

    /// All diagnostics with the lines of the document they are about. `source` is the text that was
    /// parsed.
    #[must_use]
    pub fn render(&self, source: &str) -> String {
        render::render(&self.diagnostics, source)
    }
}

/// Diagnostics with the lines of the document they are about, as for
/// [`Sdl::warnings`](crate::Sdl::warnings). `source` is the text that was parsed.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], source: &str) -> String {
    render::render(diagnostics, source)
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, diagnostic) in self.diagnostics.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            diagnostic.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Report {}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.diagnostics.serialize(serializer)
    }
}
