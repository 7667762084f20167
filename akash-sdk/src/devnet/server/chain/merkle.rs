//! The Merkle tree of CometBFT (RFC 6962): leaves and inner nodes are hashed apart, the left side is a full tree.

use sha2::{Digest, Sha256};

pub(in super::super) type Hash = [u8; 32];

fn leaf(item: &[u8]) -> Hash {
    Sha256::new()
        .chain_update([0])
        .chain_update(item)
        .finalize()
        .into()
}

fn inner(left: &Hash, right: &Hash) -> Hash {
    Sha256::new()
        .chain_update([1])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

fn join(hashes: &[Hash]) -> Hash {
    match hashes {
        [] => Sha256::digest([]).into(),
        [one] => *one,
        more => {
            let (left, right) = more.split_at(half(more.len()));
            inner(&join(left), &join(right))
        }
    }
}

/// The largest power of two below `len`, which is at least 2.
fn half(len: usize) -> usize {
    let power = len.next_power_of_two();
    if power == len { len / 2 } else { power / 2 }
}

/// The root over these items.
pub(in super::super) fn root<T: AsRef<[u8]>>(items: &[T]) -> Hash {
    let hashes: Vec<Hash> = items.iter().map(|item| leaf(item.as_ref())).collect();
    join(&hashes)
}

/// The hash of an item's leaf, and the siblings on the way from it to the root.
pub(in super::super) fn proof<T: AsRef<[u8]>>(
    items: &[T],
    index: usize,
) -> Option<(Hash, Vec<Hash>)> {
    let hashes: Vec<Hash> = items.iter().map(|item| leaf(item.as_ref())).collect();
    let own = *hashes.get(index)?;
    let mut aunts = Vec::new();
    let (mut rest, mut index) = (hashes.as_slice(), index);
    while rest.len() > 1 {
        let at = half(rest.len());
        let (left, right) = rest.split_at(at);
        if index < at {
            aunts.push(join(right));
            rest = left;
        } else {
            aunts.push(join(left));
            rest = right;
            index -= at;
        }
    }
    aunts.reverse();
    Some((own, aunts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proofs_lead_to_the_root() {
        for count in 1..=9_u8 {
            let items: Vec<[u8; 1]> = (0..count).map(|n| [n]).collect();
            for index in 0..items.len() {
                let (mut hash, aunts) = proof(&items, index).unwrap();
                // Climb again, with the same splits from the bottom.
                let mut sides = Vec::new();
                let (mut len, mut at) = (items.len(), index);
                while len > 1 {
                    let left = half(len);
                    sides.push(at < left);
                    (len, at) = if at < left {
                        (left, at)
                    } else {
                        (len - left, at - left)
                    };
                }
                for (aunt, is_left) in aunts.iter().zip(sides.iter().rev()) {
                    hash = if *is_left {
                        inner(&hash, aunt)
                    } else {
                        inner(aunt, &hash)
                    };
                }
                assert_eq!(hash, root(&items), "{count} {index}");
            }
        }
        assert_eq!(proof(&[[0_u8]], 1), None);
    }
}
