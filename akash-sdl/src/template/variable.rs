//! The variables that a template declares at its top.

use super::error::TemplateError;
use crate::yaml::{self, Kind, LineIndex, Position, Style};

/// A variable of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Variable {
    /// The name: a letter or `_`, then letters, digits, `_` and `-`.
    pub name: String,
    /// The value it has if none is given. Secrets have none.
    pub default: Option<String>,
    /// Whether its value must not be seen.
    pub secret: bool,
    /// What the declaration says about it behind a `#`; empty if nothing.
    pub description: String,
    /// Where it is declared.
    pub position: Position,
}

pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

/// Reads the declarations: the lines that begin with `#%`, before the first line that is neither
/// blank nor a comment.
pub(super) fn read(text: &str) -> Result<Vec<Variable>, TemplateError> {
    let index = LineIndex::new(text);
    let mut variables: Vec<Variable> = Vec::new();
    let mut names = std::collections::BTreeMap::new();
    for line in 1..=u32::try_from(index.len()).unwrap_or(u32::MAX) {
        let text = index.line(line).unwrap_or_default();
        let text = text.trim_start_matches('\u{feff}');
        if !crate::quote::is_comment_or_blank(text) {
            break;
        }
        let Some(declaration) = text.trim_start_matches([' ', '\t']).strip_prefix("#%") else {
            continue;
        };
        let column = u32::try_from(text.len() - declaration.len() - 1).unwrap_or(1);
        let position = Position { line, column };
        let variable = declared(declaration, position).map_err(|problem| {
            let at = position;
            TemplateError::Declaration { at, problem }
        })?;
        if let Some(first) = names.insert(variable.name.clone(), position) {
            return Err(TemplateError::DeclaredTwice {
                name: variable.name,
                at: position,
                first,
            });
        }
        variables.push(variable);
    }
    Ok(variables)
}

/// Reads what stands behind `#%`.
fn declared(text: &str, position: Position) -> Result<Variable, &'static str> {
    let text = text.trim();
    let (word, rest) = text.split_once([' ', '\t']).unwrap_or((text, ""));
    let secret = match word {
        "var" => false,
        "secret" => true,
        _ => return Err("this declares nothing"),
    };
    let rest = rest.trim_start();
    let end = rest.find([' ', '\t', '=', '#']).unwrap_or(rest.len());
    let (name, rest) = rest.split_at_checked(end).unwrap_or((rest, ""));
    if !is_name(name) {
        return Err("the name of a variable is a letter or `_`, then letters, digits, `_` and `-`");
    }
    let rest = rest.trim_start();
    let (default, rest) = match rest.strip_prefix('=') {
        None => (None, rest),
        Some(_) if secret => return Err("a secret has no default, for the template is no secret"),
        Some(value) => {
            let (value, rest) = scalar(value.trim_start())?;
            (Some(value), rest)
        }
    };
    let description = match rest.trim_start().strip_prefix('#') {
        Some(description) => description.trim(),
        None if rest.trim().is_empty() => "",
        None => {
            return Err(
                "something stands behind the declaration; write a `#` before words about it",
            );
        }
    };
    Ok(Variable {
        name: name.to_owned(),
        default,
        secret,
        description: description.to_owned(),
        position,
    })
}

/// A single YAML value at the start of a text, and what follows it.
fn scalar(text: &str) -> Result<(String, &str), &'static str> {
    const PROBLEM: &str = "the default must be a single value, in quotes if it is not plain";
    let tree = yaml::parse(text.as_bytes()).map_err(|_| PROBLEM)?;
    let root = tree.root();
    let block = matches!(root.style(), Style::Literal | Style::Folded);
    if root.kind() != Kind::Scalar || block || root.tag().or(root.anchor()).is_some() {
        return Err(PROBLEM);
    }
    let rest = text.get(root.span().end as usize..).unwrap_or_default();
    Ok((root.text().to_owned(), rest))
}
