//! Templates: SDL texts with variables.
//!
//! A template declares its variables at the top, in comments that begin with `#%`, and refers to
//! them as `${{ name }}` in keys and values:
//!
//! ```
//! use akash_sdl::template::{Secret, Template, Values};
//!
//! let template = Template::parse(r#"#% var image = nginx:1.27   # what to run
//! #% var replicas = 1
//! #% secret token
//! version: "2.0"
//! services:
//!   web:
//!     image: ${{ image }}
//!     env: ["TOKEN=${{ token }}", "URL=http://${HOST}"]
//!     expose: [{port: 80, to: [{global: true}]}]
//! profiles:
//!   compute:
//!     small: {resources: {cpu: {units: 1}, memory: {size: 1Gi}, storage: {size: 1Gi}}}
//!   placement:
//!     anywhere: {pricing: {small: {denom: uact, amount: 1000}}}
//! deployment:
//!   web:
//!     anywhere:
//!       profile: small
//!       count: ${{ replicas }}
//! "#)?;
//! assert_eq!(template.variables()[0].description, "what to run");
//!
//! let values = Values::new().set("replicas", "3").secret("token", Secret::new("a\": [b"));
//! let filled = template.fill(&values)?;
//! let sdl = filled.parse()?;
//! assert_eq!(sdl.groups()[0].resources[0].count, 3);
//! assert_eq!(sdl.manifest().groups[0].services[0].env[0], "TOKEN=a\": [b");
//! assert!(filled.masked().contains("TOKEN=<token>"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Why this syntax
//!
//! `${NAME}` and `$NAME` stand in the commands and arguments of many SDL files, where they are for
//! the shell in the container, `$(NAME)` is for Kubernetes, and `{{ name }}` is a map in YAML.
//! `${{` means nothing to any of them (to a shell it is an error), and YAML takes it for plain
//! text, except in brackets and braces, where it needs quotes. Only variables that the template
//! declares can be referred to, so that no reference is left over by mistake. `$${{` stands for
//! `${{` itself. Declarations are comments, so a template without references is an SDL.
//!
//! # How values go in
//!
//! A template is read before it is filled in, and a value becomes a part of the one scalar in which
//! its reference stands, with the quotes that takes: whatever it holds, it cannot add keys, items
//! or comments. Values are put in once, and what they hold is not looked at again. A reference that
//! stands alone without quotes (`count: ${{ n }}`) becomes a number or flag if its value is one,
//! as if it had been typed there; everywhere else a value is a text, and never null.
//!
//! Groups, manifest and hash all come from the one text that is made so.
//!
//! # Secrets
//!
//! The value of a variable declared by `#% secret`, or given as a [`Secret`], is shown by no
//! `Debug`, error or diagnostic. A [`Secret`] and the [text](Filled::text) of a filled template are
//! overwritten when they are dropped. The [`Sdl`](crate::Sdl) that is made of the text holds the
//! value in the clear, for the provider must get it: do not print or store its manifest.

mod error;
mod fill;
mod reference;
mod secret;
mod variable;

pub use error::TemplateError;
pub use fill::Filled;
pub use secret::{Secret, Values};
pub use variable::Variable;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::nearest;
use crate::yaml::{self, Node, Position, Style, Tree};
use reference::{Piece, Problem};

/// A template that was read.
#[derive(Debug, Clone)]
pub struct Template {
    text: String,
    variables: Vec<Variable>,
    places: Vec<Place>,
}

/// A scalar with references, or with `$${{`.
#[derive(Debug, Clone)]
struct Place {
    node: u32,
    position: Position,
    pieces: Vec<Piece>,
    /// Whether it is a key, or part of one.
    key: bool,
    /// Whether it is one reference and nothing else, without quotes.
    alone: bool,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// The first of: a malformed declaration, malformed YAML, a malformed reference, a variable that
    /// is used but not declared or declared but not used, a secret in a key.
    pub fn parse(text: impl Into<String>) -> Result<Self, TemplateError> {
        let text = text.into();
        let variables = variable::read(&text)?;
        let tree = yaml::parse(text.as_bytes()).map_err(TemplateError::Unreadable)?;
        let places = places(&tree, &variables)?;
        drop(tree);
        let used: BTreeSet<usize> = places
            .iter()
            .flat_map(|place| &place.pieces)
            .filter_map(|piece| match piece {
                Piece::Variable(variable) => Some(*variable),
                Piece::Text(_) => None,
            })
            .collect();
        let mut unused = variables.iter().enumerate();
        if let Some((_, unused)) = unused.find(|(at, _)| !used.contains(at)) {
            return Err(TemplateError::Unused {
                name: unused.name.clone(),
                at: unused.position,
            });
        }
        Ok(Self {
            text,
            variables,
            places,
        })
    }

    /// The variables in the order in which they are declared.
    #[must_use]
    pub fn variables(&self) -> &[Variable] {
        &self.variables
    }

    /// The text of the template.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Puts the values in.
    ///
    /// # Errors
    /// A value that is missing, one that no variable is declared for, or one that cannot be written
    /// where it is used.
    pub fn fill(&self, values: &Values) -> Result<Filled, TemplateError> {
        fill::fill(self, values)
    }
}

fn places(tree: &Tree<'_>, variables: &[Variable]) -> Result<Vec<Place>, TemplateError> {
    let numbers: BTreeMap<&str, usize> = variables
        .iter()
        .enumerate()
        .map(|(at, variable)| (variable.name.as_str(), at))
        .collect();
    let keys = keys(tree);
    let mut places = Vec::new();
    for node in tree.scalars() {
        if !reference::may_hold(node.text()) {
            continue;
        }
        let pieces = reference::pieces(node.text(), |name| numbers.get(name).copied());
        let pieces = pieces.map_err(|problem| match problem {
            Problem::Malformed(number) => TemplateError::Reference {
                at: at(node, number),
            },
            Problem::Undeclared(number, name) => {
                let nearest = nearest(&name, numbers.keys().copied().take(200));
                TemplateError::Undeclared {
                    nearest: nearest.map(str::to_owned),
                    at: at(node, number),
                    name,
                }
            }
        })?;
        let alone = matches!(pieces.as_slice(), [Piece::Variable(_)]);
        let position = node.position();
        let key = keys.contains(&node.id());
        if key {
            let secret = pieces.iter().find_map(|piece| match piece {
                Piece::Variable(at) => variables.get(*at).filter(|variable| variable.secret),
                Piece::Text(_) => None,
            });
            if let Some(secret) = secret {
                return Err(TemplateError::SecretInKey {
                    name: secret.name.clone(),
                    at: position,
                });
            }
        }
        places.push(Place {
            node: node.id(),
            position,
            pieces,
            key,
            alone: alone && node.style() == Style::Plain,
        });
    }
    Ok(places)
}

/// The numbers of the scalars that are keys, or parts of keys.
fn keys(tree: &Tree<'_>) -> BTreeSet<u32> {
    fn walk(node: Node<'_, '_>, in_key: bool, keys: &mut BTreeSet<u32>) {
        if in_key {
            keys.insert(node.id());
        }
        for item in node.items() {
            walk(item, in_key, keys);
        }
        for (key, value) in node.pairs() {
            walk(key, true, keys);
            walk(value, in_key, keys);
        }
    }
    let mut keys = BTreeSet::new();
    walk(tree.root(), false, &mut keys);
    keys
}

/// Where the `${{` with this number stands in a scalar.
fn at(node: Node<'_, '_>, number: usize) -> Position {
    let span = node.span();
    let source = node.tree().source();
    let written = source.get(span.start as usize..span.end as usize);
    let offset = reference::offset(written.unwrap_or_default(), number);
    let offset = u32::try_from(offset).unwrap_or(0);
    Position::of(source, span.start.saturating_add(offset))
}
