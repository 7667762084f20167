//! Decimal, integer and coin vectors of the chain: every entry must be equal.

use akash_sdl::num::{Coin, Dec, DecCoin, Denom, Int, NumError};
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    count: usize,
    vectors: Vec<Vector>,
}

#[derive(Deserialize)]
struct Vector {
    id: u64,
    op: String,
    args: Vec<String>,
    #[serde(default)]
    out: String,
    #[serde(default)]
    err: String,
}

fn dec(text: &str) -> Dec {
    text.parse().unwrap()
}

fn int(text: &str) -> Int {
    text.parse().unwrap()
}

fn error_name(error: &NumError) -> &'static str {
    match error {
        NumError::Invalid { .. } => "invalid",
        NumError::Overflow { .. } => "overflow",
        NumError::DivisionByZero { .. } => "division_by_zero",
        NumError::OutOfBound { .. } => "out_of_bound",
        other => panic!("no vector expects {other:?}"),
    }
}

fn out_of_bound() -> NumError {
    NumError::OutOfBound {
        op: "conversion",
        limit: "the integer type",
    }
}

fn run(op: &str, args: &[String]) -> Result<String, NumError> {
    let first = args[0].as_str();
    let second = args.get(1).map_or("", String::as_str);
    let binary = |f: fn(Dec, Dec) -> Result<Dec, NumError>| {
        f(dec(first), dec(second)).map(|d| d.to_string())
    };
    let int_binary = |f: fn(Int, Int) -> Result<Int, NumError>| {
        f(int(first), int(second)).map(|i| i.to_string())
    };
    Ok(match op {
        "parse" => first.parse::<Dec>()?.to_string(),
        "add" => binary(Dec::add)?,
        "sub" => binary(Dec::sub)?,
        "mul" => binary(Dec::mul)?,
        "mul_truncate" => binary(Dec::mul_truncate)?,
        "mul_round_up" => binary(Dec::mul_round_up)?,
        "quo" => binary(Dec::quo)?,
        "quo_truncate" => binary(Dec::quo_truncate)?,
        "quo_round_up" => binary(Dec::quo_round_up)?,
        "mul_int" => dec(first).mul_int(int(second))?.to_string(),
        "quo_int" => dec(first).quo_int(int(second))?.to_string(),
        "mul_int64" => dec(first).mul_i64(second.parse().unwrap())?.to_string(),
        "quo_int64" => dec(first).quo_i64(second.parse().unwrap())?.to_string(),
        "power" => dec(first).power(second.parse().unwrap())?.to_string(),
        "approx_root" => dec(first).approx_root(second.parse().unwrap())?.to_string(),
        "approx_sqrt" => dec(first).approx_sqrt()?.to_string(),
        "truncate_dec" => dec(first).truncate_dec().to_string(),
        "ceil" => dec(first).ceil()?.to_string(),
        "neg" => dec(first).neg().to_string(),
        "abs" => dec(first).abs().to_string(),
        "round_int" => dec(first).round_int()?.to_string(),
        "truncate_int" => dec(first).truncate_int().to_string(),
        "round_int64" => dec(first).round_i64()?.to_string(),
        "truncate_int64" => dec(first).truncate_i64()?.to_string(),
        "is_integer" => dec(first).is_integer().to_string(),
        "cmp" => (dec(first).cmp(&dec(second)) as i8).to_string(),
        "proto_bytes" => dec(first).to_scaled_string(),
        "from_proto_bytes" => {
            Dec::from_scaled_field(first)?.map_or("<nil>".to_owned(), |d| d.to_string())
        }
        "int_parse" => first.parse::<Int>()?.to_string(),
        "int_add" => int_binary(Int::add)?,
        "int_sub" => int_binary(Int::sub)?,
        "int_mul" => int_binary(Int::mul)?,
        "int_quo" => int_binary(Int::quo)?,
        "int_mod" => int_binary(Int::modulo)?,
        "int_uint64" => int(first).to_u64().ok_or_else(out_of_bound)?.to_string(),
        "int_int64" => int(first).to_i64().ok_or_else(out_of_bound)?.to_string(),
        "dec_coin_parse" => first.parse::<DecCoin>()?.to_string(),
        "dec_coin_truncate" => {
            let (whole, change) = DecCoin::new(Denom::new(second)?, dec(first))?.truncate();
            format!("{whole} {change}")
        }
        "denom_valid" => Denom::new(first).is_ok().to_string(),
        other => panic!("unknown operation {other}"),
    })
}

/// The chain's command line turns every registered denom into uakt. We keep the denom, but what
/// we read must be worth what it says where the two agree: on amount text and on uakt itself.
fn check_normalized(vector: &Vector) -> bool {
    let read = vector.args[0].parse::<DecCoin>();
    if vector.err == "invalid" {
        return read.is_err();
    }
    let coin = read.unwrap();
    let (base, whole) = match coin.denom().base_unit() {
        Some((base, _)) => {
            assert_eq!(base == Denom::UAKT, coin.denom().as_str().ends_with("akt"));
            let whole = coin.convert_to(&base).unwrap().truncate().0;
            (Denom::UAKT, whole)
        }
        None => (coin.denom().clone(), coin.truncate().0),
    };
    vector.out == Coin::from_int(base, whole.amount()).unwrap().to_string()
}

#[test]
fn every_vector() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/dec/dec.json");
    let file: File = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(file.vectors.len(), file.count);
    let mut wrong = Vec::new();
    for vector in &file.vectors {
        if vector.op == "coin_parse_normalized" {
            if !check_normalized(vector) {
                wrong.push(format!("{}: {} {:?}", vector.id, vector.op, vector.args));
            }
            continue;
        }
        let (out, err) = match run(&vector.op, &vector.args) {
            Ok(out) => (out, ""),
            Err(error) => (String::new(), error_name(&error)),
        };
        if out != vector.out || err != vector.err {
            wrong.push(format!(
                "{}: {} {:?} gave {out:?} {err:?}, the chain {:?} {:?}",
                vector.id, vector.op, vector.args, vector.out, vector.err
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        file.count,
        wrong.join("\n")
    );
}
