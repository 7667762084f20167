//! Shared by the example programs: reading vector files and printing.

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
