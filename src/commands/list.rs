//! Owns `handbill list`: documents, campaigns, facts and languages, as a table or as JSON.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{PROBLEMS, USAGE, campaigns, print, report};
use crate::campaign::load;
use crate::cli::{List, What};
use crate::diagnostic::Diagnostics;
use crate::facts::Fact;
use crate::kit::Kit;
use crate::plan::documents;

/// Runs the command.
pub fn run(options: &List) -> u8 {
    let mut problems = Diagnostics::default();
    let kit = match (&options.folder, options.what) {
        (Some(folder), What::Documents | What::Facts | What::Languages) => Kit::for_campaign(folder, &mut problems),
        _ => Kit::built_in(&mut problems),
    };
    let rows = match options.what {
        What::Documents => document_rows(&kit),
        What::Facts => kit.register.facts.values().map(fact_row).collect(),
        What::Languages => language_rows(&kit),
        What::Campaigns => {
            let folder = options.folder.clone().unwrap_or_else(|| {
                let examples = PathBuf::from("campaigns");
                if examples.is_dir() { examples } else { PathBuf::from(".") }
            });
            match campaigns(&[folder]) {
                Ok(folders) => folders
                    .iter()
                    .map(|folder| {
                        let campaign = load::load(folder, &kit.register, &mut problems);
                        let (place, stance) = match &campaign {
                            Some(campaign) => {
                                (format!("{}, {}", campaign.place.name, campaign.state.code), campaign.status().word())
                            }
                            None => ("cannot be read".to_string(), ""),
                        };
                        json!({ "campaign": folder.display().to_string(), "place": place, "agreement": stance })
                    })
                    .collect(),
                Err(problem) => {
                    report([&*problem]);
                    return USAGE;
                }
            }
        }
    };
    report(problems.iter());
    let text = if options.json { format!("{:#}\n", Value::Array(rows)) } else { table(&rows) };
    let code = print(&text);
    if problems.has_errors() { PROBLEMS } else { code }
}

fn document_rows(kit: &Kit) -> Vec<Value> {
    documents(kit)
        .into_iter()
        .map(|document| {
            let contract = &kit.contracts[&document];
            json!({ "document": document, "sides": contract.pages, "purpose": contract.purpose })
        })
        .collect()
}

fn fact_row(fact: &Fact) -> Value {
    json!({
        "fact": fact.id,
        "review_by": fact.review_by.to_string(),
        "certainty": fact.certainty.word(),
        "text": fact.text.get("en").or_else(|| fact.text.values().next()),
        "source": fact.source,
    })
}

fn language_rows(kit: &Kit) -> Vec<Value> {
    kit.languages
        .iter()
        .map(|(lang, language)| {
            let documents: Vec<&str> = language.words.keys().map(String::as_str).collect();
            json!({ "language": lang, "documents": documents.join(", ") })
        })
        .collect()
}

/// Rows of the same keys as columns, each but the last as wide as it needs.
pub fn table(rows: &[Value]) -> String {
    let cell = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let Some(Value::Object(first)) = rows.first() else { return String::new() };
    let columns: Vec<&String> = first.keys().collect();
    let widths: Vec<usize> = columns
        .iter()
        .map(|column| rows.iter().map(|row| cell(&row[column.as_str()]).chars().count()).max().unwrap_or(0))
        .collect();
    rows.iter()
        .map(|row| {
            let mut line = String::new();
            for (column, width) in columns.iter().zip(&widths) {
                let text = cell(&row[column.as_str()]);
                let padding = " ".repeat(width.saturating_sub(text.chars().count()) + 2);
                line.push_str(&text);
                line.push_str(&padding);
            }
            format!("{}\n", line.trim_end())
        })
        .collect()
}
