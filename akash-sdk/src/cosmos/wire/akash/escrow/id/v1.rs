//! Package `akash.escrow.id.v1`.

use crate::cosmos::wire::Enum;
use crate::cosmos::wire::message::{enums, messages};

messages! {
    "akash.escrow.id.v1";

    /// An escrow account.
    Account "Account" {
        /// What kind of thing the account belongs to.
        scope: Enum<Scope> = 1,
        /// External id: the owner's scope key, such as `owner/dseq`.
        xid: String = 2,
    }

    /// An escrow payment.
    Payment "Payment" {
        /// The account it draws from.
        aid: Account = 1,
        /// External id: the owner's scope key, such as `owner/dseq`.
        xid: String = 2,
    }
}

enums! {
    /// Enum `akash.escrow.id.v1.Scope`.
    Scope "akash.escrow.id.v1.Scope" {
        /// `invalid`.
        Invalid "invalid" = 0,
        /// `deployment`.
        Deployment "deployment" = 1,
        /// `bid`.
        Bid "bid" = 2,
    }
}
