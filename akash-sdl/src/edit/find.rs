//! From a path to a place in the text.

use super::error::EditError;
use super::path::{Path, Step};
use crate::diagnostic::nearest;
use crate::yaml::{Kind, Node, Tree};

/// A place in a tree.
pub(super) struct Found<'t, 'a> {
    pub(super) node: Node<'t, 'a>,
    /// The map or list that holds it and which pair or item of that it is; none for the document.
    pub(super) holder: Option<(Node<'t, 'a>, usize)>,
}

pub(super) fn find<'t, 'a>(tree: &'t Tree<'a>, path: &Path) -> Result<Found<'t, 'a>, EditError> {
    let root = tree.root();
    // A section that stands again adds to the one before, and what stands later counts; only of
    // `version` the first counts.
    let sections: Vec<_> = match path.steps().first() {
        Some(Step::Key(key)) if key != "version" => matching(root, key).collect(),
        _ => Vec::new(),
    };
    let mut missing = None;
    for (at, node) in sections.into_iter().rev() {
        let holder = Some((root, at));
        match walk(Found { node, holder }, path, 1) {
            Err(error @ EditError::NoSuchPath { .. }) => {
                missing.get_or_insert(error);
            }
            result => return result,
        }
    }
    match missing {
        Some(error) => Err(error),
        None => {
            let node = root;
            let holder = None;
            walk(Found { node, holder }, path, 0)
        }
    }
}

/// Follows the steps from a depth on.
fn walk<'t, 'a>(
    mut found: Found<'t, 'a>,
    path: &Path,
    from: usize,
) -> Result<Found<'t, 'a>, EditError> {
    for depth in from..path.steps().len() {
        found = step(found.node, path, depth)?;
    }
    Ok(found)
}

/// The pairs of a map with a key: which ones they are, and their values.
fn matching<'t, 'a>(map: Node<'t, 'a>, key: &str) -> impl Iterator<Item = (usize, Node<'t, 'a>)> {
    map.pairs()
        .enumerate()
        .filter(move |(_, (name, _))| name.kind() == Kind::Scalar && name.text() == key)
        .map(|(at, (_, value))| (at, value))
}

/// The part of a path up to a step, that step included.
fn upto(path: &Path, depth: usize) -> Path {
    let steps = path.steps().iter().take(depth + 1);
    steps.fold(Path::root(), |path, step| match step {
        Step::Key(key) => path.key(key),
        Step::Item(index) => path.item(*index),
    })
}

fn nowhere(node: Node<'_, '_>, path: &Path, depth: usize) -> EditError {
    let nearest = match path.steps().get(depth) {
        Some(Step::Key(key)) => nearest(key, node.pairs().map(|(name, _)| name.text()).take(200)),
        _ => None,
    };
    EditError::NoSuchPath {
        path: upto(path, depth),
        at: node.position(),
        nearest: nearest.map(str::to_owned),
    }
}

/// Follows one step of the path.
fn step<'t, 'a>(node: Node<'t, 'a>, path: &Path, depth: usize) -> Result<Found<'t, 'a>, EditError> {
    if let Some(target) = node.alias_target() {
        return Err(EditError::Shared {
            path: upto(path, depth),
            at: target.position(),
            alias: node.position(),
        });
    }
    let child = match path.steps().get(depth) {
        Some(Step::Key(key)) => {
            let own = matching(node, key).next();
            let merge = node.pairs().find(|(name, _)| name.is_merge());
            if let (None, Some((merge, _))) = (own, merge)
                && comes_by_merge(node, key)
            {
                return Err(EditError::Merged {
                    path: upto(path, depth),
                    at: node.position(),
                    merge: merge.position(),
                });
            }
            own
        }
        Some(Step::Item(index)) => node.items().nth(*index).map(|item| (*index, item)),
        None => None,
    };
    match child {
        Some((at, child)) => Ok(Found {
            node: child,
            holder: Some((node, at)),
        }),
        None => Err(nowhere(node, path, depth)),
    }
}

/// Whether a map gets a key by its merge key.
fn comes_by_merge(map: Node<'_, '_>, key: &str) -> bool {
    map.to_value().is_ok_and(|value| value.get(key).is_some())
}
