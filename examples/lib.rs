//! Shared by the example programs: the golden vectors and what the library makes of them.

#[path = "conformance/kinds.rs"]
pub mod conformance;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
