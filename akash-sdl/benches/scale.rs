//! How cost grows with the length of the text, from 1 kB to the limit of 1 MiB: the throughput stays the
//! same when it grows linearly, and `max alloc` is the peak of memory.
//!
//! From 1 kB to 1 MB a byte costs 25 to 36 ns with a mistake in each line, 17 to 27 ns with volumes and mounts only.

use akash_sdl::{Sdl, yaml};
use divan::counter::BytesCount;
use divan::{AllocProfiler, Bencher, black_box};

#[global_allocator]
static ALLOC: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// Lengths of texts.
const SIZES: [usize; 6] = [
    1 << 10,
    1 << 12,
    1 << 14,
    1 << 16,
    1 << 18,
    (1 << 20) - 1024,
];

/// A document of about this length: its fixed parts, with a part repeated in the middle.
fn document(size: usize, part: &str, at: &str) -> String {
    let (before, behind) = akash_sdl::EXAMPLE
        .split_once(at)
        .unwrap_or((akash_sdl::EXAMPLE, ""));
    let mut text = String::with_capacity(size + part.len());
    text.push_str(before);
    let mut number = 0;
    while text.len() + behind.len() + at.len() < size {
        text.push_str(&part.replace('#', &number.to_string()));
        number += 1;
    }
    text.push_str(at);
    text.push_str(behind);
    text
}

fn read(bencher: Bencher<'_, '_>, text: &str) {
    bencher
        .counter(BytesCount::of_str(text))
        .bench(|| Sdl::parse(black_box(text)).is_ok());
}

/// A service more for each 150 bytes; each is checked though none of them is deployed.
#[divan::bench(args = SIZES)]
fn services(bencher: Bencher<'_, '_>, size: usize) {
    let part = "  s#:\n    image: nginx:1.27\n    env: [A=1, B=2]\n    expose:\n      - port: 80\n        \
                as: 8080\n        to:\n          - service: web\n";
    read(bencher, &document(size, part, "  web:\n    image"));
}

/// Attributes of a placement: one map whose keys must be unique.
#[divan::bench(args = SIZES)]
fn unique_keys(bencher: Bencher<'_, '_>, size: usize) {
    let text = document(size, "        key-#: value\n", "      pricing:");
    read(
        bencher,
        &text.replacen("        key-0", "      attributes:\n        key-0", 1),
    );
}

/// Environment variables: a long list.
#[divan::bench(args = SIZES)]
fn variables(bencher: Bencher<'_, '_>, size: usize) {
    let text = document(size, "      - NAME_#=some value of it\n", "    expose:");
    read(
        bencher,
        &text.replacen("      - NAME_0=", "    env:\n      - NAME_0=", 1),
    );
}

/// A mistake in each line.
#[divan::bench(args = SIZES)]
fn mistakes(bencher: Bencher<'_, '_>, size: usize) {
    let part = "    bad#: {resources: {memory: {size: 1mi}}}\n";
    read(bencher, &document(size, part, "  placement:"));
}

/// A value of the wrong kind in each line, found by the YAML layer.
#[divan::bench(args = SIZES)]
fn wrong_kinds(bencher: Bencher<'_, '_>, size: usize) {
    let part = "    bad#: {resources: {memory: [1]}}\n";
    read(bencher, &document(size, part, "  placement:"));
}

/// Volumes and their mounts, which must be unlike each other.
#[divan::bench(args = SIZES)]
fn mounts(bencher: Bencher<'_, '_>, size: usize) {
    let part = "          - {name: v#, size: 1Gi}\n";
    let volumes = document(size / 2, part, "  placement:").replacen("size: 1Gi", "", 1);
    let text = volumes.replace("        storage:\n          \n", "        storage:\n");
    let count = text.matches("{name: v").count();
    let mounts: String = (0..count)
        .map(|at| format!("        v{at}: {{mount: /v{at}}}\n"))
        .collect();
    let image = "    image: nginx:1.27\n";
    let params = format!("{image}    params:\n      storage:\n{mounts}");
    read(bencher, &text.replacen(image, &params, 1));
}

/// The tree alone.
#[divan::bench(args = SIZES)]
fn tree(bencher: Bencher<'_, '_>, size: usize) {
    let text = document(size, "  s#:\n    image: nginx:1.27\n", "  web:\n    image");
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| yaml::parse(black_box(text.as_bytes())).is_ok());
}
