//! A command line to words, as compose splits it (go-shellwords).

/// Words of a command line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) words: Vec<String>,
    /// Whether a `;`, `&`, `|`, `<` or `>` outside quotes ended them.
    pub(super) cut: bool,
}

/// Splits a text at white space; quotes and backslashes keep it. None if a quote is not closed or a
/// bracket stands outside quotes.
pub(super) fn split(text: &str) -> Option<Words> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut started = false;
    let mut cut = false;
    let (mut escaped, mut single, mut double, mut back, mut dollar) =
        (false, false, false, false, false);
    for c in text.chars() {
        if escaped {
            word.push(match c {
                't' => '\t',
                'n' => '\n',
                c => c,
            });
            escaped = false;
            started = true;
            continue;
        }
        if c == '\\' {
            if single {
                word.push(c);
            } else {
                escaped = true;
            }
            continue;
        }
        if matches!(c, ' ' | '\t' | '\r' | '\n') {
            if single || double || back || dollar {
                word.push(c);
            } else if started {
                words.push(core::mem::take(&mut word));
                started = false;
            }
            continue;
        }
        match c {
            '`' if !single && !double && !dollar => back = !back,
            ')' if !single && !double && !back => {
                if !dollar {
                    return None;
                }
                dollar = false;
            }
            '(' if !single && !double && !back => {
                if dollar || !word.ends_with('$') {
                    return None;
                }
                dollar = true;
            }
            '"' if !single && !dollar => {
                double = !double;
                started = true;
                continue;
            }
            '\'' if !double && !dollar => {
                single = !single;
                started = true;
                continue;
            }
            ';' | '&' | '|' | '<' | '>' if !single && !double && !back && !dollar => {
                // `2>` is a redirection, no word.
                if c == '>' && word.starts_with(|c: char| c.is_ascii_digit()) {
                    started = false;
                }
                cut = true;
                break;
            }
            _ => {}
        }
        word.push(c);
        started = true;
    }
    if started {
        words.push(word);
    }
    let closed = !(escaped || single || double || back || dollar);
    (closed || cut).then_some(Words { words, cut })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        split(text).unwrap().words
    }

    #[test]
    fn quotes_and_escapes() {
        assert_eq!(words("a  b\tc\n"), ["a", "b", "c"]);
        assert_eq!(
            words(r#"sh -c "echo 'x y' && z""#),
            ["sh", "-c", "echo 'x y' && z"]
        );
        assert_eq!(words(r"a\ b 'c\d' \n"), ["a b", r"c\d", "\n"]);
        assert_eq!(words(r#"--x="1 2" '' """#), ["--x=1 2", "", ""]);
        assert_eq!(
            words("echo $(date +%s) `a b`"),
            ["echo", "$(date +%s)", "`a b`"]
        );
        assert_eq!(words(""), [""; 0]);
    }

    #[test]
    fn cut_and_refused() {
        let cut = split("run 2> /dev/null").unwrap();
        assert_eq!((cut.words, cut.cut), (vec!["run".to_owned()], true));
        assert_eq!(split("a && b").unwrap().words, ["a"]);
        for text in ["'open", "\"open", "a (b)", "end\\"] {
            assert_eq!(split(text), None, "{text}");
        }
    }
}
