//! Documents that the chain's own SDL library was run on: verdict, groups, manifest and hash.

use std::fs;
use std::path::{Path, PathBuf};

use akash_sdl::canonical::groups_json;
use akash_sdl::{Manifest, Sdl, Version};
use serde_json::Value;

const VECTORS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors");

struct Case {
    name: String,
    text: Vec<u8>,
    expected: Value,
}

fn cases(folder: &str) -> Vec<Case> {
    let folder = Path::new(VECTORS).join("sdl").join(folder);
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "yaml"))
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| Case {
            name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
            text: fs::read(&path).unwrap(),
            expected: serde_json::from_slice(
                &fs::read(path.with_extension("expected.json")).unwrap(),
            )
            .unwrap(),
        })
        .collect()
}

#[test]
fn accepted_documents_come_to_the_same() {
    let cases = cases("valid");
    assert_eq!(cases.len(), 235);
    let mut wrong = Vec::new();
    for case in &cases {
        let sdl = match Sdl::parse(&case.text) {
            Ok(sdl) => sdl,
            Err(report) => {
                wrong.push(format!("{}: refused: {report}", case.name));
                continue;
            }
        };
        let groups = groups_json(sdl.groups());
        let expected = &case.expected;
        let value: Value = serde_json::from_str(&groups).unwrap();
        let ok = [
            ("groups", value == expected["groups"]),
            (
                "groups_sha256",
                Version::of(groups.as_bytes()).to_string() == expected["groups_sha256"],
            ),
            ("manifest", sdl.canonical_json() == expected["manifest"]),
            ("version", sdl.version().to_string() == expected["version"]),
            (
                "reclamation",
                sdl.reclamation_min_window().map(|ns| ns.to_string())
                    == expected["reclamation_min_window_ns"]
                        .as_str()
                        .map(str::to_owned),
            ),
        ];
        for (what, equal) in ok {
            if !equal {
                wrong.push(format!("{}: {what}", case.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rejected_documents_are_refused() {
    let cases = cases("invalid");
    assert_eq!(cases.len(), 253);
    let wrong: Vec<_> = cases
        .iter()
        .filter(|case| Sdl::parse(&case.text).is_ok())
        .map(|case| format!("{} ({})", case.name, case.expected["category"]))
        .collect();
    assert!(wrong.is_empty(), "accepted:\n{}", wrong.join("\n"));
}

#[test]
fn documents_found_by_comparison() {
    let cases = cases("extra");
    assert_eq!(cases.len(), 15);
    let mut wrong = Vec::new();
    for case in &cases {
        let expected = &case.expected;
        match (Sdl::parse(&case.text), expected["go"] == "accept") {
            (Ok(sdl), true) => {
                if sdl.canonical_json() != expected["manifest"]
                    || sdl.version().to_string() != expected["version"]
                {
                    wrong.push(format!("{}: manifest", case.name));
                }
            }
            (Err(_), false) => {}
            (Ok(_), false) => wrong.push(format!("{}: accepted", case.name)),
            (Err(report), true) => wrong.push(format!("{}: {report}", case.name)),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn manifests_pass_the_checks_of_a_provider() {
    for case in cases("valid") {
        let sdl = Sdl::parse(&case.text).unwrap();
        let manifest = sdl.manifest();
        manifest.check().unwrap();
        manifest.check_against(sdl.groups()).unwrap();
        let read = Manifest::from_json(sdl.canonical_json().as_bytes()).unwrap();
        assert_eq!(&read, manifest, "{}", case.name);
        assert_eq!(read.version(), sdl.version(), "{}", case.name);
        let json = serde_json::to_vec(manifest).unwrap();
        assert_eq!(&Manifest::from_json(&json).unwrap(), manifest);
    }
}

#[test]
fn gpu_requests_become_the_same_attributes() {
    let text = fs::read_to_string(Path::new(VECTORS).join("gpu.json")).unwrap();
    let vectors: Value = serde_json::from_str(&text).unwrap();
    let cases = vectors["sdl_to_attributes"].as_array().unwrap();
    assert_eq!(cases.len(), 37);
    for case in cases {
        let gpu: String = case["gpu_yaml"]
            .as_str()
            .unwrap()
            .lines()
            .map(|line| format!("          {line}\n"))
            .collect();
        let text = akash_sdl::EXAMPLE.replace(
            "        storage:\n",
            &format!("        gpu:\n{gpu}        storage:\n"),
        );
        let result = Sdl::parse(&text);
        let go = &case["go"];
        assert_eq!(result.is_ok(), go["ok"], "{}: {result:?}", case["name"]);
        let Ok(sdl) = result else { continue };
        let gpu = &sdl.groups()[0].resources[0].resources.gpu;
        assert_eq!(gpu.units.to_string(), go["units"], "{}", case["name"]);
        let keys: Vec<_> = gpu.attributes.iter().map(|a| a.key.as_str()).collect();
        let expected: Vec<_> = go["attributes"]
            .as_array()
            .map(|keys| keys.iter().map(|key| key.as_str().unwrap()).collect())
            .unwrap_or_default();
        assert_eq!(keys, expected, "{}", case["name"]);
        assert!(gpu.attributes.iter().all(|a| a.value == "true"));
    }
}

#[test]
fn strict_reading_follows_the_schema() {
    let wrong: Vec<_> = cases("valid")
        .iter()
        .filter_map(|case| {
            let result = Sdl::parse_strict(&case.text);
            let expected = case.expected["schema"] == "accept";
            (result.is_ok() != expected).then(|| match result {
                Ok(_) => format!("{}: accepted", case.name),
                Err(report) => format!("{}: {report}", case.name),
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for case in cases("invalid") {
        assert!(Sdl::parse_strict(&case.text).is_err(), "{}", case.name);
    }
}
