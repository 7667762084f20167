//! The YAML reader against what yaml.v3 v3.0.1 makes of the same texts.

use akash_sdl::yaml::{self, ErrorKind, Limits, Value};
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

/// The value as the golden data writes it.
fn golden(value: &Value<'_>) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => json!(value),
        Value::Int(value) => json!(value),
        Value::Uint(value) => json!(value),
        Value::Float(value) if value.is_nan() => json!("NaN"),
        Value::Float(value) if value.is_infinite() => {
            json!(if *value > 0.0 { "+Inf" } else { "-Inf" })
        }
        Value::Float(value) => json!(value),
        Value::Str(text) => json!(text),
        Value::Timestamp(time) => json!(format!("TIME {time}")),
        Value::Binary(bytes) => json!(bytes.utf8_chunks().fold(String::new(), |text, chunk| {
            text + chunk.valid() + &"\u{FFFD}".repeat(chunk.invalid().len())
        })),
        Value::Seq(items) => items.iter().map(golden).collect(),
        Value::Map(entries) => {
            let texts = entries.iter().all(|(key, _)| matches!(key, Value::Str(_)));
            let key = |key: &Value<'_>| match key {
                Value::Str(text) if texts => text.to_string(),
                Value::Str(text) => format!("string:{text}"),
                Value::Null => "<nil>:<nil>".to_owned(),
                Value::Bool(value) => format!("bool:{value}"),
                Value::Int(value) => format!("int:{value}"),
                Value::Uint(value) => format!("uint64:{value}"),
                Value::Float(value) => format!("float64:{value}"),
                Value::Timestamp(time) => format!("time.Time:{time}"),
                other => format!("{other:?}"),
            };
            Json::Object(
                entries
                    .iter()
                    .map(|(k, v)| (key(k), golden(v)))
                    .collect::<Map<_, _>>(),
            )
        }
    }
}

/// Numbers compare as numbers.
fn same(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Json::Array(a), Json::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

fn check(file: &str, name: &str) -> usize {
    let path = format!("{}/../vectors/yaml/{file}", env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Vec::new();
    let cases = std::fs::read_to_string(path).unwrap();
    for line in cases.lines() {
        let case: Json = serde_json::from_str(line).unwrap();
        let text = match case["yaml"].as_str() {
            Some(text) => text.as_bytes().to_vec(),
            None => bytes_of(case["yaml_base64"].as_str().unwrap()),
        };
        let tree = yaml::parse(&text);
        let found = tree
            .as_ref()
            .map_err(Clone::clone)
            .and_then(yaml::Tree::to_value);
        let equal = match &found {
            Ok(value) => case["ok"] == true && same(&golden(value), &case["value"]),
            Err(_) => case["ok"] == false,
        };
        if !equal {
            wrong.push(format!("{}: expected {case}\nfound {found:?}", case[name]));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(5)].join("\n\n")
    );
    cases.lines().count()
}

/// The bytes of a base64 text, by way of a `!!binary` value.
fn bytes_of(base64: &str) -> Vec<u8> {
    let text = format!("!!binary {base64}");
    let tree = yaml::parse(text.as_bytes()).unwrap();
    tree.root().decode_bytes().unwrap().unwrap().into_owned()
}

#[test]
fn hand_written_cases() {
    assert_eq!(check("yaml_v3_probes.jsonl", "name"), 101);
}

#[test]
fn mutated_documents() {
    assert_eq!(check("yaml_v3_mutated.jsonl", "id"), 3000);
}

/// Texts that went to yaml.v3 v3.0.1 for what the golden data does not reach.
#[test]
fn corners() {
    let accepted: &[(&[u8], Json)] = &[
        // Two tokens behind the document are looked at, no more.
        (b"a\n---\nb\n--- `", json!("a")),
        (b"[a] b", json!(["a"])),
        // A key that begins with an empty flow collection is not waited for.
        (b"[]  b: \\n!!seq !<x> ", json!([])),
        (b"a: 1\n# c\n\t# d\nb: 2\n", json!({"a": 1, "b": 2})),
        (b"\xFF\xFEa\0:\0 \0\xE9\0", json!({"a": "\u{e9}"})),
        (
            b"\xFE\xFF\0a\0:\0 \xD8\x3D\xDE\0",
            json!({"a": "\u{1f600}"}),
        ),
        (
            b"x: &a [1]\ny: {<<: {p: *a}, q: *a}\n",
            json!({"x": [1], "y": {"p": [1], "q": [1]}}),
        ),
        // Own keys count as what they mean on their own, merged ones as text if the own ones are.
        (
            b"<<: {1: b, 2: c}\na: x\n",
            json!({"a": "x", "1": "b", "2": "c"}),
        ),
        (
            b"{1: a, <<: {1: b, 01: c, x: d}}",
            json!({"int:1": "a", "string:x": "d"}),
        ),
        (b"!!binary YQ==: 1\na: 2\n", json!({"a": 2})),
        (b"&k a: 1\n*k : 2\n", json!({"a": 2})),
        (
            b"- .1_2\n- 0b-11\n- +.inf\n- !!float 1\n",
            json!([0.12, -3, "+Inf", 1]),
        ),
    ];
    for (text, expected) in accepted {
        let tree = yaml::parse(text).unwrap();
        let found = golden(&tree.to_value().unwrap());
        assert!(
            same(&found, expected),
            "{}: {found}",
            String::from_utf8_lossy(text)
        );
    }
    let refused: &[&[u8]] = &[
        b"a\n---\n`",
        b"a: # c\n\t# d\n  b: 1",
        b"&a [*a]",
        b"{1: a, 01: b, 1: c}",
        b"<<: {1: a, 1: b}\nc: d\n",
        b"a: !!int x",
        b"a: !!binary x",
        b"a: 1\n\tb: 2\n",
    ];
    for text in refused {
        let tree = yaml::parse(text);
        assert!(
            tree.is_err() || tree.unwrap().to_value().is_err(),
            "{}",
            String::from_utf8_lossy(text)
        );
    }
}

/// Forbidden characters behind the first document show only if the 512 bytes they stand in are read.
#[test]
fn forbidden_characters_behind_the_document() {
    for (filler, seen) in [(100, true), (600, false)] {
        let mut text = b"a: 1\n---\nb: 2\nc: ".to_vec();
        text.extend(std::iter::repeat_n(b'x', filler));
        text.push(0x07);
        assert_eq!(yaml::parse(&text).is_err(), seen, "{filler}");
    }
}

#[test]
fn depth_is_bounded_without_recursion() {
    for open in ["[", "{a: ", "- ", "? "] {
        let text = open.repeat(100_000);
        assert!(yaml::parse(text.as_bytes()).is_err(), "{open}");
    }
    // Aliases nest further than the text does.
    let mut text = "- &a0 [x]\n".to_owned();
    for level in 1..2000 {
        text += &format!("- &a{level} [*a{}]\n", level - 1);
    }
    let tree = yaml::parse(text.as_bytes()).unwrap();
    let error = tree.to_value().unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::TooDeep { limit: 128 });
}

#[test]
fn the_deepest_document_fits_the_stack() {
    let limits = Limits {
        depth: u32::MAX,
        ..Limits::DEFAULT
    };
    let nested = |levels: usize| {
        format!(
            "{}1{}",
            "{<<: {a: ".repeat(levels / 2),
            "}}".repeat(levels / 2)
        )
    };
    let text = nested(512);
    let tree = yaml::parse_with(text.as_bytes(), &limits).unwrap();
    let value = tree.to_value().unwrap();
    assert_eq!(value.clone(), value);
    assert!(yaml::parse_with(nested(514).as_bytes(), &limits).is_err());
}

#[test]
fn spans_and_positions() {
    let text = "a: 'x y' # c\nb: &k !t [p, \"q\"]\nc: |\n  l\nd:\n- e: é\n  f:\n-\ng: *k\n";
    let tree = yaml::parse(text.as_bytes()).unwrap();
    let at = |node: yaml::Node<'_, '_>| {
        let span = node.span();
        text[span.start as usize..span.end as usize].to_owned()
    };
    let pairs: Vec<_> = tree.root().pairs().collect();
    assert_eq!(at(tree.root()), text.trim_end());
    let values: Vec<_> = pairs.iter().map(|&(_, value)| at(value)).collect();
    assert_eq!(
        values,
        ["'x y'", "[p, \"q\"]", "|\n  l\n", "- e: é\n  f:\n-", "*k"]
    );
    assert_eq!(pairs[1].1.tag(), Some("!t"));
    assert_eq!(pairs[1].1.anchor(), Some("k"));
    assert_eq!(pairs[4].1.alias_target(), Some(pairs[1].1));
    let items: Vec<_> = pairs[3].1.items().collect();
    let (_, missing) = items[0].pairs().nth(1).unwrap();
    assert!(missing.span().is_empty() && missing.is_null());
    assert_eq!(missing.position().to_string(), "7:5");
    assert_eq!(items[1].position().to_string(), "8:2");

    // A block ends behind the brackets that end it.
    let text = "a: {b: [c]}\n";
    let tree = yaml::parse(text.as_bytes()).unwrap();
    assert_eq!(tree.root().span().end, 11);
    check_spans(tree.root());
}

#[test]
fn typed_destinations() {
    let decode = |text: &str| {
        let tree = yaml::parse(text.as_bytes()).unwrap();
        let node = tree.root();
        let text = node
            .decode_str()
            .ok()
            .map(|text| text.map(|text| text.into_owned()));
        (text, node.decode_u32().ok(), node.decode_bool().ok())
    };
    let text = |text: &str| Some(Some(text.to_owned()));
    assert_eq!(decode("1.50"), (text("1.50"), Some(Some(1)), None));
    assert_eq!(decode("0100"), (text("0100"), Some(Some(64)), None));
    assert_eq!(decode("1_024"), (text("1_024"), Some(Some(1024)), None));
    assert_eq!(decode("-0.5"), (text("-0.5"), Some(Some(0)), None));
    assert_eq!(decode("-1"), (text("-1"), None, None));
    assert_eq!(
        decode("4294967295"),
        (text("4294967295"), Some(Some(u32::MAX)), None)
    );
    assert_eq!(decode("4294967296"), (text("4294967296"), None, None));
    assert_eq!(decode(".nan"), (text(".nan"), None, None));
    assert_eq!(decode("'80'"), (text("80"), None, None));
    assert_eq!(decode("yes"), (text("yes"), None, Some(Some(true))));
    assert_eq!(decode("'off'"), (text("off"), None, Some(Some(false))));
    assert_eq!(decode("'true'"), (text("true"), None, None));
    assert_eq!(decode("TRUE"), (text("TRUE"), None, Some(Some(true))));
    assert_eq!(decode("~"), (Some(None), Some(None), Some(None)));
    assert_eq!(decode("''"), (text(""), None, None));
    assert_eq!(decode("!!binary aGk="), (text("hi"), None, None));
    assert_eq!(decode("[1]"), (None, None, None));
    assert_eq!(decode("2026-05-06"), (text("2026-05-06"), None, None));
}

/// A scalar in double quotes that means exactly the text.
fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        ' '..='~' => c.to_string(),
        c => format!("\\U{:08x}", u32::from(c)),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

fn check_spans(node: yaml::Node<'_, '_>) {
    let span = node.span();
    assert!(
        node.tree()
            .source()
            .get(span.start as usize..span.end as usize)
            .is_some()
    );
    for child in node.children() {
        let inner = child.span();
        assert!(span.start <= inner.start);
        // A value left out may belong behind everything that is written.
        assert!(inner.end <= span.end || inner.is_empty());
        check_spans(child);
    }
}

fn read(text: &[u8]) {
    if let Ok(tree) = yaml::parse(text) {
        check_spans(tree.root());
        let _ = tree.to_value();
    }
}

const PIECES: &[&str] = &[
    ": ",
    "- ",
    "? ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "#",
    " ",
    "\t",
    "\n",
    "\r\n",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "&a ",
    "*a",
    "!",
    "!!int ",
    "!<x>",
    "%",
    "|",
    ">-",
    "'",
    "\"",
    "\\",
    "\\x4",
    "a",
    "é",
    "0x1",
    "---\n",
    "...\n",
    "<<: *a",
    "%YAML 1.1\n",
    "\u{7}",
    "~",
    "key: value\n",
    "  - item\n",
];

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        read(&bytes);
    }

    #[test]
    fn any_pieces_are_read_or_refused(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40)) {
        read(pieces.concat().as_bytes());
    }

    #[test]
    fn quoted_texts_keep_their_characters(text in ".*", indent in 0usize..5) {
        let document = format!("{:indent$}k: {}", "", quoted(&text));
        let tree = yaml::parse(document.as_bytes()).unwrap();
        let (_, value) = tree.root().pairs().next().unwrap();
        prop_assert_eq!(value.text(), text);
    }

    #[test]
    fn literal_blocks_keep_their_lines(lines in proptest::collection::vec("[!-~][ -~]{0,12}", 1..6)) {
        let text = lines.join("\n") + "\n";
        let block: String = lines.iter().map(|line| format!("   {line}\n")).collect();
        let document = format!("k: |\n{block}l: 1\n");
        let tree = yaml::parse(document.as_bytes()).unwrap();
        prop_assert_eq!(tree.root().pairs().next().unwrap().1.text(), text);
    }

    #[test]
    fn the_short_way_agrees_with_the_tokens(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..30)) {
        // A byte order mark further on turns the short way off and changes nothing else.
        let text = pieces.concat().replace(['\u{feff}', '\u{7}'], "");
        let marked = format!("{text}\n...\n#{:600}\u{feff}", "");
        let short = format!("{text}\n...\n#{:600}x", "");
        let value = |text: &str| {
            let tree = yaml::parse(text.as_bytes()).map_err(|error| error.kind().clone());
            tree.and_then(|tree| tree.to_value().map(|value| golden(&value)).map_err(|error| error.kind().clone()))
        };
        prop_assert_eq!(value(&marked), value(&short));
    }
}
