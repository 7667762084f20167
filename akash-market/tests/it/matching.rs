//! Matching and validation against recorded answers of the chain's own code.

use crate::scenario::stage::group as stage_group;
use akash_market::address::Address;
use akash_market::audit::AuditRecord;
use akash_market::bid::ResourceOffer;
use akash_market::error::{Code, Error};
use akash_market::matching::{self, Profile};
use akash_sdl::attribute::Attribute;
use akash_sdl::group::{GroupSpec, PlacementRequirements, ResourceUnit, SignedBy};
use akash_sdl::num::DecCoin;
use akash_sdl::resource::{Bytes, Cpu, Gpu, Memory, MilliCpu, Resources, Storage};
use serde_json::Value;

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn number(value: &Value) -> u64 {
    value
        .as_u64()
        .or_else(|| value.as_str()?.parse().ok())
        .unwrap_or_default()
}

fn small(value: &Value) -> u32 {
    u32::try_from(number(value)).unwrap()
}

fn attributes(value: &Value) -> Vec<Attribute> {
    let one = |a: &Value| Attribute::new(text(&a["key"]), text(&a["value"]));
    list(value).iter().map(one).collect()
}

/// `None` for a price that the type can't hold: negative, or of no denom.
fn price(value: &Value) -> Option<DecCoin> {
    serde_json::from_value(value.clone()).ok()
}

fn unit(value: &Value) -> Option<ResourceUnit> {
    let volume = |v: &Value| Storage {
        name: text(&v["name"]),
        quantity: Bytes(number(&v["quantity"])),
        attributes: attributes(&v["attributes"]),
    };
    let resources = Resources {
        id: small(&value["id"]),
        cpu: Cpu {
            units: MilliCpu(number(&value["cpu"])),
            attributes: attributes(&value["cpu_attributes"]),
        },
        memory: Memory {
            quantity: Bytes(number(&value["memory"])),
            attributes: attributes(&value["memory_attributes"]),
        },
        storage: list(&value["storage"]).iter().map(volume).collect(),
        gpu: Gpu {
            units: number(&value["gpu"]),
            attributes: attributes(&value["gpu_attributes"]),
        },
        endpoints: Vec::new(),
    };
    Some(ResourceUnit {
        resources,
        count: small(&value["count"]),
        price: price(&value["price"])?,
    })
}

/// `None` if a price is none that the type can hold.
pub(crate) fn group(value: &Value) -> Option<GroupSpec> {
    let requirements = &value["requirements"];
    let auditors = |v: &Value| list(v).iter().map(text).collect();
    Some(GroupSpec {
        name: text(&value["name"]),
        requirements: PlacementRequirements {
            signed_by: SignedBy {
                all_of: auditors(&requirements["all_of"]),
                any_of: auditors(&requirements["any_of"]),
            },
            attributes: attributes(&requirements["attributes"]),
        },
        resources: list(&value["resources"])
            .iter()
            .map(unit)
            .collect::<Option<_>>()?,
    })
}

fn audits(value: &Value) -> Vec<AuditRecord> {
    let owner = Address::bech32("akash", &[7; 20]).unwrap();
    let one = |r: &Value| AuditRecord {
        owner: owner.clone(),
        auditor: text(&r["auditor"]).parse().unwrap(),
        attributes: attributes(&r["attributes"]),
    };
    list(value).iter().map(one).collect()
}

struct Case(Value);

impl Case {
    /// Compares a verdict that may be an error with codespace, code and text of the recorded one.
    fn check(&self, got: Result<(), (Code, String)>) {
        let Self(case) = self;
        let label = format!("case {} {} {}", case["id"], case["kind"], case["note"]);
        match got {
            Ok(()) => assert_eq!(case["out"], true, "{label}"),
            Err((code, message)) => {
                if is_panic(case) {
                    assert_eq!(code, Code::PANIC, "{label}");
                } else {
                    assert_eq!(case["error"]["codespace"], code.codespace, "{label}");
                    assert_eq!(case["error"]["code"], code.code, "{label}");
                }
                let said = case["error"]["message"].as_str().unwrap_or_default();
                assert_eq!(said.trim_end(), message, "{label}");
            }
        }
    }
}

fn fits(case: &Value) -> bool {
    case["out"].as_bool().unwrap()
}

fn is_panic(case: &Value) -> bool {
    case["error"]["kind"] == "panic"
}

fn check(case: &Value) {
    let label = format!("case {} {} {}", case["id"], case["kind"], case["note"]);
    let kind = case["kind"].as_str().unwrap();
    let (a, b) = (attributes(&case["a"]), attributes(&case["b"]));
    let own = attributes(&case["provider_attributes"]);
    let audits = audits(&case["audited"]);
    let judged = Case(case.clone());
    match kind {
        "attributes_subset" => assert_eq!(matching::subset(&a, &b), fits(case), "{label}"),
        "attributes_any" => assert_eq!(matching::any(&a, &b), fits(case), "{label}"),
        "attributes_validate" => judged.check(
            matching::validate_attributes(&a).map_err(|e| (e.code(), Error::from(e).to_string())),
        ),
        "requirements" => {
            let group = group(&case["group"]).unwrap();
            let wanted = &group.requirements;
            assert_eq!(
                matching::meets_requirements(wanted, &own, &audits),
                fits(case),
                "{label}"
            );
            let profile = Profile::new(own, audits);
            assert_eq!(profile.meets_requirements(wanted), fits(case), "{label}");
            let bare = GroupSpec {
                resources: Vec::new(),
                ..group.clone()
            };
            assert_eq!(profile.mismatches(&bare).is_empty(), fits(case), "{label}");
        }
        "resources" => {
            let group = group(&case["group"]).unwrap();
            assert_eq!(
                matching::meets_capabilities(&group, &own),
                fits(case),
                "{label}"
            );
            let profile = Profile::new(own.clone(), []);
            assert_eq!(profile.meets_capabilities(&group), fits(case), "{label}");
            let free = GroupSpec {
                requirements: PlacementRequirements::default(),
                ..group
            };
            assert_eq!(
                matching::mismatches(&free, &own, &[]).is_empty(),
                fits(case),
                "{label}"
            );
        }
        "offer" => {
            let offered = |o: &Value| ResourceOffer {
                resources: Resources {
                    id: small(&o["id"]),
                    ..Resources::default()
                },
                count: small(&o["count"]),
            };
            let offer: Vec<_> = list(&case["offer"]).iter().map(offered).collect();
            match matching::offer_fits(&group(&case["group"]).unwrap(), &offer) {
                Ok(answer) => assert_eq!(answer, fits(case), "{label}"),
                Err(duplicate) => {
                    assert!(is_panic(case), "{label}");
                    assert_eq!(duplicate.intended().code(), Code::new("market", 32));
                    let error = Error::from(duplicate);
                    assert_eq!(error.code(), Code::PANIC);
                    assert!(
                        error
                            .to_string()
                            .ends_with(case["error"]["message"].as_str().unwrap())
                    );
                }
            }
        }
        "price" => {
            let total = matching::order_price(&group(&case["group"]).unwrap()).unwrap();
            assert_eq!(total, price(&case["out"]).unwrap(), "{label}");
        }
        "bid_price" => {
            let order = matching::order_price(&group(&case["group"]).unwrap()).unwrap();
            let Some(bid) = price(&case["bid_price"]) else {
                assert!(!fits(case), "{label}: a price the type refuses");
                return;
            };
            match matching::check_bid_price(&order, &bid) {
                Ok(()) => assert!(fits(case), "{label}"),
                Err(error) if is_panic(case) => {
                    let error = Error::from(error);
                    assert_eq!(error.code(), Code::PANIC);
                    assert!(
                        error
                            .to_string()
                            .ends_with(case["error"]["message"].as_str().unwrap())
                    );
                }
                Err(error) => {
                    assert!(!fits(case), "{label}");
                    assert_eq!(error.code(), Code::new("market", 22));
                }
            }
        }
        "group_validate" => {
            let Some(group) = group(&case["group"]) else {
                assert!(
                    text(&case["error"]["message"]).ends_with("invalid price object"),
                    "{label}"
                );
                return;
            };
            judged.check(matching::validate_group(&group).map_err(|e| (e.code(), e.chain_text())));
        }
        "groups_validate" => {
            let Some(groups) = list(&case["groups"])
                .iter()
                .map(group)
                .collect::<Option<Vec<_>>>()
            else {
                assert!(
                    text(&case["error"]["message"]).contains("price object"),
                    "{label}"
                );
                return;
            };
            judged
                .check(matching::validate_groups(&groups).map_err(|e| (e.code(), e.chain_text())));
        }
        other => panic!("{label}: unknown kind {other}"),
    }
}

/// The chain adds up a group's price before it looks at the group, and compares denoms before it looks at names.
#[test]
fn groups_are_judged_one_after_the_other() {
    let group = |name: &str, denoms: &[&str]| GroupSpec {
        name: name.to_owned(),
        resources: (1..)
            .zip(denoms)
            .map(|(id, denom)| {
                let mut unit = stage_group(name).resources.remove(0);
                unit.resources.id = id;
                unit.price = format!("1{denom}").parse().unwrap();
                unit
            })
            .collect(),
        ..stage_group(name)
    };
    let judge = |groups: &[GroupSpec]| {
        let error = matching::validate_groups(groups).unwrap_err();
        (error.code(), error.chain_text())
    };
    let (mixed, plain) = (group("a", &["uact", "uakt"]), group("a", &["uact"]));
    assert_eq!(
        judge(std::slice::from_ref(&mixed)),
        (Code::PANIC, "coin denom different: uact uakt".to_owned())
    );
    let twice = [plain.clone(), group("a", &["uakt"])];
    assert_eq!(judge(&twice).0, Code::new("deployment", 24));
    assert_eq!(
        judge(&[plain.clone(), plain.clone(), mixed]).0,
        Code::new("deployment", 25)
    );
    assert_eq!(judge(&[plain, group("", &["uact"])]).0, Code::LOST);
}

#[test]
fn answers_equal_the_recorded_ones() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../vectors/matching/matching.json"
    );
    let file: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let cases = list(&file["vectors"]);
    assert_eq!(
        Some(cases.len()),
        file["count"].as_u64().and_then(|n| usize::try_from(n).ok())
    );
    cases.iter().for_each(check);
}
