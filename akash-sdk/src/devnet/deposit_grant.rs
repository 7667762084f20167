//! A deposit that somebody else makes from one's coins, by a deposit grant.

use super::ante::Abci;
use super::event;
use super::execute::told;
use super::state::State;
use crate::cosmos::transport::Event;
use akash_market::action::{Action, Batch};
use akash_market::address::Address;
use akash_market::escrow::AccountId;
use akash_market::grant::{DepositGrant, GrantScope};
use akash_market::query::{Entity, Filter, Page};
use akash_market::time::Block;
use akash_sdl::num::{Coin, Coins};

impl State {
    /// Takes the whole amount off the limits of a grant.
    pub(super) fn use_deposit_grant(
        &mut self,
        block: Block,
        granter: &Address,
        grantee: &Address,
        id: &AccountId,
        amount: &Coin,
    ) -> Result<Vec<Event>, Abci> {
        let grant = self.deposit_grant(granter, grantee).ok_or_else(|| Abci {
            codespace: "authz".to_owned(),
            code: 2,
            log: format!(
                "failed to get grant with given granter: {granter}, grantee: {grantee} & msgType: \
                 /akash.escrow.v1.MsgAccountDeposit : authorization not found"
            ),
        })?;
        let scope = match id {
            AccountId::Deployment(_) => GrantScope::Deployment,
            AccountId::Bid(_) => GrantScope::Bid,
        };
        if !grant.scopes.contains(&scope) {
            return Err(Abci {
                codespace: "escrow".to_owned(),
                code: 15,
                log: "unauthorized deposit scope".to_owned(),
            });
        }
        let short = || {
            Abci::sdk(
                5,
                "requested amount is more than spend limit: insufficient funds",
            )
        };
        let mut left = Coins::from_coins(grant.spend_limits).map_err(|_| short())?;
        left.sub_coin(amount).map_err(|_| short())?;
        let is_gone = left.as_slice().is_empty();
        let next = if is_gone {
            Action::RevokeDepositGrant {
                granter: granter.clone(),
                grantee: grantee.clone(),
            }
        } else {
            Action::GrantDeposit {
                granter: granter.clone(),
                grantee: grantee.clone(),
                scopes: grant.scopes,
                spend_limits: left.as_slice().to_vec(),
                expires: grant.expires,
            }
        };
        let applied = self
            .ledger
            .apply(block, &Batch::from(next))
            .map_err(|refused| told(&refused))?;
        // An update of the limits is not announced, the end of a grant is.
        Ok(if is_gone {
            event::of(&applied.changes, false)
        } else {
            Vec::new()
        })
    }

    fn deposit_grant(&self, granter: &Address, grantee: &Address) -> Option<DepositGrant> {
        let filter = Filter::Grants {
            grantee: grantee.clone(),
        };
        let page = Page {
            after: None,
            limit: u32::MAX,
        };
        let listing = self.ledger.list(&filter, &page).ok()?;
        listing.items.into_iter().find_map(|entity| match entity {
            Entity::Grant(grant) if grant.granter == *granter => Some(grant),
            _ => None,
        })
    }
}
