//! Shell path patterns exactly as Go's `filepath.Match` reads them.
//!
//! The chain compares every attribute key of a request with the keys of a provider by this rule
//! (node x/market, chain-sdk `go/node/types/attributes`). The request's key is the pattern.
//!
//! | pattern | matches |
//! |---|---|
//! | `*` | any run of characters except `/`, also the empty one |
//! | `?` | one character except `/` |
//! | `[a-z]`, `[^a-z]` | one character in (not in) the class; a class may match `/` |
//! | `\c` | the character `c` itself |
//! | other | itself |
//!
//! The whole text must match. A malformed pattern (`[`, `a\`, `[]`) matches nothing.

/// What a malformed pattern is answered with inside this module.
struct Malformed;

/// Whether the whole `text` matches `pattern`; a malformed pattern never matches.
///
/// ```
/// use akash_gpu::glob::matches;
///
/// assert!(matches("vendor/nvidia/model/*", "vendor/nvidia/model/a100"));
/// assert!(!matches("vendor/nvidia/model/*", "vendor/nvidia/model/a100/ram/80Gi"));
/// assert!(matches("r[a-c]?", "rb1"));
/// assert!(!matches("r[", "r["));
/// ```
#[must_use]
pub fn matches(pattern: &str, text: &str) -> bool {
    if !pattern
        .bytes()
        .any(|b| matches!(b, b'*' | b'?' | b'[' | b'\\'))
    {
        return pattern == text;
    }
    match_bytes(pattern.as_bytes(), text.as_bytes()).unwrap_or(false)
}

/// Whether `pattern` is well formed, so that it can match something at all.
///
/// ```
/// assert!(akash_gpu::glob::is_well_formed("vendor/*"));
/// assert!(!akash_gpu::glob::is_well_formed("vendor/["));
/// ```
#[must_use]
pub fn is_well_formed(pattern: &str) -> bool {
    let mut rest = pattern.as_bytes();
    while !rest.is_empty() {
        let (_, chunk, after) = scan_chunk(rest);
        if match_chunk(chunk, &[]).is_err() {
            return false;
        }
        rest = after;
    }
    true
}

fn match_bytes(mut pattern: &[u8], mut text: &[u8]) -> Result<bool, Malformed> {
    'pattern: while !pattern.is_empty() {
        let (star, chunk, after) = scan_chunk(pattern);
        pattern = after;
        if star && chunk.is_empty() {
            return Ok(!text.contains(&b'/'));
        }
        if let Some(rest) = match_chunk(chunk, text)? {
            // The last chunk must reach the end of the text, else a later start may still do so.
            if rest.is_empty() || !pattern.is_empty() {
                text = rest;
                continue;
            }
        }
        if star {
            let mut tail = text;
            while let Some((&skipped, next)) = tail.split_first() {
                if skipped == b'/' {
                    break;
                }
                tail = next;
                if let Some(rest) = match_chunk(chunk, tail)? {
                    if pattern.is_empty() && !rest.is_empty() {
                        continue;
                    }
                    text = rest;
                    continue 'pattern;
                }
            }
        }
        return Ok(false);
    }
    Ok(text.is_empty())
}

/// Splits leading stars and the next run without a free star off the pattern.
fn scan_chunk(mut pattern: &[u8]) -> (bool, &[u8], &[u8]) {
    let mut star = false;
    while let Some((b'*', rest)) = pattern.split_first() {
        pattern = rest;
        star = true;
    }
    let mut in_class = false;
    let mut escaped = false;
    let mut end = pattern.len();
    for (i, byte) in pattern.iter().enumerate() {
        if escaped {
            escaped = false;
            continue;
        }
        match byte {
            b'\\' => escaped = true,
            b'[' => in_class = true,
            b']' => in_class = false,
            b'*' if !in_class => {
                end = i;
                break;
            }
            _ => {}
        }
    }
    let (chunk, rest) = pattern.split_at(end);
    (star, chunk, rest)
}

/// Matches one chunk at the start of `text`: the text behind it, or `None`.
///
/// After a mismatch the chunk is still read to its end, so that a malformed one is found.
fn match_chunk<'t>(mut chunk: &[u8], text: &'t [u8]) -> Result<Option<&'t [u8]>, Malformed> {
    let mut left = Some(text);
    while let Some((&first, rest)) = chunk.split_first() {
        if left.is_some_and(<[u8]>::is_empty) {
            left = None;
        }
        match first {
            b'[' => {
                let current = left.map(decode);
                let (hit, after) = match_class(rest, current.map(|(c, _)| c))?;
                chunk = after;
                left = match (left, current) {
                    (Some(t), Some((_, width))) if hit => t.get(width..),
                    _ => None,
                };
            }
            b'?' => {
                left = left.and_then(|t| match t.first() {
                    Some(b'/') | None => None,
                    Some(_) => t.get(decode(t).1..),
                });
                chunk = rest;
            }
            _ => {
                let (literal, after) = if first == b'\\' {
                    rest.split_first().map(|(l, a)| (*l, a)).ok_or(Malformed)?
                } else {
                    (first, rest)
                };
                left = left.and_then(|t| match t.split_first() {
                    Some((&b, t)) if b == literal => Some(t),
                    _ => None,
                });
                chunk = after;
            }
        }
    }
    Ok(left)
}

/// Reads a class behind its `[`: whether it accepts `current`, and what follows the `]`.
fn match_class(mut chunk: &[u8], current: Option<u32>) -> Result<(bool, &[u8]), Malformed> {
    let negated = chunk.first() == Some(&b'^');
    if negated {
        chunk = chunk.get(1..).ok_or(Malformed)?;
    }
    let mut hit = false;
    let mut ranges = 0_usize;
    loop {
        if let Some((b']', rest)) = chunk.split_first()
            && ranges > 0
        {
            return Ok((hit != negated, rest));
        }
        let (low, rest) = class_char(chunk)?;
        chunk = rest;
        let mut high = low;
        if let Some((b'-', rest)) = chunk.split_first() {
            (high, chunk) = class_char(rest)?;
        }
        hit |= current.is_some_and(|c| low <= c && c <= high);
        ranges = ranges.saturating_add(1);
    }
}

/// One, possibly escaped, character of a class; at least one byte must follow it.
fn class_char(chunk: &[u8]) -> Result<(u32, &[u8]), Malformed> {
    let chunk = match chunk.split_first() {
        None | Some((b'-' | b']', _)) => return Err(Malformed),
        Some((b'\\', [])) => return Err(Malformed),
        Some((b'\\', rest)) => rest,
        Some(_) => chunk,
    };
    let (c, width) = decode(chunk);
    if c == REPLACEMENT && width == 1 {
        return Err(Malformed);
    }
    match chunk.get(width..) {
        Some(rest) if !rest.is_empty() => Ok((c, rest)),
        _ => Err(Malformed),
    }
}

/// What Go's decoder yields, with width 1, for a byte that starts no character.
const REPLACEMENT: u32 = 0xFFFD;

/// The first character and its width. A star may stop inside a character, hence not `str`.
fn decode(text: &[u8]) -> (u32, usize) {
    let width = match text.first() {
        Some(0xC2..=0xDF) => 2,
        Some(0xE0..=0xEF) => 3,
        Some(0xF0..=0xF4) => 4,
        Some(&b) if b.is_ascii() => return (u32::from(b), 1),
        _ => return (REPLACEMENT, 1),
    };
    text.get(..width)
        .and_then(|t| std::str::from_utf8(t).ok())
        .and_then(|t| t.chars().next())
        .map_or((REPLACEMENT, 1), |c| (u32::from(c), width))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `(pattern, text, expected)`; the answers are those of Go 1.24's `filepath.Match`.
    const CASES: &[(&str, &str, bool)] = &[
        ("abc", "abc", true),
        ("*", "abc", true),
        ("*c", "abc", true),
        ("a*", "a", true),
        ("a*", "abc", true),
        ("a*", "ab/c", false),
        ("a*/b", "abc/b", true),
        ("a*/b", "a/c/b", false),
        ("a*b*c*d*e*/f", "axbxcxdxe/f", true),
        ("a*b*c*d*e*/f", "axbxcxdxexxx/f", true),
        ("a*b*c*d*e*/f", "axbxcxdxe/xxx/f", false),
        ("a*b?c*x", "abxbbxdbxebxczzx", true),
        ("a*b?c*x", "abxbbxdbxebxczzy", false),
        ("ab[c]", "abc", true),
        ("ab[b-d]", "abc", true),
        ("ab[e-g]", "abc", false),
        ("ab[^c]", "abc", false),
        ("ab[^b-d]", "abc", false),
        ("ab[^e-g]", "abc", true),
        ("a\\*b", "a*b", true),
        ("a\\*b", "ab", false),
        ("a?b", "a☺b", true),
        ("a[^a]b", "a☺b", true),
        ("a???b", "a☺b", false),
        ("a[^a][^a][^a]b", "a☺b", false),
        ("[a-ζ]*", "α", true),
        ("*[a-ζ]", "A", false),
        ("a?b", "a/b", false),
        ("a*b", "a/b", false),
        ("a[^x]b", "a/b", true),
        ("[\\]a]", "]", true),
        ("[\\-]", "-", true),
        ("[x\\-]", "x", true),
        ("[x\\-]", "-", true),
        ("[x\\-]", "z", false),
        ("[\\-x]", "a", false),
        ("[]a]", "]", false),
        ("[-]", "-", false),
        ("[x-]", "x", false),
        ("[-x]", "x", false),
        ("\\", "a", false),
        ("[a-b-c]", "a", false),
        ("[", "a", false),
        ("[^", "a", false),
        ("[^bc", "a", false),
        ("a[", "a", false),
        ("a[", "ab", false),
        ("a[", "x", false),
        ("a/b[", "x", false),
        ("*x", "xxx", true),
        ("", "", true),
        ("", "a", false),
        ("**", "ab", true),
        ("*?", "☺", true),
    ];

    #[test]
    fn answers_as_go_does() {
        for &(pattern, text, expected) in CASES {
            assert_eq!(matches(pattern, text), expected, "{pattern:?} on {text:?}");
        }
    }

    #[test]
    fn malformed_patterns_are_told_apart() {
        for bad in [
            "[", "[]", "[]a]", "[-]", "[x-]", "[a-b-c]", "\\", "a*[", "[^",
        ] {
            assert!(!is_well_formed(bad), "{bad}");
        }
        for good in ["", "*", "a*b[c-d]\\*", "[^/]", "]"] {
            assert!(is_well_formed(good), "{good}");
        }
    }
}
