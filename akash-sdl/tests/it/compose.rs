//! Compose files to SDL: the files of `vectors/compose`, and what holds for any text.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use akash_sdl::Sdl;
use akash_sdl::compose::{ImportError, LossCode, Options, Published, import, import_merged};
use proptest::prelude::*;
use serde_json::Value;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/compose");

fn defaults() -> Options {
    Options::new("1000uact".parse().unwrap())
}

fn options(path: &Path) -> Options {
    let mut options = defaults();
    let Ok(text) = fs::read_to_string(path) else {
        return options;
    };
    let value: Value = serde_json::from_str(&text).unwrap();
    let map = |value: &Value| -> Vec<(String, String)> {
        let entries = value.as_object().unwrap().iter();
        entries
            .map(|(key, value)| (key.clone(), value.as_str().unwrap().to_owned()))
            .collect()
    };
    for (key, value) in value.as_object().unwrap() {
        match key.as_str() {
            "environment" => options.environment = map(value).into_iter().collect(),
            "files" => options.files = map(value).into_iter().collect(),
            "attributes" => options.attributes = map(value).into_iter().collect(),
            "volumes" => {
                let sizes = map(value).into_iter();
                options.volumes = sizes
                    .map(|(name, size)| (name, size.parse().unwrap()))
                    .collect();
            }
            "gpu_models" => options.gpu_models = serde_json::from_value(value.clone()).unwrap(),
            "global" => {
                let chosen = serde_json::from_value(value.clone()).unwrap();
                options.published = Published::Only(chosen);
            }
            "leased_ip" => options.leased_ip = Some(value.as_str().unwrap().to_owned()),
            "registry" => options.registry = Some(value.as_str().unwrap().to_owned()),
            "project" => options.project = value.as_str().unwrap().to_owned(),
            other => panic!("unknown option {other}"),
        }
    }
    options
}

fn files() -> Vec<PathBuf> {
    let entries = fs::read_dir(FOLDER).unwrap();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_str().unwrap().ends_with(".compose.yaml"))
        .collect();
    files.sort();
    files
}

fn beside(path: &Path, end: &str) -> PathBuf {
    PathBuf::from(path.to_str().unwrap().replace(".compose.yaml", end))
}

#[test]
fn the_files_give_the_expected_sdl_and_losses() {
    let mut wrong = Vec::new();
    let files = files();
    assert!(files.len() >= 15);
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let result = import(&text, &options(&beside(&path, ".options.json"))).unwrap();
        let mut losses = String::new();
        for loss in result.losses() {
            losses.push_str(&format!("{loss}\n"));
            let span = loss.span;
            assert!(text.get(span.start as usize..span.end as usize).is_some());
        }
        let sdl = Sdl::parse(result.text()).unwrap();
        assert_eq!(sdl.version(), result.sdl().version());
        assert_eq!(sdl.manifest().check_against(sdl.groups()), Ok(()));
        assert!(sdl.warnings().is_empty(), "{path:?}: {:?}", sdl.warnings());
        assert!(Sdl::parse_strict(result.text()).is_ok(), "{path:?}");
        let expected = format!("# version {}\n{}", sdl.version(), result.text());
        for (end, made) in [(".sdl.yaml", expected), (".losses.txt", losses)] {
            let path = beside(&path, end);
            if std::env::var_os("UPDATE_GOLDEN").is_some() {
                fs::write(&path, &made).unwrap();
            }
            if fs::read_to_string(&path).unwrap_or_default() != made {
                wrong.push(path);
            }
        }
    }
    assert!(wrong.is_empty(), "not as expected: {wrong:?}");
}

/// The losses of a file that is one service `a` with an image, a port and these lines.
fn lost(lines: &str) -> BTreeSet<LossCode> {
    let mut text = "services:\n  a:\n    image: nginx\n    cpus: 1\n    mem_limit: 1g\n".to_owned();
    if !lines.contains("ports:") {
        text.push_str("    ports: [80]\n");
    }
    for line in lines.lines() {
        text.push_str(&format!("    {line}\n"));
    }
    let import = import(&text, &defaults()).unwrap_or_else(|error| panic!("{error}\n{text}"));
    import.losses().iter().map(|loss| loss.code).collect()
}

#[test]
fn what_is_kept_loses_nothing() {
    for lines in [
        "",
        "restart: always",
        "environment: {A: 1, B: [x][0]}"
            .replace("[x][0]", "two")
            .as_str(),
        "command: [a, b]\nentrypoint: /run.sh -x",
        "ports: [\"80:80\"]",
        "healthcheck: {disable: true}",
        "privileged: false\ncap_add: []",
        "deploy: {mode: replicated, replicas: 3}",
        "platform: linux/amd64",
        "x-note: {anything: [1, 2]}",
        "shm_size: 1gb",
        "tmpfs: /tmp:size=64m",
        "gpus: 2".replace('2', "[{count: 2}]").as_str(),
        "network_mode: bridge",
    ] {
        assert_eq!(lost(lines), BTreeSet::new(), "{lines}");
    }
}

#[test]
fn what_is_not_kept_is_told() {
    for (lines, code) in [
        ("restart: on-failure", LossCode::Restart),
        ("privileged: true", LossCode::Privilege),
        ("cap_add: [NET_ADMIN]", LossCode::Privilege),
        ("network_mode: host", LossCode::NetworkMode),
        ("network_mode: none", LossCode::NetworkMode),
        ("volumes: [./a:/a]", LossCode::BindMount),
        ("volumes: ['C:\\data:/a:ro']", LossCode::BindMount),
        ("volumes: [/a]", LossCode::VolumeAnonymous),
        ("volumes: [/var/run/docker.sock:/x]", LossCode::DockerSocket),
        ("healthcheck: {test: x}", LossCode::Healthcheck),
        ("devices: [/dev/snd]", LossCode::Device),
        ("gpus: all", LossCode::GpuCount),
        ("gpus: [{driver: amd}]", LossCode::Device),
        ("gpus: [{device_ids: [a, b]}]", LossCode::GpuSelection),
        ("ulimits: {nproc: 1}", LossCode::ResourceSetting),
        ("build: .", LossCode::Build),
        ("env_file: x.env", LossCode::EnvFile),
        ("environment: [A]", LossCode::EnvironmentUnset),
        ("environment: {A: $NOT_SET}", LossCode::VariableUnset),
        ("environment: {a b: 1}", LossCode::EnvironmentName),
        ("command: a | b", LossCode::ShellOperator),
        ("entrypoint: []", LossCode::EntrypointCleared),
        ("ports: [\"8080:80\"]", LossCode::HostPort),
        ("ports: [80, \"127.0.0.1:81:81\"]", LossCode::LoopbackPort),
        ("ports: [80, \"1.2.3.4:90:90\"]", LossCode::HostAddress),
        ("ports: [80, \"90:90/sctp\"]", LossCode::Protocol),
        (
            "ports: [80, \"10000-20000:10000-20000/udp\"]",
            LossCode::TooManyPorts,
        ),
        ("expose: [1-60000]", LossCode::TooManyPorts),
        ("tmpfs: /tmp", LossCode::TmpfsSize),
        ("cpu_shares: 100", LossCode::ResourceSetting),
        ("labels: {a: b}", LossCode::Metadata),
        ("user: root", LossCode::ProcessSetting),
        ("platform: linux/s390x", LossCode::Platform),
        ("nonsense: 1", LossCode::UnknownKey),
        ("extra_hosts: [a=b]", LossCode::NameResolution),
        (
            "extends: {file: other.yaml, service: b}",
            LossCode::OtherFile,
        ),
        ("mem_reservation: 10m", LossCode::Reservation),
    ] {
        let lost = lost(lines);
        assert!(lost.contains(&code), "{lines}: {lost:?}");
    }
}

#[test]
fn codes_are_unique_and_have_a_form() {
    let codes: BTreeSet<&str> = LossCode::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(codes.len(), LossCode::ALL.len());
    for code in codes {
        let rest = code.strip_prefix("compose.").unwrap();
        assert!(rest.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
    }
}

#[test]
fn faults_are_told_all_at_once_with_their_places() {
    let text = "services:
  a:
    image: nginx
    ports: [\"80:\", 99999]
    command: 'open \"quote'
    depends_on: [nobody]
    volumes: [data:/data, rel:rel]
  b: {}
  c: {image: x, cpus: fast, environment: {A: \"${\"}}
";
    let Err(ImportError::Compose(report)) = import(text, &defaults()) else {
        panic!("the file is wrong");
    };
    let paths: Vec<&str> = report.errors().map(|error| error.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "services.a.ports[0]",
            "services.a.ports[1]",
            "services.a.command",
            "services.a.depends_on[0]",
            "services.a.volumes[0]",
            "services.a.volumes[1]",
            "services.b",
            "services.c.cpus",
            "services.c.environment.A",
        ]
    );
    assert!(report.render(text).contains("4 |"));
    for text in [
        "",
        "a: [",
        "services: {}",
        "services: {a: {image: x}}",
        "services: 3",
        "services: {a: {image: &i [*i]}}",
    ] {
        assert!(
            matches!(import(text, &defaults()), Err(ImportError::Compose(_))),
            "{text}"
        );
    }
}

#[test]
fn an_sdl_that_is_refused_is_handed_back() {
    let text = "services: {a: {image: x, ports: [80], scale: 4000000}}";
    match import(text, &defaults()) {
        Err(ImportError::Sdl { text, report }) => {
            assert!(
                report
                    .errors()
                    .all(|error| error.span.end as usize <= text.len())
            );
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn extends_and_merge_keys_do_not_grow_without_limit() {
    let mut bomb = "x-a: &a0 {k: v}\n".to_owned();
    for level in 1..30 {
        let last = level - 1;
        bomb.push_str(&format!(
            "x-{level}: &a{level} {{a: *a{last}, b: *a{last}, c: *a{last}}}\n"
        ));
    }
    bomb.push_str("services: {a: {image: x, ports: [80], labels: *a29}}\n");
    assert!(matches!(
        import(&bomb, &defaults()),
        Err(ImportError::Compose(_))
    ));

    let circle = "services: {a: {image: x, extends: b}, b: {image: y, extends: a}}";
    assert!(matches!(
        import(circle, &defaults()),
        Err(ImportError::Compose(_))
    ));

    let mut merges = "x-a: &m0 {k: v}\n".to_owned();
    for level in 1..40 {
        let last = level - 1;
        merges.push_str(&format!(
            "x-{level}: &m{level} {{<<: [*m{last}, *m{last}]}}\n"
        ));
    }
    merges.push_str("services: {a: {<<: *m39, image: x, ports: [80]}}\n");
    assert!(import(&merges, &defaults()).is_err());
}

const PIECES: &[&str] = &[
    "services:\n  a:\n    image: x\n",
    "    ports: [\"8080:80\"]\n",
    "    ports:\n      - target: 80\n        published: 1-3\n",
    "    environment: {A: \"${B:-${C}}\", D: $$}\n",
    "    environment: [A=b, C]\n",
    "    volumes: [v:/v, /w, ./x:/x:ro]\n",
    "    deploy: {replicas: 2, resources: {limits: {cpus: 0.5, memory: 1g}}}\n",
    "    command: a \"b c\" 'd'\n",
    "    depends_on: [b]\n",
    "  b: &b\n    image: y\n    expose: [1-9]\n",
    "  c:\n    <<: *b\n    extends: a\n",
    "volumes: {v: }\n",
    "networks: {n: {internal: true}}\n",
    "    gpus: all\n",
    "    shm_size: 1g\n",
    "x-a: &x [*x]\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// No text makes it panic; what it makes is an SDL, and all places lie in the text.
    #[test]
    fn any_pieces(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..12), cut in 0_usize..400) {
        let mut text = pieces.concat();
        if cut < text.len() {
            text.remove(cut);
        }
        match import(&text, &defaults()) {
            Ok(import) => {
                prop_assert_eq!(Sdl::parse(import.text()).unwrap().version(), import.sdl().version());
                for loss in import.losses() {
                    prop_assert!(text.get(loss.span.start as usize..loss.span.end as usize).is_some());
                }
            }
            Err(ImportError::Compose(report)) => {
                prop_assert!(report.errors().next().is_some());
                let _ = report.render(&text);
            }
            Err(other) => prop_assert!(false, "{}", other),
        }
    }
}

#[test]
fn later_files_are_laid_over_earlier_ones() {
    let base = "\
services:
  web:
    image: nginx:1.27
    command: [nginx, -g, daemon off;]
    environment: [MODE=fast, LEVEL=1]
    ports: ['80', '443']
    volumes: ['data:/data', 'logs:/logs']
  db: {image: 'postgres:16', ports: ['5432']}
volumes: {data: {}, logs: {}}
";
    let over = "\
services:
  web:
    command: [sh]
    environment: {LEVEL: 2, EXTRA: x}
    ports: ['443', '8080']
    volumes: ['other:/data', './site:/site']
  cache: {image: 'redis:7'}
volumes: {other: {}}
";
    let import = import_merged(&[base, over], &defaults()).unwrap();
    let services = &import.sdl().manifest().groups[0].services;
    let names: Vec<&str> = services.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["cache", "db", "web"]);
    let web = &services[2];
    assert_eq!(
        (&*web.image, web.args.as_slice()),
        ("nginx:1.27", ["sh".to_owned()].as_slice())
    );
    let mut env = web.env.to_vec();
    env.sort();
    assert_eq!(env, ["EXTRA=x", "LEVEL=2", "MODE=fast"]);
    let ports: Vec<u32> = web.expose.iter().map(|expose| expose.port).collect();
    assert_eq!(ports, [80, 443, 8080]);
    let mounts = &web.params.as_ref().unwrap().storage;
    let mounts: Vec<(&str, &str)> = mounts.iter().map(|m| (&*m.name, &*m.mount)).collect();
    assert_eq!(mounts, [("logs", "/logs"), ("other", "/data")]);
    // Places are told in the file that has them.
    let bind = import
        .losses()
        .iter()
        .find(|loss| loss.code == LossCode::BindMount)
        .unwrap();
    assert_eq!((bind.file, bind.position.line), (1, 6));
    assert_eq!(
        &over[bind.span.start as usize..bind.span.end as usize],
        "'./site:/site'"
    );
    // One file alone is what `import` makes of it.
    let alone = import_merged(&[base], &defaults()).unwrap();
    assert_eq!(alone.text(), import_text(base));
    assert!(alone.losses().iter().all(|loss| loss.file == 0));
}

fn import_text(compose: &str) -> String {
    import(compose, &defaults()).unwrap().text().to_owned()
}

#[test]
fn mistakes_of_several_files_name_theirs() {
    let base = "services: {web: {image: nginx, ports: ['80']}}";
    let faults = |files: &[&str]| match import_merged(files, &defaults()).unwrap_err() {
        ImportError::Compose(report) => report.to_string(),
        other => panic!("{other}"),
    };
    let wrong = faults(&[base, "services:\n  web: {ports: ['x']}\n"]);
    assert!(
        wrong.contains("2:") && wrong.contains("file 2: "),
        "{wrong}"
    );
    assert!(faults(&[]).contains("map `services`"));
    let twice = faults(&["a: 1\na: 2", base]);
    assert!(twice.contains("file 1: "), "{twice}");
}
