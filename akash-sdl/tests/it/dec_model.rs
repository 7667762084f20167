//! Arithmetic against an independent model on heap integers, over operands of every size.

use akash_sdl::num::{Coin, Coins, Dec, DecCoin, Denom, Int, NumError};
use num_bigint::{BigInt, Sign};
use proptest::prelude::*;

fn scale() -> BigInt {
    BigInt::from(10u8).pow(18)
}

fn bound() -> BigInt {
    BigInt::from(1u8) << 256
}

fn in_dec_range(raw: &BigInt) -> bool {
    raw.magnitude() < (bound() * scale()).magnitude()
}

/// The raw value of a decimal.
fn raw(dec: Dec) -> BigInt {
    dec.to_scaled_string().parse().unwrap()
}

fn dec(raw: &BigInt) -> Dec {
    Dec::from_scaled_str(&raw.to_string()).unwrap()
}

fn big(int: Int) -> BigInt {
    int.to_string().parse().unwrap()
}

fn int(value: &BigInt) -> Int {
    value.to_string().parse().unwrap()
}

/// Half to even, by doubling.
fn bankers(x: &BigInt, by: &BigInt) -> BigInt {
    let floor = x.magnitude() / by.magnitude();
    let rest = (x.magnitude() - &floor * by.magnitude()) * 2u8;
    let up = rest > *by.magnitude() || (rest == *by.magnitude() && floor.bit(0));
    let magnitude = BigInt::from(floor + u8::from(up));
    if x.sign() == Sign::Minus {
        -magnitude
    } else {
        magnitude
    }
}

fn toward_positive(x: &BigInt, by: &BigInt) -> BigInt {
    let truncated = x / by;
    if x.sign() == Sign::Plus && &truncated * by != *x {
        truncated + 1
    } else {
        truncated
    }
}

/// The chain's rule, on signs as it tests them.
fn quo_round_up(a: &BigInt, b: &BigInt) -> BigInt {
    let quotient = a * scale() / b;
    let rem = a * scale() % b;
    let same = (quotient.sign() == Sign::Minus) == (b.sign() == Sign::Minus);
    match rem.sign() {
        Sign::Plus if same => quotient + 1,
        Sign::Minus if !same => quotient + 1,
        _ => quotient,
    }
}

/// Magnitudes of every bit length, with many at the ends of limbs, whole units and halves.
fn magnitude(bits: u64) -> impl Strategy<Value = BigInt> {
    let random = (prop::collection::vec(any::<u32>(), 10), 0..=bits).prop_map(|(limbs, bits)| {
        BigInt::from_slice(Sign::Plus, &limbs) % (BigInt::from(1u8) << bits)
    });
    let edge = (0..bits, 0u8..5)
        .prop_map(|(bits, near)| (BigInt::from(1u8) << bits) + i32::from(near) - 2);
    let halves =
        (any::<u64>(), 0u8..5).prop_map(|(n, near)| (scale() / 2) * n + i32::from(near) - 2);
    prop_oneof![6 => random, 2 => edge, 2 => halves]
        .prop_map(|x| BigInt::from(x.magnitude().clone()))
}

fn signed(bits: u64) -> impl Strategy<Value = BigInt> {
    (magnitude(bits), any::<bool>()).prop_map(|(x, minus)| if minus { -x } else { x })
}

fn any_raw() -> impl Strategy<Value = BigInt> {
    let limit = || bound() * scale();
    prop_oneof![
        12 => signed(316).prop_map(move |x| x % limit()),
        1 => (1u8..4).prop_map(move |x| limit() - x),
        1 => (1u8..4).prop_map(move |x| -limit() + x),
    ]
}

fn any_int() -> impl Strategy<Value = BigInt> {
    prop_oneof![12 => signed(256).prop_map(|x| x % bound()), 1 => (1u8..4).prop_map(|x| bound() - x)]
}

/// What an operation must give for a model result.
fn expect(result: Result<Dec, NumError>, model: &BigInt) -> Result<(), TestCaseError> {
    match result {
        Ok(dec) => prop_assert_eq!(&raw(dec), model),
        Err(error) => {
            let overflow = matches!(error, NumError::Overflow { .. });
            prop_assert!(
                overflow && !in_dec_range(model),
                "{}, the model has {}",
                error,
                model
            );
        }
    }
    Ok(())
}

fn expect_int(result: Result<Int, NumError>, model: &BigInt) -> Result<(), TestCaseError> {
    match result {
        Ok(int) => prop_assert_eq!(&big(int), model),
        Err(error) => {
            let overflow = matches!(error, NumError::Overflow { .. });
            prop_assert!(
                overflow && model.bits() > 256,
                "{}, the model has {}",
                error,
                model
            );
        }
    }
    Ok(())
}

/// A value changed in place; what fails must leave it as it was.
fn changed<T: Copy + PartialEq + std::fmt::Debug>(
    before: T,
    change: impl FnOnce(&mut T) -> Result<(), NumError>,
) -> Result<T, NumError> {
    let mut value = before;
    let result = change(&mut value);
    assert!(
        result.is_ok() || value == before,
        "{before:?} became {value:?}"
    );
    result.map(|()| value)
}

fn model_text(raw: &BigInt) -> String {
    let digits = format!("{:0>19}", raw.magnitude().to_string());
    let (whole, fraction) = digits.split_at(digits.len() - 18);
    let sign = if raw.sign() == Sign::Minus { "-" } else { "" };
    format!("{sign}{whole}.{fraction}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn sums_and_products(a in any_raw(), b in any_raw()) {
        let (x, y) = (dec(&a), dec(&b));
        expect(x.add(y), &(&a + &b))?;
        expect(x.sub(y), &(&a - &b))?;
        prop_assert_eq!(changed(x, |x| x.increase(y)), x.add(y));
        prop_assert_eq!(changed(x, |x| x.decrease(y)), x.sub(y));
        expect(x.mul(y), &bankers(&(&a * &b), &scale()))?;
        expect(x.mul_truncate(y), &(&a * &b / scale()))?;
        expect(x.mul_round_up(y), &toward_positive(&(&a * &b), &scale()))?;
        prop_assert_eq!(x.cmp(&y), a.cmp(&b));
        prop_assert_eq!(x == y, a == b);
    }

    #[test]
    fn quotients(a in any_raw(), b in any_raw()) {
        let (x, y) = (dec(&a), dec(&b));
        if y.is_zero() {
            for result in [x.quo(y), x.quo_truncate(y), x.quo_round_up(y)] {
                let by_zero = matches!(result, Err(NumError::DivisionByZero { .. }));
                prop_assert!(by_zero);
            }
        } else {
            let inner = &a * scale() * scale() / &b;
            expect(x.quo(y), &bankers(&inner, &scale()))?;
            expect(x.quo_truncate(y), &(&a * scale() / &b))?;
            expect(x.quo_round_up(y), &quo_round_up(&a, &b))?;
        }
    }

    /// Quotients at and next to a tie, where the first of the two roundings decides.
    #[test]
    fn quotients_near_ties(q in magnitude(120), b in magnitude(190), near in -2i32..3, minus: bool) {
        let b = b * 2u8 + 2u8;
        // a = (q + 1/2) * b / scale, as near as whole numbers get
        let a: BigInt = (&q * &b + &b / 2 + near) / scale();
        let a = if minus { -a } else { a };
        let inner = &a * scale() * scale() / &b;
        expect(dec(&a).quo(dec(&b)), &bankers(&inner, &scale()))?;
        // and exact ties: b divides by 10^18
        let b = &b * scale();
        if in_dec_range(&b) {
            let a = &q * (&b / scale()) + &b / scale() / 2 + near;
            let inner = &a * scale() * scale() / &b;
            expect(dec(&a).quo(dec(&b)), &bankers(&inner, &scale()))?;
        }
    }

    #[test]
    fn with_whole_numbers(a in any_raw(), n in any_int(), m: i64) {
        let x = dec(&a);
        expect(x.mul_int(int(&n)), &(&a * &n))?;
        expect(x.mul_i64(m), &(&a * m))?;
        if n.sign() != Sign::NoSign {
            expect(x.quo_int(int(&n)), &(&a / &n))?;
        }
        if m != 0 {
            expect(x.quo_i64(m), &(&a / m))?;
        }
        expect(Ok(Dec::from_int(int(&n))), &(&n * scale()))?;
        expect(Ok(Dec::from_i64(m)), &(scale() * m))?;
    }

    #[test]
    fn to_whole_numbers(a in any_raw()) {
        let x = dec(&a);
        let whole = &a / scale();
        prop_assert_eq!(&big(x.truncate_int()), &whole);
        prop_assert_eq!(raw(x.truncate_dec()), &whole * scale());
        prop_assert_eq!(raw(x.fraction()), &a % scale());
        prop_assert_eq!(x.is_integer(), &whole * scale() == a);
        expect(x.ceil(), &(toward_positive(&a, &scale()) * scale()))?;
        let rounded = bankers(&a, &scale());
        match x.round_int() {
            Ok(int) => prop_assert_eq!(&big(int), &rounded),
            Err(error) => prop_assert!(rounded.bits() > 256, "{}", error),
        }
        prop_assert_eq!(x.round_i64().ok(), i64::try_from(&rounded).ok());
        prop_assert_eq!(x.truncate_i64().ok(), i64::try_from(&whole).ok());
        prop_assert_eq!(x.to_raw_i128(), i128::try_from(&a).ok());
        prop_assert_eq!(raw(x.neg()), -&a);
        prop_assert_eq!(raw(x.abs()), BigInt::from(a.magnitude().clone()));
        prop_assert_eq!(x.is_negative(), a.sign() == Sign::Minus);
        prop_assert_eq!(x.is_positive(), a.sign() == Sign::Plus);
        if let Ok(raw) = i128::try_from(&a) {
            prop_assert_eq!(Dec::from_raw_i128(raw), x);
        }
    }

    #[test]
    fn powers(a in signed(70), n in 0u64..40) {
        let mut model = scale();
        if n > 0 {
            let (mut left, mut square) = (n, a.clone());
            while left > 1 {
                if left % 2 == 1 {
                    model = bankers(&(&model * &square), &scale());
                }
                left /= 2;
                square = bankers(&(&square * &square), &scale());
            }
            model = bankers(&(&model * &square), &scale());
        }
        match dec(&a).power(n) {
            Ok(power) => prop_assert_eq!(raw(power), model),
            Err(error) => prop_assert!(model.bits() > 300, "{}", error),
        }
    }

    #[test]
    fn text(a in any_raw(), zeros in 0usize..30) {
        let x = dec(&a);
        let text = model_text(&a);
        prop_assert_eq!(&x.to_string(), &text);
        prop_assert_eq!(x.to_scaled_string(), a.to_string());
        prop_assert_eq!(Dec::parse_strict(&text), Ok(x));
        let (sign, digits) = text.strip_prefix('-').map_or(("", &*text), |digits| ("-", digits));
        let padded = format!("{sign}{}{digits}", "0".repeat(zeros));
        prop_assert_eq!(padded.parse(), Ok(x));
        let short = padded.trim_end_matches('0').trim_end_matches('.');
        if !short.is_empty() && short != "-" {
            prop_assert_eq!(short.parse(), Ok(x));
        }
        let json = serde_json::to_string(&x).unwrap();
        prop_assert_eq!(&json, &format!("\"{text}\""));
        prop_assert_eq!(serde_json::from_str::<Dec>(&json).unwrap(), x);
    }

    #[test]
    fn integers(a in any_int(), b in any_int()) {
        let (x, y) = (int(&a), int(&b));
        expect_int(x.add(y), &(&a + &b))?;
        expect_int(x.sub(y), &(&a - &b))?;
        prop_assert_eq!(changed(x, |x| x.increase(y)), x.add(y));
        prop_assert_eq!(changed(x, |x| x.decrease(y)), x.sub(y));
        expect_int(x.mul(y), &(&a * &b))?;
        prop_assert_eq!(x.cmp(&y), a.cmp(&b));
        if b.sign() == Sign::NoSign {
            prop_assert!(x.quo(y).is_err() && x.modulo(y).is_err());
        } else {
            expect_int(x.quo(y), &(&a / &b))?;
            let size = BigInt::from(b.magnitude().clone());
            expect_int(x.modulo(y), &(((&a % &size) + &size) % &size))?;
        }
        prop_assert_eq!(x.to_string(), a.to_string());
        prop_assert_eq!(x.to_u64(), u64::try_from(&a).ok());
        prop_assert_eq!(x.to_i64(), i64::try_from(&a).ok());
        prop_assert_eq!(x.to_u128(), u128::try_from(&a).ok());
        prop_assert_eq!(x.to_i128(), i128::try_from(&a).ok());
        let json = serde_json::to_string(&x).unwrap();
        prop_assert_eq!(serde_json::from_str::<Int>(&json).unwrap(), x);
    }

    #[test]
    fn machine_integers(a: i128, b: u128, c: i64, d: u64) {
        prop_assert_eq!(Int::from(a).to_i128(), Some(a));
        prop_assert_eq!(Int::from(b).to_u128(), Some(b));
        prop_assert_eq!(Int::from(c).to_i64(), Some(c));
        prop_assert_eq!(Int::from(d).to_u64(), Some(d));
        prop_assert_eq!(Dec::from_u64(d), Dec::from_int(Int::from(d)));
    }

    #[test]
    fn decimal_text_as_the_chain_reads_it(text in "[-+]{0,3}[0-9]{0,24}(\\.[-+]?[0-9]{0,20}){0,2}|[0-9._+e -]{0,12}") {
        // The chain's steps: cut a minus, split at points, join, fill to 18 decimals, read base 10.
        let (minus, rest) = text.strip_prefix('-').map_or((false, &*text), |rest| (true, rest));
        let parts: Vec<&str> = rest.split('.').collect();
        let decimals = parts.get(1).map_or(0, |part| part.len());
        let shape = match parts.as_slice() {
            [whole] => !whole.is_empty(),
            [whole, fraction] => !whole.is_empty() && !fraction.is_empty() && decimals <= 18,
            _ => false,
        };
        let model = shape.then(|| {
            let joined = format!("{}{}", parts.concat(), "0".repeat(18 - decimals));
            let (sign, digits) = match joined.as_bytes()[0] {
                b'-' => (-1, &joined[1..]),
                b'+' => (1, &joined[1..]),
                _ => (1, &*joined),
            };
            let valid = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
            valid.then(|| digits.parse::<BigInt>().unwrap() * sign * if minus { -1 } else { 1 })
        }).flatten();
        prop_assert_eq!(text.parse::<Dec>().ok().map(raw), model);
    }

    #[test]
    fn nothing_panics(text in "\\PC{0,40}|[0-9.,a-z/:_ +-]{0,150}") {
        if let Ok(dec) = text.parse::<Dec>() {
            prop_assert_eq!(dec.to_string().parse(), Ok(dec));
        }
        if let Ok(int) = text.parse::<Int>() {
            prop_assert_eq!(int.to_string().parse(), Ok(int));
        }
        if let Ok(coin) = text.parse::<DecCoin>() {
            prop_assert_eq!(coin.to_string().parse(), Ok(coin.clone()));
            let (whole, change) = coin.truncate();
            prop_assert_eq!(DecCoin::from(whole).add(&change), Ok(coin));
        }
        if let Ok(coins) = text.parse::<Coins>() {
            prop_assert_eq!(coins.to_string().parse(), Ok(coins));
        }
        prop_assert_eq!(Denom::new(&text).is_ok(), Denom::is_valid(&text));
        let _ = Dec::from_scaled_field(&text);
        let _ = Dec::parse_strict(&text);
    }

    #[test]
    fn sets_of_coins(left in prop::collection::vec((0usize..4, 0u128..50), 0..8), right in prop::collection::vec((0usize..4, 0u128..50), 0..8)) {
        let denoms = [Denom::UAKT, Denom::UACT, Denom::new("ibc/A1").unwrap(), Denom::USD];
        let build = |list: &[(usize, u128)]| {
            let mut coins = Coins::new();
            for (denom, amount) in list {
                coins.add_coin(&Coin::new(denoms[*denom].clone(), *amount)).unwrap();
            }
            coins
        };
        let total = |list: &[(usize, u128)], denom: usize| -> u128 {
            list.iter().filter(|(d, _)| *d == denom).map(|(_, amount)| amount).sum()
        };
        let (a, b) = (build(&left), build(&right));
        let sum = a.add(&b).unwrap();
        prop_assert_eq!(&sum.sub(&b).unwrap(), &a);
        prop_assert!(sum.iter().all(|coin| !coin.is_zero()));
        prop_assert!(sum.as_slice().is_sorted_by(|x, y| x.denom() < y.denom()));
        let mut enough = true;
        for (index, denom) in denoms.iter().enumerate() {
            let (l, r) = (total(&left, index), total(&right, index));
            prop_assert_eq!(sum.amount_of(denom), Int::from(l + r));
            enough &= l >= r;
        }
        prop_assert_eq!(a.sub(&b).is_ok(), enough);
    }
}
