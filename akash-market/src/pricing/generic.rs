//! The published price script by which most providers bid (helm-charts `price_script_generic.sh`), as a function.

use super::rate::{Big, Rate, RateError, Sum, power};
use super::script::{Exit, GpuModel, ScriptInput, Unit, read_answer};
use super::{PRICE_PRECISION, PriceRequest, PricingError, PricingStrategy};
use akash_sdl::num::DecCoin;
use std::collections::BTreeMap;

/// Blocks in a month, as the script counts them.
const BLOCKS_PER_MONTH: u64 = 429_909;
/// Decimals to which the script's calculator divides.
const DIVISION_DECIMALS: u32 = 20;
/// USDC of the main network and of the sandbox, as they once came over IBC.
const USDC: [&str; 2] = [
    "ibc/170C677610AC31DF0904FFE09CD3B5C657492170E7E52372E48756B71E56F2F1",
    "ibc/12C6A0C374171B595A0A9E18B83FA09D295FB1F2D8C6DAA3AC28683471752D84",
];

/// US dollars for a month of each thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthlyTargets {
    /// A CPU thread (`PRICE_TARGET_CPU`).
    pub cpu: Rate,
    /// A GiB of memory (`PRICE_TARGET_MEMORY`).
    pub memory: Rate,
    /// A GiB of ephemeral storage (`PRICE_TARGET_HD_EPHEMERAL`).
    pub ephemeral: Rate,
    /// A GiB of class `beta1` (`PRICE_TARGET_HD_PERS_HDD`).
    pub beta1: Rate,
    /// A GiB of class `beta2` (`PRICE_TARGET_HD_PERS_SSD`).
    pub beta2: Rate,
    /// A GiB of class `beta3` (`PRICE_TARGET_HD_PERS_NVME`).
    pub beta3: Rate,
    /// An endpoint, whatever the number of replicas (`PRICE_TARGET_ENDPOINT`).
    pub endpoint: Rate,
    /// A leased IP (`PRICE_TARGET_IP`).
    pub ip: Rate,
}

impl Default for MonthlyTargets {
    /// The script's own.
    fn default() -> Self {
        Self {
            cpu: Rate::new(160, -2),
            memory: Rate::new(80, -2),
            ephemeral: Rate::new(2, -2),
            beta1: Rate::new(1, -2),
            beta2: Rate::new(3, -2),
            beta3: Rate::new(4, -2),
            endpoint: Rate::new(5, -2),
            ip: Rate::new(5, 0),
        }
    }
}

/// US dollars for a month of one GPU, by `model[.ram][.interface]`.
///
/// A unit's full key is looked up, then the key without its last part, then the model alone; a GPU that none of them
/// finds costs the larger of 100 and the highest price of all.
///
/// ```
/// use akash_market::pricing::GpuPrices;
/// let prices: GpuPrices = "a100=480,a100.80Gi.sxm=600".parse()?;
/// assert_eq!(prices.to_string(), "a100=480,a100.80Gi.sxm=600");
/// # Ok::<(), akash_market::pricing::RateError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GpuPrices(BTreeMap<String, Rate>);

impl GpuPrices {
    /// From keys and prices.
    pub fn new(prices: impl IntoIterator<Item = (String, Rate)>) -> Self {
        Self(prices.into_iter().collect())
    }

    fn dearest(&self) -> Rate {
        let highest = self.0.values().copied().max().unwrap_or_default();
        highest.max(Rate::new(100, 0))
    }

    fn of(&self, model: Option<&GpuModel>) -> Rate {
        let Some(GpuModel {
            model,
            ram,
            interface,
        }) = model
        else {
            return self.dearest();
        };
        let mut key = model.clone();
        for part in [ram, interface].into_iter().flatten() {
            key.push('.');
            key.push_str(part);
        }
        let shorter = key.rsplit_once('.').map_or(&*key, |(rest, _)| rest);
        let bare = model.split_once('.').map_or(&**model, |(bare, _)| bare);
        let found = [&*key, shorter, bare]
            .into_iter()
            .find_map(|key| self.0.get(key));
        found.copied().unwrap_or_else(|| self.dearest())
    }
}

impl std::str::FromStr for GpuPrices {
    type Err = RateError;

    /// Reads `key=usd,…` (`PRICE_TARGET_GPU_MAPPINGS`); empty items are skipped, later ones replace earlier ones.
    fn from_str(text: &str) -> Result<Self, RateError> {
        let mut prices = BTreeMap::new();
        for item in text.split(',').filter(|item| !item.is_empty()) {
            let (key, price) = item.split_once('=').unwrap_or((item, ""));
            prices.insert(key.to_owned(), price.parse()?);
        }
        Ok(Self(prices))
    }
}

impl std::fmt::Display for GpuPrices {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (i, (key, price)) in self.0.iter().enumerate() {
            let comma = if i > 0 { "," } else { "" };
            write!(f, "{comma}{key}={price}")?;
        }
        Ok(())
    }
}

/// Why the script gives no price.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GenericScriptError {
    /// The price is in a denom that the script does not know.
    #[error("denom in not supported: {denom}")]
    Denom {
        /// The denom.
        denom: String,
    },
    /// The tenant pays too little.
    #[error("requested rate is too low. min expected {expected}{denom}")]
    TooLow {
        /// What the script would ask.
        expected: String,
        /// In which denom.
        denom: String,
    },
    /// The AKT price is not positive or absurd, or a target is negative.
    #[error(
        "the price of AKT must be above 0 and at most 1000000 dollars, and targets must not be negative"
    )]
    Configuration,
    /// Arithmetic left its range.
    #[error("the cost of the group is out of range")]
    OutOfRange,
}

/// The strategy of the published price script: dollars a month for each thing, turned into a price per block.
///
/// Its numbers are the script's to the last digit printed: quantities and the final rounding go through binary floating
/// point where the script's tools do, the rest is exact with quotients cut off at 20 decimals.
///
/// ```
/// use akash_market::pricing::{GenericScript, GpuPrices, MonthlyTargets};
///
/// let strategy = GenericScript {
///     targets: MonthlyTargets { cpu: "2".parse()?, ..MonthlyTargets::default() },
///     gpus: "h100=850,a100=500".parse()?,
///     usd_per_akt: "0.82".parse()?,
/// };
/// # let _ = strategy;
/// # Ok::<(), akash_market::pricing::RateError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GenericScript {
    /// Dollars a month.
    pub targets: MonthlyTargets,
    /// Dollars a month of one GPU.
    pub gpus: GpuPrices,
    /// Dollars for one AKT; used for prices in `uakt` only.
    pub usd_per_akt: Rate,
}

impl GenericScript {
    /// What the script prints: the price with as many decimals as asked for, 6 if none are.
    ///
    /// # Errors
    /// Where the script ends with an error.
    pub fn answer(&self, input: &ScriptInput) -> Result<String, GenericScriptError> {
        let out = GenericScriptError::OutOfRange;
        self.check()?;
        let usd = self
            .usd_per_month(&input.resources)
            .ok_or_else(|| out.clone())?;
        let denom = input.price.denom().as_str();
        let precision = input.price_precision.unwrap_or(PRICE_PRECISION);
        let limit = Rate::from(input.price.amount()).magnitude();
        let blocks = Sum::whole(BLOCKS_PER_MONTH.into());
        let million = Sum::whole(1_000_000);
        let (compared, printed) = if denom == "uakt" {
            let akt = usd.divide(self.usd_per_akt.magnitude(), DIVISION_DECIMALS);
            let rate = akt.and_then(|akt| akt.mul(million)?.divide(blocks, DIVISION_DECIMALS));
            let rate = rate.ok_or_else(|| out.clone())?;
            (rate, print_extended(rate, precision).ok_or(out)?)
        } else if denom == "uact" || USDC.contains(&denom) {
            let rate = usd
                .divide(blocks, DIVISION_DECIMALS)
                .and_then(|rate| rate.mul(million));
            let double: f64 = rate
                .and_then(|r| r.to_string().parse().ok())
                .ok_or_else(|| out.clone())?;
            let printed = format!("{double:.*}", precision as usize);
            let compared: Rate = printed.parse().map_err(|_| out)?;
            (compared.magnitude(), printed)
        } else {
            return Err(GenericScriptError::Denom {
                denom: denom.to_owned(),
            });
        };
        if compared.cmp_to(&limit).is_gt() {
            return Err(GenericScriptError::TooLow {
                expected: printed,
                denom: denom.to_owned(),
            });
        }
        Ok(printed)
    }

    fn check(&self) -> Result<(), GenericScriptError> {
        let t = &self.targets;
        let targets = [
            t.cpu,
            t.memory,
            t.ephemeral,
            t.beta1,
            t.beta2,
            t.beta3,
            t.endpoint,
            t.ip,
        ];
        let akt = self.usd_per_akt;
        let negative = targets
            .iter()
            .chain(self.gpus.0.values())
            .any(Rate::is_negative);
        if negative || akt.is_negative() || akt.is_zero() || akt > Rate::new(1_000_000, 0) {
            return Err(GenericScriptError::Configuration);
        }
        Ok(())
    }

    fn usd_per_month(&self, units: &[Unit]) -> Option<Sum> {
        let t = &self.targets;
        let count = |unit: &Unit| f64::from(unit.count);
        let cpu: f64 = units.iter().map(|u| u.cpu as f64 * count(u)).sum::<f64>() / 1000.0;
        let memory: f64 = units.iter().map(|u| u.memory as f64 * count(u)).sum();
        let stored = |class: &str| -> f64 {
            let of_unit = |u: &Unit| -> f64 {
                let volumes = u.storage.iter().flatten().filter(|v| v.class == class);
                volumes.map(|v| v.size as f64 * count(u)).sum()
            };
            units.iter().map(of_unit).sum()
        };
        let endpoints: u128 = units.iter().map(|u| u128::from(u.endpoint_quantity)).sum();
        let ips: u128 = units.iter().map(|u| u128::from(u.ip_lease_quantity)).sum();
        let mut usd = Sum::default();
        for (quantity, target) in [
            (cpu.to_string().parse::<Rate>().ok()?.magnitude(), t.cpu),
            (gibibytes(memory)?, t.memory),
            (gibibytes(stored("ephemeral"))?, t.ephemeral),
            (gibibytes(stored("beta1"))?, t.beta1),
            (gibibytes(stored("beta2"))?, t.beta2),
            (gibibytes(stored("beta3"))?, t.beta3),
            (Sum::whole(endpoints), t.endpoint),
            (Sum::whole(ips), t.ip),
        ] {
            usd = usd.add(
                quantity
                    .mul(target.magnitude())?
                    .truncate(DIVISION_DECIMALS),
            )?;
        }
        for unit in units.iter().filter(|u| u.gpu.units > 0) {
            let vendor = &unit.gpu.attributes.vendor;
            let price = self
                .gpus
                .of(vendor.get("nvidia").or_else(|| vendor.get("amd")));
            let cards = u128::from(unit.count).checked_mul(unit.gpu.units.into())?;
            usd = usd.add(Sum::whole(cards).mul(price.magnitude())?)?;
        }
        Some(usd)
    }
}

/// GiB with 12 decimals, as the script prints them.
fn gibibytes(bytes: f64) -> Option<Sum> {
    let text = format!("{:.12}", bytes / 1_073_741_824.0);
    Some(text.parse::<Rate>().ok()?.magnitude())
}

/// Rounds as the shell's `printf "%.*f"`: through an 80-bit float, then half to even on its exact value.
fn print_extended(value: Sum, decimals: u32) -> Option<String> {
    let (mantissa, shift) = extended(value)?;
    // value = mantissa / 2^shift; digits = value × 10^decimals, rounded.
    let scaled = mantissa.checked_mul(power(decimals)?)?;
    let digits = if shift == 0 {
        scaled
    } else {
        let whole = scaled.wrapping_shr(shift);
        let rest = scaled.checked_sub(whole.checked_shl(shift)?)?;
        let half = Big::from(1_u8).checked_shl(shift.checked_sub(1)?)?;
        let up = rest > half || rest == half && whole.bit(0);
        if up {
            whole.checked_add(Big::from(1_u8))?
        } else {
            whole
        }
    };
    let sum = Sum {
        digits,
        exponent: 0_i32.checked_sub_unsigned(decimals)?,
    };
    Some(sum.to_string())
}

/// The nearest number with 64 significant bits, as `mantissa / 2^shift`.
fn extended(value: Sum) -> Option<(Big, usize)> {
    let (numerator, denominator) = match u32::try_from(value.exponent) {
        Ok(exponent) => (value.digits.checked_mul(power(exponent)?)?, Big::from(1_u8)),
        Err(_) => (value.digits, power(value.exponent.unsigned_abs())?),
    };
    if numerator.is_zero() {
        return Some((Big::ZERO, 0));
    }
    // Shift so far that the quotient has at least 66 bits, then round the excess away.
    let shift = (66 + denominator.bit_len()).saturating_sub(numerator.bit_len());
    let (quotient, rest) = numerator.checked_shl(shift)?.div_rem(denominator);
    let excess = quotient.bit_len().saturating_sub(64);
    let (kept, cut) = (quotient.wrapping_shr(excess), excess);
    let below = quotient.checked_sub(kept.checked_shl(cut)?)?;
    let half = Big::from(1_u8).checked_shl(cut.checked_sub(1)?)?;
    let sticky = !rest.is_zero();
    let up = below > half || below == half && (sticky || kept.bit(0));
    let kept = if up {
        kept.checked_add(Big::from(1_u8))?
    } else {
        kept
    };
    if shift >= cut {
        Some((kept, shift.checked_sub(cut)?))
    } else {
        Some((kept.checked_shl(cut.checked_sub(shift)?)?, 0))
    }
}

impl PricingStrategy for GenericScript {
    /// Runs the script's rules on the request and reads their answer as the provider would.
    fn price(&self, request: &PriceRequest<'_>) -> Result<DecCoin, PricingError> {
        let input = ScriptInput::new(request)?;
        let answer = self.answer(&input)?;
        Ok(read_answer(
            Exit::Success,
            answer.as_bytes(),
            b"",
            input.price.denom(),
        )?)
    }
}
