//! Keys and addresses against the reference.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use akash_market::bank::Modules;
use akash_sdk::cosmos::address;
use akash_sdk::signer::{AKASH_PREFIX, HdPath, LocalSigner, Mnemonic, Signer, verify};
use serde_json::Value;

use crate::golden::{hex, json, json_files, unhex};

const WORDS: &str =
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap()
}

fn cases<'a>(file: &'a Value, key: &str) -> &'a Vec<Value> {
    let cases = file[key].as_array().unwrap();
    assert!(!cases.is_empty());
    cases
}

#[test]
fn mnemonics_lead_to_the_reference_keys() {
    let file = json("tx/addresses.json");
    for case in cases(&file, "addresses") {
        let mnemonic: Mnemonic = text(case, "mnemonic").parse().unwrap();
        let passphrase = text(case, "bip39_passphrase");
        assert_eq!(
            hex(&*mnemonic.seed(passphrase)),
            text(case, "bip39_seed_hex")
        );
        let path: HdPath = text(case, "path").parse().unwrap();
        let signer = LocalSigner::derive(&mnemonic, passphrase, &path, AKASH_PREFIX).unwrap();
        let raw =
            LocalSigner::from_secret_bytes(&unhex(text(case, "private_key_hex")), AKASH_PREFIX)
                .unwrap();
        for signer in [&signer, &raw] {
            let key = signer.public_key();
            assert_eq!(hex(&key.0), text(case, "public_key_hex"));
            assert_eq!(hex(&key.address_bytes()), text(case, "address_hex"));
            assert_eq!(signer.address().as_str(), text(case, "akash"));
            assert_eq!(
                key.address(address::VALIDATOR).unwrap().as_str(),
                text(case, "akashvaloper")
            );
        }
    }
}

#[test]
fn mnemonics_are_accepted_as_by_the_reference() {
    let file = json("tx/addresses.json");
    for case in cases(&file, "mnemonic_cases") {
        let accepted = text(case, "mnemonic").parse::<Mnemonic>().is_ok();
        assert_eq!(accepted, case["accepted"], "{case}");
    }
}

#[test]
fn paths_are_read_as_by_the_reference() {
    let mnemonic: Mnemonic = WORDS.parse().unwrap();
    let file = json("tx/addresses.json");
    for case in cases(&file, "path_cases") {
        let path = text(case, "path").parse::<HdPath>();
        assert_eq!(path.is_ok(), case["accepted"], "{case}");
        if let Ok(path) = path {
            let derived = LocalSigner::derive(&mnemonic, "", &path, AKASH_PREFIX).unwrap();
            let raw =
                LocalSigner::from_secret_bytes(&unhex(text(case, "private_key_hex")), AKASH_PREFIX)
                    .unwrap();
            assert_eq!(derived.public_key(), raw.public_key(), "{case}");
            assert_eq!(path.to_string().parse::<HdPath>().unwrap(), path);
        }
    }
}

#[test]
fn addresses_are_read_as_by_the_chain() {
    let file = json("tx/addresses.json");
    for case in cases(&file, "bech32_cases") {
        let read = address::parse(address::ACCOUNT, text(case, "text"));
        assert_eq!(read.is_ok(), case["accepted"], "{case}");
        if let Ok(read) = read {
            assert_eq!(read.as_str(), text(case, "canonical"));
            assert_eq!(hex(&read.bytes()), text(case, "hex"));
        }
    }
}

#[test]
fn consensus_and_module_addresses_are_the_chains() {
    let file = json("tx/addresses.json");
    let consensus = &file["consensus"];
    let key = unhex(text(consensus, "ed25519_public_key_hex"));
    let made = address::consensus(address::CONSENSUS, &key.try_into().unwrap()).unwrap();
    assert_eq!(made.as_str(), text(consensus, "akashvalcons"));
    assert_eq!(hex(&made.bytes()), text(consensus, "address_hex"));
    let modules = file["module_accounts"].as_object().unwrap();
    assert!(!modules.is_empty());
    for (name, expected) in modules {
        let made = Modules::address(AKASH_PREFIX, name).unwrap();
        assert_eq!(made.as_str(), expected.as_str().unwrap(), "{name}");
    }
}

#[test]
fn accounts_of_the_recorded_network_are_found() {
    let file = json("chain/accounts.json");
    let accounts = file.as_array().unwrap();
    assert_eq!(accounts.len(), 8);
    for account in accounts {
        let mnemonic: Mnemonic = text(account, "mnemonic").parse().unwrap();
        let path: HdPath = text(account, "hd_path").parse().unwrap();
        let signer = LocalSigner::derive(&mnemonic, "", &path, AKASH_PREFIX).unwrap();
        assert_eq!(signer.address().as_str(), text(account, "address"));
        assert_eq!(hex(&signer.public_key().0), text(account, "pubkey_hex"));
    }
}

#[test]
fn signatures_of_the_recorded_network_are_made_again() {
    let accounts = json("chain/accounts.json");
    let mut same = 0;
    for (name, tx) in json_files("chain/tx") {
        let account = accounts
            .as_array()
            .unwrap()
            .iter()
            .find(|account| account["address"] == tx["signer"]["address"])
            .unwrap();
        let secret = unhex(text(account, "privkey_hex"));
        let signer = LocalSigner::from_secret_bytes(&secret, AKASH_PREFIX).unwrap();
        let bytes = unhex(text(&tx, "sign_bytes_hex"));
        let signature = signer.sign_now(&bytes).unwrap();
        verify(&signer.public_key(), &bytes, &signature).unwrap();
        // One recorded signature is damaged on purpose.
        assert_eq!(
            hex(&signature.0) == text(&tx, "signature_hex"),
            name != "006-ante-corrupt-signature.json",
            "{name}"
        );
        same += 1;
    }
    assert_eq!(same, 155);
}
