//! Text and order of record ids.

use super::RecordId;
use crate::id::IdError;
use akash_sdl::num::Denom;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

const FORM: &str = "denom/to_denom/source/height/sequence";

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}/{}/{}/{}/{}",
            self.denom, self.to_denom, self.source, self.height, self.sequence
        )
    }
}

impl FromStr for RecordId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let wrong = || IdError::Parts {
            text: text.to_owned(),
            found: text.split('/').count(),
            form: FORM,
        };
        let mut parts = text.split('/');
        let (Some(denom), Some(to_denom), Some(source), Some(height), Some(sequence), None) = (
            parts.next(),
            parts.next(),
            parts.next(),
            parts.next(),
            parts.next(),
            parts.next(),
        ) else {
            return Err(wrong());
        };
        let denom_of = |text: &str| Denom::new(text).map_err(|_| wrong());
        Ok(Self {
            denom: denom_of(denom)?,
            to_denom: denom_of(to_denom)?,
            source: source.parse()?,
            height: height.parse()?,
            sequence: sequence.parse().map_err(|_| IdError::Number {
                text: sequence.to_owned(),
            })?,
        })
    }
}

impl Ord for RecordId {
    fn cmp(&self, other: &Self) -> Ordering {
        // The key carries the length of the address before its bytes.
        let length = |id: &Self| id.source.bytes().len();
        self.denom
            .cmp(&other.denom)
            .then_with(|| self.to_denom.cmp(&other.to_denom))
            .then_with(|| length(self).cmp(&length(other)))
            .then_with(|| self.source.cmp_bytes(&other.source))
            .then_with(|| self.height.cmp(&other.height))
            .then_with(|| self.sequence.cmp(&other.sequence))
    }
}

impl PartialOrd for RecordId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
