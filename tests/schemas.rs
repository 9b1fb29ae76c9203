//! The JSON Schemas that editors complete and check by: kept in step with the types, true of every file here, and of one mind with the reader.

mod common;
#[path = "common/validator.rs"]
mod validator;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::{blessing, examples, files, full, root};
use handbill::decode::decode;
use handbill::diagnostic::{Diagnostics, SourceFile};
use handbill::schema;
use handbill::values::{AsOf, Count, Date, Email, Field, Fips, Leaf, Money, Phone, Text, Url, YesNo, Zip};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// Each schema with the place where it is kept.
fn kept() -> [(&'static str, String); 3] {
    [
        ("campaigns/campaign.schema.json", schema::campaign()),
        ("templates/template.schema.json", schema::template()),
        ("facts/facts.schema.json", schema::facts()),
    ]
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

/// A TOML file as an editor hands it to a schema: its dates are text.
fn as_json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(flag) => json!(flag),
        toml::Value::Datetime(date) => json!(date.to_string()),
        toml::Value::Array(items) => items.into_iter().map(as_json).collect(),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(key, value)| (key, as_json(value))).collect::<Map<_, _>>())
        }
    }
}

/// What a schema finds wrong in a TOML text.
fn refused(schema: &Value, text: &str) -> Vec<String> {
    let value = as_json(text.parse::<toml::Table>().map(toml::Value::Table).expect("it is TOML"));
    validator::errors(schema, &value)
}

#[test]
fn the_kept_schemas_are_in_step() {
    for (name, text) in kept() {
        let path = root().join(name);
        if blessing() {
            fs::write(&path, &text).expect("the schema can be written");
        }
        assert!(fs::read_to_string(&path).unwrap_or_default() == text, "{name} is not in step: run again with BLESS=1");
    }
}

/// The files that name a schema in their first line, with that line's path.
fn named() -> Vec<(PathBuf, PathBuf)> {
    let mut named: Vec<PathBuf> =
        examples().into_iter().chain([full()]).map(|folder| folder.join("campaign.toml")).collect();
    named.extend(files(&root().join("templates")).into_iter().filter(|path| path.ends_with("template.toml")));
    named.extend(files(&root().join("facts")).into_iter().filter(|path| path.extension().is_some_and(|e| e == "toml")));
    let schema = |path: &Path| {
        let text = fs::read_to_string(path).expect("it is there");
        let first = text.lines().next().unwrap_or_default();
        let name = first.strip_prefix("#:schema ").unwrap_or_else(|| panic!("{} names none", path.display()));
        path.parent().expect("it has one").join(name)
    };
    named.into_iter().map(|path| (schema(&path), path)).map(|(schema, path)| (path, schema)).collect()
}

#[test]
fn every_file_here_is_as_its_schema_says() {
    let schemas = kept().map(|(name, text)| (root().join(name).canonicalize().expect("it is kept"), parsed(&text)));
    let mut wrong = Vec::new();
    let named = named();
    assert!(named.len() > 50, "only {} files", named.len());
    for (path, schema) in named {
        let schema = schema.canonicalize().unwrap_or_else(|_| panic!("{} names no schema", path.display()));
        let kind = if path.ends_with("campaign.toml") {
            0
        } else if path.ends_with("template.toml") {
            1
        } else {
            2
        };
        assert_eq!(schema, schemas[kind].0, "{}", path.display());
        let text = fs::read_to_string(&path).expect("it is there");
        wrong.extend(refused(&schemas[kind].1, &text).into_iter().map(|error| format!("{}{error}", path.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_the_program_refuses_the_schema_refuses_in_the_same_places() {
    // `tests/refusals.rs` holds what the program says of each of these.
    let [campaign, template, facts] = kept().map(|(_, text)| parsed(&text));
    let cases: [(&Value, &str, &[&str]); 6] = [
        (&campaign, "misspelt-keys/campaign.toml", &["", "", "/place", "/place"]),
        (
            &campaign,
            "wrong-choices/campaign.toml",
            &["/agency/kind", "/agreement/0/status", "/official/0/role", "/organization/kind", "/place/kind"],
        ),
        (
            &campaign,
            "wrong-values/campaign.toml",
            &[
                "/agency/mail/zip",
                "/agreement/0/as_of",
                "/organization/email",
                "/organization/phone",
                "/organization/url",
                "/petition/return_by",
                "/ties/detention",
                "/ties/per_diem",
            ],
        ),
        (&campaign, "newer-format/campaign.toml", &["/format"]),
        (&template, "contract-wrong/templates/petition/template.toml", &["", "/required/2"]),
        (&facts, "own-fact-wrong/facts/ours.toml", &["/fact/0", "/fact/0/certainty", "/fact/1/when"]),
    ];
    for (schema, name, expected) in cases {
        let text = fs::read_to_string(root().join("tests/refusals").join(name)).expect("the case is there");
        let found = refused(schema, &text);
        let mut places: Vec<&str> = found.iter().map(|error| error.split(':').next().unwrap_or_default()).collect();
        places.sort_unstable();
        places.dedup();
        let mut expected = expected.to_vec();
        expected.dedup();
        assert_eq!(places, expected, "{name}:\n{}", found.join("\n"));
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound = "T: Leaf")]
struct One<T> {
    #[serde(rename = "x")]
    _x: Field<T>,
}

/// Holds a leaf's schema and its reader against the same values, written as in TOML.
fn agree<T: Leaf>(good: &[&str], bad: &[&str]) {
    let schema = json!({ "properties": { "x": schema::of::<Field<T>>() } });
    let both = good.iter().map(|value| (value, true)).chain(bad.iter().map(|value| (value, false)));
    for (value, expected) in both.chain([(&"\"\"", true), (&"\" \"", T::choices().is_empty()), (&"1.5", false)]) {
        let text = format!("x = {value}\n");
        let mut problems = Diagnostics::default();
        decode::<One<T>>(&SourceFile::new("x.toml", text.as_str()), &mut problems);
        let told = common::told(&problems);
        // A choice of blanks alone is read as if empty; no editor needs to offer that.
        if *value != "\" \"" {
            assert_eq!(!problems.has_errors(), expected, "the reader on {value}, expected {}: {told}", T::EXPECTED);
        }
        let found = refused(&schema, &text);
        assert_eq!(found.is_empty(), expected, "the schema on {value}, expected {}: {found:?}", T::EXPECTED);
    }
}

#[test]
fn schema_and_reader_agree_on_every_kind_of_value() {
    agree::<Text>(&["\"a\"", "\"\"\"a\nb\"\"\"", "2026-11-21", "09:00:00"], &["5", "true", "[\"a\"]", "{ a = \"a\" }"]);
    agree::<Date>(
        &["2026-11-21", "\"2026-11-21\"", "\"2028-02-29\"", "1996-09-30"],
        &[
            "\"2026-02-30\"",
            "5025-02-03",
            "\"1995-12-31\"",
            "\"2026-05\"",
            "\"May 6, 2026\"",
            "\"soon\"",
            "2026",
            "true",
        ],
    );
    agree::<AsOf>(
        &["2026-05-18", "\"2026-05-18\"", "\"2026-05\""],
        &["\"2026-13\"", "\"5025-05\"", "\"2026-5\"", "\"2026-02-30\"", "\"2026\"", "\"May 2026\"", "202605"],
    );
    agree::<Phone>(
        &["\"218-555-0100\"", "\"(218) 555-0100\"", "\"+1 218.555.0100 ext. 12\"", "\" 1-218-555-0100 \""],
        &["\"555-0100\"", "\"call 218-555-0100\"", "\"218-555-01000\"", "2185550100"],
    );
    agree::<Email>(
        &["\"office@example.org\"", "\"a.b+c@mail.example.org\""],
        &[
            "\"office at example.org\"",
            "\"a@b\"",
            "\"@b.org\"",
            "\"a@.org\"",
            "\"a@b.\"",
            "\"a@b@c.org\"",
            "\"a b@c.org\"",
        ],
    );
    agree::<Url>(
        &["\"https://example.org/a?b=c\"", "\"http://example.org\""],
        &["\"example.org\"", "\"ftp://example.org\"", "\"https://example\"", "\"https://example.org/a b\""],
    );
    agree::<Zip>(&["\"56201\"", "\"04401-1234\""], &["56201", "\"4401\"", "\"562011\"", "\"56201-12\"", "\"5620l\""]);
    agree::<Fips>(&["\"27067\""], &["27067", "\"2767\"", "\"27067-1\""]);
    agree::<Money>(
        &["102", "\"$102\"", "\"$1,250.50\"", "\"1250\""],
        &["-5", "\"about 100\"", "\"$1.5\"", "\"100 dollars\"", "true"],
    );
    agree::<Count>(&["0", "180", "\"180\"", "\"1,250\""], &["-1", "\"many\"", "\"-1\"", "\"1.5\"", "true"]);
    agree::<YesNo>(&["true", "false", "\"yes\"", "\"no\""], &["\"maybe\"", "\"Yes\"", "1", "[]"]);
    agree::<handbill::campaign::choices::Approval>(
        &["\"yes\"", "\"no\"", "\"later\"", "\"unknown\""],
        &["true", "\"Later\"", "\"latter\"", "0"],
    );
}

fn handbill(arguments: &[&str]) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_handbill"))
        .args(arguments)
        .current_dir(root())
        .env("NO_COLOR", "1")
        .output()
        .expect("the program runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8_lossy(&run.stdout).into_owned()
}

#[test]
fn the_command_prints_what_is_kept() {
    for (name, (_, text)) in ["campaign", "template", "facts"].into_iter().zip(kept()) {
        assert_eq!(handbill(&["schema", name]), text);
    }
}

#[test]
fn imported_campaigns_come_with_their_schema_and_are_as_it_says() {
    let home = tempfile::tempdir().expect("a folder");
    let out = home.path().join("campaigns");
    let schema = out.join(schema::CAMPAIGN_SCHEMA);
    let import = |more: &[&str]| {
        let mut arguments = vec!["import", "ice", "tests/data/odd.xlsx", "--as-of", "2026-05-18"];
        arguments.extend(["-o", out.to_str().expect("a plain path")]);
        arguments.extend(more);
        handbill(&arguments)
    };
    import(&["--dry-run"]);
    assert!(!out.exists());
    import(&[]);
    let text = fs::read_to_string(&schema).expect("it was written");
    assert_eq!(text, schema::campaign());
    let rules = parsed(&text);
    let campaigns = handbill::campaign::load::find(&out).expect("they are there");
    assert!(!campaigns.is_empty());
    for campaign in &campaigns {
        let text = fs::read_to_string(campaign.join("campaign.toml")).expect("it is there");
        assert_eq!(text.lines().next(), Some(schema::CAMPAIGN_LINE));
        assert_eq!(refused(&rules, &text), Vec::<String>::new(), "{text}");
    }
    // One of an older program is written anew; one that a person changed stays.
    let mut older: Value = serde_json::from_str(&text).expect("it is JSON");
    older["properties"].as_object_mut().expect("it has properties").remove("bill");
    let changed = format!("{older:#}\n");
    for (standing, after) in [(&text.replace("  ", "\t"), &text), (&changed, &changed)] {
        fs::write(&schema, standing).expect("it can be written");
        fs::remove_dir_all(&campaigns[0]).expect("it can be removed");
        import(&[]);
        assert!(fs::read_to_string(&schema).expect("it is there") == *after);
    }
}

#[test]
fn schemas_are_neither_documents_nor_overrides_and_an_ejected_contract_names_none() {
    let home = tempfile::tempdir().expect("a folder");
    let campaign = home.path().join("stearns");
    fs::create_dir_all(campaign.join("facts")).expect("a folder");
    fs::copy(root().join("campaigns/stearns-county-mn/campaign.toml"), campaign.join("campaign.toml")).expect("a copy");
    let to = campaign.to_str().expect("a plain path");
    handbill(&["eject", "petition", "--only", "contract", "--to", to]);
    fs::write(campaign.join("templates").join("template.schema.json"), schema::template()).expect("a file");
    fs::write(campaign.join("facts").join("facts.schema.json"), schema::facts()).expect("a file");
    let said = handbill(&["check", to, "--date", common::TODAY]);
    assert!(said.contains("own templates/petition/template.toml") && !said.contains("schema.json"), "{said}");
    let contract = fs::read_to_string(campaign.join("templates/petition/template.toml")).expect("it was written");
    assert!(!contract.contains("#:schema"), "{contract}");
    assert_eq!(contract.lines().nth(1), Some("format = 1"), "nothing else was left out");
    assert!(!handbill(&["list", "documents"]).contains("schema"));
    assert!(!handbill(&["list", "campaigns", "campaigns"]).contains("schema"));
}
