//! References to variables in texts: `${{ name }}`.

use super::variable::is_name;

const OPEN: &str = "${{";
const CLOSE: &str = "}}";

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    /// The variable with this number among those declared.
    Variable(usize),
}

/// Why a text could not be taken apart; the number of the `${{` in it, from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Problem {
    Malformed(usize),
    Undeclared(usize, String),
}

pub(super) fn may_hold(text: &str) -> bool {
    text.contains(OPEN)
}

/// Takes a text apart. `$${{` stands for `${{` itself.
pub(super) fn pieces(
    text: &str,
    find: impl Fn(&str) -> Option<usize>,
) -> Result<Vec<Piece>, Problem> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    let mut count = 0;
    while let Some((before, behind)) = rest.split_once(OPEN) {
        plain.push_str(before);
        if before.ends_with('$') {
            plain.pop();
            plain.push_str(OPEN);
            rest = behind;
            count += 1;
            continue;
        }
        let (name, behind) = behind.split_once(CLOSE).ok_or(Problem::Malformed(count))?;
        let name = name.trim_matches([' ', '\t']);
        if !is_name(name) {
            return Err(Problem::Malformed(count));
        }
        let variable = find(name).ok_or_else(|| Problem::Undeclared(count, name.to_owned()))?;
        if !plain.is_empty() {
            pieces.push(Piece::Text(core::mem::take(&mut plain)));
        }
        pieces.push(Piece::Variable(variable));
        rest = behind;
        count += 1;
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    Ok(pieces)
}

/// Where in the source of a text its `${{` with this number stands, as far as the source shows it.
pub(super) fn offset(source: &str, number: usize) -> usize {
    let found = source.match_indices(OPEN).nth(number);
    found.map_or(0, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(name: &str) -> Option<usize> {
        ["a", "b-c"].iter().position(|known| *known == name)
    }

    #[test]
    fn texts_are_taken_apart() {
        let text = |text: &str| Piece::Text(text.to_owned());
        let variable = Piece::Variable;
        for (written, expected) in [
            ("", vec![]),
            (
                "$ { ${x} $$ }} {{ a }}",
                vec![text("$ { ${x} $$ }} {{ a }}")],
            ),
            ("${{a}}", vec![variable(0)]),
            (
                "x${{ a }}y${{\tb-c }}",
                vec![text("x"), variable(0), text("y"), variable(1)],
            ),
            ("$${{ a }}", vec![text("${{ a }}")]),
            ("$$${{ a }}", vec![text("$${{ a }}")]),
            ("$${{${{a}}", vec![text("${{"), variable(0)]),
        ] {
            assert_eq!(pieces(written, find), Ok(expected), "{written}");
        }
        assert_eq!(pieces("${{a", find), Err(Problem::Malformed(0)));
        assert_eq!(
            pieces("${{a}} ${{ a b }}", find),
            Err(Problem::Malformed(1))
        );
        assert_eq!(pieces("$${{ ${{}}", find), Err(Problem::Malformed(1)));
        assert_eq!(
            pieces("${{x}}", find),
            Err(Problem::Undeclared(0, "x".to_owned()))
        );
    }
}
