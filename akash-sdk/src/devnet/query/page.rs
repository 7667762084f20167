//! Pages of lists, in the two ways of the chain: the market's own, whose total is that of the page, and that of the
//! Cosmos modules, whose total is that of the list.

use super::Failure;
use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};

/// Items in a page that names no limit.
const DEFAULT_LIMIT: usize = 100;

pub(super) fn limit(request: &PageRequest) -> usize {
    match usize::try_from(request.limit) {
        Ok(0) => DEFAULT_LIMIT,
        Ok(limit) => limit,
        Err(_) => usize::MAX,
    }
}

fn size(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// How a list of a Cosmos module is walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Walk {
    /// From the greatest key to the least, unless that is turned round.
    pub(super) descends: bool,
    /// A list of which no limit is given is counted unasked.
    pub(super) counts_all: bool,
    /// A page behind the end of the list is not counted.
    pub(super) forgets_beyond: bool,
    /// How gRPC calls it if a page is given by key and offset.
    pub(super) doubly_given: u32,
}

/// Lists that the chain walks in its store.
const STORED: Walk = Walk {
    descends: false,
    counts_all: true,
    forgets_beyond: false,
    doubly_given: 13,
};

/// Lists that the chain walks as collections.
pub(super) const COLLECTION: Walk = Walk {
    descends: false,
    counts_all: true,
    forgets_beyond: true,
    doubly_given: 2,
};

/// One page of a list that the chain walks in its store. `key` gives the part of an item's store key by which a page
/// begins.
pub(super) fn plain<T>(
    all: Vec<T>,
    request: Option<&PageRequest>,
    key: impl Fn(&T) -> Vec<u8>,
) -> Result<(Vec<T>, PageResponse), Failure> {
    walked(all, request, STORED, key)
}

/// One page of a list that is given in the order in which it is walked.
pub(super) fn walked<T>(
    mut all: Vec<T>,
    request: Option<&PageRequest>,
    walk: Walk,
    key: impl Fn(&T) -> Vec<u8>,
) -> Result<(Vec<T>, PageResponse), Failure> {
    let request = request.cloned().unwrap_or_default();
    if request.offset > 0 && !request.key.is_empty() {
        return Err(Failure {
            code: walk.doubly_given,
            message: "invalid request, either offset or key is expected, got both".to_owned(),
        });
    }
    if request.reverse {
        all.reverse();
    }
    let total = all.len();
    let first = if request.key.is_empty() {
        usize::try_from(request.offset).unwrap_or(usize::MAX)
    } else {
        // The key of a page that is no more begins at the next item.
        let found = all.iter().position(|item| {
            let at = key(item);
            if request.reverse == walk.descends {
                at >= request.key
            } else {
                at <= request.key
            }
        });
        found.unwrap_or(usize::MAX)
    };
    let mut rest = all.into_iter().skip(first);
    let items: Vec<T> = rest.by_ref().take(limit(&request)).collect();
    let next_key = rest.next().map(|item| key(&item)).unwrap_or_default();
    let is_counted = request.key.is_empty()
        && (request.count_total || (request.limit == 0 && walk.counts_all))
        && !(walk.forgets_beyond && first > total);
    let total = if is_counted { size(total) } else { 0 };
    Ok((items, PageResponse { next_key, total }))
}

/// Where a page of the market begins: the states still to walk, how the list is read, and the first item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Start {
    pub(super) states: Vec<u8>,
    pub(super) prefix: Vec<u8>,
    pub(super) primary: Vec<u8>,
    pub(super) extra: Vec<u8>,
}

impl Start {
    /// Bytes of the parts that each key has.
    fn length(&self) -> usize {
        let parts = [&self.states, &self.prefix, &self.primary];
        parts.iter().map(|part| part.len().saturating_add(1)).sum()
    }

    /// The start as the chain writes it into a page's key: the parts with their lengths behind a checksum.
    pub(super) fn encode(&self) -> Vec<u8> {
        let mut body = Vec::new();
        for part in [&self.states, &self.prefix, &self.primary] {
            body.push(u8::try_from(part.len()).unwrap_or(u8::MAX));
            body.extend(part);
        }
        if !self.extra.is_empty() {
            body.push(u8::try_from(self.extra.len()).unwrap_or(u8::MAX));
            body.extend(&self.extra);
        }
        let mut key = crc32(&body).to_be_bytes().to_vec();
        key.extend(body);
        key
    }

    /// Reads such a key.
    pub(super) fn decode(key: &[u8]) -> Result<Self, Failure> {
        let wrong = |what: &str| Failure::invalid(format!("pagination: invalid key: {what}"));
        let (sum, body) = key
            .split_first_chunk::<4>()
            .filter(|(_, body)| !body.is_empty())
            .ok_or_else(|| wrong("invalid key length"))?;
        let (given, computed) = (u32::from_be_bytes(*sum), crc32(body));
        if given != computed {
            return Err(wrong(&format!(
                "invalid checksum, 0x{given:x} != 0x{computed:x}"
            )));
        }
        let mut rest = body;
        let mut part = || -> Result<Vec<u8>, Failure> {
            let cut = rest
                .split_first()
                .and_then(|(length, after)| after.split_at_checked(usize::from(*length)));
            let (part, after) = cut.ok_or_else(|| wrong("invalid state length"))?;
            rest = after;
            Ok(part.to_vec())
        };
        let mut start = Self {
            states: part()?,
            prefix: part()?,
            primary: part()?,
            extra: Vec::new(),
        };
        if body.len() > start.length() {
            start.extra = part()?;
        }
        Ok(start)
    }
}

/// The checksum of IEEE 802.3.
fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            let odd = sum & 1 == 1;
            sum >>= 1;
            if odd {
                sum ^= 0xedb8_8320;
            }
        }
    }
    !sum
}

/// A page of the market and what begins the next.
pub(super) fn page_of<T>(items: Vec<T>, next: Option<Vec<u8>>) -> (Vec<T>, PageResponse) {
    let total = size(items.len());
    let next_key = next.unwrap_or_default();
    (items, PageResponse { next_key, total })
}

/// One page of the market's items when all of them are at hand in the order in which they are asked for, each with where
/// a page would begin with it.
pub(super) fn of_all<T>(
    all: Vec<(Start, T)>,
    request: Option<&PageRequest>,
) -> Result<(Vec<T>, PageResponse), Failure> {
    let request = request.cloned().unwrap_or_default();
    let mut first = usize::try_from(request.offset).unwrap_or(usize::MAX);
    if !request.key.is_empty() {
        let start = Start::decode(&request.key)?;
        let found = all
            .iter()
            .position(|(at, _)| (&at.prefix, &at.primary) == (&start.prefix, &start.primary));
        first = found.unwrap_or(usize::MAX);
    }
    let mut rest = all.into_iter().skip(first);
    let items: Vec<T> = rest
        .by_ref()
        .take(limit(&request))
        .map(|(_, item)| item)
        .collect();
    let next = rest.next().map(|(start, _)| start.encode());
    Ok(page_of(items, next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_are_read_and_written() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        let start = Start {
            states: vec![2, 3, 4],
            prefix: vec![2],
            primary: b"key".to_vec(),
            extra: vec![1],
        };
        let mut key = start.encode();
        assert_eq!(Start::decode(&key), Ok(start));
        key[5] ^= 1;
        let message = |key: &[u8]| Start::decode(key).unwrap_err().message;
        assert!(message(&key).starts_with("pagination: invalid key: invalid checksum, 0x"));
        assert_eq!(
            message(&[1, 2, 3]),
            "pagination: invalid key: invalid key length"
        );
        let mut short = crc32(&[0]).to_be_bytes().to_vec();
        short.push(0);
        assert_eq!(
            message(&short),
            "pagination: invalid key: invalid state length"
        );
    }

    #[test]
    fn plain_pages_fit_together() {
        let all: Vec<u8> = (0..5).collect();
        let key = |item: &u8| vec![*item];
        let (items, page) = plain(all.clone(), None, key).unwrap();
        assert_eq!((items.len(), page.total, page.next_key.len()), (5, 5, 0));
        let mut request = PageRequest {
            limit: 2,
            ..PageRequest::default()
        };
        let mut found = Vec::new();
        loop {
            let (items, page) = plain(all.clone(), Some(&request), key).unwrap();
            found.extend(items);
            assert_eq!(page.total, 0);
            if page.next_key.is_empty() {
                break;
            }
            request.key = page.next_key;
        }
        assert_eq!(found, all);
    }
}
