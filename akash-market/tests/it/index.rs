//! The index and prepared profiles against the plain rules, one provider after the other.

use akash_market::address::Address;
use akash_market::audit::AuditRecord;
use akash_market::matching::{Index, Profile, meets_capabilities, meets_requirements, mismatches};
use akash_market::provider::{Provider, ProviderInfo};
use akash_sdl::attribute::{Attribute, Attributes};
use akash_sdl::group::{GroupSpec, PlacementRequirements, ResourceUnit, SignedBy};
use akash_sdl::num::{DecCoin, Denom};
use akash_sdl::resource::{Gpu, Resources, Storage};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn address(n: u8) -> Address {
    Address::bech32("akash", &[n; 20]).unwrap()
}

fn pick(from: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(from).prop_map(str::to_owned)
}

fn attributes(keys: &'static [&'static str], most: usize) -> impl Strategy<Value = Attributes> {
    let one = (pick(keys), pick(&["a", "b", "true"]));
    prop::collection::vec(one.prop_map(|(k, v)| Attribute::new(k, v)), 0..most)
}

const OWN: &[&str] = &[
    "region",
    "region/west",
    "tier",
    "capabilities/storage/1/class",
    "capabilities/storage/1/persistent",
    "capabilities/storage/2/class",
    "capabilities/storagex/2/persistent",
    "capabilities/gpu/vendor/nvidia/model/a100",
    "capabilities/gpu/vendor/nvidia/model/a100/ram/80Gi",
    "capabilities/gpux/vendor/nvidia/model/t4",
];
const ASKED: &[&str] = &[
    "region", "region*", "region/*", "t?er", "[rt]*", "ti[", "tier",
];
const VOLUME: &[&str] = &["class", "persistent", "c*"];
const GPU: &[&str] = &[
    "vendor/nvidia/model/*",
    "vendor/nvidia/model/a100",
    "vendor/nvidia/model/a100/ram/80Gi",
    "vendor/nvidia/model/h100",
];

fn group() -> impl Strategy<Value = GroupSpec> {
    let auditors =
        || prop::collection::vec((200..203_u8).prop_map(|n| address(n).to_string()), 0..2);
    let unit = (attributes(VOLUME, 3), 0..2_u64, attributes(GPU, 3));
    (
        auditors(),
        auditors(),
        attributes(ASKED, 3),
        prop::collection::vec(unit, 0..3),
    )
        .prop_map(|(all_of, any_of, attributes, units)| {
            let unit = |(id, (volume, units, gpu)): (u32, (Attributes, u64, Attributes))| {
                let storage = Storage {
                    attributes: volume,
                    ..Storage::default()
                };
                let resources = Resources {
                    id,
                    storage: vec![storage],
                    gpu: Gpu {
                        units,
                        attributes: gpu,
                    },
                    ..Resources::default()
                };
                ResourceUnit {
                    resources,
                    count: 1,
                    price: DecCoin::zero(Denom::UACT),
                }
            };
            GroupSpec {
                name: "g".to_owned(),
                requirements: PlacementRequirements {
                    signed_by: SignedBy { all_of, any_of },
                    attributes,
                },
                resources: (1..).zip(units).map(unit).collect(),
            }
        })
}

#[derive(Debug, Clone)]
enum Edit {
    Provider(u8, Attributes),
    Remove(u8),
    Audit(u8, u8, Attributes),
    Unaudit(u8, u8),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => (0..6_u8, attributes(OWN, 8)).prop_map(|(p, a)| Edit::Provider(p, a)),
        1 => (0..6_u8).prop_map(Edit::Remove),
        3 => (0..6_u8, 200..203_u8, attributes(&["region", "tier"], 3))
            .prop_map(|(p, a, attributes)| Edit::Audit(p, a, attributes)),
        1 => (0..6_u8, 200..203_u8).prop_map(|(p, a)| Edit::Unaudit(p, a)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn index_equals_a_linear_scan(
        edits in prop::collection::vec(edit(), 0..30),
        groups in prop::collection::vec(group(), 1..5),
    ) {
        let mut index = Index::new();
        let mut providers: BTreeMap<u8, Attributes> = BTreeMap::new();
        let mut audits: BTreeMap<(u8, u8), AuditRecord> = BTreeMap::new();
        for edit in edits {
            match edit {
                Edit::Provider(p, attributes) => {
                    index.set_provider(&Provider {
                        owner: address(p),
                        host_uri: String::new(),
                        attributes: attributes.clone(),
                        info: ProviderInfo::default(),
                    });
                    providers.insert(p, attributes);
                }
                Edit::Remove(p) => {
                    index.remove_provider(&address(p));
                    providers.remove(&p);
                }
                Edit::Audit(p, a, attributes) => {
                    let record =
                        AuditRecord { owner: address(p), auditor: address(a), attributes };
                    index.set_audit(&record);
                    audits.insert((p, a), record);
                }
                Edit::Unaudit(p, a) => {
                    index.remove_audit(&address(p), &address(a));
                    audits.remove(&(p, a));
                }
            }
        }
        prop_assert_eq!(index.len(), providers.len());
        for group in &groups {
            let mut expected = Vec::new();
            for (&p, own) in &providers {
                let records: Vec<_> =
                    audits.iter().filter(|((q, _), _)| *q == p).map(|(_, r)| r.clone()).collect();
                let serves = meets_requirements(&group.requirements, own, &records)
                    && meets_capabilities(group, own);
                let profile = Profile::new(own.clone(), records.clone());
                prop_assert_eq!(profile.serves(group), serves);
                prop_assert_eq!(mismatches(group, own, &records).is_empty(), serves);
                prop_assert_eq!(index.profile(&address(p)), Some(&profile));
                if serves {
                    expected.push(address(p));
                }
            }
            // Addresses of equal bytes sort like their first byte.
            let serving: Vec<_> = index.serving(group).into_iter().cloned().collect();
            prop_assert_eq!(&serving, &expected);
            prop_assert_eq!(index.count(group), expected.len());
            let screening = index.screen(group);
            prop_assert_eq!(screening.providers, providers.len());
            for condition in &screening.conditions {
                prop_assert!(condition.met_by >= expected.len(), "{}", condition);
                prop_assert!(condition.met_by <= providers.len(), "{}", condition);
            }
            prop_assert_eq!(screening.serving, expected);
        }
    }
}

#[test]
fn screening_shows_the_condition_that_nobody_meets() {
    let mut index = Index::new();
    for (n, region) in [(1, "eu"), (2, "eu"), (3, "us")] {
        index.set_provider(&Provider {
            owner: address(n),
            host_uri: String::new(),
            attributes: vec![Attribute::new("region", region)],
            info: ProviderInfo::default(),
        });
    }
    let requirements = PlacementRequirements {
        attributes: vec![
            Attribute::new("region", "eu"),
            Attribute::new("tier", "pro"),
        ],
        ..PlacementRequirements::default()
    };
    let group = GroupSpec {
        name: "g".to_owned(),
        requirements,
        resources: Vec::new(),
    };
    let lines: Vec<_> = index
        .screen(&group)
        .conditions
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        lines,
        [
            "attribute region=eu: met by 2",
            "attribute tier=pro: met by 0"
        ]
    );
}

#[test]
fn reasons_read_as_sentences() {
    let gpu = Gpu {
        units: 1,
        attributes: vec![Attribute::new("vendor/nvidia/model/a100", "true")],
    };
    let volume = Storage {
        name: "data".to_owned(),
        attributes: vec![
            Attribute::new("class", "beta3"),
            Attribute::new("persistent", "true"),
        ],
        ..Storage::default()
    };
    let resources = Resources {
        id: 1,
        gpu,
        storage: vec![volume],
        ..Resources::default()
    };
    let group = GroupSpec {
        name: "g".to_owned(),
        requirements: PlacementRequirements {
            signed_by: SignedBy {
                all_of: Vec::new(),
                any_of: vec![address(1).to_string()],
            },
            attributes: Vec::new(),
        },
        resources: vec![ResourceUnit {
            resources,
            count: 1,
            price: DecCoin::zero(Denom::UACT),
        }],
    };
    let own = [
        Attribute::new("capabilities/storage/1/class", "beta2"),
        Attribute::new("capabilities/gpu/vendor/nvidia/model/a100/ram/80Gi", "true"),
    ];
    let reasons: Vec<_> = mismatches(&group, &own, &[])
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        reasons,
        [
            "an auditor's signature is required, nobody has signed this provider",
            "volume \"data\" of resource unit 1 needs storage with class=beta3, persistent=true, \
             the provider declares the classes beta2",
            "resource unit 1 needs a GPU of vendor/nvidia/model/a100, the provider declares none of \
             them; it does declare vendor/nvidia/model/a100/ram/80Gi, which counts only when asked \
             for in the same words",
        ]
    );
}
