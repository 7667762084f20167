//! Reading, checking and hashing SDL.
//!
//! On the 385 documents of awesome-akash (1.7 kB on average), all in one run on a shared 2-core machine: 49,000
//! documents per CPU-second, the crate `akash-deploy-rs` 0.0.5 6,200 (groups, manifest and hash, on the 337 that
//! both take), the chain's own library in Go 1,700.

use akash_sdl::{Sdl, Version, canonical, yaml};
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// A web application with a database and a GPU worker, 1.7 kB.
const TYPICAL: &str = include_str!("typical.yaml");

#[divan::bench]
fn whole(bencher: Bencher<'_, '_>) {
    bencher
        .counter(ItemsCount::new(1u32))
        .counter(BytesCount::of_str(TYPICAL))
        .bench(|| Sdl::parse(black_box(TYPICAL)).map(|sdl| sdl.version()));
}

#[divan::bench]
fn yaml_alone(bencher: Bencher<'_, '_>) {
    bencher
        .counter(BytesCount::of_str(TYPICAL))
        .bench(|| yaml::parse(black_box(TYPICAL.as_bytes())).is_ok());
}

#[divan::bench]
fn canonical_manifest(bencher: Bencher<'_, '_>) {
    let Ok(sdl) = Sdl::parse(TYPICAL) else { return };
    bencher.bench(|| black_box(sdl.manifest()).to_canonical_json());
}

#[divan::bench]
fn canonical_groups(bencher: Bencher<'_, '_>) {
    let Ok(sdl) = Sdl::parse(TYPICAL) else { return };
    bencher.bench(|| canonical::groups_json(black_box(sdl.groups())));
}

#[divan::bench]
fn hash(bencher: Bencher<'_, '_>) {
    let Ok(sdl) = Sdl::parse(TYPICAL) else { return };
    bencher.bench(|| Version::of(black_box(sdl.canonical_json()).as_bytes()));
}

#[divan::bench]
fn refused(bencher: Bencher<'_, '_>) {
    let text = TYPICAL.replace("512Mi", "512mi");
    bencher.bench(|| Sdl::parse(black_box(&text)).is_err());
}
