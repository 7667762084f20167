//! The first place where two JSON values differ.

use serde_json::Value;

static ABSENT: Value = Value::Null;

/// The innermost differing values, and the way to them as a JSON pointer. Members that are only in
/// `found` count as well.
pub(super) fn first<'a>(
    expected: &'a Value,
    found: &'a Value,
    place: &mut String,
) -> (&'a Value, &'a Value) {
    let step = match (expected, found) {
        (Value::Object(a), Value::Object(b)) => a
            .keys()
            .chain(b.keys())
            .find(|key| a.get(*key) != b.get(*key))
            .map(|key| (key.clone(), a.get(key), b.get(key))),
        (Value::Array(a), Value::Array(b)) => (0..a.len().max(b.len()))
            .find(|&index| a.get(index) != b.get(index))
            .map(|index| (index.to_string(), a.get(index), b.get(index))),
        _ => None,
    };
    let Some((name, a, b)) = step else {
        return (expected, found);
    };
    place.push('/');
    place.push_str(&name);
    first(a.unwrap_or(&ABSENT), b.unwrap_or(&ABSENT), place)
}

#[cfg(test)]
mod tests {
    use super::first;
    use serde_json::json;

    #[test]
    fn the_way_leads_to_the_difference() {
        let (a, b) = (json!({"a": [1, {"b": 2}]}), json!({"a": [1, {"b": 3}]}));
        let mut place = String::new();
        assert_eq!(first(&a, &b, &mut place), (&json!(2), &json!(3)));
        assert_eq!(place, "/a/1/b");
    }

    #[test]
    fn what_is_missing_or_too_much_is_found() {
        for (a, b) in [(json!([1, 2]), json!([1])), (json!([1]), json!([1, 2]))] {
            let mut place = String::new();
            let _ = first(&a, &b, &mut place);
            assert_eq!(place, "/1");
        }
    }
}
