use super::KeyError;
use std::fmt;
use std::str::FromStr;

/// A derivation path of BIP-32: which of the keys behind one mnemonic.
///
/// Read as the reference reads it (cosmos-sdk crypto/hd): `m/` may be missing, slashes at the end do not count, only
/// `'` marks a hardened step, a step is 0 to 2147483647. The empty path is the master key.
///
/// ```
/// use akash_sdk::signer::HdPath;
/// let path: HdPath = "44'/118'/0'/0/7/".parse()?;
/// assert_eq!(path, HdPath::akash(0, 7)?);
/// assert_eq!(path.to_string(), "m/44'/118'/0'/0/7");
/// # Ok::<(), akash_sdk::signer::KeyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HdPath(Vec<HdStep>);

/// One step of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HdStep {
    index: u32,
    hardened: bool,
}

/// Indices are below this.
const LIMIT: u32 = 1 << 31;
/// The reference has no limit; the format of extended keys has.
const MAX_DEPTH: usize = 255;

impl HdStep {
    /// The index, below 2^31.
    #[must_use]
    pub const fn index(self) -> u32 {
        self.index
    }

    /// Whether the child key can't be found from the public parent.
    #[must_use]
    pub const fn is_hardened(self) -> bool {
        self.hardened
    }
}

impl HdPath {
    /// `m/44'/118'/<account>'/0/<index>`, the paths of Akash wallets.
    ///
    /// # Errors
    /// If a number is 2^31 or more.
    pub fn akash(account: u32, index: u32) -> Result<Self, KeyError> {
        if account >= LIMIT || index >= LIMIT {
            return Err(KeyError::Path {
                path: format!("m/44'/118'/{account}'/0/{index}"),
                reason: "a step is a number from 0 to 2147483647",
            });
        }
        let step = |index, hardened| HdStep { index, hardened };
        Ok(Self(vec![
            step(44, true),
            step(118, true),
            step(account, true),
            step(0, false),
            step(index, false),
        ]))
    }

    /// The steps from the master key on.
    #[must_use]
    pub fn steps(&self) -> &[HdStep] {
        &self.0
    }
}

impl Default for HdPath {
    /// `m/44'/118'/0'/0/0`.
    fn default() -> Self {
        let step = |index, hardened| HdStep { index, hardened };
        Self(vec![
            step(44, true),
            step(118, true),
            step(0, true),
            step(0, false),
            step(0, false),
        ])
    }
}

impl FromStr for HdPath {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let refused = |reason| KeyError::Path {
            path: text.to_owned(),
            reason,
        };
        if text.is_empty() {
            return Ok(Self(Vec::new()));
        }
        let trimmed = text.trim_end_matches('/');
        let Some((first, _)) = trimmed.split_once('/') else {
            return Err(refused("it has a single part"));
        };
        if first.trim().is_empty() {
            return Err(refused("it begins with an empty part"));
        }
        let parts = if first == "m" { 1 } else { 0 };
        let steps = trimmed
            .split('/')
            .skip(parts)
            .map(|part| {
                let (digits, hardened) = match part.strip_suffix('\'') {
                    Some(digits) => (digits, true),
                    None => (part, false),
                };
                if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                    return Err(refused("a step is decimal digits and perhaps one '"));
                }
                match digits.parse() {
                    Ok(index) if index < LIMIT => Ok(HdStep { index, hardened }),
                    _ => Err(refused("a step is a number from 0 to 2147483647")),
                }
            })
            .collect::<Result<Vec<_>, _>>()?;
        if steps.len() > MAX_DEPTH {
            return Err(refused("it has more than 255 steps"));
        }
        Ok(Self(steps))
    }
}

impl fmt::Display for HdPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return Ok(());
        }
        f.write_str("m")?;
        for step in &self.0 {
            write!(f, "/{}", step.index)?;
            if step.hardened {
                f.write_str("'")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_the_first_akash_path() {
        assert_eq!(HdPath::default(), HdPath::akash(0, 0).unwrap());
        assert_eq!(HdPath::default().to_string(), "m/44'/118'/0'/0/0");
        assert!(HdPath::akash(LIMIT, 0).is_err());
    }

    #[test]
    fn text_and_path_are_inverse() {
        for text in ["", "m/0", "m/44'/118'/2147483647'/0/2147483647"] {
            assert_eq!(text.parse::<HdPath>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_the_reference_refuses_is_refused() {
        for text in [
            "m", "m/", "/", "//0", " /0", "m//0", "m/0''", "m/'", "m/+1", "m/1h", "0'",
        ] {
            assert!(text.parse::<HdPath>().is_err(), "{text:?}");
        }
        assert!(format!("m{}", "/0".repeat(256)).parse::<HdPath>().is_err());
    }
}
