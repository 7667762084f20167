//! The words in which a node refuses a text that should be an address (Cosmos SDK v0.53).

use super::plain::{ALPHABET, CHECKSUM, turn};

/// What a node says is wrong with a text that is not an address with `prefix`.
///
/// ```
/// use akash_market::address::complaint;
/// let why = complaint("akash", "nobody");
/// assert_eq!(why, "decoding bech32 failed: invalid bech32 string length 6");
/// ```
#[must_use]
pub fn complaint(prefix: &str, text: &str) -> String {
    if text.trim().is_empty() {
        return "empty address string is not allowed".to_owned();
    }
    match undecodable(text) {
        Some(why) => format!("decoding bech32 failed: {why}"),
        None => {
            let found = text.rsplit_once('1').map_or(text, |(found, _)| found);
            let found = found.to_lowercase();
            format!(
                "hrp does not match bech32 prefix: expected '{prefix}' got '{found}': internal \
                 logic error"
            )
        }
    }
}

/// Why a text is no bech32.
fn undecodable(text: &str) -> Option<String> {
    let length = text.len();
    if !(8..=1023).contains(&length) {
        return Some(format!("invalid bech32 string length {length}"));
    }
    if let Some(byte) = text.bytes().find(|byte| !(33..=126).contains(byte)) {
        return Some(format!(
            "invalid character in string: '{}'",
            char::from(byte)
        ));
    }
    let lower = text.to_lowercase();
    if text != lower && text != text.to_uppercase() {
        return Some("string not all lowercase or all uppercase".to_owned());
    }
    let Some((prefix, data)) = lower
        .rsplit_once('1')
        .filter(|(prefix, data)| !prefix.is_empty() && data.len() >= CHECKSUM)
    else {
        // Where nothing separates, the node counts from -1.
        let at = lower
            .rfind('1')
            .map_or("-1".to_owned(), |at| at.to_string());
        return Some(format!("invalid separator index {at}"));
    };
    let mut values = Vec::with_capacity(data.len());
    for byte in data.bytes() {
        let Some(value) = ALPHABET.iter().position(|known| *known == byte) else {
            return Some(format!(
                "failed converting data to bytes: invalid character not part of charset: {byte}"
            ));
        };
        values.push(u8::try_from(value).unwrap_or_default());
    }
    let (payload, _) = values.split_at(values.len().saturating_sub(CHECKSUM));
    let wanted = checksum(prefix, payload);
    let (_, given) = data.split_at(data.len().saturating_sub(CHECKSUM));
    (wanted != given).then(|| format!("checksum failed. Expected {wanted}, got {given}."))
}

/// The checksum of BIP-173.
fn checksum(prefix: &str, payload: &[u8]) -> String {
    let high = prefix.bytes().map(|byte| byte >> 5);
    let low = prefix.bytes().map(|byte| byte & 31);
    let all = high
        .chain([0])
        .chain(low)
        .chain(payload.iter().copied())
        .chain([0; CHECKSUM]);
    let sum = all.fold(1, turn) ^ 1;
    let letter = |shift: u32| {
        let value = usize::try_from((sum >> shift) & 31).unwrap_or_default();
        ALPHABET.get(value).map(|byte| char::from(*byte))
    };
    [25, 20, 15, 10, 5, 0]
        .into_iter()
        .filter_map(letter)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::complaint;

    #[test]
    fn complaints_are_those_of_a_node() {
        for (text, words) in [
            (" ", "empty address string is not allowed"),
            (
                "zzz",
                "decoding bech32 failed: invalid bech32 string length 3",
            ),
            (
                "akash1xyz",
                "decoding bech32 failed: invalid separator index 5",
            ),
            (
                "nothing-separates",
                "decoding bech32 failed: invalid separator index -1",
            ),
            (
                "cosmos1hsk6jryyqjfhp5dhc55tc9jtckygx0eph6dd02",
                "hrp does not match bech32 prefix: expected 'akash' got 'cosmos': internal logic error",
            ),
            (
                "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6xq",
                "decoding bech32 failed: checksum failed. Expected 3mq6x0, got 3mq6xq.",
            ),
        ] {
            assert_eq!(complaint("akash", text), words);
        }
    }
}
