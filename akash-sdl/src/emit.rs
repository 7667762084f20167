//! Writing a document as YAML text that comes to the same groups, manifest and version (feature
//! `emit`).
//!
//! The text is written by the `yaml_serde` library, which quotes by the rules of YAML 1.2. Where a
//! text in its form would read back as something else under YAML 1.1, as the chain reads, this
//! module writes the text in double quotes itself.

mod quoted;

use serde_yaml::{Mapping, Value};

use crate::document::Document;
use crate::tree::Node;

use quoted::Quoted;

/// The library that writes YAML refused a document. No document is known for which it does.
#[derive(Debug, thiserror::Error)]
#[error("the document could not be written as YAML: {0}")]
pub struct EmitError(#[from] serde_yaml::Error);

/// Writes a document in one plain style: sections in the usual order, names sorted, quantities as
/// they were read, comments and anchors gone.
///
/// ```
/// let sdl = akash_sdl::parse(akash_sdl::EXAMPLE)?;
/// let text = akash_sdl::emit::emit(sdl.document())?;
/// assert!(text.contains("    image: nginx:1.27\n"));
/// assert_eq!(akash_sdl::parse(&text)?.version(), sdl.version());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`EmitError`], if the library refuses.
pub fn emit(document: &Document) -> Result<String, EmitError> {
    write(&Node::document(document))
}

fn write(tree: &Node<'_>) -> Result<String, EmitError> {
    let mut quoted = Quoted::of(tree);
    let value = value(tree, &mut quoted);
    let text = serde_yaml::to_string(&value)?;
    Ok(quoted.put_back(text))
}

fn value<'d>(node: &'d Node<'d>, quoted: &mut Quoted<'d>) -> Value {
    match node {
        Node::Null => Value::Null,
        Node::Flag(value) => Value::Bool(*value),
        Node::Number(value) => Value::Number((*value).into()),
        Node::Text(text) => Value::String(quoted.value(text)),
        Node::List(items) => items.iter().map(|item| value(item, quoted)).collect(),
        Node::Map(entries) => {
            let mut map = Mapping::with_capacity(entries.len());
            for (key, item) in entries {
                let key = Value::String(quoted.key(key));
                map.insert(key, value(item, quoted));
            }
            Value::Mapping(map)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml;
    use proptest::prelude::*;
    use std::borrow::Cow;

    fn text() -> impl Strategy<Value = String> {
        const HOSTILE: &[&str] = &[
            "",
            "no",
            "Yes",
            "off",
            "y",
            "0777",
            "08",
            "1e3",
            "1_000",
            "0o7",
            "0x1F",
            "+1",
            "-.5",
            ".inf",
            ".NaN",
            "<<",
            "~",
            "null",
            "NULL",
            "true",
            "2026-05-06",
            "1:30",
            "=",
            "- a",
            "-",
            "?",
            "? a",
            ": a",
            "a: b",
            "a:",
            "a #b",
            "#a",
            "&a",
            "*a",
            "!a",
            "!!str a",
            "|",
            ">",
            "%a",
            "@a",
            "`a",
            "'",
            "\"",
            "[a",
            "{a",
            "a]",
            "a, b",
            "a\nb",
            "a\n",
            "\na",
            "a\n\n",
            "\n",
            " a",
            "a ",
            "a\n b",
            " a\nb",
            "\ta\nb",
            "a\tb",
            "a \nb",
            "a\r\nb",
            "\r",
            "a\u{85}b",
            "a\u{2028}b\n",
            "\u{2029}",
            "\u{feff}a",
            "\0",
            "\u{7f}",
            "\u{1b}[1m",
            "\u{fffe}",
            "---",
            "--- a",
            "...",
            "a\n--- b\n",
            "a\n...\n",
            "---\nb",
            "Q0-0Q",
            "Q1-12QQ",
            "\u{a0}",
            "é",
            "\u{1f600}",
        ];
        prop_oneof![
            prop::sample::select(HOSTILE).prop_map(str::to_owned),
            any::<String>(),
            "[ -~\n\t]{0,12}",
            "[ab\n \t\r\u{85}\u{2028}:#-]{0,10}",
            Just("Q0-".repeat(60)),
            "[a: \n]{120,140}",
        ]
    }

    fn node() -> impl Strategy<Value = Node<'static>> {
        let leaf = prop_oneof![
            1 => Just(Node::Null),
            1 => any::<bool>().prop_map(Node::Flag),
            1 => any::<u64>().prop_map(Node::Number),
            8 => text().prop_map(|text| Node::Text(Cow::Owned(text))),
        ];
        leaf.prop_recursive(4, 24, 5, |inner| {
            let entry = (text().prop_map(|key| &*key.leak()), inner.clone());
            prop_oneof![
                prop::collection::vec(inner, 0..5).prop_map(Node::List),
                prop::collection::vec(entry, 0..5).prop_map(|mut entries| {
                    entries.sort_by_key(|(key, _)| *key);
                    entries.dedup_by_key(|(key, _)| *key);
                    Node::Map(entries)
                }),
            ]
        })
    }

    fn read(node: yaml::Node<'_, '_>) -> Node<'static> {
        use yaml::{Kind, Resolved};
        match node.kind() {
            Kind::Sequence => Node::List(node.items().map(read).collect()),
            Kind::Mapping => Node::Map(
                node.pairs()
                    .map(|(key, value)| {
                        assert!(!key.is_merge());
                        let key = key.decode_str().unwrap().unwrap().into_owned();
                        (&*key.leak(), read(value))
                    })
                    .collect(),
            ),
            Kind::Scalar | Kind::Alias => match node.resolve().unwrap() {
                Resolved::Null => Node::Null,
                Resolved::Bool(value) => Node::Flag(value),
                Resolved::Int(value) => Node::Number(value.try_into().unwrap()),
                Resolved::Uint(value) => Node::Number(value),
                Resolved::Str(text) => Node::Text(Cow::Owned(text.to_owned())),
                other => panic!("{other:?}"),
            },
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]
        #[test]
        fn what_is_written_reads_back(tree in node()) {
            let text = write(&tree).unwrap();
            let again = yaml::parse(text.as_bytes());
            let again = again.map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
            prop_assert_eq!(read(again.root()), tree.clone(), "{}", text);

            let json = tree.to_json();
            let again = yaml::parse(json.as_bytes());
            let again = again.map_err(|error| TestCaseError::fail(format!("{error}\n{json}")))?;
            prop_assert_eq!(read(again.root()), tree, "{}", json);
        }
    }

    #[test]
    fn words_of_other_readers_are_quoted() {
        for word in ["y", "NO", "On", "off", "yes", "2026-05-06", "1_000", "<<"] {
            let text = write(&Node::Text(Cow::Borrowed(word))).unwrap();
            assert!(text.starts_with(['"', '\'']), "{text}");
        }
    }
}
