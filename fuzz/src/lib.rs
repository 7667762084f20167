//! What the fuzz targets check, as functions of any bytes.
//!
//! The programs in `fuzz_targets` hand these functions to libFuzzer; the test `replay` runs them over
//! the kept inputs in `corpus` and `regressions`, so `cargo test` alone finds what once broke.

pub mod canonical_json;
pub mod certificate;
pub mod compose_import;
pub mod dec_arithmetic;
pub mod edit;
pub mod event_attributes;
pub mod gpu_attribute;
pub mod hf_config;
pub mod jwt;
pub mod ledger_actions;
pub mod manifest_check;
pub mod quantities;
pub mod rest_answer;
pub mod rpc_answer;
pub mod sdl_parse;
pub mod template;
pub mod wire_message;
pub mod yaml_events;

/// What a target does with an input; it panics when something is wrong.
pub type Check = fn(&[u8]);

/// Each target: its name and what it does with an input.
pub const TARGETS: &[(&str, Check)] = &[
    ("canonical_json", canonical_json::check),
    ("certificate", certificate::check),
    ("compose_import", compose_import::check),
    ("edit", edit::check),
    ("event_attributes", event_attributes::check),
    ("dec_arithmetic", dec_arithmetic::check),
    ("gpu_attribute", gpu_attribute::check),
    ("hf_config", hf_config::check),
    ("jwt", jwt::check),
    ("ledger_actions", ledger_actions::check),
    ("manifest_check", manifest_check::check),
    ("quantities", quantities::check),
    ("rest_answer", rest_answer::check),
    ("rpc_answer", rpc_answer::check),
    ("sdl_parse", sdl_parse::check),
    ("template", template::check),
    ("wire_message", wire_message::check),
    ("yaml_events", yaml_events::check),
];
