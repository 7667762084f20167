//! Against cosmrs, an independent library: the same transactions, byte for byte.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use akash_market::address::Address;
use akash_sdk::cosmos::interop::{Cosmrs, InteropError};
use akash_sdk::cosmos::tx::{Draft, SignAs, public_key_to_any};
use akash_sdk::cosmos::wire::google::protobuf::Any;
use akash_sdk::signer::{
    AKASH_PREFIX, CosmrsSigner, LocalSigner, PublicKey, SignBytes, Signer, verify,
};
use akash_sdl::num::Coin;
use cosmrs::bank::MsgSend;
use cosmrs::crypto::secp256k1::SigningKey;
use cosmrs::tx::{Body, Fee, Msg, SignDoc, SignerInfo};
use futures_util::FutureExt;

use crate::golden::{json, unhex};

const SECRET: &str = "c4a48e2fce1481cd3294b4490f6678090ea98d3d0e5cd984558ab0968741b104";
const ADDRESS: &str = "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0";
const CHAIN: &str = "akashnet-2";
const ACCOUNT: u64 = 3;
const SEQUENCE: u64 = 7;

fn theirs() -> SigningKey {
    SigningKey::from_slice(&unhex(SECRET)).unwrap()
}

fn other() -> Address {
    Address::bech32(AKASH_PREFIX, &[9; 20]).unwrap()
}

fn send() -> Any {
    let message = MsgSend {
        from_address: ADDRESS.parse().unwrap(),
        to_address: other().to_cosmrs().unwrap(),
        amount: vec![cosmrs::Coin::new(1_000_000, "uakt").unwrap()],
    };
    Any::from_cosmrs(&message.to_any().unwrap()).unwrap()
}

/// The same transaction, made by cosmrs.
fn made_by_cosmrs(draft: &Draft) -> Vec<u8> {
    let messages = draft.messages.iter().map(|any| any.to_cosmrs().unwrap());
    let height = u32::try_from(draft.timeout_height).unwrap();
    let body = Body::new(messages, draft.memo.clone(), height);
    let fee = Fee {
        amount: draft
            .fee
            .iter()
            .map(|coin| coin.to_cosmrs().unwrap())
            .collect(),
        gas_limit: draft.gas_limit,
        payer: None,
        granter: draft
            .granter
            .as_ref()
            .map(|address| address.to_cosmrs().unwrap()),
    };
    let key = theirs();
    let auth = SignerInfo::single_direct(Some(key.public_key()), SEQUENCE).auth_info(fee);
    SignDoc::new(&body, &auth, &CHAIN.parse().unwrap(), ACCOUNT)
        .unwrap()
        .sign(&key)
        .unwrap()
        .to_bytes()
        .unwrap()
}

fn made_here(draft: &Draft, signer: &dyn Signer) -> Vec<u8> {
    draft
        .sign_direct(CHAIN, &[SignAs::new(signer, ACCOUNT, SEQUENCE)])
        .now_or_never()
        .unwrap()
        .unwrap()
        .into_bytes()
}

#[test]
fn transactions_are_those_of_cosmrs() {
    let ours = LocalSigner::from_secret_bytes(&unhex(SECRET), AKASH_PREFIX).unwrap();
    assert_eq!(ours.address().as_str(), ADDRESS);
    let wrapped = CosmrsSigner::new(theirs(), AKASH_PREFIX).unwrap();

    // A transfer, then every kind of message of the reference's transactions.
    let mut cases = vec![vec![send()]];
    let file = json("tx/transactions.json");
    let mut akash = 0;
    for case in file["transactions"].as_array().unwrap() {
        let urls = case["msg_type_urls"].as_array().unwrap();
        let bytes = case["msg_hex"].as_array().unwrap();
        let messages: Vec<Any> = urls
            .iter()
            .zip(bytes)
            .map(|(url, bytes)| Any {
                type_url: url.as_str().unwrap().to_owned(),
                value: unhex(bytes.as_str().unwrap()),
            })
            .collect();
        akash += messages
            .iter()
            .filter(|any| any.type_url.starts_with("/akash."))
            .count();
        cases.push(messages);
    }
    assert!(akash > 10, "{akash}");

    for (index, messages) in cases.into_iter().enumerate() {
        let mut draft = Draft::new(messages);
        draft.memo = "a memo".to_owned();
        draft.timeout_height = 23_456_789;
        draft.gas_limit = 200_000;
        draft.fee = vec!["5000uakt".parse().unwrap()];
        if index % 2 == 1 {
            draft.granter = Some(other());
        }
        let expected = made_by_cosmrs(&draft);
        assert_eq!(made_here(&draft, &ours), expected, "{index}");
        assert_eq!(made_here(&draft, &wrapped), expected, "{index}");
    }
}

#[test]
fn signatures_of_a_wrapped_key_are_valid() {
    let signer = CosmrsSigner::new(theirs(), AKASH_PREFIX).unwrap();
    assert_eq!(format!("{signer:?}"), format!("CosmrsSigner({ADDRESS})"));
    let signature = signer
        .sign(SignBytes::Raw(b"any bytes"))
        .now_or_never()
        .unwrap()
        .unwrap();
    verify(&signer.public_key(), b"any bytes", &signature).unwrap();
    assert!(CosmrsSigner::new(theirs(), "").is_err());
}

#[test]
fn values_pass_both_ways() {
    let address: Address = ADDRESS.parse().unwrap();
    let id = address.to_cosmrs().unwrap();
    assert_eq!(address.bytes(), id.to_bytes());
    assert_eq!(Address::from_cosmrs(&id), Ok(address));
    let upper: cosmrs::AccountId = ADDRESS.to_uppercase().parse().unwrap();
    assert_eq!(
        Address::from_cosmrs(&upper).unwrap().as_str(),
        ADDRESS,
        "the canonical text is lower case"
    );

    let largest: Coin = format!("{}uakt", u128::MAX).parse().unwrap();
    let coin = largest.to_cosmrs().unwrap();
    assert_eq!(coin.amount, u128::MAX);
    assert_eq!(Coin::from_cosmrs(&coin), Ok(largest));
    let larger: Coin = "340282366920938463463374607431768211456uakt"
        .parse()
        .unwrap();
    assert!(matches!(
        larger.to_cosmrs(),
        Err(InteropError::Ours { kind: "coin", .. })
    ));
    // cosmrs takes denominations that the chain does not.
    let odd = cosmrs::Coin::new(1, "1abc").unwrap();
    assert!(matches!(
        Coin::from_cosmrs(&odd),
        Err(InteropError::Theirs { kind: "coin", .. })
    ));

    let ours = LocalSigner::from_secret_bytes(&unhex(SECRET), AKASH_PREFIX).unwrap();
    let key = ours.public_key().to_cosmrs().unwrap();
    assert_eq!(key, theirs().public_key());
    assert_eq!(
        key.account_id(AKASH_PREFIX).unwrap().as_ref(),
        ADDRESS,
        "both derive the same address"
    );
    assert_eq!(PublicKey::from_cosmrs(&key), Ok(ours.public_key()));
    assert_eq!(
        Any::from_cosmrs(&key.to_any().unwrap()).unwrap(),
        public_key_to_any(&ours.public_key())
    );
    assert!(PublicKey([0; 33]).to_cosmrs().is_err());
}
