//! The tables of rpcs and errors against a real node's answers.

use akash_sdk::cosmos::wire::service::{self, Verb};
use akash_sdk::cosmos::wire::{descriptor, error};

use crate::golden::json_files;

#[test]
fn every_rpc_has_known_messages_and_its_route_leads_back() {
    let mut paths = Vec::new();
    for rpc in service::rpcs() {
        paths.push(rpc.path);
        for message in [rpc.request, rpc.response] {
            assert!(
                descriptor(message).is_some(),
                "{}: no message {message}",
                rpc.path
            );
        }
        assert_eq!(service::rpc(rpc.path), Some(rpc));
        assert_eq!(rpc.path, format!("/{}/{}", rpc.service(), rpc.method()));
        if let Some(rest) = rpc.rest {
            let filled = rest.path.replace("=**", "").replace(['{', '}'], "");
            let (found, fields) = service::route(rest.verb, &filled).unwrap();
            assert_eq!(found, rpc, "{filled}");
            for (field, _) in fields {
                let request = descriptor(rpc.request).unwrap();
                let top = field.split('.').next().unwrap();
                assert!(
                    request.fields.iter().any(|known| known.name == top),
                    "{}",
                    rpc.path
                );
            }
        }
    }
    let count = paths.len();
    paths.sort_unstable();
    paths.dedup();
    assert_eq!(paths.len(), count);
}

#[test]
fn routes_of_a_real_node() {
    for (file, query) in json_files("chain/query") {
        let rpc = service::rpc(query["method"].as_str().unwrap())
            .unwrap_or_else(|| panic!("{file}: no rpc {}", query["method"]));
        assert_eq!(rpc.request, query["request_type"], "{file}");
        if let Some(response) = query["response_type"].as_str() {
            assert_eq!(rpc.response, response, "{file}");
        }
        let Some(path) = query["rest_path"].as_str() else {
            continue;
        };
        let path = path.split('?').next().unwrap();
        if query["rest_status"] == 200 {
            let (found, _) =
                service::route(Verb::Get, path).unwrap_or_else(|| panic!("{file}: {path}"));
            assert_eq!(found.path, rpc.path, "{file}");
        }
    }
}

#[test]
fn a_path_must_fit_the_whole_route() {
    assert!(service::route(Verb::Get, "/akash/market/v1beta5/bids").is_none());
    assert!(service::route(Verb::Get, "/akash/market/v1beta5/bids/list/").is_none());
    assert!(service::route(Verb::Post, "/akash/market/v1beta5/bids/list").is_none());
    assert!(service::route(Verb::Get, "/cosmos/auth/v1beta1/accounts/").is_none());
    let (_, fields) =
        service::route(Verb::Get, "/akash/oracle/v2/aggregated_price/ibc/ABC").unwrap();
    assert_eq!(fields, [("denom", "ibc/ABC")]);
    assert!(service::transaction("akash.take.v1.MsgUpdateParams").is_none());
    assert!(service::transaction("akash.market.v1.BidID").is_none());
}

#[test]
fn errors_of_a_real_node_are_in_the_table() {
    let mut seen = 0;
    for (file, transaction) in json_files("chain/tx") {
        for outcome in [&transaction["check_tx"], &transaction["result"]] {
            let (Some(codespace), Some(code)) =
                (outcome["codespace"].as_str(), outcome["code"].as_u64())
            else {
                continue;
            };
            // Codespace `undefined` is what is left of errors without a code.
            if code == 0 || codespace == "undefined" {
                continue;
            }
            let known = error::lookup(codespace, u32::try_from(code).unwrap())
                .unwrap_or_else(|| panic!("{file}: {codespace} {code}"));
            let log = outcome["log"].as_str().unwrap_or_default();
            assert!(
                log.to_lowercase().contains(&known.message.to_lowercase()),
                "{file}: {log}"
            );
            seen += 1;
        }
    }
    assert!(seen > 30, "{seen}");
    let mut codes: Vec<_> = error::all()
        .map(|error| (error.codespace, error.code))
        .collect();
    assert!(codes.iter().all(|(_, code)| *code != 0));
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), count);
}
