//! What a transaction costs in gas, by the figures of a recorded run of a real node.

use crate::cosmos::wire::google::protobuf::Any;

/// What the node charges for a byte of a transaction (auth parameter).
const PER_BYTE: u64 = 10;
/// What everything around the messages costs: sequence, fee transfer, signature, event store.
const AROUND: u64 = 46_000;
/// What the first transaction of an account costs more, because its public key is stored.
const FIRST: u64 = 13_000;

/// Gas of one message, beside bytes and surroundings.
fn message(any: &Any) -> u64 {
    match any.type_url.as_str() {
        "/akash.deployment.v1beta4.MsgCreateDeployment" => 100_000,
        "/akash.deployment.v1beta4.MsgUpdateDeployment" => 12_000,
        "/akash.deployment.v1beta4.MsgCloseDeployment" => 160_000,
        "/akash.deployment.v1beta4.MsgCloseGroup"
        | "/akash.deployment.v1beta4.MsgPauseGroup"
        | "/akash.deployment.v1beta4.MsgStartGroup" => 56_000,
        "/akash.market.v1beta5.MsgCreateBid" => 72_000,
        "/akash.market.v1beta5.MsgCloseBid" => 110_000,
        "/akash.market.v1beta5.MsgCreateLease" => 150_000,
        "/akash.market.v1beta5.MsgCloseLease" => 205_000,
        "/akash.market.v1beta5.MsgWithdrawLease" => 40_000,
        "/akash.market.v1beta5.MsgLeaseStartReclaim" => 25_000,
        "/akash.escrow.v1.MsgAccountDeposit" => 36_000,
        "/akash.bme.v1.MsgMintACT" | "/akash.bme.v1.MsgBurnACT" | "/akash.bme.v1.MsgBurnMint" => {
            38_000
        }
        "/akash.oracle.v2.MsgAddPriceEntry" => 10_000,
        "/akash.provider.v1beta4.MsgCreateProvider"
        | "/akash.provider.v1beta4.MsgUpdateProvider" => 18_000,
        "/akash.cert.v1.MsgCreateCertificate" | "/akash.cert.v1.MsgRevokeCertificate" => 30_000,
        _ => 20_000,
    }
}

/// Gas that a transaction of `bytes` bytes with these messages uses.
pub(super) fn used(bytes: usize, messages: &[Any], first: bool) -> u64 {
    let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
    messages
        .iter()
        .map(message)
        .fold(AROUND, u64::saturating_add)
        .saturating_add(bytes.saturating_mul(PER_BYTE))
        .saturating_add(if first { FIRST } else { 0 })
}
