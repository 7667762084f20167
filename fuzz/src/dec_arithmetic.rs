//! Decimals: texts are read as the chain reads them, and arithmetic equals a model of big integers.

use akash_sdl::num::{Dec, Int};
use num_bigint::{BigInt, Sign};

/// The target: a text, or an operation on two numbers.
pub fn check(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data) {
        parse(text);
    }
    let Some((op, rest)) = data.split_first() else {
        return;
    };
    let (left, right) = rest.split_at(rest.len() / 2);
    let (a, b) = (number(left), number(right));
    arithmetic(*op, &a, &b);
}

/// One as a raw number.
fn unit() -> BigInt {
    BigInt::from(10).pow(18)
}

/// Bytes as a raw number: the first one is the sign.
fn number(bytes: &[u8]) -> BigInt {
    let Some((sign, digits)) = bytes.split_first() else {
        return BigInt::ZERO;
    };
    let digits = &digits[..digits.len().min(40)];
    let sign = if sign & 1 == 1 {
        Sign::Minus
    } else {
        Sign::Plus
    };
    BigInt::from_bytes_be(sign, digits)
}

/// Absolute raw values end below this.
fn limit() -> BigInt {
    BigInt::from(2).pow(256) * unit()
}

fn text_of(raw: &BigInt) -> String {
    let (sign, digits) = match raw.sign() {
        Sign::Minus => ("-", (-raw).to_string()),
        _ => ("", raw.to_string()),
    };
    let digits = format!("{digits:0>19}");
    let (whole, fraction) = digits.split_at(digits.len() - 18);
    format!("{sign}{whole}.{fraction}")
}

fn parse(text: &str) {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    let plain = all_digits(whole) && all_digits(fraction) && fraction.len() <= 18;
    match text.parse::<Dec>() {
        Ok(dec) => {
            assert_eq!(dec.to_string().parse(), Ok(dec), "{text}");
            if plain {
                let raw: BigInt = format!("{whole}{fraction:0<18}").parse().unwrap();
                let raw = if text.starts_with('-') { -raw } else { raw };
                assert_eq!(dec.to_string(), text_of(&raw), "{text}");
            }
        }
        Err(error) => {
            let raw: Option<BigInt> = format!("{whole}{fraction:0<18}").parse().ok();
            let fits = raw.is_some_and(|raw| raw < limit());
            assert!(!plain || !fits, "{text}: {error}");
        }
    }
}

/// Towards zero.
fn truncated(a: &BigInt, b: &BigInt) -> BigInt {
    a / b
}

/// To the nearest, halves to even.
fn bankers(a: &BigInt, b: &BigInt) -> BigInt {
    let negative = (a.sign() == Sign::Minus) != (b.sign() == Sign::Minus);
    let (x, y) = (a.magnitude(), b.magnitude());
    let (mut quotient, rest) = (x / y, x % y);
    let twice = rest * 2_u32;
    if twice > *y || twice == *y && quotient.bit(0) {
        quotient += 1_u32;
    }
    let sign = if negative { Sign::Minus } else { Sign::Plus };
    BigInt::from_biguint(sign, quotient)
}

fn arithmetic(op: u8, a: &BigInt, b: &BigInt) {
    let (Ok(left), Ok(right)) = (text_of(a).parse::<Dec>(), text_of(b).parse::<Dec>()) else {
        assert!(a.magnitude() >= limit().magnitude() || b.magnitude() >= limit().magnitude());
        return;
    };
    let unit = unit();
    let zero = b.sign() == Sign::NoSign;
    let (found, expected) = match op % 10 {
        0 => (left.add(right), Some(a + b)),
        1 => (left.sub(right), Some(a - b)),
        2 => (left.mul(right), Some(bankers(&(a * b), &unit))),
        3 => (left.mul_truncate(right), Some(truncated(&(a * b), &unit))),
        4 => {
            let found = left.quo(right);
            let exact = || bankers(&truncated(&(a * &unit * &unit), b), &unit);
            (found, (!zero).then(exact))
        }
        5 => {
            let found = left.quo_truncate(right);
            (found, (!zero).then(|| truncated(&(a * &unit), b)))
        }
        6 => {
            let Ok(times) = b.to_string().parse::<Int>() else {
                return;
            };
            (left.mul_int(times), Some(a * b))
        }
        7 => {
            let Ok(over) = b.to_string().parse::<Int>() else {
                return;
            };
            (left.quo_int(over), (!zero).then(|| truncated(a, b)))
        }
        8 => {
            let whole = truncated(a, &unit);
            assert_eq!(left.truncate_int().to_string(), whole.to_string());
            (Ok(left.truncate_dec()), Some(whole * &unit))
        }
        _ => {
            let order = left.cmp(&right);
            assert_eq!(order, a.cmp(b));
            (Ok(left.neg()), Some(-a))
        }
    };
    match (found, expected) {
        (Ok(found), Some(expected)) => assert_eq!(found.to_string(), text_of(&expected), "{op}"),
        (Err(error), Some(expected)) => {
            assert!(expected.magnitude() >= limit().magnitude(), "{op}: {error}");
        }
        (found, None) => assert!(found.is_err(), "{op}: division by zero"),
    }
}
