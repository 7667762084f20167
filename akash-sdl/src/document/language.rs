//! The `version` of a document and what it selects.

use super::entries::Spanned;
use crate::yaml::Span;

/// Which rules apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dialect {
    /// 2.0: a resource unit for each service.
    V2_0,
    /// 2.1 and later: services that share a compute profile in a placement share a resource unit.
    V2_1,
}

/// The version as written and the rules it selects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// The text of `version`.
    pub text: Spanned<String>,
    /// The rules.
    pub dialect: Dialect,
}

impl From<Dialect> for Language {
    fn from(dialect: Dialect) -> Self {
        let text = match dialect {
            Dialect::V2_0 => "2.0",
            Dialect::V2_1 => "2.1",
        };
        Self {
            text: text.to_owned().into(),
            dialect,
        }
    }
}

/// Why a version is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LanguageError {
    /// It is no semantic version.
    Malformed,
    /// It is one that no rules exist for.
    Unsupported,
}

impl Language {
    pub(super) fn parse(text: &str, span: Span) -> Result<Self, LanguageError> {
        // nearly all write one of these
        let dialect = match text {
            "2.0" => Dialect::V2_0,
            "2.1" => Dialect::V2_1,
            _ => Self::dialect(text)?,
        };
        Ok(Self {
            text: Spanned::new(text.to_owned(), span),
            dialect,
        })
    }

    fn dialect(text: &str) -> Result<Dialect, LanguageError> {
        let version = Semantic::parse(text).ok_or(LanguageError::Malformed)?;
        match (version.numbers, version.prerelease) {
            ([2, 0, 0], false) => Ok(Dialect::V2_0),
            ([2, 1, 0], true) => Err(LanguageError::Unsupported),
            (numbers, _) if numbers >= [2, 1, 0] => Ok(Dialect::V2_1),
            _ => Err(LanguageError::Unsupported),
        }
    }

    /// Whether it is a version above 2.1, which has no rules of its own.
    pub(super) fn is_newer(&self) -> bool {
        self.dialect == Dialect::V2_1
            && Semantic::parse(&self.text).is_some_and(
                |Semantic {
                     numbers: [major, minor, _],
                     ..
                 }| [major, minor] > [2, 1],
            )
    }
}

/// As much of a semantic version as the rules ask for.
struct Semantic {
    numbers: [u64; 3],
    prerelease: bool,
}

impl Semantic {
    /// Reads as blang/semver's `ParseTolerant` does.
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix('v').unwrap_or(text);
        let parts: Vec<&str> = text.splitn(3, '.').collect();
        if parts.len() < 3 && parts.last().is_some_and(|part| part.contains(['+', '-'])) {
            return None;
        }
        let mut numbers = [0; 3];
        let mut prerelease = false;
        for (at, (number, part)) in numbers.iter_mut().zip(&parts).enumerate() {
            let (mut digits, mut build, mut pre) = (*part, None, None);
            if at == 2 {
                if let Some((before, after)) = digits.split_once('+') {
                    (digits, build) = (before, Some(after));
                }
                if let Some((before, after)) = digits.split_once('-') {
                    (digits, pre) = (before, Some(after));
                }
            }
            // Leading zeros are stripped from the whole part, and one is put back where no digit
            // is left: "-x" reads as "0-x".
            let digits = match digits.trim_start_matches('0') {
                "" if part.len() > 1 => "0",
                _ if part.len() == 1 => digits,
                stripped => stripped,
            };
            if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return None;
            }
            *number = digits.parse().ok()?;
            if let Some(build) = build
                && !build.split('.').all(is_identifier)
            {
                return None;
            }
            if let Some(pre) = pre {
                prerelease = true;
                if !pre.split('.').all(is_prerelease) {
                    return None;
                }
            }
        }
        Some(Self {
            numbers,
            prerelease,
        })
    }
}

fn is_identifier(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// Numbers among the identifiers have no leading zeros and fit 64 bits.
fn is_prerelease(part: &str) -> bool {
    is_identifier(part)
        && (!part.bytes().all(|b| b.is_ascii_digit())
            || part.len() == 1
            || !part.starts_with('0') && part.parse::<u64>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialect(text: &str) -> Result<Dialect, LanguageError> {
        Language::parse(text, Span::default()).map(|language| language.dialect)
    }

    #[test]
    fn versions() {
        for text in [
            "2",
            "2.0",
            "2.0.0",
            "v2",
            "02.00",
            "2.0.0+x",
            " 2.0 ",
            "2.0.00",
            "2.0.+x",
            "2.0.0+0.01",
        ] {
            assert_eq!(dialect(text), Ok(Dialect::V2_0), "{text}");
        }
        for text in [
            "2.1",
            "2.1.9",
            "2.2.0-rc.1",
            "3.0",
            "3",
            "2.1.0+a",
            "10",
            "2.01",
        ] {
            assert_eq!(dialect(text), Ok(Dialect::V2_1), "{text}");
        }
        for text in [
            "1.0",
            "2.0.5",
            "2.0.0-beta",
            "2.1.0-rc1",
            "0",
            "1.9.9",
            "2.1.0-0",
        ] {
            assert_eq!(dialect(text), Err(LanguageError::Unsupported), "{text}");
        }
        for text in [
            "latest",
            "2.",
            "+2.0",
            "2.1-rc1",
            "",
            "V2",
            "2.0.0.0",
            "2..0",
            ".0",
            "2.0.0-",
            "2.0.0-01",
            "2.0.0+",
            "vv2",
            "-2",
            "2.0.0-a..b",
            "99999999999999999999",
        ] {
            assert_eq!(dialect(text), Err(LanguageError::Malformed), "{text}");
        }
    }
}
