//! Pricing by a script: what it is given, how its answer is read, and what the published one answers.

use super::super::field::{Fields, expected};
use super::super::provider_json::{allocated, group};
use super::super::{Failure, Work};
use super::{agrees_without_text, rate};
use akash_market::address::Address;
use akash_market::bid::ResourceOffer;
use akash_market::matching::check_bid_price;
use akash_market::pricing::script::{Exit, ScriptError, ScriptInput, environment, read_answer};
use akash_market::pricing::{GenericScript, MonthlyTargets, PriceRequest, Rate};
use akash_sdl::group::GroupSpec;
use akash_sdl::num::{DecCoin, Denom};
use serde_json::{Map, Value, json};

/// What a script reads.
pub(super) struct Input {
    owner: Address,
    group: GroupSpec,
    allocated: Vec<ResourceOffer>,
    precision: u32,
}

impl Input {
    pub(super) fn read(case: &Value) -> Result<Self, Failure> {
        Ok(Self {
            owner: case.parse("owner")?,
            group: group(case.at("group"))?,
            allocated: allocated(case, "allocated")?,
            // The reference ignores a negative one.
            precision: u32::try_from(case.read::<i64>("price_precision")?).unwrap_or(0),
        })
    }

    /// Where the reference crashes, an error is the right answer.
    pub(super) fn expected(case: &Value) -> Option<Value> {
        if case.some_text("panics").is_some() {
            return Some(json!({"panics": true}));
        }
        expected(case, &["stdin", "env"])
    }
}

impl Work for Input {
    fn output(&self) -> Result<Value, Failure> {
        let mut request =
            PriceRequest::new(&self.owner, &self.group).with_allocated(&self.allocated);
        request.precision = self.precision;
        Ok(match ScriptInput::new(&request) {
            Ok(input) => {
                let env: Map<_, _> = environment(&request)
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), json!(value)))
                    .collect();
                json!({"stdin": input.to_stdin(), "env": env})
            }
            Err(error) => json!({"error": error.to_string()}),
        })
    }

    fn agrees(&self, expected: &Value, output: &Value) -> bool {
        if expected.at("panics") == true {
            return output.get("error").is_some();
        }
        expected == output
    }
}

/// What a script answered, and the decision that follows.
pub(super) struct Answer {
    stdout: String,
    stderr: String,
    exit_code: i64,
    timed_out: bool,
    denom: Denom,
    max: DecCoin,
}

impl Answer {
    pub(super) fn read(case: &Value) -> Result<Self, Failure> {
        let denom: Denom = case.parse("denom")?;
        let text = |name: &str| case.some_text(name).unwrap_or_default().to_owned();
        Ok(Self {
            stdout: text("stdout"),
            stderr: text("stderr"),
            exit_code: case.read("exit_code")?,
            timed_out: case.count::<u64>("sleep_ms")? > case.count::<u64>("timeout_ms")?,
            max: DecCoin::new(denom.clone(), case.parse("max_price")?)?,
            denom,
        })
    }
}

impl Work for Answer {
    fn output(&self) -> Result<Value, Failure> {
        let status = format!("exit status {}", self.exit_code);
        let exit = if self.timed_out {
            Exit::TimedOut
        } else if self.exit_code == 0 {
            Exit::Success
        } else {
            Exit::Failure(&status)
        };
        let (stdout, stderr) = (self.stdout.as_bytes(), self.stderr.as_bytes());
        Ok(match read_answer(exit, stdout, stderr, &self.denom) {
            Ok(price) => {
                let decision = match check_bid_price(&self.max, &price) {
                    Ok(()) => "bid",
                    Err(_) => "no_bid_price_too_high",
                };
                json!({"expect": {"price": price}, "order_decision": decision})
            }
            Err(error) => {
                let kind = match error {
                    ScriptError::TimedOut => "timeout",
                    ScriptError::Failed { .. } => "script_failure",
                    ScriptError::Zero => "bid_zero",
                    _ => "bid_quantity_invalid",
                };
                let expect = json!({"error_kind": kind, "error": error.to_string()});
                json!({"expect": expect, "order_decision": "no_bid_error"})
            }
        })
    }

    fn agrees(&self, expected: &Value, output: &Value) -> bool {
        agrees_without_text(expected, output)
    }
}

/// The published script, without a shell.
pub(super) struct Published {
    strategy: GenericScript,
    stdin: String,
}

impl Published {
    pub(super) fn read(case: &Value) -> Result<Self, Failure> {
        let env = case.at("env");
        let or = |name: &str, own: Rate| match env.at(name) {
            Value::Null => Ok(own),
            _ => rate(env, name),
        };
        let own = MonthlyTargets::default();
        let gpus = env.some_text("PRICE_TARGET_GPU_MAPPINGS");
        Ok(Self {
            strategy: GenericScript {
                targets: MonthlyTargets {
                    cpu: or("PRICE_TARGET_CPU", own.cpu)?,
                    memory: or("PRICE_TARGET_MEMORY", own.memory)?,
                    ephemeral: or("PRICE_TARGET_HD_EPHEMERAL", own.ephemeral)?,
                    beta1: or("PRICE_TARGET_HD_PERS_HDD", own.beta1)?,
                    beta2: or("PRICE_TARGET_HD_PERS_SSD", own.beta2)?,
                    beta3: or("PRICE_TARGET_HD_PERS_NVME", own.beta3)?,
                    endpoint: or("PRICE_TARGET_ENDPOINT", own.endpoint)?,
                    ip: or("PRICE_TARGET_IP", own.ip)?,
                },
                gpus: gpus.unwrap_or_default().parse()?,
                usd_per_akt: rate(case, "usd_per_akt")?,
            },
            stdin: case.text("stdin")?.to_owned(),
        })
    }
}

impl Work for Published {
    fn output(&self) -> Result<Value, Failure> {
        let input: ScriptInput = serde_json::from_str(&self.stdin)?;
        Ok(match self.strategy.answer(&input) {
            Ok(answer) => json!({"exit_code": 0, "stdout": answer, "stderr": ""}),
            Err(error) => json!({"exit_code": 1, "stdout": "", "stderr": error.to_string()}),
        })
    }

    /// White space around what is printed is a shell's.
    fn agrees(&self, expected: &Value, output: &Value) -> bool {
        let printed =
            |value: &Value, name: &str| value.some_text(name).map(|text| text.trim().to_owned());
        expected.at("exit_code") == output.at("exit_code")
            && printed(expected, "stderr") == printed(output, "stderr")
            && (expected.at("exit_code") != 0
                || printed(expected, "stdout") == printed(output, "stdout"))
    }
}
