//! SDL documents: groups, manifest and version, or what is wrong with them.

use super::field::{Fields, expected};
use super::{Case, Failure, Work, hex, stem};
use akash_sdk::cosmos::convert::Wire as _;
use akash_sdl::canonical::groups_json;
use akash_sdl::{Sdl, Version};
use prost::Message as _;
use serde_json::{Value, json};
use std::hint::black_box;
use std::path::Path;

const RESULTS: [&str; 6] = [
    "version",
    "manifest",
    "groups",
    "groups_sha256",
    "group_spec_protobuf_hex",
    "reclamation_min_window_ns",
];

/// The one case of a document; what is expected of it may lie beside it as `NAME.expected.json`.
pub(super) fn cases(path: &Path) -> Result<Vec<Case>, Failure> {
    let document = Document(std::fs::read(path)?);
    let recorded = path.with_extension("expected.json");
    let expected = if recorded.exists() {
        Some(verdict(&serde_json::from_slice(&std::fs::read(
            recorded,
        )?)?)?)
    } else {
        None
    };
    Ok(vec![Case::new(stem(path), expected, document)])
}

/// What a recorded verdict of the reference means for the output.
fn verdict(recorded: &Value) -> Result<Value, Failure> {
    match recorded.text("go")? {
        "accept" => {
            let mut all = expected(recorded, &RESULTS).unwrap_or_else(|| json!({}));
            if let Some(members) = all.as_object_mut() {
                members.insert("status".to_owned(), json!("ok"));
            }
            Ok(all)
        }
        // Where the reference crashes, an error is the right answer.
        "reject" | "crash" => Ok(json!({"status": "error"})),
        other => Err(format!("`go` is `{other}` and must be accept, reject or crash").into()),
    }
}

struct Document(Vec<u8>);

impl Work for Document {
    fn output(&self) -> Result<Value, Failure> {
        let sdl = match Sdl::parse(&self.0) {
            Ok(sdl) => sdl,
            Err(report) => {
                return Ok(json!({"status": "error", "diagnostics": report.diagnostics()}));
            }
        };
        let groups = groups_json(sdl.groups());
        let protobuf = sdl
            .groups()
            .iter()
            .map(|group| hex::text(&group.to_wire().encode_to_vec()));
        Ok(json!({
            "status": "ok",
            "version": sdl.version().to_string(),
            "manifest": sdl.canonical_json(),
            "groups": serde_json::from_str::<Value>(&groups)?,
            "groups_sha256": Version::of(groups.as_bytes()).to_string(),
            "group_spec_protobuf_hex": protobuf.collect::<Vec<_>>(),
            "reclamation_min_window_ns": sdl.reclamation_min_window().map(|ns| ns.to_string()),
        }))
    }

    /// All that is expected must be there; how a refusal is worded is free.
    fn agrees(&self, expected: &Value, output: &Value) -> bool {
        let members = expected.as_object().into_iter().flatten();
        members
            .into_iter()
            .all(|(name, value)| output.get(name) == Some(value))
    }

    fn exercise(&self) -> Result<usize, Failure> {
        // A refusal with all its diagnostics is a result too.
        if let Ok(sdl) = Sdl::parse(&self.0) {
            black_box((
                sdl.groups(),
                sdl.manifest(),
                sdl.canonical_json(),
                sdl.version(),
            ));
        }
        Ok(1)
    }
}
