//! Docker Compose files to SDL, and what could not be kept.
//!
//! ```text
//! cargo run --example compose_to_sdl -- compose.yaml --price 1500uact --region us-west > deploy.yaml
//! cargo run --example compose_to_sdl -- compose.yaml compose.override.yaml --merge
//! cargo run --example compose_to_sdl -- compose.yaml --gpu h100 --volume-size cache=200Gi --json
//! ```

#[path = "compose_to_sdl/options.rs"]
mod options;

use akash_sdl::compose::{self, Import, ImportError, LossKind};
use options::Options;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

/// What goes wrong is told to a person.
type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let (out, notes) = match run(std::env::args().skip(1)) {
        Ok(printed) => printed,
        Err(failure) => {
            // Nothing is left to do when the error stream is closed too.
            let _ = writeln!(std::io::stderr(), "compose_to_sdl: {failure}");
            return ExitCode::FAILURE;
        }
    };
    let _ = std::io::stderr().write_all(notes.as_bytes());
    match std::io::stdout().write_all(out.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// What goes to the standard output, and to the error stream.
fn run(args: impl Iterator<Item = String>) -> Result<(String, String), Failure> {
    let options = Options::parse(args)?;
    if options.help {
        return Ok((options::USAGE.to_owned(), String::new()));
    }
    let mut out = String::new();
    let mut notes = String::new();
    let mut all = Vec::new();
    let one = if options.merge {
        options.files.len()
    } else {
        1
    };
    for files in options.files.chunks(one) {
        let import = import(files, &options)?;
        if options.json {
            all.push(report(files, &import));
            continue;
        }
        if options.files.len() > one {
            writeln!(out, "---\n# from {}", files.join(", "))?;
        }
        out.push_str(import.text());
        tell(files, &import, &mut notes)?;
    }
    if options.json {
        out = serde_json::to_string_pretty(&all)?;
        out.push('\n');
    }
    Ok((out, notes))
}

/// Reads compose files as one, with the environment files beside the first, as compose does.
fn import(files: &[String], options: &Options) -> Result<Import, Failure> {
    let mut texts = Vec::with_capacity(files.len());
    for file in files {
        texts.push(fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?);
    }
    let first = files.first().map_or(Path::new(""), Path::new);
    let folder = first.parent().unwrap_or(Path::new(""));
    let mut wanted = options.import.clone();
    if let Ok(variables) = fs::read_to_string(folder.join(".env")) {
        let variables = compose::read_environment(&variables, &wanted.environment)?;
        for (name, value) in variables {
            wanted.environment.entry(name).or_insert(value);
        }
    }
    let named = texts
        .iter()
        .map(|text| compose::environment_files(text, &wanted));
    for path in named.collect::<Vec<_>>().concat() {
        // A file that is not there is told as a loss.
        if let Ok(variables) = fs::read_to_string(folder.join(&path)) {
            wanted.files.insert(path, variables);
        }
    }
    compose::import_merged(&texts, &wanted).map_err(|error| {
        let file = files.join(", ");
        match &error {
            ImportError::Compose(report) => match texts.as_slice() {
                [text] => format!("{file} is wrong\n{}", report.render(text)),
                _ => format!("{file}: {report}"),
            },
            ImportError::Sdl { text, report } => {
                format!("the SDL of {file} is refused\n{}", report.render(text))
            }
            other => other.to_string(),
        }
        .into()
    })
}

fn report(files: &[String], import: &Import) -> Value {
    json!({
        "file": files.join(", "),
        "sdl": import.text(),
        "version": import.sdl().version().to_string(),
        "losses": import.losses(),
    })
}

/// The losses, those first that must be acted on.
fn tell(files: &[String], import: &Import, notes: &mut String) -> std::fmt::Result {
    let kinds = [
        (LossKind::Action, "to be done before it works"),
        (LossKind::Dropped, "not kept"),
        (LossKind::Changed, "kept in another form"),
        (LossKind::Assumed, "assumed"),
    ];
    for (kind, title) in kinds {
        let mut losses = import
            .losses()
            .iter()
            .filter(|loss| loss.code.kind() == kind)
            .peekable();
        if losses.peek().is_some() {
            writeln!(notes, "{title}:")?;
        }
        for loss in losses {
            let (place, path) = (loss.position, &loss.path);
            let file = files.get(loss.file).map_or("", String::as_str);
            writeln!(
                notes,
                "  {file}:{place} {path}: {} [{}]",
                loss.message, loss.code
            )?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run_on(args: &[&str]) -> Result<(String, String), Failure> {
        run(args.iter().map(|arg| (*arg).to_owned()))
    }

    const FILE: &str = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../vectors/compose/gitea.compose.yaml"
    );

    #[test]
    fn sdl_and_losses() {
        let (sdl, notes) = run_on(&[FILE, "--price", "77uact", "--region", "eu"]).unwrap();
        let sdl = akash_sdl::parse(&sdl).unwrap();
        assert_eq!(sdl.groups()[0].requirements.attributes[0].value, "eu");
        assert!(notes.contains("not kept:"), "{notes}");
        let (json, notes) = run_on(&[FILE, FILE, "--json"]).unwrap();
        let json: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(json.as_array().unwrap().len(), 2);
        assert_eq!(json[0]["losses"][0]["code"], "compose.resources_assumed");
        assert_eq!(notes, "");
    }

    #[test]
    fn wrong_use_is_told() {
        for args in [
            &["none.yaml"][..],
            &[],
            &[FILE, "--price", "x"],
            &[FILE, "--nonsense"],
        ] {
            assert!(run_on(args).is_err(), "{args:?}");
        }
        assert!(run_on(&["--help"]).unwrap().0.contains("usage"));
    }
}
