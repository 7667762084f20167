//! Scenarios: a world, steps that change it, and after each what the reference told of it.

use super::field::{Fields, expected, only};
use super::{Case, Failure, Work};
use akash_market::change::Change;
use akash_market::error::{Code, Error};
use akash_sdk::cosmos::convert::event;
use akash_sdk::cosmos::json::to_json;
use serde_json::{Map, Value, json};
use std::hint::black_box;

/// What the steps of a kind of scenario act on.
pub(super) trait World: Clone {
    /// Members of a step that are results.
    const RESULTS: &'static [&'static str];

    /// Members of a step that are inputs.
    const INPUTS: &'static [&'static str];

    /// A step, read once.
    type Step;

    /// What came of a step.
    type Done;

    /// The world before the first step.
    fn new(vector: &Value) -> Result<Self, Failure>;

    fn read(&self, step: &Value) -> Result<Self::Step, Failure>;

    fn take(&mut self, step: &Self::Step) -> Result<Self::Done, Failure>;

    /// The results of a step but for the state.
    fn tell(&self, done: &Self::Done) -> Result<Map<String, Value>, Failure>;

    /// Everything, in the form of the vectors.
    fn state(&self) -> Result<Value, Failure>;

    /// Whether the vectors look at the state after such a step.
    fn is_looked_at(_step: &Self::Step) -> bool {
        true
    }
}

/// The cases of a file of scenarios.
pub(super) fn cases<W: World + 'static>(scenarios: &[Value]) -> Vec<Case>
where
    W::Step: 'static,
{
    let case = |vector: &Value| {
        let results = vector
            .list("steps")
            .iter()
            .map(|step| expected(step, W::RESULTS).unwrap_or_else(|| json!({})))
            .collect::<Vec<_>>();
        let known = results.iter().any(|step| *step != json!({}));
        let expected = known.then(|| json!({"steps": results}));
        Case::of(
            vector.at("name").clone(),
            expected,
            Scenario::<W>::read(vector),
        )
    };
    scenarios.iter().map(case).collect()
}

struct Scenario<W: World> {
    start: W,
    steps: Vec<W::Step>,
}

impl<W: World> Scenario<W> {
    fn read(vector: &Value) -> Result<Self, Failure> {
        let start = W::new(vector)?;
        let steps = vector.list("steps").iter().map(|step| {
            only(step, &[W::INPUTS, W::RESULTS])?;
            start.read(step)
        });
        Ok(Self {
            steps: steps.collect::<Result<_, _>>()?,
            start,
        })
    }
}

impl<W: World> Work for Scenario<W> {
    /// The state is told where it changed since it was last told.
    fn output(&self) -> Result<Value, Failure> {
        let mut world = self.start.clone();
        let mut shown = None;
        let mut told = Vec::new();
        for step in &self.steps {
            let done = world.take(step)?;
            let mut results = world.tell(&done)?;
            if W::is_looked_at(step) {
                let state = world.state()?;
                if shown.as_ref() != Some(&state) {
                    results.insert("state".to_owned(), state.clone());
                    shown = Some(state);
                }
            }
            told.push(Value::Object(results));
        }
        Ok(json!({"steps": told}))
    }

    fn exercise(&self) -> Result<usize, Failure> {
        let mut world = self.start.clone();
        for step in &self.steps {
            black_box(world.take(step)?);
        }
        Ok(self.steps.len())
    }
}

/// A refusal in the form of the vectors.
pub(super) fn refusal(error: &Error) -> Value {
    let Code { codespace, code } = error.code();
    let text = error.to_string();
    if let Error::Panic(_) = error {
        let message = text.strip_prefix("recovered: ").unwrap_or(&text);
        return json!({"kind": "panic", "message": message});
    }
    json!({"kind": "error", "codespace": codespace, "code": code, "message": text})
}

/// The typed events with which the chain announces changes; most bookkeeping has none.
pub(super) fn events(changes: &[Change]) -> Result<Vec<Value>, Failure> {
    let announced = changes.iter().filter_map(event::to_any);
    announced
        .map(|any| {
            let name = any.type_url.trim_start_matches('/');
            Ok(json!({"type": name, "attributes": to_json(name, &any.value)?}))
        })
        .collect()
}
