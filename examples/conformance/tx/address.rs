//! Keys and addresses: from words to keys, from keys to texts, and which texts are read.

use super::super::field::{Fields, expected};
use super::super::{Case, Failure, Work, hex};
use akash_market::bank::Modules;
use akash_sdk::cosmos::address;
use akash_sdk::cosmos::json::to_json;
use akash_sdk::cosmos::tx::public_key_to_any;
use akash_sdk::signer::{AKASH_PREFIX, HdPath, LocalSigner, Mnemonic, Signer as _};
use prost::Message as _;
use serde_json::{Map, Value, json};

pub(super) fn cases(file: &Value) -> Result<Vec<Case>, Failure> {
    let mut cases = Vec::new();
    for kind in ["addresses", "mnemonic_cases", "path_cases", "bech32_cases"] {
        for (index, case) in file.list(kind).iter().enumerate() {
            let name = format!("{kind}/{index}");
            cases.push(match kind {
                "addresses" => {
                    Case::of(name, expected(case, &Derived::RESULTS), Derived::read(case))
                }
                "mnemonic_cases" => {
                    let words = case.text("mnemonic").map(|words| Words(words.to_owned()));
                    Case::of(name, expected(case, &["accepted"]), words)
                }
                "path_cases" => {
                    let path = case.text("path").map(|path| Path(path.to_owned()));
                    Case::of(name, expected(case, &["accepted", "private_key_hex"]), path)
                }
                _ => {
                    let text = case.text("text").map(|text| Bech32(text.to_owned()));
                    Case::of(
                        name,
                        expected(case, &["accepted", "canonical", "hex"]),
                        text,
                    )
                }
            });
        }
    }
    if let Some(case) = file.get("consensus") {
        let key = case
            .text("ed25519_public_key_hex")
            .and_then(hex::bytes)
            .map(Consensus);
        cases.push(Case::of(
            "consensus",
            expected(case, &["akashvalcons", "address_hex"]),
            key,
        ));
    }
    if let Some(accounts) = file.at("module_accounts").as_object() {
        let names = accounts.keys().cloned().collect();
        let expected = Some(accounts.clone().into());
        cases.push(Case::new(
            "module_accounts",
            expected,
            ModuleAccounts(names),
        ));
    }
    Ok(cases)
}

/// Whether a secret key, which no signer gives away, belongs to a public one.
fn belongs(secret: &Value, public: &Value) -> bool {
    let key = || -> Option<String> {
        let secret = hex::bytes(secret.as_str()?).ok()?;
        let signer = LocalSigner::from_secret_bytes(&secret, AKASH_PREFIX).ok()?;
        Some(hex::text(&signer.public_key().0))
    };
    key().is_some_and(|key| *public == key)
}

/// The key of a path below the words of a mnemonic.
struct Derived {
    words: Mnemonic,
    passphrase: String,
    path: HdPath,
}

impl Derived {
    const RESULTS: [&str; 8] = [
        "bip39_seed_hex",
        "private_key_hex",
        "public_key_hex",
        "public_key_json",
        "public_key_any_hex",
        "address_hex",
        "akash",
        "akashvaloper",
    ];

    fn read(case: &Value) -> Result<Self, Failure> {
        Ok(Self {
            words: case.parse("mnemonic")?,
            passphrase: case.text("bip39_passphrase")?.to_owned(),
            path: case.parse("path")?,
        })
    }
}

impl Work for Derived {
    fn output(&self) -> Result<Value, Failure> {
        let Self {
            words,
            passphrase,
            path,
        } = self;
        let signer = LocalSigner::derive(words, passphrase, path, AKASH_PREFIX)?;
        let key = signer.public_key();
        let any = public_key_to_any(&key).encode_to_vec();
        Ok(json!({
            "bip39_seed_hex": hex::text(&*words.seed(passphrase)),
            "public_key_hex": hex::text(&key.0),
            "public_key_json": to_json("google.protobuf.Any", &any)?,
            "public_key_any_hex": hex::text(&any),
            "address_hex": hex::text(&key.address_bytes()),
            "akash": signer.address().as_str(),
            "akashvaloper": key.address(address::VALIDATOR)?.as_str(),
        }))
    }

    fn agrees(&self, expected: &Value, output: &Value) -> bool {
        let members = expected.as_object().into_iter().flatten();
        members.into_iter().all(|(name, value)| match &**name {
            "private_key_hex" => belongs(value, output.at("public_key_hex")),
            name => output.at(name) == value,
        })
    }
}

/// Words that may be a mnemonic.
struct Words(String);

impl Work for Words {
    fn output(&self) -> Result<Value, Failure> {
        Ok(json!({"accepted": self.0.parse::<Mnemonic>().is_ok()}))
    }
}

/// A text that may be a path; if it is, it leads somewhere below the best known words.
struct Path(String);

impl Work for Path {
    fn output(&self) -> Result<Value, Failure> {
        let Ok(path) = self.0.parse::<HdPath>() else {
            return Ok(json!({"accepted": false}));
        };
        let words = format!("{}about", "abandon ".repeat(11)).parse()?;
        let signer = LocalSigner::derive(&words, "", &path, AKASH_PREFIX)?;
        let key = hex::text(&signer.public_key().0);
        Ok(json!({"accepted": true, "public_key_hex": key}))
    }

    fn agrees(&self, expected: &Value, output: &Value) -> bool {
        expected.at("accepted") == output.at("accepted")
            && expected
                .get("private_key_hex")
                .is_none_or(|secret| belongs(secret, output.at("public_key_hex")))
    }
}

/// A text that may be an account's address.
struct Bech32(String);

impl Work for Bech32 {
    fn output(&self) -> Result<Value, Failure> {
        Ok(match address::parse(address::ACCOUNT, &self.0) {
            Ok(read) => json!({
                "accepted": true, "canonical": read.as_str(), "hex": hex::text(&read.bytes()),
            }),
            Err(_) => json!({"accepted": false}),
        })
    }
}

/// The key of a validator's node.
struct Consensus(Vec<u8>);

impl Work for Consensus {
    fn output(&self) -> Result<Value, Failure> {
        let key = self.0.as_slice().try_into()?;
        let made = address::consensus(address::CONSENSUS, key)?;
        Ok(json!({"akashvalcons": made.as_str(), "address_hex": hex::text(&made.bytes())}))
    }
}

/// The accounts of modules, by their names.
struct ModuleAccounts(Vec<String>);

impl Work for ModuleAccounts {
    fn output(&self) -> Result<Value, Failure> {
        let mut accounts = Map::new();
        for name in &self.0 {
            let address = Modules::address(AKASH_PREFIX, name)?;
            accounts.insert(name.clone(), address.to_string().into());
        }
        Ok(accounts.into())
    }
}
