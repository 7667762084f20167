//! `environment` and `env_file`.

use std::collections::BTreeMap;

use super::dotenv;
use super::item::At;
use super::loss::{LossCode, Notes};
use super::options::Options;
use crate::syntax::is_env_name;

/// Variables in order, each name once; later ones replace earlier ones.
#[derive(Debug, Default)]
pub(super) struct Environment {
    variables: Vec<(String, String)>,
    index: BTreeMap<String, usize>,
}

impl Environment {
    fn set(&mut self, name: &str, value: String, at: At<'_>, notes: &mut Notes<'_>) {
        if !is_env_name(name) {
            let message = format!("{name:?} is no name for a variable on Akash: it is left out");
            notes.lose(LossCode::EnvironmentName, at, message);
            return;
        }
        let known = self.index.get(name).copied();
        match known.and_then(|at| self.variables.get_mut(at)) {
            Some((_, known)) => *known = value,
            None => {
                self.index.insert(name.to_owned(), self.variables.len());
                self.variables.push((name.to_owned(), value));
            }
        }
    }

    pub(super) fn into_vec(self) -> Vec<(String, String)> {
        self.variables
    }

    /// A variable without a value is taken from the environment.
    fn inherit(&mut self, name: &str, at: At<'_>, options: &Options, notes: &mut Notes<'_>) {
        match options.environment.get(name) {
            Some(value) => self.set(name, value.clone(), at, notes),
            None => {
                let message = format!(
                    "{name:?} has no value here and the environment has none: it is left out of the SDL; \
                     give it a value"
                );
                notes.lose(LossCode::EnvironmentUnset, at, message);
            }
        }
    }

    /// Reads `environment`: a map, or a list of `NAME=value`.
    pub(super) fn read(&mut self, at: At<'_>, options: &Options, notes: &mut Notes<'_>) {
        if !at.is_map() && !at.is_list() {
            notes.fault(at, "environment is a map, or a list of NAME=value");
        }
        for (name, value) in at.entries() {
            match value.text() {
                Some(text) => self.set(name, text.to_owned(), value, notes),
                None if value.is_null() => self.inherit(name, value, options, notes),
                None => notes.fault(value, "the value of a variable is a text"),
            }
        }
        if !at.is_list() {
            return;
        }
        for item in at.items() {
            match item.text() {
                None => notes.fault(item, "a variable is written NAME=value"),
                Some(text) => match text.split_once('=') {
                    Some((name, value)) => self.set(name, value.to_owned(), item, notes),
                    None => self.inherit(text, item, options, notes),
                },
            }
        }
    }

    /// Reads `env_file`: a path, or a list of paths or of maps with `path`.
    pub(super) fn read_files(&mut self, at: At<'_>, options: &Options, notes: &mut Notes<'_>) {
        for item in at.items() {
            let long = item.get("path");
            let Some(path) = item.text().or_else(|| long?.text()) else {
                notes.fault(item, "an environment file is named by its path");
                continue;
            };
            let Some(text) = options.files.get(path) else {
                let message = format!(
                    "the variables of file {path:?} are not in the SDL: give its text, or write them \
                     under `environment`"
                );
                notes.lose(LossCode::EnvFile, item, message);
                continue;
            };
            let lookup = |name: &str| options.environment.get(name).map(String::as_str);
            match dotenv::read(text, &lookup) {
                Ok(variables) => {
                    for (name, value) in variables {
                        match value {
                            Some(value) => self.set(&name, value, item, notes),
                            None => self.inherit(&name, item, options, notes),
                        }
                    }
                }
                Err(error) => notes.fault(item, format!("{path}: {error}")),
            }
        }
        if at.is_map() {
            notes.fault(at, "env_file is a path or a list");
        }
    }
}
