//! What a family's models have in common and their descriptions leave out.

/// Families whose FFN has two matrices.
const PLAIN_FFN: [&str; 17] = [
    "bloom",
    "bloomz",
    "codegen",
    "falcon",
    "gptbigcode",
    "gptj",
    "gptneo",
    "gptneox",
    "gpt2",
    "mpt",
    "nemotron",
    "opt",
    "phi",
    "pythia",
    "refinedweb",
    "starcoder",
    "starcoder2",
];

/// Families whose embeddings are tied unless the description says otherwise.
const TIED: [&str; 14] = [
    "bloom",
    "cohere",
    "cohere2",
    "falcon",
    "gemma",
    "gemma2",
    "gemma3",
    "gemma3text",
    "gpt2",
    "gptbigcode",
    "gptneo",
    "mpt",
    "opt",
    "starcoder2",
];

/// A name as all spell it: `GPT-NeoX` and `gpt_neox` are one.
fn is_one_of(name: &str, families: &[&str]) -> bool {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    let plain: String = letters.map(|c| c.to_ascii_lowercase()).collect();
    families.contains(&plain.as_str())
}

pub(super) fn has_plain_ffn(family: &str) -> bool {
    is_one_of(family, &PLAIN_FFN)
}

pub(super) fn ties_embeddings(family: &str) -> bool {
    is_one_of(family, &TIED)
}
