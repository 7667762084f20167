//! The rules of the Akash market as a pure state machine: auction, escrow, burn-mint equilibrium, oracle.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]
