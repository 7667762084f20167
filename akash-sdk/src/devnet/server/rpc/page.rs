//! The page that a browser sees.

use super::method::METHODS;
use std::fmt::Write;
use std::net::SocketAddr;

/// The list of methods with their arguments, as the node shows it.
pub(super) fn index(address: SocketAddr) -> String {
    let mut page = String::from("<html><body><br>Available endpoints:<br>");
    for (method, arguments) in METHODS {
        let query: Vec<String> = arguments.iter().map(|name| format!("{name}=_")).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        let link = format!("//{address}/{method}{mark}{}", query.join("&"));
        // Writing to a text can't fail.
        let _ = write!(page, "<a href=\"{link}\">{link}</a></br>");
    }
    page.push_str("</body></html>");
    page
}
