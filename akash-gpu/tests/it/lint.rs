//! Findings about requests and provider attributes.

use akash_gpu::lint::{Severity, provider_attributes, request};
use akash_gpu::{Catalog, GpuKey};

fn codes(units: u64, keys: &[&str]) -> Vec<&'static str> {
    request(Catalog::embedded(), units, keys)
        .iter()
        .map(|f| f.problem.code())
        .collect()
}

#[test]
fn requests() {
    let none: [&str; 0] = [];
    assert_eq!(codes(1, &["vendor/nvidia/model/*"]), none);
    assert_eq!(
        codes(8, &["vendor/nvidia/model/h100/ram/80Gi/interface/sxm"]),
        none
    );
    assert_eq!(codes(0, &[]), none);
    assert_eq!(codes(1, &[]), ["gpu.no_attributes"]);
    assert_eq!(codes(0, &["vendor/nvidia/model/t4"]), ["gpu.no_units"]);
    assert_eq!(
        codes(25, &["vendor/nvidia/model/t4"]),
        ["gpu.too_many_units"]
    );
    assert_eq!(
        codes(1, &["vendor/nvidia/model/rtx*"]),
        ["gpu.pattern", "gpu.never_bid"]
    );
    assert_eq!(
        codes(1, &["vendor/nvidia/model/RTX4090"]),
        ["gpu.unknown_model"]
    );
    assert_eq!(codes(1, &["vendor/nvidia/model/x1"]), ["gpu.unknown_model"]);
    assert_eq!(
        codes(1, &["vendor/nvidia/model/l40s"]),
        ["gpu.not_in_registry"]
    );
    assert_eq!(
        codes(1, &["vendor/nvidia/model/t4/ram/80Gi"]),
        ["gpu.no_such_variant", "gpu.never_bid"]
    );
    // The registry advertises every RTX 4060 Ti with 16Gi.
    assert_eq!(
        codes(1, &["vendor/nvidia/model/rtx4060ti/ram/8Gi"]),
        ["gpu.no_such_variant"]
    );
    assert_eq!(
        codes(1, &["vendor/nvidia/model//ram/80Gi"]),
        ["gpu.empty_model", "gpu.never_bid"]
    );
    assert_eq!(
        codes(1, &["vendor/nvidia/model/a100/ram/0Gi"]),
        ["gpu.unreadable", "gpu.never_bid"]
    );
    assert_eq!(
        codes(1, &["interconnect/group", "vendor/nvidia/model/h100"]),
        ["gpu.unreadable", "gpu.never_bid"]
    );
    assert_eq!(
        codes(
            1,
            &[
                "vendor/nvidia/model/a100/ram/40Gi",
                "vendor/nvidia/model/a100/ram/80Gi"
            ]
        ),
        ["gpu.replaced"]
    );
    assert_eq!(
        codes(
            1,
            &["vendor/nvidia/model/*", "vendor/nvidia/model/a100/ram/80Gi"]
        ),
        ["gpu.narrows_wildcard"]
    );
    assert_eq!(
        codes(1, &["vendor/nvidia/model/t4", "vendor/nvidia/model/t4"]),
        ["gpu.duplicate_key"]
    );
    assert_eq!(
        codes(1, &["vendor/nvidia/model/*/ram/80Gi"]),
        ["gpu.illegal_key"]
    );
}

#[test]
fn suggestions_are_clean_requests() {
    for key in [
        "vendor/nvidia/model/4090",
        "vendor/nvidia/model/a100-80gb",
        "vendor/nvidia/model/rtx40*",
        "vendor/nvidia/model/t4/ram/80Gi",
        "vendor/nvidia/model/a100/interface/sxm4",
        "vendor/NVIDIA/model/h100",
    ] {
        let findings = request(Catalog::embedded(), 1, &[key]);
        assert!(!findings[0].suggestions.is_empty(), "{key}");
        for better in &findings[0].suggestions {
            let again = request(Catalog::embedded(), 1, &[&better.to_string()]);
            assert!(
                again.iter().all(|f| f.severity() < Severity::Warning),
                "{better}: {again:?}"
            );
        }
        for finding in findings {
            assert!(finding.problem.to_string().len() > 20);
        }
    }
}

#[test]
fn provider_lists() {
    let lint = |attributes: &[(&str, &str)]| {
        provider_attributes(Catalog::embedded(), attributes.iter().copied())
    };
    let codes = |attributes: &[(&str, &str)]| -> Vec<&'static str> {
        lint(attributes).iter().map(|f| f.problem.code()).collect()
    };
    // What Provider Console publishes for an SXM5 card: the raw interface is only lower-cased.
    let console: Vec<(String, &str)> = [
        "h100",
        "h100/ram/80Gi",
        "h100/ram/80Gi/interface/sxm5",
        "h100/interface/sxm5",
    ]
    .iter()
    .map(|m| (format!("capabilities/gpu/vendor/nvidia/model/{m}"), "true"))
    .collect();
    let console: Vec<(&str, &str)> = console.iter().map(|(k, v)| (k.as_str(), *v)).collect();
    let findings = lint(&console);
    let codes_of: Vec<_> = findings.iter().map(|f| f.problem.code()).collect();
    assert_eq!(
        codes_of,
        ["gpu.unreachable", "gpu.unreachable", "gpu.missing_shapes"]
    );
    let missing: Vec<String> = findings[2]
        .suggestions
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        missing,
        [
            "vendor/nvidia/model/h100/interface/sxm",
            "vendor/nvidia/model/h100/ram/80Gi/interface/sxm"
        ]
    );
    assert_eq!(
        codes(&[
            ("region", "us"),
            ("capabilities/gpu", "nvidia"),
            ("capabilities/gpu/vendor/nvidia/model/t4", "1"),
        ]),
        ["gpu.not_a_candidate", "gpu.value_not_true"]
    );
    assert_eq!(
        codes(&[(
            "capabilities/gpux/vendor/nvidia/model/t4/ram/16Gi/interface/pcie",
            "true"
        )])[0],
        "gpu.stray_prefix"
    );
    let t4 = lint(&[("capabilities/gpu/vendor/nvidia/model/t4", "true")]);
    assert_eq!(t4[0].problem.code(), "gpu.no_memory");
    assert_eq!(
        t4[0].suggestions[0].to_string(),
        "vendor/nvidia/model/t4/ram/16Gi"
    );
}

#[test]
fn publishing_every_shape_leaves_nothing_to_say() {
    for device in Catalog::embedded().devices() {
        let keys: Vec<String> = device
            .key()
            .publishable()
            .iter()
            .map(GpuKey::capability_key)
            .collect();
        assert_eq!(keys.len(), 4);
        let findings = provider_attributes(
            Catalog::embedded(),
            keys.iter().map(|k| (k.as_str(), "true")),
        );
        assert!(findings.is_empty(), "{findings:?}");
    }
}
