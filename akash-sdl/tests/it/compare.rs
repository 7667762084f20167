//! What changes of an SDL need, and which fields force it.

use std::fs;
use std::path::Path;

use akash_sdl::compare::{GroupChange, Step, compare, compare_deployed};
use akash_sdl::{EXAMPLE, Sdl};

/// Two services on one profile, two IPs.
const WIDE: &str = r#"version: "2.0"
endpoints: {lobby: {kind: ip}, attic: {kind: ip}}
services:
  api:
    image: api:1
    params: {storage: {default: {mount: /data}}}
    expose:
      - {port: 3000, as: 80, to: [{global: true}]}
      - {port: 9000, to: [{global: true, ip: lobby}]}
      - {port: 9001, as: 9001, to: [{global: true, ip: attic}]}
  db:
    image: postgres:16
    env: [MODE=fast]
    expose: [{port: 5432, to: [{service: api}]}]
profiles:
  compute:
    small: {resources: {cpu: {units: 1}, memory: {size: 1Gi}, storage: {size: 1Gi}}}
    large: {resources: {cpu: {units: 2}, memory: {size: 2Gi}, storage: {size: 2Gi}}}
  placement:
    west:
      attributes: {region: west}
      signedBy: {anyOf: [a, b]}
      pricing: {small: {denom: uact, amount: 10}, large: {denom: uact, amount: 20}}
    east:
      pricing: {small: {denom: uact, amount: 10}}
deployment:
  api: {west: {profile: small, count: 1}}
  db: {west: {profile: small, count: 2}}
"#;

/// Changes of `WIDE` with what they need and what forces it.
const CHANGES: &[(&str, &str, Step, &[&str])] = &[
    // nothing comes of these
    ("version", "# words\nversion", Step::Nothing, &[]),
    (
        "size: 1Gi}, storage",
        "size: 1024Mi}, storage",
        Step::Nothing,
        &[],
    ),
    ("anyOf: [a, b]", "anyOf: [b, a, b]", Step::Nothing, &[]),
    (
        "small: {denom: uact, amount: 10}}\nd",
        "small: {denom: uact, amount: 9}}\nd",
        Step::Nothing,
        &[],
    ),
    ("units: 2", "units: 3", Step::Nothing, &[]),
    // the manifest, and with it the hash
    ("api:1", "api:2", Step::Update, &["services.api.image"]),
    ("MODE=fast", "MODE=slow", Step::Update, &["services.db.env"]),
    (
        "image: api:1",
        "image: api:1\n    args: [-v]",
        Step::Update,
        &["services.api.args"],
    ),
    (
        "image: api:1",
        "image: api:1\n    command: [-v]",
        Step::Update,
        &["services.api.command"],
    ),
    (
        "mount: /data",
        "mount: /d",
        Step::Update,
        &["services.api.params"],
    ),
    (
        "image: api:1",
        "image: api:1\n    credentials: {host: h, username: u, password: p}",
        Step::Update,
        &["services.api.credentials"],
    ),
    (
        "port: 3000",
        "port: 3001",
        Step::Update,
        &["services.api.expose"],
    ),
    // the endpoints of the unit change places, and their numbers
    (
        "port: 3000",
        "port: 9999",
        Step::Update,
        &["services.api.expose"],
    ),
    (
        "service: api",
        "service: db",
        Step::Update,
        &["services.db.expose"],
    ),
    (
        "[{service: api}]",
        "[{service: api}, {service: db}]",
        Step::Update,
        &["services.db.expose"],
    ),
    // the groups
    ("MODE=fast", "MODE=slow", Step::Update, &["services.db.env"]),
    (
        "port: 3000, as: 80",
        "port: 3000, as: 81",
        Step::Redeploy,
        &["services.api.expose"],
    ),
    (
        "as: 80, to: [{global: true}]",
        "as: 80, to: [{service: db}]",
        Step::Redeploy,
        &["services.api.expose"],
    ),
    (
        "units: 1}",
        "units: 2}",
        Step::Redeploy,
        &["profiles.compute.small.resources.cpu"],
    ),
    (
        "cpu: {units: 1}, memory: {size: 1Gi}",
        "cpu: {units: 1}, memory: {size: 3Gi}",
        Step::Redeploy,
        &["profiles.compute.small.resources.memory"],
    ),
    (
        "storage: {size: 1Gi}",
        "storage: {size: 3Gi}",
        Step::Redeploy,
        &["profiles.compute.small.resources.storage"],
    ),
    (
        "cpu: {units: 1}",
        "gpu: {units: 1, attributes: {vendor: {nvidia: [{model: h100}]}}}, cpu: {units: 1}",
        Step::Redeploy,
        &["profiles.compute.small.resources.gpu"],
    ),
    (
        "small: {denom: uact, amount: 10}, l",
        "small: {denom: uact, amount: 9}, l",
        Step::Redeploy,
        &["profiles.placement.west.pricing.small"],
    ),
    (
        "region: west",
        "region: east",
        Step::Redeploy,
        &["profiles.placement.west.attributes"],
    ),
    (
        "anyOf",
        "allOf",
        Step::Redeploy,
        &["profiles.placement.west.signedBy"],
    ),
    (
        "count: 2",
        "count: 3",
        Step::Redeploy,
        &["deployment.db.west.count"],
    ),
    (
        "{west: {profile: small, count: 2}}",
        "{west: {profile: large, count: 2}}",
        Step::Redeploy,
        &["deployment.db.west.profile"],
    ),
    (
        "{west: {profile: small, count: 2}}",
        "{east: {profile: small, count: 2}}",
        Step::Redeploy,
        &["deployment.db.west", "deployment.db.east"],
    ),
    ("\"2.0\"", "\"2.1\"", Step::Redeploy, &["version"]),
    (
        "image: api:1\n    params: {",
        "image: api:1\n    params: {tee: cpu, ",
        Step::Redeploy,
        &["services.api.params.tee"],
    ),
    (
        "deployment:",
        "reclamation: {min_window: 1h}\ndeployment:",
        Step::Redeploy,
        &["reclamation.min_window"],
    ),
];

#[test]
fn each_field_forces_its_step() {
    let old = Sdl::parse(WIDE).unwrap();
    for (from, to, step, fields) in CHANGES {
        assert!(WIDE.contains(from), "{from}");
        let new = Sdl::parse(WIDE.replacen(from, to, 1)).unwrap();
        let comparison = compare(&old, &new);
        assert_eq!(comparison.step, *step, "{to}: {comparison:?}");
        assert_eq!(comparison.fields, *fields, "{to}");
    }
}

#[test]
fn another_number_of_leased_ips_is_another_group() {
    let old = Sdl::parse(WIDE).unwrap();
    let one = WIDE
        .replace("ip: attic", "ip: lobby")
        .replace(", attic: {kind: ip}", "");
    let comparison = compare(&old, &Sdl::parse(one).unwrap());
    let group = "west".to_owned();
    let change = GroupChange::LeasedIps {
        group,
        old: 2,
        new: 1,
    };
    assert_eq!(comparison.groups, [change]);
    assert_eq!(comparison.fields, ["services.api.expose"]);
    // A provider would take it, and be short of the second address.
    assert_eq!(comparison.misfit, None);
}

#[test]
fn what_stands_on_the_chain_tells_whether_a_transaction_is_needed() {
    let old = Sdl::parse(WIDE).unwrap();
    let new = Sdl::parse(WIDE.replace("api:1", "api:2")).unwrap();
    let step = |hash| compare_deployed(old.groups(), hash, &new).step;
    assert_eq!(step(old.version()), Step::Update);
    assert_eq!(step(new.version()), Step::Manifest);
    let larger = Sdl::parse(EXAMPLE).unwrap();
    let comparison = compare_deployed(old.groups(), old.version(), &larger);
    assert_eq!(comparison.step, Step::Redeploy);
    assert_eq!(comparison.fields, ["deployment.web.anywhere"]);
}

#[test]
fn an_update_is_what_providers_take() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vectors/sdl/valid");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "yaml"))
        .collect();
    paths.sort();
    let documents: Vec<Sdl> = paths
        .iter()
        .map(|path| Sdl::parse(fs::read(path).unwrap()).unwrap())
        .collect();
    let mut updates = 0;
    for (at, old) in documents.iter().enumerate() {
        for (other, new) in documents.iter().enumerate().skip(at % 7).step_by(7) {
            let comparison = compare(old, new);
            let about = (&paths[at], &paths[other], &comparison);
            match comparison.step {
                Step::Nothing => assert_eq!(old.version(), new.version(), "{about:?}"),
                Step::Update => {
                    assert_eq!(comparison.misfit, None, "{about:?}");
                    updates += 1;
                }
                _ => assert!(!comparison.groups.is_empty() || comparison.reclamation),
            }
            let forced = comparison.step != Step::Nothing;
            assert_eq!(forced, !comparison.fields.is_empty(), "{about:?}");
        }
    }
    assert!(updates > 100, "{updates}");
}
