//! Who a client is at a provider's gateway: a signed token, or a certificate that is registered on chain.

pub mod jwt;
