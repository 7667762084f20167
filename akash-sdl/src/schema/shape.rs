//! How the shape of a document is written down: one table, from which come the JSON schema for
//! editors and the rules of strict reading.

/// The shape of a value.
pub(crate) enum Shape {
    /// A text of at least so many characters.
    Text(usize),
    /// A text of a form.
    Form(&'static Form),
    /// One of some texts.
    Words(&'static [&'static str]),
    /// true or false.
    Flag,
    /// A flag, or a text.
    FlagOrText,
    /// A whole number in a range.
    Whole(u64, u64),
    /// A number, above zero if so wanted, or a text of a form.
    Number(Positive, &'static Form),
    /// Any map.
    Anything,
    /// A list.
    List(&'static Self),
    /// A list, or null.
    ListOrNull(&'static Self),
    /// One of the first words in a list, in any number, or the last word alone in one.
    WordsOrOnly(&'static [&'static str], &'static str),
    /// One value, or a list of such.
    OneOrMany(&'static Self),
    /// A map with free keys of a form.
    Map(&'static Form, &'static Self),
    /// A map with known keys.
    Fields(&'static Record),
}

/// Whether a number must be above zero.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Positive {
    Yes,
    No,
}

/// The form of a text.
pub(crate) struct Form {
    /// As a regular expression, read alike by ECMA-262 and Rust's `regex`.
    pub(crate) pattern: &'static str,
    /// What strict reading checks; none where the reader itself has refused what does not fit, or
    /// where a document may say otherwise in a part that is not used.
    pub(crate) strict: Option<fn(&str) -> bool>,
    /// What would fit, as in "write …".
    pub(crate) wanted: &'static str,
}

/// A map with known keys.
pub(crate) struct Record {
    pub(crate) about: &'static str,
    pub(crate) fields: &'static [Field],
    pub(crate) rule: Rule,
}

/// A key of a record.
pub(crate) struct Field {
    pub(crate) key: &'static str,
    pub(crate) required: bool,
    pub(crate) about: &'static str,
    /// Values, as JSON.
    pub(crate) examples: &'static [&'static str],
    pub(crate) shape: Shape,
}

impl Field {
    pub(crate) const fn new(key: &'static str, shape: Shape, about: &'static str) -> Self {
        Self {
            key,
            required: false,
            about,
            examples: &[],
            shape,
        }
    }

    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(crate) const fn examples(mut self, examples: &'static [&'static str]) -> Self {
        self.examples = examples;
        self
    }
}

/// What ties the keys of a record to each other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    None,
    /// Storage attributes: class ram is not persistent, every other is.
    Persistence,
    /// A GPU has attributes if and only if it has units above zero.
    GpuUnits,
    /// A target with `ip` is `global`.
    GlobalIp,
}
