//! Manifests that the chain's own library was run on: whether they are valid, and fit the groups.

use std::fs;

use akash_sdl::group::GroupSpec;
use akash_sdl::manifest::{Difference, ManifestError};
use akash_sdl::{Manifest, Sdl};
use serde_json::Value;

const VECTORS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors");

/// Makes the changes of a case.
fn change(document: &mut Value, changes: &Value) {
    for change in changes.as_array().into_iter().flatten() {
        let pointer = change[1].as_str().unwrap();
        let value = change.get(2).cloned();
        match change[0].as_str().unwrap() {
            "push" => {
                let list = document.pointer_mut(pointer).unwrap();
                list.as_array_mut().unwrap().push(value.unwrap());
                continue;
            }
            "set" if pointer.is_empty() => {
                *document = value.unwrap();
                continue;
            }
            what => assert!(matches!(what, "set" | "remove"), "{what}"),
        }
        let (holder, key) = pointer.rsplit_once('/').unwrap();
        match (document.pointer_mut(holder).unwrap(), value) {
            (Value::Object(map), Some(value)) => drop(map.insert(key.to_owned(), value)),
            (Value::Object(map), None) => assert!(map.remove(key).is_some()),
            (Value::Array(list), Some(value)) => list[key.parse::<usize>().unwrap()] = value,
            (Value::Array(list), None) => drop(list.remove(key.parse().unwrap())),
            (other, _) => panic!("{other} holds nothing"),
        }
    }
}

#[test]
fn manifests_are_judged_as_by_the_reference() {
    let cases = fs::read_to_string(format!("{VECTORS}/manifest/checks.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&cases).unwrap();
    let mut wrong = Vec::new();
    let mut fitting = 0;
    for case in &cases {
        let base = case["sdl"].as_str().unwrap();
        let sdl = Sdl::parse(fs::read(format!("{VECTORS}/sdl/valid/{base}.yaml")).unwrap());
        let sdl = sdl.unwrap();
        let mut manifest = serde_json::from_str(sdl.canonical_json()).unwrap();
        change(&mut manifest, &case["manifest"]);
        let mut groups = serde_json::to_value(sdl.groups()).unwrap();
        change(&mut groups, &case["groups"]);
        let groups: Vec<GroupSpec> = serde_json::from_value(groups).unwrap();
        let read = Manifest::from_json(manifest.to_string().as_bytes()).ok();
        let valid = read.as_ref().is_some_and(|m| m.check().is_ok());
        let fits = read.is_some_and(|m| m.check_against(&groups).is_ok());
        if case["valid"] != valid || case["fits"] != fits {
            wrong.push(format!("{}: valid {valid}, fits {fits}", case["name"]));
        }
        fitting += usize::from(fits);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(fitting > 30 && cases.len() > fitting + 90, "{fitting}");
}

#[test]
fn an_invalid_manifest_is_not_compared() {
    let sdl = akash_sdl::parse(akash_sdl::EXAMPLE).unwrap();
    let mut manifest = sdl.manifest().clone();
    manifest.groups[0].name.clear();
    manifest.groups[0].services.make_mut()[0].image.clear();
    let mismatch = manifest.check_against(sdl.groups()).unwrap_err();
    let service = "web".to_owned();
    assert_eq!(
        mismatch.differences(),
        [Difference::Invalid(ManifestError::NoImage { service })]
    );
}
