//! The books: what every account held before and holds now, and whether every micro-unit is accounted for.

use akash_market::address::Address;
use akash_market::ledger::Ledger;
use akash_sdl::num::{Denom, Int};
use serde_json::json;
use std::collections::BTreeMap;

/// What everybody holds at one moment.
#[derive(Debug, Clone, Default)]
pub(crate) struct Books(BTreeMap<(Address, Denom), Int>);

const DENOMS: [Denom; 2] = [Denom::UACT, Denom::UAKT];

impl Books {
    pub(crate) fn of(ledger: &Ledger) -> Self {
        Self(
            ledger
                .bank()
                .iter()
                .map(|(owner, coin)| ((owner.clone(), coin.denom().clone()), coin.amount()))
                .collect(),
        )
    }

    fn of_account(&self, owner: &Address, denom: &Denom) -> Int {
        self.0
            .get(&(owner.clone(), denom.clone()))
            .copied()
            .unwrap_or(Int::ZERO)
    }

    fn total(&self, denom: &Denom) -> Int {
        self.0
            .iter()
            .filter(|((_, held), _)| held == denom)
            .fold(Int::ZERO, |sum, (_, amount)| {
                sum.add(*amount).unwrap_or(sum)
            })
    }
}

/// The table of all accounts, in the order in which `names` has them, with a line that proves the sums.
///
/// `minted` is what came into being less what was burned, by denom: the only way in which totals may change.
pub(crate) fn compare(
    before: &Books,
    after: &Books,
    names: &[(String, Address)],
    minted: &BTreeMap<Denom, Int>,
) -> (Vec<String>, serde_json::Value, bool) {
    let mut lines = vec![
        format!(
            "{:<30}{:>22}{:>22}{:>20}",
            "account (micro-units)", "before", "after", "change"
        ),
        "─".repeat(94),
    ];
    let mut rows = Vec::new();
    let mut balanced = true;
    for denom in &DENOMS {
        let mut known = Int::ZERO;
        for (name, owner) in names {
            let (old, new) = (
                before.of_account(owner, denom),
                after.of_account(owner, denom),
            );
            known = known.add(new).unwrap_or(known);
            if old == Int::ZERO && new == Int::ZERO {
                continue;
            }
            let change = new.sub(old).unwrap_or(Int::ZERO);
            lines.push(line(&format!("{name}, {denom}"), old, new, change));
            rows.push(json!({
                "account": name, "address": owner, "denom": denom,
                "before": old, "after": new, "change": change,
            }));
        }
        let (old, new) = (before.total(denom), after.total(denom));
        let change = new.sub(old).unwrap_or(Int::ZERO);
        let came = minted.get(denom).copied().unwrap_or(Int::ZERO);
        let right = known == new && change == came;
        balanced &= right;
        lines.push(line(&format!("all accounts, {denom}"), old, new, change));
        lines.push(format!(
            "{:<74}{:>20}  {}",
            format!("minted less burned, {denom}"),
            signed(came),
            if right { "✓" } else { "✗" }
        ));
        lines.push(String::new());
        rows.push(json!({
            "account": "all", "denom": denom, "before": old, "after": new, "change": change,
            "minted_less_burned": came, "accounted_for": right,
        }));
    }
    (
        lines,
        json!({ "rows": rows, "accounted_for": balanced }),
        balanced,
    )
}

fn line(name: &str, old: Int, new: Int, change: Int) -> String {
    format!(
        "{name:<30}{:>22}{:>22}{:>20}",
        grouped(old),
        grouped(new),
        signed(change)
    )
}

fn signed(amount: Int) -> String {
    if amount > Int::ZERO {
        format!("+{}", grouped(amount))
    } else {
        grouped(amount)
    }
}

/// Digits in groups of three.
pub(crate) fn grouped(amount: Int) -> String {
    let text = amount.to_string();
    let (sign, digits) = text
        .strip_prefix('-')
        .map_or(("", text.as_str()), |digits| ("-", digits));
    let mut out = sign.to_owned();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}
