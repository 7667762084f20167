//! `profiles.compute`: what one replica needs.

use super::cursor::Cursor;
use super::entries::Spanned;
use super::gpu;
use super::storage::{self, Volume};
use crate::attribute::Attribute;
use crate::diagnostic::codes;
use crate::resource::{Bytes, Cpu, Gpu, MilliCpu};
use crate::unit::{Suffixes, UnitError, is_cpu_cut, parse_cpu, parse_size};
use crate::yaml::{Budget, Kind, Node, Span};

/// A compute profile as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ComputeProfile {
    /// `resources`; must be there in a profile that is used.
    pub resources: Option<ComputeResources>,
}

/// What one replica needs, as written. What is missing may be so only in a profile that is not used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ComputeResources {
    /// CPU.
    pub cpu: Option<Spanned<Cpu>>,
    /// Memory in bytes.
    pub memory: Option<Spanned<Bytes>>,
    /// Volumes in the order of the text.
    pub storage: Vec<Volume>,
    /// GPUs.
    pub gpu: Option<Spanned<Gpu>>,
}

impl ComputeProfile {
    pub(super) fn read<'t, 'a>(
        cursor: &mut Cursor<'t, 'a>,
        budget: &mut Budget,
        node: Node<'t, 'a>,
        at: Span,
    ) -> Self {
        let mut resources = None;
        cursor.fields(
            budget,
            node,
            at,
            &["resources"],
            &mut |cursor, budget, _, entry| {
                if !cursor.is_null(entry.value) {
                    let at = entry.key.span();
                    resources = Some(ComputeResources::read(cursor, budget, entry.value, at));
                }
            },
        );
        Self { resources }
    }
}

impl ComputeResources {
    fn read<'t, 'a>(
        cursor: &mut Cursor<'t, 'a>,
        budget: &mut Budget,
        node: Node<'t, 'a>,
        at: Span,
    ) -> Self {
        let mut resources = Self::default();
        let known = &["cpu", "memory", "storage", "gpu"];
        cursor.fields(
            budget,
            node,
            at,
            known,
            &mut |cursor, budget, name, entry| {
                let (node, at) = (entry.value, entry.key.span());
                if cursor.is_null(node) {
                    return;
                }
                match name {
                    "cpu" => resources.cpu = Some(cpu(cursor, budget, node, at)),
                    "memory" => resources.memory = Some(memory(cursor, budget, node, at)),
                    "storage" => resources.storage = storage::read(cursor, budget, node),
                    _ => resources.gpu = gpu::read(cursor, budget, node),
                }
            },
        );
        resources
    }
}

fn cpu<'t, 'a>(
    cursor: &mut Cursor<'t, 'a>,
    budget: &mut Budget,
    node: Node<'t, 'a>,
    at: Span,
) -> Spanned<Cpu> {
    let mut cpu = Spanned::new(Cpu::default(), at);
    let known = &["units", "attributes"];
    cursor.fields(
        budget,
        node,
        at,
        known,
        &mut |cursor, budget, name, entry| {
            let node = entry.value;
            match name {
                "units" => {
                    cpu.span = node.span();
                    let millis = quantity(cursor, node, codes::CPU_INVALID, |text| {
                        parse_cpu(text).map(u64::from)
                    });
                    cpu.value.units = MilliCpu(millis);
                    let text = node.resolved().text();
                    if millis > 0 && is_cpu_cut(text) {
                        let message =
                            format!("{text} CPUs are cut to {millis} thousandths: write those");
                        cursor
                            .found
                            .warning(codes::CPU_CUT, node.span(), message)
                            .suggest(node.span(), format!("{millis}m"));
                    }
                }
                _ => {
                    let attributes = cursor.enter(budget, node, |cursor, _, node| {
                        Ok(cpu_attributes(cursor, node))
                    });
                    cpu.value.attributes = attributes.unwrap_or_default();
                }
            }
        },
    );
    cpu
}

/// `cpu.attributes`, which the reference walks by hand.
fn cpu_attributes<'t, 'a>(cursor: &mut Cursor<'t, 'a>, node: Node<'t, 'a>) -> Vec<Attribute> {
    if node.kind() == Kind::Scalar {
        if !cursor.is_null(node) {
            let message = "attributes are a map and this is none, so it is ignored";
            cursor
                .found
                .warning(codes::CPU_ATTRIBUTES_IGNORED, node.span(), message);
        }
        return Vec::new();
    }
    let mut attributes = Vec::new();
    // a key without a value at the end of a list is left out
    for (name, key, value) in cursor.flat(node) {
        if name != "arch" {
            let message = format!("{name:?} is no attribute of a CPU: only \"arch\" is known");
            cursor
                .error(codes::CPU_ATTRIBUTE_UNKNOWN, key.span(), message)
                .suggest_nearest(key.span(), name, ["arch"]);
            continue;
        }
        let text = cursor.fresh(value, |cursor, budget| cursor.text(budget, value));
        attributes.push(Attribute::new("arch", text.value));
    }
    attributes
}

fn memory<'t, 'a>(
    cursor: &mut Cursor<'t, 'a>,
    budget: &mut Budget,
    node: Node<'t, 'a>,
    at: Span,
) -> Spanned<Bytes> {
    let mut memory = Spanned::new(Bytes(0), at);
    let known = &["size", "attributes"];
    cursor.fields(budget, node, at, known, &mut |cursor, _, name, entry| {
        if name == "size" {
            memory.span = entry.value.span();
            memory.value = Bytes(size(cursor, entry.value, codes::MEMORY_INVALID));
        } else {
            let message = "attributes of memory are ignored: none are known";
            cursor
                .found
                .warning(codes::KEY_IGNORED, entry.key.span(), message);
        }
    });
    memory
}

/// A size in bytes; 0 for null and where none could be read.
pub(super) fn size<'t, 'a>(
    cursor: &mut Cursor<'t, 'a>,
    node: Node<'t, 'a>,
    code: &'static str,
) -> u64 {
    quantity(cursor, node, code, |text| parse_size(text, Suffixes::All))
}

/// A quantity in a text; 0 for null and where none could be read.
pub(super) fn quantity<'t, 'a>(
    cursor: &mut Cursor<'t, 'a>,
    node: Node<'t, 'a>,
    code: &'static str,
    parse: impl FnOnce(&str) -> Result<u64, UnitError>,
) -> u64 {
    let Some(text) = cursor.fresh(node, |cursor, budget| cursor.optional_text(budget, node)) else {
        return 0;
    };
    match parse(&text) {
        Ok(value) => value,
        Err(error) => {
            let draft = cursor.error(code, node.span(), error.to_string());
            if let Some(meant) = error.suggestion() {
                draft.suggest(node.span(), meant);
            }
            0
        }
    }
}
