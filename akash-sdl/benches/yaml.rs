//! Reading the valid SDL documents: bytes to tree, and on to plain values.
#![allow(
    clippy::unwrap_used,
    reason = "a benchmark may stop at the first surprise"
)]

use akash_sdl::yaml;
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

fn main() {
    divan::main();
}

/// Every valid SDL document of the golden data up to 8 kB, as larger ones are built to be large.
fn documents() -> Vec<Vec<u8>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/sdl/valid");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let yaml = paths.iter().filter(|path| {
        path.extension()
            .is_some_and(|ext| ext == "yaml" || ext == "yml")
    });
    yaml.map(|path| std::fs::read(path).unwrap())
        .filter(|text| text.len() <= 8192)
        .collect()
}

#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let documents = documents();
    bencher
        .counter(BytesCount::new(
            documents.iter().map(Vec::len).sum::<usize>(),
        ))
        .counter(ItemsCount::new(documents.len()))
        .bench(|| {
            documents
                .iter()
                .map(|text| yaml::parse(text).unwrap().len())
                .sum::<usize>()
        });
}

#[divan::bench]
fn to_value(bencher: Bencher<'_, '_>) {
    let documents = documents();
    bencher
        .counter(BytesCount::new(
            documents.iter().map(Vec::len).sum::<usize>(),
        ))
        .counter(ItemsCount::new(documents.len()))
        .bench(|| {
            documents
                .iter()
                .filter(|text| yaml::parse(text).unwrap().to_value().is_ok())
                .count()
        });
}
