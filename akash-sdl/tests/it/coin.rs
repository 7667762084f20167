//! Coins, denoms, units and the errors they give.

use std::collections::BTreeSet;

use akash_sdl::num::{Coin, Coins, Dec, DecCoin, Denom, Int, NumError};

fn price(text: &str) -> DecCoin {
    text.parse().unwrap()
}

#[test]
fn units_convert_exactly_or_not_at_all() {
    for (from, to, want) in [
        ("1.5akt", Denom::UAKT, "1500000uakt"),
        ("1.5akt", Denom::MAKT, "1500makt"),
        ("7uact", Denom::ACT, "0.000007act"),
        ("7uact", Denom::MACT, "0.007mact"),
        ("2.5usd", Denom::UUSD, "2500000uusd"),
        ("3uusd", Denom::USD, "0.000003usd"),
        ("0akt", Denom::UAKT, "0uakt"),
        (
            "1.000000000000000001uakt",
            Denom::UAKT,
            "1.000000000000000001uakt",
        ),
    ] {
        assert_eq!(
            price(from).convert_to(&to),
            Ok(price(want)),
            "{from} to {to}"
        );
    }
    let inexact = price("1.0000000000001uact").convert_to(&Denom::ACT);
    assert!(matches!(inexact, Err(NumError::Inexact { .. })));
    for (from, to) in [
        ("1akt", Denom::UACT),
        ("1uact", Denom::USD),
        ("1abc", Denom::UAKT),
    ] {
        let result = price(from).convert_to(&to);
        assert!(
            matches!(result, Err(NumError::NotConvertible { .. })),
            "{from} to {to}"
        );
    }
    let most = DecCoin::new(Denom::AKT, Dec::MAX).unwrap();
    assert!(matches!(
        most.convert_to(&Denom::UAKT),
        Err(NumError::Overflow { .. })
    ));
}

#[test]
fn coins_keep_their_denom_and_stay_positive() {
    let coin: Coin = " 15 akt ".parse().unwrap();
    assert_eq!((coin.denom(), coin.amount_u128()), (&Denom::AKT, Some(15)));
    assert_eq!("007uakt".parse::<Coin>().unwrap(), Coin::uakt(7));
    for text in [
        "", "uakt", "1", "1.5uakt", "-1uakt", "+1uakt", "1_0uakt", "1ua", "1uakt,", "1 2abc",
    ] {
        assert!(
            matches!(text.parse::<Coin>(), Err(NumError::Invalid { .. })),
            "{text}"
        );
    }
    let over = format!("{}0uakt", Int::MAX);
    assert!(matches!(
        over.parse::<Coin>(),
        Err(NumError::Invalid { .. })
    ));

    let less = Coin::uakt(1).sub(&Coin::uakt(2));
    assert_eq!(less, Err(NumError::Negative { denom: Denom::UAKT }));
    let mixed = Coin::uakt(1).add(&Coin::uact(2));
    assert_eq!(
        mixed,
        Err(NumError::DenomMismatch {
            left: Denom::UAKT,
            right: Denom::UACT
        })
    );
    let most = Coin::from_int(Denom::UAKT, Int::MAX).unwrap();
    assert!(matches!(
        most.add(&Coin::uakt(1)),
        Err(NumError::Overflow { .. })
    ));
    assert!(Coin::from_int(Denom::UAKT, Int::from(-1i64)).is_err());

    assert!(DecCoin::new(Denom::UACT, Dec::SMALLEST.neg()).is_err());
    assert!(price("1uact").sub(&price("1.1uact")).is_err());
    let mut held = price("1uact");
    assert!(held.decrease(price("1.1uact").amount()).is_err());
    assert_eq!(held, price("1uact"));
    assert_eq!(price("1uact").add(&price("0.1uact")), Ok(price("1.1uact")));
}

#[test]
fn sets_are_sorted_and_free_of_zero_and_duplicates() {
    let coins: Coins = "5uakt, 0usd,7uact".parse().unwrap();
    assert_eq!(coins.to_string(), "7uact,5uakt");
    assert_eq!("".parse::<Coins>(), Ok(Coins::new()));
    let twice = "1uakt,2uakt".parse::<Coins>();
    assert_eq!(twice, Err(NumError::DuplicateDenom { denom: Denom::UAKT }));
    assert!("1uakt,,2uact".parse::<Coins>().is_err());
    assert!(coins.sub(&Coin::uakt(6).into()).is_err());
    assert!(coins.sub(&Coin::new(Denom::USD, 1).into()).is_err());
}

#[test]
fn json_holds_amounts_as_text() {
    let json = r#"[{"denom":"uact","amount":"7"},{"denom":"uakt","amount":"5"}]"#;
    let coins: Coins = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&coins).unwrap(), json);
    let json = r#"{"denom":"uact","amount":"42.000000000000000000"}"#;
    let coin: DecCoin = serde_json::from_str(json).unwrap();
    assert_eq!(coin, price("42uact"));
    assert_eq!(serde_json::to_string(&coin).unwrap(), json);
    for json in [
        r#"{"denom":"uact","amount":"-1"}"#,
        r#"{"denom":"uact","amount":1}"#,
        r#"{"denom":"u","amount":"1"}"#,
        r#"{"amount":"1"}"#,
    ] {
        assert!(serde_json::from_str::<Coin>(json).is_err(), "{json}");
        assert!(serde_json::from_str::<DecCoin>(json).is_err(), "{json}");
    }
}

#[test]
fn denoms_are_their_text() {
    let denoms: BTreeSet<Denom> = ["uusd", "ibc/A", "uakt", "Zed", "uact"]
        .map(|text| Denom::new(text).unwrap())
        .into();
    let order: Vec<&str> = denoms.iter().map(Denom::as_str).collect();
    assert_eq!(order, ["Zed", "ibc/A", "uact", "uakt", "uusd"]);
    assert!(denoms.contains("uakt"));
    let copy = Denom::new(&String::from("uakt")).unwrap();
    assert_eq!(copy, Denom::UAKT);
    assert!(Denom::new("äbc").is_err());
}

#[test]
fn errors_say_what_would_be_right_and_stay_short() {
    let error = "1.".parse::<Dec>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "\"1.\" is not a valid decimal: write digits behind the point"
    );
    let error = "é".repeat(10_000).parse::<Dec>().unwrap_err();
    assert!(error.to_string().len() < 300);
    let error = Dec::MAX.add(Dec::ONE).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the result of add is out of range: a decimal is below 2^256 in magnitude"
    );
    assert_eq!(
        Dec::ONE.quo(Dec::ZERO),
        Err(NumError::DivisionByZero { op: "quo" })
    );
}

#[test]
fn widths_apply_to_the_whole_text() {
    assert_eq!(format!("{:>8}", Int::from(-42i64)), "     -42");
    assert_eq!(format!("{:24}", Dec::ONE.neg()), "   -1.000000000000000000");
    assert!(size_of::<Dec>() <= 48 && size_of::<Int>() <= 40 && size_of::<Denom>() <= 24);
}

#[test]
fn doubles_are_the_nearest() {
    assert!((Dec::MAX.to_f64() - 2f64.powi(256)).abs() < f64::EPSILON);
    assert!((Dec::SMALLEST.to_f64() - 1e-18).abs() < f64::EPSILON * 1e-18);
    assert_eq!(Dec::with_precision(1, 19), None);
    assert_eq!(
        Dec::with_precision(i64::MIN, 0),
        Some(Dec::from_i64(i64::MIN))
    );
    assert_eq!(Dec::with_precision(1, 18), Some(Dec::SMALLEST));
}
