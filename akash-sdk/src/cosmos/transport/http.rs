//! Requests over HTTP with everything bounded: time, size, redirects.

use super::TransportError;
use super::tls::{self, Roots};
use akash_market::time::Date;
use reqwest::header::{DATE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{Client, Method, StatusCode, Url};
use std::fmt;
use std::time::{Duration, SystemTime};
use zeroize::Zeroizing;

/// How an endpoint is asked over HTTP, WebSocket or gRPC. Everything is bounded.
///
/// ```
/// use akash_sdk::cosmos::transport::HttpOptions;
/// use std::time::Duration;
///
/// let options = HttpOptions::default()
///     .with_timeout(Duration::from_secs(5))
///     .with_header("x-api-key", "secret");
/// assert_eq!(options.timeout, Duration::from_secs(5));
/// assert!(!format!("{options:?}").contains("secret"));
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct HttpOptions {
    /// Longest time until a connection stands. Default 5 s.
    pub connect_timeout: Duration,
    /// Longest time of a request, connection and body included. Default 15 s.
    pub timeout: Duration,
    /// Longest answer in bytes. Default 64 MiB: a full block of 22 MB with its results in JSON.
    pub max_response: usize,
    /// How often a transport without subscriptions looks for a new block. Default 1 s.
    pub poll: Duration,
    roots: Roots,
    headers: Vec<(String, Zeroizing<String>)>,
}

impl Default for HttpOptions {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(15),
            max_response: 64 << 20,
            poll: Duration::from_secs(1),
            roots: Roots::default(),
            headers: Vec::new(),
        }
    }
}

impl HttpOptions {
    /// Sets the longest time of a request.
    #[must_use]
    pub const fn with_timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the longest answer in bytes.
    #[must_use]
    pub const fn with_max_response(mut self, bytes: usize) -> Self {
        self.max_response = bytes;
        self
    }

    /// Sets how often to look for a new block.
    #[must_use]
    pub const fn with_poll(mut self, poll: Duration) -> Self {
        self.poll = poll;
        self
    }

    /// Adds a header to each request, such as the key of a paid endpoint. It is never shown.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers
            .push((name.into(), Zeroizing::new(value.into())));
        self
    }

    /// Trusts this authority as well, given as the DER bytes of its certificate.
    #[must_use]
    pub fn with_root(mut self, der: Vec<u8>) -> Self {
        self.roots.extra.push(der);
        self
    }

    /// Trusts none but the authorities given with [`HttpOptions::with_root`].
    #[must_use]
    pub const fn without_public_roots(mut self) -> Self {
        self.roots.public = false;
        self
    }

    pub(super) const fn roots(&self) -> &Roots {
        &self.roots
    }

    pub(super) fn headers(&self) -> Result<HeaderMap, TransportError> {
        let mut map = HeaderMap::new();
        for (name, value) in &self.headers {
            let refused = |reason: String| TransportError::Configuration {
                endpoint: name.clone(),
                reason,
            };
            let key = HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| refused("it is no name of a header".to_owned()))?;
            let mut value = HeaderValue::from_str(value)
                .map_err(|_| refused("its value can't stand in a header".to_owned()))?;
            value.set_sensitive(true);
            map.append(key, value);
        }
        Ok(map)
    }
}

impl fmt::Debug for HttpOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("HttpOptions")
            .field("connect_timeout", &self.connect_timeout)
            .field("timeout", &self.timeout)
            .field("max_response", &self.max_response)
            .field("poll", &self.poll)
            .field("roots", &self.roots)
            .field("headers", &names)
            .finish()
    }
}

/// An endpoint's address without what may be secret in it: user, path and query stay out.
pub(super) fn shown(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(
        || format!("{}://{host}", url.scheme()),
        |port| format!("{}://{host}:{port}", url.scheme()),
    )
}

/// Reads an endpoint's address with one of these schemes.
pub(super) fn address(text: &str, schemes: &[&str]) -> Result<Url, TransportError> {
    let refused = |reason: String| TransportError::Configuration {
        // Not the text itself: it may carry a key.
        endpoint: text.chars().take_while(|c| *c != '@').take(60).collect(),
        reason,
    };
    let url = Url::parse(text).map_err(|e| refused(e.to_string()))?;
    if !schemes.contains(&url.scheme()) || url.host_str().is_none() {
        return Err(refused(format!(
            "an address begins with {}://",
            schemes.join(":// or ")
        )));
    }
    Ok(url)
}

/// What came back.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

/// An endpoint that is asked over HTTP.
#[derive(Clone)]
pub(super) struct Http {
    client: Client,
    base: Url,
    endpoint: String,
    options: HttpOptions,
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address itself may hold a password or a key.
        f.debug_struct("Http")
            .field("endpoint", &self.endpoint)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl Http {
    pub(super) fn new(text: &str, options: HttpOptions) -> Result<Self, TransportError> {
        let base = address(text, &["http", "https"])?;
        let endpoint = shown(&base);
        let mut builder = Client::builder()
            .connect_timeout(options.connect_timeout)
            .timeout(options.timeout)
            .redirect(reqwest::redirect::Policy::none())
            .default_headers(options.headers()?)
            .tls_backend_preconfigured(tls::config(options.roots(), &["h2", "http/1.1"])?);
        if is_loopback(&base) {
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(|e| TransportError::Configuration {
            endpoint: endpoint.clone(),
            reason: reason(&e),
        })?;
        Ok(Self {
            client,
            base,
            endpoint,
            options,
        })
    }

    pub(super) fn endpoint(&self) -> &str {
        &self.endpoint
    }

    pub(super) const fn options(&self) -> &HttpOptions {
        &self.options
    }

    /// The address of `path`, which may carry a query, below the endpoint's own.
    pub(super) fn below(&self, path: &str) -> String {
        format!("{}{path}", self.base.as_str().trim_end_matches('/'))
    }

    pub(super) async fn post(&self, url: &str, body: Vec<u8>) -> Result<Answer, TransportError> {
        let headers = [("content-type", "application/json")];
        self.send(Method::POST, url, &headers, Some(body)).await
    }

    pub(super) async fn send(
        &self,
        method: Method,
        url: &str,
        headers: &[(&str, &str)],
        body: Option<Vec<u8>>,
    ) -> Result<Answer, TransportError> {
        let mut request = self.client.request(method, url);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.body(body);
        }
        let mut response = request.send().await.map_err(|e| self.failure(&e))?;
        let limit = self.options.max_response;
        let too_large = || TransportError::TooLarge {
            endpoint: self.endpoint.clone(),
            limit,
        };
        let announced = response.content_length().unwrap_or_default();
        if usize::try_from(announced).map_or(true, |announced| announced > limit) {
            return Err(too_large());
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|e| self.failure(&e))? {
            if body.len().saturating_add(chunk.len()) > limit {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        let status = response.status();
        if status == StatusCode::TOO_MANY_REQUESTS {
            return Err(TransportError::RateLimited {
                endpoint: self.endpoint.clone(),
                retry_after: retry_after(response.headers()),
            });
        }
        Ok(Answer {
            status,
            headers: std::mem::take(response.headers_mut()),
            body,
        })
    }

    /// An answer's HTTP status as an error.
    pub(super) fn status(&self, answer: &Answer) -> TransportError {
        TransportError::Status {
            endpoint: self.endpoint.clone(),
            status: answer.status.as_u16(),
            retry_after: retry_after(&answer.headers),
        }
    }

    pub(super) fn malformed(&self, reason: &dyn std::fmt::Display) -> TransportError {
        TransportError::Malformed {
            endpoint: self.endpoint.clone(),
            reason: reason.to_string(),
        }
    }

    fn failure(&self, error: &reqwest::Error) -> TransportError {
        let endpoint = self.endpoint.clone();
        if error.is_timeout() {
            return TransportError::Timeout {
                endpoint,
                after: if error.is_connect() {
                    self.options.connect_timeout
                } else {
                    self.options.timeout
                },
            };
        }
        if let Some(tls) = tls::cause(error) {
            return TransportError::Tls {
                endpoint,
                reason: tls.to_string(),
            };
        }
        let reason = reason(error);
        if error.is_connect() {
            TransportError::NotConnected { endpoint, reason }
        } else {
            TransportError::Unreachable { endpoint, reason }
        }
    }
}

/// The body that `path` below this address has.
pub(in crate::cosmos) async fn get(
    base: &str,
    path: &str,
    options: HttpOptions,
) -> Result<Vec<u8>, TransportError> {
    let http = Http::new(base, options)?;
    let url = http.below(path);
    let answer = http.send(Method::GET, &url, &[], None).await?;
    if answer.status.is_success() {
        Ok(answer.body)
    } else {
        Err(http.status(&answer))
    }
}

/// The innermost cause, which says most, without the address.
fn reason(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}

fn is_loopback(url: &Url) -> bool {
    url.host_str().is_some_and(|host| {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost"
            || bare
                .parse::<std::net::IpAddr>()
                .is_ok_and(|ip| ip.is_loopback())
    })
}

/// Longest wait that a server is believed to mean.
const LONGEST_WAIT: u64 = 86_400;

/// The header `Retry-After`, in seconds or as a time; at most a day. A time counts from that of the answer, since clocks
/// differ.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| headers.get(name)?.to_str().ok().map(str::trim);
    let wanted = text(RETRY_AFTER)?;
    let seconds = if let Ok(seconds) = wanted.parse() {
        seconds
    } else {
        let now = text(DATE).and_then(http_date).or_else(|| {
            let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
            since.ok()?.as_secs().try_into().ok()
        })?;
        let wait = http_date(wanted)?.saturating_sub(now);
        u64::try_from(wait).unwrap_or_default()
    };
    Some(Duration::from_secs(seconds.min(LONGEST_WAIT)))
}

/// Unix time of a text such as `Sun, 06 Nov 1994 08:49:37 GMT`, the one form that servers write today (RFC 9110).
fn http_date(text: &str) -> Option<i64> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (_, date) = text.split_once(", ")?;
    let mut parts = date.split(' ');
    let day = parts.next()?.parse().ok()?;
    let month = parts.next()?;
    let (month, _) = (1..).zip(MONTHS).find(|(_, name)| *name == month)?;
    let year = parts.next()?.parse().ok()?;
    let days = Date::new(year, month, day)?.days();
    let mut seconds = 0_i64;
    for (part, size) in parts.next()?.splitn(3, ':').zip([24, 60, 61]) {
        let part: u8 = part.parse().ok().filter(|part| *part < size)?;
        seconds = seconds.checked_mul(60)?.checked_add(i64::from(part))?;
    }
    if parts.next() != Some("GMT") || parts.next().is_some() {
        return None;
    }
    days.checked_mul(86_400)?.checked_add(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_checked_and_secrets_left_out() {
        let url = address("https://user:pass@node.example:443/key?x=1", &["https"]).unwrap();
        assert_eq!(shown(&url), "https://node.example");
        for text in ["node.example:26657", "ftp://node.example", "http://", ""] {
            assert!(address(text, &["http", "https"]).is_err(), "{text}");
        }
        let http = Http::new("http://127.0.0.1:1/rpc/", HttpOptions::default()).unwrap();
        assert_eq!(http.below("/a?b=1"), "http://127.0.0.1:1/rpc/a?b=1");
    }

    #[test]
    fn waiting_times_are_read() {
        let mut headers = HeaderMap::new();
        assert_eq!(retry_after(&headers), None);
        headers.insert(RETRY_AFTER, HeaderValue::from_static("7"));
        assert_eq!(retry_after(&headers), Some(Duration::from_secs(7)));
        headers.insert(RETRY_AFTER, HeaderValue::from_static("99999999999"));
        assert_eq!(retry_after(&headers), Some(Duration::from_secs(86_400)));
        headers.insert(RETRY_AFTER, HeaderValue::from_static("soon"));
        assert_eq!(retry_after(&headers), None);
        // As a time: from that of the answer, if it has one.
        let now = HeaderValue::from_static("Sun, 06 Nov 1994 08:49:30 GMT");
        headers.insert(DATE, now);
        for (time, wait) in [
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(7)),
            ("Mon, 07 Nov 1994 00:00:00 GMT", Some(54_630)),
            ("Sun, 06 Nov 1994 08:49:20 GMT", Some(0)),
            ("Fri, 31 Dec 9999 23:59:59 GMT", Some(LONGEST_WAIT)),
            ("Sun, 31 Feb 1994 08:49:37 GMT", None),
            ("Sun, 06 Nov 1994 24:49:37 GMT", None),
            ("Sun, 06 Nov 1994 08:49:37 CET", None),
            ("Sun, 06 Nov 1994", None),
        ] {
            headers.insert(RETRY_AFTER, HeaderValue::from_static(time));
            assert_eq!(
                retry_after(&headers),
                wait.map(Duration::from_secs),
                "{time}"
            );
        }
        headers.remove(DATE);
        let past = HeaderValue::from_static("Sun, 06 Nov 1994 08:49:37 GMT");
        headers.insert(RETRY_AFTER, past);
        assert_eq!(retry_after(&headers), Some(Duration::ZERO));
        let far = HeaderValue::from_static("Fri, 31 Dec 9999 23:59:59 GMT");
        headers.insert(RETRY_AFTER, far);
        assert_eq!(
            retry_after(&headers),
            Some(Duration::from_secs(LONGEST_WAIT))
        );
    }

    #[test]
    fn headers_are_checked() {
        let options = HttpOptions::default().with_header("bad name", "x");
        assert!(options.headers().is_err());
        let options = HttpOptions::default().with_header("good", "line\nbreak");
        assert!(options.headers().is_err());
    }
}
