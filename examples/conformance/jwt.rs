//! Provider tokens: made, judged, held against the schema, and asked what they allow.

use super::field::{Fields, expected, vectors};
use super::{Case, Failure, Work, hex};
use akash_market::id::{DeploymentId, Dseq};
use akash_sdk::identity::jwt::{
    Claims, Fault, Scope, TokenError, adr36_sign_bytes, check_schema, verify,
};
use akash_sdk::signer::{AKASH_PREFIX, LocalSigner, PublicKey, Signer as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use std::hint::black_box;

const RESULTS: [&str; 9] = [
    "accepted",
    "error_kinds",
    "gateway_http_status",
    "gateway_message",
    "schema_valid",
    "claims_reprinted",
    "signed_bytes_hex",
    "token",
    "authorization",
];

const VERDICTS: [&str; 5] = [
    "for_provider",
    "for_deployment",
    "for_lease",
    "deployment_scope",
    "lease_scope",
];

pub(super) fn cases(file: &Value) -> Result<Vec<Case>, Failure> {
    let case = |case: &Value| {
        let mut expected = expected(case, &RESULTS);
        if let Some(expected) = expected.as_mut().and_then(Value::as_object_mut) {
            if let Some(rows) = expected
                .get_mut("authorization")
                .and_then(Value::as_array_mut)
            {
                for row in rows {
                    *row = super::field::expected(row, &VERDICTS).unwrap_or_default();
                }
            }
            if case.some_text("payload_text").is_none() {
                // A damaged copy cannot be made from its parts.
                expected.remove("token");
            }
        }
        Case::of(case.at("name").clone(), expected, Token::read(case))
    };
    Ok(vectors(file, "vectors")?.iter().map(case).collect())
}

struct Token {
    text: String,
    now: i64,
    verifier: PublicKey,
    signer: LocalSigner,
    is_adr36: bool,
    header: String,
    /// Empty for a damaged copy of another token.
    payload: String,
    questions: Vec<Question>,
}

/// A thing that a token may allow.
struct Question {
    lease: akash_market::id::LeaseId,
    scope: Scope,
}

impl Token {
    fn read(case: &Value) -> Result<Self, Failure> {
        let secret = hex::bytes(case.text("private_key_hex")?)?;
        let verifier = hex::bytes(case.text("verifier_public_key_hex")?)?;
        let questions = case.list("authorization").iter().map(Question::read);
        Ok(Self {
            text: case.text("token")?.to_owned(),
            now: case.read("now")?,
            verifier: PublicKey::from_slice(&verifier)?,
            signer: LocalSigner::from_secret_bytes(&secret, AKASH_PREFIX)?,
            is_adr36: match case.text("alg")? {
                "ES256KADR36" => true,
                "ES256K" => false,
                other => return Err(format!("there is no algorithm `{other}`").into()),
            },
            header: case.text("header_text")?.to_owned(),
            payload: case.text("payload_text")?.to_owned(),
            questions: questions.collect::<Result<_, _>>()?,
        })
    }

    fn judge(&self) -> Result<Claims, TokenError> {
        verify(&self.text, self.now, |_| Some(self.verifier))
    }

    /// The bytes to sign, and the token that their signature makes.
    fn make(&self) -> Result<(Vec<u8>, String), Failure> {
        let [header, payload] =
            [&self.header, &self.payload].map(|part| URL_SAFE_NO_PAD.encode(part));
        let signed = format!("{header}.{payload}");
        let document = if self.is_adr36 {
            adr36_sign_bytes(self.signer.address(), signed.as_bytes())
        } else {
            signed.clone().into_bytes()
        };
        let signature = URL_SAFE_NO_PAD.encode(self.signer.sign_now(&document)?.0);
        Ok((document, format!("{signed}.{signature}")))
    }

    /// The payload: of a damaged copy what its middle part holds.
    fn payload(&self) -> Option<Value> {
        if !self.payload.is_empty() {
            return serde_json::from_str(&self.payload).ok();
        }
        let part = self.text.split('.').nth(1)?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
    }
}

impl Question {
    fn read(row: &Value) -> Result<Self, Failure> {
        let deployment = DeploymentId {
            owner: row.parse("owner")?,
            dseq: Dseq(row.read("dseq")?),
        };
        let order = deployment
            .group(row.count("gseq")?)
            .order(row.count("oseq")?);
        Ok(Self {
            lease: order.bid(row.parse("provider")?).lease(),
            scope: row.parse("scope")?,
        })
    }

    /// The answers, as [`VERDICTS`] names them.
    fn answer(&self, claims: &Claims) -> Value {
        let Self { lease, scope } = self;
        let bid = lease.bid();
        let (deployment, provider) = (&bid.order.group.deployment, &bid.provider);
        json!({
            "for_provider": claims.allows_provider(provider),
            "for_deployment": claims.allows_deployment(deployment, provider, None),
            "for_lease": claims.allows_lease(lease, None),
            "deployment_scope": claims.allows_deployment(deployment, provider, Some(*scope)),
            "lease_scope": claims.allows_lease(lease, Some(*scope)),
        })
    }
}

impl Work for Token {
    fn output(&self) -> Result<Value, Failure> {
        let mut told = Map::new();
        let mut tell = |name: &str, value: Value| told.insert(name.to_owned(), value);
        match self.judge() {
            Ok(claims) => {
                tell("accepted", json!(true));
                tell("gateway_http_status", json!(200));
                tell("claims_reprinted", claims.to_json().into());
                if !self.questions.is_empty() {
                    let answers = self
                        .questions
                        .iter()
                        .map(|question| question.answer(&claims));
                    tell("authorization", answers.collect());
                }
            }
            Err(error) => {
                tell("accepted", json!(false));
                tell("error_kinds", json!(kinds(&error)?));
                tell("error", error.to_string().into());
                tell("gateway_http_status", json!(error.http_status()));
                tell("gateway_message", json!(error.gateway_message()));
            }
        }
        if let Some(payload) = self.payload() {
            tell("schema_valid", check_schema(&payload).is_ok().into());
        }
        if !self.payload.is_empty() {
            let (document, token) = self.make()?;
            tell("signed_bytes_hex", hex::text(&document).into());
            tell("token", token.into());
        }
        Ok(told.into())
    }

    fn agrees(&self, expected: &Value, output: &Value) -> bool {
        let members = expected.as_object().into_iter().flatten();
        members.into_iter().all(|(name, value)| match &**name {
            "claims_reprinted" => same_claims(value, output.at(name)),
            name => output.at(name) == value,
        })
    }

    fn exercise(&self) -> Result<usize, Failure> {
        // A refusal is a result too.
        let _claims = black_box(self.judge());
        Ok(1)
    }
}

/// Equal, but for members that mean nothing: those the library does not keep.
fn same_claims(expected: &Value, found: &Value) -> bool {
    let read = |text: &Value| serde_json::from_str::<Value>(text.as_str()?).ok();
    let (Some(mut expected), Some(found)) = (read(expected), read(found)) else {
        return false;
    };
    if let Some(claims) = expected.as_object_mut() {
        claims.remove("sub");
        claims.remove("aud");
    }
    if expected.at("leases").at("access") == "granular"
        && let Some(leases) = expected.get_mut("leases").and_then(Value::as_object_mut)
    {
        leases.remove("scope");
    }
    expected == found
}

fn kinds(error: &TokenError) -> Result<Vec<&'static str>, Failure> {
    let mut kinds = match error {
        TokenError::Malformed { .. } => vec!["malformed"],
        TokenError::Unverifiable { .. } => vec!["unverifiable"],
        TokenError::Signature { .. } => vec!["signature_invalid"],
        TokenError::Claims(faults) => {
            let faults = faults.iter().map(|fault| match fault {
                Fault::Expired => "expired",
                Fault::NotValidYet => "not_valid_yet",
                _ => "claims_validation",
            });
            faults.chain(["invalid_claims"]).collect()
        }
        other => return Err(other.to_string().into()),
    };
    kinds.sort_unstable();
    Ok(kinds)
}
