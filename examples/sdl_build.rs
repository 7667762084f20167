//! An SDL made in code: prints it as YAML, with its version hash.
//!
//! ```text
//! cargo run --example sdl_build                  # a web service with a database
//! cargo run --example sdl_build -- llm           # a language model on one 80 GB GPU
//! cargo run --example sdl_build -- regions --hash
//! cargo run --example sdl_build -- web --json
//! ```
//!
//! What is printed is an SDL file: the hash stands in a comment.

use akash_gpu::{GpuKey, Interface, MemorySize, Vendor};
use akash_sdl::Sdl;
use akash_sdl::build::{
    Builder, ExposeBuilder, HttpOptionsBuilder, NextCase, PlacementBuilder, ServiceBuilder,
    StorageClass, VolumeBuilder,
};
use akash_sdl::num::DecCoin;
use akash_sdl::resource::{Bytes, MilliCpu};
use std::io::Write as _;
use std::process::ExitCode;

/// What goes wrong is told to a person.
type Failure = Box<dyn std::error::Error>;

const USAGE: &str = "\
usage: sdl_build [web|llm|regions] [--hash | --json]

  web      a web service with a database on persistent storage (default)
  llm      a language model server on one 80 GB GPU
  regions  one service in two regions, with a leased IP address

  --hash   print only the version hash
  --json   print one line of JSON, which is an SDL too
";

const MIB: u64 = 1 << 20;
const GIB: u64 = 1 << 30;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let printed = run(&args).and_then(|text| Ok(std::io::stdout().write_all(text.as_bytes())?));
    match printed {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Nothing is left to do when the error stream is closed too.
            let _ = writeln!(std::io::stderr(), "sdl_build: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// The whole program but for the process around it.
fn run(args: &[String]) -> Result<String, Failure> {
    let (mut kind, mut hash, mut json) = ("web", false, false);
    for arg in args {
        match arg.as_str() {
            "--help" | "-h" => return Ok(USAGE.to_owned()),
            "--hash" => hash = true,
            "--json" => json = true,
            name if !name.starts_with('-') => kind = name,
            option => return Err(format!("there is no option {option}\n\n{USAGE}").into()),
        }
    }
    let builder = match kind {
        "web" => web()?,
        "llm" => llm()?,
        "regions" => regions()?,
        other => return Err(format!("there is no document {other:?}\n\n{USAGE}").into()),
    };
    let sdl = builder.build()?;
    if hash {
        return Ok(format!("{}\n", sdl.version()));
    }
    if json {
        return Ok(format!("{}\n", sdl.document().to_json()));
    }
    let yaml = builder.to_yaml()?;
    let read = Sdl::parse(&yaml)?;
    if read.version() != sdl.version() || read.groups() != sdl.groups() {
        return Err("the YAML does not read back as what was built".into());
    }
    Ok(format!("# version hash: {}\n{yaml}", sdl.version()))
}

fn price(text: &str) -> Result<DecCoin, Failure> {
    Ok(text.parse()?)
}

fn web() -> Result<Builder, Failure> {
    let api = ServiceBuilder::new("api", "ghcr.io/example/api:2.4.1", price("1500uact")?)
        .count(2)
        .cpu(MilliCpu(1000))
        .memory(Bytes(512 * MIB))
        .storage(Bytes(GIB))
        .env("DATABASE_HOST", "db")
        .env("LOG_FORMAT", "{\"time\": \"%t\", \"message\": \"%m\"}")
        .command(["sh", "-c"])
        .args(["set -e\nmigrate --to latest\nexec serve --port \"${PORT:-8080}\"\n"])
        .expose(
            ExposeBuilder::new(8080)
                .external(80)
                .accept("api.example.com")
                .http_options(
                    HttpOptionsBuilder::new()
                        .max_body_size(8 << 20)
                        .next_cases([NextCase::Error, NextCase::Status502]),
                )
                .to_global(),
        );
    let data = VolumeBuilder::persistent("data", Bytes(20 * GIB), StorageClass::Beta3);
    let db = ServiceBuilder::new("db", "postgres:16", price("2500uact")?)
        .memory(Bytes(2 * GIB))
        .volume(data.mount("/var/lib/postgresql/data"))
        .env("PGDATA", "/var/lib/postgresql/data/pgdata")
        .expose_to(5432, "api");
    Ok(Builder::new()
        .service("anywhere", api)
        .service("anywhere", db))
}

fn llm() -> Result<Builder, Failure> {
    let card = |model: &str| GpuKey::new(Vendor::Nvidia, model).with_ram(MemorySize::from_gib(80));
    let shm = VolumeBuilder::ram("shm", Bytes(8 * GIB));
    let server = ServiceBuilder::new("llm", "vllm/vllm-openai:v0.11.0", price("60000uact")?)
        .cpu(MilliCpu(8000))
        .memory(Bytes(64 * GIB))
        .storage(Bytes(100 * GIB))
        .volume(shm.mount("/dev/shm"))
        .gpu_keys(
            1,
            [card("h100").with_interface(Interface::Sxm), card("a100")],
        )
        .args(["--model", "Qwen/Qwen3-8B", "--max-model-len", "16384"])
        .expose_http(8000);
    Ok(Builder::new().service("gpu", server))
}

fn regions() -> Result<Builder, Failure> {
    let edge = ServiceBuilder::new("edge", "nginx:1.27", price("900uact")?)
        .cpu(MilliCpu(500))
        .cpu_arch("amd64")
        .memory(Bytes(256 * MIB))
        .expose_http(80);
    let dns = ServiceBuilder::new("dns", "coredns/coredns:1.11.3", price("1200uact")?).expose(
        ExposeBuilder::new(53)
            .protocol(&akash_sdl::manifest::Protocol::Udp)
            .to_ip("dns-ip"),
    );
    let region = |name: &str| PlacementBuilder::new().attribute("region", name);
    Ok(Builder::new()
        .service("east", edge)
        .deploy("west", "edge", price("950uact")?, 2)
        .service("west", dns)
        .ip_endpoint("dns-ip")
        .placement("east", region("us-east"))
        .placement("west", region("us-west")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(line: &str) -> String {
        let args: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        run(&args).unwrap()
    }

    #[test]
    fn what_is_printed_is_an_sdl_with_that_hash() {
        for kind in ["web", "llm", "regions"] {
            let yaml = text(kind);
            let sdl = Sdl::parse_strict(&yaml).unwrap();
            assert!(sdl.warnings().is_empty(), "{kind}: {:?}", sdl.warnings());
            let hash = format!("{}\n", sdl.version());
            assert!(
                yaml.starts_with(&format!("# version hash: {hash}")),
                "{yaml}"
            );
            assert_eq!(text(&format!("{kind} --hash")), hash);
            let json = Sdl::parse_strict(text(&format!("{kind} --json"))).unwrap();
            assert_eq!(json.document(), sdl.document());
        }
        assert!(text("web").contains("    - |\n      set -e\n"));
    }

    #[test]
    fn what_is_wrong_is_said() {
        for arg in ["--yaml", "database"] {
            let failure = run(&[arg.to_owned()]).unwrap_err().to_string();
            assert!(
                failure.contains(arg) && failure.contains("usage:"),
                "{failure}"
            );
        }
    }
}
