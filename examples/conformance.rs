//! What the library makes of golden vectors, as one JSON line a case.
//!
//! ```text
//! cargo run --release --example conformance -- dec vectors/dec/dec.json --check
//! cargo run --release --example conformance -- sdl path/to/any.sdl.yaml
//! ```

use akash_examples::conformance::{Case, Failure, Kind};
use serde_json::json;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "\
What the library makes of golden vectors, as one JSON line a case: {\"case\": NAME, \"output\": ...}

usage: conformance KIND FILE... [--check]

  KIND     yaml, sdl, gpu, dec, escrow, bme, oracle, matching, market, pricing, inventory, wire, tx,
           jwt, cert or chain
  FILE     a vector file of the kind, or a directory of them; for sdl any SDL document, for chain the
           directory of a recorded run
  --check  compare with what the file expects (for sdl: NAME.expected.json beside NAME.yaml), say on
           the error stream where a case differs, and end with `N passed, N failed`

exit status: 0 done, 1 a case failed or a file cannot be read, 2 the call makes no sense
";

fn main() -> ExitCode {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut complaints = io::stderr().lock();
    let ended = run(std::env::args().skip(1), &mut out, &mut complaints);
    let flushed = out.flush();
    match (ended, flushed) {
        (Ok(end), Ok(())) => end.into(),
        // Who closed the pipe has seen enough.
        (Err(failure), _) if is_broken_pipe(&failure) => End::Failed.into(),
        (Err(failure), _) => {
            // Nothing is left to do when the error stream is closed too.
            let _ = writeln!(complaints, "conformance: {failure}");
            End::Failed.into()
        }
        (Ok(_), Err(_)) => End::Failed.into(),
    }
}

fn is_broken_pipe(failure: &Failure) -> bool {
    let error = failure.downcast_ref::<io::Error>();
    error.is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Done = 0,
    Failed = 1,
    Refused = 2,
}

impl From<End> for ExitCode {
    fn from(end: End) -> Self {
        Self::from(end as u8)
    }
}

/// What the command line asks for.
struct Call {
    kind: Kind,
    files: Vec<PathBuf>,
    check: bool,
}

impl Call {
    fn parse(args: impl Iterator<Item = String>) -> Result<Self, Failure> {
        let mut kind = None;
        let mut files = Vec::new();
        let mut check = false;
        for arg in args {
            match &*arg {
                "--check" => check = true,
                option if option.starts_with("--") => {
                    return Err(format!("unknown option {option}; see --help").into());
                }
                name if kind.is_none() => kind = Some(name.parse()?),
                _ => files.push(PathBuf::from(arg)),
            }
        }
        Ok(Self {
            kind: kind.ok_or("name a kind of vectors and files; see --help")?,
            files,
            check,
        })
    }
}

/// The whole program but for the process around it.
fn run(
    args: impl Iterator<Item = String>,
    out: &mut impl Write,
    complaints: &mut impl Write,
) -> Result<End, Failure> {
    let mut args = args.peekable();
    if args
        .peek()
        .is_some_and(|arg| arg == "--help" || arg == "-h")
    {
        out.write_all(USAGE.as_bytes())?;
        return Ok(End::Done);
    }
    let call = match Call::parse(args) {
        Ok(call) => call,
        Err(problem) => {
            writeln!(complaints, "conformance: {problem}")?;
            return Ok(End::Refused);
        }
    };
    if call.files.is_empty() {
        writeln!(
            complaints,
            "conformance: name at least one file; see --help"
        )?;
        return Ok(End::Refused);
    }
    let (mut passed, mut failed) = (0_usize, 0_usize);
    for file in &call.files {
        for case in call.kind.cases(file)? {
            let fault = judge(&case, call.check, out)?;
            if let Some(fault) = fault {
                failed += 1;
                writeln!(complaints, "{}: {fault}", case.name())?;
            } else {
                passed += 1;
            }
        }
    }
    if call.check {
        writeln!(out, "{passed} passed, {failed} failed")?;
    }
    Ok(if failed == 0 { End::Done } else { End::Failed })
}

/// Prints the line of a case, and tells what is wrong with it.
fn judge(case: &Case, check: bool, out: &mut impl Write) -> Result<Option<String>, Failure> {
    let output = match case.output() {
        Ok(output) => output,
        Err(failure) => {
            writeln!(
                out,
                "{}",
                json!({"case": case.name(), "error": failure.to_string()})
            )?;
            return Ok(Some(failure.to_string()));
        }
    };
    writeln!(out, "{}", json!({"case": case.name(), "output": output}))?;
    if !check || case.agrees(&output) {
        return Ok(None);
    }
    Ok(Some(match case.expected() {
        Some(expected) => case.difference(expected, &output),
        None => "nothing is expected of it, so there is nothing to compare".to_owned(),
    }))
}

#[cfg(test)]
mod tests {
    use super::{End, run};
    use serde_json::{Value, json};

    fn conformance(line: &str) -> (End, String, String) {
        let args = line.split_whitespace().map(str::to_owned);
        let (mut out, mut complaints) = (Vec::new(), Vec::new());
        let end = run(args, &mut out, &mut complaints).unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (end, text(out), text(complaints))
    }

    const VECTORS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors");

    #[test]
    fn golden_cases_pass() {
        for (kind, path, cases) in [
            ("yaml", "yaml/yaml_v3_probes.jsonl", 101),
            ("sdl", "sdl", 503),
            ("gpu", "gpu.json", 114),
            ("dec", "dec", 4595),
            ("escrow", "escrow", 209),
            ("bme", "bme", 205),
            ("oracle", "oracle", 151),
            ("matching", "matching", 647),
            ("market", "market", 77),
            ("pricing", "pricing", 593),
            ("inventory", "inventory", 524),
            ("wire", "wire", 1569),
            ("tx", "tx", 439),
            ("jwt", "jwt", 143),
            ("cert", "cert", 73),
            ("chain", "chain", 499),
            ("chain", "chain2", 1540),
        ] {
            let (end, out, complaints) = conformance(&format!("{kind} {VECTORS}/{path} --check"));
            assert_eq!((end, &*complaints), (End::Done, ""), "{kind}");
            let last = out.lines().last().unwrap_or_default();
            assert_eq!(last, format!("{cases} passed, 0 failed"), "{kind}");
            assert_eq!(out.lines().count(), cases + 1, "{kind}");
        }
    }

    #[test]
    fn what_differs_fails() {
        let file = std::env::temp_dir().join(format!("conformance-{}.json", std::process::id()));
        let text = r#"{"vectors": [
            {"id": 1, "op": "add", "args": ["1", "2"], "out": "3.000000000000000000"},
            {"id": 2, "op": "add", "args": ["1", "2"], "out": "4.000000000000000000"},
            {"id": 3, "op": "add", "args": ["1", "2"]},
            {"id": 4, "op": "frobnicate", "args": [], "out": ""}
        ]}"#;
        std::fs::write(&file, text).unwrap();
        let (end, out, complaints) = conformance(&format!("dec {} --check", file.display()));
        std::fs::remove_file(&file).unwrap();
        assert_eq!(end, End::Failed);
        assert!(out.ends_with("\n1 passed, 3 failed\n"), "{out}");
        assert!(out.starts_with("{\"case\":1,\"output\":{\"out\":\"3.000000000000000000\"}}\n"));
        for said in ["4.000000000000000000", "nothing is expected", "frobnicate"] {
            assert!(complaints.contains(said), "{complaints}");
        }
    }

    #[test]
    fn words_of_panics_are_informative() {
        let text = std::fs::read_to_string(format!("{VECTORS}/matching/matching.json")).unwrap();
        let mut file: Value = serde_json::from_str(&text).unwrap();
        let vectors = file.pointer_mut("/vectors").unwrap();
        let vectors = vectors.as_array_mut().unwrap();
        let is = |vector: &Value, kind: &str| {
            let found = vector.pointer("/error/kind");
            found.is_some_and(|found| found == kind)
        };
        let panic = vectors.iter().find(|v| is(v, "panic")).cloned().unwrap();
        let error = vectors.iter().find(|v| is(v, "error")).cloned().unwrap();
        *vectors = vec![panic, error];
        for vector in vectors {
            *vector.pointer_mut("/error/message").unwrap() = json!("other words");
        }
        let path = std::env::temp_dir().join(format!("conformance-{}-w.json", std::process::id()));
        std::fs::write(&path, file.to_string()).unwrap();
        let (_, out, _) = conformance(&format!("matching {} --check", path.display()));
        std::fs::remove_file(&path).unwrap();
        assert!(out.ends_with("\n1 passed, 1 failed\n"), "{out}");
    }

    #[test]
    fn members_that_the_format_has_not_are_refused() {
        let damaged = |kind: &str, place: &str| {
            let text = std::fs::read_to_string(format!("{VECTORS}/{kind}/{kind}.json")).unwrap();
            let mut file: Value = serde_json::from_str(&text).unwrap();
            let vectors = file.pointer_mut("/vectors").unwrap();
            let vectors = vectors.as_array_mut().unwrap();
            vectors.retain(|vector| vector.pointer(place).is_some());
            vectors.truncate(1);
            let object = file.pointer_mut(&format!("/vectors/0{place}")).unwrap();
            let object = object.as_object_mut().unwrap();
            object.insert("novelty".to_owned(), json!(1));
            let name = format!("conformance-{}-{kind}-novelty.json", std::process::id());
            let path = std::env::temp_dir().join(name);
            std::fs::write(&path, file.to_string()).unwrap();
            let told = conformance(&format!("{kind} {} --check", path.display()));
            std::fs::remove_file(&path).unwrap();
            told
        };
        for (kind, place) in [
            ("dec", ""),
            ("matching", ""),
            ("matching", "/group"),
            ("matching", "/group/resources/0"),
            ("matching", "/group/resources/0/storage/0"),
            ("matching", "/audited/0"),
            ("escrow", ""),
            ("escrow", "/setup/env"),
            ("escrow", "/setup/grants/0"),
            ("escrow", "/steps/0"),
            ("bme", "/setup"),
            ("bme", "/steps/0"),
            ("oracle", "/params"),
            ("oracle", "/steps/0"),
            ("market", ""),
            ("market", "/balances/0"),
            ("market", "/steps/0"),
        ] {
            let (end, _, complaints) = damaged(kind, place);
            assert_eq!(end, End::Failed, "{kind}{place}");
            let said = "the format has no member `novelty` here, only ";
            assert!(complaints.contains(said), "{kind}{place}: {complaints}");
        }
    }

    #[test]
    fn documents_need_no_expectations() {
        let (end, out, _) = conformance(&format!("sdl {VECTORS}/diagnostics"));
        assert_eq!(end, End::Done);
        assert!(out.contains(r#""status":"error""#), "{out}");
    }

    #[test]
    fn senseless_calls_are_refused() {
        for (line, said) in [
            ("", "name a kind"),
            ("nonsense x.json", "nonsense"),
            ("dec", "at least one file"),
            ("dec x.json --frobnicate", "--frobnicate"),
        ] {
            let (end, _, complaints) = conformance(line);
            assert_eq!(end, End::Refused, "{line}");
            assert!(complaints.contains(said), "{line}: {complaints}");
        }
    }
}
