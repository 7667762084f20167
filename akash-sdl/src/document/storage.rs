//! `storage` of a compute profile: one volume, or a list of them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::compute::size;
use super::cursor::Cursor;
use super::entries::Spanned;
use crate::attribute::{Attribute, Attributes};
use crate::diagnostic::codes;
use crate::resource::Bytes;
use crate::yaml::{Budget, Error, Kind, Node, Span};

/// A volume as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volume {
    /// Name; `default` if left out, or if the volume is no item of a list.
    pub name: Spanned<String>,
    /// Bytes.
    pub size: Spanned<Bytes>,
    /// `class` and `persistent` in their chain form; none if `attributes` was left out.
    pub attributes: Attributes,
}

impl Volume {
    /// The class, such as `beta3`.
    #[must_use]
    pub fn class(&self) -> Option<&str> {
        self.attribute("class")
    }

    /// Whether the volume outlives its container.
    #[must_use]
    pub fn is_persistent(&self) -> bool {
        self.attribute("persistent") == Some("true")
    }

    pub(crate) fn attribute(&self, key: &str) -> Option<&str> {
        attribute(&self.attributes, key)
    }
}

pub(crate) fn attribute<'v>(attributes: &'v [Attribute], key: &str) -> Option<&'v str> {
    attributes
        .iter()
        .find(|attribute| attribute.key == key)
        .map(|attribute| attribute.value.as_str())
}

/// Reads the volumes of a profile.
pub(super) fn read<'t, 'a>(
    cursor: &mut Cursor<'t, 'a>,
    budget: &mut Budget,
    node: Node<'t, 'a>,
) -> Vec<Volume> {
    let volumes = cursor.enter(budget, node, |cursor, _, node| {
        Ok::<_, Error>(match node.kind() {
            Kind::Sequence => list(cursor, node),
            Kind::Mapping => {
                let mut volume = fresh_volume(cursor, node);
                if !matches!(volume.name.as_str(), "" | "default") {
                    let message = "a single volume is always named \"default\": \
                                   write it as an item of a list to name it";
                    cursor
                        .found
                        .warning(codes::STORAGE_NAME_IGNORED, volume.name.span, message);
                }
                "default".clone_into(&mut volume.name.value);
                vec![volume]
            }
            Kind::Scalar | Kind::Alias => Vec::new(),
        })
    });
    volumes.unwrap_or_default()
}

fn list<'t, 'a>(cursor: &mut Cursor<'t, 'a>, node: Node<'t, 'a>) -> Vec<Volume> {
    // up to as many, comparing them all is quicker
    const FEW: usize = 16;
    let items = node.items();
    let few = items.len() <= FEW;
    let mut volumes: Vec<Volume> = Vec::with_capacity(items.len());
    let mut names: BTreeMap<String, Span> = BTreeMap::new();
    for item in items {
        let mut volume = fresh_volume(cursor, item);
        if volume.name.is_empty() {
            "default".clone_into(&mut volume.name.value);
        }
        let span = volume.name.span;
        let first = if few {
            let mut before = volumes.iter();
            before
                .find(|before| before.name == volume.name)
                .map(|before| before.name.span)
        } else {
            names.get(&volume.name.value).copied()
        };
        if let Some(first) = first {
            let message = format!(
                "two volumes are named {:?}: give each volume its own name \
                 (one without a name is \"default\")",
                volume.name.value
            );
            cursor
                .error(codes::STORAGE_NAME_TWICE, span, message)
                .related(first, "named here too");
            continue;
        }
        if !few {
            names.insert(volume.name.value.clone(), span);
        }
        volumes.push(volume);
    }
    volumes
}

fn fresh_volume<'t, 'a>(cursor: &mut Cursor<'t, 'a>, node: Node<'t, 'a>) -> Volume {
    let volume = cursor.fresh(node, |cursor, budget| Some(volume(cursor, budget, node)));
    volume.unwrap_or_else(|| Volume::empty(node.span()))
}

impl Volume {
    fn empty(at: Span) -> Self {
        Self {
            name: Spanned::new(String::new(), at),
            size: Spanned::new(Bytes(0), at),
            attributes: Vec::new(),
        }
    }
}

fn volume<'t, 'a>(cursor: &mut Cursor<'t, 'a>, budget: &mut Budget, node: Node<'t, 'a>) -> Volume {
    let at = node.span();
    let mut volume = Volume::empty(at);
    let known = &["name", "size", "attributes"];
    cursor.fields(
        budget,
        node,
        at,
        known,
        &mut |cursor, budget, name, entry| {
            let node = entry.value;
            match name {
                "name" => volume.name = cursor.text(budget, node),
                "size" => {
                    let bytes = size(cursor, node, codes::STORAGE_INVALID);
                    volume.size = Spanned::new(Bytes(bytes), node.span());
                }
                _ if cursor.is_null(node) => {}
                _ => {
                    let at = entry.key.span();
                    let mut written = Written::default();
                    cursor.fresh(node, |cursor, budget| {
                        written.read(cursor, budget, node, at)
                    });
                    volume.attributes = attributes(cursor, &written, at);
                }
            }
        },
    );
    volume
}

/// The attributes of a volume as written.
#[derive(Default)]
struct Written<'t> {
    persistent: Option<Spanned<Cow<'t, str>>>,
    class: Option<Spanned<Cow<'t, str>>>,
}

impl<'t> Written<'t> {
    fn read<'a>(
        &mut self,
        cursor: &mut Cursor<'t, 'a>,
        budget: &mut Budget,
        node: Node<'t, 'a>,
        at: Span,
    ) {
        cursor.map(budget, node, at, &mut |cursor, budget, entry| {
            let text = cursor.optional_text(budget, entry.value);
            let slot = match &*entry.name {
                "persistent" => &mut self.persistent,
                "class" => &mut self.class,
                name => {
                    let span = entry.key.span();
                    let message = format!(
                        "{name:?} is no attribute of storage: `persistent` and `class` are known"
                    );
                    cursor
                        .error(codes::STORAGE_ATTRIBUTE_UNKNOWN, span, message)
                        .suggest_nearest(span, name, ["persistent", "class"]);
                    return;
                }
            };
            // a null one leaves what stands before it
            if slot.is_none() || !entry.value.is_null() {
                *slot = Some(Spanned::new(text.unwrap_or_default(), entry.value.span()));
            }
        });
    }
}

/// The attributes in their chain form. Rules about both look at the text of `persistent` before its
/// words become flags.
fn attributes(cursor: &mut Cursor<'_, '_>, written: &Written<'_>, at: Span) -> Attributes {
    const CLASSES: [&str; 5] = ["default", "beta1", "beta2", "beta3", "ram"];
    let Written { persistent, class } = written;
    let persistent_at = persistent.as_ref().map_or(at, |text| text.span);
    let persistent = persistent.as_ref().map_or("false", |text| &text.value);
    let class = class.as_ref();
    let mut chosen = class.map(|class| &*class.value);
    match chosen {
        None | Some("") => {
            if persistent == "true" {
                chosen = Some("default");
            }
        }
        Some("ram") if persistent != "false" => {
            let message = "storage of class ram is never persistent: write `persistent: false`";
            cursor
                .error(codes::STORAGE_RAM_PERSISTENT, persistent_at, message)
                .suggest(persistent_at, "false");
        }
        Some("ram") => {}
        Some(class) => {
            if persistent == "false" {
                let message = format!(
                    "storage of class {class:?} must be persistent: write `persistent: true`, \
                     or leave the class out"
                );
                cursor.error(codes::STORAGE_CLASS_NOT_PERSISTENT, persistent_at, message);
            }
        }
    }
    let flag = match persistent {
        "true" | "on" | "yes" => "true",
        "false" | "off" | "no" => "false",
        _ => {
            let message = format!("{persistent:?} is no flag: write true or false");
            cursor.error(codes::STORAGE_PERSISTENT_INVALID, persistent_at, message);
            "false"
        }
    };
    if flag == "true" && chosen.is_none_or(str::is_empty) {
        let message = "only `persistent: true` gets the class default; so this volume has none, \
                       which no provider offers";
        cursor
            .found
            .warning(codes::STORAGE_CLASS_MISSING, persistent_at, message)
            .suggest(persistent_at, "true");
    }
    if let (Some(class), "false", true) = (class, flag, persistent != "false") {
        let message = format!(
            "the class {:?} means nothing to a volume that is not persistent: write \
             `persistent: true`, or leave the class out",
            class.value
        );
        cursor
            .found
            .warning(codes::STORAGE_CLASS_IGNORED, class.span, message);
    }
    let mut attributes = Vec::with_capacity(2);
    if let Some(name) = chosen {
        if !CLASSES.contains(&name) {
            let span = class.map_or(at, |class| class.span);
            let message = format!(
                "{name:?} is no storage class: default, beta1, beta2, beta3 and ram are known"
            );
            cursor
                .error(codes::STORAGE_CLASS_UNKNOWN, span, message)
                .suggest_nearest(span, name, CLASSES);
        }
        attributes.push(Attribute::new("class", name));
    }
    attributes.push(Attribute::new("persistent", flag));
    attributes
}
