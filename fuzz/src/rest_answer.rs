//! Answers of the REST gateway to every query, chosen by the first line: nothing panics, and what is read is a
//! message that prints and reads back to the same bytes. The bytes themselves as a request: the URL has no byte that
//! must not stand there.

use akash_sdk::cosmos::json;
use akash_sdk::cosmos::transport::rest::{answer, url};
use akash_sdk::cosmos::wire::service;

/// The target.
pub fn check(data: &[u8]) {
    let at = data.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let (first, body) = data.split_at(at);
    let Some(rpc) = std::str::from_utf8(first).ok().and_then(service::rpc) else {
        return;
    };
    let body = body.get(1..).unwrap_or_default();
    let _ = answer::refusal(rpc.path, Some(3), body);
    if let Ok(bytes) = answer::message("node", rpc, body) {
        let printed = json::to_json(rpc.response, &bytes).expect("what was read is printed");
        let again = json::from_json(rpc.response, &printed).expect("what is printed is read");
        assert_eq!(again, bytes);
    }
    if let Ok(request) = url::request(rpc.path, body) {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-._~/%?=&".contains(&b);
        assert!(request.path.bytes().all(allowed), "{}", request.path);
    }
}
