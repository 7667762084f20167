//! The query language over events: `tx.height>5 AND message.action='/cosmos.bank.v1beta1.MsgSend'`.

use crate::cosmos::transport::{BlockResult, Event, TxResult};
use crate::devnet::node::Node;
use std::cmp::Ordering;
use std::str::FromStr;

/// Longest query in bytes.
const LONGEST: usize = 4_096;

/// Conditions that all must hold.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Search {
    conditions: Vec<Condition>,
}

#[derive(Debug, Clone, PartialEq)]
struct Condition {
    tag: String,
    test: Test,
}

#[derive(Debug, Clone, PartialEq)]
enum Test {
    Exists,
    Contains(String),
    Is(String),
    /// Compared as a number.
    Number(&'static [Ordering], f64),
}

/// What is wrong with a query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("failed to parse query: {what} was expected at {rest:?}")]
pub(super) struct SearchError {
    what: &'static str,
    rest: String,
}

/// The tags of one thing that is searched, each with the values it has.
pub(super) type Tags<'e> = Vec<(String, std::borrow::Cow<'e, str>)>;

/// The tags of these events.
pub(super) fn tags(events: &[Event]) -> Tags<'_> {
    events
        .iter()
        .flat_map(|event| {
            event.attributes.iter().map(|attribute| {
                let tag = format!("{}.{}", event.kind, attribute.key);
                (tag, attribute.value.as_str().into())
            })
        })
        .collect()
}

/// The tags of a transaction.
pub(super) fn tx_tags(tx: &TxResult) -> Tags<'_> {
    let mut all = tags(&tx.events);
    all.push(("tm.event".to_owned(), "Tx".into()));
    all.push(("tx.hash".to_owned(), tx.hash.to_string().into()));
    all.push(("tx.height".to_owned(), tx.height.to_string().into()));
    all
}

impl Search {
    /// Whether all conditions hold.
    pub(super) fn matches(&self, tags: &Tags<'_>) -> bool {
        self.conditions.iter().all(|condition| {
            tags.iter()
                .any(|(tag, value)| *tag == condition.tag && condition.test.holds(value))
        })
    }

    /// The transactions for which all conditions hold, oldest first.
    pub(super) fn txs(&self, node: &Node) -> Vec<TxResult> {
        let all = node.blocks.iter().flat_map(|block| &block.txs);
        all.filter(|tx| self.matches(&tx_tags(tx)))
            .cloned()
            .collect()
    }

    /// The heights of the blocks for whose own events all conditions hold, oldest first.
    pub(super) fn blocks(&self, node: &Node) -> Vec<i64> {
        let matching = |block: &&BlockResult| {
            let mut all = tags(&block.events);
            all.push(("block.height".to_owned(), block.height.to_string().into()));
            self.matches(&all)
        };
        node.blocks
            .iter()
            .filter(matching)
            .map(|block| block.height)
            .collect()
    }
}

impl Test {
    fn holds(&self, value: &str) -> bool {
        match self {
            Self::Exists => true,
            Self::Contains(part) => value.contains(part.as_str()),
            Self::Is(whole) => value == whole,
            Self::Number(allowed, bound) => number(value)
                .and_then(|value| value.partial_cmp(bound))
                .is_some_and(|order| allowed.contains(&order)),
        }
    }
}

/// The number at the beginning of a value, such as that of an amount with its denomination.
fn number(value: &str) -> Option<f64> {
    let value = value.trim_matches('"');
    let end = value
        .find(|letter: char| !letter.is_ascii_digit() && letter != '.' && letter != '-')
        .unwrap_or(value.len());
    value.get(..end)?.parse().ok()
}

impl FromStr for Search {
    type Err = SearchError;

    fn from_str(text: &str) -> Result<Self, SearchError> {
        let expected = |what, rest: &str| SearchError {
            what,
            rest: rest.chars().take(40).collect(),
        };
        if text.len() > LONGEST {
            return Err(expected("a query of at most 4096 bytes", text));
        }
        let mut conditions = Vec::new();
        let mut rest = text.trim();
        loop {
            let end = rest
                .find(|letter: char| letter.is_whitespace() || "=<>".contains(letter))
                .ok_or_else(|| expected("a tag and a condition", rest))?;
            let (tag, tail) = rest.split_at(end);
            if tag.is_empty() {
                return Err(expected("a tag", rest));
            }
            let (test, tail) = condition(tail.trim_start()).map_err(|what| expected(what, tail))?;
            conditions.push(Condition {
                tag: tag.to_owned(),
                test,
            });
            rest = tail.trim_start();
            if rest.is_empty() {
                return Ok(Self { conditions });
            }
            rest = rest
                .strip_prefix("AND")
                .filter(|tail| tail.starts_with(char::is_whitespace))
                .ok_or_else(|| expected("AND", rest))?
                .trim_start();
        }
    }
}

/// What follows a tag, and the rest.
fn condition(text: &str) -> Result<(Test, &str), &'static str> {
    const OPERATORS: [(&str, &[Ordering]); 5] = [
        ("<=", &[Ordering::Less, Ordering::Equal]),
        (">=", &[Ordering::Greater, Ordering::Equal]),
        ("<", &[Ordering::Less]),
        (">", &[Ordering::Greater]),
        ("=", &[Ordering::Equal]),
    ];
    if let Some(tail) = text.strip_prefix("EXISTS") {
        return Ok((Test::Exists, tail));
    }
    if let Some(tail) = text.strip_prefix("CONTAINS") {
        let (value, tail) = quoted(tail.trim_start()).ok_or("a quoted value")?;
        return Ok((Test::Contains(value), tail));
    }
    for (operator, allowed) in OPERATORS {
        let Some(tail) = text.strip_prefix(operator) else {
            continue;
        };
        let tail = tail.trim_start();
        if let Some((value, tail)) = quoted(tail) {
            return match (operator, value.parse()) {
                ("=", _) => Ok((Test::Is(value), tail)),
                (_, Ok(bound)) => Ok((Test::Number(allowed, bound), tail)),
                _ => Err("a number"),
            };
        }
        let end = tail.find(char::is_whitespace).unwrap_or(tail.len());
        let (value, tail) = tail.split_at(end);
        let bound = value.parse().map_err(|_| "a number or a quoted value")?;
        return Ok((Test::Number(allowed, bound), tail));
    }
    Err("an operator")
}

/// A value in single quotes (in double quotes, too), and the rest.
fn quoted(text: &str) -> Option<(String, &str)> {
    let quote = text
        .chars()
        .next()
        .filter(|first| matches!(first, '\'' | '"'))?;
    let inner = text.get(1..)?;
    let mut value = String::new();
    let mut letters = inner.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => value.push(letters.next()?.1),
            _ if letter == quote => return Some((value, inner.get(at + 1..)?)),
            _ => value.push(letter),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(query: &str, tags: &[(&str, &str)]) -> bool {
        let tags = tags
            .iter()
            .map(|(tag, value)| ((*tag).to_owned(), (*value).into()))
            .collect();
        query.parse::<Search>().unwrap().matches(&tags)
    }

    #[test]
    fn conditions_are_tested() {
        let tags = [
            ("tm.event", "Tx"),
            ("tx.height", "12"),
            ("coin.amount", "500uakt"),
        ];
        for (query, holds) in [
            ("tm.event='Tx'", true),
            ("tm.event = 'Tx' AND tx.height>11", true),
            ("tm.event='Tx' AND tx.height > 12", false),
            ("tx.height<=12 AND tx.height >= 12 AND tx.height=12", true),
            ("tx.height < 12", false),
            ("coin.amount>499", true),
            ("coin.amount CONTAINS 'uakt'", true),
            ("coin.amount CONTAINS 'uact'", false),
            ("coin.denom EXISTS", false),
            ("coin.amount EXISTS AND tm.event='NewBlock'", false),
            ("tm.event='T\\'x'", false),
        ] {
            assert_eq!(matches(query, &tags), holds, "{query}");
        }
    }

    #[test]
    fn what_is_no_query_is_refused() {
        for query in [
            "",
            "tm.event",
            "='a'",
            "a=",
            "a='b",
            "a='b' OR c='d'",
            "a='b' AND",
            "a<'b'",
            "a ! 1",
            "a='b'AND",
            "a CONTAINS 1",
            "a='\\",
            "é",
        ] {
            assert!(query.parse::<Search>().is_err(), "{query}");
        }
        assert!("a".repeat(5_000).parse::<Search>().is_err());
    }
}
