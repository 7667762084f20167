//! What the command line asks for.

use std::path::PathBuf;

pub(crate) const USAGE: &str = "\
sdl_lint [--strict] [--json] [--fix] PATH...   says what is wrong in files, and in all .yaml and .yml files of folders
sdl_lint --schema                              prints a JSON schema of SDL for editors
sdl_lint --codes                               lists the codes of all diagnostics, each with an example

  -          reads the standard input
  --strict   refuses also what the published JSON schema refuses
  --json     prints a line of JSON for each file
  --fix      makes the changes that are suggested, in the files, and says what is left

Exit code: 0 without errors, 1 with errors, 2 when it cannot be done.
";

/// What is to be done.
#[derive(Debug)]
pub(crate) enum Task {
    Help,
    Schema,
    Codes,
    Lint(Vec<PathBuf>),
}

#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) task: Task,
    pub(crate) strict: bool,
    pub(crate) json: bool,
    pub(crate) fix: bool,
}

impl Options {
    pub(crate) fn parse(args: impl Iterator<Item = String>) -> Result<Self, String> {
        let (mut strict, mut json, mut fix) = (false, false, false);
        let mut other = None;
        let mut paths = Vec::new();
        for arg in args {
            match arg.as_str() {
                "--strict" => strict = true,
                "--json" => json = true,
                "--fix" => fix = true,
                "--schema" => other = Some(Task::Schema),
                "--codes" => other = Some(Task::Codes),
                "--help" | "-h" => other = Some(Task::Help),
                "-" => paths.push(PathBuf::from("-")),
                _ if arg.starts_with('-') => return Err(format!("there is no option {arg}")),
                _ => paths.push(PathBuf::from(arg)),
            }
        }
        let task = match other {
            Some(_) if strict || json || fix || !paths.is_empty() => {
                return Err("--schema, --codes and --help stand alone".to_owned());
            }
            Some(task) => task,
            None if paths.is_empty() => return Err("no file is given".to_owned()),
            None if fix && paths.iter().any(|path| path.as_os_str() == "-") => {
                return Err("--fix changes files, not the standard input".to_owned());
            }
            None => Task::Lint(paths),
        };
        Ok(Self {
            task,
            strict,
            json,
            fix,
        })
    }
}
