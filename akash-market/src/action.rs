//! What participants want from the market: actions, and the batches in which they stand or fall together.

use crate::address::Address;
use crate::bid::ResourceOffer;
use crate::bme::RecordId;
use crate::escrow::{AccountId, Deposit};
use crate::grant::GrantScope;
use crate::id::{BidId, DeploymentId, GroupId, LeaseId};
use crate::lease::CloseReason;
use crate::oracle::PairId;
use crate::params::ParamsChange;
use crate::provider::ProviderInfo;
use crate::time::{Nanos, Timestamp};
use akash_sdl::attribute::Attributes;
use akash_sdl::group::GroupSpec;
use akash_sdl::num::{Coin, Dec, DecCoin, Denom};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One thing a participant wants done. Who has to sign it: [`Action::signer`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Action {
    /// Opens a deployment and an order for each of its groups. Signed by the owner.
    CreateDeployment {
        /// Owner and an unused number.
        id: DeploymentId,
        /// What is asked for; numbered from 1 in this order.
        groups: Vec<GroupSpec>,
        /// Version hash of the manifest, 32 bytes.
        hash: Vec<u8>,
        /// First funds.
        deposit: Deposit,
        /// Shortest notice that bids must offer (AEP-82).
        reclamation_min_window: Option<Nanos>,
    },
    /// Sets another version hash. Signed by the owner.
    UpdateDeployment {
        /// Which.
        id: DeploymentId,
        /// The new hash, 32 bytes and different from the old one.
        hash: Vec<u8>,
    },
    /// Ends a deployment and returns what is left. Signed by the owner.
    CloseDeployment {
        /// Which.
        id: DeploymentId,
    },
    /// Ends a group. Signed by the owner.
    CloseGroup {
        /// Which.
        id: GroupId,
    },
    /// Takes a group out of the auction and ends its lease. Signed by the owner.
    PauseGroup {
        /// Which.
        id: GroupId,
    },
    /// Puts a paused group into the auction again. Signed by the owner.
    StartGroup {
        /// Which.
        id: GroupId,
    },
    /// Bids on an order. Signed by the provider.
    CreateBid {
        /// Order and provider.
        id: BidId,
        /// Price of the order for one block.
        price: DecCoin,
        /// Returned when the bid ends.
        deposit: Deposit,
        /// What would serve the order; shared with the bid that is made of it.
        resources_offer: Arc<[ResourceOffer]>,
        /// Notice given before a reclamation (AEP-82).
        reclamation_window: Option<Nanos>,
    },
    /// Withdraws a bid, or ends the lease it won. Signed by the provider.
    CloseBid {
        /// Which.
        id: BidId,
        /// 10,000 to 19,999.
        reason: CloseReason,
    },
    /// Accepts a bid. Signed by the deployment's owner.
    CreateLease {
        /// Which.
        id: BidId,
    },
    /// Ends a lease; the group goes back into the auction. Signed by the owner.
    CloseLease {
        /// Which.
        id: LeaseId,
    },
    /// Pays out what a lease has earned. Signed by the provider.
    WithdrawLease {
        /// Which.
        id: LeaseId,
    },
    /// Gives notice that the resources of a lease will be taken back (AEP-82). Signed by the provider.
    StartReclaim {
        /// Which.
        id: LeaseId,
        /// 10,000 to 19,999.
        reason: CloseReason,
    },
    /// Adds funds to an escrow account. Any account may sign.
    Deposit {
        /// Who pays.
        signer: Address,
        /// Into which account.
        id: AccountId,
        /// How much, and from where.
        deposit: Deposit,
    },
    /// Asks for AKT to be turned into ACT or back (AEP-76). Signed by the owner.
    BurnMint {
        /// Who asks.
        owner: Address,
        /// Who receives; must be the owner.
        to: Address,
        /// What is burned.
        coins_to_burn: Coin,
        /// What is minted.
        denom_to_mint: Denom,
    },
    /// Moves AKT into the vault. Governance only.
    FundVault {
        /// The governance module.
        authority: Address,
        /// How much.
        amount: Coin,
        /// Whose.
        source: Address,
    },
    /// Reports a price. Signed by a listed source.
    AddPrice {
        /// The source.
        signer: Address,
        /// Of what.
        pair: PairId,
        /// Price of one whole unit.
        price: Dec,
        /// When it was observed.
        timestamp: Timestamp,
    },
    /// Registers a provider. Signed by it.
    CreateProvider {
        /// The provider.
        owner: Address,
        /// Where its gateway listens.
        host_uri: String,
        /// What it declares.
        attributes: Attributes,
        /// Contact.
        info: ProviderInfo,
    },
    /// Replaces a provider's record. Signed by it.
    UpdateProvider {
        /// The provider.
        owner: Address,
        /// Where its gateway listens.
        host_uri: String,
        /// What it declares.
        attributes: Attributes,
        /// Contact.
        info: ProviderInfo,
    },
    /// Removes a provider; today's chain always refuses. Signed by it.
    DeleteProvider {
        /// The provider.
        owner: Address,
    },
    /// Signs attributes of a provider. Signed by the auditor.
    SignAttributes {
        /// The provider.
        owner: Address,
        /// The auditor.
        auditor: Address,
        /// What is signed; merged into the record by key.
        attributes: Attributes,
    },
    /// Takes signed attributes back. Signed by the auditor.
    DeleteAttributes {
        /// The provider.
        owner: Address,
        /// The auditor.
        auditor: Address,
        /// Which keys; none means all.
        keys: Vec<String>,
    },
    /// Publishes a certificate. Signed by its owner.
    ///
    /// The ledger does no X.509: whoever turns bytes into actions reads the serial and checks the certificate.
    CreateCertificate {
        /// Whose.
        owner: Address,
        /// Serial number of the certificate in decimal.
        serial: String,
        /// PEM text of the certificate.
        cert: Vec<u8>,
        /// PEM text of its public key.
        pubkey: Vec<u8>,
    },
    /// Revokes a certificate for good. Signed by its owner.
    RevokeCertificate {
        /// Whose.
        owner: Address,
        /// Serial number in decimal.
        serial: String,
    },
    /// Sends coins. Signed by the sender.
    Send {
        /// From.
        from: Address,
        /// To.
        to: Address,
        /// What.
        coins: Vec<Coin>,
    },
    /// Lets another account spend one's coins on deposits (AEP-75). Signed by the granter.
    GrantDeposit {
        /// Who pays.
        granter: Address,
        /// Who may spend.
        grantee: Address,
        /// What on.
        scopes: Vec<GrantScope>,
        /// How much.
        spend_limits: Vec<Coin>,
        /// Until when.
        expires: Option<Timestamp>,
    },
    /// Takes a deposit grant back. Signed by the granter.
    RevokeDepositGrant {
        /// Who pays.
        granter: Address,
        /// Who might spend.
        grantee: Address,
    },
    /// Changes a module's parameters. Governance only.
    UpdateParams {
        /// The governance module.
        authority: Address,
        /// The new parameters.
        params: Box<ParamsChange>,
    },
}

impl Action {
    /// The account that has to sign.
    #[must_use]
    pub const fn signer(&self) -> &Address {
        match self {
            Self::CreateDeployment { id, .. }
            | Self::UpdateDeployment { id, .. }
            | Self::CloseDeployment { id } => &id.owner,
            Self::CloseGroup { id } | Self::PauseGroup { id } | Self::StartGroup { id } => {
                id.owner()
            }
            Self::CreateBid { id, .. } | Self::CloseBid { id, .. } => &id.provider,
            Self::CreateLease { id } => id.owner(),
            Self::CloseLease { id } => id.owner(),
            Self::WithdrawLease { id } | Self::StartReclaim { id, .. } => id.provider(),
            Self::Deposit { signer, .. } | Self::AddPrice { signer, .. } => signer,
            Self::BurnMint { owner, .. }
            | Self::CreateProvider { owner, .. }
            | Self::UpdateProvider { owner, .. }
            | Self::DeleteProvider { owner }
            | Self::CreateCertificate { owner, .. }
            | Self::RevokeCertificate { owner, .. } => owner,
            Self::FundVault { authority, .. } | Self::UpdateParams { authority, .. } => authority,
            Self::SignAttributes { auditor, .. } | Self::DeleteAttributes { auditor, .. } => {
                auditor
            }
            Self::Send { from, .. } => from,
            Self::GrantDeposit { granter, .. } | Self::RevokeDepositGrant { granter, .. } => {
                granter
            }
        }
    }
}

/// Actions that all happen or don't, in this order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// The actions.
    pub actions: Vec<Action>,
}

impl Batch {
    /// A batch of these actions.
    #[must_use]
    pub const fn new(actions: Vec<Action>) -> Self {
        Self { actions }
    }

    /// The accounts that have to sign, in the order of their first action.
    #[must_use]
    pub fn signers(&self) -> Vec<&Address> {
        let mut signers: Vec<&Address> = Vec::new();
        for action in &self.actions {
            let signer = action.signer();
            if !signers.contains(&signer) {
                signers.push(signer);
            }
        }
        signers
    }
}

impl From<Action> for Batch {
    fn from(action: Action) -> Self {
        Self {
            actions: vec![action],
        }
    }
}

/// What an action answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// It was done; there is nothing more to say.
    Done,
    /// A request to mint or burn was queued under this id.
    Queued {
        /// The request.
        id: RecordId,
    },
}
