//! The field tables: what each message consists of, as data.

/// A message: its full name and its fields in order of declaration.
#[derive(Debug)]
pub struct Descriptor {
    /// Full name without leading slash, such as `akash.market.v1.BidID`.
    pub full_name: &'static str,
    /// Fields in ascending number; a oneof is one entry.
    pub fields: &'static [FieldDescriptor],
    /// The Rust type behind the table.
    #[cfg(feature = "conformance")]
    pub typed: Typed,
}

/// What can be done with the Rust type of a message that is known by name alone (feature
/// `conformance`; without it a program carries only the codecs it names).
#[cfg(feature = "conformance")]
#[derive(Clone, Copy, Debug)]
pub struct Typed {
    /// Decodes and encodes again.
    pub recode: fn(&[u8]) -> Result<Vec<u8>, prost::DecodeError>,
    /// Encodes the default value.
    pub default: fn() -> Vec<u8>,
    /// Decodes and tells how long the encoding will be.
    pub encoded_len: fn(&[u8]) -> Result<usize, prost::DecodeError>,
}

#[cfg(feature = "conformance")]
impl Typed {
    /// The codec of a message type.
    pub(in crate::cosmos) const fn of<M: prost::Message + Default>() -> Self {
        Self {
            recode: |bytes| Ok(M::decode(bytes)?.encode_to_vec()),
            default: || M::default().encode_to_vec(),
            encoded_len: |bytes| Ok(M::decode(bytes)?.encoded_len()),
        }
    }
}

/// One field, or one oneof with its members.
#[derive(Debug)]
pub struct FieldDescriptor {
    /// Field number; for a oneof that of its first member.
    pub number: u32,
    /// Proto name, which is also the chain's JSON name.
    pub name: &'static str,
    /// What it holds and how often.
    pub shape: Shape,
}

/// How often a field occurs, and what stands there when it does not.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Scalar with implicit presence: the zero value is not written.
    Scalar(Kind),
    /// Always written, even when empty.
    Always(Kind),
    /// Written when set; JSON `null` otherwise.
    Optional(Kind),
    /// Repeated.
    Many(Kind),
    /// Map from text to this kind.
    Map(Kind),
    /// Member of a oneof: not printed when unset.
    Member(Kind),
    /// The members of a oneof.
    OneOf(&'static [FieldDescriptor]),
}

/// What one value of a field is.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// `bool`.
    Bool,
    /// `int32`.
    Int32,
    /// `int64`: text in JSON.
    Int64,
    /// `uint32`.
    Uint32,
    /// `uint64`: text in JSON.
    Uint64,
    /// `string`.
    Text,
    /// `bytes`: base64 in JSON.
    Bytes,
    /// Integer of at most 256 bits as decimal text.
    Int,
    /// 18-decimal fixed point number: text of value * 10^18; a point in JSON only.
    Dec,
    /// google.protobuf.Timestamp: RFC 3339 in JSON.
    Time,
    /// google.protobuf.Duration: seconds in JSON.
    Duration,
    /// Enum: name in JSON.
    Enum(fn() -> &'static EnumDescriptor),
    /// Nested message.
    Message(fn() -> &'static Descriptor),
}

/// An enum and its values.
#[derive(Debug)]
pub struct EnumDescriptor {
    /// Full name, such as `akash.market.v1beta5.Bid.State`.
    pub full_name: &'static str,
    /// Number and proto (JSON) name of each value.
    pub values: &'static [(i32, &'static str)],
}

/// The proto name of a field that had to be written as a raw identifier.
pub(in crate::cosmos) const fn proto_name(field: &'static str) -> &'static str {
    match field.as_bytes() {
        [b'r', b'#', ..] => field.split_at(2).1,
        _ => field,
    }
}
