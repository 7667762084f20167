//! The table of shapes as a JSON schema.

use serde_json::{Map, Value, json};

use super::shape::{Positive, Record, Rule, Shape};

/// The whole schema.
pub(super) fn schema(document: &'static Record) -> Value {
    let mut schema = record(document);
    if let Some(members) = schema.as_object_mut() {
        members.insert(
            "$schema".to_owned(),
            json!("http://json-schema.org/draft-07/schema#"),
        );
        members.insert("title".to_owned(), json!("Akash SDL"));
        // The largest part gets a name, which editors show.
        if let Some(service) = members
            .get_mut("properties")
            .and_then(|all| all.get_mut("services"))
            .and_then(|services| services.get_mut("additionalProperties"))
        {
            let definition = core::mem::replace(service, json!({"$ref": "#/definitions/service"}));
            members.insert("definitions".to_owned(), json!({"service": definition}));
        }
    }
    schema
}

fn record(record: &'static Record) -> Value {
    let mut properties = Map::new();
    for field in record.fields {
        let mut schema = shape(&field.shape);
        if let Some(members) = schema.as_object_mut() {
            members.insert("description".to_owned(), json!(field.about));
            // written in the table as JSON; a test reads all of them
            let examples: Vec<Value> = field
                .examples
                .iter()
                .filter_map(|example| serde_json::from_str(example).ok())
                .collect();
            if !examples.is_empty() {
                members.insert("examples".to_owned(), Value::Array(examples));
            }
        }
        properties.insert(field.key.to_owned(), schema);
    }
    let required: Vec<&str> = record
        .fields
        .iter()
        .filter(|field| field.required)
        .map(|field| field.key)
        .collect();
    let mut schema = json!({
        "type": "object",
        "description": record.about,
        "properties": properties,
        "additionalProperties": false,
    });
    if let Some(members) = schema.as_object_mut() {
        if !required.is_empty() {
            members.insert("required".to_owned(), json!(required));
        }
        if let Some(rules) = rules(record.rule) {
            members.insert("allOf".to_owned(), rules);
        }
    }
    schema
}

fn shape(shape: &'static Shape) -> Value {
    match shape {
        Shape::Text(0) => json!({"type": "string"}),
        Shape::Text(least) => json!({"type": "string", "minLength": least}),
        Shape::Form(form) => json!({"type": "string", "pattern": form.pattern}),
        Shape::Words(words) => json!({"type": "string", "enum": words}),
        Shape::Flag => json!({"type": "boolean"}),
        Shape::FlagOrText => json!({"type": ["boolean", "string"]}),
        Shape::Whole(least, most) => {
            json!({"type": "integer", "minimum": least, "maximum": most})
        }
        Shape::Number(positive, form) => {
            let number = match positive {
                Positive::Yes => json!({"type": "number", "exclusiveMinimum": 0}),
                Positive::No => json!({"type": "number", "minimum": 0}),
            };
            json!({"oneOf": [number, {"type": "string", "pattern": form.pattern}]})
        }
        Shape::Anything => json!({"type": "object"}),
        Shape::List(item) => json!({"type": "array", "items": self::shape(item)}),
        Shape::ListOrNull(item) => {
            json!({"type": ["array", "null"], "items": self::shape(item)})
        }
        Shape::WordsOrOnly(words, only) => json!({"oneOf": [
            {"type": "array", "items": {"type": "string", "enum": words}},
            {"type": "array", "items": {"const": only}, "minItems": 1, "maxItems": 1},
        ]}),
        Shape::OneOrMany(one) => {
            let one = self::shape(one);
            json!({"oneOf": [one, {"type": "array", "items": one}]})
        }
        Shape::Map(form, value) => {
            let mut map = json!({"type": "object", "additionalProperties": self::shape(value)});
            if let Some(members) = map.as_object_mut()
                && !form.pattern.is_empty()
            {
                members.insert("propertyNames".to_owned(), json!({"pattern": form.pattern}));
            }
            map
        }
        Shape::Fields(fields) => record(fields),
    }
}

fn rules(rule: Rule) -> Option<Value> {
    Some(match rule {
        Rule::None => return None,
        Rule::Persistence => json!([{
            "if": {"properties": {"class": {"const": "ram"}}, "required": ["class"]},
            "then": {"properties": {"persistent": {"enum": [false, "false"]}}},
            "else": {"properties": {"persistent": {"enum": [true, "true"]}}},
        }]),
        Rule::GpuUnits => {
            let positive = json!({
                "properties": {"units": {"not": {"enum": [0, "0", "00"]}}},
                "required": ["units"],
            });
            json!([
                {"if": positive, "then": {"required": ["attributes"]}},
                {"if": {"required": ["attributes"]}, "then": positive},
            ])
        }
        Rule::GlobalIp => json!([{
            "if": {"required": ["ip"]},
            "then": {"properties": {"global": {"const": true}}, "required": ["global"]},
        }]),
    })
}

#[cfg(test)]
mod tests {
    use super::super::shape::{Record, Shape};
    use serde_json::Value;

    fn records(record: &'static Record, seen: &mut Vec<&'static Record>) {
        seen.push(record);
        for field in record.fields {
            let mut shape = &field.shape;
            loop {
                match shape {
                    Shape::List(inner)
                    | Shape::ListOrNull(inner)
                    | Shape::OneOrMany(inner)
                    | Shape::Map(_, inner) => shape = inner,
                    Shape::Fields(inner) => {
                        records(inner, seen);
                        break;
                    }
                    _ => break,
                }
            }
        }
    }

    #[test]
    fn every_example_is_json_and_every_key_is_described() {
        let mut all = Vec::new();
        records(&super::super::DOCUMENT, &mut all);
        assert!(all.len() > 20);
        for record in all {
            assert!(record.about.ends_with('.'), "{}", record.about);
            for field in record.fields {
                assert!(field.about.ends_with('.'), "{}", field.key);
                for example in field.examples {
                    serde_json::from_str::<Value>(example).unwrap();
                }
            }
        }
    }
}
