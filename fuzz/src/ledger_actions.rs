//! Actions of several participants on a ledger: its invariants hold after every step, refusals leave no trace, and figures
//! from the ledger and from its changes are equal. The scripts are those of the market crate's random tests.

#[path = "../../akash-market/tests/it/random/script.rs"]
mod script;
#[path = "../../akash-market/tests/it/random/check.rs"]
mod watch;

use akash_market::ledger::{Quirk, Rules};
use watch::{Care, Watch};

/// Longer scripts only take longer.
const LONGEST: usize = 4_000;

/// The target: the first byte chooses the rules, the rest is the script.
pub fn check(data: &[u8]) {
    let Some((first, script)) = data.split_first() else {
        return;
    };
    let rules = match usize::from(*first) {
        n if n < 64 => Rules::chain(),
        n if n < 128 => Rules::intended(),
        n if n < 192 => Rules::chain().without(Quirk::ALL[n % Quirk::ALL.len()]),
        n => Rules::intended().with(Quirk::ALL[n % Quirk::ALL.len()]),
    };
    let care = Care {
        traces: true,
        figures: true,
    };
    Watch::new(rules, care).play(&script[..script.len().min(LONGEST)]);
}
