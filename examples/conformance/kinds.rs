//! Golden vectors and what the library makes of them: the cases behind the programs `conformance`
//! and `throughput`.
//!
//! Every [`Kind`] of vectors has a module that reads the files of that kind and computes each case
//! through the public API of the library alone. A case knows what the vectors expect; the output
//! has the same shape and the same field names, without the inputs.

mod accounts;
mod bme;
mod cert;
mod chain;
mod dec;
mod difference;
mod escrow;
mod field;
mod gpu;
mod group;
mod hex;
mod inventory;
mod jwt;
mod market;
mod matching;
mod oracle;
mod pricing;
mod provider_json;
mod sdl;
mod step;
mod tx;
mod wire;
mod yaml;

use serde_json::{Map, Value};
use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Why a file or a case could not be read or computed, for people.
pub type Failure = Box<dyn Error + Send + Sync>;

/// What a vector file is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// YAML texts and the values that yaml.v3 reads from them.
    Yaml,
    /// SDL documents.
    Sdl,
    /// GPU attributes: from SDL, on the chain, at the provider.
    Gpu,
    /// Decimals, integers and coins.
    Dec,
    /// Escrow accounts and payments.
    Escrow,
    /// The Burn-Mint Equilibrium.
    Bme,
    /// The price oracle.
    Oracle,
    /// Attributes, auditors, offers, and the validity of groups.
    Matching,
    /// Deployments, orders, bids and leases with their escrow.
    Market,
    /// A provider's pricing strategies.
    Pricing,
    /// A provider's inventory, fit and decision to bid.
    Inventory,
    /// Protobuf bytes and JSON of messages.
    Wire,
    /// Transactions, keys, addresses, fees and events.
    Tx,
    /// Provider tokens.
    Jwt,
    /// Certificates.
    Cert,
    /// A recorded run of a node.
    Chain,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 16] = [
        Self::Yaml,
        Self::Sdl,
        Self::Gpu,
        Self::Dec,
        Self::Escrow,
        Self::Bme,
        Self::Oracle,
        Self::Matching,
        Self::Market,
        Self::Pricing,
        Self::Inventory,
        Self::Wire,
        Self::Tx,
        Self::Jwt,
        Self::Cert,
        Self::Chain,
    ];

    /// Its name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yaml => "yaml",
            Self::Sdl => "sdl",
            Self::Gpu => "gpu",
            Self::Dec => "dec",
            Self::Escrow => "escrow",
            Self::Bme => "bme",
            Self::Oracle => "oracle",
            Self::Matching => "matching",
            Self::Market => "market",
            Self::Pricing => "pricing",
            Self::Inventory => "inventory",
            Self::Wire => "wire",
            Self::Tx => "tx",
            Self::Jwt => "jwt",
            Self::Cert => "cert",
            Self::Chain => "chain",
        }
    }

    /// How the names of its files end.
    const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Sdl => &["yaml", "yml"],
            Self::Yaml => &["jsonl"],
            _ => &["json"],
        }
    }

    /// The cases of a file, or of all files of the kind in a directory and below it, in the order of
    /// their names.
    ///
    /// # Errors
    /// If something cannot be read or is no file of this kind.
    pub fn cases(self, path: &Path) -> Result<Vec<Case>, Failure> {
        let metadata = path.metadata().map_err(|error| at(path, &error))?;
        if self == Self::Chain {
            return chain::cases(path);
        }
        if !metadata.is_dir() {
            return self.read(path).map_err(|error| at(path, &*error));
        }
        let mut cases = Vec::new();
        for file in self.files(path)? {
            cases.extend(self.read(&file).map_err(|error| at(&file, &*error))?);
        }
        if cases.is_empty() {
            let wanted = self.extensions().join(" or .");
            return Err(at(path, &format!("there is no .{wanted} file in it")));
        }
        Ok(cases)
    }

    fn files(self, directory: &Path) -> Result<Vec<PathBuf>, Failure> {
        let mut files = Vec::new();
        let entries = directory
            .read_dir()
            .map_err(|error| at(directory, &error))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                files.extend(self.files(&path)?);
            } else if path
                .extension()
                .is_some_and(|e| self.extensions().iter().any(|known| e == *known))
            {
                files.push(path);
            }
        }
        files.sort();
        Ok(files)
    }

    fn read(self, path: &Path) -> Result<Vec<Case>, Failure> {
        let json =
            || -> Result<Value, Failure> { Ok(serde_json::from_slice(&std::fs::read(path)?)?) };
        match self {
            Self::Yaml => yaml::cases(&std::fs::read_to_string(path)?),
            Self::Sdl => sdl::cases(path),
            Self::Gpu => gpu::cases(&json()?),
            Self::Dec => dec::cases(&json()?),
            Self::Escrow => escrow::cases(&json()?),
            Self::Bme => bme::cases(&json()?),
            Self::Oracle => oracle::cases(&json()?),
            Self::Matching => matching::cases(&json()?),
            Self::Market => market::cases(&json()?),
            Self::Pricing => pricing::cases(&json()?),
            Self::Inventory => inventory::cases(&json()?, &stem(path)),
            Self::Wire => wire::cases(&json()?),
            Self::Tx => tx::cases(&json()?),
            Self::Jwt => jwt::cases(&json()?),
            Self::Cert => cert::cases(&json()?),
            Self::Chain => Err("a recording is a directory".into()),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Kind {
    type Err = Failure;

    fn from_str(text: &str) -> Result<Self, Failure> {
        let known = Self::ALL.into_iter().find(|kind| kind.name() == text);
        known.ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            format!("`{text}` is no kind of vectors; there are {names}").into()
        })
    }
}

/// One case of a vector file.
pub struct Case {
    name: Value,
    expected: Option<Value>,
    work: Box<dyn Work>,
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Case")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl Case {
    /// A case; what it expects may be absent.
    fn new(name: impl Into<Value>, expected: Option<Value>, work: impl Work + 'static) -> Self {
        Self {
            name: name.into(),
            expected,
            work: Box::new(work),
        }
    }

    /// A case whose inputs may be damaged: it then fails by itself, and the others do not.
    fn of<W: Work + 'static>(
        name: impl Into<Value>,
        expected: Option<Value>,
        work: Result<W, Failure>,
    ) -> Self {
        match work {
            Ok(work) => Self::new(name, expected, work),
            Err(failure) => Self::new(name, expected, Damaged(failure.to_string())),
        }
    }

    /// What the file calls it: a text, or a number where cases are numbered.
    #[must_use]
    pub const fn name(&self) -> &Value {
        &self.name
    }

    /// What the vectors say must come out, if they do.
    #[must_use]
    pub const fn expected(&self) -> Option<&Value> {
        self.expected.as_ref()
    }

    /// What the library makes of it, in the shape of the vectors.
    ///
    /// # Errors
    /// If the inputs are not such as the format has, so that there is nothing to compute.
    pub fn output(&self) -> Result<Value, Failure> {
        self.work.output()
    }

    /// Whether an output is what the vectors expect; never if they expect nothing.
    #[must_use]
    pub fn agrees(&self, output: &Value) -> bool {
        self.expected()
            .is_some_and(|expected| self.work.agrees(expected, output))
    }

    /// Where an output differs from what is expected, for people.
    #[must_use]
    pub fn difference(&self, expected: &Value, output: &Value) -> String {
        let mut place = String::new();
        let (expected, output) = difference::first(expected, output, &mut place);
        format!("at `{place}` expected {expected}, found {output}")
    }

    /// Does the work of the case without writing down the result, and says how many operations it
    /// was: one, or the number of steps of a scenario.
    ///
    /// # Errors
    /// As [`output`](Self::output).
    pub fn exercise(&self) -> Result<usize, Failure> {
        self.work.exercise()
    }
}

/// The computation behind a case.
trait Work {
    fn output(&self) -> Result<Value, Failure>;

    /// The words of panics are only informative.
    fn agrees(&self, expected: &Value, output: &Value) -> bool {
        expected == output || without_panic_words(expected) == without_panic_words(output)
    }

    fn exercise(&self) -> Result<usize, Failure> {
        std::hint::black_box(self.output()?);
        Ok(1)
    }
}

fn without_panic_words(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(without_panic_words).collect(),
        Value::Object(members) => {
            let panics = members.get("kind").is_some_and(|kind| kind == "panic");
            let kept = members
                .iter()
                .filter(|(name, _)| !panics || *name != "message");
            kept.map(|(name, member)| (name.clone(), without_panic_words(member)))
                .collect::<Map<_, _>>()
                .into()
        }
        value => value.clone(),
    }
}

/// A case that cannot be computed.
struct Damaged(String);

impl Work for Damaged {
    fn output(&self) -> Result<Value, Failure> {
        Err(self.0.clone().into())
    }
}

fn at(path: &Path, problem: &(impl fmt::Display + ?Sized)) -> Failure {
    format!("{}: {problem}", path.display()).into()
}

fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}
