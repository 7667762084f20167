//! Quotes are what the equilibrium does; runways are what settlement finds.

use akash_market::bid::ResourceOffer;
use akash_market::bme::ConversionError;
use akash_market::cost::{
    self, BlockTime, Estimate, GpuHour, GpuHourError, Runway, quote_burn, quote_mint, uakt_for,
};
use akash_market::escrow::{AccountId, EscrowAccount, EscrowPayment, EscrowState, Fund, PaymentId};
use akash_market::id::{DeploymentId, Height};
use akash_market::ledger::Rules;
use akash_market::params::{BmeParams, DeploymentParams};
use akash_market::pricing::{PriceRequest, PricingError, PricingStrategy};
use akash_sdl::attribute::Attribute;
use akash_sdl::group::{GroupSpec, PlacementRequirements, ResourceUnit};
use akash_sdl::num::{Coin, Dec, DecCoin, Denom};
use akash_sdl::resource::{Gpu, Resources};
use proptest::prelude::*;
use serde_json::Value;

/// Every executed request of the golden scenarios that was made at one price throughout.
#[test]
fn quotes_are_what_the_chain_minted() {
    let text = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../vectors/bme/bme.json"
    ))
    .unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let mut quoted = 0;
    for vector in file["vectors"].as_array().unwrap() {
        let params: BmeParams = serde_json::from_value(vector["setup"]["params"].clone()).unwrap();
        let steps = vector["steps"].as_array().unwrap();
        if steps.iter().any(|s| s["op"] == "set_params") {
            continue;
        }
        let events = steps
            .iter()
            .filter_map(|s| s["events"].as_array())
            .flatten();
        for event in events.filter(|e| e["type"] == "akash.bme.v1.EventLedgerRecordExecuted") {
            let at = &event["attributes"];
            let amount = |v: &Value| {
                v["coin"]["amount"]
                    .as_str()
                    .map_or(0, |t| t.parse().unwrap())
            };
            let price = |v: &Value| v["price"].as_str().map(|t| t.parse::<Dec>().unwrap());
            let gross = amount(&at["minted"]) + amount(&at["remint_credit_issued"]);
            let quote = if at["burned"].is_null() {
                let accrued = &at["remint_credit_accrued"];
                quote_mint(amount(accrued), price(accrued).unwrap(), &params)
            } else {
                let akt = price(&at["minted"]).or_else(|| price(&at["remint_credit_issued"]));
                quote_burn(amount(&at["burned"]), akt.unwrap(), &params)
            };
            let quote = quote.unwrap();
            assert_eq!(quote.gross.amount_u128(), Some(gross), "{event}");
            let spread: Coin = serde_json::from_value(at["spread"].clone()).unwrap();
            assert_eq!(quote.spread, spread, "{event}");
            quoted += 1;
        }
    }
    assert!(quoted > 150, "only {quoted} conversions were compared");
}

#[test]
fn the_minimum_mint_is_never_undercut() {
    let params = BmeParams::default();
    let quote = uakt_for(1, Dec::from_u64(2), &params).unwrap();
    assert_eq!(quote.burned, Coin::uakt(5_000_000));
    assert_eq!(quote.gross, Coin::uact(10_000_000));
    assert!(matches!(
        uakt_for(1, Dec::ZERO, &params),
        Err(ConversionError::ZeroPrice)
    ));
    assert!(uakt_for(u128::MAX, Dec::SMALLEST, &params).is_ok());
}

fn deployment() -> DeploymentId {
    let owner = "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0";
    DeploymentId::new(owner.parse().unwrap(), 7)
}

fn account(fund: &str, settled_at: i64) -> EscrowAccount {
    let id = deployment();
    EscrowAccount {
        owner: id.owner.clone(),
        id: AccountId::Deployment(id),
        state: EscrowState::Open,
        transferred: vec![].into(),
        settled_at: Height(settled_at),
        funds: vec![Fund {
            denom: Denom::UACT,
            amount: fund.parse().unwrap(),
        }]
        .into(),
        deposits: vec![].into(),
    }
}

fn payment(gseq: u32, rate: &str) -> EscrowPayment {
    let provider = "akash188vywu70897xj6xqqmsshnzdm38a7d6uduxglp";
    let provider: akash_market::address::Address = provider.parse().unwrap();
    let zero = DecCoin::zero(Denom::UACT);
    EscrowPayment {
        id: PaymentId(
            deployment()
                .group(gseq)
                .order(1)
                .bid(provider.clone())
                .lease(),
        ),
        owner: provider,
        state: EscrowState::Open,
        rate: DecCoin::new(Denom::UACT, rate.parse().unwrap()).unwrap(),
        balance: zero.clone(),
        unsettled: zero,
        withdrawn: Coin::uact(0),
    }
}

/// By the chain's rules.
fn runway(account: &EscrowAccount, payments: &[EscrowPayment]) -> Runway {
    cost::runway(account, payments, Rules::chain())
}

#[test]
fn runways_end_where_settlement_overdraws() {
    let until = |height, blocks| Runway::Until {
        height: Height(height),
        blocks,
    };
    let one = [payment(1, "10")];
    assert_eq!(runway(&account("1000", 10), &one), until(111, 101));
    let two = [payment(1, "10"), payment(2, "10")];
    assert_eq!(runway(&account("1000", 0), &two), until(51, 51));
    // Fractions fall away for each payment by itself.
    let halves = [payment(1, "0.5"), payment(2, "0.5")];
    assert_eq!(runway(&account("1", 0), &halves), until(2, 2));
    let odd = [payment(1, "0.9")];
    assert_eq!(runway(&account("0", 5), &odd), until(7, 2));
    // As the protocol means it, they don't.
    let exact = cost::runway(&account("0", 5), &odd, Rules::intended());
    assert_eq!(exact, until(6, 1));

    assert_eq!(runway(&account("1000", 10), &[]), Runway::Endless);
    assert_eq!(
        runway(&account("1000", 10), &[payment(1, "0.000000000000000001")]),
        Runway::Endless
    );
    assert_eq!(runway(&account("-5", 10), &one), Runway::Over);
    let mut closed = account("1000", 10);
    closed.state = EscrowState::Closed;
    assert_eq!(runway(&closed, &one), Runway::Over);
    assert_eq!(until(111, 101).blocks_left(Height(100)), Some(11));
    assert_eq!(until(111, 101).blocks_left(Height(200)), Some(0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// No smaller burn pays enough, and this one does.
    #[test]
    fn the_least_burn_is_the_least(
        need in 1..3_000_000u128,
        price in 1..5_000_000u64,
        spread in 0..=1_000u32,
        minimum in 0..2_000_000u128,
    ) {
        let price = Dec::from_u64(price).quo(Dec::from_u64(1_000_000)).unwrap();
        let min_mint = if minimum == 0 { vec![] } else { vec![Coin::uact(minimum)] };
        let params = BmeParams { mint_spread_bps: spread, min_mint, ..BmeParams::default() };
        let best = uakt_for(need, price, &params).unwrap();
        let burned = best.burned.amount_u128().unwrap();
        prop_assert!(best.paid.amount_u128().unwrap() >= need);
        prop_assert_eq!(&quote_mint(burned, price, &params).unwrap(), &best);
        // What is paid falls by at most one while the burn grows, so a nearby search is enough.
        let near = 3_000_000 / (price.mul_i64(1_000_000).unwrap().truncate_int().to_u128().unwrap()) + 3;
        for less in burned.saturating_sub(near.min(3_000))..burned {
            let quote = quote_mint(less, price, &params);
            prop_assert!(quote.map_or(true, |q| q.paid.amount_u128().unwrap() < need), "{less}");
        }
    }

    #[test]
    fn a_runway_is_exact(fund in 0..5_000u64, rates in proptest::collection::vec(1..4_000u64, 1..4)) {
        let rates: Vec<Dec> = rates.iter().map(|r| Dec::from_u64(*r).quo(Dec::from_u64(100)).unwrap()).collect();
        let payments: Vec<_> = (1..).zip(&rates).map(|(n, r)| payment(n, &r.to_string())).collect();
        let due = |blocks: u64| {
            rates.iter().fold(Dec::ZERO, |sum, rate| {
                let part = rate.mul(Dec::from_u64(blocks)).unwrap().truncate_dec();
                sum.add(part).unwrap()
            })
        };
        let fund = Dec::from_u64(fund);
        let Runway::Until { height, blocks } = runway(&account(&fund.to_string(), 20), &payments) else {
            panic!("rates are above zero");
        };
        prop_assert_eq!(height.0, 20 + i64::try_from(blocks).unwrap());
        prop_assert!(due(blocks) > fund);
        prop_assert!(due(blocks - 1) <= fund);
    }

    #[test]
    fn prices_survive_the_way_to_an_hour_and_back(price in 1..1_000_000_000u64, time in 1..20_000i64) {
        let time = BlockTime::new(akash_market::time::Nanos(time * 1_000_000)).unwrap();
        let price = DecCoin::new(Denom::UACT, Dec::from_u64(price)).unwrap();
        for back in [
            time.per_block_from_hour(&time.per_hour(&price).unwrap()).unwrap(),
            time.per_block_from_month(&time.per_month(&price).unwrap()).unwrap(),
        ] {
            let gap = back.amount().sub(price.amount()).unwrap().abs();
            prop_assert!(gap <= "0.000000000000000020".parse().unwrap(), "{gap}");
        }
    }
}

/// A strategy that always asks the same.
struct Fixed(&'static str);

impl PricingStrategy for Fixed {
    fn price(&self, _: &PriceRequest<'_>) -> Result<DecCoin, PricingError> {
        if self.0.is_empty() {
            let reason = "not today".to_owned();
            return Err(PricingError::Refused { reason });
        }
        Ok(self.0.parse().unwrap())
    }
}

fn group(name: &str, cap: &str, gpus: u64, keys: &[&str]) -> GroupSpec {
    let attributes = keys.iter().map(|key| Attribute::new(*key, "true"));
    let gpu = Gpu {
        units: gpus,
        attributes: attributes.collect(),
    };
    GroupSpec {
        name: name.to_owned(),
        requirements: PlacementRequirements::default(),
        resources: vec![ResourceUnit {
            resources: Resources {
                id: 1,
                gpu,
                ..Resources::default()
            },
            count: 2,
            price: cap.parse().unwrap(),
        }],
    }
}

#[test]
fn an_estimate_is_what_strategies_would_bid() {
    let asks = ["30uact", "10uact", "", "90uact", "20uact", "5uakt"].map(Fixed);
    let strategies: Vec<&dyn PricingStrategy> = asks.iter().map(|a| a as _).collect();
    // Two replicas at 25: the cap is 50.
    let groups = [group("a", "25uact", 0, &[]), group("b", "10uact", 0, &[])];
    let owner = deployment().owner;
    let estimate = Estimate::new(&owner, &groups, &strategies).unwrap();
    let [a, b] = &estimate.groups[..] else {
        panic!()
    };
    let coins =
        |texts: &[&str]| -> Vec<DecCoin> { texts.iter().map(|t| t.parse().unwrap()).collect() };
    assert_eq!(a.prices, coins(&["10uact", "20uact", "30uact"]));
    assert_eq!(a.too_dear, coins(&["5uakt", "90uact"]));
    assert_eq!((a.refusals.len(), b.prices.len()), (1, 2));
    for (percent, price) in [
        (0, "10"),
        (24, "10"),
        (25, "20"),
        (50, "20"),
        (75, "30"),
        (100, "30"),
        (255, "30"),
    ] {
        let price: DecCoin = format!("{price}uact").parse().unwrap();
        assert_eq!(a.percentile(percent), Some(&price), "{percent}");
    }
    assert_eq!(estimate.cap().unwrap(), "70uact".parse().unwrap());
    assert_eq!(
        estimate.per_block(100).unwrap(),
        Some("50uact".parse().unwrap())
    );
    let nobody = Estimate::new(&owner, &groups, &[]).unwrap();
    assert_eq!(nobody.per_block(50).unwrap(), None);
}

#[test]
fn a_gpu_hour_is_the_whole_price_over_all_gpus() {
    let (time, akt) = (BlockTime::CONSOLE_API, Dec::from_u64(2));
    let one = "vendor/nvidia/model/a100";
    let asks = group("g", "500uact", 4, &[one]);
    // 2 × 4 GPUs at 1000 uact a block, 600 blocks an hour.
    let cap = GpuHour::of_cap(&asks, time, akt).unwrap();
    assert_eq!(
        (cap.gpus, cap.usd.to_string()),
        (8, "0.075000000000000000".to_owned())
    );
    assert_eq!(cap.key.unwrap().to_string(), one);
    assert!((GpuHour::of_cap(&asks, time, akt).unwrap().usd_f64() - 0.075).abs() < 1e-12);
    let in_akt = GpuHour::of(&asks, &"1000uakt".parse().unwrap(), &[], time, akt).unwrap();
    assert_eq!(in_akt.usd, cap.usd.mul(akt).unwrap());
    // The offer of a bid says which model it is where the group leaves it open.
    let open = group(
        "g",
        "500uact",
        4,
        &["vendor/nvidia/model/a100", "vendor/nvidia/model/h100"],
    );
    assert_eq!(GpuHour::of_cap(&open, time, akt).unwrap().key, None);
    let offer = ResourceOffer {
        resources: group("g", "1uact", 4, &["vendor/nvidia/model/h100"]).resources[0]
            .resources
            .clone(),
        count: 2,
    };
    let bid = GpuHour::of(&open, &"800uact".parse().unwrap(), &[offer], time, akt).unwrap();
    assert_eq!(bid.key.unwrap().model, "h100");
    let any = group("g", "500uact", 1, &["vendor/nvidia/model/*"]);
    assert_eq!(GpuHour::of_cap(&any, time, akt).unwrap().key, None);
    let none = GpuHour::of_cap(&group("g", "1uact", 0, &[]), time, akt);
    assert!(matches!(none, Err(GpuHourError::NoGpu)));
}

#[test]
fn accruing_stops_at_the_end_of_funds() {
    let (rules, one) = (Rules::chain(), [payment(1, "10.5")]);
    let at = |height| cost::accrued(&account("100", 10), &one, Height(height), rules).unwrap();
    let due = |text: &str| Some(DecCoin::new(Denom::UACT, text.parse().unwrap()).unwrap());
    assert_eq!((at(10), at(11)), (None, due("10")));
    assert_eq!(
        (at(19), at(20), at(i64::MAX)),
        (due("94"), due("100"), due("100"))
    );
    assert_eq!(
        cost::accrued(&account("-1", 10), &one, Height(50), rules).unwrap(),
        None
    );
}

#[test]
fn nothing_is_minted_when_enough_is_there() {
    let plan = |hours, in_hand| {
        let rates = ["100uact".parse().unwrap()];
        let (deployment, bme) = (DeploymentParams::default(), BmeParams::default());
        let time = BlockTime::CONSOLE_API;
        cost::fund_for(&rates, hours, time, in_hand, Dec::ONE, &deployment, &bme)
    };
    let short = plan(1, 500_000).unwrap();
    assert_eq!((short.deposit, short.mint), (Coin::uact(500_000), None));
    // The least that can be minted is more than what is missing.
    let long = plan(10, 500_000).unwrap();
    assert_eq!(long.deposit, Coin::uact(600_000));
    assert_eq!(long.mint.unwrap().burned, Coin::uakt(10_000_000));
    assert!(plan(u32::MAX, 0).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// The account lasts so long, and with one unit less it does not.
    #[test]
    fn a_planned_deposit_lasts(rates in proptest::collection::vec(1..400_000u64, 1..4), blocks in 1..5_000u32) {
        let rates: Vec<String> = rates
            .iter()
            .map(|r| Dec::from_u64(*r).quo(Dec::from_u64(1_000)).unwrap().to_string())
            .collect();
        let payments: Vec<_> = (1..).zip(&rates).map(|(n, r)| payment(n, r)).collect();
        for rules in [Rules::chain(), Rules::intended()] {
            let need = cost::deposit_for(payments.iter().map(|p| &p.rate), blocks, rules).unwrap();
            let end = |fund: &str| match cost::runway(&account(fund, 0), &payments, rules) {
                Runway::Until { blocks, .. } => blocks,
                other => panic!("{other:?}"),
            };
            prop_assert!(end(&need.to_string()) > u64::from(blocks));
            if !need.is_zero() {
                let less = need.sub(1_u64.into()).unwrap();
                prop_assert!(end(&less.to_string()) <= u64::from(blocks));
            }
        }
    }
}
