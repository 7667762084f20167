//! Pricing strategies against recorded answers of the reference provider and of the published price script.

use crate::provider_json::{cases, group, list, number, resources, small, text};
use akash_market::address::Address;
use akash_market::bid::ResourceOffer;
use akash_market::matching::check_bid_price;
use akash_market::pricing::script::{Exit, ScriptError, ScriptInput, environment, read_answer};
use akash_market::pricing::{
    GenericScript, MonthlyTargets, PriceRange, PriceRequest, PricingError, PricingStrategy,
    PricingStrategyExt, RandomRange, Rate, Rates, Scale, ScaleError,
};
use akash_sdl::num::{DecCoin, Denom};
use serde_json::Value;

fn owner() -> Address {
    "akash1365yvmc4s7awdyj3n2sav7xfx76adc6dnmlx63"
        .parse()
        .unwrap()
}

fn rate(value: &Value) -> Rate {
    value
        .as_str()
        .map_or(Rate::ZERO, |text| text.parse().unwrap())
}

fn coin(value: &Value) -> DecCoin {
    serde_json::from_value(value.clone()).unwrap()
}

#[test]
fn scale() {
    for case in cases("pricing/scale.json") {
        let config = &case["config"];
        let storage = config["storage"].as_object();
        let rates = Rates {
            cpu: rate(&config["cpu"]),
            memory: rate(&config["memory"]),
            storage: storage
                .into_iter()
                .flatten()
                .map(|(c, r)| (c.clone(), rate(r)))
                .collect(),
            endpoint: rate(&config["endpoint"]),
            ip: rate(&config["ip"]),
        };
        let group = group(&case["group"]);
        let owner = owner();
        let request = PriceRequest::new(&owner, &group);
        let expected = &case["expect"];
        let kind = match Scale::new(rates) {
            Err(ScaleError::AllZero) => "all_scales_zero",
            Err(ScaleError::Negative) => "scale_negative",
            Ok(scale) => match scale.price(&request) {
                Ok(price) => {
                    assert_eq!(price, coin(&expected["price"]), "{}", case["name"]);
                    continue;
                }
                Err(PricingError::NoStorageRate { .. }) => "no_price_for_storage_class",
                Err(PricingError::TooPrecise { value }) => {
                    let message = text(&expected["error"]);
                    assert!(message.contains(&format!("'{value}'")), "{message} {value}");
                    "precision_exceeded"
                }
                Err(PricingError::Zero) => "bid_zero",
                Err(PricingError::Invalid { .. }) => "bid_quantity_invalid",
                Err(PricingError::OutOfRange) => "other",
                Err(other) => panic!("{}: {other}", case["name"]),
            },
        };
        assert_eq!(expected["error_kind"], kind, "{}", case["name"]);
    }
}

#[test]
fn scale_flags() {
    for case in cases("pricing/scale_flags.json") {
        let flag = |name: &str| case["flags"][name].as_str().unwrap();
        let names = ["cpu", "memory", "storage", "endpoint", "ip"].map(flag);
        let [cpu, memory, storage, endpoint, ip] = names;
        let rates = Rates::from_flags(cpu, memory, storage, endpoint, ip);
        let message = match rates {
            Err(error) => error.to_string(),
            Ok(rates) => match Scale::new(rates) {
                Err(error) => error.to_string(),
                Ok(scale) => {
                    assert_eq!(case["ok"], true, "{case}");
                    let storage = case["storage"].as_object().unwrap();
                    let recorded: std::collections::BTreeMap<_, _> =
                        storage.iter().map(|(c, r)| (c.clone(), rate(r))).collect();
                    assert_eq!(scale.rates().storage, recorded, "{case}");
                    continue;
                }
            },
        };
        assert_eq!(case["ok"], false, "{case}");
        assert!(
            message.starts_with(case["error"].as_str().unwrap()),
            "{message} {case}"
        );
    }
}

#[test]
fn random_range() {
    for case in cases("pricing/random_range.json") {
        let group = group(&case["group"]);
        let owner = owner();
        let request = PriceRequest::new(&owner, &group);
        let range = PriceRange::of(&request).unwrap();
        assert_eq!(range.min(), coin(&case["min"]).amount(), "{}", case["name"]);
        assert_eq!(range.max(), coin(&case["max"]).amount(), "{}", case["name"]);
        let draws = range.draws().unwrap();
        if case["equal"] == true {
            assert_eq!(draws, None);
            assert_eq!(
                range.price(0).unwrap(),
                coin(&case["fixed"]),
                "{}",
                case["name"]
            );
            continue;
        }
        assert_eq!(draws, Some(number(&case["draw_bound"])), "{}", case["name"]);
        for draw in list(&case["draws"]) {
            let drawn = number(&draw["val"]);
            let expected = text(&draw["amount"]);
            assert_eq!(range.price(drawn).unwrap().amount().to_string(), expected);
            let strategy = RandomRange::new(move |_: u64| drawn);
            assert_eq!(
                strategy.price(&request).unwrap().amount().to_string(),
                expected
            );
        }
    }
}

#[test]
fn script_input() {
    for case in cases("pricing/script_stdin.json") {
        let group = group(&case["group"]);
        let offer = |unit: &Value| ResourceOffer {
            resources: resources(&unit["resource"]),
            count: small(&unit["count"]),
        };
        let allocated: Vec<_> = list(&case["allocated"]).iter().map(offer).collect();
        let owner: Address = text(&case["owner"]).parse().unwrap();
        let mut request = PriceRequest::new(&owner, &group).with_allocated(&allocated);
        request.precision = small(&case["price_precision"]);
        match ScriptInput::new(&request) {
            Ok(input) => {
                assert_eq!(input.to_stdin(), text(&case["stdin"]), "{}", case["name"]);
                assert_eq!(
                    serde_json::from_str::<ScriptInput>(&input.to_stdin()).unwrap(),
                    input
                );
                for (name, value) in environment(&request) {
                    assert_eq!(case["env"][name], value, "{}", case["name"]);
                }
            }
            Err(error) => assert!(case["panics"].is_string(), "{}: {error}", case["name"]),
        }
    }
}

#[test]
fn script_answers() {
    for case in cases("pricing/script_output.json") {
        let (stdout, stderr) = (text(&case["stdout"]), text(&case["stderr"]));
        let denom: Denom = text(&case["denom"]).parse().unwrap();
        let status = format!("exit status {}", case["exit_code"]);
        let exit = if number(&case["sleep_ms"]) > number(&case["timeout_ms"]) {
            Exit::TimedOut
        } else if case["exit_code"] == 0 {
            Exit::Success
        } else {
            Exit::Failure(&status)
        };
        let max = format!("{}{denom}", text(&case["max_price"]))
            .parse()
            .unwrap();
        let expected = &case["expect"];
        let decision = match read_answer(exit, stdout.as_bytes(), stderr.as_bytes(), &denom) {
            Ok(price) => {
                assert_eq!(price, coin(&expected["price"]), "{}", case["name"]);
                match check_bid_price(&max, &price) {
                    Ok(()) => "bid",
                    Err(_) => "no_bid_price_too_high",
                }
            }
            Err(error) => {
                let kind = match error {
                    ScriptError::TimedOut => "timeout",
                    ScriptError::Failed { .. } => "script_failure",
                    ScriptError::Zero => "bid_zero",
                    _ => "bid_quantity_invalid",
                };
                assert_eq!(expected["error_kind"], kind, "{}", case["name"]);
                "no_bid_error"
            }
        };
        assert_eq!(case["order_decision"], decision, "{}", case["name"]);
    }
}

#[test]
fn generic_script() {
    for case in cases("pricing/generic_script.json") {
        let env = &case["env"];
        let or = |name: &str, default: Rate| match &env[name] {
            Value::Null => default,
            set => rate(set),
        };
        let own = MonthlyTargets::default();
        let strategy = GenericScript {
            targets: MonthlyTargets {
                cpu: or("PRICE_TARGET_CPU", own.cpu),
                memory: or("PRICE_TARGET_MEMORY", own.memory),
                ephemeral: or("PRICE_TARGET_HD_EPHEMERAL", own.ephemeral),
                beta1: or("PRICE_TARGET_HD_PERS_HDD", own.beta1),
                beta2: or("PRICE_TARGET_HD_PERS_SSD", own.beta2),
                beta3: or("PRICE_TARGET_HD_PERS_NVME", own.beta3),
                endpoint: or("PRICE_TARGET_ENDPOINT", own.endpoint),
                ip: or("PRICE_TARGET_IP", own.ip),
            },
            gpus: text(&env["PRICE_TARGET_GPU_MAPPINGS"]).parse().unwrap(),
            usd_per_akt: rate(&case["usd_per_akt"]),
        };
        let input: ScriptInput = serde_json::from_str(case["stdin"].as_str().unwrap()).unwrap();
        match strategy.answer(&input) {
            Ok(answer) => {
                assert_eq!(case["exit_code"], 0, "{}", case["name"]);
                assert_eq!(answer, text(&case["stdout"]), "{}", case["name"]);
            }
            Err(error) => {
                assert_eq!(case["exit_code"], 1, "{}: {error}", case["name"]);
                assert_eq!(
                    error.to_string(),
                    text(&case["stderr"]).trim_end(),
                    "{}",
                    case["name"]
                );
            }
        }
    }
}

#[test]
fn a_refusal_is_final() {
    struct Never;
    impl PricingStrategy for Never {
        fn price(&self, _: &PriceRequest<'_>) -> Result<DecCoin, PricingError> {
            Err(PricingError::Refused {
                reason: "never".to_owned(),
            })
        }
    }
    use akash_market::pricing::PerTenant;
    let case = &cases("pricing/random_range.json")[0];
    let group = group(&case["group"]);
    let owner = owner();
    let other = Address::bech32("akash", &[9; 20]).unwrap();
    let request = PriceRequest::new(&owner, &group);
    let willing = || RandomRange::new(|_: u64| 0);
    let refused = |result: Result<DecCoin, PricingError>| {
        assert!(
            matches!(result, Err(PricingError::Refused { .. })),
            "{result:?}"
        );
    };
    refused(Never.at_least("1".parse().unwrap()).price(&request));
    refused(Never.marked_up("2".parse().unwrap()).price(&request));
    refused(willing().only_for([other.clone()]).price(&request));
    refused(
        PerTenant::new(willing())
            .with(owner.clone(), Never)
            .price(&request),
    );
    assert!(
        PerTenant::new(willing())
            .with(other, Never)
            .price(&request)
            .is_ok()
    );
    let plain = willing().price(&request).unwrap();
    let doubled = willing()
        .marked_up("2".parse().unwrap())
        .price(&request)
        .unwrap();
    assert_eq!(doubled, plain.add(&plain).unwrap());
    let floored = willing()
        .at_least("1000000".parse().unwrap())
        .only_for([owner.clone()]);
    assert_eq!(
        floored.price(&request).unwrap().amount(),
        "1000000".parse().unwrap()
    );
}
