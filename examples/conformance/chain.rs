//! A recorded run of a node, repeated on the embedded network.

use super::{Case, Failure, Work};
use akash_sdk::conformance::replay::{Compared, Recording};
use serde_json::Value;
use std::path::Path;

pub(super) fn cases(directory: &Path) -> Result<Vec<Case>, Failure> {
    let compared = Recording::read(directory)?.replay()?;
    let case = |one: Compared| Case::new(one.name, Some(one.expected), Found(one.found));
    Ok(compared.into_iter().map(case).collect())
}

/// What the embedded network answered.
struct Found(Value);

impl Work for Found {
    fn output(&self) -> Result<Value, Failure> {
        Ok(self.0.clone())
    }

    fn agrees(&self, expected: &Value, output: &Value) -> bool {
        Compared::same(expected, output)
    }
}
