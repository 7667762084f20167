//! Shared by the example programs: reading vector files and printing.
