//! The documents of `examples/sdl`: clean under every rule, and what their comments say of them.

use std::fs;
use std::path::Path;

use akash_sdl::resource::EndpointKind;
use akash_sdl::{Manifest, Sdl};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/sdl");

/// Every document by its name, in order.
fn documents() -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = fs::read_dir(FOLDER)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "yaml"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(&path).unwrap())
        })
        .collect();
    found.sort();
    found
}

fn document(name: &str) -> Sdl {
    let path = Path::new(FOLDER).join(format!("{name}.yaml"));
    Sdl::parse_strict(fs::read(path).unwrap()).unwrap()
}

#[test]
fn all_are_taken_without_a_warning_and_their_manifests_by_a_provider() {
    let documents = documents();
    assert!(documents.len() >= 8, "only {} documents", documents.len());
    for (name, text) in &documents {
        let sdl = match Sdl::parse_strict(text) {
            Ok(sdl) => sdl,
            Err(report) => panic!("{name}: {report}"),
        };
        assert!(sdl.warnings().is_empty(), "{name}: {:?}", sdl.warnings());
        assert_eq!(sdl.manifest().check(), Ok(()), "{name}");
        assert_eq!(sdl.manifest().check_against(sdl.groups()), Ok(()), "{name}");
        let received = Manifest::from_json(sdl.canonical_json().as_bytes()).unwrap();
        assert_eq!(received.version(), sdl.version(), "{name}");
        assert!(text.starts_with("# "), "{name}: says not what it is for");
    }
}

#[test]
fn all_are_priced_in_uact() {
    for (name, text) in documents() {
        let sdl = Sdl::parse(&text).unwrap();
        for unit in sdl.groups().iter().flat_map(|group| &group.resources) {
            assert_eq!(unit.price.denom().as_str(), "uact", "{name}");
        }
    }
}

#[test]
fn two_regions_make_two_groups() {
    let sdl = document("two-regions");
    let names: Vec<&str> = sdl.groups().iter().map(|g| g.name.as_str()).collect();
    assert_eq!(names, ["america", "europe"]);
}

#[test]
fn a_leased_address_is_one_endpoint() {
    let sdl = document("leased-ip");
    let leased = sdl.groups()[0].resources[0]
        .resources
        .endpoints
        .iter()
        .filter(|endpoint| endpoint.kind == EndpointKind::LeasedIp)
        .map(|endpoint| endpoint.sequence_number)
        .collect::<std::collections::BTreeSet<_>>();
    assert_eq!(leased.len(), 1);
}

#[test]
fn workers_of_sdl_2_1_share_a_resource_unit() {
    let sdl = document("sdl-2.1");
    let group = &sdl.groups()[0];
    assert_eq!(group.resources.len(), 3);
    let services = &sdl.manifest().groups[0].services;
    let unit = |name: &str| {
        let service = services.iter().find(|s| s.name == name).unwrap();
        service.resources.id
    };
    assert_eq!(unit("mailer"), unit("thumbnailer"));
    assert_ne!(unit("mailer"), unit("web"));
    assert_eq!(
        sdl.reclamation_min_window(),
        Some(2 * 3_600 * 1_000_000_000)
    );
}
