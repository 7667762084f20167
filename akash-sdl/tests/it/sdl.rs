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

#[test]
fn emitted_documents_come_to_the_same() {
    for case in cases("valid") {
        let sdl = Sdl::parse(&case.text).unwrap();
        let text = akash_sdl::emit::emit(sdl.document());
        let again = match Sdl::parse(&text) {
            Ok(again) => again,
            Err(report) => panic!("{}: {report}\n{text}", case.name),
        };
        assert_eq!(
            groups_json(again.groups()),
            groups_json(sdl.groups()),
            "{}:\n{text}",
            case.name
        );
        assert_eq!(
            again.canonical_json(),
            sdl.canonical_json(),
            "{}",
            case.name
        );
        assert_eq!(again.reclamation_min_window(), sdl.reclamation_min_window());
        assert_eq!(
            akash_sdl::emit::emit(again.document()),
            text,
            "{}",
            case.name
        );
    }
}

#[test]
fn built_documents_pass_strict_reading() {
    use akash_sdl::build::{Builder, ServiceBuilder};
    use akash_sdl::manifest::Protocol;
    use akash_sdl::resource::{Bytes, MilliCpu};

    let price = || "12.5uact".parse().unwrap();
    let db = ServiceBuilder::new("db", "postgres:16", price())
        .volume("data", Bytes(10 << 30), "beta3", "/var/lib/postgresql/data")
        .env("POSTGRES_PASSWORD", "a \"b\"\n\u{2028}#: &x")
        .expose_to(5432, "web");
    let web = ServiceBuilder::new("web", "registry.example/web:1", price())
        .cpu(MilliCpu(2500))
        .memory(Bytes(1_500_000_001))
        .gpu(1, ["h100/ram/80Gi/interface/sxm", "a100"])
        .count(2)
        .command(["sh", "-c"])
        .args(["run", "--", "yes"])
        .credentials("registry.example", "a@b.c", "me", "secret")
        .expose_http(8080)
        .expose_global(9000, &Protocol::Udp);
    let builder = Builder::new()
        .service("west", web)
        .service("west", db)
        .attribute("west", "region", "us-west")
        .signed_by_any("west", "akash1auditor");
    let sdl = Sdl::parse_strict(builder.to_text()).unwrap_or_else(|report| {
        panic!("{}", report.render(&builder.to_text()));
    });
    assert_eq!(sdl.version(), builder.build().unwrap().version());
    assert!(sdl.warnings().is_empty());
    let group = &sdl.groups()[0];
    assert_eq!((group.name.as_str(), group.resources.len()), ("west", 2));
    let web = &group.resources[1];
    assert_eq!(web.resources.memory.quantity, Bytes(1_500_000_001));
    assert_eq!(
        web.resources.gpu.attributes[1].key,
        "vendor/nvidia/model/h100/ram/80Gi/interface/sxm"
    );
    let services = &sdl.manifest().groups[0].services;
    assert_eq!(
        services[0].env[0],
        "POSTGRES_PASSWORD=a \"b\"\n\u{2028}#: &x"
    );
}
