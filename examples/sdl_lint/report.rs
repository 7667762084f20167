//! What was found, for people and for programs.

use akash_sdl::diagnostic::{self, Diagnostic, Edit, Severity, codes};
use akash_sdl::{Sdl, Version};
use serde_json::json;

/// What was found in one file.
pub(crate) struct Found {
    name: String,
    source: String,
    version: Option<Version>,
    diagnostics: Vec<Diagnostic>,
    fixed: usize,
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
            fixed: 0,
        }
    }

    /// The same, of a file in which so many changes were made.
    pub(crate) fn with_fixed(mut self, fixed: usize) -> Self {
        self.fixed = fixed;
        self
    }

    pub(crate) fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    pub(crate) fn suggestions(&self) -> Vec<Edit> {
        let all = self.diagnostics.iter();
        all.filter_map(|one| one.suggestion.clone()).collect()
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
            "fixed": self.fixed,
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
    fixed: usize,
}

impl Sum {
    pub(crate) fn add(&mut self, found: &Found) {
        self.files += 1;
        self.errors += found.errors();
        self.fixed += found.fixed;
        self.warnings += found.count(Severity::Warning);
    }

    /// The sums, with the changes made if any were asked for.
    pub(crate) fn text(&self, fix: bool) -> String {
        let count = |number: usize, what: &str, plural: &str| match number {
            0 => format!("no {what}{plural}"),
            1 => format!("1 {what}"),
            _ => format!("{number} {what}{plural}"),
        };
        let mut text = format!(
            "{} in {}, {}",
            count(self.errors, "error", "s"),
            count(self.files, "file", "s"),
            count(self.warnings, "warning", "s")
        );
        if fix {
            text.push_str(&format!(", {} made", count(self.fixed, "fix", "es")));
        }
        text + "\n"
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
