//! Signing, verifying and reading transactions and tokens.
#![allow(clippy::unwrap_used, missing_docs)]

use akash_sdk::cosmos::tx::{Decoded, Draft, SignAs};
use akash_sdk::cosmos::wire::TypeUrl;
use akash_sdk::cosmos::wire::akash::market::v1beta5::MsgCreateBid;
use akash_sdk::identity::jwt::{Access, Algorithm, Claims, verify};
use akash_sdk::signer::{LocalSigner, Signer};
use divan::Bencher;
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
    bencher.bench_local(|| {
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
    bencher.bench_local(|| {
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
    bencher.bench_local(|| {
        let read = Decoded::from_bytes(signed.bytes()).unwrap();
        read.verify(0, "akashnet-2", 3, &key).unwrap();
    });
}

#[divan::bench]
fn sign_token(bencher: Bencher<'_, '_>) {
    let signer = signer();
    let claims = Claims::new(signer.address(), 1_750_000_000, 60, Access::Full);
    bencher.bench_local(|| {
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
    bencher.bench_local(|| verify(token.as_str(), 1_750_000_001, |_| Some(key)).unwrap());
}
