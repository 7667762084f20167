//! The JSON schema for editors against a validator, and its agreement with strict reading.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use akash_sdl::diagnostic::codes;
use akash_sdl::yaml::{self, Value};
use akash_sdl::{Sdl, schema};
use boon::{Compiler, Draft, SchemaIndex, Schemas};
use serde_json::{Value as Json, json};

struct Editor {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Editor {
    fn new() -> Self {
        let mut schemas = Schemas::new();
        let mut compiler = Compiler::new();
        compiler.set_default_draft(Draft::V7);
        compiler
            .add_resource("sdl.json", schema::to_value())
            .unwrap();
        let index = compiler.compile("sdl.json", &mut schemas).unwrap();
        Self { schemas, index }
    }

    /// What is wrong with a text; none if an editor would say nothing.
    fn refuses(&self, text: &[u8]) -> Option<String> {
        let tree = match yaml::parse(text) {
            Ok(tree) => tree,
            Err(error) => return Some(error.to_string()),
        };
        let json = match tree.to_value().map(|value| json_of(&value)) {
            Ok(Some(json)) => json,
            Ok(None) => return Some("not JSON".to_owned()),
            Err(error) => return Some(error.to_string()),
        };
        let found = self.schemas.validate(&json, self.index);
        found.err().map(|error| format!("{error:#}"))
    }
}

/// As an editor sees a document; none where JSON cannot say it.
fn json_of(value: &Value<'_>) -> Option<Json> {
    Some(match value {
        Value::Null => Json::Null,
        Value::Bool(value) => json!(value),
        Value::Int(value) => json!(value),
        Value::Uint(value) => json!(value),
        Value::Float(value) => Json::Number(serde_json::Number::from_f64(*value)?),
        Value::Str(text) => json!(text),
        Value::Timestamp(_) => json!("2026-05-06T00:00:00Z"),
        Value::Binary(bytes) => json!(String::from_utf8_lossy(bytes)),
        Value::Seq(items) => Json::Array(items.iter().map(json_of).collect::<Option<_>>()?),
        Value::Map(entries) => Json::Object(
            entries
                .iter()
                .map(|(key, value)| match key {
                    Value::Str(key) => Some((key.to_string(), json_of(value)?)),
                    _ => None,
                })
                .collect::<Option<_>>()?,
        ),
    })
}

fn documents() -> Vec<PathBuf> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let mut paths = Vec::new();
    for folder in [
        "vectors/sdl/valid",
        "vectors/sdl/invalid",
        "vectors/sdl/extra",
        "vectors/diagnostics",
        "examples/sdl",
    ] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|e| e == "yaml") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    assert!(paths.len() > 500);
    paths
}

/// What strict reading refuses and no schema can say, each with why.
const BEYOND_A_SCHEMA: &[(&str, &str)] = &[
    (
        codes::ATTRIBUTE_TWICE,
        "items of a list are compared by a part of them",
    ),
    (
        codes::CPU_ATTRIBUTE_UNKNOWN,
        "the published schema leaves attributes open",
    ),
    (
        codes::CPU_INVALID,
        "an editor sees the value of a number, not how it is written",
    ),
    (codes::CPU_RANGE, "numbers in texts"),
    (codes::DEPLOYMENT_EMPTY, "an empty map is well-formed"),
    (
        codes::DEPLOYMENT_PLACEMENT_UNKNOWN,
        "names that refer to each other",
    ),
    (
        codes::DEPLOYMENT_PROFILE_UNKNOWN,
        "names that refer to each other",
    ),
    (
        codes::DEPLOYMENT_SERVICE_UNKNOWN,
        "names that refer to each other",
    ),
    (
        codes::ENDPOINT_PORT_TWICE,
        "what is used twice in the document",
    ),
    (codes::ENDPOINT_UNDECLARED, "names that refer to each other"),
    (codes::ENDPOINT_UNUSED, "names that refer to each other"),
    (
        codes::EXPOSE_HOST_INVALID,
        "the length of a whole host name",
    ),
    (
        codes::EXPOSE_HOST_TWICE,
        "what is used twice in the document",
    ),
    (
        codes::EXPOSE_NOTHING_GLOBAL,
        "one of all services must be reachable",
    ),
    (
        codes::GPU_MODEL_INVALID,
        "the name that model, ram and interface make together",
    ),
    (codes::GPU_RANGE, "numbers in texts"),
    (
        codes::GPU_UNITS_INVALID,
        "an editor sees the value of a number, not how it is written",
    ),
    (codes::GROUP_TOTAL_RANGE, "sums over a group"),
    (codes::MEMORY_RANGE, "numbers in texts"),
    (
        codes::MOUNT_MISSING,
        "a volume of a profile and the service that uses it",
    ),
    (
        codes::MOUNT_NOT_ABSOLUTE,
        "the published schema lets the mount be left out",
    ),
    (codes::MOUNT_TWICE, "what is used twice in the document"),
    (
        codes::MOUNT_VOLUME_UNKNOWN,
        "names that refer to each other",
    ),
    (codes::PRICE_DENOM_MIXED, "all prices of the document"),
    (
        codes::PRICE_INVALID,
        "an editor sees the value of a number, not how it is written",
    ),
    (codes::PRICE_MISSING, "names that refer to each other"),
    (codes::PRICE_NOT_POSITIVE, "numbers in texts"),
    (codes::PRICE_RANGE, "numbers in texts"),
    (codes::RECLAMATION_WINDOW, "numbers in texts"),
    (
        codes::SECTION_UNKNOWN,
        "`<<` is gone once the document is read as JSON",
    ),
    (
        codes::SERVICE_ENV_NAME_INVALID,
        "names that begin with two points",
    ),
    (codes::STORAGE_MISSING, "an empty list is well-formed"),
    (
        codes::STORAGE_NAME_TWICE,
        "items of a list are compared by a part of them",
    ),
    (codes::STORAGE_RANGE, "numbers in texts"),
    (codes::TEE_CONFLICT, "all services of a placement"),
    (codes::TEE_WITHOUT_GPU, "a service and the profile it uses"),
    (
        codes::YAML_TYPE,
        "the published schema leaves attributes open",
    ),
];

/// The whole agreement between schema and strict reading: the schema never refuses what strict
/// reading takes, and what it lets through is refused for one of the reasons listed, and no other.
#[test]
fn schema_agrees_with_strict_reading() {
    let editor = Editor::new();
    let mut beyond: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    let (mut agreed, mut all) = (0, 0);
    for path in documents() {
        let text = fs::read(&path).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        all += 1;
        match (editor.refuses(&text), Sdl::parse_strict(&text)) {
            (None, Ok(_)) | (Some(_), Err(_)) => agreed += 1,
            (Some(refused), Ok(_)) => wrong.push(format!("{name}: only the schema: {refused}")),
            (None, Err(report)) => {
                let mut codes: Vec<_> = report.errors().map(|e| e.code).collect();
                codes.sort_unstable();
                codes.dedup();
                if !codes
                    .iter()
                    .any(|code| BEYOND_A_SCHEMA.iter().any(|(known, _)| known == code))
                {
                    wrong.push(format!("{name}: only strict reading: {report}"));
                }
                for code in codes {
                    *beyond.entry(code).or_default() += 1;
                }
            }
        }
    }
    println!("{agreed} of {all} documents judged alike");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for (code, _) in BEYOND_A_SCHEMA {
        assert!(beyond.contains_key(code), "{code} is no longer needed");
        assert!(codes::ALL.iter().any(|(known, _)| known == code), "{code}");
    }
}

#[test]
fn schema_is_a_schema() {
    let text = schema::to_json();
    let json: Json = serde_json::from_str(&text).unwrap();
    assert_eq!(json, schema::to_value());
    let editor = Editor::new();
    assert_eq!(editor.refuses(akash_sdl::EXAMPLE.as_bytes()), None);
    let wrong = akash_sdl::EXAMPLE.replace("512Mi", "512mi");
    assert!(editor.refuses(wrong.as_bytes()).is_some());
}
