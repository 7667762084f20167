//! Changing texts: the new value is there, everything else is as it was, bytes and comments too.

use std::fs;
use std::path::Path as File;
use std::sync::LazyLock;

use akash_sdl::Sdl;
use akash_sdl::edit::{self, EditError, Path, Scalar, Step};
use akash_sdl::yaml::{self, Kind, Node, Span, Value};
use proptest::prelude::*;
use proptest::sample::{Index, select};

static DOCUMENTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut documents = vec![
        "a: # none\nb: ~\nc:\n- \n- x # c\n\n# d\n- {e: 1, f: , 'g': [h, \"i\"], j: []}\n".to_owned(),
        "k: |  # how\n  one\n   two\n\n# l\nm: >+\n  three\n\n\nn:\n- - 1\n  # o\n  - 2\n- p: q\n  r: s\n"
            .to_owned(),
        "a: &x 1\nb: *x\nc: &y {d: 2}\ne: {<<: *y, f: 3}\ng: !!str 4\nh: &z\n".to_owned(),
        "a:\r\n  b: 'c\r\n    d' # e\r\n  f: \"g\"\r\n  h:\r\n    i: j".to_owned(),
        "? a\n: b\n? [c]\n: d\n".to_owned(),
        "\u{feff}a: 1\nb: é # ü\n---\nc: [".to_owned(),
        "{a: 1, b: [2, 3, ], }".to_owned(),
        "- 1\n- \n".to_owned(),
        "plain".to_owned(),
    ];
    for folder in ["vectors/sdl/valid", "examples/sdl"] {
        let folder = File::new(env!("CARGO_MANIFEST_DIR"))
            .join("..")
            .join(folder);
        let files = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        let mut texts: Vec<String> = files
            .filter(|file| file.extension().is_some_and(|kind| kind == "yaml"))
            .map(|file| fs::read_to_string(file).unwrap())
            .filter(|text| text.len() < 4000)
            .collect();
        texts.sort();
        documents.append(&mut texts);
    }
    documents
});

/// Every place that a path leads to: its path and span, and whether it is a scalar.
fn places(text: &str) -> Vec<(Path, Span, Kind)> {
    fn walk(node: Node<'_, '_>, path: &Path, found: &mut Vec<(Path, Span, Kind)>) {
        found.push((path.clone(), node.span(), node.kind()));
        for (at, item) in node.items().enumerate() {
            walk(item, &path.clone().item(at), found);
        }
        for (key, value) in node.pairs() {
            if key.kind() == Kind::Scalar && !key.is_merge() {
                walk(value, &path.clone().key(key.text()), found);
            }
        }
    }
    let mut found = Vec::new();
    let tree = yaml::parse(text.as_bytes()).unwrap();
    walk(tree.root(), &Path::root(), &mut found);
    found
}

/// A document as values, its maps sorted; none if they cannot tell its keys by their texts.
fn values<'t>(tree: &'t yaml::Tree<'_>) -> Option<Value<'t>> {
    fn sort(value: &mut Value<'_>) -> bool {
        match value {
            Value::Seq(items) => items.iter_mut().all(sort),
            Value::Map(entries) => {
                entries.sort_by_cached_key(|(key, _)| format!("{key:?}"));
                entries
                    .iter_mut()
                    .all(|(key, value)| matches!(key, Value::Str(_) | Value::Int(_)) && sort(value))
            }
            _ => true,
        }
    }
    let mut value = tree.to_value().ok()?;
    sort(&mut value).then_some(value)
}

/// The value at a path, to look at or to change.
fn at<'v, 't>(mut value: &'v mut Value<'t>, path: &[Step]) -> Option<&'v mut Value<'t>> {
    for step in path {
        value = match (value, step) {
            (Value::Seq(items), Step::Item(at)) => items.get_mut(*at)?,
            (Value::Map(entries), Step::Key(key)) => {
                let entry = entries.iter_mut().find(|(name, _)| match name {
                    Value::Str(name) => name == key,
                    Value::Int(number) => number.to_string() == *key,
                    _ => false,
                });
                &mut entry?.1
            }
            _ => return None,
        };
    }
    Some(value)
}

fn read(value: &Scalar) -> Value<'_> {
    match value {
        Scalar::Text(text) => text.as_str().into(),
        Scalar::Number(number) => match i64::try_from(*number) {
            Ok(number) => Value::Int(number),
            Err(_) => Value::Uint(*number),
        },
        Scalar::Flag(flag) => Value::Bool(*flag),
        Scalar::Null => Value::Null,
    }
}

fn scalar() -> impl Strategy<Value = Scalar> {
    const TEXTS: &[&str] = &[
        "",
        "word",
        "no",
        "0777",
        "1e3",
        "<<",
        "~",
        "a: b",
        "a #b",
        "- a",
        "a, b",
        "]",
        "}",
        "it's",
        "\"q\"",
        "\\",
        "*a",
        "&a",
        "!a",
        "|",
        "> ",
        "%a",
        "@",
        "`",
        "---",
        "...",
        " a",
        "a ",
        "a\tb",
        "\ta",
        "a\nb",
        "a\nb\n",
        "a\n\n",
        "\na",
        "a\n b\n",
        "a\r\nb",
        "\u{85}",
        "a\u{2028}",
        "\u{0}",
        "\u{7f}",
        "\u{feff}",
        "é",
        "A=1 # two",
        "${X}",
        "?",
        "? a",
        "=",
    ];
    prop_oneof![
        4 => select(TEXTS).prop_map(Scalar::from),
        2 => any::<String>().prop_map(Scalar::from),
        1 => any::<u64>().prop_map(Scalar::from),
        1 => any::<bool>().prop_map(Scalar::from),
        1 => Just(Scalar::Null),
    ]
}

/// How many bytes both texts begin and end with.
fn common(old: &str, new: &str) -> (usize, usize) {
    let (a, b) = (old.as_bytes(), new.as_bytes());
    let head = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let tail = a.iter().rev().zip(b.iter().rev());
    (head, tail.take_while(|(a, b)| a == b).count())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn a_value_is_set_and_nothing_else(document: Index, place: Index, value in scalar()) {
        let text = document.get(DOCUMENTS.as_slice());
        let places = places(text);
        let (path, span, kind) = place.get(&places);
        let new = match edit::set(text, &path.to_string(), value.clone()) {
            Ok(new) => new,
            Err(EditError::NotScalar { .. }) => {
                prop_assert_ne!(*kind, Kind::Scalar);
                return Ok(());
            }
            // Shared values, values with tags, and documents with a section that stands twice.
            Err(error) => {
                let why = format!("{path} = {value:?}: {error}\n{text}");
                prop_assert!(text.contains(['&', '!']), "{}", why);
                return Ok(());
            }
        };
        let why = format!("{path} = {value:?}\n{text}\n{new}");
        let (old_tree, new_tree) = (yaml::parse(text.as_bytes()).unwrap(), yaml::parse(new.as_bytes()).unwrap());
        if let (Some(mut old), Some(new)) = (values(&old_tree), values(&new_tree)) {
            *at(&mut old, path.steps()).unwrap() = read(&value);
            prop_assert_eq!(old, new, "{}", why);
        }
        if *kind == Kind::Scalar && !text.contains('*') {
            let (head, tail) = common(text, &new);
            prop_assert!(head >= span.start as usize, "{}", why);
            prop_assert!(tail >= text.len() - span.end as usize || text[..text.len() - tail].ends_with(' '), "{}", why);
        }
        prop_assert_eq!(text.matches('#').count() <= new.matches('#').count()
            || text[span.start as usize..span.end as usize].contains('#'), true, "{}", why);
    }

    #[test]
    fn entries_come_and_go(document: Index, place: Index, value in scalar(), key in "[a-z]{8}| |#|a: b|\n", index: Index) {
        let text = document.get(DOCUMENTS.as_slice());
        let places = places(text);
        let (holder, _, kind) = place.get(&places);
        let tree = yaml::parse(text.as_bytes()).unwrap();
        let before = values(&tree);
        let path = match kind {
            Kind::Mapping => holder.clone().key(&key),
            Kind::Sequence => {
                let len = places.iter().filter(|(path, _, _)| {
                    path.split_last().is_some_and(|(parent, step)| parent == *holder && matches!(step, Step::Item(_)))
                }).count();
                holder.clone().item(index.index(len + 1))
            }
            _ => return Ok(()),
        };
        let new = match edit::insert(text, &path.to_string(), value.clone()) {
            Ok(new) => new,
            Err(error) => {
                let why = format!("{path}: {error}\n{text}");
                prop_assert!(text.contains(['&', '!', '?', '*']), "{}", why);
                return Ok(());
            }
        };
        let why = format!("{path} = {value:?}\n{text}\n{new}");
        let tree = yaml::parse(new.as_bytes()).unwrap();
        if let (Some(mut old), Some(new)) = (before, values(&tree)) {
            match (at(&mut old, holder.steps()).unwrap(), path.steps().last().unwrap()) {
                (Value::Map(entries), Step::Key(key)) => {
                    entries.push((key.as_str().into(), read(&value)));
                    entries.sort_by_cached_key(|(key, _)| format!("{key:?}"));
                }
                (Value::Seq(items), Step::Item(at)) => items.insert(*at, read(&value)),
                other => panic!("{other:?}"),
            }
            prop_assert_eq!(old, new, "{}", why);
        }
        let (head, tail) = common(text, &new);
        prop_assert!(head + tail >= text.len(), "{}", why);
        let back = edit::remove(&new, &path.to_string());
        prop_assert_eq!(back.as_deref(), Ok(text.as_str()), "{}", why);
    }

    #[test]
    fn entries_are_removed(document: Index, place: Index) {
        let text = document.get(DOCUMENTS.as_slice());
        let places = places(text);
        let (path, _, _) = place.get(&places);
        let Ok(new) = edit::remove(text, &path.to_string()) else { return Ok(()) };
        let (old_tree, new_tree) = (yaml::parse(text.as_bytes()).unwrap(), yaml::parse(new.as_bytes()).unwrap());
        if let (Some(mut old), Some(new)) = (values(&old_tree), values(&new_tree)) {
            let (holder, last) = path.split_last().unwrap();
            match (at(&mut old, holder.steps()).unwrap(), last) {
                (Value::Map(entries), Step::Key(key)) => entries.retain(|(name, _)| match name {
                    Value::Str(name) => name != key,
                    Value::Int(number) => number.to_string() != *key,
                    _ => true,
                }),
                (Value::Seq(items), Step::Item(at)) => { items.remove(*at); }
                other => panic!("{other:?}"),
            }
            prop_assert_eq!(old, new, "{}\n{}", path, text);
        }
        let (head, tail) = common(text, &new);
        prop_assert!(head + tail >= new.len(), "{}\n{}\n{}", path, text, new);
    }

    #[test]
    fn never_panics(text in "[ab:#\\- \n\t{}\\[\\],&*!|>'\"?]{0,40}", path in "[ab.\\[\\]0-2\"]{0,8}") {
        let _ = edit::set(&text, &path, "x: y");
        let _ = edit::insert(&text, &path, "x");
        let _ = edit::remove(&text, &path);
    }
}

#[test]
fn an_sdl_with_comments() {
    let text = include_str!("../../../examples/sdl/api-postgres.yaml");
    let sdl = Sdl::parse(text).unwrap();
    let (service, declared) = sdl
        .document()
        .services
        .iter()
        .next()
        .map(|e| (&e.name, &e.value))
        .unwrap();
    let path = format!("services.{}.image", service.value);
    let new = edit::set(text, &path, "example/other:2").unwrap();
    assert_eq!(new.replacen("example/other:2", &declared.image, 1), text);
    let again = Sdl::parse(&new).unwrap();
    assert_eq!(
        again.document().services.get(service).unwrap().image.value,
        "example/other:2"
    );
    assert_eq!(
        akash_sdl::canonical::groups_json(again.groups()),
        akash_sdl::canonical::groups_json(sdl.groups())
    );
}

#[test]
fn each_error_says_where() {
    let text = "a: &x {b: 1}\nc: *x\nd: {<<: *x}\ne: [1]\nf:\n  g: 1\n";
    let check = |result: Result<String, EditError>, message: &str| {
        let error = result.unwrap_err();
        assert_eq!(error.to_string(), message);
    };
    check(
        edit::set(text, "a.b", 2u32),
        "line 1, column 11: a.b is shared by the alias at 2:4: a change would show in more than one \
         place; write the value out first",
    );
    check(
        edit::set(text, "c.b", 2u32),
        "line 1, column 7: c.b is shared by the alias at 2:4: a change would show in more than one \
         place; write the value out first",
    );
    check(
        edit::set(text, "d.b", 2u32),
        "line 3, column 4: d.b comes through the merge key `<<` at 3:5; write the key out in the map \
         first",
    );
    check(
        edit::set(text, "e", 2u32),
        "line 4, column 4: e is a list, and only a single value can be set",
    );
    check(
        edit::set(text, "e[1]", 2u32),
        "line 4, column 4: there is no e[1] here",
    );
    check(
        edit::insert(text, "f.g", 2u32),
        "line 6, column 3: f.g is there already; set its value instead",
    );
    check(
        edit::insert(text, "f[0]", 2u32),
        "line 6, column 3: f is not a list, so nothing can be put in there",
    );
    check(
        edit::remove(text, "f.g"),
        "line 6, column 6: f.g is the only entry there; remove what holds it instead",
    );
    check(
        edit::remove("a: &x {b: 1}\nc:\n  <<: *x\n  b: 2\n", "c.b"),
        "line 4, column 6: c.b comes through the merge key `<<` at 3:3; write the key out in the map \
         first",
    );
    check(
        edit::set("a: [", "a", 2u32),
        "the text cannot be read: line 1, column 5: expected a value here",
    );
    let error = edit::set(text, "a..b", 2u32).unwrap_err();
    assert!(matches!(error, EditError::Path(_)) && error.position().is_none());
    // An alias can be written over: the value it stood for keeps.
    let own = edit::set("a: &x 1\nc: *x # c\n", "c", "own").unwrap();
    assert_eq!(own, "a: &x 1\nc: own # c\n");
}

#[test]
fn edits_are_applied_in_any_order() {
    let edit = |start, end, text: &str| edit::Edit {
        span: Span::new(start, end),
        replacement: text.to_owned(),
    };
    let text = "a: 1\nb: é\n";
    let edits = [
        edit(8, 10, "x"),
        edit(3, 4, "2"),
        edit(8, 10, "x"),
        edit(0, 0, "# c\n"),
    ];
    assert_eq!(edit::apply(text, &edits).unwrap(), "# c\na: 2\nb: x\n");
    let overlap = edit::apply(text, &[edit(0, 4, ""), edit(3, 5, "")]).unwrap_err();
    assert_eq!(overlap.position().unwrap().to_string(), "1:4");
    for outside in [edit(0, 99, ""), edit(9, 9, ""), edit(4, 3, "")] {
        let error = edit::apply(text, &[outside]).unwrap_err();
        assert!(matches!(error, EditError::OutsideText { .. }), "{error}");
    }
    let broken = edit::apply(text, &[edit(3, 4, "[")]).unwrap_err();
    assert!(matches!(broken, EditError::WouldNotRead(_)), "{broken}");
}

/// What lies behind the document is read only as far as yaml.v3 reads ahead; an edit must not bring a character there
/// that may not stand in YAML.
#[test]
fn what_was_never_read_does_not_come_near() {
    let (value, behind) = ("x".repeat(500), "- so\n".repeat(400));
    let (mut made, mut refused) = (0, 0);
    for cut in (0..behind.len()).step_by(5) {
        let (_, near) = behind.split_at(cut);
        let text = format!("{value}\n---\n{near}\u{1}");
        if yaml::parse(text.as_bytes()).is_err() {
            continue;
        }
        match edit::set(&text, "", "y") {
            Ok(new) => {
                assert!(yaml::parse(new.as_bytes()).is_ok() && new.ends_with('\u{1}'));
                made += 1;
            }
            Err(error) => {
                assert!(matches!(error, EditError::WouldNotRead(_)), "{error}");
                refused += 1;
            }
        }
    }
    assert!(made > 0 && refused > 0, "{made}, {refused}");
}
