//! Reading a whole document: the version, then the sections in the order of the text.

use super::compute::ComputeProfile;
use super::cursor::Cursor;
use super::deployment::ServiceDeployment;
use super::endpoint::IpEndpoint;
use super::entries::{Entries, Spanned};
use super::language::{Language, LanguageError};
use super::placement::Placement;
use super::reclamation::Reclamation;
use super::service::Service;
use super::{Dialect, Document};
use crate::diagnostic::codes;
use crate::yaml::{Kind, Node, Span};

const SECTIONS: [&str; 7] = [
    "version",
    "include",
    "services",
    "profiles",
    "deployment",
    "endpoints",
    "reclamation",
];

/// Reads the document as far as it can be read; mistakes are noted in the cursor.
pub(crate) fn read(cursor: &mut Cursor<'_, '_>) -> Document {
    let root = cursor.tree.root().resolved();
    let mut document = Document {
        language: language(cursor, root),
        include: Vec::new(),
        services: Entries::default(),
        compute: Entries::default(),
        placement: Entries::default(),
        deployment: Entries::default(),
        endpoints: Entries::default(),
        reclamation: None,
    };
    let mut seen: [Option<Span>; SECTIONS.len()] = [None; SECTIONS.len()];
    cursor.paired(root);
    for (name, key, value) in cursor.flat(root) {
        let at = key.span();
        let known = SECTIONS.iter().position(|known| *known == name);
        match known.and_then(|known| seen.get_mut(known)) {
            Some(Some(first)) => {
                let message = if name == "version" {
                    "the version stands here again; the first one counts".to_owned()
                } else {
                    format!("{name:?} stands here again; its entries are added to those before")
                };
                let draft = cursor.found.warning(codes::SECTION_REPEATED, at, message);
                draft.related(*first, "first here");
            }
            Some(first) => *first = Some(at),
            None => {}
        }
        section(cursor, &mut document, name, value, at);
    }
    if let Some(rest) = cursor.tree.rest() {
        let message = "only the first YAML document of a text is read: this is ignored";
        cursor
            .found
            .warning(codes::YAML_DOCUMENTS_IGNORED, rest, message);
    }
    document
}

fn section<'t, 'a>(
    cursor: &mut Cursor<'t, 'a>,
    document: &mut Document,
    name: &str,
    node: Node<'t, 'a>,
    at: Span,
) {
    match name {
        "version" => {}
        "include" => {
            let include = cursor.fresh(node, |cursor, budget| cursor.texts(budget, node));
            document.include = include.into_vec();
        }
        "services" => cursor.fresh(node, |cursor, budget| {
            cursor.entries(budget, node, at, &mut document.services, Service::read);
        }),
        "profiles" => profiles(cursor, document, node, at),
        "deployment" => cursor.fresh(node, |cursor, budget| {
            let into = &mut document.deployment;
            cursor.entries(budget, node, at, into, |cursor, budget, node, at| {
                let mut placements = Entries::default();
                cursor.entries(budget, node, at, &mut placements, ServiceDeployment::read);
                placements
            });
        }),
        "endpoints" => cursor.fresh(node, |cursor, budget| {
            cursor.entries(budget, node, at, &mut document.endpoints, IpEndpoint::read);
        }),
        "reclamation" => {
            document.reclamation = cursor.fresh(node, |cursor, budget| {
                Reclamation::read(cursor, budget, node, at)
            });
        }
        _ => {
            let message = format!(
                "{name:?} is no section of an SDL: version, include, services, profiles, \
                 deployment, endpoints and reclamation are"
            );
            cursor
                .error(codes::SECTION_UNKNOWN, at, message)
                .suggest_nearest(at, name, SECTIONS);
        }
    }
}

fn profiles<'t, 'a>(
    cursor: &mut Cursor<'t, 'a>,
    document: &mut Document,
    node: Node<'t, 'a>,
    at: Span,
) {
    cursor.fresh(node, |cursor, budget| {
        let known = &["compute", "placement"];
        cursor.fields(
            budget,
            node,
            at,
            known,
            &mut |cursor, budget, name, entry| {
                let (node, at) = (entry.value, entry.key.span());
                match name {
                    "compute" => {
                        cursor.entries(
                            budget,
                            node,
                            at,
                            &mut document.compute,
                            ComputeProfile::read,
                        );
                    }
                    _ => cursor.entries(budget, node, at, &mut document.placement, Placement::read),
                }
            },
        );
    });
}

/// The version: what follows the first text `version`, key or not, at the top level.
fn language<'t, 'a>(cursor: &mut Cursor<'t, 'a>, root: Node<'t, 'a>) -> Language {
    let fallback = Language {
        text: Spanned::new(String::new(), root.span()),
        dialect: Dialect::V2_1,
    };
    let mut children = root
        .children()
        .skip_while(|child| child.text() != "version")
        .skip(1);
    let Some(value) = children.next() else {
        let message = "the document has no version: write `version: \"2.0\"` first";
        let start = Span::new(root.span().start, root.span().start);
        let span = if root.kind() == Kind::Mapping {
            start
        } else {
            root.span()
        };
        cursor
            .error(codes::VERSION_MISSING, span, message)
            .missing("version")
            .suggest(start, "version: \"2.0\"\n");
        return fallback;
    };
    let text = match value.kind() {
        Kind::Scalar => value.text(),
        // an alias is not followed here
        _ => "",
    };
    match Language::parse(text, value.span()) {
        Ok(language) => {
            if language.is_newer() {
                let message = format!(
                    "SDL version {text:?} is read by the rules of 2.1: there are no others yet"
                );
                cursor
                    .found
                    .warning(codes::VERSION_READ_AS, value.span(), message)
                    .suggest(value.span(), "\"2.1\"");
            }
            language
        }
        Err(error) => {
            let (code, message) = match error {
                LanguageError::Malformed => (
                    codes::VERSION_MALFORMED,
                    format!("{text:?} is no version: write \"2.0\" or \"2.1\""),
                ),
                LanguageError::Unsupported => (
                    codes::VERSION_UNSUPPORTED,
                    format!("SDL version {text:?} is not supported: write \"2.0\" or \"2.1\""),
                ),
            };
            cursor
                .error(code, value.span(), message)
                .suggest(value.span(), "\"2.0\"");
            fallback
        }
    }
}
