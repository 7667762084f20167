//! The Akash Stack Definition Language, exact: SDL text to groups, manifest and version hash.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

pub mod attribute;
pub mod group;
pub mod num;
pub mod resource;
pub mod yaml;
