//! Actions and messages are two forms of one thing: every transaction of a recorded run, read and written again.

use akash_sdk::cosmos::convert::{ConvertError, Wire, action};
use akash_sdk::cosmos::tx::signers;
use akash_sdk::cosmos::wire::cosmos::tx::v1beta1::TxBody;
use akash_sdk::cosmos::wire::google::protobuf::Any;
use akash_sdk::cosmos::wire::{TypeUrl, akash};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap())
        .collect()
}

fn recorded(folder: &str) -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../vectors/chain")
        .join(folder);
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|f| f.unwrap().path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap())
        .collect()
}

/// Messages that are no actions of the market, or need a certificate to be read first.
const OTHERS: &[&str] = &[
    "/akash.cert.v1.MsgCreateCertificate",
    "/cosmos.feegrant.v1beta1.MsgGrantAllowance",
];

#[test]
fn every_recorded_message_is_written_as_it_was_read() {
    let mut read = 0;
    let mut signed = BTreeSet::new();
    for tx in recorded("tx") {
        let name = tx["name"].as_str().unwrap();
        for message in tx["messages_bin"].as_array().unwrap() {
            let any = Any {
                type_url: message["type_url"].as_str().unwrap().to_owned(),
                value: unhex(message["value_hex"].as_str().unwrap()),
            };
            match action::from_any(&any) {
                Ok(parsed) => {
                    let written = action::to_any(&parsed);
                    // Minting and burning have general and named messages; we write the named ones.
                    if any.type_url != "/akash.bme.v1.MsgBurnMint" {
                        assert_eq!(written.type_url, any.type_url, "{name}");
                        assert_eq!(written.value, any.value, "{name}");
                    }
                    assert_eq!(action::from_any(&written).as_ref(), Ok(&parsed), "{name}");
                    // Who has to sign is the same for the message and for the action.
                    let body = TxBody {
                        messages: vec![any.clone()],
                        ..TxBody::default()
                    };
                    let signers = signers(&body, None).unwrap();
                    assert_eq!(signers, [parsed.signer().clone()], "{name}");
                    signed.insert(any.type_url.clone());
                    read += 1;
                }
                Err(ConvertError::UnknownMessage { type_url }) => {
                    assert!(OTHERS.contains(&type_url.as_str()), "{name}: {type_url}");
                }
                // A wrong denom or a negative time on purpose.
                Err(error) => panic!("{name}: {error}"),
            }
        }
    }
    assert!(read > 140, "{read}");
    assert!(signed.len() > 24, "{signed:?}");
}

fn check<M: TypeUrl, T: Wire>(bytes: &[u8], parts: impl Fn(M) -> Vec<T::Message>) -> usize
where
    T::Message: PartialEq + std::fmt::Debug,
{
    let message = M::decode(bytes).unwrap();
    let parts = parts(message);
    for part in &parts {
        assert_eq!(&T::from_wire(part).unwrap().to_wire(), part);
    }
    parts.len()
}

#[test]
fn every_recorded_entity_is_written_as_it_was_read() {
    use akash::{audit, bme, deployment, escrow, market, oracle, provider};
    use akash_market::{audit as audits, bid, escrow as funds, lease, order};
    let mut read = 0;
    for query in recorded("query") {
        let Some(bytes) = query["response_hex"].as_str().map(unhex) else {
            continue;
        };
        read += match query["response_type"].as_str().unwrap() {
            "akash.deployment.v1beta4.QueryDeploymentsResponse" => {
                type M = deployment::v1beta4::QueryDeploymentsResponse;
                check::<M, akash_market::deployment::Deployment>(&bytes, |m| {
                    m.deployments.into_iter().map(|d| d.deployment).collect()
                }) + check::<M, akash_market::deployment::Group>(&bytes, |m| {
                    m.deployments.into_iter().flat_map(|d| d.groups).collect()
                }) + check::<M, funds::EscrowAccount>(&bytes, |m| {
                    m.deployments
                        .into_iter()
                        .map(|d| d.escrow_account)
                        .collect()
                })
            }
            "akash.market.v1beta5.QueryOrdersResponse" => {
                check::<market::v1beta5::QueryOrdersResponse, order::Order>(&bytes, |m| m.orders)
            }
            "akash.market.v1beta5.QueryBidResponse" => {
                check::<market::v1beta5::QueryBidResponse, bid::Bid>(&bytes, |m| vec![m.bid])
            }
            "akash.market.v1beta5.QueryLeaseResponse" => check::<
                market::v1beta5::QueryLeaseResponse,
                lease::Lease,
            >(&bytes, |m| vec![m.lease]),
            "akash.escrow.v1.QueryPaymentsResponse" => check::<
                escrow::v1::QueryPaymentsResponse,
                funds::EscrowPayment,
            >(&bytes, |m| m.payments),
            "akash.provider.v1beta4.QueryProvidersResponse" => {
                check::<provider::v1beta4::QueryProvidersResponse, akash_market::provider::Provider>(
                    &bytes,
                    |m| m.providers,
                )
            }
            "akash.audit.v1.QueryProvidersResponse"
                if query["name"].as_str().unwrap().contains("provider") =>
            {
                check::<audit::v1::QueryProvidersResponse, audits::AuditRecord>(&bytes, |m| {
                    m.providers
                })
            }
            "akash.bme.v1.QueryLedgerRecordsResponse" => check::<
                bme::v1::QueryLedgerRecordsResponse,
                akash_market::bme::Record,
            >(&bytes, |m| m.records),
            "akash.oracle.v2.QueryParamsResponse" => check::<
                oracle::v2::QueryParamsResponse,
                akash_market::params::OracleParams,
            >(&bytes, |m| vec![m.params]),
            _ => 0,
        };
    }
    assert!(read > 60, "{read}");
}
