//! GPU attributes: what an SDL makes of them, how the chain matches them, and what fits a node.

use super::field::{Fields, expected};
use super::{Case, Failure, Work};
use akash_gpu::attribute::chain;
use akash_gpu::attribute::provider::{ParseError, Request};
use akash_gpu::{Card, Interface, NodeGpus, QuantityError, fit_replica};
use akash_sdl::Sdl;
use serde_json::{Map, Value, json};

pub(super) fn cases(file: &Value) -> Result<Vec<Case>, Failure> {
    let lists = file
        .as_object()
        .ok_or("a GPU file must be an object of lists")?;
    let mut cases = Vec::new();
    for (kind, list) in lists {
        for (index, case) in list.as_array().into_iter().flatten().enumerate() {
            let name = match case.some_text("name") {
                Some(name) => format!("{kind}/{name}"),
                None => format!("{kind}/{index}"),
            };
            cases.push(match &**kind {
                "sdl_to_attributes" => {
                    let expected = case.get("go").cloned();
                    Case::of(name, expected, Document::read(case))
                }
                "chain_match" => Case::of(name, expected(case, &["match"]), Match::read(case)),
                "interface_filter" => {
                    let raw = case.text("in").map(|raw| Canonical(raw.to_owned()));
                    Case::of(name, expected(case, &["out"]), raw)
                }
                "provider_node_fit" => {
                    Case::of(name, expected(case, &NodeFit::RESULTS), NodeFit::read(case))
                }
                "provider_parse" => {
                    let parse = case.read("keys").map(|keys| Parse {
                        keys,
                        verdict: true,
                    });
                    Case::of(name, expected(case, &["ok", "parsed", "error"]), parse)
                }
                other => return Err(format!("there is no kind `{other}` of GPU cases").into()),
            });
        }
    }
    Ok(cases)
}

/// A case of the inventory's own file of GPU attributes.
pub(super) fn provider_attributes(name: Value, case: &Value) -> Case {
    let keys = case.list("attributes").iter().map(|attribute| {
        let key = attribute.text("key")?;
        Ok(key.to_owned())
    });
    let parse = keys.collect::<Result<_, Failure>>().map(|keys| Parse {
        keys,
        verdict: false,
    });
    Case::of(name, expected(case, &["parsed", "error"]), parse)
}

/// The GPU section of an otherwise fixed document.
struct Document(String);

impl Document {
    fn read(case: &Value) -> Result<Self, Failure> {
        let section = case.text("gpu_yaml")?.lines();
        let section: String = section.map(|line| format!("          {line}\n")).collect();
        let storage = "        storage:\n";
        let text =
            akash_sdl::EXAMPLE.replace(storage, &format!("        gpu:\n{section}{storage}"));
        Ok(Self(text))
    }
}

impl Work for Document {
    fn output(&self) -> Result<Value, Failure> {
        let sdl = match Sdl::parse(&self.0) {
            Ok(sdl) => sdl,
            Err(report) => return Ok(json!({"ok": false, "error": report.to_string()})),
        };
        let unit = sdl
            .groups()
            .first()
            .and_then(|group| group.resources.first());
        let gpu = &unit
            .ok_or("the document must ask for resources")?
            .resources
            .gpu;
        let keys: Vec<_> = gpu
            .attributes
            .iter()
            .map(|attribute| &attribute.key)
            .collect();
        let mut values = gpu.attributes.iter().map(|attribute| &*attribute.value);
        Ok(json!({
            "ok": true,
            "units": gpu.units.to_string(),
            "attributes": keys,
            "attribute_value": values.find(|value| *value != "true").unwrap_or("true"),
        }))
    }

    /// The wording of an error is free, and no attributes are an empty list.
    fn agrees(&self, expected: &Value, output: &Value) -> bool {
        expected.at("ok") == output.at("ok")
            && expected.at("units") == output.at("units")
            && expected.list("attributes") == output.list("attributes")
            && expected.some_text("attribute_value") == output.some_text("attribute_value")
    }
}

/// Whether a provider's attributes meet a request, as the chain sees it.
struct Match {
    provider: Vec<String>,
    request: Vec<String>,
}

impl Match {
    fn read(case: &Value) -> Result<Self, Failure> {
        Ok(Self {
            provider: case.read("provider_attributes")?,
            request: case.read("request")?,
        })
    }
}

impl Work for Match {
    fn output(&self) -> Result<Value, Failure> {
        let provider: Vec<_> = self
            .provider
            .iter()
            .map(|text| text.split_once('=').unwrap_or((text, "true")))
            .collect();
        let request = self.request.iter().map(|key| (key.as_str(), "true"));
        Ok(json!({"match": chain::unit_matches(request, provider.iter().copied())}))
    }
}

/// The canonical form of an interface.
struct Canonical(String);

impl Work for Canonical {
    fn output(&self) -> Result<Value, Failure> {
        Ok(json!({"out": Interface::canonical(&self.0).as_str()}))
    }
}

/// Attribute keys as the provider's inventory reads them.
struct Parse {
    keys: Vec<String>,
    /// Whether the vectors state acceptance, and name constraints with a capital letter.
    verdict: bool,
}

impl Work for Parse {
    fn output(&self) -> Result<Value, Failure> {
        let mut told = Map::new();
        let parsed = Request::parse(self.keys.iter().map(String::as_str));
        if self.verdict {
            told.insert("ok".to_owned(), parsed.is_ok().into());
        }
        match parsed {
            Ok(request) => told.insert("parsed".to_owned(), self.written(&request)),
            Err(error) => told.insert("error".to_owned(), json!(reference_text(&error)?)),
        };
        Ok(told.into())
    }
}

impl Parse {
    /// Vendors, their models, and the constraints of these; `null` for none.
    fn written(&self, request: &Request) -> Value {
        let (ram, interface) = if self.verdict {
            ("RAM", "Interface")
        } else {
            ("ram", "interface")
        };
        let mut vendors: Map<String, Value> = Map::new();
        for entry in request.entries() {
            let constraint = entry.constraint.as_ref().map(|constraint| {
                json!({
                    ram: constraint.ram.map(|ram| ram.to_string()).unwrap_or_default(),
                    interface: constraint.interface.as_ref().map_or("", Interface::as_str),
                })
            });
            let models = vendors
                .entry(entry.vendor.as_str())
                .or_insert_with(|| json!({}));
            if let Some(models) = models.as_object_mut() {
                models.insert(entry.model.to_string(), json!(constraint));
            }
        }
        vendors.into()
    }
}

/// What the reference prints for the same fault.
fn reference_text(error: &ParseError) -> Result<String, Failure> {
    Ok(match error {
        ParseError::Shape { .. } => "invalid GPU attribute".to_owned(),
        ParseError::Vendor { vendor } => format!("unsupported GPU vendor ({vendor})"),
        ParseError::Interface { interface } => format!("unsupported GPU interface ({interface})"),
        ParseError::Word { found, .. } => format!("unexpected GPU attribute type ({found})"),
        ParseError::Memory { source, .. } => match source {
            QuantityError::Suffix => "units: invalid suffix".to_owned(),
            QuantityError::Format => "units: invalid format".to_owned(),
            QuantityError::Negative => "units: negative value not allowed".to_owned(),
            QuantityError::Range => format!("units: {source}"),
        },
        other => return Err(other.to_string().into()),
    })
}

/// One replica on one node.
struct NodeFit {
    allocatable: u64,
    allocated: u64,
    cards: Vec<Card>,
    units: u64,
    request: Vec<String>,
}

impl NodeFit {
    const RESULTS: [&str; 6] = [
        "fits",
        "allocated_after",
        "offered_attributes",
        "scheduler_vendor",
        "scheduler_model",
        "runtime_class",
    ];

    fn read(case: &Value) -> Result<Self, Failure> {
        Ok(Self {
            allocatable: case.read("allocatable")?,
            allocated: case.read("allocated_before")?,
            cards: case.read::<Option<_>>("cards")?.unwrap_or_default(),
            units: case.read("units")?,
            request: case.read::<Option<_>>("request")?.unwrap_or_default(),
        })
    }
}

impl Work for NodeFit {
    fn output(&self) -> Result<Value, Failure> {
        let node = NodeGpus {
            allocatable: self.allocatable,
            allocated: self.allocated,
            cards: &self.cards,
        };
        let request = self.request.iter().map(String::as_str);
        let fit = fit_replica(node, self.units, request);
        // A replica without GPUs is neither offered nor scheduled any.
        let (Ok(fit), 1..) = (&fit, self.units) else {
            return Ok(json!({"fits": fit.is_ok()}));
        };
        let offered: Vec<_> = fit.offered.iter().map(ToString::to_string).collect();
        Ok(json!({
            "fits": true,
            "allocated_after": fit.allocated_after,
            "offered_attributes": offered,
            "scheduler_vendor": fit.vendor,
            "scheduler_model": fit.model,
            "runtime_class": fit.runtime_class,
        }))
    }
}
