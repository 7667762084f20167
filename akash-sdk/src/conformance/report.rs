use crate::chain::ChainError;
use std::fmt;

/// What became of a suite's checks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[must_use = "a report says whether the implementation conforms"]
pub struct Report {
    /// The checks, in the order in which they were made.
    pub checks: Vec<Check>,
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Its name, such as `submit::lands_once`.
    pub name: &'static str,
    /// What became of it.
    pub verdict: Verdict,
}

/// What became of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The implementation does as it should.
    Passed,
    /// It says that it lacks what the check needs, which is its right.
    Skipped {
        /// What it lacks.
        what: String,
    },
    /// It does not do as it should.
    Failed(Failure),
}

/// What was wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// A call that should have succeeded failed.
    #[error("{doing} failed: {error}")]
    Error {
        /// What was being done.
        doing: String,
        /// The implementation's words.
        error: String,
    },
    /// A call answered something else than it should.
    #[error("{expected} was expected, {found} was found")]
    Contract {
        /// What should have been.
        expected: String,
        /// What was.
        found: String,
    },
}

/// Why a check ends before its end.
#[derive(Debug)]
pub(super) enum Stop {
    Skip(String),
    Fail(Failure),
}

/// What a check gives.
pub(super) type Checked<T = ()> = Result<T, Stop>;

impl From<Checked> for Verdict {
    fn from(checked: Checked) -> Self {
        match checked {
            Ok(()) => Self::Passed,
            Err(Stop::Skip(what)) => Self::Skipped { what },
            Err(Stop::Fail(failure)) => Self::Failed(failure),
        }
    }
}

/// Says what was being done when a call failed.
pub(super) trait Doing<T> {
    fn doing(self, what: &str) -> Checked<T>;
}

impl<T> Doing<T> for Result<T, ChainError> {
    fn doing(self, what: &str) -> Checked<T> {
        self.map_err(|error| match error {
            ChainError::Unsupported { what } => Stop::Skip(what),
            error => Stop::Fail(Failure::Error {
                doing: what.to_owned(),
                error: error.to_string(),
            }),
        })
    }
}

/// Ends the check unless `holds`.
pub(super) fn ensure(holds: bool, expected: &str, found: impl fmt::Debug) -> Checked {
    if holds {
        return Ok(());
    }
    Err(Stop::Fail(Failure::Contract {
        expected: expected.to_owned(),
        found: format!("{found:?}"),
    }))
}

impl Report {
    /// Whether no check failed.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.failures().next().is_none()
    }

    /// The checks that failed, with what was wrong.
    pub fn failures(&self) -> impl Iterator<Item = (&'static str, &Failure)> {
        self.checks.iter().filter_map(|check| match &check.verdict {
            Verdict::Failed(failure) => Some((check.name, failure)),
            Verdict::Passed | Verdict::Skipped { .. } => None,
        })
    }

    /// The checks that were skipped, with what the implementation lacks.
    pub fn skipped(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.checks.iter().filter_map(|check| match &check.verdict {
            Verdict::Skipped { what } => Some((check.name, what.as_str())),
            Verdict::Passed | Verdict::Failed(_) => None,
        })
    }

    pub(super) fn note(&mut self, name: &'static str, checked: Checked) {
        self.checks.push(Check {
            name,
            verdict: checked.into(),
        });
    }
}

/// One line a check.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Check { name, verdict } in &self.checks {
            match verdict {
                Verdict::Passed => writeln!(f, "passed  {name}")?,
                Verdict::Skipped { what } => writeln!(f, "skipped {name}: {what}")?,
                Verdict::Failed(failure) => writeln!(f, "FAILED  {name}: {failure}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_tells_lacks_from_faults() {
        let mut report = Report::default();
        report.note("a", Ok(()));
        let lacking: Result<(), _> = Err(ChainError::Unsupported {
            what: "lists".to_owned(),
        });
        report.note("b", lacking.doing("listing"));
        assert!(report.passed());
        assert_eq!(report.skipped().collect::<Vec<_>>(), [("b", "lists")]);
        report.note("c", ensure(false, "1", 2));
        assert!(!report.passed());
        assert_eq!(
            report.to_string(),
            "passed  a\nskipped b: lists\nFAILED  c: 1 was expected, 2 was found\n"
        );
    }
}
