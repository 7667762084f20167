//! `gpu` of a compute profile, which the reference walks by hand.

use super::compute::quantity;
use super::cursor::Cursor;
use super::entries::Spanned;
use crate::attribute::Attribute;
use crate::diagnostic::codes;
use crate::order;
use crate::resource::Gpu;
use crate::syntax::is_attribute_key;
use crate::unit::{Suffixes, UnitError, parse_size};
use crate::yaml::{Budget, Kind, Node, Span};

const WILDCARD: &str = "vendor/nvidia/model/*";

/// Reads the map; none where it could not be read at all.
pub(super) fn read<'t, 'a>(
    cursor: &mut Cursor<'t, 'a>,
    budget: &mut Budget,
    node: Node<'t, 'a>,
) -> Option<Spanned<Gpu>> {
    cursor.enter(budget, node, |cursor, _, node| Ok(gpu(cursor, node)))
}

fn gpu<'t, 'a>(cursor: &mut Cursor<'t, 'a>, node: Node<'t, 'a>) -> Spanned<Gpu> {
    let mut gpu = Spanned::new(Gpu::default(), node.span());
    if node.kind() == Kind::Scalar {
        let message = "gpu is a map with `units` and `attributes` and this is none, \
                       so no GPU is asked for";
        cursor
            .found
            .warning(codes::GPU_IGNORED, node.span(), message);
        return gpu;
    }
    let mut readable = true;
    let mut models = Vec::new();
    let mut seen: [Option<Span>; 2] = [None; 2];
    cursor.paired(node);
    for (name, key, value) in cursor.flat(node) {
        let index = usize::from(name != "units");
        if let Some(first) = seen
            .get_mut(index)
            .and_then(|seen| seen.replace(key.span()))
        {
            cursor.repeated(name, key.span(), first);
        }
        match name {
            "units" if cursor.is_null(value) => {}
            "units" => {
                gpu.span = value.span();
                let units = cursor.fresh(value, |cursor, _| {
                    quantity(cursor, value, codes::GPU_UNITS_INVALID, parse_units)
                });
                gpu.value.units = units;
            }
            "attributes" => {
                if cursor.is_null(value) {
                    gpu.value.attributes.clear();
                    continue;
                }
                match attributes(cursor, value, key.span()) {
                    Some(attributes) => (gpu.value.attributes, models) = attributes,
                    None => readable = false,
                }
            }
            _ => {
                readable = false;
                let message =
                    format!("{name:?} is no key of gpu: `units` and `attributes` are known");
                cursor
                    .error(codes::GPU_KEY_UNKNOWN, key.span(), message)
                    .suggest_nearest(key.span(), name, ["units", "attributes"]);
            }
        }
    }
    if readable && gpu.units > 0 && gpu.attributes.is_empty() {
        let message = "GPUs are asked for but no vendor: \
                       write attributes with vendor, nvidia and a list of models";
        cursor
            .error(codes::GPU_ATTRIBUTES_MISSING, gpu.span, message)
            .missing("attributes");
    }
    if gpu.units > 0 {
        cursor.models(gpu.span, models);
    }
    gpu
}

/// ASCII digits.
fn parse_units(text: &str) -> Result<u64, UnitError> {
    if !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_digit())
        && let Ok(units) = text.parse()
    {
        return Ok(units);
    }
    Err(UnitError::NotANumber {
        text: text.to_owned(),
        expected: "whole number of GPUs",
        suggestion: None,
    })
}

/// `gpu.attributes` and where their models stand; none where they could not be read.
fn attributes<'t, 'a>(
    cursor: &mut Cursor<'t, 'a>,
    node: Node<'t, 'a>,
    at: Span,
) -> Option<(Vec<Attribute>, Vec<Span>)> {
    cursor.fresh(node, |cursor, budget| {
        cursor.enter(budget, node, |cursor, _, node| {
            Ok(attributes_inner(cursor, node, at))
        })?
    })
}

fn attributes_inner<'t, 'a>(
    cursor: &mut Cursor<'t, 'a>,
    node: Node<'t, 'a>,
    at: Span,
) -> Option<(Vec<Attribute>, Vec<Span>)> {
    let mut models = None;
    let mut readable = true;
    let mut seen = None;
    cursor.paired(node);
    for (name, key, value) in cursor.flat(node) {
        if name == "vendor" {
            if let Some(first) = seen.replace(key.span()) {
                cursor.repeated(name, key.span(), first);
            }
            if cursor.is_null(value) {
                models = None;
            } else {
                // a second map adds to the first
                let before = models.take().unwrap_or_default();
                models = Some(cursor.fresh(value, |cursor, budget| {
                    vendor(cursor, budget, value, key.span(), before)
                }));
            }
        } else {
            readable = false;
            let message = format!("{name:?} is no attribute of a GPU: only `vendor` is known");
            cursor
                .error(codes::GPU_ATTRIBUTE_UNKNOWN, key.span(), message)
                .suggest_nearest(key.span(), name, ["vendor"]);
        }
    }
    let Some(models) = models else {
        if readable {
            let message = "attributes of a GPU must name a vendor: write `vendor: {nvidia: [...]}`";
            cursor
                .error(codes::GPU_VENDOR_MISSING, at, message)
                .missing("vendor");
        }
        return None;
    };
    let mut attributes: Vec<(String, Span)> = models;
    if attributes.is_empty() {
        attributes.push((WILDCARD.to_owned(), node.span()));
    }
    order::sort(&mut attributes, |a, b| a.0 < b.0);
    for (name, span) in &attributes {
        if !is_attribute_key(name) {
            let message = format!(
                "{name:?} is no attribute key: it may hold letters, digits, `_ / . -`, \
                 2 to 128 of them, and a `*` only at the end"
            );
            cursor.error(codes::GPU_MODEL_INVALID, *span, message);
            readable = false;
        }
    }
    for ((name, first), (next, span)) in attributes.iter().zip(attributes.iter().skip(1)) {
        if name == next {
            let message = format!("the model {next:?} is listed twice; list it once");
            cursor
                .error(codes::ATTRIBUTE_TWICE, *span, message)
                .related(*first, "listed here too");
            readable = false;
        }
    }
    readable.then(|| {
        attributes
            .into_iter()
            .map(|(name, span)| (Attribute::new(name, "true"), span))
            .unzip()
    })
}

/// The map of vendors: the models of nvidia, or those of a map before.
fn vendor<'t, 'a>(
    cursor: &mut Cursor<'t, 'a>,
    budget: &mut Budget,
    node: Node<'t, 'a>,
    at: Span,
    mut models: Vec<(String, Span)>,
) -> Vec<(String, Span)> {
    let mut ignored = Vec::new();
    cursor.map(budget, node, at, &mut |cursor, budget, entry| {
        if entry.name != "nvidia" {
            ignored.push((entry.name.into_owned(), entry.key.span()));
            return;
        }
        models = cursor
            .list(budget, entry.value, |cursor, budget, node| {
                model(cursor, budget, node)
            })
            .into_vec();
    });
    for (name, span) in ignored {
        let message = if models.is_empty() {
            format!("the vendor {name:?} is ignored: this asks for any nvidia GPU instead")
        } else {
            format!("the vendor {name:?} is ignored: only nvidia is read")
        };
        cursor
            .found
            .warning(codes::GPU_VENDOR_IGNORED, span, message)
            .suggest_nearest(span, &name, ["nvidia"]);
    }
    models
}

fn model<'t, 'a>(
    cursor: &mut Cursor<'t, 'a>,
    budget: &mut Budget,
    node: Node<'t, 'a>,
) -> Option<(String, Span)> {
    if cursor.is_null(node) {
        return None;
    }
    let at = node.span();
    let mut model: Option<Spanned<String>> = None;
    let mut ram = None;
    let mut interface = None;
    let known = &["model", "ram", "interface"];
    cursor.fields(
        budget,
        node,
        at,
        known,
        &mut |cursor, budget, name, entry| {
            let node = entry.value;
            match name {
                "model" => model = Some(cursor.text(budget, node)),
                "ram" if cursor.is_null(node) => {}
                "ram" => ram = Some(memory(cursor, node)),
                _ if cursor.is_null(node) => {}
                _ => {
                    let text = cursor.fresh(node, |cursor, budget| cursor.text(budget, node));
                    if !matches!(text.as_str(), "pcie" | "sxm") {
                        let message =
                            format!("{:?} is no GPU interface: write pcie or sxm", text.value);
                        let lower = text.to_ascii_lowercase();
                        let meant = ["pcie", "sxm"]
                            .into_iter()
                            .find(|known| lower.starts_with(known));
                        let draft = cursor.error(codes::GPU_INTERFACE_UNKNOWN, text.span, message);
                        if let Some(meant) = meant {
                            draft.suggest(text.span, meant);
                        }
                    }
                    interface = Some(text.value);
                }
            }
        },
    );
    let (name, at) = match &model {
        Some(model) => (model.value.as_str(), model.span),
        None => ("", at),
    };
    if name.is_empty() {
        let message = "a GPU without a model matches none: write `model: \"*\"` for any";
        cursor
            .found
            .warning(codes::GPU_MODEL_MISSING, at, message)
            .missing("model");
    }
    let mut attribute = String::with_capacity(48);
    attribute.push_str("vendor/nvidia/model/");
    attribute.push_str(name);
    if let Some(gib) = ram {
        attribute.push_str(&format!("/ram/{gib}Gi"));
    }
    if let Some(interface) = interface {
        attribute.push_str("/interface/");
        attribute.push_str(&interface);
    }
    Some((attribute, at))
}

/// Memory of a GPU in whole GiB.
fn memory<'t, 'a>(cursor: &mut Cursor<'t, 'a>, node: Node<'t, 'a>) -> u64 {
    let before = cursor.found.errors();
    let bytes = quantity(cursor, node, codes::GPU_RAM_INVALID, |text| {
        parse_size(text, Suffixes::Binary)
    });
    let gib = bytes >> 30;
    if gib > 0 && bytes.trailing_zeros() < 30 {
        let message = format!("GPU memory counts in whole GiB, so this asks for `{gib}Gi`");
        cursor
            .found
            .warning(codes::GPU_RAM_CUT, node.span(), message)
            .suggest(node.span(), format!("{gib}Gi"));
    }
    if gib == 0 && cursor.found.errors() == before {
        let message = "GPU memory counts in whole GiB, so this asks for `0Gi`, \
                       which no provider can match";
        cursor
            .found
            .warning(codes::GPU_RAM_BELOW_ONE_GIB, node.span(), message);
    }
    gib
}
