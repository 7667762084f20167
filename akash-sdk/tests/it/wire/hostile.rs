//! Bytes nobody meant: no input may panic, and the two ways of reading bytes must agree.
#![allow(clippy::indexing_slicing, clippy::unwrap_used)]

use akash_sdk::cosmos::json as transcode;
use akash_sdk::cosmos::wire::strict::{check_any, check_tx};
use akash_sdk::cosmos::wire::{descriptor, descriptors};
use proptest::prelude::*;

use super::vectors;
use crate::golden::{hex, json, unhex};

/// Golden bytes with a few of them changed, removed or added.
fn mutate(mut bytes: Vec<u8>, edits: &[(u8, prop::sample::Index, u8)]) -> Vec<u8> {
    for (what, at, byte) in edits {
        let at = at.index(bytes.len() + 1);
        match what % 4 {
            0 if at < bytes.len() => bytes[at] = *byte,
            1 if at < bytes.len() => drop(bytes.remove(at)),
            2 => bytes.truncate(at.max(1)),
            _ => bytes.insert(at, *byte),
        }
    }
    bytes
}

fn edits() -> impl Strategy<Value = Vec<(u8, prop::sample::Index, u8)>> {
    prop::collection::vec(
        (any::<u8>(), any::<prop::sample::Index>(), any::<u8>()),
        0..4,
    )
}

type Vectors = Vec<(String, String, Vec<u8>, serde_json::Value, String)>;

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn typed_and_table_driven_reading_agree(
        changes in prop::collection::vec(edits(), 40),
        start in any::<prop::sample::Index>(),
    ) {
        thread_local! {
            static GOLDEN: Vectors = vectors();
        }
        GOLDEN.with(|vectors| {
            let start = start.index(vectors.len());
            for (offset, edits) in changes.iter().enumerate() {
                let (name, _, bytes, ..) = &vectors[(start + offset * 37) % vectors.len()];
                let bytes = mutate(bytes.clone(), edits);
                let typed = (descriptor(name).unwrap().typed.recode)(&bytes);
                let printed = transcode::to_json(name, &bytes);
                let _ = check_any(&format!("/{name}"), &bytes);
                let text = printed.as_ref().map(ToString::to_string).unwrap_or_default();
                // An `Any` is opaque to the typed codec; a quantity is never empty in JSON.
                if text.contains("@type") || name.contains("inventory") || name.contains("provider.v1.") {
                    continue;
                }
                match (typed, printed) {
                    (Ok(typed), Ok(printed)) => {
                        let read = transcode::from_json(name, &printed);
                        prop_assert_eq!(read.map(|read| hex(&read)), Ok(hex(&typed)), "{}", name);
                    }
                    // The typed codec refuses text that is not UTF-8, the printer marks it.
                    (Err(error), Ok(_)) => {
                        prop_assert!(error.to_string().contains("UTF-8"), "{name}: {error}");
                    }
                    // Only what an `Any` holds is read by the printer alone.
                    (Ok(_), Err(error)) => {
                        prop_assert!(name.contains("oracle"), "{name}: {error} {}", hex(&bytes));
                    }
                    (Err(_), Err(_)) => {}
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = check_tx(&bytes);
        for message in descriptors() {
            let name = message.full_name;
            let _ = (message.typed.recode)(&bytes);
            if let Ok(printed) = transcode::to_json(name, &bytes) {
                let _ = transcode::from_json(name, &printed);
            }
            let _ = transcode::event_attributes(name, &bytes);
        }
    }

    #[test]
    fn transactions_with_edits_never_panic(edits in edits(), which in any::<prop::sample::Index>()) {
        thread_local! {
            static RAW: Vec<Vec<u8>> = json("tx/decode.json")["vectors"]
                .as_array()
                .unwrap()
                .iter()
                .map(|vector| unhex(vector["hex"].as_str().unwrap()))
                .collect();
        }
        RAW.with(|raw| {
            let bytes = mutate(which.get(raw).clone(), &edits);
            let verdict = check_tx(&bytes);
            let read = descriptor("cosmos.tx.v1beta1.TxRaw").unwrap().typed.recode;
            // What passes is canonical: it reads back to the same bytes.
            if verdict.is_ok() {
                let again = read(&bytes).unwrap();
                prop_assert!(again == bytes || bytes.len() > again.len(), "{}", hex(&bytes));
            }
            Ok(())
        })?;
    }
}
