//! Golden cases of the two matching rules and of the node fit.

use crate::vectors::{cases, texts};
use akash_gpu::attribute::chain;
use akash_gpu::attribute::provider::{ParseError, Request};
use akash_gpu::{Card, GpuKey, Interface, NodeGpus, fit_replica};
use proptest::prelude::*;
use serde_json::{Value, json};

#[test]
fn the_chain_matches_as_recorded() {
    for case in cases("chain_match") {
        let provider: Vec<(&str, &str)> = texts(&case["provider_attributes"])
            .into_iter()
            .map(|text| text.split_once('=').unwrap_or((text, "true")))
            .collect();
        let request = texts(&case["request"]).into_iter().map(|key| (key, "true"));
        let matched = chain::unit_matches(request, provider.iter().copied());
        assert_eq!(Some(matched), case["match"].as_bool(), "{case}");
    }
}

#[test]
fn providers_parse_as_recorded() {
    for case in cases("provider_parse") {
        match Request::parse(texts(&case["keys"])) {
            Ok(request) => {
                assert_eq!(case["ok"], true, "{case}");
                let mut parsed = json!({});
                for entry in request.entries() {
                    parsed[entry.vendor.as_str()][&entry.model] = match &entry.constraint {
                        None => Value::Null,
                        Some(c) => json!({
                            "RAM": c.ram.map(|r| r.to_string()).unwrap_or_default(),
                            "Interface": c.interface.as_ref().map_or("", Interface::as_str),
                        }),
                    };
                }
                assert_eq!(parsed, case["parsed"], "{case}");
            }
            Err(error) => {
                assert_eq!(case["ok"], false, "{case}");
                assert_eq!(reference_text(&error), case["error"].as_str().unwrap());
            }
        }
    }
}

#[test]
fn the_inventory_reads_attributes_as_recorded() {
    let text = include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../vectors/inventory/gpu_attributes.json"
    ));
    let recorded: Vec<Value> = serde_json::from_str(text).unwrap();
    for case in recorded {
        let attributes = case["attributes"].as_array().cloned().unwrap_or_default();
        let keys: Vec<&str> = attributes
            .iter()
            .map(|a| a["key"].as_str().unwrap())
            .collect();
        match Request::parse(keys) {
            Ok(request) => {
                let mut parsed = json!({});
                for entry in request.entries() {
                    parsed[entry.vendor.as_str()][&entry.model] = match &entry.constraint {
                        None => Value::Null,
                        Some(c) => json!({
                            "ram": c.ram.map(|r| r.to_string()).unwrap_or_default(),
                            "interface": c.interface.as_ref().map_or("", Interface::as_str),
                        }),
                    };
                }
                assert_eq!(parsed, case["parsed"], "{case}");
            }
            Err(error) => assert_eq!(reference_text(&error), case["error"].as_str().unwrap()),
        }
    }
}

/// What the reference prints for the same fault.
fn reference_text(error: &ParseError) -> String {
    use akash_gpu::QuantityError as Q;
    match error {
        ParseError::Shape { .. } => "invalid GPU attribute".into(),
        ParseError::Vendor { vendor } => format!("unsupported GPU vendor ({vendor})"),
        ParseError::Interface { interface } => format!("unsupported GPU interface ({interface})"),
        ParseError::Memory {
            source: Q::Suffix, ..
        } => "units: invalid suffix".into(),
        ParseError::Memory {
            source: Q::Format, ..
        } => "units: invalid format".into(),
        ParseError::Word { found, .. } => format!("unexpected GPU attribute type ({found})"),
        ParseError::Memory {
            source: Q::Negative,
            ..
        } => "units: negative value not allowed".into(),
        other => panic!("unexpected {other}"),
    }
}

#[test]
fn interfaces_have_the_recorded_canonical_form() {
    for case in cases("interface_filter") {
        let raw = case["in"].as_str().unwrap();
        assert_eq!(
            Interface::canonical(raw).as_str(),
            case["out"].as_str().unwrap()
        );
    }
}

#[test]
fn nodes_fit_as_recorded() {
    for case in cases("provider_node_fit") {
        let cards: Vec<Card> = serde_json::from_value(case["cards"].clone()).unwrap();
        let node = NodeGpus {
            allocatable: case["allocatable"].as_u64().unwrap(),
            allocated: case["allocated_before"].as_u64().unwrap(),
            cards: &cards,
        };
        let units = case["units"].as_u64().unwrap();
        let fit = fit_replica(node, units, texts(&case["request"]));
        assert_eq!(Some(fit.is_ok()), case["fits"].as_bool(), "{case}");
        let Ok(fit) = fit else { continue };
        if let Some(after) = case["allocated_after"].as_u64() {
            assert_eq!(fit.allocated_after, after, "{case}");
        }
        let offered: Vec<String> = fit.offered.iter().map(ToString::to_string).collect();
        assert_eq!(offered, texts(&case["offered_attributes"]), "{case}");
        if units > 0 {
            assert_eq!(fit.vendor, case["scheduler_vendor"].as_str().unwrap());
            assert_eq!(fit.model, case["scheduler_model"].as_str().unwrap());
            assert_eq!(fit.runtime_class, case["runtime_class"].as_str().unwrap());
        }
    }
}

#[test]
fn the_sdl_keys_of_the_reference_read_back() {
    let mut read = 0;
    for case in cases("sdl_to_attributes") {
        for key in texts(&case["go"]["attributes"]) {
            assert!(chain::is_valid_key(key), "{key}");
            if let Ok(parsed) = key.parse::<GpuKey>() {
                assert_eq!(parsed.to_string(), key);
                read += 1;
            } else {
                assert_eq!(key, "vendor/nvidia/model/a100/x");
            }
        }
    }
    assert!(read > 20);
}

fn word() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9_.*-]{0,12}"
}

proptest! {
    #[test]
    fn printing_and_parsing_keys_are_inverse(
        vendor in prop_oneof![Just("nvidia".to_owned()), Just("amd".to_owned()), word()],
        model in word(),
        ram in proptest::option::of(0_u64..1_000_000),
        interface in proptest::option::of(prop_oneof![Just("sxm".to_owned()), word()]),
    ) {
        let mut key = GpuKey::new(vendor.as_str().into(), model);
        key.ram = ram.map(akash_gpu::MemorySize::from_gib);
        key.interface = interface.map(|i| i.as_str().into());
        prop_assert!(key.check().is_ok());
        let text = key.to_string();
        prop_assert_eq!(text.parse::<GpuKey>(), Ok(key));
    }

    #[test]
    fn what_parses_prints_the_same(text in "vendor/[a-z]{0,6}/model/[a-z0-9*]{0,6}(/(ram|interface)/[0-9a-zA-Z]{0,5}){0,3}") {
        if let Ok(key) = text.parse::<GpuKey>() {
            prop_assert_eq!(key.to_string(), text);
        }
    }

    #[test]
    fn no_input_panics(pattern in ".{0,24}", text in ".{0,24}") {
        let _ = akash_gpu::glob::matches(&pattern, &text);
        let _ = Request::parse([pattern.as_str(), text.as_str()]);
        let _ = pattern.parse::<GpuKey>();
        let _ = chain::candidate(&text);
    }

    #[test]
    fn a_malformed_pattern_matches_nothing(pattern in "[a\\[\\]*?^/-]{0,8}", text in "[a\\[\\]*?/-]{0,8}") {
        if !akash_gpu::glob::is_well_formed(&pattern) {
            prop_assert!(!akash_gpu::glob::matches(&pattern, &text));
        }
    }
}
