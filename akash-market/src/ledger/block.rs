//! What happens in every block whether anybody acts or not, and the actions of the burn-mint equilibrium and the oracle.

use super::Ledger;
use super::state::State;
use crate::address::Address;
use crate::bme::{Bme, BmeEnv, BmeStatus, RecordId, VaultState};
use crate::change::Change;
use crate::epochs::Epoch;
use crate::error::Error;
use crate::oracle::{Oracle, OracleEnv, PairId};
use crate::store::Journaled;
use crate::time::{Block, Timestamp};
use akash_sdl::num::{Coin, Dec, Denom};

impl Ledger {
    /// Begins a block. The modules take their turns in the chain's order: epochs, oracle, bme, escrow; only epochs have
    /// anything to do, and what follows from the end of one.
    pub fn begin_block(&mut self, block: Block) -> Vec<Change> {
        self.block = block;
        let identifiers: Vec<String> = self.state.epochs.iter().map(|(id, _)| id.clone()).collect();
        for identifier in identifiers {
            let step = self
                .state
                .epochs
                .modify(&identifier, |epoch| epoch.advance(block));
            let Some(step) = step.flatten() else {
                continue;
            };
            if let Some(ended) = step.ended {
                self.changes.push(ended);
                let (oracle, env) = self.oracle_env();
                oracle.epoch_ended(&identifier, &env);
            }
            self.changes.push(step.started);
        }
        self.told()
    }

    /// Ends a block. The modules take their turns in the chain's order: by name, so bme before oracle. A price that
    /// becomes unusable here shows in the mint status one block later.
    ///
    /// Should a module not come to an end because a number leaves its range, the chain would stop for good; a ledger
    /// takes back what the module did in this block and goes on.
    pub fn end_block(&mut self, block: Block) -> Vec<Change> {
        self.block = block;
        self.end_of(|ledger| {
            let (bme, mut env) = ledger.bme_env();
            bme.end_block(&mut env)
        });
        self.end_of(|ledger| {
            let (oracle, mut env) = ledger.oracle_env();
            oracle.end_block(&mut env)
        });
        self.told()
    }

    fn end_of(&mut self, module: impl FnOnce(&mut Self) -> Result<(), Error>) {
        let told = self.changes.len();
        self.state.begin();
        if module(self).is_ok() {
            self.state.commit();
        } else {
            self.state.rollback();
            self.changes.truncate(told);
        }
    }

    /// The burn-mint equilibrium.
    #[must_use]
    pub const fn bme(&self) -> &Bme {
        self.state.bme.read()
    }

    /// The price oracle.
    #[must_use]
    pub const fn oracle(&self) -> &Oracle {
        self.state.oracle.read()
    }

    /// The epochs by name.
    pub fn epochs(&self) -> impl Iterator<Item = &Epoch> {
        self.state.epochs.iter().map(|(_, epoch)| epoch)
    }

    /// Status, ratio and thresholds of the equilibrium, as the chain's query answers.
    ///
    /// # Errors
    /// While the collateral ratio cannot be computed, as on the chain.
    pub fn bme_report(&self) -> Result<BmeStatus, Error> {
        let State { bank, oracle, .. } = &self.state;
        let params = &self.params().bme;
        self.state
            .bme
            .report(params, bank, &self.modules.bme, oracle.read())
    }

    /// What the vault holds and has done.
    #[must_use]
    pub fn vault(&self) -> VaultState {
        self.state.bme.vault(&self.state.bank, &self.modules.bme)
    }

    fn bme_env(&mut self) -> (&mut Bme, BmeEnv<'_>) {
        let State {
            bme,
            bank,
            oracle,
            params,
            ..
        } = &mut self.state;
        let env = BmeEnv {
            block: self.block,
            params: &params.get().bme,
            modules: &self.modules,
            prices: oracle.read(),
            bank,
            changes: &mut self.changes,
        };
        (&mut **bme, env)
    }

    fn oracle_env(&mut self) -> (&mut Oracle, OracleEnv<'_>) {
        let State { oracle, params, .. } = &mut self.state;
        let env = OracleEnv {
            block: self.block,
            params: &params.get().oracle,
            changes: &mut self.changes,
        };
        (&mut **oracle, env)
    }

    pub(super) fn burn_mint(
        &mut self,
        owner: &Address,
        to: &Address,
        coins_to_burn: &Coin,
        denom_to_mint: &Denom,
    ) -> Result<RecordId, Error> {
        let (bme, mut env) = self.bme_env();
        bme.request(owner, to, coins_to_burn, denom_to_mint, &mut env)
    }

    pub(super) fn fund_vault(
        &mut self,
        authority: &Address,
        amount: &Coin,
        source: &Address,
    ) -> Result<(), Error> {
        let (bme, mut env) = self.bme_env();
        bme.fund_vault(authority, amount, source, &mut env)
    }

    pub(super) fn add_price(
        &mut self,
        signer: &Address,
        pair: &PairId,
        price: Dec,
        timestamp: Timestamp,
    ) -> Result<(), Error> {
        let (oracle, mut env) = self.oracle_env();
        oracle.add_price(signer, pair, price, timestamp, &mut env)
    }
}
