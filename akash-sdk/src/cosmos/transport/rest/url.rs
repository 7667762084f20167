//! A query as a REST request.

use crate::cosmos::json;
use crate::cosmos::transport::TransportError;
use crate::cosmos::wire::service::{self, Rpc, Verb};
use serde_json::Value;
use std::fmt::Write as _;

/// A REST request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The query behind it.
    pub rpc: &'static Rpc,
    /// HTTP verb.
    pub verb: Verb,
    /// Path and query, percent-encoded.
    pub path: String,
    /// JSON body of a `POST`.
    pub body: Option<String>,
}

/// The REST request for the query method `path` with these protobuf bytes.
///
/// ```
/// use akash_sdk::cosmos::transport::rest::url;
/// use akash_sdk::cosmos::wire::akash::market::v1beta5::{BidFilters, QueryBidsRequest};
/// use prost::Message;
///
/// let filters = BidFilters { dseq: 7, state: "open".to_owned(), ..BidFilters::default() };
/// let request = QueryBidsRequest { filters, pagination: None };
/// let request = url::request("/akash.market.v1beta5.Query/Bids", &request.encode_to_vec())?;
/// assert_eq!(request.path, "/akash/market/v1beta5/bids/list?filters.dseq=7&filters.state=open");
/// # Ok::<(), akash_sdk::cosmos::transport::TransportError>(())
/// ```
///
/// # Errors
/// If the method is not known or has no route, if the bytes are not its request, or if a field that the route's path
/// needs is empty.
pub fn request(path: &str, request: &[u8]) -> Result<Request, TransportError> {
    let refused = |code: u32, message: String| TransportError::Query {
        path: path.to_owned(),
        code,
        message,
    };
    let rpc = service::rpc(path).ok_or_else(|| refused(12, "unknown method".to_owned()))?;
    let rest = rpc
        .rest
        .ok_or_else(|| refused(12, "the method has no REST route".to_owned()))?;
    let value = json::to_json(rpc.request, request).map_err(|e| refused(3, e.to_string()))?;
    if rest.verb == Verb::Post {
        return Ok(Request {
            rpc,
            verb: rest.verb,
            path: rest.path.to_owned(),
            body: Some(value.to_string()),
        });
    }
    let mut fields = Vec::new();
    flatten("", &value, &mut fields);
    let mut url = String::new();
    for part in rest.path.split('/').skip(1) {
        url.push('/');
        let field = part
            .strip_prefix('{')
            .and_then(|part| part.strip_suffix('}'));
        let Some(field) = field else {
            url.push_str(part);
            continue;
        };
        // The last field may take several segments.
        let (name, whole) = field
            .strip_suffix("=**")
            .map_or((field, false), |name| (name, true));
        let at = fields.iter().position(|(known, _)| known == name);
        let Some(at) = at else {
            return Err(refused(3, format!("the field {name} must not be empty")));
        };
        let (_, text) = fields.remove(at);
        encode(&text, whole, &mut url);
    }
    for (at, (name, text)) in fields.iter().enumerate() {
        url.push(if at == 0 { '?' } else { '&' });
        url.push_str(name);
        url.push('=');
        encode(text, false, &mut url);
    }
    Ok(Request {
        rpc,
        verb: rest.verb,
        path: url,
        body: None,
    })
}

/// The scalars of a message with their dotted names; what is zero is left out, as it is what the gateway assumes.
fn flatten(name: &str, value: &Value, fields: &mut Vec<(String, String)>) {
    let text = match value {
        Value::Object(members) => {
            for (member, value) in members {
                let inner = if name.is_empty() {
                    member.clone()
                } else {
                    format!("{name}.{member}")
                };
                flatten(&inner, value, fields);
            }
            return;
        }
        Value::Array(items) => {
            for item in items {
                flatten(name, item, fields);
            }
            return;
        }
        Value::Null | Value::Bool(false) => return,
        Value::Bool(true) => "true".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
    };
    if !matches!(
        text.as_str(),
        "" | "0" | "0s" | "0.000000000000000000" | "0001-01-01T00:00:00Z"
    ) {
        fields.push((name.to_owned(), text));
    }
}

/// Percent-encodes all but unreserved characters, and slashes where they separate segments.
fn encode(text: &str, slashes: bool, url: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || (slashes && byte == b'/') {
            url.push(char::from(byte));
        } else {
            let _ = write!(url, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cosmos::wire::akash::provider::v1beta4::QueryProviderRequest;
    use crate::cosmos::wire::cosmos::bank::v1beta1::QueryDenomMetadataRequest;
    use crate::cosmos::wire::cosmos::base::query::v1beta1::PageRequest;
    use crate::cosmos::wire::cosmos::tx::v1beta1::SimulateRequest;
    use prost::Message;

    #[test]
    fn fields_stand_in_path_query_or_body() {
        let denom = QueryDenomMetadataRequest {
            denom: "ibc/AB C".to_owned(),
        };
        let path = "/cosmos.bank.v1beta1.Query/DenomMetadata";
        let url = request(path, &denom.encode_to_vec()).unwrap().path;
        assert_eq!(url, "/cosmos/bank/v1beta1/denoms_metadata/ibc/AB%20C");

        let page = crate::cosmos::wire::akash::provider::v1beta4::QueryProvidersRequest {
            pagination: Some(PageRequest {
                key: vec![0xfb, 0xff],
                reverse: true,
                ..PageRequest::default()
            }),
        };
        let path = "/akash.provider.v1beta4.Query/Providers";
        let url = request(path, &page.encode_to_vec()).unwrap().path;
        assert_eq!(
            url,
            "/akash/provider/v1beta4/providers?pagination.key=%2B%2F8%3D&pagination.reverse=true"
        );

        let simulate = SimulateRequest {
            tx: None,
            tx_bytes: vec![1, 2],
        };
        let path = "/cosmos.tx.v1beta1.Service/Simulate";
        let request = request(path, &simulate.encode_to_vec()).unwrap();
        assert_eq!(
            request.body.as_deref(),
            Some(r#"{"tx":null,"tx_bytes":"AQI="}"#)
        );
    }

    #[test]
    fn what_has_no_url_is_refused() {
        let empty = QueryProviderRequest::default().encode_to_vec();
        for (path, bytes, code) in [
            ("/akash.provider.v1beta4.Query/Provider", &empty[..], 3),
            ("/akash.provider.v1beta4.Query/Provider", &[0xff][..], 3),
            ("/akash.market.v1beta5.Msg/CreateBid", &[][..], 12),
            ("/nothing.Query/At", &[][..], 12),
        ] {
            let refused = request(path, bytes).unwrap_err();
            assert!(
                matches!(refused, TransportError::Query { code: c, .. } if c == code),
                "{path}: {refused}"
            );
        }
    }
}
