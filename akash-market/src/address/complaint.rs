//! The words in which a node refuses a text that should be an address (Cosmos SDK v0.53).

use super::plain::{ALPHABET, CHECKSUM, turn};

/// What a node says is wrong with a text that is not an address with `prefix`; of one that is, nothing: an empty text.
///
/// These are the words of chain-sdk's own messages. Modules of the Cosmos SDK say the same but for a wrong prefix.
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
    match decode(text) {
        Err(why) => format!("decoding bech32 failed: {why}"),
        Ok((found, _)) if found != prefix => {
            format!("invalid Bech32 prefix; expected {prefix}, got {found}")
        }
        Ok((_, 0)) => "addresses cannot be empty: unknown address".to_owned(),
        Ok((_, length @ 256..)) => {
            format!("address max length is 255, got {length}: unknown address")
        }
        Ok(_) => String::new(),
    }
}

/// The prefix of a bech32 text and how many bytes it stands for, or why it is none (cosmos/btcutil).
fn decode(text: &str) -> Result<(String, usize), String> {
    let length = text.len();
    if !(8..=1023).contains(&length) {
        return Err(format!("invalid bech32 string length {length}"));
    }
    let (mut has_lower, mut has_upper) = (false, false);
    for byte in text.bytes() {
        if !(33..=126).contains(&byte) {
            let found = char::from(byte);
            return Err(format!("invalid character in string: '{found}'"));
        }
        has_lower |= byte.is_ascii_lowercase();
        has_upper |= byte.is_ascii_uppercase();
        if has_lower && has_upper {
            return Err("string not all lowercase or all uppercase".to_owned());
        }
    }
    let lower = text.to_lowercase();
    let Some((prefix, data)) = lower
        .rsplit_once('1')
        .filter(|(prefix, data)| !prefix.is_empty() && data.len() >= CHECKSUM)
    else {
        // Where nothing separates, the node counts from -1.
        let at = lower
            .rfind('1')
            .map_or("-1".to_owned(), |at| at.to_string());
        return Err(format!("invalid separator index {at}"));
    };
    let mut values = Vec::with_capacity(data.len());
    for byte in data.bytes() {
        let Some(value) = ALPHABET.iter().position(|known| *known == byte) else {
            return Err(format!("invalid character not part of charset: {byte}"));
        };
        values.push(u8::try_from(value).unwrap_or_default());
    }
    let (payload, _) = values.split_at(values.len().saturating_sub(CHECKSUM));
    let wanted = checksum(prefix, payload);
    let (_, given) = data.split_at(data.len().saturating_sub(CHECKSUM));
    if wanted != given {
        return Err(format!("invalid checksum (expected {wanted} got {given})"));
    }
    let bits = payload.len().saturating_mul(5);
    let spare = bits % 8;
    let last = payload.last().copied().unwrap_or_default();
    if spare > 4 || last & !(u8::MAX << spare) != 0 {
        return Err("invalid incomplete group".to_owned());
    }
    Ok((prefix.to_owned(), bits / 8))
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
                "invalid Bech32 prefix; expected akash, got cosmos",
            ),
            (
                "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6xq",
                "decoding bech32 failed: invalid checksum (expected 3mq6x0 got 3mq6xq)",
            ),
        ] {
            assert_eq!(complaint("akash", text), words);
        }
    }
}
