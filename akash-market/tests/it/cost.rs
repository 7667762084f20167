//! Quotes are what the equilibrium does; runways are what settlement finds.

use akash_market::bme::ConversionError;
use akash_market::cost::{self, BlockTime, Runway, quote_burn, quote_mint, uakt_for};
use akash_market::escrow::{AccountId, EscrowAccount, EscrowPayment, EscrowState, Fund, PaymentId};
use akash_market::id::{DeploymentId, Height};
use akash_market::ledger::Rules;
use akash_market::params::BmeParams;
use akash_sdl::num::{Coin, Dec, DecCoin, Denom};
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
        transferred: vec![],
        settled_at: Height(settled_at),
        funds: vec![Fund {
            denom: Denom::UACT,
            amount: fund.parse().unwrap(),
        }],
        deposits: vec![],
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
