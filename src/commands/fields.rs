//! Owns `handbill fields`: what a document needs, and where each value comes from.

use serde_json::{Value, json};

use super::list::table;
use super::{PROBLEMS, USAGE, print, report};
use crate::cli::Fields;
use crate::contract::Contract;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::fields::{FIELDS, FieldSpec, Kind};
use crate::kit::Kit;
use crate::plan::documents;

/// The table's columns.
const COLUMNS: &[&str] = &["name", "type", "required", "example", "from"];

/// The titles of a table of signers, with nothing beneath them.
fn titles(contract: &Contract) -> u8 {
    if !contract.signers {
        report([&Diagnostic::error(format!("{} is not signed by residents, so it takes no table", contract.document))]);
        return USAGE;
    }
    let titles: Vec<&str> = crate::merge::signers::COLUMNS.iter().map(|column| column.name).collect();
    print(&format!("{}\n", titles.join(",")))
}

/// Runs the command.
pub fn run(options: &Fields) -> u8 {
    let mut problems = Diagnostics::default();
    let kit = Kit::built_in(&mut problems);
    let wanted: Vec<(&FieldSpec, Option<bool>)> = match &options.document {
        None => FIELDS.iter().map(|field| (field, None)).collect(),
        Some(document) => {
            let Some(contract) = kit.contracts.get(document) else {
                let all = documents(&kit);
                report([&Diagnostic::error(format!("there is no document `{document}`"))
                    .suggest(document, all.iter().map(String::as_str))
                    .hint(format!("documents: {}", all.join(", ")))]);
                return USAGE;
            };
            if options.csv {
                return titles(contract);
            }
            FIELDS
                .iter()
                .filter_map(|field| {
                    let named = |list: &[String]| list.iter().any(|path| path == field.path);
                    match (named(&contract.required), named(&contract.optional)) {
                        // A choice always has a value, so the campaign is never asked for it.
                        (true, _) => Some((field, Some(field.kind.may_be_blank()))),
                        (_, true) => Some((field, Some(false))),
                        _ => None,
                    }
                })
                .collect()
        }
    };
    let rows: Vec<Value> = wanted.iter().map(|(field, required)| row(field, *required)).collect();
    report(problems.iter());
    let text = if options.json { format!("{:#}\n", Value::Array(rows)) } else { table(COLUMNS, &rows) };
    let code = print(&text);
    if problems.has_errors() { PROBLEMS } else { code }
}

fn row(field: &FieldSpec, required: Option<bool>) -> Value {
    let example = match field.kind {
        Kind::Choice(words) | Kind::Choices(words) => words.join(" | "),
        _ => field.example.to_string(),
    };
    json!({
        "name": field.path,
        "type": field.kind.name(),
        "required": match required {
            Some(true) => "required",
            Some(false) => "if known",
            None => "",
        },
        "from": field.origin,
        "example": example,
        "about": field.about,
    })
}
