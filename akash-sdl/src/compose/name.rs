//! Names that Kubernetes takes.

use std::collections::BTreeSet;

/// A DNS label near the name: lower-case letters, digits and `-`, a letter first, at most 63.
pub(super) fn label(name: &str) -> String {
    let mut label = String::with_capacity(name.len());
    for c in name.chars() {
        let c = c.to_ascii_lowercase();
        if label.len() >= 50 {
            break;
        }
        if c.is_ascii_lowercase() || c.is_ascii_digit() {
            label.push(c);
        } else if !label.ends_with('-') {
            label.push('-');
        }
    }
    let label = label.trim_matches('-');
    if label.starts_with(|c: char| c.is_ascii_lowercase()) {
        label.to_owned()
    } else {
        format!("s-{label}").trim_end_matches('-').to_owned()
    }
}

/// The name, or the name with a number, so that it is not taken yet; takes it.
pub(super) fn unique(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut candidate = name.to_owned();
    let mut number = 2_u32;
    while !taken.insert(candidate.clone()) {
        candidate = format!("{name}-{number}");
        number = number.saturating_add(1);
    }
    candidate
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::is_service_name;

    #[test]
    fn labels() {
        for (name, wanted) in [
            ("web", "web"),
            ("My_App.1", "my-app-1"),
            ("1st", "s-1st"),
            ("__", "s"),
            ("é", "s"),
            ("a--b_", "a-b"),
        ] {
            assert_eq!(label(name), wanted);
            assert!(is_service_name(&label(name)));
        }
        let mut taken = BTreeSet::new();
        assert_eq!(unique("a", &mut taken), "a");
        assert_eq!(unique("a", &mut taken), "a-2");
        assert_eq!(unique("a", &mut taken), "a-3");
    }
}
