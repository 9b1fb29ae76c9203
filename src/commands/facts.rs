//! Owns `handbill facts`: the register as a fact checker needs it, with what is due and where each claim is used.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{PROBLEMS, USAGE, print, report};
use crate::cli::Facts;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::facts::{Fact, Register};
use crate::kit::Kit;

/// A fact, the state whose law it is, and the documents that may print it.
struct Row<'a> {
    fact: &'a Fact,
    /// Its wording and citation, with the list's numbers.
    shown: (Option<String>, String),
    state: Option<&'a str>,
    used_by: Vec<&'a str>,
}

/// Runs the command.
pub fn run(options: &Facts) -> u8 {
    let mut problems = Diagnostics::default();
    let kit = match &options.campaign {
        Some(folder) => Kit::for_campaign(folder, &mut problems),
        None => Kit::built_in(&mut problems),
    };
    let campaign =
        options.campaign.as_ref().and_then(|folder| crate::campaign::load::load(folder, &kit.register, &mut problems));
    if let Some(document) = &options.used_by
        && !kit.contracts.contains_key(document)
    {
        report([&Diagnostic::error(format!("there is no document `{document}`"))
            .suggest(document, kit.contracts.keys().map(String::as_str))
            .hint("`handbill list documents` shows them all")]);
        return USAGE;
    }
    let uses = uses(&kit);
    let state = campaign.as_ref().map(|campaign| campaign.state.code.as_str());
    let rows: Vec<Row> = every(&kit.register, state)
        .into_iter()
        .map(|(fact, state)| Row {
            fact,
            shown: kit.shown(fact, "en", campaign.as_ref().map(|campaign| &campaign.state)),
            state,
            used_by: uses.get(fact.id.as_str()).cloned().unwrap_or_default(),
        })
        .filter(|row| options.used_by.as_ref().is_none_or(|document| row.used_by.contains(&document.as_str())))
        .filter(|row| options.due.is_none_or(|due| row.fact.review_by <= due.0))
        .collect();
    report(problems.iter());
    let text = match options.json {
        true => format!("{:#}\n", Value::Array(rows.iter().map(to_json).collect())),
        false => table(&rows),
    };
    let code = print(&text);
    if problems.has_errors() { PROBLEMS } else { code }
}

/// Every claim of the register: the facts, then each state's own, of one state alone if it is named.
fn every<'a>(register: &'a Register, only: Option<&str>) -> Vec<(&'a Fact, Option<&'a str>)> {
    let facts = register.facts.values().map(|fact| (fact, None));
    let states = register.states.values().filter(|state| only.is_none_or(|code| code == state.code));
    let own = states.flat_map(|state| {
        let records = state.records.as_ref().map(|law| &law.fact);
        [state.agreements_fact.as_ref(), state.detainers_fact.as_ref(), records]
            .into_iter()
            .flatten()
            .map(|fact| (fact, Some(state.code.as_str())))
    });
    facts.chain(own).collect()
}

/// The documents whose words name each fact.
fn uses(kit: &Kit) -> BTreeMap<&str, Vec<&str>> {
    let mut uses: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for language in kit.languages.values() {
        for (document, words) in &language.words {
            for id in words.facts.iter().map(String::as_str) {
                let documents = uses.entry(id).or_default();
                if !documents.contains(&document.as_str()) {
                    documents.push(document);
                }
            }
        }
    }
    uses
}

fn to_json(row: &Row) -> Value {
    let fact = row.fact;
    json!({
        "fact": fact.id,
        "state": row.state,
        "text": fact.text,
        "spoken": fact.spoken,
        "counts": fact.counts.map(|scope| scope.word()),
        "none": fact.none,
        "shown": row.shown.0,
        "source": row.shown.1,
        "url": fact.url.as_ref().map(|url| &url.0),
        "as_of": fact.as_of.date.to_string(),
        "month_only": fact.as_of.month_only,
        "review_by": fact.review_by.to_string(),
        "certainty": fact.certainty.word(),
        "adverse": fact.adverse,
        "note": fact.note,
        "used_by": row.used_by,
    })
}

/// A block of lines for each fact: a line would be too long to read.
fn table(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        let fact = row.fact;
        let state = row.state.map(|code| format!(" {code}")).unwrap_or_default();
        let _ = writeln!(
            text,
            "{}{state}  ({}, checked {}, review by {})",
            fact.id,
            fact.certainty.word(),
            if fact.as_of.month_only {
                fact.as_of.date.strftime("%Y-%m").to_string()
            } else {
                fact.as_of.date.to_string()
            },
            fact.review_by
        );
        let mut line = |name: &str, value: &str| {
            let _ = writeln!(text, "    {name:<9}{value}");
        };
        if let Some(wording) = &row.shown.0 {
            line("text", wording);
        }
        line("source", &row.shown.1);
        if let Some(adverse) = &fact.adverse {
            line("adverse", adverse);
        }
        if let Some(note) = &fact.note {
            line("note", note);
        }
        line("used by", &if row.used_by.is_empty() { "nothing".to_string() } else { row.used_by.join(", ") });
        text.push('\n');
    }
    let _ = writeln!(text, "{} facts", rows.len());
    text
}
