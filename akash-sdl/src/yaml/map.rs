//! The entries of a map: duplicate keys refused, merge keys expanded.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::budget::Budget;
use super::error::{Error, ErrorKind};
use super::resolve::Resolved;
use super::timestamp::Timestamp;
use super::tree::{Kind, Node, Pairs};

/// An entry of a map whose keys are texts.
#[derive(Debug, Clone)]
pub struct Entry<'t, 'a> {
    /// The key as text: as written, whatever it would mean on its own.
    pub name: Cow<'t, str>,
    /// The node of the key.
    pub key: Node<'t, 'a>,
    /// The node of the value; decode it through the budget handed over with it.
    pub value: Node<'t, 'a>,
}

impl<'t, 'a> Node<'t, 'a> {
    /// Refuses two keys of a map with the same kind and text, even if only one is quoted.
    ///
    /// # Errors
    /// [`ErrorKind::DuplicateKey`] at the first key that repeats an earlier one.
    pub fn check_unique_keys(self) -> Result<(), Error> {
        const SMALL: usize = 12;
        let pairs = self.pairs();
        let identity = |key: Node<'t, 'a>| (key.kind() as u8, key.text());
        let repeated = if pairs.len() <= SMALL {
            pairs.clone().enumerate().find_map(|(index, (key, _))| {
                let mut earlier = pairs.clone().take(index).map(|(key, _)| key);
                Some((
                    earlier.find(|&first| identity(first) == identity(key))?,
                    key,
                ))
            })
        } else {
            let mut keys: Vec<_> = pairs.map(|(key, _)| key).collect();
            keys.sort_by(|&a, &b| identity(a).cmp(&identity(b)).then(a.id().cmp(&b.id())));
            let neighbours = keys.iter().zip(keys.iter().skip(1));
            neighbours
                .filter(|&(&a, &b)| identity(a) == identity(b))
                .map(|(&first, &key)| (first, key))
                .min_by_key(|(_, key)| key.id())
        };
        match repeated {
            None => Ok(()),
            Some((first, key)) => Err(key.error(ErrorKind::DuplicateKey {
                key: key.text().into(),
                first: first.position(),
            })),
        }
    }

    /// Keys and values of a map in which nothing needs care: all keys are texts as they stand, without
    /// tags, and no two alike. [`entries`](Self::entries) visits the same ones.
    pub(crate) fn plain_pairs(self) -> Option<Pairs<'t, 'a>> {
        let data = self.data();
        if data.kind != Kind::Mapping || data.properties > 0 {
            return None;
        }
        let mut seen = 0u64;
        let mut alike = false;
        for (key, _) in self.pairs() {
            let data = key.data();
            if data.kind != Kind::Scalar || data.properties > 0 {
                return None;
            }
            let text = key.text();
            // Keys with different marks differ.
            let mark = match text.as_bytes() {
                [b'<', ..] | [b'~' | b'n' | b'N', ..] | [] if key.is_null() || key.is_merge() => {
                    return None;
                }
                [first, .., last] => first.wrapping_mul(7) ^ last.wrapping_mul(31),
                [only] => *only,
                [] => 0,
            };
            let bit = 1u64 << ((u32::from(mark) ^ data.b) & 63);
            alike |= seen & bit != 0;
            seen |= bit;
        }
        if alike && self.check_unique_keys().is_err() {
            return None;
        }
        Some(self.pairs())
    }

    /// Visits the entries of a map with text keys as the reference reader decodes them: own entries in their
    /// order, then those that `<<` brings and no own entry hides. Null keys are left out.
    ///
    /// The node must be a map that was entered through [`Budget::decode`]. A name can come twice where its
    /// keys are spelled differently (one an alias, or `!!binary`): a struct destination refuses that, a map
    /// destination takes the later one.
    ///
    /// ```
    /// use akash_sdl::yaml::{self, Budget, Error};
    ///
    /// let tree = yaml::parse(b"base: &b {image: nginx, tag: 1.0}\nweb: {<<: *b, tag: 2.0}\n")?;
    /// let (_, web) = tree.root().pairs().nth(1).unwrap();
    /// let mut found = Vec::new();
    /// Budget::new(&tree).decode(web, |budget, web| {
    ///     web.entries(budget, &mut |budget, entry| {
    ///         let value = budget.decode(entry.value, |_, value| value.decode_str())?;
    ///         found.push(format!("{}={}", entry.name, value.unwrap_or_default()));
    ///         Ok::<(), Error>(())
    ///     })
    /// })?;
    /// assert_eq!(found, ["tag=2.0", "image=nginx"]);
    /// # Ok::<(), Error>(())
    /// ```
    ///
    /// # Errors
    /// What `visit` returns, and: duplicate keys, keys that are lists or maps, `<<` with something else than
    /// maps, and the errors of [`Budget::decode`].
    pub fn entries<E: From<Error>>(
        self,
        budget: &mut Budget,
        visit: &mut dyn FnMut(&mut Budget, Entry<'t, 'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        walk(self, budget, true, None, &mut |budget, name, key, value| {
            let name = match name {
                Key::Text(Cow::Borrowed(_)) => Cow::Borrowed(key.resolved().text()),
                Key::Text(Cow::Owned(bytes)) => match String::from_utf8(bytes) {
                    Ok(name) => Cow::Owned(name),
                    Err(_) => return Err(key.error(ErrorKind::BinaryNotText).into()),
                },
                _ => return Ok(()),
            };
            visit(budget, Entry { name, key, value })
        })
    }
}

/// A key that can be compared, as Go compares keys of an untyped map.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key<'t> {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    /// Bits of a float that is a number; zero without sign.
    Float(u64),
    Text(Cow<'t, [u8]>),
    /// A time in UTC.
    Time((i64, u32)),
    /// Not-a-number and times with a zone, which never equal another; the id of the node.
    Unique(u32),
}

impl<'t> Key<'t> {
    /// The key as a text destination takes it; none for null.
    fn text(node: Node<'t, '_>) -> Result<Option<Self>, Error> {
        if node.kind() != Kind::Scalar {
            return Err(node.error(ErrorKind::InvalidKey));
        }
        Ok(node.decode_bytes()?.map(Key::Text))
    }

    /// The key as an untyped destination takes it.
    fn any(node: Node<'t, '_>) -> Result<Self, Error> {
        if node.kind() != Kind::Scalar {
            return Err(node.error(ErrorKind::InvalidKey));
        }
        Ok(match node.resolve()? {
            Resolved::Null => Self::Null,
            Resolved::Bool(value) => Self::Bool(value),
            Resolved::Int(value) => Self::Int(value),
            Resolved::Uint(value) => Self::Uint(value),
            Resolved::Float(value) if value.is_nan() => Self::Unique(node.id()),
            Resolved::Float(value) => Self::Float((value + 0.0).to_bits()),
            Resolved::Timestamp(
                time @ Timestamp {
                    offset_minutes: 0, ..
                },
            ) => Self::Time(time.instant()),
            Resolved::Timestamp(_) => Self::Unique(node.id()),
            Resolved::Str(_) | Resolved::Merge => Self::Text(Cow::Borrowed(node.text().as_bytes())),
            Resolved::Binary(bytes) => Self::Text(Cow::Owned(bytes)),
        })
    }
}

/// Takes name, key and value of an entry.
type Visit<'v, 't, 'a, E> =
    dyn FnMut(&mut Budget, Key<'t>, Node<'t, 'a>, Node<'t, 'a>) -> Result<(), E> + 'v;

/// Visits own entries, then merged ones; `merged` are the keys an outer map has already, if this one is merged.
pub(super) fn walk<'t, 'a, E: From<Error>>(
    map: Node<'t, 'a>,
    budget: &mut Budget,
    texts: bool,
    mut merged: Option<&mut BTreeSet<Key<'t>>>,
    visit: &mut Visit<'_, 't, 'a, E>,
) -> Result<(), E> {
    if map.kind() != Kind::Mapping {
        return Err(map.mismatch("a map").into());
    }
    map.check_unique_keys()?;
    let mut merge = None;
    for (key, value) in map.pairs() {
        if key.is_merge() {
            merge = Some(value);
            continue;
        }
        let name = budget.decode(key, |budget, node| {
            if node.tag().is_some() {
                budget.charge_binary(node)?;
            }
            if texts {
                Key::text(node)
            } else {
                Key::any(node).map(Some)
            }
        })?;
        let Some(name) = name else { continue };
        if let Some(merged) = merged.as_deref_mut()
            && !matches!(name, Key::Unique(_))
            && !merged.insert(name.clone())
        {
            continue;
        }
        visit(budget, name, key, value)?;
    }
    let Some(merge) = merge else { return Ok(()) };

    let mut own = BTreeSet::new();
    let merged = match merged {
        Some(merged) => merged,
        None => {
            // Own keys count as what they mean on their own, even where texts are wanted.
            for (key, _) in map.pairs() {
                own.insert(budget.decode(key, |_, node| Key::any(node))?);
            }
            &mut own
        }
    };
    let sources = match merge.kind() {
        Kind::Sequence => merge.items().collect(),
        _ => vec![merge],
    };
    for source in sources {
        if source.resolved().kind() != Kind::Mapping {
            return Err(source.error(ErrorKind::MergeValue).into());
        }
        budget.decode(source, |budget, source| {
            walk(source, budget, texts, Some(&mut *merged), visit)
        })?;
    }
    Ok(())
}
