//! Environment files.

use super::interpolate::interpolate;

/// Why an environment file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} of the environment file: {message}")]
pub struct EnvironmentError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

/// Reads `NAME=value` lines as compose does. A name alone has no value. Faults are told by line.
pub(super) fn read<'e>(
    text: &str,
    lookup: &dyn Fn(&str) -> Option<&'e str>,
) -> Result<Vec<(String, Option<String>)>, EnvironmentError> {
    let mut variables = Vec::new();
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut number = 0_usize;
    while !rest.is_empty() {
        number += 1;
        let (line, behind) = rest.split_once('\n').unwrap_or((rest, ""));
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            rest = behind;
            continue;
        }
        let line = line.strip_prefix("export ").map_or(line, str::trim_start);
        let Some(at) = line.find(['=', ':']) else {
            variables.push((line.to_owned(), None));
            rest = behind;
            continue;
        };
        let (name, value) = line.split_at_checked(at).unwrap_or((line, ""));
        let value = value.get(1..).unwrap_or("").trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let line = number;
        let wrong = |message: String| EnvironmentError { line, message };
        let value = if let Some(quote) = quote {
            // The value may go on over lines.
            let sign = rest.find(['=', ':']).unwrap_or(0);
            let start = rest
                .get(sign..)
                .and_then(|value| value.find(quote))
                .map_or(rest.len(), |at| sign + at + 1);
            let inner = rest.get(start..).unwrap_or("");
            let end =
                closing(inner, quote).ok_or_else(|| wrong("the quote is not closed".to_owned()))?;
            let raw = inner.get(..end).unwrap_or("");
            let tail = inner.get(end + 1..).unwrap_or("");
            number += raw.matches('\n').count();
            rest = tail.split_once('\n').map_or("", |(_, behind)| behind);
            if quote == '\'' {
                raw.to_owned()
            } else {
                let text = unescape(raw);
                interpolate(&text, lookup, 1 << 20, &mut Vec::new())
                    .map_err(|error| wrong(error.to_string()))?
            }
        } else {
            rest = behind;
            let value = value.split(" #").next().unwrap_or(value).trim_end();
            interpolate(value, lookup, 1 << 20, &mut Vec::new())
                .map_err(|error| wrong(error.to_string()))?
        };
        variables.push((name.trim().to_owned(), Some(value)));
    }
    Ok(variables)
}

/// Where the quote closes that is open before the text.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (index, c) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' && quote == '"' {
            escaped = true;
        } else if c == quote {
            return Some(index);
        }
    }
    None
}

/// The escapes of double quotes; `\$` stays a dollar sign that starts no variable.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some('$') => out.push_str("$$"),
            Some(c @ ('"' | '\\')) => out.push(c),
            Some(c) => {
                out.push('\\');
                out.push(c);
            }
            None => out.push('\\'),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_quotes_and_comments() {
        let text = "# top\n\nA=1\nexport B = two words  # note\nC='$X \"q\"'\nD=\"a\\nb ${X} \\$X\"\nE=\"two\nlines\"\nF\nG=\nH: yaml\n";
        let lookup = |name: &str| (name == "X").then_some("x");
        let variables = read(text, &lookup).unwrap();
        let wanted = [
            ("A", Some("1")),
            ("B", Some("two words")),
            ("C", Some("$X \"q\"")),
            ("D", Some("a\nb x $X")),
            ("E", Some("two\nlines")),
            ("F", None),
            ("G", Some("")),
            ("H", Some("yaml")),
        ];
        let read: Vec<_> = variables
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_deref()))
            .collect();
        assert_eq!(read, wanted);
        assert!(read_error("A='open\nB=1").contains("line 1"));
        assert!(read_error("A=1\nB=${").contains("line 2"));
    }

    fn read_error(text: &str) -> String {
        read(text, &|_| None).unwrap_err().to_string()
    }
}
