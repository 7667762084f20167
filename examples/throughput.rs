//! How fast the library does the work behind the golden vectors, on one thread.
//!
//! ```text
//! cargo run --release --example throughput -- sdl examples/sdl
//! cargo run --release --example throughput -- dec vectors/dec/dec.json --rounds 100
//! cargo run --release --example throughput -- ledger --entities 10000
//! ```

#[path = "../akash-market/benches/ledger/market.rs"]
mod market;

use akash_examples::conformance::{Case, Failure, Kind};
use cpu_time::ProcessTime;
use market::{Event, Market};
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

const USAGE: &str = "\
How fast the library does the work behind golden vectors, on one thread.

usage: throughput KIND PATH... [--rounds N]
       throughput ledger [--entities N] [--rounds N]

  KIND        as for the program `conformance`
  PATH        a vector file of the kind, or a directory of them; for sdl any SDL documents
  --rounds N  do all of them N times (default: as often as it takes to last a second)

An operation is one case; in kinds of scenarios (escrow, market, bme, oracle) it is one step. Files
are read before the clocks start, and results are not written down. For sdl an operation is to parse
and validate one document and to make its groups, its manifest and their hash.

  ledger          a busy market: deployments, bids, leases, withdrawals, deposits, closings, in
                  blocks of 300 with a price report each. An operation is one action; a round is
                  one block. Its actions are made while the clocks stand still
  --entities N    open deployments in it, 1 or more (default: 10000)
";

fn main() -> ExitCode {
    let (text, code) = match run(std::env::args().skip(1)) {
        Ok(text) => (text, ExitCode::SUCCESS),
        Err(failure) => {
            // Nothing is left to do when the error stream is closed too.
            let _ = writeln!(std::io::stderr(), "throughput: {failure}");
            return ExitCode::FAILURE;
        }
    };
    match std::io::stdout().write_all(text.as_bytes()) {
        Ok(()) => code,
        Err(_) => ExitCode::FAILURE,
    }
}

/// The whole program but for the process around it.
fn run(args: impl Iterator<Item = String>) -> Result<String, Failure> {
    let mut kind: Option<Kind> = None;
    let mut paths = Vec::new();
    let mut rounds = None;
    let mut entities = None;
    let mut ledger = false;
    let mut args = args;
    while let Some(arg) = args.next() {
        match &*arg {
            "--help" | "-h" => return Ok(USAGE.to_owned()),
            "--rounds" => rounds = Some(number("--rounds", args.next())?),
            "--entities" => entities = Some(number("--entities", args.next())?),
            option if option.starts_with("--") => {
                return Err(format!("unknown option {option}; see --help").into());
            }
            "ledger" if kind.is_none() => ledger = true,
            name if kind.is_none() && !ledger => kind = Some(name.parse()?),
            _ => paths.push(arg),
        }
    }
    if ledger {
        if !paths.is_empty() {
            return Err("the market of `ledger` comes from no file; see --help".into());
        }
        let entities = usize::try_from(entities.unwrap_or(10_000))?;
        return Ok(trade(entities, rounds)?.report(&"ledger", "entities", entities));
    }
    if entities.is_some() {
        return Err("--entities is for the kind `ledger`".into());
    }
    let kind = kind.ok_or("name a kind of vectors and paths; see --help")?;
    let mut cases = Vec::new();
    for path in &paths {
        cases.extend(kind.cases(Path::new(path))?);
    }
    if cases.is_empty() {
        return Err("name at least one file or directory; see --help".into());
    }
    Ok(measure(&cases, rounds)?.report(&kind, "cases", cases.len()))
}

/// The number behind an option.
fn number(option: &str, text: Option<String>) -> Result<u64, Failure> {
    let text = text.ok_or(format!("{option} needs a number"))?;
    let number = text.parse().ok().filter(|&number: &u64| number > 0);
    Ok(number.ok_or(format!("{option}: `{text}` must be 1 or more"))?)
}

/// What the clocks show.
struct Measured {
    rounds: u64,
    operations: usize,
    cpu: Duration,
    wall: Duration,
}

/// How long to go on when no number of rounds was asked for.
const LONG_ENOUGH: Duration = Duration::from_secs(1);

fn measure(cases: &[Case], rounds: Option<u64>) -> Result<Measured, Failure> {
    let (wall, cpu) = (Instant::now(), ProcessTime::try_now()?);
    let (mut done, mut operations) = (0, 0);
    loop {
        for case in cases {
            let work = case.exercise();
            operations += work.map_err(|failure| format!("{}: {failure}", case.name()))?;
        }
        done += 1;
        if rounds.map_or_else(|| wall.elapsed() >= LONG_ENOUGH, |rounds| done >= rounds) {
            return Ok(Measured {
                rounds: done,
                operations,
                cpu: cpu.try_elapsed()?,
                wall: wall.elapsed(),
            });
        }
    }
}

fn trade(entities: usize, rounds: Option<u64>) -> Result<Measured, Failure> {
    let mut market = Market::new(entities)?;
    let mut measured = Measured {
        rounds: 0,
        operations: 0,
        cpu: Duration::ZERO,
        wall: Duration::ZERO,
    };
    loop {
        let events = market.block();
        let (wall, cpu) = (Instant::now(), ProcessTime::try_now()?);
        for event in &events {
            event.happen(&mut market.ledger)?;
        }
        measured.cpu += cpu.try_elapsed()?;
        measured.wall += wall.elapsed();
        measured.operations += events.iter().map(Event::actions).sum::<usize>();
        measured.rounds += 1;
        if rounds.map_or_else(
            || measured.wall >= LONG_ENOUGH,
            |rounds| measured.rounds >= rounds,
        ) {
            return Ok(measured);
        }
    }
}

impl Measured {
    fn report(&self, kind: &dyn std::fmt::Display, unit: &str, count: usize) -> String {
        let Self {
            rounds,
            operations,
            cpu,
            wall,
        } = self;
        // Clocks have a resolution: less than a microsecond is none that they could show.
        let per = |time: &Duration| *operations as f64 / time.as_secs_f64().max(1e-6);
        format!(
            "kind: {kind}\n\
             {unit}: {count}\n\
             rounds: {rounds}\n\
             operations: {operations}\n\
             CPU seconds: {:.6}\n\
             wall seconds: {:.6}\n\
             operations per CPU-second: {:.1}\n\
             operations per second: {:.1}\n",
            cpu.as_secs_f64(),
            wall.as_secs_f64(),
            per(cpu),
            per(wall),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::run;

    fn throughput(line: &str) -> Result<String, String> {
        let args = line.split_whitespace().map(str::to_owned);
        run(args).map_err(|failure| failure.to_string())
    }

    const VECTORS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors");

    #[test]
    fn rounds_are_counted() {
        let line = format!("gpu {VECTORS}/gpu.json --rounds 2");
        let report = throughput(&line).unwrap();
        assert!(report.contains("rounds: 2\noperations: 228\n"), "{report}");
        assert!(report.contains("operations per CPU-second: "), "{report}");
    }

    #[test]
    fn a_market_of_any_size_is_busy() {
        // A block has no more actions than half of the deployments, and a price report.
        for (entities, actions) in [(1, 2), (40, 21)] {
            let report = throughput(&format!("ledger --entities {entities} --rounds 1")).unwrap();
            let told = format!("entities: {entities}\nrounds: 1\noperations: {actions}\n");
            assert!(report.contains(&told), "{report}");
        }
    }

    #[test]
    fn senseless_calls_are_refused() {
        for (line, said) in [
            ("", "name a kind"),
            ("dec", "at least one file"),
            ("dec x --rounds 0", "1 or more"),
            ("dec x --rounds", "needs a number"),
            ("dec /nowhere", "/nowhere"),
            ("dec x --entities 5", "for the kind `ledger`"),
            ("ledger x", "no file"),
            ("ledger --entities 0", "1 or more"),
        ] {
            let problem = throughput(line).unwrap_err();
            assert!(problem.contains(said), "{line}: {problem}");
        }
    }
}
