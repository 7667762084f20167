//! A payload as the reference reads it: member names in any case, later members over earlier ones, `null` for nothing,
//! times as numbers or quoted numbers.

use super::tree::Tree;
use crate::cosmos::address::{ACCOUNT, parse};
use akash_market::address::Address;

/// A payload whose types are right; nothing else is.
#[derive(Debug, Default)]
pub(super) struct RawClaims {
    pub(super) issuer: String,
    pub(super) id: String,
    pub(super) expires_at: Option<i64>,
    pub(super) not_before: Option<i64>,
    pub(super) issued_at: Option<i64>,
    pub(super) version: String,
    pub(super) leases: RawLeases,
}

#[derive(Debug, Default)]
pub(super) struct RawLeases {
    pub(super) access: String,
    pub(super) scope: Option<Vec<String>>,
    pub(super) permissions: Option<Vec<RawPermission>>,
}

#[derive(Debug, Default)]
pub(super) struct RawPermission {
    /// None if empty.
    pub(super) provider: Option<Address>,
    pub(super) access: String,
    pub(super) scope: Option<Vec<String>>,
    pub(super) deployments: Option<Vec<RawDeployment>>,
}

#[derive(Debug, Default)]
pub(super) struct RawDeployment {
    pub(super) scope: Option<Vec<String>>,
    pub(super) dseq: u64,
    pub(super) gseq: u32,
    pub(super) oseq: u32,
    pub(super) services: Option<Vec<String>>,
}

/// A type that is wrong, in words.
pub(super) type Wrong = String;

/// A value that a member of an object is read into.
trait Slot {
    fn fill(&mut self, value: &Tree, at: &str) -> Result<(), Wrong>;
}

impl Slot for String {
    fn fill(&mut self, value: &Tree, at: &str) -> Result<(), Wrong> {
        match value {
            Tree::Null => Ok(()),
            Tree::Text(text) => {
                self.clone_from(text);
                Ok(())
            }
            _ => Err(format!("{at} must be a string")),
        }
    }
}

impl Slot for u64 {
    fn fill(&mut self, value: &Tree, at: &str) -> Result<(), Wrong> {
        match value {
            Tree::Null => Ok(()),
            Tree::Whole(number) => {
                *self = *number;
                Ok(())
            }
            _ => Err(format!("{at} must be a whole number of 64 bits")),
        }
    }
}

impl Slot for u32 {
    fn fill(&mut self, value: &Tree, at: &str) -> Result<(), Wrong> {
        let wrong = || format!("{at} must be a whole number of 32 bits");
        match value {
            Tree::Null => Ok(()),
            Tree::Whole(number) => {
                *self = Self::try_from(*number).map_err(|_| wrong())?;
                Ok(())
            }
            _ => Err(wrong()),
        }
    }
}

/// Lists: `null` is none, which differs from an empty one.
impl<T: Slot + Default> Slot for Option<Vec<T>> {
    fn fill(&mut self, value: &Tree, at: &str) -> Result<(), Wrong> {
        *self = match value {
            Tree::Null => None,
            Tree::List(items) => {
                let mut list = Vec::with_capacity(items.len());
                for (index, item) in items.iter().enumerate() {
                    let mut slot = T::default();
                    slot.fill(item, &format!("{at}[{index}]"))?;
                    list.push(slot);
                }
                Some(list)
            }
            _ => return Err(format!("{at} must be a list")),
        };
        Ok(())
    }
}

impl Slot for Option<Address> {
    fn fill(&mut self, value: &Tree, at: &str) -> Result<(), Wrong> {
        *self = match value {
            Tree::Null => None,
            Tree::Text(text) if text.is_empty() => None,
            Tree::Text(text) => {
                Some(parse(ACCOUNT, text).map_err(|error| format!("{at}: {error}"))?)
            }
            _ => return Err(format!("{at} must be an address")),
        };
        Ok(())
    }
}

/// A time in Unix seconds; fractions are cut toward the past.
struct Seconds<'a>(&'a mut Option<i64>);

impl Slot for Seconds<'_> {
    fn fill(&mut self, value: &Tree, at: &str) -> Result<(), Wrong> {
        let wrong = || format!("{at} must be a number of seconds");
        #[allow(clippy::cast_precision_loss, reason = "what the reference does")]
        let seconds = match value {
            Tree::Null => {
                *self.0 = None;
                return Ok(());
            }
            Tree::Whole(number) => *number as f64,
            Tree::Number(number) => *number,
            // A quoted number must be one of JSON's: no spaces, no plus, no leading zeros.
            Tree::Text(text) => match serde_json::from_str(text) {
                Ok(Tree::Whole(number)) if text.trim() == text => number as f64,
                Ok(Tree::Number(number)) if text.trim() == text => number,
                _ => return Err(wrong()),
            },
            _ => return Err(wrong()),
        };
        #[allow(clippy::cast_possible_truncation, reason = "saturates")]
        {
            *self.0 = Some(seconds.floor() as i64);
        }
        Ok(())
    }
}

/// `aud`: a text or a list of texts; its value does not matter.
struct Audience;

impl Slot for Audience {
    fn fill(&mut self, value: &Tree, at: &str) -> Result<(), Wrong> {
        match value {
            Tree::Null | Tree::Text(_) => Ok(()),
            Tree::List(items) if items.iter().all(|i| matches!(i, Tree::Text(_))) => Ok(()),
            _ => Err(format!("{at} must be a string or a list of strings")),
        }
    }
}

/// Reads the members of an object one after the other; `null` changes nothing.
fn members<'a>(
    value: &'a Tree,
    at: &str,
    mut take: impl FnMut(&str, &'a Tree) -> Result<(), Wrong>,
) -> Result<(), Wrong> {
    match value {
        Tree::Null => Ok(()),
        Tree::Object(list) => list
            .iter()
            .try_for_each(|(name, value)| take(&name.to_ascii_lowercase(), value)),
        _ => Err(format!("{at} must be an object")),
    }
}

impl Slot for RawClaims {
    fn fill(&mut self, value: &Tree, at: &str) -> Result<(), Wrong> {
        members(value, at, |name, value| match name {
            "iss" => self.issuer.fill(value, name),
            "sub" => String::new().fill(value, name),
            "aud" => Audience.fill(value, name),
            "exp" => Seconds(&mut self.expires_at).fill(value, name),
            "nbf" => Seconds(&mut self.not_before).fill(value, name),
            "iat" => Seconds(&mut self.issued_at).fill(value, name),
            "jti" => self.id.fill(value, name),
            "version" => self.version.fill(value, name),
            "leases" => self.leases.fill(value, name),
            _ => Ok(()),
        })
    }
}

impl Slot for RawLeases {
    fn fill(&mut self, value: &Tree, at: &str) -> Result<(), Wrong> {
        members(value, at, |name, value| {
            let place = format!("{at}.{name}");
            match name {
                "access" => self.access.fill(value, &place),
                "scope" => self.scope.fill(value, &place),
                "permissions" => self.permissions.fill(value, &place),
                _ => Ok(()),
            }
        })
    }
}

impl Slot for RawPermission {
    fn fill(&mut self, value: &Tree, at: &str) -> Result<(), Wrong> {
        members(value, at, |name, value| {
            let place = format!("{at}.{name}");
            match name {
                "provider" => self.provider.fill(value, &place),
                "access" => self.access.fill(value, &place),
                "scope" => self.scope.fill(value, &place),
                "deployments" => self.deployments.fill(value, &place),
                _ => Ok(()),
            }
        })
    }
}

impl Slot for RawDeployment {
    fn fill(&mut self, value: &Tree, at: &str) -> Result<(), Wrong> {
        members(value, at, |name, value| {
            let place = format!("{at}.{name}");
            match name {
                "scope" => self.scope.fill(value, &place),
                "dseq" => self.dseq.fill(value, &place),
                "gseq" => self.gseq.fill(value, &place),
                "oseq" => self.oseq.fill(value, &place),
                "services" => self.services.fill(value, &place),
                _ => Ok(()),
            }
        })
    }
}

/// Reads a payload.
pub(super) fn claims(payload: &[u8]) -> Result<RawClaims, Wrong> {
    let tree: Tree = serde_json::from_str(&String::from_utf8_lossy(payload))
        .map_err(|error| format!("the payload is not JSON: {error}"))?;
    let mut claims = RawClaims::default();
    claims.fill(&tree, "the payload")?;
    Ok(claims)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_taken_one_after_the_other() {
        let json = br#"{"leases":{"access":"full"},"LEASES":{"scope":["a"]},"exp":1,"exp":null,"nbf":-5.5}"#;
        let read = claims(json).unwrap();
        assert_eq!(read.leases.access, "full");
        assert_eq!(read.leases.scope, Some(vec!["a".to_owned()]));
        assert_eq!((read.expires_at, read.not_before), (None, Some(-6)));
    }

    #[test]
    fn wrong_types_are_refused() {
        for json in [
            r#"{"exp":"01"}"#,
            r#"{"exp":""}"#,
            r#"{"exp":" 1"}"#,
            r#"{"exp":true}"#,
            r#"{"jti":1}"#,
            r#"{"aud":[1]}"#,
            r#"{"sub":{}}"#,
            r#"{"leases":[]}"#,
            r#"{"leases":{"scope":"logs"}}"#,
            r#"{"leases":{"permissions":[{"deployments":[{"dseq":1.0}]}]}}"#,
            "",
            "1",
        ] {
            assert!(claims(json.as_bytes()).is_err(), "{json}");
        }
    }
}
