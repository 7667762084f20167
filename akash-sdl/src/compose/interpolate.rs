//! Variables in texts: `$NAME`, `${NAME}`, `${NAME:-default}` and the other forms of compose.

/// Deepest nesting of defaults.
const MOST_LEVELS: usize = 16;

/// Why a text cannot be interpolated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum InterpolateError {
    #[error("{0:?} is no variable: write ${{NAME}}, or $$ for a dollar sign")]
    Malformed(String),
    #[error("variable {name:?} is required: {message}")]
    Required { name: String, message: String },
    #[error("variables make the text too long")]
    TooLong,
}

/// What compose puts in place of a variable that is not there.
enum Otherwise<'t> {
    Nothing,
    Default(&'t str),
    Replacement(&'t str),
    Error(&'t str),
}

/// Replaces the variables of a text. Names that are not set and have no default go to `unset`.
pub(super) fn interpolate<'e>(
    text: &str,
    lookup: &dyn Fn(&str) -> Option<&'e str>,
    room: usize,
    unset: &mut Vec<String>,
) -> Result<String, InterpolateError> {
    let mut out = String::with_capacity(text.len());
    expand(text, lookup, room, unset, &mut out, 0)?;
    Ok(out)
}

fn expand<'e>(
    text: &str,
    lookup: &dyn Fn(&str) -> Option<&'e str>,
    room: usize,
    unset: &mut Vec<String>,
    out: &mut String,
    level: usize,
) -> Result<(), InterpolateError> {
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('$') {
        out.push_str(before);
        let malformed = || {
            let start: String = behind.chars().take(30).collect();
            InterpolateError::Malformed(format!("${start}"))
        };
        if let Some(behind) = behind.strip_prefix('$') {
            out.push('$');
            rest = behind;
            continue;
        }
        let (name, colon, otherwise, behind) = if let Some(braced) = behind.strip_prefix('{') {
            let end = closing_brace(braced).ok_or_else(malformed)?;
            let (inner, behind) = braced.split_at_checked(end).ok_or_else(malformed)?;
            let (name, condition) = split_name(inner).ok_or_else(malformed)?;
            let (colon, condition) = match condition.strip_prefix(':') {
                Some(condition) => (true, condition),
                None => (false, condition),
            };
            let mut chars = condition.chars();
            let otherwise = match chars.next() {
                None if !colon => Otherwise::Nothing,
                Some('-') => Otherwise::Default(chars.as_str()),
                Some('+') => Otherwise::Replacement(chars.as_str()),
                Some('?') => Otherwise::Error(chars.as_str()),
                _ => return Err(malformed()),
            };
            (name, colon, otherwise, behind.get(1..).unwrap_or(""))
        } else {
            let (name, behind) = split_name(behind).ok_or_else(malformed)?;
            (name, false, Otherwise::Nothing, behind)
        };
        // With a colon, an empty variable counts as none.
        let value = lookup(name).filter(|value| !(colon && value.is_empty()));
        match (value, otherwise) {
            (Some(_), Otherwise::Replacement(text)) => {
                nested(text, lookup, room, unset, out, level)?;
            }
            (None, Otherwise::Replacement(_)) => {}
            (Some(value), _) => out.push_str(value),
            (None, Otherwise::Nothing) => unset.push(name.to_owned()),
            (None, Otherwise::Default(text)) => nested(text, lookup, room, unset, out, level)?,
            (None, Otherwise::Error(text)) => {
                let mut message = String::new();
                nested(text, lookup, room, unset, &mut message, level)?;
                let name = name.to_owned();
                return Err(InterpolateError::Required { name, message });
            }
        }
        if out.len() > room {
            return Err(InterpolateError::TooLong);
        }
        rest = behind;
    }
    out.push_str(rest);
    Ok(())
}

fn nested<'e>(
    text: &str,
    lookup: &dyn Fn(&str) -> Option<&'e str>,
    room: usize,
    unset: &mut Vec<String>,
    out: &mut String,
    level: usize,
) -> Result<(), InterpolateError> {
    if level >= MOST_LEVELS {
        return Err(InterpolateError::TooLong);
    }
    expand(text, lookup, room, unset, out, level + 1)
}

/// A name in front: letters, digits and `_`, no digit first.
fn split_name(text: &str) -> Option<(&str, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(end)?;
    let first = name.chars().next()?;
    (!first.is_ascii_digit()).then_some((name, rest))
}

/// Where the brace closes that is open before the text.
fn closing_brace(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    let mut before = ' ';
    for (index, c) in text.char_indices() {
        match c {
            '{' if before == '$' => open += 1,
            '}' if open == 0 => return Some(index),
            '}' => open -= 1,
            _ => {}
        }
        before = c;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> Result<(String, Vec<String>), InterpolateError> {
        let lookup = |name: &str| match name {
            "SET" => Some("value"),
            "EMPTY" => Some(""),
            _ => None,
        };
        let mut unset = Vec::new();
        interpolate(text, &lookup, 1000, &mut unset).map(|text| (text, unset))
    }

    #[test]
    fn every_form() {
        for (text, wanted) in [
            ("plain", "plain"),
            ("$SET-$$SET", "value-$SET"),
            ("${SET}/x", "value/x"),
            ("${NONE:-d}${NONE-d}${EMPTY:-d}${EMPTY-d}", "ddd"),
            ("${SET:-d}", "value"),
            ("${SET:+r}${NONE:+r}${EMPTY:+r}${EMPTY+r}", "rr"),
            ("${NONE:-${SET}-${NONE:-x}}", "value-x"),
            ("${SET:?needed}", "value"),
            ("${NONE:-a:b}", "a:b"),
            ("${NONE:-{}}", "{}"),
            ("$SET_", ""),
        ] {
            assert_eq!(run(text).unwrap().0, wanted, "{text}");
        }
        assert_eq!(run("$NONE ${OTHER}").unwrap().1, ["NONE", "OTHER"]);
        assert_eq!(
            run("${NONE:?give it}"),
            Err(InterpolateError::Required {
                name: "NONE".to_owned(),
                message: "give it".to_owned()
            })
        );
    }

    #[test]
    fn malformed_texts() {
        for text in [
            "$", "5$", "$1", "${}", "${1}", "${A", "${A!b}", "${A:}", "$(date)",
        ] {
            assert!(
                matches!(run(text), Err(InterpolateError::Malformed(_))),
                "{text}"
            );
        }
        let mut deep = "x".to_owned();
        for _ in 0..100 {
            deep = format!("${{N:-{deep}}}");
        }
        assert_eq!(run(&deep), Err(InterpolateError::TooLong));
    }
}
