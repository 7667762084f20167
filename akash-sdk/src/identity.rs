//! Who a client is at a provider's gateway: a signed token, or a certificate that is registered on chain.

#[cfg(feature = "certificates")]
#[cfg_attr(docsrs, doc(cfg(feature = "certificates")))]
pub mod certificate;
pub mod jwt;
#[cfg(feature = "certificates")]
#[cfg_attr(docsrs, doc(cfg(feature = "certificates")))]
pub mod keyfile;
