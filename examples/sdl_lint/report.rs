//! What was found, for people and for programs.

use akash_sdl::diagnostic::{self, Diagnostic, Severity, codes};
use akash_sdl::{Sdl, Version};
use serde_json::json;

/// What was found in one file.
pub(crate) struct Found {
    name: String,
    source: String,
    version: Option<Version>,
    diagnostics: Vec<Diagnostic>,
}

impl Found {
    pub(crate) fn of(name: String, bytes: &[u8], strict: bool) -> Self {
        let read = if strict {
            Sdl::parse_strict(bytes)
        } else {
            Sdl::parse(bytes)
        };
        let (version, diagnostics) = match read {
            Ok(sdl) => (Some(sdl.version()), sdl.warnings().to_vec()),
            Err(report) => (None, report.diagnostics().to_vec()),
        };
        Self {
            name,
            source: String::from_utf8_lossy(bytes).into_owned(),
            version,
            diagnostics,
        }
    }

    fn count(&self, severity: Severity) -> usize {
        let all = self.diagnostics.iter();
        all.filter(|one| one.severity == severity).count()
    }

    /// The lines they are about, under the name of the file; nothing for a clean one.
    pub(crate) fn text(&self) -> String {
        if self.diagnostics.is_empty() {
            return String::new();
        }
        let shown = diagnostic::render(&self.diagnostics, &self.source);
        format!("{}:\n\n{shown}\n", self.name)
    }

    pub(crate) fn json(&self) -> String {
        let line = json!({
            "file": self.name,
            "ok": self.version.is_some(),
            "version": self.version.map(|version| version.to_string()),
            "diagnostics": self.diagnostics,
        });
        format!("{line}\n")
    }
}

/// Sums over all files.
#[derive(Default)]
pub(crate) struct Sum {
    pub(crate) errors: usize,
    files: usize,
    warnings: usize,
}

impl Sum {
    pub(crate) fn add(&mut self, found: &Found) {
        self.files += 1;
        self.errors += found.count(Severity::Error);
        self.warnings += found.count(Severity::Warning);
    }

    pub(crate) fn text(&self) -> String {
        let count = |number: usize, what: &str| match number {
            0 => format!("no {what}s"),
            1 => format!("1 {what}"),
            _ => format!("{number} {what}s"),
        };
        format!(
            "{} in {}, {}\n",
            count(self.errors, "error"),
            count(self.files, "file"),
            count(self.warnings, "warning")
        )
    }
}

/// Every code with what it means and an example.
pub(crate) fn codes() -> String {
    let all = codes::ALL.iter().zip(codes::EXAMPLES);
    all.map(|((code, meaning), (_, example))| {
        format!("{code}\n   {}\n    {example}\n", meaning.trim_end())
    })
    .collect()
}
