//! What is written reads back: every document of the vectors and of the examples.

use std::fs;
use std::path::Path;

use akash_sdl::Sdl;
use akash_sdl::canonical::groups_json;

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
    let documents: Vec<_> = ["vectors/sdl/valid", "examples/sdl"]
        .into_iter()
        .flat_map(documents)
        .collect();
    assert!(documents.len() >= 235 + 8);
    for (path, sdl) in documents {
        let text = write(&sdl);
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
