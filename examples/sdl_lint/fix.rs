//! Making the changes that diagnostics suggest.

use crate::report::Found;
use akash_sdl::edit::{self, Edit};

/// A change may bring another to light; more rounds than these are no repair.
const ROUNDS: usize = 16;

/// A text with all suggested changes made that leave no more errors than there were, and how many
/// these are.
pub(crate) fn fix(text: &str, strict: bool) -> (String, usize) {
    let (mut text, mut made) = (text.to_owned(), 0);
    for _ in 0..ROUNDS {
        let before = Found::of(String::new(), text.as_bytes(), strict);
        let errors = before.errors();
        let helped = |edits: &[Edit]| {
            let after = edit::apply(&text, edits).ok()?;
            let left = Found::of(String::new(), after.as_bytes(), strict).errors();
            (left <= errors).then_some(after)
        };
        let suggested = before.suggestions();
        let mut edits = suggested.clone();
        if helped(&edits).is_none() {
            edits.clear();
            for edit in suggested {
                edits.push(edit);
                if helped(&edits).is_none() {
                    edits.pop();
                }
            }
        }
        match helped(&edits) {
            Some(after) if after != text => {
                made += edits.len();
                text = after;
            }
            _ => break,
        }
    }
    (text, made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn suggestions_are_made_with_comments_kept() {
        let text = akash_sdl::EXAMPLE
            .replace("512Mi", "512mi # much")
            .replace("profile: small", "profile: smal")
            .replace("units: 0.5", "unit: 0.5");
        let (fixed, made) = fix(&text, false);
        assert_eq!(fixed, akash_sdl::EXAMPLE.replace("512Mi", "512Mi # much"));
        assert_eq!(made, 3);
    }

    #[test]
    fn a_second_run_finds_nothing_and_nothing_gets_worse() {
        let vectors = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors");
        let (mut files, mut repaired, mut right) = (0, 0, 0);
        for folder in ["diagnostics", "sdl/valid", "sdl/invalid", "sdl/extra"] {
            for entry in fs::read_dir(format!("{vectors}/{folder}")).unwrap() {
                let path = entry.unwrap().path();
                let Ok(text) = fs::read_to_string(&path) else {
                    continue;
                };
                if path.extension().is_none_or(|kind| kind != "yaml") {
                    continue;
                }
                for strict in [false, true] {
                    let errors =
                        |text: &str| Found::of(String::new(), text.as_bytes(), strict).errors();
                    let (fixed, made) = fix(&text, strict);
                    assert_eq!(
                        fix(&fixed, strict),
                        (fixed.clone(), 0),
                        "{}",
                        path.display()
                    );
                    assert!(errors(&fixed) <= errors(&text), "{}", path.display());
                    assert_eq!(made > 0, fixed != text, "{}", path.display());
                    files += 1;
                    repaired += usize::from(made > 0);
                    right += usize::from(errors(&text) > 0 && errors(&fixed) == 0);
                }
            }
        }
        assert!(
            files > 1000 && repaired > 100 && right > 50,
            "{files} {repaired} {right}"
        );
    }
}
