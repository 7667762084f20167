//! What a new lease would cost the older ones of its deployment.

use crate::escrow::{EscrowAccount, EscrowPayment, EscrowState, PaymentId};
use crate::id::Height;
use akash_sdl::num::{DecCoin, NumError};

/// What each open payment of an account has earned since the account's last settlement: a lease that is made at `height`
/// takes it from the account and credits it to nobody (see
/// [`Quirk::LeaseCreationDropsAccruedEarnings`](crate::ledger::Quirk::LeaseCreationDropsAccruedEarnings)). Payments that
/// lose nothing are left out.
///
/// `payments` are those of this account. Exact as long as the funds last.
///
/// # Errors
/// If a product leaves its range.
pub fn dropped_by_lease<'p>(
    account: &EscrowAccount,
    payments: impl IntoIterator<Item = &'p EscrowPayment>,
    height: Height,
) -> Result<Vec<(PaymentId, DecCoin)>, NumError> {
    let elapsed = height.0.saturating_sub(account.settled_at.0).max(0);
    let mut dropped = Vec::new();
    if account.state != EscrowState::Open {
        return Ok(dropped);
    }
    for payment in payments
        .into_iter()
        .filter(|p| p.state == EscrowState::Open)
    {
        let due = payment.rate.amount().mul_i64(elapsed)?.truncate_dec();
        if !due.is_zero() {
            let due = DecCoin::new(payment.rate.denom().clone(), due)?;
            dropped.push((payment.id.clone(), due));
        }
    }
    Ok(dropped)
}
