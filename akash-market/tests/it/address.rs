//! Texts that are no addresses, in the words of the reference.

use super::vectors::load_list;
use akash_market::address::complaint;

#[test]
fn complaints_are_those_of_the_reference() {
    let mut refused = 0;
    for case in load_list("tx/addresses.json", "bech32_cases") {
        if case["accepted"] == false {
            let text = case["text"].as_str().unwrap();
            assert_eq!(complaint("akash", text), case["error"], "{text}");
            refused += 1;
        }
    }
    assert_eq!(refused, 13);
}

#[test]
fn nothing_is_said_of_an_address() {
    let address = "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0";
    assert_eq!(complaint("akash", address), "");
    assert_eq!(complaint("akash", &address.to_uppercase()), "");
}

/// What is left after the last whole byte is at most four bits, and zero.
#[test]
fn letters_fill_bytes() {
    let incomplete = "decoding bech32 failed: invalid incomplete group";
    for (data, why) in [("qqqqq", ""), ("qqqqp", incomplete), ("qqq", incomplete)] {
        let said = complaint("akash", &format!("akash1{data}aaaaaa"));
        let (_, wanted) = said.split_once("expected ").unwrap();
        let checksum = wanted.get(..6).unwrap();
        assert_eq!(
            complaint("akash", &format!("akash1{data}{checksum}")),
            why,
            "{data}"
        );
    }
}
