//! Messages of Protocol Buffers itself.

pub mod protobuf;
