//! `command` and `entrypoint`, and what Kubernetes makes of dollar signs.

use super::item::At;
use super::loss::{LossCode, Notes};
use super::words;

/// The words of a text or list; none if the value is neither.
pub(super) fn read(at: At<'_>, notes: &mut Notes<'_>) -> Option<Vec<String>> {
    if let Some(text) = at.text() {
        let Some(words) = words::split(text) else {
            notes.fault(
                at,
                "the command cannot be split into words: close its quotes, or write it as a list",
            );
            return None;
        };
        if words.cut {
            notes.lose(
                LossCode::ShellOperator,
                at,
                "everything from the first `;`, `&`, `|`, `<` or `>` outside quotes is cut, as compose \
                 does: run a shell, such as `sh -c \"...\"`",
            );
        }
        return Some(words.words);
    }
    if !at.is_list() {
        notes.fault(at, "a command is a text or a list of texts");
        return None;
    }
    Some(texts(at, notes))
}

/// The texts of a list.
pub(super) fn texts(at: At<'_>, notes: &mut Notes<'_>) -> Vec<String> {
    let mut texts = Vec::new();
    if at.is_map() {
        notes.fault(at, "a list of texts belongs here");
    }
    for item in at.items() {
        match item.text() {
            Some(text) => texts.push(text.to_owned()),
            None => notes.fault(item, "a text belongs here"),
        }
    }
    texts
}

/// The text that Kubernetes turns into the given one: it reads `$$` as `$` and `$(NAME)` as a variable
/// in commands, arguments and environment.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(c);
        if c == '$' && matches!(chars.peek(), Some('$' | '(')) {
            out.push('$');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    /// As k8s.io/kubernetes `third_party/forked/golang/expansion` without any variable that is set.
    fn expand(text: &str) -> String {
        text.replace("$$", "$")
    }

    #[test]
    fn dollars_survive() {
        for text in [
            "", "a", "$", "$HOME", "$$", "$$$", "$(date)", "a$$(b)$", "$($$)",
        ] {
            assert_eq!(expand(&escape(text)), text, "{text}");
        }
    }
}
