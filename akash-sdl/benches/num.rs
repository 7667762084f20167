//! Costs of decimal arithmetic, by size of the operands.
#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;

use akash_sdl::num::{Dec, Int};

fn main() {
    divan::main();
}

/// Raw values of one limb, of 128 bits, and beyond 128 bits.
const SIZES: [&str; 3] = ["one", "money", "huge"];

fn pair(size: &str) -> (Dec, Dec) {
    let (a, b) = match size {
        "one" => ("1.5", "0.333333333333333333"),
        "money" => ("5000000.123456", "1234.000000000000000567"),
        _ => (
            "1606938044258990275541962092341162602522202.993782792835301376",
            "1267650600228229401496703205376.123456789012345678",
        ),
    };
    (a.parse().unwrap(), b.parse().unwrap())
}

macro_rules! binary {
    ($($name:ident),*) => {$(
        #[divan::bench(args = SIZES)]
        fn $name(bencher: divan::Bencher<'_, '_>, size: &str) {
            let (a, b) = pair(size);
            bencher.bench_local(|| black_box(black_box(&a).$name(*black_box(&b)).is_ok()));
        }
    )*};
}

binary!(add, sub, mul, mul_truncate, quo, quo_truncate);

#[divan::bench(args = SIZES)]
fn mul_int(bencher: divan::Bencher<'_, '_>, size: &str) {
    let (a, _) = pair(size);
    let blocks = Int::from(14_400u64);
    bencher.bench_local(|| black_box(&a).mul_int(*black_box(&blocks)));
}

#[divan::bench(args = SIZES)]
fn truncate_int(bencher: divan::Bencher<'_, '_>, size: &str) {
    let (a, _) = pair(size);
    bencher.bench_local(|| black_box(&a).truncate_int());
}

#[divan::bench(args = SIZES)]
fn parse(bencher: divan::Bencher<'_, '_>, size: &str) {
    let text = pair(size).0.to_string();
    bencher.bench(|| black_box(text.as_str()).parse::<Dec>());
}

#[divan::bench(args = SIZES)]
fn display(bencher: divan::Bencher<'_, '_>, size: &str) {
    use std::fmt::Write;
    let (a, _) = pair(size);
    let mut text = String::with_capacity(128);
    bencher.bench_local(|| {
        text.clear();
        write!(text, "{}", black_box(a)).unwrap();
        black_box(text.len())
    });
}

#[divan::bench]
fn approx_sqrt(bencher: divan::Bencher<'_, '_>) {
    let two = Dec::from_u64(2);
    bencher.bench(|| black_box(two).approx_sqrt());
}
