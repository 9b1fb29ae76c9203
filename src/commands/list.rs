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
    if let Some(folder) = options.folder.as_ref().filter(|folder| !folder.is_dir()) {
        report([&crate::diagnostic::Diagnostic::error(format!("there is no folder `{}`", folder.display()))]);
        return USAGE;
    }
    let kit = match (&options.folder, options.what) {
        (Some(folder), What::Documents | What::Facts | What::Languages) => Kit::for_campaign(folder, &mut problems),
        _ => Kit::built_in(&mut problems),
    };
    let rows = match options.what {
        What::Documents => document_rows(&kit),
        What::Facts => kit.register.facts.values().map(|fact| fact_row(&kit, fact)).collect(),
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
                        let (place, status) = match &campaign {
                            Some(campaign) => {
                                (format!("{}, {}", campaign.place.name, campaign.state.code), campaign.status().word())
                            }
                            None => ("cannot be read".to_string(), ""),
                        };
                        json!({ "campaign": folder.display().to_string(), "place": place, "agreement": status })
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
    let columns: &[&str] = match options.what {
        What::Documents => &["document", "for", "sides", "sets"],
        What::Campaigns => &["campaign", "agreement", "place"],
        What::Facts => &["fact", "review_by", "text"],
        What::Languages => &["language", "documents"],
    };
    let text = if options.json { format!("{:#}\n", Value::Array(rows)) } else { table(columns, &rows) };
    let code = print(&text);
    if problems.has_errors() { PROBLEMS } else { code }
}

fn document_rows(kit: &Kit) -> Vec<Value> {
    documents(kit)
        .into_iter()
        .map(|document| {
            let contract = &kit.contracts[&document];
            let sets: Vec<&str> = contract.sets.iter().map(|set| set.word()).collect();
            json!({
                "document": document,
                "for": contract.group.word(),
                "sides": contract.pages,
                "sets": sets.join(" "),
                "purpose": contract.purpose,
            })
        })
        .collect()
}

fn fact_row(kit: &Kit, fact: &Fact) -> Value {
    let (text, source) = kit.shown(fact, "en", None);
    json!({
        "fact": fact.id,
        "review_by": fact.review_by.to_string(),
        "certainty": fact.certainty.word(),
        "text": text,
        "source": source,
    })
}

fn language_rows(kit: &Kit) -> Vec<Value> {
    kit.languages
        .iter()
        .map(|(lang, language)| {
            let documents: Vec<&str> = language.words.keys().map(String::as_str).collect();
            json!({ "language": lang, "documents": documents.len() })
        })
        .collect()
}

/// Rows as a table of some of their keys, under headings, each column but the last as wide as it needs.
pub fn table(columns: &[&str], rows: &[Value]) -> String {
    let cell = |row: &Value, column: &str| match &row[column] {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let mut lines: Vec<Vec<String>> = vec![columns.iter().map(|column| column.to_uppercase()).collect()];
    lines.extend(rows.iter().map(|row| columns.iter().map(|column| cell(row, column)).collect()));
    let widths: Vec<usize> =
        (0..columns.len()).map(|at| lines.iter().map(|line| line[at].chars().count()).max().unwrap_or(0)).collect();
    lines
        .iter()
        .map(|line| {
            let padded: String = line
                .iter()
                .zip(&widths)
                .map(|(text, width)| format!("{text}{}  ", " ".repeat(width - text.chars().count())))
                .collect();
            format!("{}\n", padded.trim_end())
        })
        .collect()
}
