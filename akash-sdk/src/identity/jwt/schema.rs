use super::access::Scope;
use serde_json::{Map, Value};

/// What a payload has that the published schema (chain-sdk specs/jwt-schema.json) does not allow. Gateways are more
/// lenient, but whoever makes tokens must keep to it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path} {reason}")]
pub struct SchemaError {
    /// Where, such as `leases.scope`.
    pub path: String,
    /// What is wrong.
    pub reason: &'static str,
}

/// Holds a payload against the schema.
///
/// # Errors
/// The first thing that it does not allow.
pub fn check(payload: &Value) -> Result<(), SchemaError> {
    let root = object(payload, "the payload")?;
    known(
        root,
        "the payload",
        &["iss", "iat", "nbf", "exp", "jti", "version", "leases"],
    )?;
    account(required(root, "", "iss")?, "iss")?;
    for name in ["iat", "nbf", "exp"] {
        whole(required(root, "", name)?, name, 0.0)?;
    }
    if let Some(id) = root.get("jti") {
        text(id, "jti")?;
    }
    if required(root, "", "version")? != "v1" {
        return Err(wrong("version", "must be v1"));
    }
    leases(required(root, "", "leases")?)
}

fn wrong(path: &str, reason: &'static str) -> SchemaError {
    SchemaError {
        path: path.to_owned(),
        reason,
    }
}

fn object<'a>(value: &'a Value, path: &str) -> Result<&'a Map<String, Value>, SchemaError> {
    value
        .as_object()
        .ok_or_else(|| wrong(path, "must be an object"))
}

fn list<'a>(value: &'a Value, path: &str) -> Result<&'a Vec<Value>, SchemaError> {
    match value.as_array() {
        Some(items) if !items.is_empty() => Ok(items),
        _ => Err(wrong(path, "must be a list with at least one item")),
    }
}

fn known(map: &Map<String, Value>, path: &str, names: &[&str]) -> Result<(), SchemaError> {
    match map.keys().find(|key| !names.contains(&key.as_str())) {
        Some(_) => Err(wrong(path, "has a member that is not allowed there")),
        None => Ok(()),
    }
}

fn required<'a>(
    map: &'a Map<String, Value>,
    path: &str,
    name: &str,
) -> Result<&'a Value, SchemaError> {
    map.get(name)
        .ok_or_else(|| wrong(&join(path, name), "is required"))
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

fn text<'a>(value: &'a Value, path: &str) -> Result<&'a str, SchemaError> {
    match value.as_str() {
        Some(text) if !text.is_empty() => Ok(text),
        _ => Err(wrong(path, "must be a text that is not empty")),
    }
}

/// `akash1` and 38 lower-case letters or digits.
fn account(value: &Value, path: &str) -> Result<(), SchemaError> {
    let rest = value.as_str().and_then(|text| text.strip_prefix("akash1"));
    match rest {
        Some(rest)
            if rest.len() == 38
                && rest
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) =>
        {
            Ok(())
        }
        _ => Err(wrong(path, "must be akash1 and 38 lower-case characters")),
    }
}

/// A number without fraction; how it is written does not matter.
fn whole(value: &Value, path: &str, least: f64) -> Result<(), SchemaError> {
    match value.as_f64() {
        Some(number) if number.fract() == 0.0 && number >= least => Ok(()),
        _ => Err(wrong(path, "must be a whole number, not below its minimum")),
    }
}

fn unique(items: &[Value], path: &str) -> Result<(), SchemaError> {
    let twice = items.iter().enumerate().any(|(index, item)| {
        items
            .iter()
            .skip(index.saturating_add(1))
            .any(|o| o == item)
    });
    if twice {
        return Err(wrong(path, "has an item twice"));
    }
    Ok(())
}

fn scopes(map: &Map<String, Value>, path: &str) -> Result<(), SchemaError> {
    let items = list(required(map, path, "scope")?, &join(path, "scope"))?;
    let is_scope = |item: &Value| {
        item.as_str()
            .is_some_and(|text| text.parse::<Scope>().is_ok())
    };
    if !items.iter().all(is_scope) {
        return Err(wrong(&join(path, "scope"), "must be a list of scopes"));
    }
    unique(items, &join(path, "scope"))
}

fn leases(value: &Value) -> Result<(), SchemaError> {
    let path = "leases";
    let map = object(value, path)?;
    match required(map, path, "access")?.as_str() {
        Some("full") => known(map, path, &["access"]),
        Some("scoped") => {
            known(map, path, &["access", "scope"])?;
            scopes(map, path)
        }
        Some("granular") => {
            known(map, path, &["access", "permissions"])?;
            let path = "leases.permissions";
            list(required(map, "leases", "permissions")?, path)?
                .iter()
                .try_for_each(|item| permission(item, path))
        }
        _ => Err(wrong("leases.access", "must be full, scoped or granular")),
    }
}

fn permission(value: &Value, path: &str) -> Result<(), SchemaError> {
    let map = object(value, path)?;
    account(required(map, path, "provider")?, &join(path, "provider"))?;
    match required(map, path, "access")?.as_str() {
        Some("full") => known(map, path, &["provider", "access"]),
        Some("scoped") => {
            known(map, path, &["provider", "access", "scope"])?;
            scopes(map, path)
        }
        Some("granular") => {
            known(map, path, &["provider", "access", "deployments"])?;
            let inner = join(path, "deployments");
            list(required(map, path, "deployments")?, &inner)?
                .iter()
                .try_for_each(|item| deployment(item, &inner))
        }
        _ => Err(wrong(
            &join(path, "access"),
            "must be full, scoped or granular",
        )),
    }
}

fn deployment(value: &Value, path: &str) -> Result<(), SchemaError> {
    let map = object(value, path)?;
    known(map, path, &["scope", "dseq", "gseq", "oseq", "services"])?;
    scopes(map, path)?;
    whole(required(map, path, "dseq")?, &join(path, "dseq"), 1.0)?;
    for name in ["gseq", "oseq"] {
        if let Some(number) = map.get(name) {
            whole(number, &join(path, name), 0.0)?;
        }
    }
    if map.contains_key("oseq") && !map.contains_key("gseq") {
        return Err(wrong(&join(path, "oseq"), "needs gseq"));
    }
    let inner = join(path, "services");
    let services = list(required(map, path, "services")?, &inner)?;
    for service in services {
        text(service, &inner)?;
    }
    unique(services, &inner)
}
