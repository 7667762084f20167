//! Documents made in code.

use core::time::Duration;
use std::collections::BTreeSet;

use akash_gpu::{GpuKey, Interface, MemorySize, Vendor};

use akash_sdl::build::{
    BuildError, Builder, ExposeBuilder, HttpOptionsBuilder, NextCase, Permission, PlacementBuilder,
    ServiceBuilder, StorageClass, Tee, VolumeBuilder,
};
use akash_sdl::canonical::groups_json;
use akash_sdl::document::Dialect;
use akash_sdl::manifest::Protocol;
use akash_sdl::num::DecCoin;
use akash_sdl::resource::{Bytes, EndpointKind, MilliCpu};
use akash_sdl::{Sdl, diagnostic::codes};
use proptest::prelude::*;

fn price() -> DecCoin {
    "12.5uact".parse().unwrap()
}

fn web() -> ServiceBuilder {
    ServiceBuilder::new("web", "nginx:1.27", price()).expose_http(80)
}

/// Everything an SDL can say, once.
fn everything() -> Builder {
    let db = ServiceBuilder::new("db", "postgres:16", price())
        .volume(
            VolumeBuilder::persistent("data", Bytes(10 << 30), StorageClass::Beta3)
                .mount("/var/lib/postgresql/data"),
        )
        .volume(VolumeBuilder::ephemeral("tmp", Bytes(5 << 20)).mount_read_only("/in"))
        .env("POSTGRES_PASSWORD", "a \"b\"\n\u{2028}#: &x")
        .env_name("PGDATA")
        .expose_to(5432, "web");
    let web = ServiceBuilder::new("web", "registry.example/web:1", price())
        .cpu(MilliCpu(2500))
        .cpu_arch("amd64")
        .memory(Bytes(1_500_000_001))
        .storage(Bytes(2 << 30))
        .volume(VolumeBuilder::ram("shm", Bytes(1 << 30)).mount("/dev/shm"))
        .gpu(1, ["h100/ram/80Gi/interface/sxm", "a100"])
        .count(2)
        .command(["sh", "-c"])
        .args(["run", "--", "yes", ""])
        .credentials("registry.example", "a@b.c", "me", "secret")
        .depends_on("db")
        .permissions([Permission::Logs, Permission::Events])
        .tee(Tee::CpuGpu)
        .expose(
            ExposeBuilder::new(8080)
                .external(80)
                .accept("example.com")
                .accept("www.example.com")
                .http_options(
                    HttpOptionsBuilder::new()
                        .max_body_size(104_857_600)
                        .proxy_buffer_size(4096)
                        .read_timeout(59_000)
                        .send_timeout(58_000)
                        .next_tries(5)
                        .next_timeout(7)
                        .next_cases([NextCase::Status500, NextCase::Status429]),
                )
                .to_global(),
        )
        .expose(ExposeBuilder::new(53).protocol(&Protocol::Udp).to_ip("dns"))
        .expose(ExposeBuilder::new(9000).to_service("db"))
        .expose_global(9001, &Protocol::Udp);
    Builder::new()
        .service("west", web)
        .service("west", db)
        .placement(
            "west",
            PlacementBuilder::new()
                .attribute("region", "us-west")
                .signed_by_any("akash1any")
                .signed_by_all("akash1all"),
        )
        .ip_endpoint("dns")
        .reclamation(Duration::from_secs(86_400))
}

#[test]
fn everything_an_sdl_can_say() {
    let builder = everything();
    let json = builder.document().to_json();
    let strict =
        Sdl::parse_strict(&json).unwrap_or_else(|report| panic!("{}", report.render(&json)));
    let sdl = builder.build().unwrap();
    assert_eq!(sdl.version(), strict.version());
    // what it says of itself: a variable without value, dependencies, auditors that are no addresses
    let warnings: BTreeSet<&str> = sdl.warnings().iter().map(|one| one.code).collect();
    let expected = [
        codes::SERVICE_ENV_WITHOUT_VALUE,
        codes::DEPENDENCIES_IGNORED,
        codes::AUDITOR_MALFORMED,
    ];
    assert_eq!(warnings, BTreeSet::from(expected));
    assert_eq!(sdl.reclamation_min_window(), Some(86_400_000_000_000));

    let group = &sdl.groups()[0];
    assert_eq!((group.name.as_str(), group.resources.len()), ("west", 2));
    let required = &group.requirements;
    assert_eq!(required.signed_by.any_of, ["akash1any"]);
    assert_eq!(required.signed_by.all_of, ["akash1all"]);
    let keys: Vec<_> = required.attributes.iter().map(|a| a.key.as_str()).collect();
    assert_eq!(keys, ["region", "tee/type"]);
    let web = &group.resources[1];
    assert_eq!((web.count, web.price.clone()), (2, price()));
    let needs = &web.resources;
    assert_eq!(needs.cpu.units, MilliCpu(2500));
    assert_eq!(needs.cpu.attributes[0].value, "amd64");
    assert_eq!(needs.memory.quantity, Bytes(1_500_000_001));
    let key = &needs.gpu.attributes[1].key;
    assert_eq!(key, "vendor/nvidia/model/h100/ram/80Gi/interface/sxm");
    let leased = |e: &&akash_sdl::resource::Endpoint| e.kind == EndpointKind::LeasedIp;
    assert_eq!(needs.endpoints.iter().filter(leased).count(), 1);
    let names: Vec<_> = needs.storage.iter().map(|v| v.name.as_str()).collect();
    assert_eq!(names, ["shm", "default"]);

    let services = &sdl.manifest().groups[0].services;
    let env = ["POSTGRES_PASSWORD=a \"b\"\n\u{2028}#: &x", "PGDATA"];
    assert_eq!(services[0].env.as_slice(), env);
    let web = &services[1];
    assert_eq!(web.args.as_slice(), ["run", "--", "yes", ""]);
    let http = &web
        .expose
        .iter()
        .find(|e| e.port == 8080)
        .unwrap()
        .http_options;
    let sizes = (http.max_body_size, http.proxy_buffer_size);
    assert_eq!(sizes, (104_857_600, 4096));
    assert_eq!((http.read_timeout, http.send_timeout), (59_000, 58_000));
    assert_eq!((http.next_tries, http.next_timeout), (5, 7));
    assert_eq!(http.next_cases.as_slice(), ["500", "429"]);
    let text = sdl.canonical_json();
    for part in [
        r#""email":"a@b.c""#,
        r#""permissions":{"read":["logs","events"]}"#,
        r#""tee":{"attestation":true,"type":"cpu-gpu"}"#,
        r#""hosts":["example.com","www.example.com"]"#,
        r#"{"mount":"/in","name":"tmp","readOnly":true}"#,
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert_eq!(
        sdl.document()
            .services
            .get("web")
            .unwrap()
            .dependencies
            .len(),
        1
    );
}

#[test]
fn services_that_share_a_profile() {
    let one = |name: &str| ServiceBuilder::new(name, "busybox", price()).profile("small");
    let sdl = Builder::new()
        .service("here", web())
        .service("here", one("a").count(2))
        .service("here", one("b").count(3))
        .build()
        .unwrap();
    assert_eq!(sdl.groups()[0].resources.len(), 2);
    assert_eq!(sdl.groups()[0].resources[0].count, 5);
    let old = Builder::new()
        .dialect(Dialect::V2_0)
        .service("here", web())
        .service("here", one("a"))
        .service("here", one("b"));
    assert_eq!(old.build().unwrap().groups()[0].resources.len(), 3);

    let other = one("c").memory(Bytes(1 << 30));
    let error = old.clone().service("here", other).build().unwrap_err();
    let profile = "small".to_owned();
    assert_eq!(error, BuildError::ProfileConflict { profile });
    let dear = ServiceBuilder::new("c", "busybox", "13uact".parse().unwrap()).profile("small");
    let error = old.service("here", dear).build().unwrap_err();
    assert!(matches!(error, BuildError::PriceConflict { .. }), "{error}");
}

#[test]
fn what_cannot_be_is_said() {
    let twice = Builder::new()
        .service("here", web())
        .service("there", web());
    let service = "web".to_owned();
    assert_eq!(
        twice.build().unwrap_err(),
        BuildError::ServiceTwice { service }
    );
    let unknown = Builder::new()
        .service("here", web())
        .deploy("there", "api", price(), 1);
    let service = "api".to_owned();
    assert_eq!(
        unknown.build().unwrap_err(),
        BuildError::ServiceUnknown { service }
    );

    let amd = web().gpu_keys(1, [GpuKey::new(Vendor::Amd, "mi300x")]);
    let error = Builder::new().service("here", amd).build().unwrap_err();
    let path = "profiles.compute.web".to_owned();
    assert_eq!(error, BuildError::NotKept { path });

    let refused = |builder: Builder| match builder.build().unwrap_err() {
        BuildError::Refused(report) => {
            let error = report.errors().next().unwrap();
            (error.code, error.path.clone())
        }
        other => panic!("{other}"),
    };
    let path = |path: &str| path.to_owned();
    assert_eq!(
        refused(Builder::new().service("here", web().cpu(MilliCpu(9)))),
        (
            codes::CPU_RANGE,
            path("profiles.compute.web.resources.cpu.units")
        )
    );
    let service = ServiceBuilder::new("web", "nginx", price());
    let hidden = service.expose(ExposeBuilder::new(80).to_service("db"));
    let (code, _) = refused(Builder::new().service("here", hidden));
    assert_eq!(code, codes::EXPOSE_NOTHING_GLOBAL);
    let (code, at) = refused(Builder::new().service("here", web()).ip_endpoint("dns"));
    assert_eq!((code, at), (codes::ENDPOINT_UNUSED, path("endpoints.dns")));
    let never = Builder::new()
        .service("here", web())
        .reclamation(Duration::ZERO);
    assert_eq!(refused(never).0, codes::RECLAMATION_WINDOW);
    assert_eq!(refused(Builder::new()).0, codes::DEPLOYMENT_EMPTY);
}

/// A text with what YAML stumbles over.
fn hostile() -> impl Strategy<Value = String> {
    const TEXTS: &[&str] = &[
        "",
        "no",
        "0777",
        "1e3",
        "<<",
        "~",
        "a\nb\n",
        " a ",
        "\ta",
        "\u{85}",
        "\u{2028}b",
        "a: b",
        "a #b",
        "- a",
        "\u{1}",
        "'",
        "\"\\",
        "${X}",
        "*a",
        "&a",
        "!t",
        "|",
        "%",
        "@",
        "`",
        "---",
    ];
    prop_oneof![
        proptest::sample::select(TEXTS).prop_map(str::to_owned),
        any::<String>()
    ]
}

prop_compose! {
    fn service(name: String)(
        (cpu, memory, storage) in (10u64..10_000, 1u64 << 20..1 << 33, 5u64 << 20..1 << 40),
        (env, args, command) in (
            prop::collection::vec(hostile(), 0..4),
            prop::option::of(prop::collection::vec(hostile(), 0..3)),
            prop::option::of(prop::collection::vec(hostile(), 0..2)),
        ),
        (ports, data, gpus) in (
            prop::collection::vec((2u32..9000, 0u32..9000, any::<bool>()), 0..4),
            prop::option::of((5u64 << 20..1 << 40, 0usize..4, any::<bool>())),
            prop::option::of((1u64..5, any::<bool>(), 0u64..100)),
        ),
        (price, count, mail) in (1u64..10_000_000, 1u32..5, hostile()),
        (image, tee, log_in) in (hostile(), any::<bool>(), any::<bool>()),
    ) -> ServiceBuilder {
        let amount = format!("{}.{:03}uact", price, price % 1000);
        let image = format!("i{image}");
        let mut service = ServiceBuilder::new(&name, image, amount.parse().unwrap())
            .cpu(MilliCpu(cpu)).memory(Bytes(memory)).storage(Bytes(storage)).count(count)
            .expose_http(1);
        for (at, value) in env.iter().enumerate() {
            service = service.env(&format!("V{at}"), value);
        }
        if let Some(args) = &args {
            service = service.args(args.iter().map(String::as_str));
        }
        if let Some(command) = &command {
            service = service.command(command.iter().map(String::as_str));
        }
        for (port, external, udp) in ports {
            let protocol = if udp { Protocol::Udp } else { Protocol::Tcp };
            let port = ExposeBuilder::new(port).external(external).protocol(&protocol);
            service = service.expose(if udp { port.to_service("s0") } else { port.to_global() });
        }
        if let Some((size, class, read_only)) = data {
            let classes = [StorageClass::Default, StorageClass::Beta1, StorageClass::Beta2, StorageClass::Beta3];
            let volume = VolumeBuilder::persistent("data", Bytes(size), classes[class]);
            let path = format!("/{mail}");
            service = service.volume(if read_only { volume.mount_read_only(&path) } else { volume.mount(&path) });
        }
        if let Some((units, sxm, ram)) = gpus {
            let mut card = GpuKey::new(Vendor::Nvidia, "h100");
            if ram > 0 { card = card.with_ram(MemorySize::from_gib(ram)); }
            if sxm { card = card.with_interface(Interface::Sxm); }
            service = service.gpu_keys(units, [card, GpuKey::new(Vendor::Nvidia, "a100")]);
            if tee { service = service.tee(Tee::CpuGpu); }
        }
        if log_in {
            service = service.credentials("registry.example", &mail, "me", "secret");
        }
        service
    }
}

prop_compose! {
    fn builder()(
        services in (1usize..4).prop_flat_map(|n| (0..n).map(|i| service(format!("s{i}"))).collect::<Vec<_>>()),
        old: bool,
        regions in prop::collection::vec(hostile(), 1..3),
        auditors in prop::collection::vec(hostile(), 0..3),
        (key, value) in (hostile(), hostile()),
        window in prop::option::of(1u64..1 << 60),
    ) -> Builder {
        let mut builder = Builder::new();
        if old { builder = builder.dialect(Dialect::V2_0); }
        let regions: Vec<String> = regions.iter().map(|region| format!("r{region}")).collect();
        for (at, service) in services.into_iter().enumerate() {
            builder = builder.service(&regions[at % regions.len()], service);
        }
        let asked = auditors.iter().fold(PlacementBuilder::new(), |asked, auditor| {
            asked.signed_by_any(auditor).signed_by_all(auditor)
        });
        builder = builder.placement(&regions[0], asked.attribute(&key, &value));
        match window {
            Some(window) => builder.reclamation(Duration::from_nanos(window)),
            None => builder,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_built_is_valid_and_reads_back(builder in builder()) {
        let sdl = builder.build().map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(sdl.document(), builder.document());
        prop_assert_eq!(sdl.manifest().check_against(sdl.groups()), Ok(()));
        #[cfg(feature = "emit")]
        {
            let text = builder.to_yaml().unwrap();
            let again = Sdl::parse(&text).map_err(|report| TestCaseError::fail(report.render(&text)))?;
            prop_assert_eq!(again.document(), builder.document(), "{}", text);
            prop_assert_eq!(groups_json(again.groups()), groups_json(sdl.groups()));
            prop_assert_eq!(again.canonical_json(), sdl.canonical_json());
            prop_assert_eq!(again.version(), sdl.version());
        }
        let json = Sdl::parse(builder.document().to_json()).unwrap();
        prop_assert_eq!(groups_json(json.groups()), groups_json(sdl.groups()));
    }
}
