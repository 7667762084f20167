//! From the names people and providers really write to the names of the registry.
//!
//! Orders and provider attributes hold `4090`, `RTX 4090`, `a6000`, `A100-80GB`,
//! `NVIDIA GeForce RTX 4070 SUPER`. The chain compares text, so such a name matches nothing.
//! [`Catalog::resolve`] *suggests* what was meant; it never rewrites an order, because the order's
//! hash depends on its text and another card may be meant.

use super::Catalog;
use crate::attribute::GpuKey;
use crate::interface::Interface;
use crate::memory::MemorySize;
use crate::model::{GpuModel, Registered};

/// What a name means.
#[derive(Debug, Clone, PartialEq)]
pub enum Resolution<'c> {
    /// It is a model of the catalogue; these are its variants.
    Known(&'c [GpuModel]),
    /// It is not, but these may be meant; the likeliest first.
    Suggested(Vec<Suggestion>),
    /// Nothing like it is known. The name is still legal.
    Unknown,
}

/// What may be meant by a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The key to write instead.
    pub key: GpuKey,
    /// Whether a provider with the official registry can offer it.
    pub registered: bool,
}

/// Lower case, letters and digits only.
pub(super) fn squeeze(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Words that say nothing about which card it is.
const NOISE: [&str; 16] = [
    "nvidia",
    "amd",
    "intel",
    "geforce",
    "tesla",
    "quadro",
    "radeon",
    "instinct",
    "gpu",
    "graphics",
    "card",
    "generation",
    "edition",
    "blackwell",
    "core",
    "tensor",
];

/// A name cut into what it says about model, memory and interface.
#[derive(Debug, Default)]
struct Reading {
    body: String,
    ram: Option<MemorySize>,
    interface: Option<Interface>,
}

impl Reading {
    fn of(name: &str) -> Self {
        let mut reading = Self::default();
        let lower = name.to_lowercase();
        for token in lower
            .split(|c: char| !c.is_alphanumeric())
            .filter(|t| !t.is_empty())
        {
            if NOISE.contains(&token) {
                continue;
            }
            if token == "pcie" || token.strip_prefix("sxm").is_some_and(|r| r.len() < 2) {
                reading.interface = Some(Interface::canonical(token));
            } else if let Some(ram) = memory(token) {
                reading.ram = Some(ram);
            } else {
                reading.body.push_str(token);
            }
        }
        for word in [
            "nvidia", "geforce", "tesla", "quadro", "radeon", "instinct", "amd",
        ] {
            if let Some(rest) = reading.body.strip_prefix(word) {
                reading.body = rest.to_owned();
            }
        }
        reading
    }

    /// Other cuts of a body that ends in a memory size: `a10080gb` is `a100` with `80gb`.
    fn with_memory_cut(&self) -> Vec<(String, MemorySize)> {
        let Some(digits) = strip_gb(&self.body) else {
            return Vec::new();
        };
        (1..=3_usize)
            .filter_map(|n| {
                let at = digits.len().checked_sub(n)?;
                let (body, size) = digits.split_at_checked(at)?;
                let gib: u64 = size.parse().ok()?;
                let plausible = gib > 0 && !size.starts_with('0') && !body.is_empty();
                plausible.then(|| (body.to_owned(), MemorySize::from_gib(gib)))
            })
            .collect()
    }
}

fn strip_gb(text: &str) -> Option<&str> {
    ["gib", "gb", "gi", "g"]
        .into_iter()
        .find_map(|unit| text.strip_suffix(unit))
}

/// `80gb`, `80gi`, `80g` as one word.
fn memory(token: &str) -> Option<MemorySize> {
    let digits = strip_gb(token)?;
    let gib = digits.parse::<u64>().ok().filter(|gib| *gib > 0)?;
    Some(MemorySize::from_gib(gib))
}

/// Spellings of the registry that a squeezed name may stand for, the likeliest first.
fn spellings(body: &str) -> Vec<String> {
    let mut all = vec![body.to_owned()];
    let shortened = body
        .replace("super", "s")
        .replace("laptop", "m")
        .replace("mobile", "m");
    if shortened != body {
        all.push(shortened.clone());
    }
    let body = &*shortened;
    if body.contains("pro6000") {
        let kind = [
            ("max", "pro6000mq"),
            ("server", "pro6000se"),
            ("work", "pro6000we"),
        ]
        .into_iter()
        .find(|(word, _)| body.contains(word));
        match kind {
            Some((_, model)) => all.push(model.to_owned()),
            None => all.extend(["pro6000se", "pro6000we", "pro6000mq"].map(str::to_owned)),
        }
    }
    let bare = ["rtx", "gtx", "rx"]
        .into_iter()
        .find_map(|p| body.strip_prefix(p));
    let digits = |s: &str| s.starts_with(|c: char| c.is_ascii_digit());
    if digits(body) {
        for family in ["rtx", "gtx", "rx", "a", "rtxa", "gt"] {
            all.push(format!("{family}{body}"));
        }
    } else if let Some(bare) = bare {
        all.push(bare.to_owned());
        if digits(bare) {
            for family in ["rtx", "gtx", "rtxa", "a"] {
                all.push(format!("{family}{bare}"));
            }
        }
    } else {
        for family in ["rtx", "rtxpro", "pro", "arc", "mi"] {
            all.push(format!("{family}{body}"));
        }
    }
    for spelled in all.clone() {
        all.push(format!("{spelled}ada"));
        if let Some(model) = spelled.strip_prefix("rtxpro") {
            all.push(format!("pro{model}"));
        }
    }
    all
}

impl Catalog {
    /// What a model name means: a model of the table, or what may be meant by it.
    ///
    /// ```
    /// use akash_gpu::{Catalog, Resolution};
    ///
    /// let catalog = Catalog::embedded();
    /// assert!(matches!(catalog.resolve("rtx4090"), Resolution::Known(_)));
    /// for (written, meant) in [
    ///     ("4090", "vendor/nvidia/model/rtx4090"),
    ///     ("RTX4090", "vendor/nvidia/model/rtx4090"),
    ///     ("a6000", "vendor/nvidia/model/rtxa6000"),
    ///     ("a100-80gb", "vendor/nvidia/model/a100/ram/80Gi"),
    ///     ("NVIDIA GeForce RTX 4070 SUPER", "vendor/nvidia/model/rtx4070s"),
    /// ] {
    ///     let Resolution::Suggested(found) = catalog.resolve(written) else { panic!("{written}") };
    ///     assert_eq!(found[0].key.to_string(), meant);
    /// }
    /// assert_eq!(catalog.resolve("quantum9"), Resolution::Unknown);
    /// ```
    #[must_use]
    pub fn resolve(&self, name: &str) -> Resolution<'_> {
        if let Some(first) = self.named(name).next() {
            return Resolution::Known(self.model(&first.vendor, &first.model));
        }
        let squeezed = squeeze(name);
        let mut found: Vec<Suggestion> = self
            .aliases
            .iter()
            .filter(|(alias, _)| *alias == squeezed)
            .map(|(_, key)| Suggestion {
                registered: self.by_key(key).any(|m| m.in_registry == Registered::Yes),
                key: key.clone(),
            })
            .collect();
        let reading = Reading::of(name);
        if !reading.body.is_empty() {
            self.suggest(
                &reading.body,
                reading.ram,
                reading.interface.as_ref(),
                &mut found,
            );
            if found.is_empty() {
                for (body, ram) in reading.with_memory_cut() {
                    self.suggest(&body, Some(ram), reading.interface.as_ref(), &mut found);
                }
            }
        }
        if found.is_empty() {
            Resolution::Unknown
        } else {
            Resolution::Suggested(found)
        }
    }

    /// Adds the models of the table that `body` may stand for.
    fn suggest(
        &self,
        body: &str,
        ram: Option<MemorySize>,
        interface: Option<&Interface>,
        found: &mut Vec<Suggestion>,
    ) {
        for spelled in spellings(body) {
            for variant in self.named(&spelled) {
                let mut key = GpuKey::new(variant.vendor.clone(), &*variant.model);
                let variants = self.model(&variant.vendor, &variant.model);
                // A size or interface the model does not come in would only make the key useless.
                key.ram = ram.filter(|ram| variants.iter().any(|v| v.memory == *ram));
                key.interface = interface
                    .filter(|i| variants.iter().any(|v| v.interface == **i))
                    .cloned();
                if !found.iter().any(|s| s.key == key) {
                    let registered = variants.iter().any(|v| v.in_registry == Registered::Yes);
                    found.push(Suggestion { key, registered });
                }
            }
        }
    }
}
