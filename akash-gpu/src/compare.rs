//! A price per GPU-hour against the list prices of the large clouds, and value for money.
//!
//! The cloud table is dated: every row says of which day it is, and every comparison says how old
//! that is, for the day the caller names. It holds whole machines: list price on demand divided by
//! GPUs, with the machine's CPU, memory and local disk included. What makes a price per GPU-hour
//! from a bid, a lease or an SDL is not here but in the market crate.
//!
//! Nothing here claims a saving: [`PriceTable::compare`] computes it, and it may be negative.
//!
//! ```
//! use akash_gpu::compare::{Date, PriceTable};
//!
//! let key = "vendor/nvidia/model/h100/ram/80Gi/interface/sxm".parse().unwrap();
//! let today = Date::new(2026, 4, 30).unwrap();
//! let found = PriceTable::embedded().compare(&key, 1.72, today);
//! // The cheapest cloud offer first: 6.88 dollars, of January.
//! assert_eq!(found[0].row.cloud, "aws");
//! assert!((found[0].saving - 0.75).abs() < 1e-9);
//! assert_eq!(found[0].age.to_string(), "99 days");
//! ```

mod date;
mod prices;
mod value;

pub use date::{Age, AsOf, AsOfError, Date};
pub use value::{Measure, Value, rank};

use crate::attribute::GpuKey;
use crate::csv::{CsvError, Record, Table};
use crate::interface::Interface;
use crate::memory::MemorySize;
use crate::model::Text;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The list price of a cloud machine with GPUs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CloudPrice {
    /// The cloud: `aws`, `azure`, `gcp`.
    pub cloud: Text,
    /// Its region.
    pub region: Text,
    /// The machine type.
    pub instance_type: Text,
    /// The GPU model in attribute spelling.
    pub model: Text,
    /// The GPU as the cloud names it.
    pub marketing_name: Text,
    /// Memory of one GPU.
    pub memory: MemorySize,
    /// GPUs of the machine.
    pub gpus: u32,
    /// CPU threads of the machine.
    pub vcpus: u32,
    /// Main memory of the machine in GiB.
    pub machine_memory_gib: f64,
    /// US dollars per hour of the whole machine.
    pub usd_per_hour: f64,
    /// US dollars per hour and GPU.
    pub usd_per_gpu_hour: f64,
    /// Of which day it is.
    pub as_of: AsOf,
    /// Where it was read.
    pub source: Text,
    /// How sure it is.
    pub confidence: Text,
}

impl CloudPrice {
    /// The interface, when the cloud's name for the GPU tells.
    #[must_use]
    pub fn interface(&self) -> Option<Interface> {
        let name = &*self.marketing_name;
        if name.contains("SXM") {
            Some(Interface::Sxm)
        } else if name.contains("PCIe") || name.contains("NVL") {
            Some(Interface::Pcie)
        } else {
            None
        }
    }

    /// Whether it is the kind of card a key names. Memory may differ by a tenth, because clouds
    /// print usable sizes (180 or 262 for nominal 192 or 288 GB).
    #[must_use]
    pub fn is_like(&self, key: &GpuKey) -> bool {
        let size = |m: MemorySize| m.gib();
        key.model == self.model
            && key.ram.is_none_or(|ram| {
                size(ram).abs_diff(size(self.memory)).saturating_mul(10) <= size(ram)
            })
            && key
                .interface
                .as_ref()
                .is_none_or(|wanted| self.interface().is_none_or(|i| i == *wanted))
    }

    /// Reads rows with the columns of the crate's `data/cloud-gpu-prices.csv`.
    ///
    /// # Errors
    /// The first record that cannot be read.
    pub fn from_csv(text: &str) -> Result<Vec<Self>, CsvError> {
        Table::parse(text)?.read(Self::from_record)
    }

    fn from_record(record: &Record<'_>) -> Result<Self, CsvError> {
        let owned = |column| record.text(column).map(|t| Text::Owned(t.to_owned()));
        let money = |column| {
            record
                .figure(column)?
                .ok_or_else(|| record.bad(column, "a price in US dollars"))
        };
        Ok(Self {
            cloud: owned("provider")?,
            region: owned("region")?,
            instance_type: owned("instance_type")?,
            model: owned("gpu_model")?,
            marketing_name: owned("gpu_marketing_name")?,
            memory: MemorySize::from_gib(record.required("gpu_memory_gib", "a whole number")?),
            gpus: record.required("gpu_count", "a whole number")?,
            vcpus: record.required("vcpus", "a whole number")?,
            machine_memory_gib: money("memory_gib")?,
            usd_per_hour: money("usd_per_hour")?,
            usd_per_gpu_hour: money("usd_per_gpu_hour")?,
            as_of: record.required("as_of", "a date such as `2026-01-21` or `2026-01`")?,
            source: owned("source")?,
            confidence: owned("confidence")?,
        })
    }
}

/// The cloud prices a program compares with.
#[derive(Debug, Clone, PartialEq)]
pub struct PriceTable {
    rows: Cow<'static, [CloudPrice]>,
}

static EMBEDDED: PriceTable = PriceTable {
    rows: Cow::Borrowed(&prices::PRICES),
};

impl Default for PriceTable {
    fn default() -> Self {
        Self::embedded().clone()
    }
}

impl From<Vec<CloudPrice>> for PriceTable {
    fn from(rows: Vec<CloudPrice>) -> Self {
        Self {
            rows: Cow::Owned(rows),
        }
    }
}

/// A price against one row of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison<'t> {
    /// The row.
    pub row: &'t CloudPrice,
    /// Part of the cloud's price that is saved: 0.75 is three quarters; negative when it is dearer.
    pub saving: f64,
    /// How old the row is.
    pub age: Age,
}

impl PriceTable {
    /// The embedded table.
    #[must_use]
    pub const fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Every row, old ones too.
    #[must_use]
    pub fn rows(&self) -> &[CloudPrice] {
        &self.rows
    }

    /// Adds a row, or replaces that of the same cloud, region, machine type and date.
    #[must_use]
    pub fn with_row(mut self, row: CloudPrice) -> Self {
        let same = |r: &CloudPrice| {
            (&r.cloud, &r.region, &r.instance_type, &r.as_of)
                == (&row.cloud, &row.region, &row.instance_type, &row.as_of)
        };
        let rows = self.rows.to_mut();
        match rows.iter_mut().find(|r| same(r)) {
            Some(old) => *old = row,
            None => rows.push(row),
        }
        self
    }

    /// The newest row of every machine type, in table order.
    pub fn latest(&self) -> impl Iterator<Item = &CloudPrice> {
        let machine = |r: &CloudPrice| (r.cloud.clone(), r.region.clone(), r.instance_type.clone());
        self.rows.iter().filter(move |row| {
            !self.rows.iter().any(|other| {
                machine(other) == machine(row) && other.as_of.latest() > row.as_of.latest()
            })
        })
    }

    /// A price per GPU-hour in US dollars against every current offer of the same kind of card, the
    /// cheapest first.
    #[must_use]
    pub fn compare(&self, key: &GpuKey, usd_per_gpu_hour: f64, today: Date) -> Vec<Comparison<'_>> {
        let mut found: Vec<Comparison<'_>> = self
            .latest()
            .filter(|row| row.is_like(key) && row.usd_per_gpu_hour > 0.0)
            .map(|row| Comparison {
                row,
                saving: 1.0 - usd_per_gpu_hour / row.usd_per_gpu_hour,
                age: row.as_of.age(today),
            })
            .collect();
        found.sort_by(|a, b| a.row.usd_per_gpu_hour.total_cmp(&b.row.usd_per_gpu_hour));
        found
    }
}
