//! How the chain compares GPU attributes when a bid is created (node x/market,
//! chain-sdk `go/node/deployment/v1beta4/groupspec.go`).
//!
//! Attributes are plain `(key, value)` pairs here, because the chain looks at nothing but text:
//! keys that no provider can parse are compared like any other.

use crate::glob;

/// The request side of a provider's on-chain attribute, or `None` if it is no GPU candidate.
///
/// A candidate starts with the *text* `capabilities/gpu` (so `capabilities/gpux/...` counts too) and
/// has at least three parts behind `capabilities/`; the first of these is dropped.
///
/// ```
/// use akash_gpu::attribute::chain::candidate;
///
/// let key = "capabilities/gpu/vendor/nvidia/model/a100";
/// assert_eq!(candidate(key), Some("vendor/nvidia/model/a100"));
/// assert_eq!(candidate("capabilities/gpu"), None);
/// assert_eq!(candidate("capabilities/gpu/nvidia"), None);
/// ```
#[must_use]
pub fn candidate(provider_key: &str) -> Option<&str> {
    let rest = provider_key.strip_prefix("capabilities/")?;
    if !rest.starts_with("gpu") {
        return None;
    }
    let (_, key) = rest.split_once('/')?;
    key.contains('/').then_some(key)
}

/// Whether one requested attribute is met by one provider attribute: the values are equal and the
/// requested key, read as a pattern, matches the candidate key.
///
/// ```
/// use akash_gpu::attribute::chain::attribute_matches;
///
/// let offered = ("capabilities/gpu/vendor/nvidia/model/a100/ram/80Gi", "true");
/// assert!(attribute_matches(("vendor/nvidia/model/a100/ram/80Gi", "true"), offered));
/// assert!(!attribute_matches(("vendor/nvidia/model/a100", "true"), offered));
/// ```
#[must_use]
pub fn attribute_matches(request: (&str, &str), provider: (&str, &str)) -> bool {
    request.1 == provider.1
        && candidate(provider.0).is_some_and(|candidate| glob::matches(request.0, candidate))
}

/// Whether the GPU attributes of one resource unit are met by a provider's own attributes.
///
/// **Any one** requested attribute met is enough: a GPU list is an *or* list. A unit without GPU
/// attributes always passes here (and never at a provider, if it asks for GPUs).
///
/// ```
/// use akash_gpu::attribute::chain::unit_matches;
///
/// let provider = [("capabilities/gpu/vendor/nvidia/model/h100", "true")];
/// let request = [("vendor/nvidia/model/a100", "true"), ("vendor/nvidia/model/h100", "true")];
/// assert!(unit_matches(request, provider));
/// assert!(!unit_matches(request[..1].iter().copied(), provider));
/// ```
#[must_use]
pub fn unit_matches<'r, 'p, R, P>(request: R, provider: P) -> bool
where
    R: IntoIterator<Item = (&'r str, &'r str)>,
    P: IntoIterator<Item = (&'p str, &'p str)>,
    P::IntoIter: Clone,
{
    let mut request = request.into_iter().peekable();
    let provider = provider.into_iter();
    request.peek().is_none()
        || request.any(|wanted| {
            provider
                .clone()
                .any(|offered| attribute_matches(wanted, offered))
        })
}

/// Whether a key passes the chain's rule for attribute keys: a letter, then 1 to 126 of
/// `A-Z a-z 0-9 _ / . -`, then at most one more word character or `*`; ASCII only.
///
/// ```
/// use akash_gpu::attribute::chain::is_valid_key;
///
/// assert!(is_valid_key("vendor/nvidia/model/*"));
/// assert!(!is_valid_key("vendor/nvidia/model/*/ram/80Gi"));
/// assert!(!is_valid_key("vendor/nvidia/model/rtx 4090"));
/// ```
#[must_use]
pub fn is_valid_key(key: &str) -> bool {
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let middle = |b: u8| word(b) || matches!(b, b'/' | b'.' | b'-');
    let Some((first, rest)) = key.as_bytes().split_first() else {
        return false;
    };
    if !first.is_ascii_alphabetic() {
        return false;
    }
    let Some((last, body)) = rest.split_last() else {
        return false;
    };
    // The optional last character may be a star or, when 127 characters follow the first, a word.
    match body.len() {
        0 => middle(*last),
        1..=125 => body.iter().all(|b| middle(*b)) && (middle(*last) || *last == b'*'),
        126 => body.iter().all(|b| middle(*b)) && (word(*last) || *last == b'*'),
        _ => false,
    }
}
