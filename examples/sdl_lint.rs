//! Says what is wrong or surprising in SDL files, where, and what would be right.
//!
//! ```text
//! cargo run --example sdl_lint -- examples/sdl
//! cargo run --example sdl_lint -- --strict deploy.yaml
//! cargo run --example sdl_lint -- --json - < deploy.yaml
//! cargo run --example sdl_lint -- --fix deploy.yaml
//! ```

#[path = "sdl_lint/fix.rs"]
mod fix;
#[path = "sdl_lint/options.rs"]
mod options;
#[path = "sdl_lint/report.rs"]
mod report;

use options::{Options, Task};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let options = match Options::parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(problem) => return usage(&problem),
    };
    let (text, code) = match run(&options) {
        Ok(done) => done,
        Err(problem) => return usage(&problem),
    };
    // A reader that has seen enough is no problem of the documents.
    let _ = std::io::stdout().write_all(text.as_bytes());
    code
}

fn usage(problem: &str) -> ExitCode {
    // Nothing is left to do when the error stream is closed too.
    let _ = writeln!(
        std::io::stderr(),
        "sdl_lint: {problem}\n\n{}",
        options::USAGE
    );
    ExitCode::from(2)
}

/// The whole program but for the process around it.
fn run(options: &Options) -> Result<(String, ExitCode), String> {
    let text = match &options.task {
        Task::Help => options::USAGE.to_owned(),
        Task::Schema => akash_sdl::schema::to_json(),
        Task::Codes => report::codes(),
        Task::Lint(paths) => return lint(options, paths),
    };
    Ok((text, ExitCode::SUCCESS))
}

fn lint(options: &Options, paths: &[PathBuf]) -> Result<(String, ExitCode), String> {
    let mut files = Vec::new();
    for path in paths {
        collect(path, true, &mut files).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    let mut out = String::new();
    let mut sum = report::Sum::default();
    for file in &files {
        let failed = |error: std::io::Error| format!("{}: {error}", file.display());
        let mut bytes = read(file).map_err(failed)?;
        let mut fixed = 0;
        // What is no UTF-8 could not be written back as it was.
        if options.fix
            && let Ok(text) = std::str::from_utf8(&bytes)
        {
            let (text, made) = fix::fix(text, options.strict);
            if made > 0 {
                std::fs::write(file, &text).map_err(failed)?;
                bytes = text.into_bytes();
            }
            fixed = made;
        }
        let name = file.display().to_string();
        let found = report::Found::of(name, &bytes, options.strict).with_fixed(fixed);
        sum.add(&found);
        out.push_str(&if options.json {
            found.json()
        } else {
            found.text()
        });
    }
    if !options.json {
        out.push_str(&sum.text(options.fix));
    }
    let code = if sum.errors > 0 {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    };
    Ok((out, code))
}

/// The file itself, or all YAML files below a folder, in order.
fn collect(path: &Path, named: bool, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if path == Path::new("-") {
        files.push(path.to_owned());
        return Ok(());
    }
    // Links are followed only where they were named, so that no loop can arise.
    let about = if named {
        path.metadata()?
    } else {
        path.symlink_metadata()?
    };
    if about.is_dir() {
        let mut entries: Vec<PathBuf> = path
            .read_dir()?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        entries.sort();
        for entry in entries {
            collect(&entry, false, files)?;
        }
    } else if named
        || about.is_file()
            && path
                .extension()
                .is_some_and(|kind| kind == "yaml" || kind == "yml")
    {
        files.push(path.to_owned());
    }
    Ok(())
}

fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    std::fs::read(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(args: &[&str]) -> (String, ExitCode) {
        let options = Options::parse(args.iter().map(|arg| (*arg).to_owned())).unwrap();
        run(&options).unwrap()
    }

    fn vectors(folder: &str) -> String {
        format!("{}/../vectors/{folder}", env!("CARGO_MANIFEST_DIR"))
    }

    #[test]
    fn the_examples_are_clean() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/sdl");
        let (text, code) = output(&[folder, "--strict"]);
        assert_eq!(code, ExitCode::SUCCESS);
        assert!(text.contains("no errors"), "{text}");
    }

    #[test]
    fn errors_are_told_and_counted() {
        let (text, code) = output(&[&vectors("diagnostics/several-at-once.yaml")]);
        assert_eq!(code, ExitCode::from(1));
        assert!(text.contains("error[sdl."), "{text}");
        assert!(text.contains("several-at-once.yaml:"), "{text}");
    }

    #[test]
    fn json_has_a_line_for_each_file() {
        let (text, code) = output(&["--json", &vectors("diagnostics")]);
        assert_eq!(code, ExitCode::from(1));
        let lines: Vec<serde_json::Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert!(lines.len() > 10);
        for line in lines {
            let refused = line["diagnostics"]
                .as_array()
                .unwrap()
                .iter()
                .any(|one| one["severity"] == "error");
            assert_eq!(line["ok"], !refused);
            assert_eq!(line["version"].is_string(), !refused);
        }
    }

    #[test]
    fn files_are_fixed_once() {
        let file = std::env::temp_dir().join(format!("sdl_lint-{}.yaml", std::process::id()));
        std::fs::write(&file, akash_sdl::EXAMPLE.replace("512Mi", "512mi")).unwrap();
        let name = file.display().to_string();
        let (text, code) = output(&["--fix", &name]);
        assert_eq!(code, ExitCode::SUCCESS);
        assert_eq!(text, "no errors in 1 file, no warnings, 1 fix made\n");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), akash_sdl::EXAMPLE);
        let (text, _) = output(&["--fix", "--json", &name]);
        let line: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!((&line["fixed"], &line["ok"]), (&0.into(), &true.into()));
        std::fs::remove_file(&file).unwrap();
    }

    #[test]
    fn codes_and_schema_are_printed() {
        let (text, _) = output(&["--codes"]);
        assert!(text.lines().count() > 90);
        assert!(text.contains("sdl.memory.invalid"));
        let (text, _) = output(&["--schema"]);
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
    }

    #[test]
    fn what_cannot_be_done_is_said() {
        for args in [
            &[][..],
            &["--what"],
            &["--json", "--schema"],
            &["--codes", "a.yaml"],
            &["--fix", "-"],
        ] {
            assert!(Options::parse(args.iter().map(|arg| (*arg).to_owned())).is_err());
        }
        let missing = Options::parse(["no-such-file.yaml".to_owned()].into_iter()).unwrap();
        assert!(run(&missing).is_err());
    }
}
