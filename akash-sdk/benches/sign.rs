//! Signing, verifying and reading transactions and tokens, so many per second.
#![allow(clippy::unwrap_used, missing_docs)]

use akash_sdk::cosmos::tx::{Decoded, Draft, SignAs};
use akash_sdk::cosmos::wire::TypeUrl;
use akash_sdk::cosmos::wire::akash::market::v1beta5::MsgCreateBid;
use akash_sdk::identity::jwt::{self, Access, Algorithm, Claims};
use akash_sdk::signer::{LocalSigner, Signer, verify as verify_signature};
use divan::Bencher;
use divan::counter::ItemsCount;
use futures_util::FutureExt;

fn main() {
    divan::main();
}

fn signer() -> LocalSigner {
    LocalSigner::from_secret_bytes(&[7; 32], "akash").unwrap()
}

fn draft() -> Draft {
    Draft::new(vec![MsgCreateBid::default().to_any()])
}

#[divan::bench]
fn sign_direct(bencher: Bencher<'_, '_>) {
    let (signer, draft) = (signer(), draft());
    bencher.counter(ItemsCount::new(1_u32)).bench_local(|| {
        draft
            .sign_direct("akashnet-2", &[SignAs::new(&signer, 3, 7)])
            .now_or_never()
            .unwrap()
            .unwrap()
    });
}

#[divan::bench]
fn sign_amino(bencher: Bencher<'_, '_>) {
    let (signer, draft) = (signer(), draft());
    bencher.counter(ItemsCount::new(1_u32)).bench_local(|| {
        draft
            .sign_amino("akashnet-2", &[SignAs::new(&signer, 3, 7)])
            .now_or_never()
            .unwrap()
            .unwrap()
    });
}

#[divan::bench]
fn read_and_verify(bencher: Bencher<'_, '_>) {
    let (signer, draft) = (signer(), draft());
    let signed = draft
        .sign_direct("akashnet-2", &[SignAs::new(&signer, 3, 7)])
        .now_or_never()
        .unwrap()
        .unwrap();
    let key = signer.public_key();
    bencher.counter(ItemsCount::new(1_u32)).bench_local(|| {
        let read = Decoded::from_bytes(signed.bytes()).unwrap();
        read.verify(0, "akashnet-2", 3, &key).unwrap();
    });
}

/// The signature alone, of bytes as long as a small transaction's.
#[divan::bench]
fn sign(bencher: Bencher<'_, '_>) {
    let signer = signer();
    let bytes = [7; 300];
    bencher
        .counter(ItemsCount::new(1_u32))
        .bench_local(|| signer.sign_now(divan::black_box(&bytes)).unwrap());
}

/// As [`sign`].
#[divan::bench]
fn verify(bencher: Bencher<'_, '_>) {
    let signer = signer();
    let bytes = [7; 300];
    let (key, signature) = (signer.public_key(), signer.sign_now(&bytes).unwrap());
    bencher
        .counter(ItemsCount::new(1_u32))
        .bench_local(|| verify_signature(&key, divan::black_box(&bytes), &signature).unwrap());
}

#[divan::bench]
fn sign_token(bencher: Bencher<'_, '_>) {
    let signer = signer();
    let claims = Claims::new(signer.address(), 1_750_000_000, 60, Access::Full);
    bencher.counter(ItemsCount::new(1_u32)).bench_local(|| {
        claims
            .sign(&signer, Algorithm::Es256k)
            .now_or_never()
            .unwrap()
            .unwrap()
    });
}

#[divan::bench]
fn verify_token(bencher: Bencher<'_, '_>) {
    let signer = signer();
    let claims = Claims::new(signer.address(), 1_750_000_000, 60, Access::Full);
    let token = claims
        .sign(&signer, Algorithm::Es256k)
        .now_or_never()
        .unwrap()
        .unwrap();
    let key = signer.public_key();
    bencher
        .counter(ItemsCount::new(1_u32))
        .bench_local(|| jwt::verify(token.as_str(), 1_750_000_001, |_| Some(key)).unwrap());
}
