//! Decimals, integers and coins: one operation a case.

use super::field::{Fields, expected, only, vectors};
use super::{Case, Failure, Work};
use akash_sdl::num::{Dec, DecCoin, Denom, Int, NumError};
use serde_json::{Value, json};
use std::hint::black_box;

pub(super) fn cases(file: &Value) -> Result<Vec<Case>, Failure> {
    let case = |case: &Value| {
        let expected = expected(case, &["out", "err"]);
        Case::of(case.at("id").clone(), expected, Operation::read(case))
    };
    Ok(vectors(file, "vectors")?.iter().map(case).collect())
}

struct Operation {
    op: String,
    args: Vec<String>,
}

impl Work for Operation {
    fn output(&self) -> Result<Value, Failure> {
        Ok(match self.run()? {
            Ok(out) => json!({"out": out}),
            Err(error) => json!({"err": error_name(&error)?}),
        })
    }

    fn exercise(&self) -> Result<usize, Failure> {
        // That an operation refuses its input is a result too.
        let _result = black_box(self.run()?);
        Ok(1)
    }
}

/// What an operation gives; the outer failure means that the case makes no sense.
type Outcome = Result<Result<String, NumError>, Failure>;

impl Operation {
    fn read(case: &Value) -> Result<Self, Failure> {
        only(case, &[&["id", "op", "args", "out", "err"]])?;
        Ok(Self {
            op: case.text("op")?.to_owned(),
            args: case.read("args")?,
        })
    }

    fn arg(&self, index: usize) -> Result<&str, Failure> {
        let found = self.args.get(index).map(String::as_str);
        found.ok_or_else(|| format!("`{}` wants more than {index} arguments", self.op).into())
    }

    fn dec(&self, index: usize) -> Result<Dec, Failure> {
        Ok(self.arg(index)?.parse()?)
    }

    fn int(&self, index: usize) -> Result<Int, Failure> {
        Ok(self.arg(index)?.parse()?)
    }

    fn unary<T: ToString>(&self, op: impl Fn(Dec) -> Result<T, NumError>) -> Outcome {
        Ok(op(self.dec(0)?).map(|result| result.to_string()))
    }

    fn binary(&self, op: impl Fn(Dec, Dec) -> Result<Dec, NumError>) -> Outcome {
        Ok(op(self.dec(0)?, self.dec(1)?).map(|result| result.to_string()))
    }

    fn ints(&self, op: impl Fn(Int, Int) -> Result<Int, NumError>) -> Outcome {
        Ok(op(self.int(0)?, self.int(1)?).map(|result| result.to_string()))
    }

    fn run(&self) -> Outcome {
        match &*self.op {
            "parse" => Ok(self.arg(0)?.parse::<Dec>().map(|dec| dec.to_string())),
            "add" => self.binary(Dec::add),
            "sub" => self.binary(Dec::sub),
            "mul" => self.binary(Dec::mul),
            "mul_truncate" => self.binary(Dec::mul_truncate),
            "mul_round_up" => self.binary(Dec::mul_round_up),
            "quo" => self.binary(Dec::quo),
            "quo_truncate" => self.binary(Dec::quo_truncate),
            "quo_round_up" => self.binary(Dec::quo_round_up),
            "mul_int" => {
                let by = self.int(1)?;
                self.unary(|dec| dec.mul_int(by))
            }
            "quo_int" => {
                let by = self.int(1)?;
                self.unary(|dec| dec.quo_int(by))
            }
            "mul_int64" => {
                let by = self.arg(1)?.parse()?;
                self.unary(|dec| dec.mul_i64(by))
            }
            "quo_int64" => {
                let by = self.arg(1)?.parse()?;
                self.unary(|dec| dec.quo_i64(by))
            }
            "power" => {
                let exponent = self.arg(1)?.parse()?;
                self.unary(|dec| dec.power(exponent))
            }
            "approx_root" => {
                let root = self.arg(1)?.parse()?;
                self.unary(|dec| dec.approx_root(root))
            }
            "approx_sqrt" => self.unary(|dec| dec.approx_sqrt()),
            "truncate_dec" => self.unary(|dec| Ok(dec.truncate_dec())),
            "ceil" => self.unary(|dec| dec.ceil()),
            "neg" => self.unary(|dec| Ok(dec.neg())),
            "abs" => self.unary(|dec| Ok(dec.abs())),
            "round_int" => self.unary(|dec| dec.round_int()),
            "truncate_int" => self.unary(|dec| Ok(dec.truncate_int())),
            "round_int64" => self.unary(|dec| dec.round_i64()),
            "truncate_int64" => self.unary(|dec| dec.truncate_i64()),
            "is_integer" => self.unary(|dec| Ok(dec.is_integer())),
            "cmp" => Ok(Ok((self.dec(0)?.cmp(&self.dec(1)?) as i8).to_string())),
            "proto_bytes" => self.unary(|dec| Ok(dec.to_scaled_string())),
            "from_proto_bytes" => Ok(Dec::from_scaled_field(self.arg(0)?)
                .map(|dec| dec.map_or("<nil>".to_owned(), |dec| dec.to_string()))),
            "int_parse" => Ok(self.arg(0)?.parse::<Int>().map(|int| int.to_string())),
            "int_add" => self.ints(Int::add),
            "int_sub" => self.ints(Int::sub),
            "int_mul" => self.ints(Int::mul),
            "int_quo" => self.ints(Int::quo),
            "int_mod" => self.ints(Int::modulo),
            "int_uint64" => Ok(within(self.int(0)?.to_u64())),
            "int_int64" => Ok(within(self.int(0)?.to_i64())),
            "dec_coin_parse" => Ok(self.arg(0)?.parse::<DecCoin>().map(|coin| coin.to_string())),
            "coin_parse_normalized" => Ok(self.arg(0)?.parse().and_then(|coin| normalized(&coin))),
            "dec_coin_truncate" => {
                let coin = DecCoin::new(Denom::new(self.arg(1)?)?, self.dec(0)?)?;
                let (whole, change) = coin.truncate();
                Ok(Ok(format!("{whole} {change}")))
            }
            "denom_valid" => Ok(Ok(Denom::new(self.arg(0)?).is_ok().to_string())),
            other => Err(format!("there is no operation `{other}`").into()),
        }
    }
}

/// A number that a machine integer can hold.
fn within(number: Option<impl ToString>) -> Result<String, NumError> {
    let number = number.ok_or(NumError::OutOfBound {
        op: "conversion",
        limit: "the integer type",
    });
    Ok(number?.to_string())
}

/// Amount text as the chain's command line reads it: every unit it knows becomes uakt there.
fn normalized(coin: &DecCoin) -> Result<String, NumError> {
    let whole = match coin.denom().base_unit() {
        None => coin.clone(),
        Some((_, 1)) => DecCoin::new(Denom::UAKT, coin.amount())?,
        Some((_, size)) => {
            // Through the whole unit, so rounded on the way.
            let micro = Dec::ONE.quo_i64(1_000_000)?;
            let amount = coin.amount().mul(micro.mul_int(Int::from(size))?)?;
            DecCoin::new(Denom::UAKT, amount.quo(micro)?)?
        }
    };
    Ok(whole.truncate().0.to_string())
}

fn error_name(error: &NumError) -> Result<&'static str, Failure> {
    Ok(match error {
        NumError::Invalid { .. } => "invalid",
        NumError::Overflow { .. } => "overflow",
        NumError::DivisionByZero { .. } => "division_by_zero",
        NumError::OutOfBound { .. } => "out_of_bound",
        other => return Err(other.to_string().into()),
    })
}
