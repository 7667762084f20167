//! Actions as transaction messages, and their answers.

mod read;
mod write;

pub use read::from_any;
pub use write::to_any;

use super::{ConvertError, Wire, same_variants};
use crate::cosmos::wire::akash::bme::v1 as bme;
use crate::cosmos::wire::akash::escrow::v1 as escrow;
use crate::cosmos::wire::google::protobuf::Any;
use crate::cosmos::wire::{Enum, TypeUrl};
use akash_market::action::Outcome;
use akash_market::bme::RecordId;
use akash_market::grant::GrantScope;
use read::read;

same_variants!(
    GrantScope,
    escrow::DepositAuthorizationScope { Deployment, Bid }
);

/// The answer to the message `request` whose action had this outcome.
#[must_use]
pub fn outcome_to_any(request: &str, outcome: &Outcome) -> Any {
    let Outcome::Queued { id } = outcome else {
        return Any {
            type_url: format!("{request}Response"),
            value: Vec::new(),
        };
    };
    // The chain leaves the status unset.
    let (id, status) = (id.to_wire(), Enum::default());
    match request {
        bme::MsgMintAct::TYPE_URL => bme::MsgMintActResponse { id, status }.to_any(),
        bme::MsgBurnAct::TYPE_URL => bme::MsgBurnActResponse { id, status }.to_any(),
        _ => bme::MsgBurnMintResponse { id, status }.to_any(),
    }
}

/// What the answer to a message says.
///
/// # Errors
/// If a known answer can't be decoded. Other answers mean that it was done.
pub fn outcome_from_any(any: &Any) -> Result<Outcome, ConvertError> {
    let id = match any.type_url.as_str() {
        bme::MsgMintActResponse::TYPE_URL => read::<bme::MsgMintActResponse>(any)?.id,
        bme::MsgBurnActResponse::TYPE_URL => read::<bme::MsgBurnActResponse>(any)?.id,
        bme::MsgBurnMintResponse::TYPE_URL => read::<bme::MsgBurnMintResponse>(any)?.id,
        _ => return Ok(Outcome::Done),
    };
    Ok(Outcome::Queued {
        id: RecordId::from_wire(&id)?,
    })
}
