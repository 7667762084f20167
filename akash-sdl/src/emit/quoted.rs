//! Texts that the library's form would change.
//!
//! The library offers no way to ask for a quoting style. A text that needs double quotes is handed
//! to it as a stand-in, a plain word that no text of the document contains, and put back behind it.

use std::collections::BTreeSet;

use crate::quote;
use crate::tree::Node;
use crate::yaml::{self, Kind, Resolved};

/// Longest key that the library writes without a `?` before it, in bytes, and what YAML allows
/// without (in characters) is more than that.
const SIMPLE_KEY: usize = 128;

/// The texts that stand-ins stand for.
pub(super) struct Quoted<'d> {
    /// What each stand-in begins with.
    mark: String,
    texts: Vec<&'d str>,
}

impl<'d> Quoted<'d> {
    /// Finds a mark that no text of the tree contains. Escapes and indicators cannot make one.
    pub(super) fn of(tree: &Node<'_>) -> Self {
        let mut taken = BTreeSet::new();
        collect(tree, &mut taken);
        let mut number = 0u64;
        while taken.contains(&number) {
            number += 1;
        }
        Self {
            mark: format!("Q{number}-"),
            texts: Vec::new(),
        }
    }

    /// A text as a value: itself, or a stand-in.
    pub(super) fn value(&mut self, text: &'d str) -> String {
        // The library leaves words as they are, which saves the closer look.
        if quote::is_word(text) || reads_back_as_item(text) {
            return text.to_owned();
        }
        self.stand_in(text)
    }

    /// A text as the key of a map: itself, or a stand-in.
    pub(super) fn key(&mut self, text: &'d str) -> String {
        if quote::is_word(text) || reads_back_as_key(text) {
            return text.to_owned();
        }
        self.stand_in(text)
    }

    fn stand_in(&mut self, text: &'d str) -> String {
        let word = format!("{}{}", self.mark, self.texts.len());
        self.texts.push(text);
        // As long as the text, so that the library sees whether it makes a simple key.
        let width = text.len().min(SIMPLE_KEY).max(word.len()) + 1;
        format!("{word:Q<width$}")
    }

    /// Writes the texts where their stand-ins are.
    pub(super) fn put_back(&self, text: String) -> String {
        if self.texts.is_empty() {
            return text;
        }
        let mut pieces = text.split(self.mark.as_str());
        let mut out = String::with_capacity(text.len());
        out.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let (number, rest) = piece.split_once('Q').unwrap_or((piece, ""));
            let quoted = number.parse().ok().and_then(|at: usize| self.texts.get(at));
            quote::double(&mut out, quoted.copied().unwrap_or_default());
            out.push_str(rest.trim_start_matches('Q'));
        }
        out
    }
}

/// The numbers of the marks that stand in texts.
fn collect(node: &Node<'_>, taken: &mut BTreeSet<u64>) {
    let mut text = |text: &str| {
        for piece in text.split('Q').skip(1) {
            let number = piece.split_once('-').map(|(number, _)| number.parse());
            if let Some(Ok(number)) = number {
                taken.insert(number);
            }
        }
    };
    match node {
        Node::Null | Node::Flag(_) | Node::Number(_) => {}
        Node::Text(value) => text(value),
        Node::List(items) => items.iter().for_each(|item| collect(item, taken)),
        Node::Map(entries) => {
            entries.iter().for_each(|(key, _)| text(key));
            entries.iter().for_each(|(_, value)| collect(value, taken));
        }
    }
}

fn reads_back_as_item(text: &str) -> bool {
    reads_back(serde_yaml::to_string(&[text]), text, |root| {
        root.items().next()
    })
}

fn reads_back_as_key(text: &str) -> bool {
    let map = core::iter::once((text, ())).collect::<std::collections::BTreeMap<_, _>>();
    reads_back(serde_yaml::to_string(&map), text, |root| {
        Some(root.pairs().next()?.0)
    })
}

/// Whether what the library made of a text is that text again, and not by a plain flag word.
fn reads_back(
    written: Result<String, serde_yaml::Error>,
    text: &str,
    find: impl for<'t, 'a> Fn(yaml::Node<'t, 'a>) -> Option<yaml::Node<'t, 'a>>,
) -> bool {
    let Ok(written) = written else {
        return false;
    };
    // Breaks that no editor shows as such: they read back, but nobody sees what is there.
    if written.contains(['\r', '\u{85}', '\u{2028}', '\u{2029}']) {
        return false;
    }
    let Ok(tree) = yaml::parse(written.as_bytes()) else {
        return false;
    };
    find(tree.root()).is_some_and(|node| {
        node.kind() == Kind::Scalar
            && node.resolve() == Ok(Resolved::Str(text))
            && !(node.style() == yaml::Style::Plain && quote::is_flag(text))
    })
}
