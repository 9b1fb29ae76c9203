//! Owns the JSON Schemas of the files that people write, made from the very types that read them, so that editors complete and check those files.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use crate::campaign::raw;
use crate::contract::RawContract;
use crate::deliver::digest;
use crate::facts::RawFile;
use crate::fields::FIELDS;
use crate::values::{Field, Leaf, YesNo};

/// The name of a campaign's schema, beside the campaigns' folders.
pub const CAMPAIGN_SCHEMA: &str = "campaign.schema.json";
/// The comment in the first line of a campaign's file that names the schema to editors.
pub const CAMPAIGN_LINE: &str = "#:schema ../campaign.schema.json";
/// How the name of every schema ends.
pub const ENDING: &str = ".schema.json";

/// What an empty text means, wherever a choice is expected.
const LEFT_EMPTY: &str = "Not known, as if the key were left out.";
/// Where a leaf's schema keeps what is expected until its key's own description stands before it.
const EXPECTED: &str = "x-expected";
/// What the comment of an untouched schema says before the hash of the rest.
const MARK: &str = "made by handbill, which writes it anew while it is unchanged: sha256 ";

/// The schema of `campaign.toml`.
pub fn campaign() -> String {
    written(of::<raw::Campaign>(), "campaign.toml", "The details of one place, as handbill reads them.")
}

/// The schema of a document's `template.toml`.
pub fn template() -> String {
    written(of::<RawContract>(), "template.toml", "What a document of handbill is for, and what it needs.")
}

/// The schema of `facts/*.toml`.
pub fn facts() -> String {
    written(of::<RawFile>(), "facts/*.toml", "Claims that handbill may print, and what the states' laws do.")
}

/// The schema of a type. Nothing refers to another place in it: not every editor follows.
pub fn of<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft07()
        .with(|settings| settings.inline_subschemas = true)
        .with_transform(RecursiveTransform(tidy));
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

/// Whether a text is a schema that this program, or an older one, wrote and nobody changed since.
pub fn is_ours(text: &str) -> bool {
    let Ok(Value::Object(mut schema)) = serde_json::from_str(text) else { return false };
    let Some(Value::String(comment)) = schema.remove("$comment") else { return false };
    comment.strip_prefix(MARK) == Some(&digest(Value::Object(schema).to_string().as_bytes()))
}

fn written(mut schema: Value, title: &str, about: &str) -> String {
    schema["title"] = json!(title);
    schema["description"] = json!(about);
    let hash = digest(schema.to_string().as_bytes());
    schema["$comment"] = json!(format!("{MARK}{hash}"));
    format!("{schema:#}\n")
}

/// Takes out what TOML does not know, and says in every description what is expected.
fn tidy(schema: &mut Schema) {
    schema.remove("default");
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_string(), only);
        }
    }
    if let Some(Value::String(expected)) = schema.remove(EXPECTED) {
        let about = schema.get("description").and_then(Value::as_str).map(|about| format!("{about} "));
        let whole = format!("{}Write {expected}.", about.unwrap_or_default());
        schema.insert("description".to_string(), json!(whole));
    }
}

impl<T: Leaf> JsonSchema for Field<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        std::any::type_name::<T>().into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let mut schema = match T::choices() {
            [] => text::<T>(),
            words if words == YesNo::WORDS => {
                let bare = [(json!(true), T::meanings()[0]), (json!(false), T::meanings()[1])];
                choices(choice_values::<T>().chain(bare).chain([(json!(""), LEFT_EMPTY)]))
            }
            _ => choices(choice_values::<T>().chain([(json!(""), LEFT_EMPTY)])),
        };
        schema.insert(EXPECTED.to_string(), json!(T::EXPECTED));
        schema
    }
}

/// The schema of text that may be left empty and may have a form.
fn text<T: Leaf>() -> Schema {
    let mut schema = match T::FROM_NUMBER {
        true => json_schema!({ "type": ["string", "integer"], "minimum": 0 }),
        false => json_schema!({ "type": "string" }),
    };
    if let Some(pattern) = T::PATTERN {
        schema.insert("pattern".to_string(), json!(format!("^\\s*(?:{pattern})?\\s*$")));
    }
    if let Some((format, length)) = T::FORMAT {
        schema.insert("if".to_string(), json!({ "minLength": length }));
        schema.insert("then".to_string(), json!({ "format": format }));
    }
    schema
}

/// The schema of a choice where it cannot be left empty, as in a list.
pub fn choice<T: Leaf>() -> Schema {
    choices(choice_values::<T>())
}

fn choice_values<T: Leaf>() -> impl Iterator<Item = (Value, &'static str)> {
    T::choices().iter().zip(T::meanings()).map(|(word, about)| (json!(word), about.trim()))
}

/// A closed set of values, each with its meaning in the way that editors of TOML show it.
fn choices<'a>(values: impl Iterator<Item = (Value, &'a str)>) -> Schema {
    let (values, about): (Vec<Value>, Vec<&str>) = values.map(|(value, about)| (value, about.trim())).unzip();
    json_schema!({ "enum": values, "x-taplo": { "docs": { "enumValues": about } } })
}

/// The schema of a list of values that words may use.
pub fn value_names(_: &mut SchemaGenerator) -> Schema {
    let names = choices(FIELDS.iter().map(|field| (json!(field.path), field.about)));
    json_schema!({ "type": "array", "items": names })
}
