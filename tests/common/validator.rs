//! What our own schemas say of a value: the few rules of JSON Schema that they use, and a failure at any other.
//!
//! The libraries that know every rule change the features of what Typst is built from, and would have it built twice.

use regex::Regex;
use serde_json::{Map, Value};

/// What a schema finds wrong in a value, each with its place: `/agency/mail/zip: ...`.
pub fn errors(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, value, "", &mut found);
    found
}

fn check(schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    let Value::Object(rules) = schema else {
        assert!(schema.is_boolean(), "a schema is a table or a flag, not {schema}");
        if schema == false {
            found.push(format!("{at}: nothing may stand here"));
        }
        return;
    };
    for (name, rule) in rules {
        if !holds(name, rule, rules, value, at, found) {
            found.push(format!("{at}: {value} breaks `{name}`: {rule}"));
        }
    }
}

/// Whether a value keeps to one rule; what is wrong further inside is noted by itself.
fn holds(
    name: &str,
    rule: &Value,
    rules: &Map<String, Value>,
    value: &Value,
    at: &str,
    found: &mut Vec<String>,
) -> bool {
    let least = |size: Option<usize>| size.is_none_or(|size| size as u64 >= rule.as_u64().expect("a number"));
    match name {
        "$schema" | "$comment" | "title" | "description" | "x-taplo" => true,
        "type" => match rule {
            Value::Array(names) => names.iter().any(|name| is(value, name)),
            name => is(value, name),
        },
        "enum" => rule.as_array().expect("a list").contains(value),
        "pattern" => {
            let pattern = Regex::new(rule.as_str().expect("text")).expect("a regular expression");
            value.as_str().is_none_or(|text| pattern.is_match(text))
        }
        "format" => {
            assert_eq!(rule, "date", "no other format is known here");
            value.as_str().is_none_or(|text| text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok())
        }
        "minimum" => value.as_i64().is_none_or(|number| number >= rule.as_i64().expect("a number")),
        "minLength" => least(value.as_str().map(|text| text.chars().count())),
        "minItems" => least(value.as_array().map(Vec::len)),
        "minProperties" => least(value.as_object().map(Map::len)),
        "required" => {
            let Value::Object(table) = value else { return true };
            let missing: Vec<&str> = rule.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
            missing.into_iter().all(|key| table.contains_key(key))
        }
        "items" => {
            for (number, item) in value.as_array().into_iter().flatten().enumerate() {
                check(rule, item, &format!("{at}/{number}"), found);
            }
            true
        }
        "properties" => {
            for (key, inner) in rule.as_object().expect("a table") {
                if let Some(value) = value.get(key) {
                    check(inner, value, &format!("{at}/{key}"), found);
                }
            }
            true
        }
        "additionalProperties" => {
            let known = |key: &str| rules.get("properties").is_some_and(|known| known.get(key).is_some());
            let more = value.as_object().into_iter().flatten().filter(|(key, _)| !known(key));
            if rule == false {
                return more.count() == 0;
            }
            more.for_each(|(key, value)| check(rule, value, &format!("{at}/{key}"), found));
            true
        }
        "if" => {
            if errors(rule, value).is_empty() {
                check(&rules["then"], value, at, found);
            }
            true
        }
        "then" => true,
        "anyOf" => rule.as_array().expect("a list").iter().any(|rule| errors(rule, value).is_empty()),
        other => panic!("the rule `{other}` is not known here"),
    }
}

fn is(value: &Value, name: &Value) -> bool {
    match name.as_str().expect("a type's name") {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("the type `{other}` is not known here"),
    }
}
