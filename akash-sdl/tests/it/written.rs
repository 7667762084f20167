//! What is written reads back: every document of the vectors and of the examples; and the order of keys
//! in what is written does not count.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use akash_sdl::Sdl;
use akash_sdl::canonical::groups_json;
use proptest::prelude::*;
use proptest::sample::Index;

static DOCUMENTS: LazyLock<Vec<(String, Sdl)>> = LazyLock::new(|| {
    ["vectors/sdl/valid", "examples/sdl"]
        .into_iter()
        .flat_map(documents)
        .collect()
});

/// The documents of a folder by their paths.
fn documents(folder: &str) -> Vec<(String, Sdl)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(folder);
    let mut found: Vec<(String, Sdl)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "yaml"))
        .map(|path| {
            let sdl = Sdl::parse(fs::read(&path).unwrap()).unwrap();
            (path.display().to_string(), sdl)
        })
        .collect();
    found.sort_by(|(left, _), (right, _)| left.cmp(right));
    found
}

fn check(write: impl Fn(&Sdl) -> String) {
    assert!(DOCUMENTS.len() >= 235 + 8);
    for (path, sdl) in DOCUMENTS.iter() {
        let text = write(sdl);
        let again = match Sdl::parse(&text) {
            Ok(again) => again,
            Err(report) => panic!("{path}: {report}\n{text}"),
        };
        let groups = groups_json(again.groups());
        assert_eq!(groups, groups_json(sdl.groups()), "{path}:\n{text}");
        assert_eq!(again.canonical_json(), sdl.canonical_json(), "{path}");
        assert_eq!(again.version(), sdl.version(), "{path}");
        assert_eq!(again.reclamation_min_window(), sdl.reclamation_min_window());
        assert_eq!(again.document(), sdl.document(), "{path}");
        assert_eq!(write(&again), text, "{path}");
        let checked = Sdl::from_document(sdl.document().clone()).unwrap();
        assert_eq!(checked.version(), sdl.version(), "{path}");
    }
}

#[test]
fn as_json() {
    check(|sdl| sdl.document().to_json());
}

#[cfg(feature = "emit")]
#[test]
fn as_yaml() {
    check(|sdl| akash_sdl::emit::emit(sdl.document()).unwrap());
}

/// What needs no quotes has none, and what another reader would take for something else has some.
#[cfg(feature = "emit")]
#[test]
fn the_style_of_written_yaml() {
    let text = akash_sdl::EXAMPLE.replace(
        "    expose:\n",
        "    args: [\"yes\", \"0777\", \"a: b\", \"\", \"set -e\\necho hi\\n\", \"\\tx\\ny\", \"\\u2028\"]\n    expose:\n",
    );
    let sdl = Sdl::parse(text).unwrap();
    let written = akash_sdl::emit::emit(sdl.document()).unwrap();
    assert_eq!(
        written,
        r#"version: '2.0'
services:
  web:
    image: nginx:1.27
    args:
    - "yes"
    - '0777'
    - 'a: b'
    - ''
    - |
      set -e
      echo hi
    - "\tx\ny"
    - "\u2028"
    expose:
    - port: 80
      to:
      - global: true
profiles:
  compute:
    small:
      resources:
        cpu:
          units: 500m
        memory:
          size: 512Mi
        storage:
        - name: default
          size: 1Gi
  placement:
    anywhere:
      pricing:
        small:
          denom: uact
          amount: '1000'
deployment:
  web:
    anywhere:
      profile: small
      count: 1
"#
    );
}

/// JSON with the entries of each map in an order that a seed makes.
fn shuffled(out: &mut String, value: &serde_json::Value, seed: &mut u64) {
    use serde_json::Value;
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            for at in (1..entries.len()).rev() {
                *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let other = (*seed >> 33) % (at as u64 + 1);
                entries.swap(at, usize::try_from(other).unwrap());
            }
            out.push('{');
            for (at, (key, value)) in entries.into_iter().enumerate() {
                if at > 0 {
                    out.push_str(", ");
                }
                out.push_str(&serde_json::to_string(key).unwrap());
                out.push_str(": ");
                shuffled(out, value, seed);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push_str(", ");
                }
                shuffled(out, item, seed);
            }
            out.push(']');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => out.push_str(&value.to_string()),
        // Escaped as YAML wants it, which differs from what `serde_json` escapes.
        Value::String(text) => {
            out.push('"');
            for c in text.chars() {
                match c {
                    '"' | '\\' => out.extend(['\\', c]),
                    ' '..='~' => out.push(c),
                    c if u32::from(c) < 0x1_0000 => {
                        out.push_str(&format!("\\u{:04x}", u32::from(c)));
                    }
                    c => out.push(c),
                }
            }
            out.push('"');
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn the_order_of_keys_does_not_count(document: Index, mut seed: u64) {
        let (path, sdl) = document.get(DOCUMENTS.as_slice());
        let tree = serde_json::from_str(&sdl.document().to_json()).unwrap();
        let mut text = String::new();
        shuffled(&mut text, &tree, &mut seed);
        let again = Sdl::parse(&text).map_err(|report| TestCaseError::fail(format!("{path}: {report}\n{text}")))?;
        prop_assert_eq!(again.version(), sdl.version(), "{}\n{}", path, text);
        prop_assert_eq!(groups_json(again.groups()), groups_json(sdl.groups()), "{}\n{}", path, text);
        prop_assert_eq!(again.document(), sdl.document());
    }
}
