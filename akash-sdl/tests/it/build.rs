//! Documents made in code.

#[test]
fn built_documents_pass_strict_reading() {
    use akash_sdl::Sdl;
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
    let json = builder.document().to_json();
    let sdl = Sdl::parse_strict(&json).unwrap_or_else(|report| panic!("{}", report.render(&json)));
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
