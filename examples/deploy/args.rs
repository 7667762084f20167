//! What the user asked for.

use akash_market::address::Address;
use akash_market::auction::{
    AllOf, Audited, BidPolicy, Cheapest, MaxPrice, OnlyProviders, RequireOffer,
};
use akash_sdl::num::{Coin, DecCoin};
use std::path::PathBuf;
use std::sync::Arc;

pub(crate) const USAGE: &str = "\
Runs a whole deployment on the embedded network: SDL in, lease out, everything paid and returned.

usage: deploy [FILE] [options]

  FILE                SDL to deploy (default: examples/sdl/static-site.yaml)
  --policy POLICY     how to choose among bids (default: cheapest)
                        cheapest        the lowest price
                        audited         the lowest price of an audited provider
                        complete        the lowest price of an offer that covers every unit
                        max:PRICE       no bid above PRICE a block, such as max:500uact
                        only:ADDRESS    this provider or none
  --deposit AMOUNT    first funds, such as 5000000uact (default: 500 blocks at the highest price)
  --akt AMOUNT        what the tenant owns at first, such as 2000000uakt (default: 1000000000000uakt)
  --vanish            the chosen provider disappears after the lease
  --json              one JSON object a line instead of text
  --help              this text";

#[derive(Debug)]
pub(crate) struct Args {
    pub(crate) file: PathBuf,
    pub(crate) policy: Arc<dyn BidPolicy>,
    pub(crate) deposit: Option<Coin>,
    pub(crate) akt: Coin,
    pub(crate) vanish: bool,
    pub(crate) json: bool,
}

/// Reads the command line; `Ok(None)` when only help is wanted.
pub(crate) fn parse(mut words: impl Iterator<Item = String>) -> Result<Option<Args>, String> {
    let mut args = Args {
        file: PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/sdl/static-site.yaml")),
        policy: Arc::new(Cheapest),
        deposit: None,
        akt: Coin::uakt(1_000_000_000_000),
        vanish: false,
        json: false,
    };
    let mut named = false;
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
        match word.as_str() {
            "--help" | "-h" => return Ok(None),
            "--json" => args.json = true,
            "--vanish" => args.vanish = true,
            "--policy" => args.policy = policy(&value()?)?,
            "--deposit" => args.deposit = Some(coin(&value()?)?),
            "--akt" => args.akt = coin(&value()?)?,
            option if option.starts_with('-') => {
                return Err(format!("there is no option {option}; --help lists them"));
            }
            _ if named => return Err(format!("one SDL file at a time: {word} is one too many")),
            file => {
                args.file = PathBuf::from(file);
                named = true;
            }
        }
    }
    Ok(Some(args))
}

fn coin(text: &str) -> Result<Coin, String> {
    text.parse()
        .map_err(|_| format!("{text:?} is no amount; write one such as 5000000uact"))
}

fn policy(text: &str) -> Result<Arc<dyn BidPolicy>, String> {
    Ok(match text.split_once(':') {
        None if text == "cheapest" => Arc::new(Cheapest),
        None if text == "audited" => Arc::new(AllOf(vec![
            Box::new(Audited::default()),
            Box::new(Cheapest),
        ])),
        None if text == "complete" => Arc::new(RequireOffer),
        Some(("max", price)) => {
            let price: DecCoin = price
                .parse()
                .map_err(|_| format!("{price:?} is no price; write one such as 500uact"))?;
            Arc::new(MaxPrice(price))
        }
        Some(("only", owner)) => {
            let owner: Address = owner.parse().map_err(|e| format!("{e}"))?;
            Arc::new(OnlyProviders(vec![owner]))
        }
        _ => {
            return Err(format!(
                "there is no policy {text:?}; choose cheapest, audited, complete, max:PRICE or only:ADDRESS"
            ));
        }
    })
}
