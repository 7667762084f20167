//! Cloud prices, their ages, and value rankings.

use akash_gpu::compare::{AsOf, CloudPrice, Date, Measure, PriceTable, rank};
use akash_gpu::{Catalog, GpuKey, NumberFormat};
use proptest::prelude::*;

fn key(text: &str) -> GpuKey {
    format!("vendor/nvidia/model/{text}").parse().unwrap()
}

#[test]
fn prices_per_gpu_are_the_machine_price_divided() {
    for row in PriceTable::embedded().rows() {
        let per_gpu = row.usd_per_hour / f64::from(row.gpus);
        assert!((per_gpu - row.usd_per_gpu_hour).abs() < 1e-5, "{row:?}");
    }
}

#[test]
fn only_the_newest_row_of_a_machine_counts() {
    let table = PriceTable::embedded();
    assert_eq!(table.latest().count(), 59);
    let p5: Vec<_> = table
        .latest()
        .filter(|r| r.instance_type == "p5.48xlarge")
        .collect();
    assert_eq!(p5.len(), 1);
    assert_eq!(p5[0].usd_per_hour, 55.04);
}

#[test]
fn savings_are_computed_for_the_same_kind_of_card() {
    let today = Date::new(2026, 6, 1).unwrap();
    let table = PriceTable::embedded();
    let found = table.compare(&key("h100/ram/80Gi/interface/sxm"), 2.0, today);
    assert!(found.iter().all(|c| c.row.memory.gib() == 80));
    assert!(found.is_sorted_by_key(|c| c.row.usd_per_gpu_hour));
    assert!((found[0].saving - (1.0 - 2.0 / 6.88)).abs() < 1e-12);
    // Dearer is a negative saving.
    assert!(table.compare(&key("t4"), 5.0, today)[0].saving < 0.0);
    // A PCIe card is not compared with a module.
    let pcie = table.compare(&key("a100/ram/80Gi/interface/pcie"), 1.0, today);
    assert!(!pcie.is_empty());
    assert!(pcie.iter().all(|c| c.row.marketing_name.contains("PCIe")));
    // 262 GiB is how one cloud prints the B300.
    assert_eq!(table.compare(&key("b300/ram/288Gi"), 5.0, today).len(), 1);
    assert!(table.compare(&key("rtx4090"), 0.3, today).is_empty());
    // The user's row wins.
    let mut row: CloudPrice = found[0].row.clone();
    row.usd_per_gpu_hour = 1.0;
    let own = table.clone().with_row(row.clone());
    assert_eq!(own.rows().len(), table.rows().len());
    assert_eq!(own.compare(&key("h100"), 2.0, today)[0].saving, -1.0);
    row.region = "mars-1".into();
    assert_eq!(own.with_row(row).rows().len(), table.rows().len() + 1);
}

#[test]
fn dates_and_ages() {
    let today = Date::new(2026, 1, 31).unwrap();
    let age = |text: &str| text.parse::<AsOf>().unwrap().age(today);
    assert_eq!(age("2026-01-21").to_string(), "10 days");
    assert_eq!(age("2025 (day unknown)").to_string(), "31 to 395 days");
    assert_eq!(age("2025-05").least, 245);
    assert_eq!(Date::new(2000, 3, 1).unwrap().days_since_epoch(), 11_017);
    for bad in [
        "",
        "2026",
        "2026-13",
        "2026-02-30",
        "2026-1-1",
        "26-01-01",
        "2026-01 (day unknown)",
        "2026-01-01-01",
    ] {
        assert!(bad.parse::<AsOf>().is_err(), "{bad}");
    }
    assert!("2026-01".parse::<Date>().is_err());
    assert_eq!("2026-01-31".parse::<Date>().unwrap(), today);
}

#[test]
fn rankings_are_sorted_and_leave_the_unknown_out() {
    let offers = || Catalog::embedded().models().iter().map(|m| (m, 1.0));
    for measure in [
        Measure::Memory,
        Measure::Bandwidth,
        Measure::Tflops(NumberFormat::Bf16),
        Measure::Tflops(NumberFormat::Fp8),
    ] {
        let ranked = rank(offers(), measure);
        assert!(!ranked.is_empty());
        assert!(ranked.is_sorted_by(|a, b| a.usd_per_unit <= b.usd_per_unit));
        assert!(ranked.iter().all(|v| measure.of(v.card).is_some()));
    }
    assert!(rank(offers(), Measure::Tflops(NumberFormat::Fp8)).len() < 147);
}

proptest! {
    #[test]
    fn days_follow_each_other(year in 1600_u16..2400, month in 1_u8..=12, day in 1_u8..=31) {
        if let Some(date) = Date::new(year, month, day) {
            prop_assert_eq!(date.to_string().parse::<Date>(), Ok(date));
            let next = Date::new(year, month, day + 1)
                .or_else(|| Date::new(year, month + 1, 1))
                .or_else(|| Date::new(year + 1, 1, 1))
                .unwrap();
            prop_assert_eq!(next.days_since_epoch(), date.days_since_epoch() + 1);
            prop_assert_eq!(Date::from_days_since_epoch(date.days_since_epoch()), Some(date));
        }
    }

    #[test]
    fn dates_print_what_they_read(text in "[0-9]{4}(-[0-9]{2}){0,2}( \\(day unknown\\))?") {
        if let Ok(date) = text.parse::<AsOf>() {
            prop_assert_eq!(date.to_string(), text);
        }
    }
}
