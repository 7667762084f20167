//! Names for people.

/// The name Console shows for a model of an attribute, by family rules: `rtxa6000` is
/// `RTX A6000`, `rtx4070s` is `RTX 4070 SUPER`, `h100` is `H100`.
///
/// ```
/// use akash_gpu::catalog::display_name;
/// assert_eq!(display_name("rtx3060ti"), "RTX 3060 Ti");
/// assert_eq!(display_name("rtxa6000"), "RTX A6000");
/// assert_eq!(display_name("h200nvl"), "H200 NVL");
/// assert_eq!(display_name("*"), "any model");
/// ```
#[must_use]
pub fn display_name(model: &str) -> String {
    if model == "*" {
        return "any model".to_owned();
    }
    let squeezed = super::alias::squeeze(model);
    let family_end = squeezed
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(squeezed.len());
    let (family, rest) = squeezed.split_at(family_end);
    let number_end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (number, suffix) = rest.split_at(number_end);
    if number.is_empty() {
        return model.to_owned();
    }
    let mut name = match family {
        "rtxa" => format!("RTX A{number}"),
        "rtx" | "gtx" | "gt" | "mx" | "rx" | "pro" => format!("{} {number}", family.to_uppercase()),
        other => format!("{}{number}", other.to_uppercase()),
    };
    match suffix {
        "" => {}
        "ti" => name.push_str(" Ti"),
        "s" | "super" => name.push_str(" SUPER"),
        "tis" | "tisuper" => name.push_str(" Ti SUPER"),
        other => {
            name.push(' ');
            name.push_str(&other.to_uppercase());
        }
    }
    name
}
