//! A requirement's result satisfies it, and nothing that satisfies it is lost.

use akash_gpu::{
    Catalog, Guarantee, Interface, MemorySize, NumberFormat, Registered, Requirement, Vendor, lint,
};
use proptest::prelude::*;

fn requirement() -> impl Strategy<Value = Requirement> {
    (
        1_u32..24,
        proptest::option::of(1_u64..150),
        proptest::option::of(1_u64..1000),
        proptest::collection::vec(proptest::sample::select(NumberFormat::ALL.to_vec()), 0..3),
        proptest::option::of((5_u8..13, 0_u8..10)),
        proptest::option::of(50.0..5000.0_f64),
        proptest::option::of(50.0..1000.0_f64),
        proptest::option::of(prop_oneof![Just(Interface::Pcie), Just(Interface::Sxm)]),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(
            |(units, memory, total, formats, cuda, bandwidth, link, interface, cc, all)| {
                Requirement {
                    memory: memory.map(MemorySize::from_gib),
                    total_memory: total.map(MemorySize::from_gib),
                    formats,
                    cuda,
                    bandwidth_gb_s: bandwidth,
                    nvlink_gb_s: link,
                    interface,
                    confidential: cc,
                    unregistered: all,
                    ..Requirement::new(units)
                }
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn plans_are_sound_and_complete(need in requirement()) {
        let catalog = Catalog::embedded();
        let plan = need.plan(catalog);
        for list in &plan.placements {
            prop_assert!(list.is_sorted());
            prop_assert!(list.windows(2).all(|w| w[0].model != w[1].model || w[0].vendor != w[1].vendor));
            let keys: Vec<String> = list.iter().map(ToString::to_string).collect();
            let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
            let findings = lint::request(catalog, u64::from(plan.units), &keys);
            let worst = if need.unregistered { lint::Severity::Error } else { lint::Severity::Warning };
            prop_assert!(findings.iter().all(|f| f.severity() < worst), "{:?}", findings);
        }
        if need.is_open() {
            return Ok(());
        }
        for key in plan.keys() {
            for card in catalog.by_key(key) {
                if need.unregistered || card.in_registry == Registered::Yes {
                    prop_assert_eq!(need.check(card), Ok(()));
                }
            }
        }
        for card in need.cards(catalog) {
            let admitted = plan.keys().any(|k| card.answers(k));
            prop_assert!(admitted || !card.interface.is_orderable(), "{:?}", card);
        }
    }

    #[test]
    fn an_offer_of_a_full_key_keeps_its_promise(need in requirement()) {
        let catalog = Catalog::embedded();
        for card in need.cards(catalog) {
            let key = card.key();
            let promise = Guarantee::of(catalog, &key);
            prop_assert!(promise.cards.contains(&card));
            if card.interface.is_orderable() {
                prop_assert!(promise.satisfies(&need));
            }
        }
    }
}

#[test]
fn an_open_requirement_asks_for_any_card() {
    let plan = Requirement::new(2).plan(Catalog::embedded());
    assert_eq!(plan.placements[0][0].to_string(), "vendor/nvidia/model/*");
    let plan = Requirement::new(1)
        .vendor(Vendor::Intel)
        .plan(Catalog::embedded());
    assert!(plan.placements.is_empty());
    let plan = Requirement::new(1)
        .vendor(Vendor::Amd)
        .plan(Catalog::embedded());
    assert_eq!(plan.placements[0][0].to_string(), "vendor/amd/model/*");
}

#[test]
fn total_memory_counts_the_cards() {
    let need = |units| {
        Requirement::new(units)
            .total_memory(MemorySize::from_gib(160))
            .model("a100")
    };
    assert!(need(1).plan(Catalog::embedded()).placements.is_empty());
    let two = need(2).plan(Catalog::embedded());
    assert_eq!(
        two.placements[0][0].to_string(),
        "vendor/nvidia/model/a100/ram/80Gi"
    );
    let four = need(4).plan(Catalog::embedded());
    assert_eq!(
        four.placements[0][0].to_string(),
        "vendor/nvidia/model/a100"
    );
}
