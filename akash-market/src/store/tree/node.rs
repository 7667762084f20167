//! Nodes: how they are searched, split and joined.

#![allow(
    clippy::indexing_slicing,
    reason = "hot; every index comes from a search in the same node, whose vectors have matching lengths"
)]

use std::borrow::Borrow;
use std::sync::Arc;

/// Most entries of a leaf, and most children of a branch: few large keys, so that putting one in moves little.
const fn most<K>() -> usize {
    if size_of::<K>() > 48 { 16 } else { 64 }
}

/// A node with fewer is joined with a neighbour if both fit into one.
const fn few<K>() -> usize {
    most::<K>() / 4
}

/// A part of a tree. Leaves are at the same depth everywhere.
#[derive(Clone)]
pub(super) enum Node<K, V> {
    /// Entries, sorted; as many keys as values.
    Leaf { keys: Vec<K>, values: Vec<V> },
    /// Children, sorted, and the lowest key of each but the first.
    Branch {
        keys: Vec<K>,
        children: Vec<Arc<Self>>,
    },
}

/// What an insertion did to a node.
pub(super) enum Inserted<K, V> {
    /// There was a value at the key.
    Replaced(V),
    /// The entry is new.
    Added,
    /// The entry is new and the node was too full: this is its upper part with its lowest key.
    Split(K, Arc<Node<K, V>>),
}

impl<K, V> Node<K, V> {
    pub(super) const fn empty() -> Self {
        Self::Leaf {
            keys: Vec::new(),
            values: Vec::new(),
        }
    }

    /// A branch over two nodes.
    pub(super) fn over(left: Arc<Self>, key: K, right: Arc<Self>) -> Self {
        let (mut keys, mut children) = (
            Vec::with_capacity(most::<K>()),
            Vec::with_capacity(most::<K>()),
        );
        keys.push(key);
        children.push(left);
        children.push(right);
        Self::Branch { keys, children }
    }

    /// Entries of a leaf, children of a branch.
    const fn len(&self) -> usize {
        match self {
            Self::Leaf { keys, .. } => keys.len(),
            Self::Branch { children, .. } => children.len(),
        }
    }

    pub(super) fn only_child(&self) -> Option<Arc<Self>> {
        match self {
            Self::Branch { children, .. } if children.len() == 1 => children.first().cloned(),
            Self::Leaf { .. } | Self::Branch { .. } => None,
        }
    }
}

/// Which child a key belongs to.
#[inline]
pub(super) fn child_of<K, Q>(keys: &[K], key: &Q) -> usize
where
    K: Borrow<Q>,
    Q: Ord + ?Sized,
{
    keys.partition_point(|low| low.borrow().cmp(key).is_le())
}

#[inline]
fn search<K, Q>(keys: &[K], key: &Q) -> Result<usize, usize>
where
    K: Borrow<Q>,
    Q: Ord + ?Sized,
{
    keys.binary_search_by(|found| found.borrow().cmp(key))
}

impl<K, V> Node<K, V> {
    #[inline]
    pub(super) fn get<Q>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
        Q: Ord + ?Sized,
    {
        let mut node = self;
        loop {
            match node {
                Self::Branch { keys, children } => node = &children[child_of(keys, key)],
                Self::Leaf { keys, values } => {
                    return search(keys, key).ok().map(|at| &values[at]);
                }
            }
        }
    }
}

pub(super) fn get_mut<'a, K, V, Q>(node: &'a mut Arc<Node<K, V>>, key: &Q) -> Option<&'a mut V>
where
    K: Borrow<Q> + Clone,
    V: Clone,
    Q: Ord + ?Sized,
{
    let mut node = Arc::make_mut(node);
    loop {
        match node {
            Node::Branch { keys, children } => {
                node = Arc::make_mut(&mut children[child_of(keys, key)]);
            }
            Node::Leaf { keys, values } => {
                return search(keys, key).ok().map(|at| &mut values[at]);
            }
        }
    }
}

pub(super) fn insert<K: Ord + Clone, V: Clone>(
    node: &mut Arc<Node<K, V>>,
    key: K,
    value: V,
) -> Inserted<K, V> {
    match Arc::make_mut(node) {
        Node::Leaf { keys, values } => match search(keys, &key) {
            Ok(at) => Inserted::Replaced(std::mem::replace(&mut values[at], value)),
            Err(at) if keys.len() < most::<K>() => {
                keys.insert(at, key);
                values.insert(at, value);
                Inserted::Added
            }
            Err(at) => {
                // Keys that only grow leave full leaves behind.
                let most = most::<K>();
                let half = if at == most { most } else { most / 2 };
                let mut upper = split(keys, half, most);
                let mut upper_values = split(values, half, most);
                if at >= half {
                    upper.insert(at - half, key);
                    upper_values.insert(at - half, value);
                } else {
                    keys.insert(at, key);
                    values.insert(at, value);
                }
                Inserted::Split(
                    upper[0].clone(),
                    Arc::new(Node::Leaf {
                        keys: upper,
                        values: upper_values,
                    }),
                )
            }
        },
        Node::Branch { keys, children } => {
            let at = child_of(keys, &key);
            let (key, right) = match insert(&mut children[at], key, value) {
                Inserted::Split(key, right) => (key, right),
                done @ (Inserted::Replaced(_) | Inserted::Added) => return done,
            };
            keys.insert(at, key);
            children.insert(at + 1, right);
            let most = most::<K>();
            if children.len() <= most {
                return Inserted::Added;
            }
            // The key before the upper part's first child goes up.
            let half = if at >= most - 1 { most - 1 } else { most / 2 };
            let upper_children = split(children, half, most);
            let upper = split(keys, half, most);
            let Some(key) = keys.pop() else {
                return Inserted::Added;
            };
            Inserted::Split(
                key,
                Arc::new(Node::Branch {
                    keys: upper,
                    children: upper_children,
                }),
            )
        }
    }
}

/// The elements from `at` on, with room for a full node.
fn split<T>(elements: &mut Vec<T>, at: usize, most: usize) -> Vec<T> {
    let mut upper = Vec::with_capacity(most + 1);
    upper.extend(elements.drain(at.min(elements.len())..));
    upper
}

pub(super) fn remove<K, V, Q>(node: &mut Arc<Node<K, V>>, key: &Q) -> Option<(K, V)>
where
    K: Borrow<Q> + Clone,
    V: Clone,
    Q: Ord + ?Sized,
{
    match Arc::make_mut(node) {
        Node::Leaf { keys, values } => {
            let at = search(keys, key).ok()?;
            Some((keys.remove(at), values.remove(at)))
        }
        Node::Branch { keys, children } => {
            let at = child_of(keys, key);
            let removed = remove(&mut children[at], key)?;
            if children[at].len() < few::<K>() {
                join(keys, children, at);
            }
            Some(removed)
        }
    }
}

/// Joins a small child with a neighbour, if both fit into one node.
fn join<K: Clone, V: Clone>(keys: &mut Vec<K>, children: &mut Vec<Arc<Node<K, V>>>, at: usize) {
    let fits = |left: usize| {
        matches!((children.get(left), children.get(left + 1)),
            (Some(a), Some(b)) if a.len() + b.len() <= most::<K>())
    };
    let left = if fits(at) {
        at
    } else if at > 0 && fits(at - 1) {
        at - 1
    } else {
        return;
    };
    let right = Arc::unwrap_or_clone(children.remove(left + 1));
    let between = keys.remove(left);
    match (Arc::make_mut(&mut children[left]), right) {
        (
            Node::Leaf { keys, values },
            Node::Leaf {
                keys: more,
                values: more_values,
            },
        ) => {
            keys.extend(more);
            values.extend(more_values);
        }
        (
            Node::Branch { keys, children },
            Node::Branch {
                keys: more,
                children: more_children,
            },
        ) => {
            keys.push(between);
            keys.extend(more);
            children.extend(more_children);
        }
        // Neighbours are at the same depth.
        (Node::Leaf { .. }, Node::Branch { .. }) | (Node::Branch { .. }, Node::Leaf { .. }) => {}
    }
}
