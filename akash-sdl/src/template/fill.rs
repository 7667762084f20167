//! Putting values into a template.

use core::fmt;
use std::collections::BTreeMap;

use zeroize::{Zeroize as _, Zeroizing};

use super::error::TemplateError;
use super::reference::Piece;
use super::secret::{Value, Values};
use super::{Place, Template, Variable};
use crate::Sdl;
use crate::diagnostic::{Diagnostic, Edit, Report, codes, nearest};
use crate::edit::{Rewrite, rewrite};
use crate::yaml::{self, Position, Span, Tree};

/// A template with its values: an SDL text.
///
/// `Debug` shows [`masked`](Self::masked) only.
#[derive(Clone)]
pub struct Filled {
    text: Zeroizing<String>,
    /// The same with secrets masked; none if there are none.
    masked: Option<Masked>,
}

#[derive(Clone)]
struct Masked {
    text: String,
    /// Where the scalars that were written stand in the text, and where in the masked one.
    places: Vec<(Span, Span)>,
}

impl fmt::Debug for Filled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Filled")
            .field("masked", &self.masked())
            .finish_non_exhaustive()
    }
}

impl Filled {
    /// The SDL text, secrets included: do not print or store it if there are any.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The SDL text with `<name>` in place of each secret: the one to show.
    #[must_use]
    pub fn masked(&self) -> &str {
        match &self.masked {
            Some(masked) => &masked.text,
            None => &self.text,
        }
    }

    /// Reads and checks the SDL, as [`Sdl::parse`] does.
    ///
    /// Diagnostics are about [`masked`](Self::masked): their places are in that text, and render
    /// with it. What would be said otherwise if a secret were another one is said without details.
    ///
    /// # Errors
    /// Everything that is wrong with the SDL.
    pub fn parse(&self) -> Result<Sdl, Report> {
        self.read(|text| Sdl::parse(text))
    }

    /// Reads and checks the SDL, as [`Sdl::parse_strict`] does; else like [`parse`](Self::parse).
    ///
    /// # Errors
    /// Everything that is wrong with the SDL.
    pub fn parse_strict(&self) -> Result<Sdl, Report> {
        self.read(|text| Sdl::parse_strict(text))
    }

    fn read(&self, parse: impl Fn(&str) -> Result<Sdl, Report>) -> Result<Sdl, Report> {
        let result = parse(&self.text);
        let Some(masked) = &self.masked else {
            return result;
        };
        let said = match &result {
            Ok(sdl) => sdl.warnings(),
            Err(report) => report.diagnostics(),
        };
        if said.is_empty() {
            return result;
        }
        let other = parse(&masked.text);
        let sayable = match &other {
            Ok(sdl) => sdl.warnings(),
            Err(report) => report.diagnostics(),
        };
        let shown = said
            .iter()
            .map(|diagnostic| masked.diagnostic(diagnostic, sayable))
            .collect();
        match result {
            Ok(sdl) => Ok(sdl.with_warnings(shown)),
            Err(_) => Err(Report::new(shown)),
        }
    }
}

impl Masked {
    /// A diagnostic as it may be shown: what is said in the same words when the secrets are masked
    /// holds nothing of them.
    fn diagnostic(&self, said: &Diagnostic, sayable: &[Diagnostic]) -> Diagnostic {
        let start = self.offset(said.span.start);
        let same = sayable.iter().find(|other| {
            other.code == said.code
                && other.severity == said.severity
                && other.path == said.path
                && other.message == said.message
                && other.span.start == start
                && replacement(other) == replacement(said)
                && other
                    .related
                    .iter()
                    .map(|related| &related.message)
                    .eq(said.related.iter().map(|related| &related.message))
        });
        if let Some(same) = same {
            return same.clone();
        }
        let meaning = codes::ALL.iter().find(|(code, _)| *code == said.code);
        let meaning = meaning.map_or("This is not right.", |(_, meaning)| meaning.trim());
        Diagnostic {
            message: format!("{meaning} It has to do with a secret, so no more is shown."),
            span: Span::new(start, self.offset(said.span.end).max(start)),
            position: Position::of(&self.text, start),
            related: Vec::new(),
            suggestion: None,
            ..said.clone()
        }
    }

    /// Where an offset of the text is in the masked one; within a scalar that was written, its
    /// start or end.
    fn offset(&self, offset: u32) -> u32 {
        let before = self
            .places
            .partition_point(|(text, _)| text.start <= offset);
        let last = before.checked_sub(1).and_then(|at| self.places.get(at));
        match last {
            None => offset,
            Some((text, masked)) if offset == text.start => masked.start,
            Some((text, masked)) if offset < text.end => masked.end,
            Some((text, masked)) => masked.end.saturating_add(offset - text.end),
        }
    }
}

fn replacement(diagnostic: &Diagnostic) -> Option<&String> {
    diagnostic.suggestion.as_ref().map(|edit| &edit.replacement)
}

/// A value for each variable, in the order of their declarations.
struct Chosen<'v> {
    text: &'v str,
    secret: bool,
}

pub(super) fn fill(template: &Template, values: &Values) -> Result<Filled, TemplateError> {
    let chosen = choose(&template.variables, values)?;
    let tree = yaml::parse(template.text.as_bytes()).map_err(TemplateError::Unreadable)?;
    for place in &template.places {
        let secret = place.pieces.iter().find_map(|piece| match piece {
            Piece::Variable(at) if chosen.get(*at).is_some_and(|it| it.secret) => {
                template.variables.get(*at)
            }
            _ => None,
        });
        if let Some(secret) = secret
            && place.key
        {
            return Err(TemplateError::SecretInKey {
                name: secret.name.clone(),
                at: place.position,
            });
        }
    }
    let (text, mut edits) = write(template, &tree, |at| {
        let chosen = chosen.get(at)?;
        Some(chosen.text.to_owned())
    })?;
    let text = Zeroizing::new(text);
    let masked = if chosen.iter().any(|chosen| chosen.secret) {
        let (masked, masks) = write(template, &tree, |at| {
            let (chosen, variable) = (chosen.get(at)?, template.variables.get(at)?);
            Some(match chosen.secret {
                true => format!("<{}>", variable.name),
                false => chosen.text.to_owned(),
            })
        })?;
        let places = spans(&edits).zip(spans(&masks)).collect();
        Some(Masked {
            text: masked,
            places,
        })
    } else {
        None
    };
    for edit in &mut edits {
        edit.replacement.zeroize();
    }
    Ok(Filled { text, masked })
}

fn choose<'v>(
    variables: &'v [Variable],
    values: &'v Values,
) -> Result<Vec<Chosen<'v>>, TemplateError> {
    let names = || variables.iter().map(|variable| variable.name.as_str());
    for name in values.0.keys() {
        if !names().any(|known| known == name) {
            return Err(TemplateError::UnknownValue {
                name: name.clone(),
                nearest: nearest(name, names().take(200)).map(str::to_owned),
            });
        }
    }
    variables
        .iter()
        .map(
            |variable| match (values.0.get(&variable.name), &variable.default) {
                (Some(value), _) => Ok(Chosen {
                    text: value.expose(),
                    secret: variable.secret || matches!(value, Value::Secret(_)),
                }),
                (None, Some(default)) => Ok(Chosen {
                    text: default,
                    secret: false,
                }),
                (None, None) => Err(TemplateError::Missing {
                    name: variable.name.clone(),
                    at: variable.position,
                }),
            },
        )
        .collect()
}

/// The text with values put in, and the edits that make it.
fn write(
    template: &Template,
    tree: &Tree<'_>,
    value: impl Fn(usize) -> Option<String>,
) -> Result<(String, Vec<Edit>), TemplateError> {
    let texts: Vec<(&Place, Zeroizing<String>)> = template
        .places
        .iter()
        .map(|place| (place, joined(&place.pieces, &value)))
        .collect();
    let rewrites = |count: usize| -> BTreeMap<u32, Rewrite<'_>> {
        let texts = texts.iter().take(count);
        texts
            .map(|(place, text)| {
                let typed = place.alone;
                (place.node, Rewrite { text, typed })
            })
            .collect()
    };
    if let Some(written) = rewrite(tree, &rewrites(texts.len())) {
        return Ok(written);
    }
    // The first that cannot be written: the others before it can.
    let (mut good, mut bad) = (0, texts.len());
    while good + 1 < bad {
        let middle = good.midpoint(bad);
        match rewrite(tree, &rewrites(middle)) {
            Some(_) => good = middle,
            None => bad = middle,
        }
    }
    let at = texts.get(good).map(|(place, _)| place.position);
    Err(TemplateError::Unwritable {
        at: at.unwrap_or(Position { line: 1, column: 1 }),
    })
}

fn joined(pieces: &[Piece], value: &impl Fn(usize) -> Option<String>) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::new());
    for piece in pieces {
        match piece {
            Piece::Text(piece) => text.push_str(piece),
            Piece::Variable(at) => {
                let value = Zeroizing::new(value(*at).unwrap_or_default());
                text.push_str(&value);
            }
        }
    }
    text
}

/// Where what edits wrote stands in the new text.
fn spans(edits: &[Edit]) -> impl Iterator<Item = Span> {
    let mut moved = 0i64;
    edits.iter().map(move |edit| {
        let length = i64::try_from(edit.replacement.len()).unwrap_or(i64::MAX);
        let start = i64::from(edit.span.start).saturating_add(moved);
        moved = moved
            .saturating_add(length)
            .saturating_sub(i64::from(edit.span.len()));
        let offset = |at: i64| u32::try_from(at).unwrap_or(u32::MAX);
        Span::new(offset(start), offset(start.saturating_add(length)))
    })
}
